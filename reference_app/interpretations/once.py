"""A text that is written anew once a key: the key is kept in the transaction that stores the text (SV-10)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from reference_app.clock import Clock
from reference_app.idempotency import store as keys
from reference_app.idempotency.store import Bounds, FirstAnswer, Keyed
from reference_app.interpretations.store import Stored


class AnsweredBefore(Exception):
    """The key has its answer already."""

    def __init__(self, first: FirstAnswer) -> None:
        super().__init__()
        self.first = first


@dataclass(frozen=True, slots=True)
class Once:
    """A request's key, and what it is answered with for the text that is stored."""

    keyed: Keyed
    bounds: Bounds
    clock: Clock
    answer: Callable[[Stored], FirstAnswer]

    def check(self, connection: Connection) -> None:
        """Raise AnsweredBefore where it has its answer. Raises KeyUsedOtherwise."""
        first = keys.find(connection, self.keyed, self.bounds, self.clock())
        if first is not None:
            raise AnsweredBefore(first)

    def keep(self, connection: Connection, stored: Stored) -> FirstAnswer:
        """Keep the key with its answer, unless it has one; return the first one."""
        return keys.once(
            connection, self.keyed, self.bounds, self.clock(), lambda _connection: self.answer(stored)
        )
