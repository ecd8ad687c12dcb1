"""What interpretations bring: three operations, and the texts that they ship with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from reference_app.interpretations import commands
from reference_app.interpretations.problems import PROBLEMS
from reference_app.interpretations.settings import InterpretationsSettings
from reference_app.returns import Returns
from reference_app.system import Built, Context, System

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reference_app.interpretations.generating import Writer


def _build(context: Context) -> Built:
    from reference_app.idempotency.store import bounds_of
    from reference_app.interpretations import routes
    from reference_app.interpretations.choosing import writer_of
    from reference_app.interpretations.service import Interpretations

    settings = context.settings.of(InterpretationsSettings)
    returns = context.part(Returns)  # type: ignore[type-abstract] # nothing is made of it
    assert returns is not None, "the system that keeps lunar returns is built first"
    writer = writer_of(context)
    interpretations = Interpretations(
        context.database,
        context.single_flight,
        writer,
        returns,
        context.clock,
        context.metrics,
        version=settings.lunar_interpretation_version,
        at_once=settings.lunar_claude_calls_max,
        reader_wait_s=settings.lunar_reader_wait_s,
        deadline_s=settings.lunar_claude_deadline_s,
        database_s_max=context.settings.database_s_max,
    )
    return Built(
        operations=routes.operations(interpretations, bounds_of(context.settings), context.clock),
        background=lambda: _closed_at_the_end(writer),
        measure=interpretations.measure,
    )


@asynccontextmanager
async def _closed_at_the_end(writer: "Writer | None") -> AsyncIterator[None]:
    try:
        yield
    finally:
        if writer is not None:
            await writer.close()


def _seed(connection: "Connection") -> int:
    from reference_app.interpretations.seeding import seed

    return seed(connection)


INTERPRETATIONS = System(
    name="interpretations",
    build=_build,
    settings=InterpretationsSettings,
    problems=PROBLEMS,
    seed=_seed,
    add_commands=commands.add,
)
