"""A holder to be frozen: takes the lock of each key that it is told, beats, and stores once it has lost it.

`python -m tests.reference_app.single_flight.frozen_holder URL KIND [DWELL_S]`: `KIND` is `locks` or `leases`; with
a `DWELL_S` it beats in transactions, as before, and stays in each for so long.
"""

import sys
import threading
import time
from typing import Final

from sqlalchemy.exc import ResourceClosedError

from fixtures.systems.lunar_returns.faults import locks as faults
from reference_app.clock import system_clock
from reference_app.database.engine import Database
from reference_app.database.locks import BEAT_S, Hold, LockLost
from reference_app.errors import DatabaseUnavailable
from tests.reference_app.single_flight.flying import add_user

HOLD_S_MAX: Final = 4.0
"""A holder that nobody takes over from stores after this long, its being frozen included."""


def main(url: str, kind: str, dwell_s: str = "") -> None:
    """Hold one lock after the other, until there are no more keys."""
    if dwell_s:
        vars(faults)["DWELL_S"] = float(dwell_s)
        faults.HeartbeatHoldsTheFile().install()
    database = Database(url, clock=system_clock, threads=1, holders=1, wait_s_max=10.0)
    for line in sys.stdin:
        hold = getattr(database, kind).acquire(line.strip())
        _say("held" if hold else "not held")
        if hold:
            _say(_ended(database, hold, line.strip()))
    database.close()


def _ended(database: Database, hold: Hold, key: str) -> str:
    try:
        _beat_until_lost(database, hold)
        database.said_plainly(lambda: hold.finish(lambda connection: add_user(connection, f"late-{key}")))
    except (LockLost, ResourceClosedError):  # the latter when a lock's connection went with the lock
        return "refused"
    except DatabaseUnavailable:
        # On Postgres the server has ended the transaction, and a row lease is asked for once more.
        return _ended(database, hold, key)
    return "stored"


def _beat_until_lost(database: Database, hold: Hold) -> None:
    never = threading.Event()
    until_s = time.monotonic() + HOLD_S_MAX
    while time.monotonic() < until_s:
        never.wait(BEAT_S)
        _say(str(time.monotonic_ns()))
        try:
            database.said_plainly(hold.beat)
        except LockLost:
            return


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
