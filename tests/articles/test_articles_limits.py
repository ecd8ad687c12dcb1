"""The figures of a load, and the table of limits that they have to keep."""

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest

from fixtures.generator import calibration
from fixtures.generator.outcomes import Outcome
from fixtures.generator.running import Sent
from fixtures.measuring import limits as measuring
from fixtures.measuring import load_figures as figures
from fixtures.measuring.limits import RULER_MIN, Limit
from fixtures.measuring.percentiles import percentile
from fixtures.scenario.world import World
from fixtures.systems.articles import limits
from fixtures.systems.articles.limits import ALL_FIGURES
from fixtures.systems.articles.log_file import NAME
from fixtures.systems.articles.world import ArticlesSeen
from fixtures.verdicts import Inconclusive, UsageError

FAST: Final = 1_000_000.0
"""What the ruler manages on a machine that is beyond doubt."""


def outcome(waited_s: float = 0.01, *, status: int = 200, at_s: float = 0.0, is_good: bool = True) -> Outcome:
    """Return what became of one request."""
    body = "" if is_good else "refused"
    return Outcome(0, "read", 0, at_s, at_s + waited_s, status, is_good=is_good, body=body)


class Machine:
    """A world in which loads were sent, on a machine of a given speed."""

    def __init__(self, folder: Path) -> None:
        self.ruler = FAST
        self.asked = 0
        self.told: list[dict[str, str]] = []
        self.articles = ArticlesSeen()
        self.folder = folder

    def rate(self, *_asked: object) -> float:
        """Take the place of `calibration.rate`."""
        self.asked += 1
        return self.ruler

    def sent(self, outcomes: Sequence[Outcome], *, cpu: float = 0.1, offered: float = 1.0) -> None:
        """Have sent a load of ten clients."""
        self.articles.loads.append(Sent(list(outcomes), 10, cpu, offered=offered))

    def keep(self, *rows: tuple[str, str]) -> None:
        """Check a table of limits."""
        world = SimpleNamespace(
            articles=self.articles,
            folder=self.folder,
            log_folder=lambda: self.folder,
            measured=lambda _title, **columns: self.told.append(columns),
        )
        limits.keep(cast("World", world), limits.read(rows))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine(tmp_path)
    monkeypatch.setattr(calibration, "rate", machine.rate)
    return machine


def test_figures_add_up() -> None:
    """Good answers and failures are counted apart; the rate is that of good ones, from first to last."""
    found = figures.of([
        outcome(0.1, at_s=10.0), outcome(0.3, at_s=11.0), outcome(0.2, at_s=13.8),
        outcome(0.4, at_s=12.0, status=503, is_good=False), outcome(30.0, at_s=10.0, status=0, is_good=False),
    ])  # fmt: skip
    assert (found.answers, found.failures) == (3, 2)
    assert found.failures_percent == pytest.approx(40.0)
    assert found.rate == pytest.approx(3 / 30)
    # The one that got no answer has no time of its own: it is a failure.
    assert (found.mean_ms, found.max_ms) == pytest.approx((250.0, 400.0))
    assert (found.p50_ms, found.p95_ms, found.p99_ms) == pytest.approx((200.0, 400.0, 400.0))


def test_a_load_without_requests_has_figures() -> None:
    """Nothing sent, or nothing answered: no rate, no times, no division by nothing."""
    empty = figures.of([])
    assert empty == figures.Figures(0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert empty.failures_percent == 0
    unanswered = figures.of([outcome(5.0, status=0, is_good=False)] * 4)
    assert (unanswered.failures, unanswered.failures_percent, unanswered.max_ms) == (4, 100, 0)


@pytest.mark.parametrize(
    ("count", "percent", "expected"),
    [(1, 50, 1), (1, 99, 1), (2, 50, 1), (4, 50, 2), (5, 50, 3), (100, 95, 95), (100, 99, 99),
     (100, 100, 100), (101, 99, 100), (1_000, 99, 990), (20, 95, 19), (21, 95, 20), (10, 99, 10),
     (10, 1, 1), (10, 0, 1)],
)  # fmt: skip
def test_a_percentile_is_a_value_that_was_seen(count: int, percent: int, expected: int) -> None:
    """It is the smallest value that so many percent of all do not exceed, and none in between two."""
    ordered = [float(number) for number in range(1, count + 1)]
    assert percentile(ordered, percent) == expected
    assert sum(each <= expected for each in ordered) * 100 >= percent * count


@pytest.mark.parametrize(
    ("figure", "limit", "kept", "missed"),
    [
        ("answers", "exactly 5", [5, 5.0], [4, 6, 5.1]), ("rate", "at least 5 /s", [5, 5.1, 99], [4.9, 0]),
        ("log", "over 5 MB", [5.1], [5, 4]), ("failures", "under 0.1 %", [0, 0.09], [0.1, 1]),
        ("mean", "under 100 ms", [99.9], [100, 101]),
    ],
)  # fmt: skip
def test_a_limit_holds_on_its_side(figure: str, limit: str, kept: list[float], missed: list[float]) -> None:
    """The number itself is within `exactly` and `at least`, and outside of `over` and `under`."""
    [read] = limits.read([(figure, limit)])
    assert [read.holds(found) for found in (*kept, *missed)] == [True] * len(kept) + [False] * len(missed)
    assert str(read) == f"{figure} {limit}"


@pytest.mark.parametrize(
    "row",
    [
        ("p50", "under 5 ms"), ("", "under 5 ms"), ("Rate", "at least 5 /s"), ("mean", ""), ("mean", "5 ms"),
        ("mean", "below 5 ms"), ("mean", "under ms"), ("mean", "under -5 ms"), ("mean", "under 5ms"),
        ("mean", "under 5 minutes"), ("mean", "under 1e3 ms"), ("mean", "under 5 ms "),
        ("mean", "at most 5 ms"),
        ("answers", "exactly 5,000"), ("mean", "under .5 ms"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_known_is_refused(row: tuple[str, str]) -> None:
    """A figure or a limit with a slip in it is a mistake of the scenario, and never kept by chance."""
    with pytest.raises(UsageError, match=r"^no figure|is no limit such as"):
        limits.read([("answers", "exactly 1"), row])


def test_a_table_is_read_in_order() -> None:
    """Each row is a limit with its figure, its side, its number and its unit."""
    table = [("rate", "at least 1000 /s"), ("failures", "exactly 0"), ("p95", "under 99.5 ms")]
    expected = [
        Limit("rate", "at least", 1_000, "/s"),
        Limit("failures", "exactly", 0, ""),
        Limit("p95", "under", 99.5, "ms"),
    ]
    assert limits.read(table) == expected


@pytest.mark.parametrize(
    ("rows", "clients", "needed"),
    [
        ([("answers", "exactly 5")], 10, RULER_MIN),
        ([("rate", "at least 1000 /s")], 10, RULER_MIN),
        ([("rate", "at least 5000 /s")], 10, 10_000),
        ([("rate", "at least 5000 /s"), ("ruler", "at least 9000 /s")], 10, 9_000),
        ([("ruler", "at least 100 /s")], 10, 100),
        ([("mean", "under 50 ms")], 100, RULER_MIN),
        ([("mean", "under 10 ms")], 100, 20_000),
        ([("mean", "under 50 ms"), ("p99", "under 20 ms")], 100, 10_000),
        ([("start", "under 1 s"), ("others", "under 1 ms")], 100, RULER_MIN),
    ],
)  # fmt: skip
def test_the_ruler_must_manage_twice_what_is_asked(
    rows: list[tuple[str, str]], clients: int, needed: float
) -> None:
    """So much does a machine manage whose misses count: the ruler's row, or twice the others' rate."""
    assert measuring.needed(limits.read(rows), clients, ALL_FIGURES) == pytest.approx(needed)


def test_limits_that_are_kept_are_told(machine: Machine) -> None:
    """A load within all its limits passes on any machine, and its figures are kept for the report."""
    machine.ruler = 1.0
    machine.sent([outcome(0.01, at_s=number / 100) for number in range(100)], cpu=1.0)
    machine.articles.others_ms, machine.articles.started_s = [3.0, 7.0], 0.5
    (machine.folder / NAME).write_bytes(b"x" * 1_500_000)
    machine.keep(
        ("answers", "exactly 100"), ("failures", "under 0.1 %"), ("rate", "at least 99 /s"),
        ("mean", "under 11 ms"), ("p99", "under 11 ms"), ("others", "under 8 ms"), ("start", "under 1 s"),
        ("log", "over 1 MB"),
    )  # fmt: skip
    [told] = machine.told
    assert (told["good_answers"], told["failures"], told["a_second"]) == ("100", "0", "100")


@pytest.mark.parametrize(
    "row",
    [("answers", "exactly 11"), ("failures", "exactly 0"), ("failures", "under 9 %"), ("log", "over 1 MB")],
)
def test_a_count_that_is_missed_fails_on_any_machine(machine: Machine, row: tuple[str, str]) -> None:
    """However slow the machine and busy the generator, a wrong count is wrong; the first failure is shown."""
    machine.ruler = 1.0
    machine.sent([*[outcome()] * 9, outcome(status=500, is_good=False)], cpu=1.0)
    (machine.folder / NAME).write_bytes(b"x")
    with pytest.raises(AssertionError, match=f"{row[0]} {row[1]}(.|\n)*read 0: 500 refused"):
        machine.keep(("mean", "under 1 ms"), row)


@pytest.mark.parametrize(
    ("ruler", "cpu", "offered", "kind"),
    [
        (FAST, 0.9, 1.0, AssertionError),
        (RULER_MIN, 0.1, 0.95, AssertionError),
        (RULER_MIN - 1, 0.1, 1.0, Inconclusive),
        (FAST, 0.91, 1.0, Inconclusive),
        (FAST, 0.1, 0.94, Inconclusive),
    ],
)
def test_a_time_that_is_missed_counts_on_a_machine_that_is_fast_enough(
    machine: Machine, ruler: float, cpu: float, offered: float, kind: type[BaseException]
) -> None:
    """Where the ruler or the generator was too slow it says nothing; anywhere else it is a failure."""
    machine.ruler = ruler
    machine.sent([outcome(0.02)] * 10, cpu=cpu, offered=offered)
    with pytest.raises(kind, match="mean under 10 ms"):
        machine.keep(("answers", "exactly 10"), ("mean", "under 10 ms"))


def test_the_ruler_is_asked_only_for_times(machine: Machine) -> None:
    """A table of counts needs no calibration, and the ruler's own row is no limit of the load."""
    machine.sent([outcome()] * 10)
    machine.keep(("answers", "exactly 10"), ("failures", "exactly 0"))
    assert (machine.asked, machine.told[0]["barest_app_a_second"]) == (0, "")
    machine.ruler = 1.0
    machine.keep(("ruler", "at least 9000 /s"), ("mean", "under 11 ms"))
    assert machine.asked == 1


def test_a_unit_that_is_not_the_figures_is_refused() -> None:
    """A number counts in the unit of its figure: a start of 400 s is not under 500 ms."""
    rows = [("start", "under 500 ms"), ("p95", "under 1 s"), ("rate", "at least 5 ms"), ("log", "over 5 %")]
    accepted = []
    for row in rows:
        with suppress(UsageError):
            accepted += limits.read([row])
    assert accepted == []


@pytest.mark.parametrize(("figure", "limit"), [("others", "under 100 ms"), ("start", "under 5 s")])
def test_what_was_not_measured_keeps_no_limit(figure: str, limit: str) -> None:
    """Nobody asked, or nothing was started: that is no answer within any time."""
    world: Any = SimpleNamespace(articles=ArticlesSeen(loads=[Sent([], 1, 0.0)]))
    with pytest.raises((Inconclusive, UsageError), match=r"nobody else asked|no start"):
        limits.keep(world, limits.read([(figure, limit)]))


def test_clients_that_were_sent_away_are_failures() -> None:
    """A load whose clients leave after a good answer each, early, has failures and a low rate."""
    found = figures.of([outcome(5.0)] * 10, left=10, asked_s=10.0)
    assert (found.answers, found.failures, found.rate) == (10, 10, 1.0)


@pytest.mark.parametrize(
    ("slow", "kept"), [([500.0], True), ([500.0, 500.0], False), ([float("inf")], False), ([], True)]
)
def test_one_in_a_hundred_others_may_have_met_a_stall_of_the_machine(
    machine: Machine, slow: list[float], *, kept: bool
) -> None:
    """A single slow answer says nothing of the server; several do, and so does one that never came."""
    machine.sent([outcome()] * 10)
    machine.articles.others_ms = [5.0] * (100 - len(slow)) + slow
    with nullcontext() if kept else pytest.raises(AssertionError, match="others under 100 ms"):
        machine.keep(("others", "under 100 ms"))


def test_a_system_may_limit_figures_of_its_own() -> None:
    """What a load has by itself is known everywhere; the log's size is known of articles."""
    with pytest.raises(measuring.LimitError, match="no figure 'log'"):
        measuring.read([("log", "over 1 MB")])
    assert limits.read([("log", "over 1 MB")]) == [Limit("log", "over", 1, "MB")]
