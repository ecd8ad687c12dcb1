"""A kind of problem, of which the tables in `problems.py` are made. Imports nothing: every command reads them."""

from dataclasses import dataclass
from typing import Final

UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: HTTP status, the last part of its type, and after how many seconds to ask again."""

    status: int
    slug: str
    retry_after_s: int | None = None
    field: str = ""
    """The field of the request that it is about, where it is always the same one."""
    outcome: str = ""
    """`UNKNOWN` where what was asked may have been done (SV-10)."""
    when: str = ""
    """When it is answered, for `docs/problems.md`, where the error's own message does not say it well."""
