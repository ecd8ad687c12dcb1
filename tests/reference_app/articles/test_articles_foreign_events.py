"""A log that is right in every line, with an event of an article that the server cannot have written."""

from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from reference_app.articles.event_log import EventLog
from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import Event, Head
from reference_app.articles.log.sealing import stamp
from reference_app.articles.log.storage import LOG
from reference_app.articles.state import CREATED, DELETED, UPDATED, ArticlesState, ForeignEvent, beginning
from tests.reference_app.articles.ledger import START_US, Ledger, create, delete, placed, replayed
from tests.reference_app.articles.operating import held, opened
from tests.reference_app.articles.toy import Clock, run, silent_log

GOOD: Final = beginning("A title", "A content.")
CHANGED: Final = {**GOOD, "version": 2, "created_at": "2026-11-22T05:00:00.000000Z"}
NO_ARTICLES: Final[tuple[Any, ...]] = ({}, [], None, "a title", 7)


def written() -> ArticlesState:
    """Return articles 0 and 1, of which the second was deleted: the next event is 3, the next id 2."""
    ledger = Ledger()
    ledger.keep(create("a", "b"))
    ledger.keep(delete(1))
    return ledger.state


def named(event: Event) -> str:
    """Return the event in short."""
    return f"{event.type} {event.entity_id!r} {msgspec.json.encode(event.data).decode()[:40]}"


@pytest.mark.parametrize(
    "event",
    [
        *(Event(CREATED, "2", {name: GOOD[name] for name in GOOD if name != left_out}) for left_out in GOOD),
        *(
            Event(UPDATED, "0", {name: CHANGED[name] for name in GOOD if name != left_out})
            for left_out in GOOD
        ),
        *(Event(CREATED, "2", data) for data in NO_ARTICLES),
        *(Event(CREATED, "2", {**GOOD, "owner": owner}) for owner in ("Ada", True, 1.5, [1])),
        *(Event(UPDATED, "0", data) for data in NO_ARTICLES),
        *(Event(CREATED, entity_id, GOOD) for entity_id in ("0", "1", "3", "-1", "", "two", "2.0", "²")),
        *(Event(UPDATED, entity_id, CHANGED) for entity_id in ("1", "2", "-1", "", "nought", "0x0")),
        *(Event(DELETED, entity_id, {}) for entity_id in ("1", "2", "-1", "", "nought", " 0", "²")),
    ],
    ids=named,
)
def test_what_cannot_have_been_written_is_foreign(event: Event) -> None:
    """A field or an article that is missing, an id out of order, no id at all: refused, by its number."""
    with pytest.raises(ForeignEvent, match=r"^Event 3 "):
        replayed(placed([event], 3), written())


def test_what_was_written_in_another_way_is_foreign() -> None:
    """What no server of this version writes is refused: of some of it no snapshot could be loaded again."""
    events = [
        *(Event(CREATED, "2", {**GOOD, name: []}) for name in GOOD),
        *(Event(UPDATED, "0", {**CHANGED, name: None}) for name in CHANGED),
        Event(UPDATED, "0", {**GOOD, "version": 2}),
        *(Event(CREATED, entity_id, GOOD) for entity_id in ("02", " 2", "+2", "٢")),
        *(Event(UPDATED, entity_id, CHANGED) for entity_id in ("00", "٠")),
        *(Event(DELETED, entity_id, {}) for entity_id in ("00", "٠")),
        *(Event(kind, "0", CHANGED) for kind in ("Article", "ArticlePublished")),
    ]
    assert [named(event) for event in events if not _is_foreign(event)] == []


def test_events_of_others_may_be_anything() -> None:
    """What does not begin with Article is counted, whatever its entity and data, and no article changes."""
    state = written()
    before = state.page(-1, 10)
    events = [Event(name, "0", data) for name in ("articleCreated", "UserCreated") for data in NO_ARTICLES]
    replayed(placed(events, 3), state)
    assert state.page(-1, 10) == before
    assert (state.by_type["articleCreated"], state.by_type["UserCreated"]) == (5, 5)


def test_a_log_with_a_foreign_event_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    """A start on it is refused by the event's number; nothing is cut off and nothing is kept from then on."""
    events = [Event(CREATED, "0", GOOD), Event(UPDATED, "7", CHANGED), Event(CREATED, "1", GOOD)]
    content = _log_of(events)
    (tmp_path / LOG).write_bytes(content)
    event_log = EventLog(
        tmp_path, durability=Durability.FSYNC, snapshot_every=0, clock=Clock(), log=silent_log()
    )

    async def scenario() -> None:
        event_log.start(lambda: None)
        await opened(event_log)
        await event_log.close()

    run(scenario())
    assert isinstance(event_log.refusal, ForeignEvent)
    assert str(event_log.refusal) == "Event 1 is about an article that there is not: 7."
    assert {name: kept for name, kept in held(tmp_path).items() if name != "owner.lock"} == {LOG: content}


def _is_foreign(event: Event) -> bool:
    try:
        replayed(placed([event], 3), written())
    except ForeignEvent:
        return True
    return False


def _log_of(events: list[Event]) -> bytes:
    """Return a log of events that follow each other rightly, each by itself."""
    content, head = b"", Head()
    for event in events:
        _, lines, head = run(stamp([event], head, START_US))
        content += b"".join(lines)
    return content
