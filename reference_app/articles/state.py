"""What the event log adds up to: articles by their id, and how many events there are of each type.

    ArticleCreated    {"title":…,"content":…,"version":1,"checksum":…}, and "owner":… where users own articles
    ArticleUpdated    {"title":…,"content":…,"version":n,"checksum":…,"created_at":…}
    ArticleDeleted    {}
    ArticlesKeyed     as `keys` has it

    Each says all that the article is after it. `entity_id` is its id; `created_at` is the ts of its first event.

What this promises: it follows from the records alone, in their order; ids count up from 0 and are never given
again; readers see whole articles, which never change. A view shows what is staged on top, and changes nothing.
Types of events are counted apart while there is room, and then together: nobody is refused for others' types.

What it does not: it decides nothing (`service` does) and keeps nothing (`log` does).
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, Final, Self

import msgspec

from reference_app.articles.keys import KEYED, Keys, Known, Made, Of, read
from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import Event, Record

PREFIX: Final = "Article"
"""What the types of articles' events begin with, and no others."""
CREATED: Final = "ArticleCreated"
UPDATED: Final = "ArticleUpdated"
DELETED: Final = "ArticleDeleted"
_TYPES: Final = frozenset({CREATED, UPDATED, DELETED})
TYPES_MAX: Final = 1_000
"""How many types of events are counted apart, each in memory; those of articles always are."""
OTHERS: Final = "*"
"""What the types are counted by that come when there is no room for them; no type is spelled so."""


class ForeignEvent(LogError):
    """The log has an event of an article that this version cannot have written."""


class Article(msgspec.Struct, frozen=True, gc=False):
    """One version of an article."""

    id: int
    title: str
    content: str
    created_at: str
    version: int
    checksum: str

    @classmethod
    def of(cls, record: Record) -> "Article":
        """Return what the article is after a record that created or updated it. Raises ForeignEvent."""
        data = record.data
        try:
            title, content, checksum = data["title"], data["content"], data["checksum"]
            version = data["version"]
            created_at = record.ts if record.type == CREATED else data["created_at"]
        except (KeyError, TypeError):
            raise _foreign(record) from None
        # One comparison: this is done several times for each article that is written, and for each at a start.
        if not (type(title) is type(content) is type(checksum) is type(created_at) is str):
            raise _foreign(record)
        if type(version) is not int:
            raise _foreign(record)
        return cls(_id_of(record), title, content, created_at, version, checksum)


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A snapshot's body."""

    next_id: int
    by_type: dict[str, int]
    articles: list[Article]
    keys: list[Known] = []
    owners: dict[int, int] = {}
    """The user who owns each article that has an owner."""


def checksum(title: str, content: str) -> str:
    """Return SHA-256, in hex, of title, NUL, content: neither may hold a NUL."""
    return hashlib.sha256(f"{title}\0{content}".encode()).hexdigest()


def beginning(title: str, content: str, owner: int | None = None) -> dict[str, Any]:
    """Return what a new article is, whatever id it gets; `owner` is a user's number."""
    data = {"title": title, "content": content, "version": 1, "checksum": checksum(title, content)}
    return data if owner is None else {**data, "owner": owner}


def created(article_id: int, data: dict[str, Any]) -> Event:
    """Return the event that creates an article; `data` is its `beginning`."""
    return Event(CREATED, str(article_id), data)


def updated(article: Article, title: str, content: str) -> Event:
    """Return the event by which an article gets another title and content."""
    data = {
        "title": title,
        "content": content,
        "version": article.version + 1,
        "checksum": checksum(title, content),
        "created_at": article.created_at,
    }
    return Event(UPDATED, str(article.id), data)


def deleted(article: Article) -> Event:
    """Return the event by which an article ends."""
    return Event(DELETED, str(article.id), {})


class ArticlesState:
    """All that is durable. Made without arguments, it is what an empty log adds up to."""

    def __init__(self) -> None:
        self.next_id = 0
        self.keys = Keys()
        self.by_type: dict[str, int] = {}
        self._articles: dict[int, Article] = {}
        self._ids: list[int] = []
        """The keys of `_articles`, rising: a page is a slice of them."""
        self._owners: dict[int, int] = {}

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self._articles)

    def find(self, article_id: int) -> Article | None:
        """Return the article of this id."""
        return self._articles.get(article_id)

    def owner_of(self, article_id: int) -> int | None:
        """Return the user who owns the article; None where nobody does, or there is no such article."""
        return self._owners.get(article_id)

    def page(self, after: int, limit: int) -> tuple[list[Article], bool]:
        """Return up to `limit` articles whose ids are greater than `after`, and whether more follow."""
        start = bisect_right(self._ids, after)
        ids = self._ids[start : start + limit]
        return [self._articles[each] for each in ids], start + limit < len(self._ids)

    def stage(self) -> "StagedArticles":
        """Return a view with nothing staged."""
        return StagedArticles(self)

    def apply(self, records: Sequence[Record]) -> None:
        """Take in `records`, in order. Raises ForeignEvent."""
        by_type = self.by_type
        for record in records:
            counted = record.type
            if counted not in by_type and len(by_type) >= TYPES_MAX and counted not in _TYPES:
                counted = OTHERS
            by_type[counted] = by_type.get(counted, 0) + 1
            if record.type.startswith(PREFIX):
                self._apply(record)

    def dump(self) -> bytes:
        """Return the state as a snapshot's body."""
        articles = list(self._articles.values())
        return msgspec.json.encode(
            _Body(self.next_id, self.by_type, articles, self.keys.dump(), self._owners)
        )

    @classmethod
    def load(cls, body: bytes) -> Self:
        """Return the state that `dump` gave; raise msgspec's errors for any other bytes."""
        found = msgspec.json.decode(body, type=_Body)
        state = cls()
        state.next_id, state.by_type = found.next_id, found.by_type
        state._articles = {article.id: article for article in found.articles}
        state._ids = list(state._articles)
        state.keys.load(iter(found.keys))
        state._owners = found.owners
        return state

    def _apply(self, record: Record) -> None:
        if record.type == KEYED:
            self.keys.add(*_keyed(record, self.next_id))
            return
        if record.type not in _TYPES:
            raise ForeignEvent(
                f"Event {record.seq} has a type that this version does not know: {record.type}."
            )
        if record.type == DELETED:
            article_id = _known(record, self.find).id
            del self._articles[article_id]
            del self._ids[bisect_left(self._ids, article_id)]
            self._owners.pop(article_id, None)
            return
        article = Article.of(record)
        if record.type == CREATED:
            if article.id != self.next_id:
                raise ForeignEvent(f"Event {record.seq} creates article {article.id}, not {self.next_id}.")
            owner = _owner_of(record)
            if owner is not None:
                self._owners[article.id] = owner
            self.next_id += 1
            self._ids.append(article.id)
        else:
            _known(record, self.find)
        self._articles[article.id] = article


class StagedArticles:
    """The durable articles, and on top of them what is staged."""

    def __init__(self, state: ArticlesState) -> None:
        self._state = state
        self._staged: dict[int, Record] = {}
        """The latest record of each article that is staged; made an article of when somebody asks for it."""
        self._owners: dict[int, int | None] = {}
        """Of the articles whose beginning is staged."""
        self._keys: dict[Of, Made] = {}
        self.next_id = state.next_id

    def find(self, article_id: int) -> Article | None:
        """Return the article of this id."""
        record = self._staged.get(article_id)
        if record is None:
            return self._state.find(article_id)
        return None if record.type == DELETED else Article.of(record)

    def made_under(self, of: Of) -> Made | None:
        """Return what was made under this key, staged or durable."""
        return self._keys.get(of) or self._state.keys.find(of)

    def owner_of(self, article_id: int) -> int | None:
        """Return the user who owns the article, if anybody does."""
        return self._owners[article_id] if article_id in self._owners else self._state.owner_of(article_id)

    def apply(self, records: Sequence[Record]) -> None:
        """Stage `records`."""
        for record in records:
            if record.type in _TYPES:
                article_id = int(record.entity_id)
                self._staged[article_id] = record
                if record.type == CREATED:
                    self._owners[article_id] = _owner_of(record)
                    self.next_id += 1
            elif record.type == KEYED:
                of, made = _keyed(record, self.next_id)
                self._keys[of] = made


def _foreign(record: Record) -> ForeignEvent:
    return ForeignEvent(f"Event {record.seq} is no {record.type} as this version has it.")


def _keyed(record: Record, next_id: int) -> tuple[Of, Made]:
    """Return what an event that keeps a key says. Raises ForeignEvent."""
    try:
        return read(record, next_id)
    except ValueError as error:
        raise _foreign(record) from error


def _owner_of(record: Record) -> int | None:
    """Return the user who owns the article that the record creates, if anybody does. Raises ForeignEvent."""
    owner: int | None = record.data.get("owner")
    if owner is not None and type(owner) is not int:
        raise _foreign(record)
    return owner


def _id_of(record: Record) -> int:
    """Return the id that the record is about, which has one spelling. Raises ForeignEvent."""
    text = record.entity_id
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        raise ForeignEvent(f"Event {record.seq} is about {text!r}, which is no article's id.")
    return int(text)


def _known(record: Record, find: Any) -> Article:
    """Return the article that a record changes or ends. Raises ForeignEvent."""
    article: Article | None = find(_id_of(record))
    if article is None:
        raise ForeignEvent(f"Event {record.seq} is about an article that there is not: {record.entity_id}.")
    return article
