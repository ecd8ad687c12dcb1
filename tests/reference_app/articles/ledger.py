"""Articles' events in their places, without a disk: decisions become records, as the writer has it.

What this promises: each decision sees what the ones before it decided; the state takes a group in as a whole;
records are what their lines say, for they are encoded and decoded again.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from reference_app.articles.log.record import GENESIS, Event, Record, decode, encode, timestamp
from reference_app.articles.state import (
    Article,
    ArticlesState,
    StagedArticles,
    beginning,
    created,
    deleted,
    updated,
)

START_US = 1_795_323_600_000_000
IDS_MAX = 1_000

Decision = Callable[[StagedArticles], Sequence[Event]]


class Seen(NamedTuple):
    """All that readers can see of a state."""

    next_id: int
    by_type: dict[str, int]
    articles: list[Article]
    is_more: bool


class Ledger:
    """A log of articles, and what it adds up to."""

    def __init__(self) -> None:
        self.state = ArticlesState()
        self.records: list[Record] = []

    def keep(self, *decisions: Decision) -> list[Record]:
        """Keep a group of decisions; return its records."""
        view, group = self.state.stage(), list[Record]()
        for decide in decisions:
            made = placed(decide(view), len(self.records) + len(group), is_batch=True)
            view.apply(made)
            group += made
        self.state.apply(group)
        self.records += group
        return group


def placed(events: Sequence[Event], seq: int = 0, *, is_batch: bool = False) -> list[Record]:
    """Return the events as records that begin at `seq`, read back from their lines."""
    count = len(events)
    batch = [(number, count) if is_batch and count > 1 else None for number in range(count)]
    return [
        decode(
            encode(Record(each, timestamp(START_US + each), *_fields(event), GENESIS, batch[each - seq]))[:-1]
        )
        for each, event in enumerate(events, seq)
    ]


def create(*titles: str) -> Decision:
    """Decide to create articles, all or none."""
    return lambda view: [
        created(number, beginning(title, f"On {title}.")) for number, title in enumerate(titles, view.next_id)
    ]


def change(article_id: int, title: str) -> Decision:
    """Decide to change an article, or nothing if it is not there."""

    def decide(view: StagedArticles) -> list[Event]:
        article = view.find(article_id)
        return [updated(article, title, f"On {title}.")] if article else []

    return decide


def delete(article_id: int) -> Decision:
    """Decide to delete an article, or nothing if it is not there."""

    def decide(view: StagedArticles) -> list[Event]:
        article = view.find(article_id)
        return [deleted(article)] if article else []

    return decide


def note(event_type: str) -> Decision:
    """Decide to keep an event that is none of an article's."""
    return lambda _view: [Event(event_type, "1", {"about": 0})]


def replayed(records: Sequence[Record], state: ArticlesState | None = None) -> ArticlesState:
    """Return what records add up to, on top of a state."""
    state = ArticlesState() if state is None else state
    state.apply(records)
    return state


def reloaded(state: ArticlesState) -> ArticlesState:
    """Return the state as the next process finds it in a snapshot."""
    return ArticlesState.load(state.dump())


def seen(state: ArticlesState) -> Seen:
    """Return all that can be seen of a state."""
    articles, is_more = state.page(-1, IDS_MAX)
    assert [state.find(each.id) for each in articles] == articles
    assert len(state) == len(articles)
    return Seen(state.next_id, dict(state.by_type), articles, is_more)


def _fields(event: Event) -> tuple[str, str, Any]:
    return event.type, event.entity_id, event.data
