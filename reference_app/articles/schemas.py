"""What articles send and take over the wire."""

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from reference_app.articles.log.record import ENTITY_ID_CHARACTERS_MAX, TYPE_CHARACTERS_MAX, Record
from reference_app.articles.state import Article

TITLE_CHARACTERS_MAX: Final = 300
CONTENT_CHARACTERS_MAX: Final = 60_000
ITEMS_MAX: Final = 5_000
PAGE_MAX: Final = 1_000

Title = Annotated[str, Meta(min_length=1, max_length=TITLE_CHARACTERS_MAX)]
Content = Annotated[str, Meta(max_length=CONTENT_CHARACTERS_MAX)]
EventType = Annotated[
    str,
    Meta(
        max_length=TYPE_CHARACTERS_MAX,
        # Not `$`, before which Python lets a line feed stand; this is understood by readers of the API as well.
        pattern=r"^[A-Za-z][A-Za-z0-9_.-]*(?![\s\S])",
        description="any but Article…, which the server writes itself",
    ),
]


class Draft(Struct, frozen=True, forbid_unknown_fields=True):
    """What an author gives."""

    title: Title
    content: Content


class Drafts(Struct, frozen=True, forbid_unknown_fields=True):
    """Several articles, to be kept all or none."""

    items: Annotated[list[Draft], Meta(min_length=1, max_length=ITEMS_MAX)]


class Articles(Struct, frozen=True):
    """Several articles, in the order of their ids."""

    items: list[Article]


class Page(Struct, frozen=True):
    """A part of all articles, in the order of their ids."""

    items: list[Article]
    next_after: int | None
    """Ask with `after=` this for what follows; null when nothing does."""
    total: int
    """How many articles there are in all."""


class EventDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """An event that somebody wants kept."""

    type: EventType
    entity_id: Annotated[str, Meta(max_length=ENTITY_ID_CHARACTERS_MAX)]
    data: Any


class KeptEvent(Struct, frozen=True):
    """An event in its place in the log."""

    seq: int
    ts: str
    type: str
    entity_id: str
    data: Any

    @classmethod
    def of(cls, record: Record) -> "KeptEvent":
        """Return a record as it goes over the wire."""
        return cls(record.seq, record.ts, record.type, record.entity_id, record.data)


class LogStatus(Struct, frozen=True):
    """What the event log holds; of `flush`, the last events may not survive a power cut."""

    events: int
    by_type: dict[str, int]
    """How many there are of each type; by `*`, how many of types for which there was no more room."""
    bytes: int
    last_seq: int
    """-1 when there is no event."""
    snapshots: list[int]
    """The events that snapshots were made at, the newest first."""
    durability: str
