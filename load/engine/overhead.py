"""What judging costs: locust with a verdict beside plain locust, on the same bare server.

`python -m load.engine.overhead --rounds 5` runs both in turn, and compares how many requests each made in a second
that it had a core: at full load that is how fast it can be, on a machine of its own or not. The rate is shown too.
It ends with 0 where the median of the rounds is at least 0.9, with 1 where it is less, and with 5 where locust made
no requests.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).resolve().parent
PLAIN: Final = "PLAIN"
"""The variable under which the profile is not judged."""
SPEED: Final = "SPEED"
"""The variable with the file in which the profile leaves how fast it was."""
NOTHING_MADE: Final = 5
SHARE_MIN: Final = 0.9
USERS: Final = 20
RUN_S_MAX: Final = 60.0
THRESHOLDS: Final = '[overhead."GET /"]\nrate = "at least 1 /s"\np99 = "under 10000 ms"\n'


def main() -> int:
    """Measure, print a line a round, and return the exit code."""
    parser = argparse.ArgumentParser(description="How fast a judged run is beside a plain one.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=4)
    options = parser.parse_args()
    shares = []
    with bare_server() as url, tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds):
            # The first of a round is not always the same one.
            plain, judged = _both(url, Path(folder), options.seconds, plain_first=number % 2 == 0)
            if not plain.made or not judged.made:
                print("locust made no requests", file=sys.stderr)
                return NOTHING_MADE
            shares.append(judged.speed / plain.speed)
            print(f"plain {plain}; judged {judged}: {shares[-1]:.3f}", flush=True)
    median = statistics.median(shares)
    print(
        f"judged is {median:.3f} as fast as plain (median of {len(shares)}, at least {SHARE_MIN} is asked for)"
    )
    return 0 if median >= SHARE_MIN else 1


class Speed(NamedTuple):
    """How fast one run was."""

    made: int
    """Requests."""
    had_core_s: float
    lasted_s: float

    @property
    def speed(self) -> float:
        """Requests a second that it had a core."""
        return self.made / max(self.had_core_s, 0.001)

    def __str__(self) -> str:
        """As a round shows it."""
        return f"{self.speed:,.0f} per second of a core ({self.made / max(self.lasted_s, 0.001):,.0f} /s)"


@contextmanager
def bare_server() -> Iterator[str]:
    """Serve the ruler, and stop it in the end; yields its address."""
    server = subprocess.Popen(
        [sys.executable, "-m", "fixtures.measuring.ruler", '{"id": 1}'], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        port = json.loads(server.stdout.readline())["port"]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


def _both(url: str, folder: Path, seconds: int, *, plain_first: bool) -> tuple[Speed, Speed]:
    speeds = {
        is_plain: _run(url, folder, seconds, is_plain=is_plain) for is_plain in (plain_first, not plain_first)
    }
    return speeds[True], speeds[False]


def _run(url: str, folder: Path, seconds: int, *, is_plain: bool) -> Speed:
    """Return the speed of one run, by locust's own count."""
    (folder / "thresholds.toml").write_text(THRESHOLDS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "locust",
        "-f",
        str(HERE / "overhead_profile.py"),
        "--headless",
        "--only-summary",
    ]
    command += ["--host", url, "-u", str(USERS), "-r", "100", "-t", str(seconds)]
    if not is_plain:
        command += ["--thresholds", str(folder / "thresholds.toml"), "--load-out", str(folder)]
    speed = folder / "speed.json"
    speed.unlink(missing_ok=True)
    environment = os.environ | {SPEED: str(speed)} | ({PLAIN: "1"} if is_plain else {})
    subprocess.run(command, env=environment, timeout=RUN_S_MAX, capture_output=True, check=False)
    return Speed(*json.loads(speed.read_text(encoding="utf-8"))) if speed.exists() else Speed(0, 0.0, 0.0)


if __name__ == "__main__":
    sys.exit(main())
