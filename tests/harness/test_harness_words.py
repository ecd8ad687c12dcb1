"""The small parts by which steps wait, assert and read logs: what they say when something is not so."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.clients.api import Answer, Exchanges
from fixtures.scenario import expect
from fixtures.scenario.eventually import eventually
from fixtures.scenario.rig import slug
from fixtures.targets import server_log
from fixtures.verdicts import Inapplicable, Inconclusive, TargetNotReady, Verdict


def test_eventually_returns_what_it_saw() -> None:
    """The first true thing that the probe returns is what the step gets."""
    seen: Iterator[object] = iter([0, None, [], "found", "later"])
    assert eventually(lambda: next(seen), within_s=10, what="something") == "found"


def test_eventually_asks_at_least_once() -> None:
    """What is so already is found even where there is no time at all."""
    assert eventually(lambda: 7, within_s=0, what="seven") == 7


def test_eventually_gives_up_in_time_and_says_what_it_saw() -> None:
    """A wait ends when its time is over, with what was waited for and what was seen instead."""
    started_s = time.monotonic()
    with pytest.raises(AssertionError) as caught:
        eventually(list, within_s=0.05, what="two lines in the log")
    assert 0.05 <= time.monotonic() - started_s < 5
    assert str(caught.value) == "expected two lines in the log within 0.05 s\n     got []"


def test_eventually_passes_errors_on() -> None:
    """A probe that breaks ends the wait at once with its own error."""
    with pytest.raises(ZeroDivisionError):
        eventually(lambda: 1 // 0, within_s=10, what="nothing")


def test_a_failed_assertion_says_expected_got_and_where_to_look() -> None:
    """Each kind of assertion speaks in the same three lines; the third only where it helps."""
    said = []
    for assertion in (
        lambda: expect.equal(12, 11, "number of months"),
        lambda: expect.equal("a", "b", "letter", "the tables"),
        lambda: expect.true(holds=False, expected="a return date", actual={"id": 1}),
        lambda: expect.status(200, None),
        lambda: expect.status(200, _answer(503, {"detail": "later"})),
    ):
        with pytest.raises(AssertionError) as caught:
            assertion()
        said.append(str(caught.value))
    assert said == [
        "expected number of months: 12\n     got 11",
        "expected letter: 'a'\n     got 'b'\n    look the tables",
        "expected a return date\n     got {'id': 1}",
        "expected an answer with status 200\n     got no request was made",
        "expected status: 200\n     got 503\n    look the answer was {'detail': 'later'}",
    ]


def test_what_holds_is_silent() -> None:
    """An assertion that holds returns nothing, or the answer that it looked at."""
    answer = _answer(204, "")
    expect.equal(1, 1, "one")
    expect.true(holds=True, expected="truth", actual=None)
    assert expect.status(204, answer) is answer


def test_an_answer_knows_whether_it_was_granted() -> None:
    """Only the 200s are a grant; the detail of a problem is at hand, and empty where there is none."""
    assert [_answer(status, "").ok for status in (199, 200, 204, 299, 300, 401, 503)] == [
        False, True, True, True, False, False, False,
    ]  # fmt: skip
    assert [_answer(409, body).detail for body in ({"detail": "no chart"}, {}, "text", None)] == [
        "no chart", "", "", "",
    ]  # fmt: skip


def test_ids_of_a_scenario_are_its_own() -> None:
    """Each request of a scenario has an id that begins with the scenario's name, and none comes twice."""
    exchanges = Exchanges("7-first")
    assert [exchanges.next_id() for _ in range(3)] == ["7-first-0", "7-first-1", "7-first-2"]


def test_logs_are_read_in_the_order_of_time(tmp_path: Path) -> None:
    """Records of several servers are one story; lines that are no record are passed over."""
    first, second = tmp_path / "first.log", tmp_path / "second.log"
    first.write_text(
        '{"timestamp": "2026-01-01T00:00:03Z", "event": "c"}\nTraceback\n[1]\n"text"\n{"cut": ',
        encoding="utf-8",
    )
    second.write_bytes(
        b'{"timestamp": "2026-01-01T00:00:01Z", "event": "a"}\n\xff\xfe\n\n'
        b'{"timestamp": "2026-01-01T00:00:02Z", "event": "b", "x": "\xe9"}\n'
    )
    found = server_log.records([first, second, tmp_path / "missing.log"])
    assert [record["event"] for record in found] == ["a", "b", "c"]
    assert server_log.named(found, "b") == [found[1]]
    assert server_log.instant_s(found[2]) - server_log.instant_s(found[0]) == 2.0
    assert len(server_log.lines([first])) == 5


def test_a_record_that_is_still_being_written_is_not_lost(tmp_path: Path) -> None:
    """A line that is cut off is passed over now and read when it is whole."""
    log = tmp_path / "server.log"
    log.write_text('{"event": "a"}\n{"eve', encoding="utf-8")
    assert [record["event"] for record in server_log.records([log])] == ["a"]
    with log.open("a", encoding="utf-8") as file:
        file.write('nt": "b"}\n')
    assert [record["event"] for record in server_log.records([log])] == ["a", "b"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ada asks", "ada-asks"),
        ("  100 first requests -- at once!  ", "100-first-requests-at-once"),
        ("\u00c9t\u00e9 / ../../etc", "t-etc"),
        ("x" * 100, "x" * 40),
        ("", ""),
    ],
)
def test_titles_become_names_of_folders(title: str, name: str) -> None:
    """A scenario's folder is named after it, in letters, digits and dashes only."""
    assert slug(title) == name


def test_verdicts_are_five_and_their_errors_are_ordered() -> None:
    """A target that is not ready is a kind of inconclusive; what does not apply is neither."""
    assert sorted(Verdict) == ["failed", "inapplicable", "inconclusive", "passed", "untested"]
    assert issubclass(TargetNotReady, Inconclusive)
    assert not issubclass(Inapplicable, (Inconclusive, AssertionError))


def _answer(status: int, body: object) -> Answer:
    return Answer(status, {}, body, 0.1, "id")
