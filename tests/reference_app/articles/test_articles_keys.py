"""Idempotency keys of articles: in the log with what they made, known again from it, bounded (SV-10)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest

from reference_app.articles import keys as keys_module
from reference_app.articles.keys import NOBODY, Keys, Made, Of, Once, keyed
from reference_app.articles.log.record import Event
from reference_app.articles.state import ArticlesState, ForeignEvent, StagedArticles
from tests.reference_app.articles.ledger import START_US, Ledger, create, placed, reloaded, replayed
from tests.reference_app.stage import Server, problem

ARTICLES: Final = "/api/articles"
BATCH: Final = f"{ARTICLES}/batch"
EVENTS: Final = "/api/events"
DRAFT: Final = {"title": "A title", "content": "Naïve, and\ndull."}
OTHER: Final = {**DRAFT, "content": "else"}
EVENT: Final = {"type": "UserCreated", "entity_id": "7", "data": {"about": [1.5, None, "é"]}}
BODIES: Final = (
    (ARTICLES, DRAFT, OTHER),
    (BATCH, {"items": [DRAFT, OTHER]}, {"items": [DRAFT]}),
    (EVENTS, EVENT, {**EVENT, "data": None}),
)
OF: Final = Of(7, ARTICLES, "key")


def _post(server: Server, path: str, body: Any, key: str = "key") -> tuple[int, Any]:
    answer = server.ask("POST", path, json=body, headers={"Idempotency-Key": key})
    return answer.status_code, answer.json()


@pytest.mark.parametrize(("path", "body", "other"), BODIES)
def test_the_same_again_gets_the_first_answer(server: Server, path: str, body: Any, other: Any) -> None:
    """Something is made once; another body under the key is refused, and another key is another request."""
    first = _post(server, path, body)
    assert first[0] == 201
    assert _post(server, path, body) == first
    refused = server.ask("POST", path, json=other, headers={"Idempotency-Key": "key"})
    assert (refused.status_code, problem(refused)["type"]) == (409, "/problems/idempotency-key-used")
    made = server.ask("GET", f"{ARTICLES}/log").json()["by_type"]
    assert _post(server, path, body, "another")[1] != first[1]
    assert server.ask("GET", f"{ARTICLES}/log").json()["by_type"] == {
        kind: 2 * count for kind, count in made.items()
    }


def test_a_key_is_known_after_a_restart(start_server: Callable[..., Server]) -> None:
    """From a snapshot, and from the log; and the first answer is the same though the article has changed."""
    server = start_server(EVENT_LOG_SNAPSHOT_EVERY="3")
    first = [_post(server, path, body) for path, body, _ in BODIES]
    server.ask("PUT", f"{ARTICLES}/0", json=OTHER)
    server.ask("DELETE", f"{ARTICLES}/1")
    server.end()
    again = start_server()
    assert [_post(again, path, body) for path, body, _ in BODIES] == first
    assert again.ask("GET", f"{ARTICLES}/0").json()["version"] == 2


def test_many_at_once_under_one_key(server: Server) -> None:
    """One article is made, and all get its answer."""
    with ThreadPoolExecutor(10) as threads:
        answers = [
            each.result() for each in [threads.submit(_post, server, ARTICLES, DRAFT) for _ in range(10)]
        ]
    assert answers == [answers[0]] * 10
    assert server.ask("GET", ARTICLES).json()["total"] == 1


def test_a_key_is_one_persons(start_server: Callable[..., Server]) -> None:
    """Where authors must say who they are, two of them may use one key."""
    server = start_server(ARTICLES_REQUIRE_AUTH="1")
    made = [
        server.ask(
            "POST", ARTICLES, json=DRAFT, headers={"Idempotency-Key": "key", "X-Dev-External-Id": name}
        )
        for name in ("ada", "grace", "ada")
    ]
    assert [each.json()["id"] for each in made] == [0, 1, 0]


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 201])
def test_a_key_that_cannot_be_kept_is_refused(server: Server, key: str) -> None:
    """And nothing is made."""
    answer = server.ask("POST", ARTICLES, json=DRAFT, headers={"Idempotency-Key": key.encode("latin-1")})
    assert (answer.status_code, problem(answer)["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert server.ask("GET", ARTICLES).json()["total"] == 0


def test_what_was_refused_leaves_no_key(server: Server) -> None:
    """So it can be put right and sent again with the same one."""
    assert _post(server, ARTICLES, {"title": ""})[0] == 422
    assert _post(server, ARTICLES, DRAFT)[0] == 201


def test_keys_follow_from_the_log() -> None:
    """Their places, times and ids are the same for who applies, replays and loads."""
    ledger = Ledger()
    ledger.keep(create("first"))
    ledger.keep(_keyed(create("a", "b")))
    expected = Made("digest", 1, START_US + 1, 1)
    for state in (ledger.state, replayed(ledger.records), reloaded(ledger.state)):
        assert state.keys.find(OF) == expected
        assert state.stage().made_under(OF) == expected
    assert len(ArticlesState.load(ArticlesState().dump()).keys) == 0


def test_staged_keys_are_seen() -> None:
    """A decision of the same group finds what the one before it has made."""
    ledger, found = Ledger(), list[Made | None]()

    def look(view: StagedArticles) -> list[Event]:
        found.append(view.made_under(OF))
        return []

    ledger.keep(_keyed(create("a")), look)
    assert found == [Made("digest", 0, START_US, 0)]


@pytest.mark.parametrize(
    "event",
    [
        keyed(Once(OF, "digest")),
        Event(keys_module.KEYED, "key", {"user": "7", "route": ARTICLES, "digest": ""}),
        Event(keys_module.KEYED, "key", None),
    ],
)
def test_a_foreign_event_is_refused(event: Event) -> None:
    """One that is not the last of a batch, or says something else."""
    with pytest.raises(ForeignEvent):
        replayed(placed([event]))


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one user, of nobody, and in all; a key that comes again is the latest."""
    monkeypatch.setattr(keys_module, "OF_ONE_MAX", 2)
    monkeypatch.setattr(keys_module, "OF_NOBODY_MAX", 3)
    monkeypatch.setattr(keys_module, "IN_ALL_MAX", 4)
    keys, made = Keys(), Made("", 0, 0, 0)
    for key in ("1", "2", "1", "3"):
        keys.add(Of(7, ARTICLES, key), made)
    assert [known.key for known in keys.dump()] == ["1", "3"]
    for key in ("1", "2", "3", "4"):
        keys.add(Of(NOBODY, ARTICLES, key), made)
    assert [(known.user, known.key) for known in keys.dump()] == [(7, "3"), (0, "2"), (0, "3"), (0, "4")]


def _keyed(decide: Any) -> Any:
    """Return the decision as a batch that ends with its key."""

    def both(view: Any) -> list[Event]:
        return [*decide(view), keyed(Once(OF, "digest"))]

    return both
