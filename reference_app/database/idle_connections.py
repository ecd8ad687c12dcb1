"""Connections of a pool that lay idle: whether the server is still there, asked only where it cannot be seen."""

import select
import time
from collections.abc import Callable
from typing import Any, Final

from psycopg import Connection as DriverConnection
from psycopg import Error as DriverError
from psycopg import OperationalError
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

TRUSTED_S: Final = 1.0
"""How long a connection may lie idle and be used again without being asked whether it is still there."""
GIVEN_BACK: Final = "given back"


def given_back(_connection: object, record: ConnectionPoolEntry) -> None:
    """Note when the pool got the connection back."""
    record.info[GIVEN_BACK] = time.monotonic()


def still_there(ping: Callable[[Any], bool]) -> Callable[..., None]:
    """Return what sees to it that a connection which lay idle can be used; where not, the pool makes a new one.

    A server that went away has closed it, which can be seen without asking. A network that is cut says nothing, so
    a connection that was not used for `TRUSTED_S` is asked. Raises InvalidatePoolError: it is dead, and so are all
    that are as old.
    """

    def checked(connection: DriverConnection[Any], record: ConnectionPoolEntry, _proxy: object) -> None:
        given_back_s = record.info.get(GIVEN_BACK)
        if given_back_s is None:
            return
        try:
            # Nobody has asked anything, so what there is to be read is the end.
            if _can_be_read(connection.pgconn.socket):
                raise OperationalError("the server has closed the connection")
            if time.monotonic() - given_back_s > TRUSTED_S:
                ping(connection)
        except (DriverError, OSError) as error:
            raise InvalidatePoolError from error

    return checked


def _can_be_read(socket: int) -> bool:
    # Not by `select`, which knows the first 1,024 files only.
    asked = select.poll()
    asked.register(socket, select.POLLIN)
    return bool(asked.poll(0))
