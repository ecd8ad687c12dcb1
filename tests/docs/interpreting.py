"""A server whose Claude is a stub, for the pages on interpretations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fixtures.targets.forks import ForkServer
from fixtures.upstreams.running import Upstream
from tests.reference_app.stage import Server

KEY: Final = "sk-ant-k3y-that-nobody-may-see"


@contextmanager
def claude(folder: Path) -> Iterator[Upstream]:
    """Run the stub for the block."""
    forks = ForkServer(folder, {})
    try:
        upstream = Upstream("claude", folder, forks)
        try:
            yield upstream
        finally:
            upstream.end()
    finally:
        forks.end()


@contextmanager
def interpreting(database_url: str, folder: Path, upstream: Upstream, **environment: str) -> Iterator[Server]:
    """Run a development server that asks the stub, for the block."""
    asking = {
        "DEV_AUTH_BYPASS": "1",
        "ANTHROPIC_API_KEY": KEY,
        "ANTHROPIC_BASE_URL": upstream.base_url,
        **environment,
    }
    with Server(database_url, folder, "interpreting", environment=asking) as server:
        yield server
