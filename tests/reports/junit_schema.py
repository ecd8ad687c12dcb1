"""What the strictest reader of JUnit XML takes: the schema junit-10 of Jenkins' xUnit plugin, in words of our own.

`check` raises AssertionError for an element, attribute, order or value that is not allowed there. What GitLab and
the GitHub actions read is part of it.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Final

TIME: Final = re.compile(r"\d+\.\d{3}")
COUNT: Final = re.compile(r"\d+")
TIMESTAMP: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}")
TEXT: Final = re.compile(r".*", re.DOTALL)
NAME: Final = re.compile(r".+", re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """What an element may be like: what it must and may have, and the elements in it."""

    must: dict[str, re.Pattern[str]]
    may: dict[str, re.Pattern[str]]
    inside: tuple[str, ...] = ()
    has_text: bool = False


_COUNTS = {"tests": COUNT, "failures": COUNT, "errors": COUNT}
_OUTCOME = Kind({}, {"type": TEXT, "message": TEXT}, has_text=True)
_SUITE_MAY = ("group", "hostname", "id", "package", "file", "log", "url")
KINDS: Final = {
    "testsuites": Kind({}, {**_COUNTS, "name": TEXT, "time": TIME}, ("testsuite",)),
    "testsuite": Kind(
        {"name": NAME, **_COUNTS},
        {"time": TIME, "skipped": COUNT, "timestamp": TIMESTAMP, **dict.fromkeys(_SUITE_MAY, NAME)},
        ("testsuite", "properties", "testcase", "system-out", "system-err"),
    ),
    "properties": Kind({}, {}, ("property",)),
    "property": Kind({"name": NAME, "value": TEXT}, {}),
    "testcase": Kind(
        {"name": NAME},
        {"time": TIME, "classname": TEXT, "group": TEXT},
        ("skipped", "error", "failure", "system-out", "system-err"),
    ),
    **dict.fromkeys(("skipped", "error", "failure"), _OUTCOME),
    **dict.fromkeys(("system-out", "system-err"), Kind({}, {}, has_text=True)),
}


def check(root: ET.Element) -> None:
    """Check a whole document."""
    assert root.tag == "testsuites"
    for element in root.iter():
        _check_element(element)
    names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
    assert len(set(names)) == len(names), f"cases that cannot be told apart: {names}"


def _check_element(element: ET.Element) -> None:
    kind = KINDS.get(element.tag)
    assert kind is not None, f"an element <{element.tag}>"
    missing, unknown = kind.must.keys() - element.keys(), element.keys() - kind.must.keys() - kind.may.keys()
    assert not missing, f"<{element.tag}> without {missing}"
    assert not unknown, f"<{element.tag}> with {unknown}"
    for name, value in element.items():
        assert (kind.must | kind.may)[name].fullmatch(value), f"<{element.tag} {name}={value!r}>"
    inside = [child.tag for child in element]
    assert set(inside) <= set(kind.inside), f"<{element.tag}> with {inside}"
    assert kind.has_text or not (element.text or "").strip(), f"<{element.tag}> with text"
    # Readers that know one outcome a case take the first, and what was printed after it.
    assert inside == sorted(inside, key=kind.inside.index), f"<{element.tag}> with {inside} in this order"
