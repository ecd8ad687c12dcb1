"""Leases whose holders beat in files: no transaction but to take a lease, to store under it and to give it back.

The row says who holds the lease, with which token, and in which file that holder beats. Who stores something proves
the token in the same transaction, as everywhere: whatever a file says, nobody who lost the lease writes.

A beat that cannot be written ends the holder's work: others will think it dead. A beat that cannot be read, of a
file that is there, is an error and no answer; one that is missing or damaged is a holder that is gone, as after a
copy of the database to another place. What is left to SQLite: a process that is frozen within one of the short
transactions keeps the file's only write lock, until it goes on or is killed.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from reference_app.clock import Clock
from reference_app.database.beats import NAME, BeatFile, BeatFiles
from reference_app.database.holders import is_dead
from reference_app.database.leases import LeaseHold, LeaseLocks
from reference_app.database.locks import LockLost
from reference_app.errors import DatabaseUnavailable


class FileLeases(LeaseLocks):
    """Lease rows in `work_leases`, with a beat file each."""

    def __init__(self, engine: Engine, clock: Clock, beats: BeatFiles) -> None:
        super().__init__(engine, clock)
        self._beats = beats

    def beat_all(self, holds: "Collection[LeaseHold]") -> "list[LeaseHold]":
        """Beat for all of these; return those that were lost."""
        return [hold for hold in holds if not _still_beats(hold)]

    def _begun(self, key: str, token: int) -> "tuple[LeaseHold, str]":
        with _files_in_reach():
            file = self._beats.begin()
        return FileLeaseHold(self._engine, self._clock, key, token, file), f"{self._holder}/{file.name}"

    def _is_alive(self, holder: str, *, in_time: bool) -> bool:
        process, _, name = holder.rpartition("/")
        if not NAME.fullmatch(name):  # a holder of the version before, which beats in the row
            return super()._is_alive(holder, in_time=in_time)
        with _files_in_reach():
            return not is_dead(process) and self._beats.is_fresh(name)

    def _took_over(self, holder: str) -> None:
        name = holder.rpartition("/")[2]
        if NAME.fullmatch(name):
            self._beats.remove(name)


class FileLeaseHold(LeaseHold):
    """One taken lease, and the file in which it beats."""

    def __init__(self, engine: Engine, clock: Clock, key: str, token: int, file: BeatFile) -> None:
        super().__init__(engine, clock, key, token)
        self._file = file

    def beat(self) -> None:
        """Write that the holder lives, into its file and nowhere else.

        Raises:
            LockLost: the process that took over removed the file, or it cannot be written.

        """
        try:
            if self._file.beat():
                return
        except OSError as error:
            raise LockLost from error
        raise LockLost

    def _ended(self) -> None:
        super()._ended()
        self._file.end()


def _still_beats(hold: LeaseHold) -> bool:
    try:
        hold.beat()
    except LockLost:
        return False
    return True


@contextmanager
def _files_in_reach() -> Iterator[None]:
    """Raise `DatabaseUnavailable` where the folder of beats cannot be used: it is a part of the database."""
    try:
        yield
    except OSError as error:
        raise DatabaseUnavailable from error
