"""How a rule over many files fails: with every offender, where it is, and what to do about it."""

from collections.abc import Iterable

import pytest


def none_may_offend(offenders: Iterable[str], *, do: str) -> None:
    """Fail with what to `do` and a line an offender, which begins with its file and line; pass without any."""
    found = list(offenders)
    if found:
        pytest.fail("\n".join([f"{do} ({len(found)} to mend):", *found]), pytrace=False)
