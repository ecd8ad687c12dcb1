"""Database URLs as people write them, made into what SQLAlchemy wants.

Knows `sqlite:///PATH` and `postgresql://…` (also `postgres://…` and `postgresql+psycopg://…`), nothing else.
"""

from difflib import get_close_matches
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from reference_app.database import dialects
from reference_app.errors import SettingsRefused

DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
"""What people write before `://` → the driver that is used."""


def parse_database_url(text: str) -> URL:
    """Return the SQLAlchemy URL that `text` means; the relative path of a file is made absolute.

    Raises:
        SettingsRefused: the text is no URL, or names a database that is not supported.

    """
    scheme = text.partition("://")[0]
    if scheme not in DRIVERS:
        close = get_close_matches(scheme, DRIVERS, n=1)
        hint = f" Did you mean {close[0]}://…?" if close else ""
        raise SettingsRefused(
            f"Not a database URL: {_without_password(text)!r}.{hint} "
            "Use sqlite:///PATH or postgresql://USER@HOST/NAME."
        )
    try:
        url = make_url(text).set(drivername=DRIVERS[scheme])
    except (ArgumentError, ValueError):
        raise SettingsRefused(f"Not a database URL: {_without_password(text)!r}.") from None
    return dialects.of_url(url).checked(url)


def _without_password(text: str) -> str:
    """Return `text` as it may be shown: a password can stand before the last `@`, and among the options."""
    head, at, tail = text.partition("?")[0].rpartition("@")
    scheme, mark, _ = head.partition("://")
    return f"{scheme if mark else ''}{mark}…@{tail}" if at else tail
