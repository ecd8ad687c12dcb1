"""What lunar returns offer to other systems: `reference_app.returns.Returns`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reference_app.callers import Caller
from reference_app.clock import Clock
from reference_app.errors import AppError
from reference_app.logs import Log
from reference_app.lunar_returns import store
from reference_app.lunar_returns.errors import OF_GENERATIONS
from reference_app.lunar_returns.service import Asking, LunarReturns
from reference_app.lunar_returns.store import StoredReturn
from reference_app.returns import Return

if TYPE_CHECKING:
    from sqlalchemy import Connection


class OfferedReturns:
    """Finds users' returns, and has the current one made."""

    failures: Final[Sequence[type[AppError]]] = OF_GENERATIONS

    def __init__(self, returns: LunarReturns, clock: Clock, *, delay_ms: int) -> None:
        """`delay_ms` lengthens each generation: a switch of development."""
        self._returns = returns
        self._clock = clock
        self._delay_ms = delay_ms

    def find(self, connection: "Connection", user_id: int, month: str | None) -> Return | None:
        """Return the return of the month, or the current one."""
        if month is not None:
            return _shown(store.of_month(connection, user_id, month))
        return _shown(store.current(connection, user_id, self._clock()))

    def by_id(self, connection: "Connection", user_id: int, return_id: int) -> Return | None:
        """Return the user's return with this id."""
        return _shown(store.by_id(connection, user_id, return_id))

    def hold(self, connection: "Connection", return_id: int) -> bool:
        """Keep a return from being deleted until the transaction ends; return whether it is there."""
        return store.hold(connection, return_id)

    async def make_current(self, who: Caller, log: Log) -> None:
        """Do what asking for the current return does."""
        await self._returns.current(Asking(who, log.bind(user_id=who.id), delay_ms=self._delay_ms))


def _shown(stored: StoredReturn | None) -> Return | None:
    if stored is None:
        return None
    monthly, sky = stored.monthly, stored.monthly.sky
    return Return(
        id=stored.id,
        month=monthly.month,
        return_date=monthly.return_date,
        moon_sign=sky.moon_sign,
        moon_house=sky.moon_house,
        lunar_ascendant=sky.lunar_ascendant,
        aspects=sky.aspects,
    )
