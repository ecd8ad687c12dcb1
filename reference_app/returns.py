"""Lunar returns as other systems see them.

One system keeps them and offers a `Returns`; systems that are built after it find it by that type
(`Context.part(Returns)`). Nothing here knows a table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from reference_app.callers import Caller
from reference_app.errors import AppError

if TYPE_CHECKING:  # They take half a second, which help and a refusal need not.
    from sqlalchemy import Connection

    from reference_app.logs import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A stored return: its month is `YYYY-MM`, the Moon's house 1 to 12."""

    id: int
    month: str
    return_date: datetime
    moon_sign: str
    moon_house: int
    lunar_ascendant: str
    aspects: Sequence[Mapping[str, str | float]]
    """Each has `body`, `aspect` and `orb_deg`."""


class Returns(Protocol):
    """Finds users' returns. What takes a connection works in its transaction."""

    @property
    def failures(self) -> Sequence[type[AppError]]:
        """The errors with which `make_current` may end."""

    def find(self, connection: "Connection", user_id: int, month: str | None) -> Return | None:
        """Return the user's return of the month, or with None the current one; None where there is none yet.

        One statement, where a current return is there that others follow.
        """

    def by_id(self, connection: "Connection", user_id: int, return_id: int) -> Return | None:
        """Return the user's return with this id; None also where it is another user's. One statement."""

    def hold(self, connection: "Connection", return_id: int) -> bool:
        """Keep a return from being deleted until the transaction ends; return whether it is there.

        To be called before anything is written about it.
        """

    async def make_current(self, who: Caller, log: "Log") -> None:
        """See to it that the user has a current return. Raises one of `failures`."""
