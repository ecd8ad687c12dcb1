"""What stands against keeping things is in the log and in the figures without anybody asking (SV-12)."""

import asyncio
import io
import json

from prometheus_client import CollectorRegistry

from reference_app.background import watching
from reference_app.background.watching import TroubleMetrics
from reference_app.logs import make_log

SOON_S: float = 0.01


def test_trouble_is_said_when_it_begins_and_when_it_is_over() -> None:
    """A line each, and the figure meanwhile; what goes on is not said again."""
    registry, stream = CollectorRegistry(), io.StringIO()
    said = ""

    async def trouble() -> str:
        return said

    def value() -> float | None:
        return registry.get_sample_value("storage_trouble", {"of": "toys"})

    async def until(wanted: float) -> None:
        for _ in range(500):
            await asyncio.sleep(SOON_S)
            if value() == wanted:
                break
        await asyncio.sleep(SOON_S * 3)
        assert value() == wanted

    async def scenario() -> None:
        nonlocal said
        async with watching.watching({"toys": trouble}, make_log(stream, "json"), TroubleMetrics(registry)):
            assert value() == 0
            said = "no toys"
            await until(1)
            said = ""
            await until(0)

    before, watching.LOOK_EVERY_S = watching.LOOK_EVERY_S, SOON_S  # type: ignore[misc]
    try:
        asyncio.run(scenario())
    finally:
        watching.LOOK_EVERY_S = before  # type: ignore[misc]
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["event"], line["of"]) for line in lines] == [("trouble", "toys"), ("trouble_over", "toys")]
