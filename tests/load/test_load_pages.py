import re
import time
from pathlib import Path

import pytest
import requests

from load.engine import comparing, page
from tests.load.locusts import command, free_port, started, stub
from tests.load.made import merged, piece, result, thresholds
from tests.reports.chromium import CHROMIUM, measured

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")]
WIDTHS_PX = (390, 1440)
TEXT_PX_MIN = 9
COMES_S_MAX = 60.0
LIMITS = thresholds(GET_x={"p95": "under 20 ms", "rate": "at least 5 /s"}, GET_y={"p99": "under 100 ms"})

LAYOUT = """
const root = page.documentElement;
const drawings = [...page.querySelectorAll("svg")].filter(each => each.getBoundingClientRect().width > 0);
const texts = drawings.flatMap(each => [...each.querySelectorAll("text")]);
return {
  overflow: root.scrollWidth - root.clientWidth,
  drawings: drawings.length,
  lines: drawings.map(each => each.querySelectorAll("polyline").length),
  limits: drawings.reduce((count, each) => count + each.querySelectorAll(".limit").length, 0),
  smallest: Math.min(...texts.map(each => each.getBoundingClientRect().height)),
  outside: texts.filter(each => {
    const box = each.getBoundingClientRect(); return box.left < 0 || box.right > root.clientWidth;
  }).map(each => each.textContent),
  heading: page.querySelector("h1").innerText,
};
"""


TABLE = """
return {
  overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
  heading: page.querySelector("h1").innerText,
  rows: [...page.querySelectorAll(".limits tbody tr")].map(row =>
    [...row.querySelectorAll("td")].map(cell => cell.innerText.trim())),
};
"""


def _seconds(slowest_ms: float) -> list[list[list[float]]]:
    return [[[5.0, 8.0, slowest_ms + number]] * 1 for number in range(12)]


def test_the_page_shows_both_figures_over_time_on_a_telephone_and_on_a_screen(tmp_path: Path) -> None:
    """Percentiles and rate are drawn beside limits and an earlier run, readable, without a script or a request."""
    now, then = (
        result(
            merged([[piece("GET x", took[0]), piece("GET y", took[0])] for took in _seconds(slowest_ms)]),
            LIMITS,
        )
        for slowest_ms in (40.0, 12_000.0)
    )
    text = page.html(now, comparing.compare(now, then), then)
    narrow, wide = measured(text, tmp_path, LAYOUT, widths_px=WIDTHS_PX)[0]
    for found in (narrow, wide):
        assert found["overflow"] <= 0
        # All requests and two names, each with two drawings; the earlier run's lines lie behind.
        assert found["drawings"] == 6
        assert found["lines"] == [6, 2] * 3
        assert found["limits"] == 3
        assert found["smallest"] >= TEXT_PX_MIN
        assert found["outside"] == []
        assert "2 of 3 limits missed" in found["heading"]
    assert "<script" not in text


def test_names_of_requests_are_no_markup() -> None:
    """What a profile calls its requests is shown, and does nothing."""
    made = result(merged([[piece("GET <b>x", [5.0])]]), thresholds())
    assert "<b>x" not in page.html(made, (), None)
    assert "&lt;b&gt;x" in page.live(made, is_on=True, refresh_s=2)


def test_the_verdict_is_seen_while_the_load_runs(tmp_path: Path) -> None:
    """A page beside that of locust shows the table in a browser, as it stands and when the run is over."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    limits = '"GET /closed" = {p95 = "under 0.001 ms", requirement = "AR-4"}'
    web = ("--web-port", str(port), "--autostart", "-u", "2", "Closed")
    with stub() as url, started(command(tmp_path, url, *web, limits=limits)):
        text = _comes(f"{address}/verdicts", "as it stands after [1-9]")
        assert 'href="verdicts"' in requests.get(f"{address}/", timeout=10).text
        requests.post(f"{address}/stop", timeout=30).raise_for_status()
        _comes(f"{address}/verdicts", "over, exit code 1")
    assert '<meta http-equiv="refresh" content="2">' in text
    for shown in measured(text, tmp_path, TABLE, widths_px=WIDTHS_PX)[0]:
        assert shown["overflow"] <= 0
        assert "as it stands after" in shown["heading"]
        assert ["GET /closed", "p95 under 0.001 ms", "✗ failed", "AR-4"] in [
            [cell for number, cell in enumerate(row) if number != 2] for row in shown["rows"]
        ]


def _comes(address: str, words: str) -> str:
    """Return the page as soon as it has these words."""
    ends_s = time.monotonic() + COMES_S_MAX
    text = ""
    while time.monotonic() < ends_s:
        try:
            text = requests.get(address, timeout=10).text
        except requests.ConnectionError as error:
            text = str(error)
        if re.search(words, text):
            return text
        time.sleep(0.2)
    raise AssertionError(text)
