"""Where the page of a requirement's source is, seen from a report.

Promises: a link leads only to a page below `docs/` of this checkout, and only from a report that lies in the
checkout. Everywhere else there is none, and the report shows the source as text. It does not check that the page
exists: a test over `docs/requirements/` does.
"""

import os
import re
from pathlib import Path
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = re.compile(r"(?P<path>docs/[\w/-]+\.md)(?:#(?P<anchor>[\w-]+))?")


def checkout_link(folder: Path) -> str:
    """Return the path from a report's folder to the checkout, with slashes; empty for a folder outside of it."""
    resolved = folder.resolve()
    return Path(os.path.relpath(CHECKOUT, resolved)).as_posix() if resolved.is_relative_to(CHECKOUT) else ""


def source_link(source: str, checkout: str) -> str:
    """Return the link to `source`, a page and its anchor; empty where it names no page or `checkout` is empty."""
    found = PAGE.fullmatch(source)
    if found is None or not checkout:
        return ""
    anchor = f"#{quote(found['anchor'])}" if found["anchor"] else ""
    return f"./{quote(checkout)}/{quote(found['path'])}{anchor}"
