"""Articles over HTTP, on a real server: what is kept, what comes back, what is refused without a trace."""

import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from tests.reference_app.stage import Server, fields, problem

ARTICLES: Final = "/api/articles"
LOG: Final = "/api/articles/log"
DRAFT: Final = {"title": "A title", "content": "Naïve, and\ndull."}
OTHER: Final = {"title": "Another", "content": ""}
NO_ARTICLES: Final = (
    "2", "0", "999999999999999", "9999999999999999", "7" * 5_000,
    "-1", "x", "1.0", "1e0", "²", "٣", "%00", "log2",
)  # fmt: skip
"""Ids of no article, where of three only number 1 is left."""
RIGHTLY: Final = ("2", '"2"', "*")
STALE: Final = (
    "1",
    '"1"',
    "3",
    "0",
    "999999999999999",
    'W/"2"',
    '"1", "3"',
    '"newest"',
    '1, W/"2"',
    '"02"',
    '","',
)
NO_VERSIONS: Final = (
    "",
    "newest",
    "-1",
    "2.0",
    "9" * 16,
    "9" * 5_000,
    ",",
    '"2" "3"',
    '*, "2"',
    'w/"2"',
    '"2',
)

WRITES: Final[tuple[tuple[str, str, Any], ...]] = (
    ("POST", ARTICLES, DRAFT),
    ("POST", f"{ARTICLES}/batch", {"items": [DRAFT]}),
    ("PUT", f"{ARTICLES}/0", OTHER),
    ("DELETE", f"{ARTICLES}/0", None),
    ("POST", "/api/events", {"type": "UserCreated", "entity_id": "1", "data": None}),
)


@pytest.fixture
def changed(module_server: Server) -> str:
    """The path of an article of version 2."""
    path = f"{ARTICLES}/{module_server.ask('POST', ARTICLES, json=DRAFT).json()['id']}"
    module_server.ask("PUT", path, json=OTHER)
    return path


def test_what_is_kept_comes_back(server: Server) -> None:
    """An article is answered with its id, time, version 1 and checksum, and so it is read and listed."""
    made = server.ask("POST", ARTICLES, json=DRAFT)
    article = made.json()
    digest = hashlib.sha256("A title\0Naïve, and\ndull.".encode()).hexdigest()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", article["created_at"])
    expected = {"id": 0, **DRAFT, "created_at": article["created_at"], "version": 1, "checksum": digest}
    assert (made.status_code, article, made.headers["ETag"]) == (201, expected, '"1"')
    read = server.ask("GET", f"{ARTICLES}/0")
    assert (read.status_code, read.json(), read.headers["ETag"]) == (200, expected, '"1"')
    assert _listed(server) == {"items": [expected], "next_after": None, "total": 1}


def test_ids_count_up_from_0(server: Server) -> None:
    """Ids have no holes, over single articles, batches and refusals; one that was deleted stays so."""
    assert server.ask("POST", ARTICLES, json=DRAFT).json()["id"] == 0
    assert server.ask("POST", ARTICLES, json={**DRAFT, "title": ""}).status_code == 422
    assert _ids(server.ask("POST", f"{ARTICLES}/batch", json={"items": [DRAFT, OTHER]})) == [1, 2]
    assert server.ask("DELETE", f"{ARTICLES}/2").status_code == 204
    assert server.ask("POST", ARTICLES, json=DRAFT).json()["id"] == 3


def test_a_change_gives_the_next_version(module_server: Server) -> None:
    """A changed article has its new texts, their checksum and the next version; its time stays."""
    made = module_server.ask("POST", ARTICLES, json=DRAFT).json()
    path = f"{ARTICLES}/{made['id']}"
    answer = module_server.ask("PUT", path, json=OTHER)
    digest = hashlib.sha256(b"Another\0").hexdigest()
    expected = {**made, **OTHER, "version": 2, "checksum": digest}
    assert (answer.status_code, answer.json(), answer.headers["ETag"]) == (200, expected, '"2"')
    assert module_server.ask("GET", path).json() == expected


def test_what_is_deleted_is_gone(module_server: Server, changed: str) -> None:
    """A deletion says nothing more; the article is neither read nor listed nor deleted again."""
    before = str(int(changed.rpartition("/")[2]) - 1)
    assert len(_listed(module_server, after=before)["items"]) == 1
    answer = module_server.ask("DELETE", changed)
    assert (answer.status_code, answer.content) == (204, b"")
    assert _listed(module_server, after=before)["items"] == []
    assert [module_server.ask(each, changed).status_code for each in ("GET", "DELETE")] == [404, 404]


def test_pages_follow_each_other(server: Server) -> None:
    """Asked on with `next_after`, each article comes once, in order, over holes; the last page says so."""
    server.ask("POST", f"{ARTICLES}/batch", json={"items": [DRAFT] * 7})
    for article_id in (1, 4, 6):
        server.ask("DELETE", f"{ARTICLES}/{article_id}")
    pages = [_listed(server, limit="2"), _listed(server, limit="2", after="2")]
    found = [([item["id"] for item in page["items"]], page["next_after"], page["total"]) for page in pages]
    assert found == [([0, 2], 2, 4), ([3, 5], None, 4)]
    assert _listed(server, after="5") == {"items": [], "next_after": None, "total": 4}
    assert _ids(server.ask("GET", ARTICLES, params={"after": "-1", "limit": "3"})) == [0, 2, 3]


def test_a_page_has_its_bounds(module_server: Server) -> None:
    """Unasked, a page has 100 articles; 1,000 are given where they are asked for."""
    batch = {"items": [OTHER] * 1_001}
    before = _ids(module_server.ask("POST", f"{ARTICLES}/batch", json=batch))[0] - 1
    assert len(_listed(module_server, after=str(before))["items"]) == 100
    page = _listed(module_server, after=str(before), limit="1000")
    assert (len(page["items"]), page["next_after"]) == (1_000, before + 1_000)


@pytest.mark.parametrize("name", ["limit", "after"])
def test_pages_that_there_cannot_be_are_refused(module_server: Server, name: str) -> None:
    """A limit or a beginning that is no whole number, or out of bounds, is refused with its name."""
    values = ["", "x", "1.5", "1e2", "+1", " 1", "--1", "-", "٣", "0x1", "-2", "9" * 16, "9" * 5_000]
    for value in values + {"limit": ["0", "-1", "1001"], "after": []}[name]:
        answer = module_server.ask("GET", ARTICLES, params={name: value})
        assert (answer.status_code, fields(problem(answer))) == (422, [name]), value


@pytest.mark.parametrize("version", RIGHTLY)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_the_version_that_is_there_may_be_changed(
    module_server: Server, changed: str, method: str, version: str
) -> None:
    """With the version, plain or quoted as the ETag has it, or with a star, a change is made."""
    answer = _with_version(module_server, method, changed, version)
    assert answer.status_code == {"PUT": 200, "DELETE": 204}[method]
    left = module_server.ask("GET", changed)
    assert left.json()["version"] == 3 if method == "PUT" else left.status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_another_version_is_not_changed(module_server: Server, changed: str, method: str) -> None:
    """A version that is not the article's is stale: it stays as it is, and nothing is kept."""
    before = _events(module_server)
    for version in STALE:
        answer = _with_version(module_server, method, changed, version)
        assert (answer.status_code, problem(answer)["type"]) == (412, "/problems/stale-version"), version
    assert (module_server.ask("GET", changed).json()["version"], _events(module_server)) == (2, before)


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_what_is_no_version_is_refused(module_server: Server, changed: str, method: str) -> None:
    """What no article can have as its version is refused with the header's name."""
    before = _events(module_server)
    for version in NO_VERSIONS:
        answer = _with_version(module_server, method, changed, version)
        assert (answer.status_code, fields(problem(answer))) == (422, ["If-Match"]), version
    assert _events(module_server) == before


def test_of_many_who_change_one_version_one_does(module_server: Server, changed: str) -> None:
    """Eight who saw one version and change it at the same time: one is granted, the others are stale."""
    before = _events(module_server)
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: _with_version(module_server, "PUT", changed, "2").status_code, range(8))
        assert sorted(answers) == [200, *[412] * 7]
    assert (module_server.ask("GET", changed).json()["version"], _events(module_server)) == (3, before + 1)


def test_no_article_is_told_in_the_same_words(server: Server) -> None:
    """Never made, deleted, no number at all: the answers are one and the same, and nothing is kept."""
    server.ask("POST", f"{ARTICLES}/batch", json={"items": [DRAFT, OTHER]})
    server.ask("DELETE", f"{ARTICLES}/0")
    said = []
    for method, article_id in product(("GET", "PUT", "DELETE"), NO_ARTICLES):
        options = {"json": DRAFT} if method == "PUT" else {}
        answer = server.ask(method, f"{ARTICLES}/{article_id}", **options)
        assert answer.status_code == 404, (method, article_id)
        said.append({**problem(answer), "request_id": ""})
    assert said == [said[0]] * len(said)
    assert said[0]["type"] == "/problems/no-such-article"
    assert _events(server) == 3


def test_what_the_log_holds_is_told(server: Server, tmp_path: Path) -> None:
    """Events, their types, the file's bytes and the last number are exact; an empty log has no last event."""
    empty = {"events": 0, "by_type": {}, "bytes": 0, "last_seq": -1, "snapshots": [], "durability": "fsync"}
    assert server.ask("GET", LOG).json() == empty
    server.ask("POST", f"{ARTICLES}/batch", json={"items": [DRAFT] * 3})
    server.ask("PUT", f"{ARTICLES}/0", json=OTHER)
    server.ask("DELETE", f"{ARTICLES}/1")
    server.ask("POST", "/api/events", json={"type": "UserCreated", "entity_id": "1", "data": None})
    size = (tmp_path / "server.data" / "articles" / "events.raftlog").stat().st_size
    by_type = {"ArticleCreated": 3, "ArticleUpdated": 1, "ArticleDeleted": 1, "UserCreated": 1}
    expected = {**empty, "events": 6, "by_type": by_type, "bytes": size, "last_seq": 5}
    assert server.ask("GET", LOG).json() == expected


def test_the_durability_that_was_asked_for_is_told(start_server: Callable[..., Server]) -> None:
    """A server that keeps events without syncing them says so, and answers alike."""
    server = start_server(EVENT_LOG_DURABILITY="flush")
    assert server.ask("POST", ARTICLES, json=DRAFT).status_code == 201
    assert server.ask("GET", LOG).json()["durability"] == "flush"


def test_a_server_with_its_log_open_is_ready(module_server: Server) -> None:
    """Health and readiness are told in a word each."""
    assert module_server.ask("GET", "/health").json() == {"status": "ok"}
    answer = module_server.ask("GET", "/ready")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_where_it_is_asked_for_only_users_write(start_server: Callable[..., Server]) -> None:
    """With ARTICLES_REQUIRE_AUTH=1 only who brings a token writes; reading is open to all."""
    server = start_server(ARTICLES_REQUIRE_AUTH="1")
    token = {"Authorization": f"Bearer {server.token('ada@articles.example')}"}
    for headers in ({}, {"Authorization": "Bearer x"}):
        for method, path, body in WRITES:
            answer = server.ask(method, path, headers=headers, json=body)
            assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer"), path
    assert _events(server) == 0
    for method, path, body in WRITES:
        assert server.ask(method, path, headers=token, json=body).ok, path
    paths = (ARTICLES, LOG, "/ready", f"{ARTICLES}/1", f"{ARTICLES}/0")
    assert [server.ask("GET", path).status_code for path in paths] == [200, 200, 200, 200, 404]


def _with_version(server: Server, method: str, path: str, version: str) -> requests.Response:
    options = {"json": OTHER} if method == "PUT" else {}
    return server.ask(method, path, headers={"If-Match": version}, **options)


def _listed(server: Server, **params: str) -> dict[str, Any]:
    answer = server.ask("GET", ARTICLES, params=params)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def _ids(answer: requests.Response) -> list[int]:
    return [item["id"] for item in answer.json()["items"]]


def _events(server: Server) -> int:
    return int(server.ask("GET", LOG).json()["events"])
