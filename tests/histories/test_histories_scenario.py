"""What a scenario's history is made of."""

from typing import Any

import pytest

from fixtures.generator.outcomes import Outcome
from fixtures.histories.judging import judge_history
from fixtures.histories.operations import OPERATIONS_MAX, History
from fixtures.scenario.people import CHART, CURRENT, PURGE, ROLLING
from fixtures.systems.lunar_returns import history as scenario_history
from fixtures.systems.lunar_returns.history import has_overlap, history_of

ADA = {"id": 7}
BO = {"id": 8}


def asked(
    request_id: str,
    method: str,
    path: str,
    times_s: tuple[float, float | None],
    body: Any = None,
    status: int = 200,
) -> dict[str, Any]:
    """Return an exchange of Ada's, without an answer where it has no end."""
    return {
        "client": "Ada",
        "request": {"method": method, "url": f"http://127.0.0.1:8000{path}", "headers": {}, "body": ""},
        "response": None if times_s[1] is None else {"status": status, "headers": {}, "body": body},
        "elapsed_s": 0.0,
        "request_id": request_id,
        "invoked_s": times_s[0],
        "completed_s": times_s[1],
    }


def burst(prefix: str, *bodies: str, at_s: float = 10.0) -> list[Outcome]:
    """Return a burst that was granted these bodies."""
    return [
        Outcome(number, "get", number, at_s, at_s + 1, 200, body=body, request_id=f"{prefix}-{number}")
        for number, body in enumerate(bodies)
    ]


def logged(what: str, request_id: str, at_s: int) -> dict[str, Any]:
    """Return a line of the log, so many seconds after 1970 began."""
    timestamp = f"1970-01-01T00:00:{at_s:02}Z"
    return {"event": f"lunar_returns.generation_{what}", "request_id": request_id, "timestamp": timestamp}


def made_of(
    exchanges: list[dict[str, Any]],
    outcomes: list[Outcome],
    records: list[dict[str, Any]],
    days_passed_s: tuple[float, ...] = (),
) -> History:
    """Return the history of a scenario with one burst of Ada's."""
    return history_of(
        exchanges, outcomes, asked_by={"s-1-burst": "Ada"}, records=records, days_passed_s=days_passed_s
    )


def test_everything_that_was_asked_is_in_one_history() -> None:
    """Requests by themselves, bursts, purges, charts and generations, keyed by who asked; others are not."""
    exchanges = [
        asked("s-0", "PUT", CHART, (1, 2)),
        asked("s-2", "GET", CURRENT, (3, None)),
        asked("s-3", "POST", PURGE, (4, 5)),
        asked("s-4", "GET", ROLLING, (20, 22)),
        asked("s-5", "GET", CURRENT, (23, 24), status=503),
    ]
    records = [
        logged("started", "s-1-burst-0", 10),
        logged("started", "s-4", 21),
        logged("started", "s-9", 30),
    ]
    found = made_of(exchanges, burst("s-1-burst", '{"id": 7}', '{"id": 7}'), records, (40.0,)).operations

    assert [(each.kind, each.client, each.ok, each.is_open) for each in found] == [
        ("get_current", "s-2", False, True),
        ("get_current", "s-1-burst-0", True, False),
        ("get_current", "s-1-burst-1", True, False),
        ("get_current", "s-5", False, False),
        ("give_chart", "s-0", True, False),
        ("purge", "s-3", True, False),
        ("days_pass", "the clock", True, False),
        ("generation", "s-1-burst-0 (server)", False, True),
        ("generation", "s-4 (server)", False, True),
    ]
    assert {each.key for each in found} == {"Ada"}


def test_a_burst_and_a_request_by_itself_are_compared() -> None:
    """The same body is the same answer, however it came; another one is told with who got it."""
    same = made_of([asked("s-0", "GET", CURRENT, (20, 21), ADA)], burst("s-1-burst", '{"id":7}'), [])
    other = made_of([asked("s-0", "GET", CURRENT, (20, 21), BO)], burst("s-1-burst", '{"id":7}'), [])
    assert judge_history(same).verdict == "valid"
    assert (judge_history(other).verdict, judge_history(other).first) == ("invalid", 1)
    assert "the latter first for s-0" in judge_history(other).message


@pytest.mark.parametrize(
    ("status", "verdict"), [(200, "valid"), (503, "valid"), (404, "invalid"), (None, "valid")]
)
def test_a_purge_that_may_have_been_done_allows_another_return(status: int | None, verdict: str) -> None:
    """Granted, lost, or answered by an error of the server: only one that was refused changes nothing."""
    times_s = (12.0, None if status is None else 13.0)
    exchanges = [
        asked("s-2", "POST", PURGE, times_s, status=status or 0),
        asked("s-3", "GET", CURRENT, (20, 21), BO),
    ]
    assert judge_history(made_of(exchanges, burst("s-1-burst", '{"id":7}'), [])).verdict == verdict


def test_days_that_pass_allow_another_return_and_generation() -> None:
    """What is current depends on the day; without the day the same history is wrong."""
    exchanges = [asked("s-0", "GET", CURRENT, (1, 3), ADA), asked("s-2", "GET", CURRENT, (20, 23), BO)]
    records = [logged(what, who, at) for what, who, at in GENERATIONS]
    assert judge_history(made_of(exchanges, [], records, (10.0,))).verdict == "valid"
    assert judge_history(made_of(exchanges, [], records)).verdict == "invalid"


GENERATIONS = (("started", "s-0", 1), ("finished", "s-0", 2), ("started", "s-2", 21), ("finished", "s-2", 22))


def test_a_generation_that_never_ended_is_no_second_one() -> None:
    """Its holder was killed, or its calculation failed: another may make the months. Two that ended may not."""
    answers = burst("s-1-burst", '{"id":7}', '{"id":7}')
    killed = [logged("started", "s-1-burst-0", 10), *_whole("s-1-burst-1", 11)]
    twice = [*_whole("s-1-burst-0", 10), *_whole("s-1-burst-1", 11)]
    assert judge_history(made_of([], answers, killed)).verdict == "valid"
    assert judge_history(made_of([], answers, twice)).verdict == "invalid"
    assert "Ada: expected one generation, got 2" in judge_history(made_of([], answers, twice)).message


def _whole(request_id: str, at_s: int) -> list[dict[str, Any]]:
    return [logged("started", request_id, at_s), logged("finished", request_id, at_s + 1)]


def test_a_history_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The earliest requests go, what may change a result stays."""
    assert OPERATIONS_MAX == 20_000
    monkeypatch.setattr(scenario_history, "OPERATIONS_MAX", 3)
    found = made_of([asked("s-0", "PUT", CHART, (1, 2))], burst("s-1-burst", *["{}"] * 5), []).operations
    assert [each.client for each in found] == ["s-1-burst-3", "s-1-burst-4", "s-0"]


def test_only_what_overlaps_is_worth_a_history() -> None:
    """One after the other is none; a lost answer may come at any time, so what follows it overlaps."""
    first, second = asked("s-0", "GET", CURRENT, (1, 2), ADA), asked("s-2", "POST", PURGE, (3, 4))
    lost = asked("s-3", "GET", CURRENT, (2.5, None))
    during = [logged("started", "s-0", 1), logged("finished", "s-0", 2)]
    assert not has_overlap(made_of([], [], []))
    assert not has_overlap(made_of([first, second], [], during, (1.5,)))
    assert has_overlap(made_of([first, lost, second], [], []))
    assert has_overlap(made_of([], burst("s-1-burst", "{}", "{}"), []))
