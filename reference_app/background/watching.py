"""What stands against keeping things is noticed while nobody asks: each half second, in each process (SV-12).

A gauge has it for Prometheus, and the log a line when it begins and one when it is over. `/ready` asks the same.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

from prometheus_client import CollectorRegistry, Gauge

from reference_app.logs import Log

LOOK_EVERY_S: Final = 0.5

Trouble = Callable[[], Awaitable[str]]
"""Says why something cannot be kept at the moment, in a few words; empty when it can. Raises nothing."""


class TroubleMetrics:
    """The figures of what cannot be kept: `Metrics.part(TroubleMetrics)`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.trouble = Gauge(
            "storage_trouble", "Whether nothing can be kept of this at the moment (1) or all is well (0)", ("of",),
            registry=registry, multiprocess_mode="livemax",
        )  # fmt: skip


@asynccontextmanager
async def watching(troubles: Mapping[str, Trouble], log: Log, metrics: TroubleMetrics) -> AsyncIterator[None]:
    """Look at each of `troubles`, by the name of what it is of, until the block ends."""
    for of in troubles:
        metrics.trouble.labels(of).set(0)
    task = asyncio.create_task(_watch(troubles, log, metrics))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _watch(troubles: Mapping[str, Trouble], log: Log, metrics: TroubleMetrics) -> None:
    before = dict.fromkeys(troubles, "")
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        for of, trouble in troubles.items():
            said = await trouble()
            metrics.trouble.labels(of).set(1 if said else 0)
            if said and said != before[of]:
                log.warning("trouble", of=of, said=said)
            elif before[of] and not said:
                log.info("trouble_over", of=of)
            before[of] = said
