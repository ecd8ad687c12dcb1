"""A system's timers run in the server that it is built into, beside requests (PC-8)."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from reference_app.app import create_app
from reference_app.background.timers import Timer
from reference_app.settings import Settings
from reference_app.system import System
from tests.reference_app.articles.toy import silent_log
from tests.reference_app.background.timing import WITHIN_S
from tests.reference_app.stage import SECRET_KEY
from tests.reference_app.toys import ENDED, STARTED, Toys, ToySettings


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.load({"DATABASE_URL": database_url, "SECRET_KEY": SECRET_KEY}, [ToySettings])


def _timed(toys: Toys, timer: Timer) -> System:
    system = toys.system
    return replace(system, build=lambda context: replace(system.build(context), timers=(timer,)))


@pytest.mark.parametrize("is_slow", [False, True])
def test_a_timer_runs_between_the_start_and_the_end_of_what_it_works_with(
    settings: Settings, *, is_slow: bool
) -> None:
    """A run that is under way when the server stops has ended before what it uses is closed."""
    toys, begun = Toys(), asyncio.Event()

    async def work() -> Mapping[str, Any]:
        toys.notes.append(("run", STARTED))
        begun.set()
        try:
            await asyncio.sleep(WITHIN_S if is_slow else 0)
        finally:
            toys.notes.append(("run", ENDED))
        return {}

    async def scenario() -> None:
        app = create_app(settings, systems=[_timed(toys, Timer("toys", 3_600.0, work))], log=silent_log())
        async with asyncio.timeout(WITHIN_S), app.router.lifespan_context(app):
            await begun.wait()

    asyncio.run(scenario())
    assert toys.notes == [("toys", STARTED), ("run", STARTED), ("run", ENDED), ("toys", ENDED)]
