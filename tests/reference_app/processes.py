"""As many processes as a test wants, on one database, with one clock."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Generic, Protocol, TypeVar

from reference_app.database.engine import Database
from reference_app.single_flight.flights import SingleFlight
from tests.reference_app.stage import OpenDatabase, SteppedClock

WHOLE_S_MAX: Final = 30.0


class HasFlights(Protocol):
    """A process, as far as it is ended here."""

    flights: SingleFlight


P = TypeVar("P", bound=HasFlights)


class Processes(Generic[P]):
    """Processes of one kind."""

    def __init__(self, open_database: OpenDatabase, clock: SteppedClock) -> None:
        self._open = open_database
        self._processes: list[P] = []
        self.clock = clock
        self.database = open_database()

    def begun(self, make: Callable[[Database], P]) -> P:
        """Return one more process, made on a database that is opened for it."""
        made = make(self._open(threads=8))
        self._processes.append(made)
        return made

    def run(self, scenario: Callable[[], Awaitable[None]]) -> None:
        """Run the scenario, and end what it left under way."""

        async def whole() -> None:
            try:
                async with asyncio.timeout(WHOLE_S_MAX):
                    await scenario()
            finally:
                for process in self._processes:
                    await process.flights.close()

        asyncio.run(whole())
