"""The page of the run that goes on, at locust's own web page."""

from collections.abc import Callable
from typing import Any


def show_at(web_ui: Any, now: Callable[[], dict[str, Any]]) -> None:
    """Add it."""
