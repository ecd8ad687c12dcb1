"""What operators ask of the caches: how full they are, how often an entry serves, and when that is alarming.

The figures are those of the source's SQL, read beside it (PC-7); the alerts are the source's (PC-9). Each cache is
looked at by itself, and an empty one alarms nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

ENTRIES_MAX: Final = 10_000
REUSE_MIN: Final = 2.0
EXPIRED_MAX: Final = 0.2
"""More than this part of all entries may not have expired."""

ALERTS: Final[dict[str, str]] = {
    "too-many-entries": f"There are more than {ENTRIES_MAX:,} entries.",
    "little-reuse": f"An entry is used less than {REUSE_MIN:g} times on average.",
    "too-many-expired": f"More than {EXPIRED_MAX:.0%} of the entries have expired and were not removed.",
}
"""Each alert, and what it says."""


@dataclass(frozen=True, slots=True)
class Reused:
    """An entry, and how often it was hit."""

    cache_key: str
    hit_count: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheStats:
    """The figures of one cache."""

    entries: int
    total_hits: int
    avg_reuse: float | None
    """Hits an entry; None where there is no entry."""
    expired_entries: int
    table_size_bytes: int | None
    """With its indexes; None where the database does not say."""
    hits: int
    """Since counting began, also of entries that are gone."""
    misses: int
    most_reused: list[Reused]

    @property
    def hit_ratio(self) -> float | None:
        """Hits ÷ hits and misses; None where nothing was asked for."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None

    @property
    def alerts(self) -> list[str]:
        """The alerts that hold, in the order of `ALERTS`."""
        if not self.entries:
            return []
        holds = (
            self.entries > ENTRIES_MAX,
            self.avg_reuse is not None and self.avg_reuse < REUSE_MIN,
            self.expired_entries > EXPIRED_MAX * self.entries,
        )
        return [alert for alert, is_on in zip(ALERTS, holds, strict=True) if is_on]
