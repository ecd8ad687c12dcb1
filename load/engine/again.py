"""`python -m load.engine.again RESULT.json --ruler RATE`: judge a load by what the barest app shows after it, too.

A machine has slow phases, and of two rulers the slower counts. The result and its page are written anew; the exit
code is that of the new verdict. Figures are those that were measured: only what is said of them can change, from
failed to inconclusive.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from fixtures.measuring.limits import Conditions, could_not_keep_up
from load.engine import comparing, files, thresholds
from load.engine.judging import Circumstances, judge
from load.engine.thresholds import Thresholds

LIMITS = Path(__file__).parents[1] / "thresholds.toml"


def again(result: Mapping[str, Any], limits: Thresholds, ruler: float) -> dict[str, Any]:
    """Return the result with the verdict that it has beside this ruler, in requests a second, if that is slower."""
    generator = {**result["generator"], "ruler": min(ruler, result["generator"]["ruler"] or ruler)}
    conditions = Conditions(result["users"], generator["ruler"], generator["busy"], generator["offered"])
    # What the schedule has to do with it, judging says itself.
    doubts = tuple(each for each in result["reasons"] if each != could_not_keep_up(0, conditions))
    verdict = judge(result["names"], limits, Circumstances(conditions, generator["late_ms"], doubts))
    return {
        **result,
        "generator": generator,
        "verdict": verdict.verdict,
        "exit_code": verdict.exit_code,
        "reasons": list(verdict.reasons),
        "limits": [asdict(row) for row in verdict.rows],
    }


def main(arguments: Sequence[str]) -> int:
    """Judge again, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m load.engine.again", description=__doc__)
    parser.add_argument("result", type=Path)
    parser.add_argument("--ruler", type=float, required=True, help="requests a second of the barest app")
    parser.add_argument("--baseline", default="", help="the .json of an earlier run")
    asked = parser.parse_args(arguments)
    result = json.loads(asked.result.read_text(encoding="utf-8"))
    judged = again(result, thresholds.load(LIMITS, result["profile"]), asked.ruler)
    baseline = comparing.read(Path(asked.baseline), result["profile"]) if asked.baseline else None
    changes = comparing.compare(judged, baseline) if baseline else ()
    files.write_judged(asked.result, judged, changes, baseline)
    return int(judged["exit_code"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
