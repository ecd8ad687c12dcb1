"""The result of a load as plain data: what its file, its table, its page and a later comparison are made of.

Shapes: times are milliseconds, rates a second, shares of one. `series` has a list a figure, one value a stretch of
`width_s` seconds; None where nothing ended in it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from fixtures.measuring.histograms import Times
from load.engine.comparing import SCHEMA, noise
from load.engine.judging import PERCENTILES, Verdict
from load.engine.merging import Merged, Named

OVER_TIME: Final = ("p50", "p95", "p99")


def document(
    names: Mapping[str, Named],
    figures: Mapping[str, Mapping[str, float]],
    merged: Merged,
    verdict: Verdict,
    facts: Mapping[str, Any],
    *,
    is_over: bool,
) -> dict[str, Any]:
    """Return the result of a run: the `figures_of` each name, and `facts`, what is known besides, plain values.

    As long as it goes on (`is_over`) there are no series and no noise: they cost the generator too much.
    """
    return {
        "schema": SCHEMA,
        "verdict": verdict.verdict,
        "exit_code": verdict.exit_code,
        "reasons": list(verdict.reasons),
        **facts,
        "passed_s": round(merged.passed_s, 3),
        "names": {
            name: {
                **figures[name],
                "errors": dict(named.errors),
                **(_over_time(named, merged) if is_over else {}),
            }
            for name, named in names.items()
        },
        "limits": [asdict(row) for row in verdict.rows],
    }


def _over_time(named: Named, merged: Merged) -> dict[str, Any]:
    return {
        "noise": noise(named, merged.width_s, merged.passed_s),
        "series": {"width_s": merged.width_s, **_series(named, merged)},
    }


def _series(named: Named, merged: Merged) -> dict[str, list[float | None]]:
    count = max([*named.buckets, int(merged.passed_s / merged.width_s) - 1], default=0) + 1
    series: dict[str, list[float | None]] = {
        figure: [None] * count for figure in (*OVER_TIME, "rate", "failures")
    }
    for number, bucket in named.buckets.items():
        # The last one may be a part of its width; what came in after the end stands with it.
        lasted_s = min(max(merged.passed_s - number * merged.width_s, merged.width_s / 10), merged.width_s)
        series["rate"][number] = bucket.good / lasted_s
        series["failures"][number] = bucket.failures / lasted_s
        times = Times(bucket.encoded)
        if times.count:
            percents = times.percentiles_ms(*(PERCENTILES[figure] for figure in OVER_TIME))
            for figure, value in zip(OVER_TIME, percents, strict=True):
                series[figure][number] = value
    for figure in ("rate", "failures"):
        series[figure] = [value or 0.0 for value in series[figure]]
    return series
