"""What a load leaves behind: its result, its raw histograms, its page."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fixtures.measuring.histograms import Times
from load.engine import page
from load.engine.comparing import Change
from load.engine.merging import Merged


def write(
    folder: Path,
    result: Mapping[str, Any],
    merged: Merged,
    changes: Sequence[Change],
    baseline: Mapping[str, Any] | None,
) -> None:
    """Write `<profile>.json`, `.hdr` and `.html`. Raises OSError where that cannot be done."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{result['profile']}.json"
    _put(file.with_suffix(".hdr"), "\n".join(_log(merged)) + "\n")
    write_judged(file, result, changes, baseline)


def write_judged(
    file: Path, result: Mapping[str, Any], changes: Sequence[Change], baseline: Mapping[str, Any] | None
) -> None:
    """Write a result into its `.json`, and its page beside it. Raises as `write`."""
    _put(file, json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    _put(file.with_suffix(".html"), page.html(result, changes, baseline))


def _put(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def _log(merged: Merged) -> Iterator[str]:
    """Yield HdrHistogram's log format 1.3: an interval a line, times in microseconds, a tag a name of requests."""
    yield "#[Histogram log format version 1.3]"
    yield '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"'
    for name, named in merged.each_name():
        for number, bucket in sorted(named.buckets.items()):
            times = Times(bucket.encoded)
            (max_ms,) = times.percentiles_ms(100)
            begins_s = number * merged.width_s
            # A tag has neither blanks nor commas.
            yield (
                f"Tag={quote(name, safe='/:()')},{begins_s:.3f},{merged.width_s:.3f},{1_000 * max_ms:.0f},"
                f"{times.encoded().decode('ascii')}"
            )
