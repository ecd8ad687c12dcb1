"""A server that a test tells how to answer, and the generator that asks it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.harness.answering import Stage
from tests.harness.generating import Generate


@pytest.fixture
def stage() -> Iterator[Callable[..., Stage]]:
    """Starts servers that behave as told, and stops them with the test."""
    with ExitStack() as stack:
        yield lambda handle: stack.enter_context(closing(Stage(handle)))


@pytest.fixture
def generate(tmp_path: Path) -> Generate:
    """Sends parts of a load from this process, and returns what became of the requests."""
    return Generate(tmp_path / "result.jsonl")
