"""What failed in a stage, by name, for the end of `make test`: a CI system often keeps the last lines alone."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from fixtures.plain_text import harmless, one_line

SHOWN_MAX = 8
CHARACTERS_MAX = 300
RED = ("failed", "untested")


def of_pytest(made: Path) -> Iterator[str]:
    """Yield module, name and message of each test that failed, from the XML that pytest wrote."""
    if not made.exists():
        return
    for case in ET.parse(made).getroot().iter("testcase"):  # noqa: S314 - pytest's own file
        for what in (*case.findall("failure"), *case.findall("error")):
            yield f"{case.get('classname')}::{case.get('name')}: {what.get('message', '')}"


def of_features(made: Path) -> Iterator[str]:
    """Yield place, name and reason of each scenario that did not pass, from results.json."""
    if not made.exists():
        return
    for each in json.loads(made.read_text(encoding="utf-8"))["scenarios"]:
        if each["verdict"] in RED:
            yield f"{each['file']}:{each['line']} {each['name']}: {each['reason']}"


def nothing() -> Iterable[str]:
    """Return no names: the output of such a stage is short, and says it."""
    return ()


def shown(stage: str, names: Sequence[str]) -> list[str]:
    """Return a line each for the first names, harmless in a log, and how many more there are."""
    lines = [one_line(harmless(f"{stage}: {name}"), CHARACTERS_MAX) for name in names[:SHOWN_MAX]]
    if len(names) > SHOWN_MAX:
        lines.append(f"{stage}: and {len(names) - SHOWN_MAX} more, see above")
    return lines
