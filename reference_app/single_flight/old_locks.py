"""Locks of purposes with more and more keys: each piece of work has one, and they would stay for ever."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from reference_app.database.engine import Database

KEPT: Final = timedelta(days=1)


def forget(database: Database, purposes: Iterable[str]) -> int:
    """Forget the locks of these purposes that nobody took for a day; return how many that were."""
    return database.said_plainly(
        lambda: sum(database.leases.forget(f"{purpose}:", KEPT) for purpose in purposes)
    )
