"""Every fixed word of the page and the summary, in one dictionary a language, and the signs of the verdicts.

A text in braces is filled in by `phrase`. What a run says itself (titles, sentences, messages) is not here,
and neither is the JUnit output, whose words are for machines.
"""

from collections.abc import Mapping
from typing import Final

from reports.labels.english import ENGLISH
from reports.labels.french import FRENCH

Labels = Mapping[str, str]

SINGULAR: Final[Mapping[str, tuple[int, ...]]] = {"en": (1,), "fr": (0, 1)}
"""The counts that go with a singular, by language."""

NOTHING = "\u2013"
"""The dash that stands for a value that is not there."""

SYMBOLS: Mapping[str, str] = {
    "passed": "✓",
    "proven": "✓",
    "partly proven": "◐",
    "failed": "✗",
    "inconclusive": "?",
    "inapplicable": NOTHING,
    "untested": "○",
    "planned": "◇",
}
"""One sign for each verdict, so that none rests on colour alone."""

__all__ = ["ENGLISH", "FRENCH", "NOTHING", "SYMBOLS", "Labels", "phrase"]


def phrase(labels: Labels, key: str, count: int | None = None, **values: object) -> str:
    """Return the label filled in.

    With a `count` that is singular in the language (1 in English, 0 and 1 in French) the label `key_one` is used
    where there is one.
    """
    is_singular = count in SINGULAR[labels["language"]]
    chosen = f"{key}_one" if is_singular and f"{key}_one" in labels else key
    return labels[chosen].format(count=count, **values)
