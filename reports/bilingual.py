"""A text in both languages of the page, and the words that the templates find it by.

Promises: both languages are in the page, each marked with its `lang`, and a style sheet shows one of them; a text
that is the same in both stands there once. It does not choose the language: the reader does, without a script.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from reports import figures
from reports.labels import ENGLISH, FRENCH, Labels, phrase
from reports.results import Evidence, Measures, Words
from reports.text import typeset_french


@dataclass(frozen=True)
class Both:
    """One text in English and in French, plain text in each."""

    en: str
    fr: str

    def __html__(self) -> str:
        """Return the markup of both, escaped: how the template engine shows it."""
        english, french = html.escape(self.en), html.escape(self.fr)
        if english == french:
            return english
        return f'<span class="en" lang="en">{english}</span><span class="fr" lang="fr">{french}</span>'

    def lower(self) -> "Both":
        """Return it in small letters."""
        return Both(self.en.lower(), self.fr.lower())


class Table(NamedTuple):
    """A measured table in both languages; a cell that is no words is as it was."""

    title: Both
    headings: Sequence[Both]
    rows: Sequence[Sequence[Any]]


def both(make: Callable[[Labels], str]) -> Both:
    """Return what `make` makes of the words of each language."""
    return Both(make(ENGLISH), make(FRENCH))


def labels() -> Mapping[str, Both]:
    """Return every label, by its key, without filling it in."""
    return {key: Both(ENGLISH[key], FRENCH[key]) for key in ENGLISH}


def words(written: Words) -> Both:
    """Return a text of the results; English stands in where there is no French."""
    return Both(written.en, typeset_french(written.fr) or written.en)


def table(measured: Evidence) -> Table:
    """Return a measured table whose title, headings and cells are in both languages."""
    french: Measures = measured.french or measured
    if (len(french.headings), len(french.rows)) != (len(measured.headings), len(measured.rows)):
        french = measured
    return Table(
        Both(measured.title, french.title),
        [Both(*pair) for pair in zip(measured.headings, french.headings, strict=True)],
        [list(map(_either, one, other)) for one, other in zip(measured.rows, french.rows, strict=True)],
    )


def cell(value: Any) -> Both:
    """Return a measured value as each language writes it."""
    english, french = (value.en, value.fr) if isinstance(value, Both) else (value, value)
    return Both(figures.cell(english, ENGLISH), figures.cell(french, FRENCH))


def _either(english: Any, french: Any) -> Any:
    return english if english == french else Both(str(english), str(french))


def filled(key: str, count: int | None = None, **values: object) -> Both:
    """Return a label filled in; a value that is `Both` gives each language its own."""
    return both(lambda each: phrase(each, key, count, **_of(each, values)))


def _of(chosen: Labels, values: Mapping[str, object]) -> dict[str, object]:
    language = chosen["language"]
    return {
        name: getattr(value, language) if isinstance(value, Both) else value for name, value in values.items()
    }
