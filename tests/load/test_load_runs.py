import json
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from fixtures.measuring.percentiles import percentile
from load.engine.errors import BODY, CONNECTION, STATUS
from tests.load.locusts import Ended, command, free_port, result_in, run, started, stub

pytestmark = pytest.mark.slow
STALL_S = 1.5
ASKS_S = 3.0
"""In which a user that is there has asked, though the machine is busy."""
PERCENTS = {"p50": 50, "p95": 95, "p99": 99}
TRIES = 3
BUSY_MIN = 0.3
"""A generator that has or waits for a core more than this, at a hundred requests a second, is on a busy machine."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with stub() as address:
        yield address


def test_percentiles_of_a_known_distribution_are_right_within_one_percent(tmp_path: Path) -> None:
    """Median, p95 and p99 are those of the times that the server itself took, on a machine that has time for it."""
    for number in range(TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        wrong, busy = _off_by_more_than_one_percent(folder)
        if not wrong:
            return
        assert busy > BUSY_MIN, wrong
    pytest.skip("this machine is too busy to measure hundredths")


def _off_by_more_than_one_percent(folder: Path) -> tuple[dict[str, tuple[float, float]], float]:
    """Return found and wanted of the percentiles that are, and how busy the generator was."""
    with stub() as url:
        ended = run(folder, url, "-u", "2", "-t", "1", "Spread")
        took_ms = sorted(requests.get(f"{url}/took", timeout=10).json())
    found = ended.named("GET /slow")
    assert found["samples"] == len(took_ms) >= 100
    both = {figure: (found[figure], percentile(took_ms, percent)) for figure, percent in PERCENTS.items()}
    wrong = {figure: each for figure, each in both.items() if abs(each[0] - each[1]) > 0.01 * each[1]}
    return wrong, ended.result["generator"]["busy"]


def test_a_stall_shows_in_the_open_model_and_hides_in_a_closed_one(tmp_path: Path) -> None:
    """Those who would have asked during a stall are counted; somebody who waits asks once and sees it once."""
    with stub("--stall", "0.7", str(STALL_S)) as url:
        ended = run(tmp_path, url, "-u", "4", "-t", "4", "Open", "Closed")
    assert ended.named("GET /open")["p95"] > 700 * STALL_S
    assert ended.named("GET /closed")["p95"] < 300 * STALL_S


def test_a_starved_generator_is_inconclusive(tmp_path: Path, url: str) -> None:
    """What cannot be offered says nothing of the server, even where all limits hold."""
    ended = run(tmp_path, url, "-u", "1", "-t", "1", "Starved", limits='"GET /open".p99 = "under 60000 ms"')
    assert (ended.code, ended.result["verdict"]) == (5, "inconclusive")
    assert "of the rate that was asked for" in ended.result["reasons"][0]


def test_errors_are_counted_by_kind(tmp_path: Path, url: str) -> None:
    """A status, a body and a connection that went wrong stand apart, and break the limit of no failures."""
    ended = run(tmp_path, url, "-u", "2", "-t", "1", "Mistaken")
    kinds = {name: set(each["errors"]) for name, each in ended.result["names"].items()}
    assert kinds.pop("all requests") == {STATUS, BODY, CONNECTION}
    assert kinds == {
        "GET /right": set(),
        "GET /status": {STATUS},
        "GET /created": {STATUS},
        "GET /wrong": {BODY},
        "GET /cut": {CONNECTION},
        "GET /refused": {CONNECTION},
    }
    assert ended.code == 1
    assert {row["name"]: row["verdict"] for row in ended.result["limits"]}["GET /right"] == "passed"


def test_percentiles_of_two_processes_are_those_of_all_their_requests(tmp_path: Path, url: str) -> None:
    """Each of two workers reports the same thousand times, and the verdict is on all of them."""
    ended = run(
        tmp_path,
        url,
        "--processes",
        "2",
        "-u",
        "2",
        "-t",
        "2",
        "Told",
        limits='"GET /told".p99 = "under 992 ms"',
    )
    found = ended.named("GET /told")
    assert (found["samples"], ended.code) == (2_000, 0)
    assert [round(found[figure]) for figure in ("p50", "p95", "p99", "max")] == [500, 950, 990, 1_000]
    assert ended.result["generator"]["workers"] == 2


def test_a_limit_that_is_missed_ends_with_1(tmp_path: Path, url: str) -> None:
    """A percentile above its limit is a failure of the server, and stands in the table with its requirement."""
    limits = '"GET /told" = {p95 = "under 100 ms", requirement = "AR-4"}'
    ended = run(tmp_path, url, "-u", "1", "-t", "1", "Told", limits=limits)
    assert ended.code == 1
    assert "p95 under 100 ms    950.3 ms  failed   AR-4" in ended.output
    assert "verdict: failed (exit 1)" in ended.output


def test_no_request_is_untested(tmp_path: Path, url: str) -> None:
    """A run that asked for nothing ends with 3."""
    ended = run(tmp_path, url, "-u", "1", "-t", "1", "Silent", limits='"GET /told".p95 = "under 100 ms"')
    assert (ended.code, ended.result["verdict"]) == (3, "untested")


def test_a_profile_that_breaks_is_inconclusive(tmp_path: Path, url: str) -> None:
    """A mistake of the profile's own is not the server's, and not green."""
    ended = run(tmp_path, url, "-u", "1", "-t", "4", "Broken")
    assert ended.code == 5
    assert "the profile itself broke" in ended.result["reasons"][0]


def test_a_run_that_is_interrupted_is_inconclusive(tmp_path: Path, url: str) -> None:
    """What would have come after is not known; what was measured until then is kept."""
    with started(command(tmp_path, url, "--headless", "-t", "60", "Closed")) as process:
        _wait_until_asked(process, "All users spawned")
        time.sleep(ASKS_S)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    result = result_in(tmp_path)
    assert (process.returncode, result["reasons"]) == (5, ["the run was interrupted"]), output
    assert result["names"]["GET /closed"]["samples"] > 0


def test_a_worker_that_is_killed_makes_it_inconclusive(tmp_path: Path, url: str) -> None:
    """What a worker measured last is lost with it: the others' figures are no verdict."""
    port = str(free_port())
    shared = ("-u", "2", "-r", "100", "Closed")
    master = ("--master", "--headless", "--master-bind-port", port, "--expect-workers", "2", *shared)
    line = command(tmp_path, url, *master)
    worker = command(tmp_path, url, "--worker", "--master-port", port, *shared)
    with started(line) as leading, started(worker), started(worker) as killed:
        _wait_until_asked(leading, "All users spawned")
        killed.kill()
        killed.wait()
        leading.send_signal(signal.SIGINT)
        output, _ = leading.communicate(timeout=60)
    ended = Ended(leading.returncode, output, result_in(tmp_path))
    assert ended.code == 5, ended.output
    # On a machine that is busy the master may not hear of the other one for too long either.
    lost = {f"{count} of 2 workers were lost" for count in (1, 2)}
    assert lost & {*ended.result["reasons"]}, ended.result["reasons"]


def test_a_worker_that_never_came_makes_it_inconclusive(tmp_path: Path, url: str) -> None:
    """A master waits for its workers as long as it is told, and then ends with 5."""
    waits = (
        "--master-bind-port",
        str(free_port()),
        "--expect-workers",
        "2",
        "--expect-workers-max-wait",
        "1",
    )
    ended = run(tmp_path, url, "--master", "-t", "1", *waits, "Closed")
    assert ended.code == 5
    assert "0 of 2 workers came within 1 s" in ended.output


@pytest.mark.parametrize(
    ("arguments", "limits", "said"),
    [
        (("--host", "http://203.0.113.1"), "", "is not on this machine: a load on it needs --allow-load"),
        ((), '"GET /told".p95 = "quick"', "'quick' is no limit"),
        (("--baseline", "missing.json"), "", "missing.json"),
        (("--no-such-option",), "", "--no-such-option"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, arguments: tuple[str, ...], limits: str, said: str
) -> None:
    """A far address without leave, limits and files that cannot be used end with 64 before any request."""
    ended = run(tmp_path, "http://127.0.0.1:1", "-t", "1", *arguments, limits=limits)
    assert (ended.code, ended.result) == (64, {})
    assert said in ended.output


def test_an_earlier_run_is_set_beside_it(tmp_path: Path, url: str) -> None:
    """What got worse by more than the noise of both runs is shown, and does not change the verdict."""
    earlier = run(tmp_path, url, "-u", "1", "-t", "1", "Told").result
    for figure in ("p50", "p95", "p99", "mean"):
        earlier["names"]["GET /told"][figure] /= 2
    baseline = tmp_path / "earlier.json"
    baseline.write_text(json.dumps(earlier), encoding="utf-8")
    ended = run(tmp_path, url, "-u", "1", "-t", "1", "Told", "--baseline", str(baseline))
    assert ended.code == 0
    assert "GET /told, p95: worse, 475.1 then, 950.3 now, 100% worse" in ended.output


def _wait_until_asked(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if words in line:
            return
    raise AssertionError("".join(seen))
