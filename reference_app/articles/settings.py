"""What can be set of articles, and where their event log lies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from reference_app.settings import Settings, SystemSettings

BATCH_PATH: Final = "/api/articles/batch"
FOLDER: Final = "articles"
"""Where the log lies in a data folder."""


class ArticlesSettings(SystemSettings):
    """Who may write, how much at once, and when an event counts as kept."""

    articles_require_auth: bool = False
    """`1`: writing articles and events asks for a token, and only its owner or an administrator changes an article;
    reading stays open.
    """
    articles_batch_bytes_max: Annotated[int, Field(ge=1_024, le=16_777_216)] = 8_388_608
    """The body of a batch of articles; more is 413."""
    articles_page_bytes_max: Annotated[int, Field(ge=1_024, le=67_108_864)] = 1_048_576
    """A page of articles; it ends before the article that would make it larger, and `next_after` goes on. One
    article is always there.
    """
    event_log_durability: Literal["fsync", "flush"] = "fsync"
    """`fsync`: acknowledged when it would survive a power cut; `flush`: when it would survive the death of
    the process.
    """
    event_log_snapshot_every: Annotated[int, Field(ge=0, le=10_000_000)] = 10_000
    """A snapshot of the articles for every so many events, at the next start if the server died before it
    was there; 0 for none.
    """

    @property
    def larger_bodies(self) -> Mapping[str, int]:
        """A batch may be larger than other bodies."""
        return {BATCH_PATH: self.articles_batch_bytes_max}


def log_folder(settings: Settings) -> Path:
    """Return where a server with these settings keeps its event log."""
    return settings.data_dir / FOLDER
