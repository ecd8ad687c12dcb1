"""Which passwords may be chosen: long enough, and none that everybody tries first (NIST SP 800-63B, 5.1.1.2).

Promises: a password is measured and hashed in one form (NFKC), so that it fits on every keyboard. One of the
commonest 10,000, and of as many after them, is refused: in capital letters too, and when it is repeated. So are an
account's own address, and a few characters again and again. No rule asks for digits or signs: they help nobody.

The list is Django's (`common_passwords.LICENSE`).
"""

import gzip
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from reference_app.accounts.errors import BadPassword

LENGTH_MIN: Final = 12
REPEATED_MAX: Final = 3
"""So many characters, written again and again, are no password whatever they are."""
COMMON: Final = "common_passwords.txt.gz"


def one_form(password: str) -> str:
    """Return the form in which a password is hashed."""
    return unicodedata.normalize("NFKC", password)


def chosen(password: str, address: str) -> str:
    """Return the form of a password that somebody with this address chooses. Raises BadPassword."""
    form = one_form(password)
    if len(form) < LENGTH_MIN:
        raise BadPassword(f"A password has {LENGTH_MIN} characters or more.")
    folded = form.casefold()
    if folded in {address, address.partition("@")[0]}:
        raise BadPassword("The address of an account is no password.")
    repeated = _repeated(folded)
    if len(repeated) <= REPEATED_MAX or not common().isdisjoint((folded, repeated)):
        raise BadPassword("This password is one of the commonest: everybody tries it first.")
    return form


@cache
def common() -> frozenset[str]:
    """Return the commonest passwords, in small letters. Read once, when somebody first chooses one."""
    packed = files(__package__).joinpath(COMMON).read_bytes()
    return frozenset(unicodedata.normalize("NFKC", gzip.decompress(packed).decode()).casefold().split("\n"))


def _repeated(text: str) -> str:
    """Return the shortest text that gives this one when it is written again and again, its end cut off."""
    for size in range(1, len(text) // 2 + 1):
        if text[:-size] == text[size:]:
            return text[:size]
    return text
