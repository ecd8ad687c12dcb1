"""Query parameters: text that a client sent becomes a checked value, or a clear error that names the parameter."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from starlette.requests import Request

from reference_app.web.bad_input import BadField
from reference_app.web.operations import Parameter

DIGITS_MAX: Final = 15
"""No reader of JSON would keep all digits of a longer number."""
PARAMETERS_MAX: Final = 100
"""To read a head full of parameters takes a tenth of a second, in which nobody else is served."""
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
FLAGS: Final[Mapping[str, bool]] = {"true": True, "1": True, "false": False, "0": False}


def limit_parameter(maximum: int) -> Parameter:
    """Return the parameter that says how many items a page has."""
    schema = {"type": "integer", "minimum": 1, "maximum": maximum}
    return Parameter("limit", "query", "How many at most", schema)


def text(request: Request, name: str) -> str | None:
    """Return what the query says, None where it says nothing. Raises BadField: it says it twice, or too much."""
    if request.scope["query_string"].count(b"&") >= PARAMETERS_MAX:
        raise BadField(name, f"stands in a query of more than {PARAMETERS_MAX} parameters")
    given = request.query_params.getlist(name)
    if len(given) > 1:
        raise BadField(name, "must be given once")
    return given[0] if given else None


def number(request: Request, name: str, default: int, low: int, high: int | None) -> int:
    """Return a whole number from `low` to `high`; `default` where the query says nothing. Raises BadField."""
    asked = text(request, name)
    if asked is None:
        return default
    sign, digits = ("-", asked[1:]) if asked.startswith("-") else ("", asked)
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= DIGITS_MAX):
        raise BadField(name, "must be a whole number")
    found = int(sign + digits)
    if found < low or (high is not None and found > high):
        raise BadField(
            name, f"must be from {low} to {high}" if high is not None else f"must be at least {low}"
        )
    return found


def day(request: Request, name: str) -> date | None:
    """Return a day, None where the query says nothing. Raises BadField."""
    asked = text(request, name)
    if asked is None:
        return None
    found = day_of(asked)
    if found is None:
        raise BadField(name, "must be a day, as in 2025-01-27")
    return found


def day_of(said: str) -> date | None:
    """Return the day that a text names in the form YYYY-MM-DD; None for any other text."""
    if not DAY.fullmatch(said):
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def flag(request: Request, name: str) -> bool:
    """Return whether the query switches something on; where it says nothing, it does not. Raises BadField."""
    asked = text(request, name)
    if asked is None:
        return False
    if asked not in FLAGS:
        raise BadField(name, "must be true or false")
    return FLAGS[asked]
