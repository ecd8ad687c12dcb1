"""The rules of articles, on plain values: no HTTP, no SQL.

What this promises: what it returns is durable, as `EVENT_LOG_DURABILITY` has it; a refusal has changed nothing.
Readers see what is durable and nothing else. Ids, versions and refusals follow from one order of all writes.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from reference_app.articles.errors import NoSuchArticle, NotOwner, ReservedType, StaleVersion
from reference_app.articles.event_log import EventLog
from reference_app.articles.keys import Made, Once, keyed
from reference_app.articles.log.record import Event, Record
from reference_app.articles.log.sealing import Decide
from reference_app.articles.state import (
    PREFIX,
    Article,
    StagedArticles,
    beginning,
    created,
    deleted,
    updated,
)
from reference_app.clock import EPOCH, MICROSECOND, Clock, system_clock
from reference_app.idempotency.errors import KeyUsedOtherwise

DAY: Final = timedelta(days=1)
MADE_IN_A_TURN_MAX: Final = 500

T = TypeVar("T")
R = TypeVar("R")
Fits = Callable[[int], bool]
"""Whether an article of this version may be changed."""
Texts = tuple[str, str]
"""A title and a content, neither of them with a NUL."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A user who writes, where articles have owners."""

    user_id: int
    is_admin: bool


class ArticleService:
    """What may be done with articles. Every method raises what `EventLog` raises."""

    def __init__(
        self,
        event_log: EventLog,
        counted_together: Callable[[], None],
        *,
        clock: Clock = system_clock,
        keys_age_max: timedelta = DAY,
    ) -> None:
        """Take the log, what is told of each event for whose type there was no room, and how long keys count."""
        self._log = event_log
        self._counted_together = counted_together
        self._clock = clock
        self._keys_age_max = keys_age_max

    def get(self, article_id: int) -> Article:
        """Return the article. Raises NoSuchArticle."""
        return _there(self._log.state.find(article_id))

    def page(self, after: int, limit: int) -> tuple[list[Article], bool]:
        """Return up to `limit` articles with ids beyond `after`, and whether more follow."""
        return self._log.state.page(after, limit)

    def total(self) -> int:
        """Return how many articles there are."""
        return len(self._log.state)

    async def create(
        self, drafts: Sequence[Texts], writer: Writer | None, once: Once | None = None
    ) -> list[Article]:
        """Keep new articles, all or none, once a key, and return them in the order given.

        The writer, if any, owns them. Raises KeyUsedOtherwise.
        """
        owner = writer.user_id if writer else None
        beginnings = await _in_turns(lambda draft: beginning(*draft, owner), drafts)

        def decide(view: StagedArticles) -> list[Event]:
            return [created(article_id, data) for article_id, data in enumerate(beginnings, view.next_id)]

        made, records = await self._do_once(decide, once)
        if made is None:
            return await _in_turns(Article.of, records)
        return await _in_turns(lambda each: _first(made, *each), list(enumerate(beginnings)))

    async def change(
        self, article_id: int, draft: Texts, fits: Fits | None, writer: Writer | None
    ) -> Article:
        """Give an article another title and content. Raises NoSuchArticle, NotOwner, StaleVersion."""

        def decide(view: StagedArticles) -> list[Event]:
            return [updated(_for(writer, view, article_id, fits), *draft)]

        return Article.of((await self._log.do(decide))[0])

    async def delete(self, article_id: int, fits: Fits | None, writer: Writer | None) -> None:
        """End an article; its id is not given again. Raises NoSuchArticle, NotOwner, StaleVersion."""

        def decide(view: StagedArticles) -> list[Event]:
            return [deleted(_for(writer, view, article_id, fits))]

        await self._log.do(decide)

    async def keep(self, event: Event, once: Once | None = None) -> Record:
        """Keep an event that is none of an article's, once a key.

        Raises ReservedType, RecordRefused, KeyUsedOtherwise.
        """
        if event.type.startswith(PREFIX):
            raise ReservedType

        made, records = await self._do_once(lambda _view: [event], once)
        if made is None:
            if event.type not in self._log.state.by_type:
                self._counted_together()
            return records[0]
        return Record(made.seq, made.ts_of(0), event.type, event.entity_id, event.data, prev="")

    async def _do_once(
        self, decide: Decide[StagedArticles], once: Once | None
    ) -> tuple[Made | None, list[Record]]:
        """Do what `decide` says, unless it was done under this key; return what was made then, or the records now.

        The key is decided on with the rest, and kept with it: two of them at once are one after the other.
        """
        if once is None:
            return None, await self._log.do(decide)
        before: list[Made] = []
        oldest_us = (self._clock() - self._keys_age_max - EPOCH) // MICROSECOND

        def decide_once(view: StagedArticles) -> Sequence[Event]:
            found = view.made_under(once.of)
            if found is None or found.ts_us < oldest_us:
                return [*decide(view), keyed(once)]
            if found.digest != once.digest:
                raise KeyUsedOtherwise
            before.append(found)
            return ()

        records = await self._log.do(decide_once)
        return (before[0], []) if before else (None, records[:-1])

    async def status(self) -> dict[str, Any]:
        """Return what the log holds, by the names of `schemas.LogStatus`."""
        return await self._log.figures()


async def _in_turns(make: Callable[[T], R], given: Sequence[T]) -> list[R]:
    """Return what `make` makes of each; of a large batch, others are served in between (AR-12)."""
    if len(given) <= MADE_IN_A_TURN_MAX:
        return list(map(make, given))
    made: list[R] = []
    for start in range(0, len(given), MADE_IN_A_TURN_MAX):
        if start:
            await asyncio.sleep(0)
        made += map(make, given[start : start + MADE_IN_A_TURN_MAX])
    return made


def _first(made: Made, number: int, data: dict[str, Any]) -> Article:
    """Return the n-th article as it was when it was made."""
    return Article(
        made.first_id + number,
        data["title"],
        data["content"],
        made.ts_of(number),
        data["version"],
        data["checksum"],
    )


def _for(writer: Writer | None, view: StagedArticles, article_id: int, fits: Fits | None) -> Article:
    """Return the article, which is there, the writer's to change, and of a version that may be changed."""
    article = _there(view.find(article_id))
    if writer and not writer.is_admin and view.owner_of(article_id) != writer.user_id:
        raise NotOwner
    if fits is not None and not fits(article.version):
        raise StaleVersion
    return article


def _there(article: Article | None) -> Article:
    if article is None:
        raise NoSuchArticle
    return article
