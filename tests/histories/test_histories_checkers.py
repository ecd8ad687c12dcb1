from typing import Any

import pytest

from fixtures.histories.judging import CHECKERS
from fixtures.histories.operations import Operation

Row = tuple[Any, ...]


def op(
    kind: str, value: Any, begun_s: float, ended_s: float | None, who: str = "a", key: str = "k"
) -> Operation:
    """Return a granted operation, or an open one; a write's value is what it asks for, a read's what it got."""
    asked = value if kind == "add" else None
    return Operation(who, kind, key, asked, value, begun_s, ended_s, ok=ended_s is not None)


def no(kind: str, value: Any, begun_s: float, ended_s: float) -> Operation:
    """Return an operation that was refused."""
    return Operation("a", kind, "k", value, 503, begun_s, ended_s, ok=False)


FLIGHTS: list[Row] = [
    ("one result for all", [op("get", 1, 0, 9), op("get", 1, 1, 8)], "valid", None),
    ("two keys, two results", [op("get", 1, 0, 1), op("get", 2, 0, 1, key="l")], "valid", None),
    (
        "another result after a purge",
        [op("get", 1, 0, 1), op("purge", 0, 2, 3), op("get", 2, 4, 5)],
        "valid",
        None,
    ),
    ("a purge that overlaps", [op("get", 1, 0, 1), op("purge", 0, 2, 5), op("get", 2, 4, 6)], "valid", None),
    ("an open purge", [op("get", 1, 0, 1), op("purge", 0, 2, None), op("get", 2, 4, 6)], "valid", None),
    (
        "refused and open ones say nothing",
        [op("get", 1, 0, 1), no("get", 2, 0, 1), op("get", 3, 0, None)],
        "valid",
        None,
    ),
    ("a generation and its answers", [op("generation", None, 1, 2), op("get", 1, 0, 3)], "valid", None),
    (
        "an unfinished generation beside a finished one",
        [op("generation", None, 1, None), op("generation", None, 4, 5), op("get", 1, 0, 6)],
        "valid",
        None,
    ),
    (
        "a generation on each side of a purge",
        [op("generation", 0, 0, 1), op("get", 1, 0, 1), op("purge", 0, 2, 3), op("generation", 0, 4, 5)],
        "valid",
        None,
    ),
    (
        "another result after another natal chart",
        [op("get", 1, 0, 1), op("give_chart", 0, 2, 3), op("get", 2, 4, 5)],
        "valid",
        None,
    ),
    (
        "another result and generation after days that passed",
        [op("generation", 0, 0, 1), op("days_pass", 0, 2, 2), op("generation", 0, 3, 4), op("get", 2, 3, 5)],
        "valid",
        None,
    ),
    (
        "a generation overtaken by a purge, and one after it",
        [op("generation", 0, 0, None), op("purge", 0, 1, 2), op("generation", 0, 3, 4), op("get", 1, 3, 5)],
        "valid",
        None,
    ),
    ("nothing was granted", [no("get", 1, 0, 1), op("get", 1, 0, None)], "unknown", None),
    ("two results at once", [op("get", 1, 0, 9), op("get", 1, 1, 9), op("get", 2, 2, 9)], "invalid", 2),
    ("two results, told in another order", [op("get", 2, 2, 9), op("get", 1, 0, 9)], "invalid", 0),
    (
        "a purge that was refused",
        [op("get", 1, 0, 1), no("purge", 0, 2, 3), op("get", 2, 4, 5)],
        "invalid",
        2,
    ),
    (
        "a purge of another key",
        [op("get", 1, 0, 1), op("purge", 0, 2, 3, key="l"), op("get", 2, 4, 5)],
        "invalid",
        2,
    ),
    (
        "two results after a purge",
        [op("purge", 0, 0, 1), op("get", 1, 2, 9), op("get", 2, 3, 9)],
        "invalid",
        2,
    ),
    (
        "two generations after days that passed",
        [op("days_pass", 0, 0, 0), op("get", 1, 1, 9), op("generation", 0, 2, 3), op("generation", 0, 4, 5)],
        "invalid",
        3,
    ),
    (
        "a natal chart that was refused",
        [op("get", 1, 0, 1), no("give_chart", 0, 2, 3), op("get", 2, 4, 5)],
        "invalid",
        2,
    ),
    (
        "one result made twice",
        [op("get", 1, 0, 9), op("generation", 0, 1, 5), op("generation", 0, 2, 6)],
        "invalid",
        2,
    ),
]
SETS: list[Row] = [
    ("all is there", [op("add", 1, 0, 1), op("add", 2, 0, 1), op("read", [2, 1], 2, 3)], "valid", None),
    ("an open one is there", [op("add", 1, 0, None), op("read", [1], 2, 3)], "valid", None),
    ("an open one is not there", [op("add", 1, 0, None), op("read", [], 2, 3)], "valid", None),
    (
        "a read that overlaps sees it already",
        [op("add", 1, 0, 5), op("read", [1], 2, 3), op("read", [1], 6, 7)],
        "valid",
        None,
    ),
    (
        "a read that overlaps does not see it yet",
        [op("add", 1, 0, 5), op("read", [], 2, 3), op("read", [1], 6, 7)],
        "valid",
        None,
    ),
    ("the final read overlaps an add", [op("add", 1, 0, 5), op("read", [], 2, 7)], "unknown", None),
    ("nobody read", [op("add", 1, 0, 1)], "unknown", None),
    ("one of two keys was not read", [op("read", [], 0, 1), op("add", 1, 0, 1, key="l")], "unknown", None),
    ("an answer that is no list", [op("read", 3, 0, 1)], "unknown", 0),
    (
        "an acknowledged one is lost",
        [op("add", 1, 0, 1), op("add", 2, 0, 1), op("read", [1], 2, 3)],
        "invalid",
        1,
    ),
    ("one is there twice", [op("add", 1, 0, 1), op("read", [1, 1], 2, 3)], "invalid", 1),
    ("an open one is there twice", [op("add", 1, 0, None), op("read", [1, 1], 2, 3)], "invalid", 1),
    ("one comes from nowhere", [op("add", 1, 0, 1), op("read", [1, 9], 2, 3)], "invalid", 1),
    ("a refused one is there", [no("add", 1, 0, 1), op("read", [1], 2, 3)], "invalid", 1),
    (
        "one is there before it was added",
        [op("read", [1], 0, 1), op("add", 1, 2, 3), op("read", [1], 4, 5)],
        "invalid",
        0,
    ),
    (
        "it is another key's",
        [op("add", 1, 0, 1), op("read", [1], 2, 3), op("read", [1], 2, 3, key="l")],
        "invalid",
        2,
    ),
]
COUNTS: list[Row] = [
    ("each once", [op("hit", 0, 0, 1), op("hit", 0, 0, 1), op("read", 2, 2, 3)], "valid", None),
    ("an open one counted", [op("hit", 0, 0, 1), op("hit", 0, 0, None), op("read", 2, 2, 3)], "valid", None),
    (
        "an open one not counted",
        [op("hit", 0, 0, 1), op("hit", 0, 0, None), op("read", 1, 2, 3)],
        "valid",
        None,
    ),
    (
        "it did not begin at none",
        [op("read", 5, 0, 1), op("hit", 0, 2, 3), op("read", 6, 4, 5)],
        "valid",
        None,
    ),
    ("a read meanwhile", [op("hit", 0, 0, 5), op("read", 0, 1, 2), op("read", 1, 6, 7)], "valid", None),
    ("refused ones are not counted", [no("hit", 0, 0, 1), op("read", 0, 2, 3)], "valid", None),
    ("nobody read", [op("hit", 0, 0, 1)], "unknown", None),
    ("the final read overlaps a hit", [op("hit", 0, 0, 5), op("read", 1, 2, 6)], "unknown", None),
    ("no number", [op("hit", 0, 0, 1), op("read", "1", 2, 3)], "unknown", 1),
    ("one is lost", [op("hit", 0, 0, 3), op("hit", 0, 1, 3), op("read", 1, 4, 5)], "invalid", 2),
    ("one is counted twice", [op("hit", 0, 0, 1), op("read", 2, 2, 3)], "invalid", 1),
    ("an open one is counted twice", [op("hit", 0, 0, None), op("read", 2, 2, 3)], "invalid", 1),
    ("a refused one is counted", [no("hit", 0, 0, 1), op("read", 1, 2, 3)], "invalid", 1),
    (
        "a read meanwhile counts too many",
        [op("hit", 0, 0, 5), op("read", 2, 1, 2), op("read", 1, 6, 7)],
        "invalid",
        1,
    ),
    (
        "lost beside what it began with",
        [op("read", 5, 0, 1), op("hit", 0, 2, 3), op("read", 5, 4, 5)],
        "invalid",
        2,
    ),
]
SESSIONS: list[Row] = [
    ("its own write is read", [op("write", 3, 0, 1), op("read", 3, 2, 3)], "valid", None),
    ("a newer one is read", [op("write", 3, 0, 1), op("read", 4, 2, 3)], "valid", None),
    ("others may see less", [op("write", 3, 0, 1), op("read", 2, 2, 3, "b")], "valid", None),
    ("a read that overlaps its write", [op("write", 3, 0, 5), op("read", 2, 1, 6)], "valid", None),
    ("two reads that overlap", [op("read", 3, 0, 5), op("read", 2, 1, 6)], "valid", None),
    ("an open write binds nobody", [op("write", 3, 0, None), op("read", 2, 1, 2)], "valid", None),
    ("another key", [op("write", 3, 0, 1), op("read", 1, 2, 3, key="l")], "valid", None),
    ("nobody read", [op("write", 3, 0, 1), no("read", 0, 2, 3)], "unknown", None),
    ("no version", [op("write", 3, 0, 1), op("read", None, 2, 3)], "unknown", 1),
    ("its own write is not read", [op("write", 3, 0, 1), op("read", 2, 2, 3)], "invalid", 1),
    (
        "it goes back",
        [op("read", 3, 0, 1, "b"), op("read", 3, 2, 3, "b"), op("read", 2, 4, 5, "b")],
        "invalid",
        2,
    ),
    (
        "it goes back among others",
        [op("read", 3, 0, 1), op("read", 2, 2, 3, "b"), op("read", 2, 4, 5)],
        "invalid",
        2,
    ),
]
TABLES = {"single_flight": FLIGHTS, "acknowledged_set": SETS, "counter": COUNTS, "sessions": SESSIONS}
ROWS = [
    pytest.param(checker, *row[1:], id=f"{checker}: {row[0]}")
    for checker, rows in TABLES.items()
    for row in rows
]


@pytest.mark.parametrize(("checker", "history", "verdict", "first"), ROWS)
def test_a_history_is_judged(checker: str, history: list[Operation], verdict: str, first: int | None) -> None:
    """The verdict and the first operation that should not be are those that the sentence says."""
    found = CHECKERS[checker](history)
    assert (verdict, first) == (found.verdict, found.first), found.message
    assert found.message.count("\n") == 0


@pytest.mark.parametrize("checker", CHECKERS)
def test_every_checker_has_good_and_bad_histories(checker: str) -> None:
    """A checker that nothing makes red proves nothing."""
    assert {row[2] for row in TABLES[checker]} == {"valid", "invalid", "unknown"}


def test_a_bad_history_says_what_was_expected_and_got() -> None:
    """The message names the key, the results and the client."""
    found = CHECKERS["single_flight"]([op("get", "id 1", 0, 1, "x"), op("get", "id 2", 0, 1, "y", key="k")])
    assert found.message == 'k: expected one result, got 2: "id 1" and "id 2", the latter first for y'
