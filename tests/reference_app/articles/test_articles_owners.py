"""Whose article it is: what the log says of it, a snapshot keeps, and writers of one group see of each other."""

from collections.abc import Sequence
from typing import Final

import pytest

from reference_app.articles.log.record import Event
from reference_app.articles.state import ArticlesState, StagedArticles, beginning, created
from tests.reference_app.articles.ledger import Decision, Ledger, change, create, delete, reloaded, replayed

ADA: Final = 4711
GRACE: Final = 4712


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


def create_for(owner: int) -> Decision:
    """Decide to create an article of this user's."""
    return lambda view: [created(view.next_id, beginning("A", "B", owner))]


def owners(state: ArticlesState | StagedArticles) -> list[int | None]:
    """Return the owners of the first four articles."""
    return [state.owner_of(number) for number in range(4)]


def test_an_article_keeps_its_owner(ledger: Ledger) -> None:
    """Also when somebody else changes it; and one of nobody's has none."""
    ledger.keep(create_for(ADA), create_for(GRACE), create("C"))
    ledger.keep(change(0, "D"), change(2, "E"))
    assert owners(ledger.state) == [ADA, GRACE, None, None]


def test_owners_are_there_after_a_start(ledger: Ledger) -> None:
    """On the log as on a snapshot."""
    ledger.keep(create_for(ADA), create_for(GRACE), create("C"), change(0, "D"), delete(1))
    assert owners(replayed(ledger.records)) == owners(reloaded(ledger.state)) == [ADA, None, None, None]


def test_what_is_staged_has_its_owner_at_once(ledger: Ledger) -> None:
    """A writer of the same group is held against it, also after a change."""
    ledger.keep(create_for(ADA))
    found: list[list[int | None]] = []

    def look(view: StagedArticles) -> Sequence[Event]:
        found.append(owners(view))
        return []

    ledger.keep(create_for(GRACE), change(1, "B"), create("C"), look)
    assert found == [[ADA, GRACE, None, None]]


def test_a_snapshot_from_before_there_were_owners_is_good(ledger: Ledger) -> None:
    """Nobody owns what is in it; and without owners a snapshot is as it was then."""
    ledger.keep(create("A"))
    assert b"owners" not in ledger.state.dump()
    assert owners(ArticlesState.load(ledger.state.dump())) == [None] * 4
