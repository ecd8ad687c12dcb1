"""Makes the result of a run, keeps it in files, prints it, and has locust end with its exit code."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fixtures.measuring.limits import Conditions
from load.engine import comparing, files, table
from load.engine.document import document
from load.engine.judging import EXIT_CODES, INCONCLUSIVE, UNTESTED, Circumstances, figures_of, judge
from load.engine.merging import Merged
from load.engine.recording import Effort
from load.engine.thresholds import Thresholds

WRONG_USAGE = 64
INCONCLUSIVE_CODE = EXIT_CODES[INCONCLUSIVE]


@dataclass(frozen=True)
class Asked:
    """What a run is judged by."""

    profile: str
    thresholds: Thresholds
    folder: Path
    ruler: float = 0.0
    baseline: Mapping[str, Any] | None = None


@dataclass
class Judge:
    """What is known of the latest run.

    Args:
        asked: what it is judged by.

    """

    asked: Asked
    result: dict[str, Any] = field(default_factory=dict)
    """Of the run that ended last; empty before."""
    changes: Sequence[comparing.Change] = ()

    def of(
        self,
        merged: Merged,
        efforts: Sequence[Effort],
        doubts: Sequence[str],
        *,
        host: str,
        users: int,
        is_over: bool,
    ) -> dict[str, Any]:
        """Return the result as it is now, which may be in the middle of a run."""
        names = dict(merged.names(is_over_time=is_over))
        generator = generator_of(efforts, merged, self.asked.ruler)
        conditions = Conditions(users, self.asked.ruler, generator["busy"], generator["offered"])
        figures = {name: figures_of(named, merged.passed_s) for name, named in names.items()}
        verdict = judge(
            figures, self.asked.thresholds, Circumstances(conditions, generator["late_ms"], tuple(doubts))
        )
        facts = {
            "profile": self.asked.profile,
            "host": host,
            "users": users,
            "ended": datetime.now(UTC).isoformat(timespec="seconds"),
            "generator": generator,
        }
        return document(names, figures, merged, verdict, facts, is_over=is_over)

    def ended(self, result: dict[str, Any], merged: Merged) -> None:
        """Keep the result of a run that is over, in files too."""
        self.result = result
        baseline = self.asked.baseline
        self.changes = comparing.compare(result, baseline) if baseline else ()
        try:
            files.write(self.asked.folder, result, merged, self.changes, baseline)
        except OSError as error:
            # As everywhere, a verdict that cannot be kept is none.
            result["reasons"].append(f"the result could not be written: {error}")
            if result["exit_code"] == 0:
                result.update(verdict=INCONCLUSIVE, exit_code=INCONCLUSIVE_CODE)

    def told(self) -> None:
        """Print the table of the latest run."""
        if self.result:
            print("\n".join(table.lines(self.result, self.changes)))
        else:
            print(f"verdict: untested (exit {self.exit_code}): no run was started")
        sys.stdout.flush()

    @property
    def exit_code(self) -> int:
        """The exit code of the latest run; that of an untested one when there was none."""
        return int(self.result.get("exit_code", EXIT_CODES[UNTESTED]))


def generator_of(efforts: Sequence[Effort], merged: Merged, ruler: float) -> dict[str, Any]:
    """Return what the generators did themselves, all together: the busiest one counts."""
    due, in_time = sum(each.due for each in efforts), sum(each.in_time for each in efforts)
    late = merged.late
    p50, p95, p99 = late.percentiles_ms(50, 95, 99)
    return {
        "busy": max((each.busy_s / max(each.passed_s, 0.001) for each in efforts), default=0.0),
        "workers": len(efforts),
        "due": due,
        "offered": in_time / due if due else 1.0,
        "late_ms": {"p50": p50, "p95": p95, "p99": p99, "mean": late.mean_ms} if due else {},
        "ruler": ruler,
    }
