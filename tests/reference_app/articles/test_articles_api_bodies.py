"""What goes in over HTTP: batches that are kept all or none, events of any type, bad bodies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from fixtures.targets import server_log
from reference_app.articles import metrics
from reference_app.articles import state as state_module
from reference_app.articles.log import sealing
from reference_app.articles.schemas import CONTENT_CHARACTERS_MAX, ITEMS_MAX, TITLE_CHARACTERS_MAX
from tests.reference_app.raw_http import RawConnection, request
from tests.reference_app.stage import Server, fields, problem

ARTICLES: Final = "/api/articles"
BATCH: Final = "/api/articles/batch"
EVENTS: Final = "/api/events"
LOG: Final = "/api/articles/log"
JSON: Final = {"Content-Type": "application/json"}
DRAFT: Final = {"title": "A title", "content": "A content."}
EVENT: Final = {"type": "UserCreated", "entity_id": "u-1", "data": {}}
BODY_BYTES: Final = 65_536
BATCH_BYTES: Final = 100_000

BAD_DRAFTS: Final[tuple[tuple[str, Any], ...]] = (
    ("", []), ("", "a title"), ("title", {"content": ""}), ("content", {"title": "a"}),
    ("title", {**DRAFT, "title": ""}), ("title", {**DRAFT, "title": 7}), ("title", {**DRAFT, "title": None}),
    ("title", {**DRAFT, "title": "x" * (TITLE_CHARACTERS_MAX + 1)}), ("title", {**DRAFT, "title": "a\0"}),
    ("content", {**DRAFT, "content": ["a"]}), ("content", {**DRAFT, "content": "\0"}),
    ("content", {**DRAFT, "content": "x" * (CONTENT_CHARACTERS_MAX + 1)}),
    ("author", {**DRAFT, "author": "Ada"}), ("id", {**DRAFT, "id": 7}),
)  # fmt: skip
"""The field that is complained about, and the body."""
BAD_BATCHES: Final[tuple[tuple[str, Any], ...]] = (
    ("items", {}), ("items", {"items": []}), ("items", {"items": None}), ("items", {"items": DRAFT}),
    ("", [DRAFT]),
    ("more", {"items": [DRAFT], "more": 1}), ("items[1].content", {"items": [DRAFT, {"title": "a"}, DRAFT]}),
    ("items[2].title", {"items": [DRAFT, DRAFT, {**DRAFT, "title": ""}]}),
    ("items[0]", {"items": [7, DRAFT]}),
    ("items[1].title", {"items": [DRAFT, {**DRAFT, "title": "a\0b"}]}),
    ("items", {"items": [DRAFT] * (ITEMS_MAX + 1)}),
)  # fmt: skip
BAD_EVENTS: Final[tuple[tuple[str, Any], ...]] = (
    *(("type", {**EVENT, "type": f"Article{rest}"}) for rest in ("Created", "Deleted", "", "s", "_", "Foo")),
    *(("type", {**EVENT, "type": bad}) for bad in ("", "7", "a b", "_a", "Ä", "a\0", "x" * 101, None, 7)),
    ("entity_id", {**EVENT, "entity_id": 7}), ("entity_id", {**EVENT, "entity_id": "x" * 201}),
    ("entity_id", {**EVENT, "entity_id": "a\0"}), ("data", {"type": "A", "entity_id": "1"}),
    ("data", {**EVENT, "data": "\0"}), ("data.a[0]", {**EVENT, "data": {"a": ["\0"]}}),
    ("data[1].b.c", {**EVENT, "data": [0, {"b": {"c": "x\0"}}]}),
    ("data.a", {**EVENT, "data": {"a": {"\0": 1}}}),
    ("ts", {**EVENT, "ts": "2026-01-01T00:00:00.000000Z"}), ("seq", {**EVENT, "seq": 7}),
)  # fmt: skip
KEPT: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 2**63, 0.1, -1e-300, "", 'Naïve 😀\n\t"\\/\x1f', [], {}, [[], {}, None],
    {"relation": {"user": 7, "articles": [1, 2]}, "": {"é": ""}}, "x" * 60_000, 12345678901234567890123,
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "bodies"), [(ARTICLES, BAD_DRAFTS), (BATCH, BAD_BATCHES), (EVENTS, BAD_EVENTS)]
)
def test_a_bad_body_is_refused_by_its_field(
    module_server: Server, path: str, bodies: tuple[tuple[str, Any], ...]
) -> None:
    """What cannot be kept is refused with the path of the field, and nothing of it is kept."""
    before = _held(module_server)
    for field, body in bodies:
        answer = module_server.ask("POST", path, json=body)
        said = problem(answer)
        assert (answer.status_code, said["type"]) == (422, "/problems/bad-field"), body
        assert fields(said) == [field], body
    assert _held(module_server) == before


def test_a_change_is_checked_like_a_new_article(module_server: Server) -> None:
    """What no article may be, none may become."""
    path = f"{ARTICLES}/{module_server.ask('POST', ARTICLES, json=DRAFT).json()['id']}"
    for field, body in BAD_DRAFTS:
        answer = module_server.ask("PUT", path, json=body)
        assert (answer.status_code, fields(problem(answer))) == (422, [field]), body
    assert module_server.ask("GET", path).json()["version"] == 1


def test_the_largest_article_is_kept(module_server: Server) -> None:
    """Bounds are in characters: the longest article comes back, also where each takes several bytes."""
    largest = {"title": "é" * TITLE_CHARACTERS_MAX, "content": "\n" * 30_000 + "x" * 300}
    wide = {"title": "😀" * TITLE_CHARACTERS_MAX, "content": "é" * 30_000}
    for draft in (largest, wide):
        body = json.dumps(draft, ensure_ascii=False).encode()
        answer = module_server.ask("POST", ARTICLES, data=body, headers=JSON)
        assert answer.status_code == 201
        found = module_server.ask("GET", f"{ARTICLES}/{answer.json()['id']}").json()
        assert {name: found[name] for name in draft} == draft


def test_a_batch_is_one(server: Server, tmp_path: Path) -> None:
    """A batch has its answers in the order given, ids in a row, and stands in the log as one batch."""
    server.ask("POST", ARTICLES, json=DRAFT)
    drafts = [{"title": f"Title {number}", "content": f"Content {number}"} for number in range(250)]
    answer = server.ask("POST", BATCH, json={"items": drafts})
    items = answer.json()["items"]
    assert (answer.status_code, _ids(answer)) == (201, list(range(1, 251)))
    assert [{"title": item["title"], "content": item["content"]} for item in items] == drafts
    assert server.ask("GET", ARTICLES, params={"limit": 1_000}).json()["items"][1:] == items
    lines = (tmp_path / "server.data" / "articles" / "events.raftlog").read_bytes().splitlines()
    assert [json.loads(line[9:]).get("txn") for line in lines] == [None, *([k, 250] for k in range(250))]


def test_the_largest_batch_is_kept(server: Server) -> None:
    """5,000 articles are kept in one go; larger than other bodies, the batch still has bounds of its own."""
    body = json.dumps({"items": [DRAFT] * ITEMS_MAX}).encode()
    assert len(body) > BODY_BYTES
    answer = server.ask("POST", BATCH, data=body, headers=JSON)
    assert (answer.status_code, len(answer.json()["items"])) == (201, ITEMS_MAX)
    assert _held(server) == {"ArticleCreated": ITEMS_MAX}


def test_only_batches_may_be_larger(start_server: Callable[..., Server]) -> None:
    """Up to its own bound, to the byte, a batch is taken, and none beyond; elsewhere other bounds hold."""
    server = start_server(ARTICLES_BATCH_BYTES_MAX=str(BATCH_BYTES))
    fitting = _padded({"items": [DRAFT]}, BATCH_BYTES)
    assert server.ask("POST", BATCH, data=fitting, headers=JSON).status_code == 201
    _too_large(server.ask("POST", BATCH, data=fitting + b" ", headers=JSON))
    _too_large(server.ask("POST", ARTICLES, data=_padded(DRAFT, BATCH_BYTES), headers=JSON))
    _too_large(server.ask("POST", EVENTS, data=_padded(EVENT, BODY_BYTES + 1), headers=JSON))
    _too_large(server.ask("PUT", f"{ARTICLES}/0", data=_padded(DRAFT, BODY_BYTES + 1), headers=JSON))
    assert server.ask("POST", ARTICLES, data=_padded(DRAFT, BODY_BYTES), headers=JSON).status_code == 201
    assert _held(server) == {"ArticleCreated": 2}


def test_more_than_the_log_takes_in_one_go_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch whose body fits but whose lines do not is refused whole, and the next one is kept."""
    monkeypatch.setattr(sealing, "COMMAND_BYTES_MAX", 1_000)
    answer = server.ask("POST", BATCH, json={"items": [DRAFT] * 4})
    assert (answer.status_code, problem(answer)["type"]) == (413, "/problems/too-much-at-once")
    assert _held(server) == {}
    assert _ids(server.ask("POST", BATCH, json={"items": [DRAFT] * 2})) == [0, 1]


def test_a_kept_event_comes_back(server: Server, tmp_path: Path) -> None:
    """Type, entity and data are answered as they were sent, with their place in the log."""
    for seq, data in enumerate(KEPT):
        answer = server.ask(
            "POST", EVENTS, json={"type": "UserCreated", "entity_id": f"é {seq}", "data": data}
        )
        found = answer.json()
        expected = {
            "seq": seq,
            "ts": found["ts"],
            "type": "UserCreated",
            "entity_id": f"é {seq}",
            "data": data,
        }
        assert (answer.status_code, found) == (201, expected)
        assert type(found["data"]) is type(data)
    lines = (tmp_path / "server.data" / "articles" / "events.raftlog").read_bytes().splitlines()
    assert [json.loads(line[9:])["data"] for line in lines] == list(KEPT)


def test_events_and_articles_are_one_row(server: Server) -> None:
    """Events of all types count on from each other, in the order in which they were kept, later each."""
    sent = [(EVENTS, EVENT), (ARTICLES, DRAFT), (EVENTS, {**EVENT, "type": "articleRead"})]
    sent += [(BATCH, {"items": [DRAFT] * 3}), (EVENTS, {**EVENT, "type": "X.y_z-1"})]
    answers = [server.ask("POST", path, json=body).json() for path, body in sent]
    kept = [answer for answer in answers if "seq" in answer]
    assert [event["seq"] for event in kept] == [0, 2, 6]
    times = [kept[0]["ts"], answers[1]["created_at"], kept[1]["ts"]]
    times += [item["created_at"] for item in answers[3]["items"]] + [kept[2]["ts"]]
    assert times == sorted(set(times))


def test_a_type_has_no_line_feed(server: Server) -> None:
    """A type that ends with a line feed is refused like any other blank."""
    answer = server.ask("POST", EVENTS, json={**EVENT, "type": "UserCreated\n"})
    assert answer.status_code == 422


def test_nobody_is_refused_for_the_types_of_others(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no further type is counted apart, events of new ones are kept, counted together, and logged once."""
    monkeypatch.setattr(state_module, "TYPES_MAX", 2)
    for name in ("A", "B", "C", "A", "D"):
        assert server.ask("POST", EVENTS, json={**EVENT, "type": name}).status_code == 201
    assert server.ask("POST", ARTICLES, json=DRAFT).status_code == 201
    assert _held(server) == {"A": 2, "B": 1, state_module.OTHERS: 2, "ArticleCreated": 1}
    assert len(server_log.named(server.log(), metrics.FULL)) == 1
    assert "events_of_uncounted_types_total 2.0" in server.ask("GET", "/metrics").text


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b""), (400, b"{"), (400, b"}"), (400, json.dumps(DRAFT).encode("utf-16")),
        (422, b"[" * 4_000), (422, b'{"data": ' + b"[" * 32 + b"]" * 32 + b"}"), (415, None),
    ],
    ids=["nothing", "cut off", "no value", "UTF-16", "open", "deep", "as text"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(module_server: Server, status: int, body: bytes | None) -> None:
    """No JSON, too deep, of another kind: refused as such, and nothing is kept."""
    before = _held(module_server)
    headers = JSON if body is not None else {"Content-Type": "text/plain"}
    for path in (ARTICLES, BATCH, EVENTS):
        answer = module_server.ask("POST", path, data=body or b"", headers=headers)
        assert (answer.status_code, problem(answer)["status"]) == (status, status), path
    assert _held(module_server) == before


def test_requests_follow_each_other_on_one_connection(module_server: Server) -> None:
    """Pipelined, each is answered in its turn: made, changed with its version, read, and deleted."""
    body = json.dumps(DRAFT).encode()
    with RawConnection(module_server.port) as connection:
        sent = request("POST", ARTICLES, "Content-Type: application/json", body=body)
        path = f"{ARTICLES}/{connection.send(sent).answer().json['id']}"
        change = request("PUT", path, "Content-Type: application/json", 'If-Match: "1"', body=body)
        connection.send(
            change + change + request("GET", path) + request("DELETE", path) + request("GET", path)
        )
        answers = [connection.answer() for _ in range(5)]
    assert [answer.status for answer in answers] == [200, 412, 200, 204, 404]
    assert (answers[0].headers["etag"], answers[2].json["version"]) == ('"2"', 2)


def _held(server: Server) -> dict[str, int]:
    """Return how many events of each type are in the log."""
    found: dict[str, int] = server.ask("GET", LOG).json()["by_type"]
    return found


def _ids(answer: requests.Response) -> list[int]:
    return [item["id"] for item in answer.json()["items"]]


def _padded(value: Any, size: int) -> bytes:
    return json.dumps(value).encode().ljust(size)


def _too_large(answer: requests.Response) -> None:
    assert (answer.status_code, problem(answer)["type"]) == (413, "/problems/body-too-large")
