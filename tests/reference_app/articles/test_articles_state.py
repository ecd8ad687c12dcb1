"""What a log of articles adds up to: applied, replayed, from a snapshot, and as writers see it."""

import hashlib
from collections import Counter
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_app.articles import state as state_module
from reference_app.articles.log.record import Event, Record
from reference_app.articles.state import (
    CREATED,
    DELETED,
    OTHERS,
    PREFIX,
    TYPES_MAX,
    UPDATED,
    Article,
    ArticlesState,
    checksum,
)
from tests.reference_app.articles.ledger import (
    Ledger,
    Seen,
    change,
    create,
    delete,
    note,
    placed,
    reloaded,
    replayed,
    seen,
)

Ask = tuple[str, int]
"""What is decided, and of which article or how many."""

ASKS: Final = st.one_of(
    st.tuples(st.just("create"), st.integers(1, 3)),
    st.tuples(st.sampled_from(["change", "delete"]), st.integers(0, 6)),
    st.tuples(st.just("note"), st.integers(0, 2)),
)
GROUPS: Final = st.lists(st.lists(ASKS, min_size=1, max_size=4), max_size=8)


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def holed(ledger: Ledger) -> ArticlesState:
    """Articles 0, 2, 5 and 6: the others were deleted."""
    ledger.keep(create(*(f"Article {number}" for number in range(8))))
    ledger.keep(*(delete(number) for number in (1, 3, 4, 7)))
    return ledger.state


def test_an_empty_log_adds_up_to_nothing() -> None:
    """Without an event there is no article, no page and no type, and the first id is 0."""
    assert seen(ArticlesState()) == Seen(0, {}, [], is_more=False)
    assert ArticlesState().find(0) is None


def test_a_replay_gives_what_applying_gave(ledger: Ledger) -> None:
    """Whether records came group by group or all at once, state and counts are the same."""
    ledger.keep(create("a", "b", "c"), note("UserCreated"))
    ledger.keep(change(1, "B"), delete(0), note("CommentAdded"))
    ledger.keep(change(1, "B again"))
    assert seen(replayed(ledger.records)) == seen(ledger.state)
    counts = {CREATED: 3, "UserCreated": 1, UPDATED: 2, DELETED: 1, "CommentAdded": 1}
    assert ledger.state.by_type == counts
    assert [article.title for article in seen(ledger.state).articles] == ["B again", "c"]


def test_what_an_article_is_follows_from_its_events(ledger: Ledger) -> None:
    """A change gives new texts, the next version and their checksum; id and time of creation stay."""
    first, _ = ledger.keep(create("a", "b"))
    ledger.keep(change(0, "A"))
    ledger.keep(change(0, "AA"))
    digest = hashlib.sha256(b"AA\0On AA.").hexdigest()
    assert Article(0, "AA", "On AA.", first.ts, 3, digest) == ledger.state.find(0)
    assert digest == checksum("AA", "On AA.")


def test_what_a_reader_has_never_changes(ledger: Ledger) -> None:
    """An article that was found, or stands on a page, stays as it was when it is changed or deleted."""
    ledger.keep(create("a"))
    had, ([on_page], _) = ledger.state.find(0), ledger.state.page(-1, 10)
    ledger.keep(change(0, "A"))
    ledger.keep(delete(0))
    assert had is not None
    assert ("a", 1) == (had.title, had.version) == (on_page.title, on_page.version)
    with pytest.raises(AttributeError):
        had.title = "mine"  # type: ignore[misc]


def test_ids_are_never_given_again(ledger: Ledger) -> None:
    """After deletes, of the last one and of all, ids count on: applied, replayed and from a snapshot."""
    ledger.keep(create("a", "b", "c"))
    ledger.keep(delete(2))
    ledger.keep(delete(0), delete(1))
    for state in (ledger.state, replayed(ledger.records), reloaded(ledger.state)):
        assert (state.next_id, len(state)) == (3, 0)
        assert state.stage().next_id == 3
    [record] = ledger.keep(create("d"))
    assert (record.entity_id, ledger.state.next_id) == ("3", 4)


@pytest.mark.parametrize(
    ("after", "limit", "ids", "is_more"),
    [
        (-1, 10, [0, 2, 5, 6], False),
        (-1, 4, [0, 2, 5, 6], False),
        (-1, 3, [0, 2, 5], True),
        (0, 2, [2, 5], True),
        (1, 2, [2, 5], True),
        (3, 1, [5], True),
        (4, 2, [5, 6], False),
        (6, 5, [], False),
        (7, 5, [], False),
        (10**15, 1, [], False),
    ],
)
def test_pages_pass_over_holes(
    holed: ArticlesState,
    after: int,
    limit: int,
    ids: list[int],
    is_more: bool,  # noqa: FBT001
) -> None:
    """A page has what comes after an id, whether or not that is there, and says whether more follow."""
    for state in (holed, reloaded(holed)):
        articles, follows = state.page(after, limit)
        assert (ids, is_more) == ([article.id for article in articles], follows)


def test_decisions_of_one_group_see_each_other(ledger: Ledger) -> None:
    """Created, changed, deleted and missed in one group: each decision rests on those before it."""
    records = ledger.keep(
        create("a"), create("b", "c"), change(1, "B"), change(1, "BB"), delete(0), change(0, "A"), delete(0)
    )
    told = [(record.type, record.entity_id, record.data.get("version")) for record in records]
    assert told == [
        *((CREATED, str(number), 1) for number in range(3)),
        (UPDATED, "1", 2),
        (UPDATED, "1", 3),
        (DELETED, "0", None),
    ]
    assert [article.title for article in seen(ledger.state).articles] == ["BB", "c"]


def test_a_view_changes_nothing(ledger: Ledger) -> None:
    """What is staged is seen by its view alone: not by readers, not by a snapshot, not by the next view."""
    ledger.keep(create("a", "b"), note("UserCreated"))
    before, body = seen(ledger.state), ledger.state.dump()
    view = ledger.state.stage()
    for decide in (create("c"), change(0, "A"), delete(1), note("CommentAdded")):
        view.apply(placed(decide(view), 9))
    staged = view.find(0)
    assert staged is not None
    assert (staged.title, view.find(1), view.next_id) == ("A", None, 3)
    assert (before, body) == (seen(ledger.state), ledger.state.dump())
    assert ledger.state.stage().next_id == 2
    assert ledger.state.stage().find(1) == ledger.state.find(1) is not None


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [[note("UserCreated")]],
        [[create("a", "Naïve, \n\t😀")]],
        [[create("a", "b", "c")], [delete(1)], [change(2, "C")]],
        [[create("a", "b")], [delete(0), delete(1)]],
    ],
    ids=["empty", "no article", "articles", "after deletes", "all deleted"],
)  # fmt: skip
def test_a_snapshot_is_the_state(ledger: Ledger, groups: list[list[Any]]) -> None:
    """What was dumped is loaded as it was, and goes on as it would have."""
    for group in groups:
        ledger.keep(*group)
    loaded = reloaded(ledger.state)
    assert (seen(ledger.state), ledger.state.dump()) == (seen(loaded), loaded.dump())
    more = ledger.keep(create("later"), change(0, "changed"), delete(0))
    assert seen(ledger.state) == seen(replayed(more, loaded))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"state", b'{"next_id":0,"by_type":{},"articles":[]', b"\xff",
        b'{"next_id":"0","by_type":{},"articles":[]}', b'{"next_id":0,"by_type":{},"articles":[],"x":1}',
        b'{"next_id":1,"by_type":{},"articles":[{"id":0,"title":"a"}]}',
    ],
)  # fmt: skip
def test_other_bytes_are_no_snapshot(body: bytes) -> None:
    """What no state has dumped is refused, so that a start can pass over it."""
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        ArticlesState.load(body)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(groups=GROUPS, cut=st.integers(0, 100))
def test_all_ways_to_a_state_are_one(groups: list[list[Ask]], cut: int) -> None:
    """Whatever was decided: applied, replayed, or from a snapshot and the rest, it is what a list says."""
    ledger, model, ids = Ledger(), dict[int, tuple[str, int]](), 0
    for group in groups:
        ledger.keep(*(_decision(ask) for ask in group))
        ids = _expect(model, ids, group)
    applied, cut = seen(ledger.state), min(cut, len(ledger.records))
    assert (ids, list(model)) == (applied.next_id, [article.id for article in applied.articles])
    assert list(model.values()) == [(article.title, article.version) for article in applied.articles]
    assert dict(Counter(record.type for record in ledger.records)) == applied.by_type
    assert applied == seen(replayed(ledger.records))
    assert applied == seen(replayed(ledger.records[cut:], reloaded(replayed(ledger.records[:cut]))))


def _decision(ask: Ask) -> Any:
    what, number = ask
    match what:
        case "create":
            return create(*(f"of {number}" for _ in range(number)))
        case "change":
            return change(number, f"changed {number}")
        case "delete":
            return delete(number)
        case _:
            return note(f"Noted{number}")


def _expect(model: dict[int, tuple[str, int]], ids: int, group: list[Ask]) -> int:
    """Do to the model what a group does; return the next id."""
    for what, number in group:
        if what == "create":
            model.update({ids + each: (f"of {number}", 1) for each in range(number)})
            ids += number
        elif what == "change" and number in model:
            model[number] = (f"changed {number}", model[number][1] + 1)
        elif what == "delete":
            model.pop(number, None)
    return ids


def test_only_so_many_types_are_told_apart() -> None:
    """A type is counted apart while there is room for it, and later ones together; a snapshot has the same."""
    state = replayed(_of_types(0, TYPES_MAX))
    state.apply(placed([Event(name, "1", None) for name in ("New", "Type0", "New", "Newer")], TYPES_MAX))
    assert (state.by_type["Type0"], state.by_type[OTHERS], len(state.by_type)) == (2, 3, TYPES_MAX + 1)
    assert ArticlesState.load(state.dump()).by_type == state.by_type


def test_articles_need_no_room_among_types(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """With all types taken, articles are still created, changed and deleted, and their events are counted."""
    monkeypatch.setattr(state_module, "TYPES_MAX", 2)
    ledger.keep(note("UserCreated"), note("CommentAdded"))
    ledger.keep(note("Other"))
    assert ledger.state.by_type[OTHERS] == 1
    ledger.keep(create("a"), change(0, "A"), delete(0))
    assert [ledger.state.by_type[f"{PREFIX}{what}"] for what in ("Created", "Updated", "Deleted")] == [
        1,
        1,
        1,
    ]


def _of_types(first: int, count: int) -> list[Record]:
    return placed([Event(f"Type{number}", "1", None) for number in range(first, first + count)])
