"""Conditional requests: which versions `If-Match` and `If-None-Match` name, as RFC 9110 has it (13.1).

A list of tags, of which any may fit; `*` for whichever there is. Weak tags (`W/"3"`) never fit where bytes are to
be changed, and do where they are read. Taken besides: a version without quotes. Tags of others fit nothing.
"""

import re
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from reference_app.web.bad_input import BadField

IF_MATCH: Final = "If-Match"
IF_NONE_MATCH: Final = "If-None-Match"
ANY: Final = "*"
ONE: Final = re.compile(
    r'[ \t]*(?:(?P<weak>W/)?"(?P<tag>[!#-~\x80-\xff]*)"|(?P<bare>[0-9]{1,15}))?[ \t]*(?:,|$)'
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags that a header names."""

    is_any: bool
    strong: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()

    def fit_bytes(self, tag: str) -> bool:
        """Whether what has this tag is what the client has, byte by byte."""
        return self.is_any or tag in self.strong

    def fit_meaning(self, tag: str) -> bool:
        """Whether it is what the client has, or means the same."""
        return self.fit_bytes(tag) or tag in self.weak


def tags_of(request: Request, header: str) -> Tags | None:
    """Return what the header names, None where there is none. Raises BadField: it is no list of tags."""
    lines = request.headers.getlist(header)
    if not lines:
        return None
    asked = ", ".join(lines).strip()
    if asked == ANY:
        return Tags(is_any=True)
    strong: set[str] = set()
    weak: set[str] = set()
    at = 0
    while at < len(asked):
        found = ONE.match(asked, at)
        if not found:
            raise BadField(header, "must be versions, as the field version and the header ETag have them")
        at = found.end()
        tag: str | None = found["bare"] or found["tag"]
        if tag is not None:  # between two commas there may be nothing
            (weak if found["weak"] else strong).add(tag)
    if not strong | weak:
        raise BadField(header, "must name a version")
    return Tags(is_any=False, strong=frozenset(strong), weak=frozenset(weak))
