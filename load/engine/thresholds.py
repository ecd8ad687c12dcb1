"""The limits of a profile, as `load/thresholds.toml` has them.

    [articles."GET /api/articles/:id"]
    p95 = "under 20 ms"
    failures = "under 0.1 %"
    requirement = "AR-4"

What it promises: limits are those of features, in the same words; a name that the file does not have, and one that
says nothing of failures, may have none.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from fixtures.measuring.limits import FIGURES as FIGURES_OF_FEATURES
from fixtures.measuring.limits import RULER, Figure, Limit, LimitError, read

ALL: Final = "all requests"
"""The name of all requests taken together."""
REQUIREMENT: Final = "requirement"
SAMPLES: Final = "samples"
FIGURES: Final = {
    SAMPLES: Figure(("",)),
    **{name: figure for name, figure in FIGURES_OF_FEATURES.items() if name not in {RULER, "answers"}},
    "p50": Figure(("ms",), is_latency=True),
}
"""What a table may limit. `samples` says how many requests there must be for the rest to mean something."""
NO_FAILURES: Final = ("failures", "exactly 0")


class ThresholdsError(Exception):
    """The limits of a profile cannot be used."""


@dataclass(frozen=True)
class Limits:
    """The limits of one name."""

    rows: tuple[Limit, ...]
    requirement: str = ""


@dataclass(frozen=True)
class Thresholds:
    """The limits of one profile, by the name of a request."""

    named: Mapping[str, Limits] = field(default_factory=dict)

    def of(self, name: str) -> Limits:
        """Return the limits of a name."""
        return self.named.get(name) or Limits(tuple(read(_unsaid(name), FIGURES)))


def load(path: Path, profile: str) -> Thresholds:
    """Return the limits of a profile. Raises ThresholdsError where they cannot be used."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ThresholdsError(f"{path}: {error}") from error
    tables = document.get(profile)
    if not isinstance(tables, dict):
        raise ThresholdsError(f"{path} has no limits of the profile {profile!r}")
    return Thresholds({name: _limits(path, name, table) for name, table in tables.items()})


def _unsaid(name: str) -> tuple[tuple[str, str], ...]:
    """Return the limits of a name where nothing else is said; of all together there are none."""
    return () if name == ALL else (NO_FAILURES,)


def _limits(path: Path, name: str, table: Any) -> Limits:
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        raise ThresholdsError(f"{path}: {name!r} is no table of texts")
    said = {key: value for key, value in table.items() if key != REQUIREMENT}
    try:
        rows = read({**dict(_unsaid(name)), **said}.items(), FIGURES)
    except LimitError as error:
        raise ThresholdsError(f"{path}: {name!r}: {error}") from error
    return Limits(
        tuple(sorted(rows, key=lambda row: list(FIGURES).index(row.figure))), table.get(REQUIREMENT, "")
    )
