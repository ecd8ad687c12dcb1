"""The page of a load."""

from collections.abc import Mapping, Sequence
from typing import Any

from load.engine.comparing import Change


def html(result: Mapping[str, Any], changes: Sequence[Change], baseline: Mapping[str, Any] | None) -> str:
    """Return the page."""
    return ""
