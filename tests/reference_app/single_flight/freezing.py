"""Freezes holders at chosen moments around a beat, and sees what becomes of everybody else.

`python -m tests.reference_app.single_flight.freezing [--rounds N] [--in-transactions]` freezes on SQLite in steps
of half a millisecond, `N` times each; with `--in-transactions` holders beat as they did before, for comparison.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from fixtures.databases.templates import SqliteTemplate
from reference_app.accounts.tables import users
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.database.locks import BEAT_S, Hold
from reference_app.errors import DatabaseUnavailable
from reference_app.single_flight.watch import WATCH_S
from tests.reference_app.single_flight.flying import add_user

STEP_MS: Final = 0.5
REACH_MS: Final = 10.0
OFFSETS_MS: Final = [step * STEP_MS - REACH_MS for step in range(round(2 * REACH_MS / STEP_MS) + 1)]
LANES: Final = 4
BYSTANDER_S_MAX: Final = 3.0
TAKEN_OVER_S_MAX: Final = 4.0
"""The 2 s of LR-5, and as much again for a machine that others use."""
LOOK_S_MAX: Final = 8.0
WATCHDOG_S_MAX: Final = 300.0
SPIN_S: Final = 0.001
MODULE: Final = "tests.reference_app.single_flight.frozen_holder"


@dataclass(frozen=True, slots=True)
class Frozen:
    """What became of everybody when a holder was frozen so many milliseconds from its beat."""

    offset_ms: float
    bystander_s: float
    """How long somebody else's write took; infinite when it was refused."""
    taken_over_s: float
    """How long after the freeze a waiter had the lock; infinite when it never had."""
    late: str
    """What became of what the frozen one stored afterwards."""
    stored: tuple[str, ...]
    """What is stored of the key."""

    @property
    def harm(self) -> str:
        """What is wrong about it; empty when nothing is."""
        if self.bystander_s > BYSTANDER_S_MAX:
            return f"somebody else's write took {self.bystander_s:.1f} s"
        if self.taken_over_s > TAKEN_OVER_S_MAX:
            return f"a waiter had the lock after {self.taken_over_s:.1f} s"
        if (self.late, len(self.stored)) != ("refused", 1):
            return f"the late write was {self.late}, and {self.stored} is stored"
        return ""


class Bench:
    """One holder in a process of its own, and the others, here, on one database."""

    def __init__(self, url: str, holder: "subprocess.Popen[str]", kind: str) -> None:
        self._holder = holder
        self._database = Database(url, clock=system_clock, threads=2, holders=2, wait_s_max=10.0)
        self._locks = getattr(self._database, kind)

    def freeze(self, key: str, offset_ms: float) -> Frozen:
        """Have the holder take `key`, freeze it at the offset from its second beat, and let it go on at last."""
        self._tell(key)
        assert self._line() == "held"
        second_s = int(self._line()) / 1e9 + BEAT_S
        _wait_until(second_s + offset_ms / 1_000)
        os.kill(self._holder.pid, signal.SIGSTOP)
        frozen_s = time.monotonic()
        try:
            bystander_s = self._written(f"bystander-{key}")
            taken = self._taken(key, frozen_s + LOOK_S_MAX)
            taken_over_s = time.monotonic() - frozen_s if taken else float("inf")
            if taken:
                taken.finish(lambda connection: add_user(connection, f"taken-{key}"))
        finally:
            os.kill(self._holder.pid, signal.SIGCONT)
        late = self._late()
        return Frozen(offset_ms, bystander_s, taken_over_s, late, self._stored(key))

    def close(self) -> None:
        """Close what is open here."""
        self._database.close()

    def _written(self, email: str) -> float:
        begun_s = time.monotonic()
        try:
            self._database.write_now(add_user, email)
        except DatabaseUnavailable:
            return float("inf")
        return time.monotonic() - begun_s

    def _taken(self, key: str, until_s: float) -> Hold | None:
        while time.monotonic() < until_s:
            with suppress(DatabaseUnavailable):
                if not self._locks.held([key]):
                    hold: Hold | None = self._database.said_plainly(lambda: self._locks.acquire(key))
                    if hold:
                        return hold
            time.sleep(WATCH_S)
        return None

    def _stored(self, key: str) -> tuple[str, ...]:
        found = select(users.c.email).where(users.c.email.in_([f"taken-{key}", f"late-{key}"]))
        return tuple(self._database.read_now(lambda connection: connection.execute(found).scalars().all()))

    def _tell(self, key: str) -> None:
        assert self._holder.stdin is not None
        self._holder.stdin.write(f"{key}\n")
        self._holder.stdin.flush()

    def _line(self) -> str:
        assert self._holder.stdout is not None
        return self._holder.stdout.readline().strip()

    def _late(self) -> str:
        line = self._line()
        while line.isdigit():
            line = self._line()
        return line


@contextmanager
def bench(url: str, kind: str = "locks", dwell_s: float | None = None) -> Iterator[Bench]:
    """Give a bench whose holder beats as it should, or in transactions in which it dwells."""
    words = [sys.executable, "-m", MODULE, url, kind, *([] if dwell_s is None else [str(dwell_s)])]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        watchdog = threading.Timer(WATCHDOG_S_MAX, holder.kill)
        watchdog.start()
        made = Bench(url, holder, kind)
        try:
            yield made
        finally:
            watchdog.cancel()
            holder.kill()
            made.close()


def frozen_at(urls: Sequence[str], offsets_ms: Sequence[float], dwell_s: float | None = None) -> list[Frozen]:
    """Freeze once at each offset, on as many databases at a time as there are URLs."""

    def lane(number: int) -> list[Frozen]:
        with bench(urls[number], dwell_s=dwell_s) as holder:
            mine = offsets_ms[number :: len(urls)]
            return [holder.freeze(f"work:{place}", offset_ms) for place, offset_ms in enumerate(mine)]

    with ThreadPoolExecutor(len(urls)) as threads:
        return [frozen for found in threads.map(lane, range(len(urls))) for frozen in found]


def main() -> int:
    """Freeze in rounds, print what was seen, and end with 1 if anybody was harmed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--in-transactions", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        template = SqliteTemplate(Path(folder))
        urls = []
        for lane in range(LANES):
            Path(folder, str(lane)).mkdir()
            urls.append(template.copy(Path(folder, str(lane))))
        found = frozen_at(urls, OFFSETS_MS * asked.rounds, 0.0 if asked.in_transactions else None)
    return _told(found)


def _told(found: Sequence[Frozen]) -> int:
    harmed = [frozen for frozen in found if frozen.harm]
    for frozen in sorted(harmed, key=lambda frozen: frozen.offset_ms):
        sys.stdout.write(f"{frozen.offset_ms:+.1f} ms: {frozen.harm}\n")
    slowest = max(frozen.bystander_s for frozen in found), max(frozen.taken_over_s for frozen in found)
    sys.stdout.write(
        f"{len(found)} freezes, {len(harmed)} that harmed somebody; somebody else's write took at most "
        f"{slowest[0]:.3f} s, and a waiter had the lock after at most {slowest[1]:.3f} s\n"
    )
    return 1 if harmed else 0


def _wait_until(instant_s: float) -> None:
    time.sleep(max(0.0, instant_s - SPIN_S - time.monotonic()))
    while time.monotonic() < instant_s:
        pass


if __name__ == "__main__":
    sys.exit(main())
