"""Whether the first version's texts have come over whole: every row, the unique rule, the indexes.

What this promises: each text of the templates is compared, column by column and by its bytes, with the backup that
was made when it was migrated, and the backup with the first version's own table; where the first version had no
text, with the one that ships. Each row that is missing, too many, changed or under another key is named. An audit
leaves nothing in the database. What it does not: it says nothing of texts that Claude wrote, and once the backup is
gone it cannot know whether a text is the first version's.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reference_app.database import migrate
from reference_app.exit_codes import ExitCode
from reference_app.interpretations import audit_store as store
from reference_app.interpretations.audit_store import Digests, Key
from reference_app.interpretations.errors import LunarInterpretationError
from reference_app.interpretations.seeding import LANG, SUBJECT, VERSION
from reference_app.interpretations.texts import HOUSES, SIGNS, templates

if TYPE_CHECKING:
    from sqlalchemy import Connection

CLEANED_UP: Final = "0001_drop_lunar_backup"
"""The revision without the backup."""
TEXTS: Final = len(SIGNS) * len(HOUSES) * len(SIGNS)
OF_SIGN: Final = TEXTS // len(SIGNS)
VALUES: Final = {"moon_sign": SIGNS, "moon_house": [*map(str, HOUSES)], "lunar_ascendant": SIGNS}
KEY: Final = ("template_type", *store.KEY)
OF_TEMPLATE: Final = ("template_text", "weekly_advice_template", "model_used", "created_at", "updated_at")
OF_FIRST: Final = (
    "interpretation_full", "weekly_advice", "model_used", "created_at", "updated_at", "id", "length",
)  # fmt: skip
"""The columns of the first version, those that templates have first and in the same order."""
EVERY_TEXT: Final = "every text, by its bytes"
SHIPPED: Final = 3
"""How many of OF_TEMPLATE a text ships with: all but its dates."""
OK, FAILED, UNKNOWN = "ok", "FAILED", "unknown"

Rows = Mapping[Key, Sequence[Digests]]


@dataclass(frozen=True, slots=True)
class Check:
    """One question, its answer, and what was seen."""

    name: str
    verdict: str
    seen: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit has found."""

    checks: Sequence[Check]
    wrong: Sequence[str]
    """Each row and each index that is not as it should be, a line each."""

    @property
    def code(self) -> ExitCode:
        """What a command ends with."""
        verdicts = {each.verdict for each in self.checks}
        if FAILED in verdicts:
            return ExitCode.NEGATIVE
        return ExitCode.INCONCLUSIVE if UNKNOWN in verdicts else ExitCode.PROVEN


class NotCleanedUp(LunarInterpretationError):
    """The audit did not pass, so the backup stays."""

    def __init__(self, audit: Audit) -> None:
        super().__init__()
        self.audit = audit


def run(database: str) -> Audit:
    """Audit the database at this URL. Raises DatabaseNotMigrated, or DatabaseUnavailable."""
    migrate.require(database, make=False)
    with migrate.connected(database, make=False) as connection:
        connection.execution_options(writes=True)
        return look(connection)


def clean_up(database: str) -> Audit | None:
    """Remove the backup if an audit in the same transaction passes; None where it was removed before.

    Raises:
        NotCleanedUp: the audit did not pass; nothing was changed.
        Exception: as `run`.

    """
    audits: list[Audit] = []

    def audit(connection: "Connection") -> None:
        audits.append(look(connection))
        if audits[0].code != ExitCode.PROVEN:
            raise NotCleanedUp(audits[0])

    done = migrate.upgrade_contract(database, CLEANED_UP, audit=audit)
    return audits[0] if done else None


def look(connection: "Connection") -> Audit:
    """Audit in the connection's transaction, and leave nothing in it."""
    tables = [each for each in store.AUDITED if store.has(connection, each)]
    found = store.rows(connection, store.TEMPLATES, KEY, OF_TEMPLATE)
    first, backup = (
        store.rows(connection, each, store.KEY, OF_FIRST) if each in tables else None
        for each in (store.FIRST_VERSION, store.BACKUP)
    )
    wrong: list[str] = []
    checks = [_count(found), *_distribution(found)]
    if backup is None:
        checks.append(Check(EVERY_TEXT, UNKNOWN, "the backup is gone"))
    else:
        checks.append(_checked(EVERY_TEXT, [*_compared(_wanted(first or {}, backup), found)], wrong))
        if first is not None:
            lines = _differences(first, backup, OF_FIRST, store.KEY)
            checks.append(_checked("the backup", [f"backup: {line}" for line in lines], wrong))
    twice = [f"a second text of the same key is taken: {each}" for each in store.accepted_twice(connection)]
    checks.append(_checked("one text a key", twice, wrong))
    checks.append(_checked("indexes", store.wrong_indexes(connection, tables), wrong))
    return Audit(checks, wrong)


def _checked(name: str, lines: Sequence[str], wrong: list[str]) -> Check:
    """Return the check, which fails where there are lines, and add these to what is wrong."""
    wrong += lines
    return Check(name, FAILED if lines else OK, f"{len(lines)} wrong" if lines else "as it should be")


def _count(found: Rows) -> Check:
    count = sum(map(len, found.values()))
    return Check("count", OK if count == TEXTS else FAILED, f"{count} of {TEXTS}")


def _distribution(found: Rows) -> Iterator[Check]:
    """Yield a check for signs, houses and ascendants: each has as many texts as any other."""
    for name, values in VALUES.items():
        there = Counter[str]()
        for key, rows in found.items():
            there[key[KEY.index(name)]] += len(rows)
        wanted = dict.fromkeys(there, 0) | dict.fromkeys(values, OF_SIGN)
        odd = [f"{each} {there[each]}" for each in wanted if there[each] != wanted[each]]
        yield Check(f"{OF_SIGN} a {name}", FAILED if odd else OK, ", ".join(odd) or f"{OF_SIGN} each")


def _wanted(first: Rows, backup: Rows) -> Rows:
    """Return what the templates should be: the backup, else the first version's own text, else what ships."""
    kept = {**first, **backup}
    wanted = {(SUBJECT, *key): [row[: len(OF_TEMPLATE)] for row in rows] for key, rows in kept.items()}
    there = {(*key[:3], key[-1]) for key in kept}
    for each in templates():
        cell = (each.moon_sign, str(each.moon_house), each.lunar_ascendant)
        if (*cell, LANG) not in there:
            advice = json.dumps(each.weekly_advice).encode()
            row = store.digest(each.text.encode()), store.digest(advice), None
            wanted[(SUBJECT, *cell, str(VERSION), LANG)] = [row]
    return wanted


def _compared(wanted: Rows, found: Rows) -> Iterator[str]:
    """Yield a line for each template that is not as wanted. Of one that ships nobody knows the dates."""
    shipped = {key for key, rows in wanted.items() if len(rows[0]) == SHIPPED}
    same = {key: [row[:SHIPPED] for row in rows] if key in shipped else rows for key, rows in found.items()}
    yield from _differences(wanted, same, OF_TEMPLATE, KEY)


def _differences(
    wanted: Rows, found: Rows, columns: Sequence[str], key_names: Sequence[str]
) -> Iterator[str]:
    """Yield a line for each row of `found` that is not as `wanted`; one that lies under another key is one line."""
    moved = _moved(wanted, found)
    for key in sorted({*wanted, *found}):
        if key in moved:
            was = zip(key_names, key, moved[key], strict=True)
            yield f"{_named(key)}: is under {', '.join(f'{name} {new}' for name, old, new in was if old != new)}"
        elif key not in found:
            yield f"{_named(key)}: missing"
        elif key not in wanted:
            if key not in moved.values():
                yield f"{_named(key)}: extra"
        else:
            yield from _changed(key, wanted[key][0], found[key], columns)


def _changed(key: Key, wanted: Digests, rows: Sequence[Digests], columns: Sequence[str]) -> Iterator[str]:
    odd = [name for name, old, new in zip(columns, wanted, rows[0], strict=False) if old != new]
    if odd:
        yield f"{_named(key)}: changed ({', '.join(odd)})"
    if len(rows) > 1:
        yield f"{_named(key)}: there {len(rows)} times"


def _moved(wanted: Rows, found: Rows) -> Mapping[Key, Key]:
    """Return under which key each missing row is found, where one that is too many has its very content."""
    extra: defaultdict[Digests, list[Key]] = defaultdict(list)
    for key, rows in found.items():
        if key not in wanted:
            extra[rows[0]].append(key)
    missing = [(key, extra[rows[0]]) for key, rows in wanted.items() if key not in found]
    return {key: there.pop() for key, there in missing if there}


def _named(key: Key) -> str:
    """Return the words for a key, of a template or of the first version."""
    *kind, sign, house, ascendant, version, lang = key
    of = "" if kind in ([], [SUBJECT]) else f"{kind[0]}, "
    return f"{of}{sign}, house {house}, ascendant {ascendant}, version {version}, {lang}"
