"""The one form of an e-mail address, so that nobody can have a second account that looks like the first.

Promises: two spellings of one mailbox that differ in case, in how Unicode writes a character, or in how the domain
writes a letter beyond ASCII, come to one text. What comes to it is stable: the form of a form is itself. It guesses
no more than that: dots and what follows a plus belong to the address, for whether a provider ignores them is its
own matter. Letters of two alphabets that look alike (Latin and Cyrillic a) stay two.
"""

import re
import unicodedata
from typing import Final

IDEOGRAPHIC_STOP: Final = "\u3002"
"""What stands for the dot of a domain in some keyboards; NFKC leaves it as it is."""
PUNYCODE: Final = "xn--"
UNSEEN: Final = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What is a letter or a mark to Unicode, and is not shown."""
SHAPE: Final = re.compile(r"[^@]+@[^@.]+(\.[^@.]+)+")
TURNS_MAX: Final = 4
"""What comes to no form in so many turns is a label in a label in a label: no address."""


def one_form(address: str) -> str:
    """Return the form under which an address is kept and looked for, whatever it holds."""
    for _ in range(TURNS_MAX):
        before, address = address, _nearer(address)
        if address == before:
            break
    return address


def is_address(form: str) -> bool:
    """Whether a form can be an address: a name and a domain with a dot in it, all of which can be seen."""
    can_be_seen = form.isprintable() and " " not in form and not UNSEEN.search(form)
    return can_be_seen and bool(SHAPE.fullmatch(form)) and one_form(form) == form


def _nearer(address: str) -> str:
    name, at, domain = unicodedata.normalize("NFKC", address).rpartition("@")
    domain = ".".join(map(_as_written, domain.replace(IDEOGRAPHIC_STOP, ".").split(".")))
    return unicodedata.normalize("NFKC", f"{name}{at}{domain}".casefold())


def _as_written(label: str) -> str:
    """Return a part of a domain in the letters that it stands for; what is no Punycode stays as it is."""
    if not label.casefold().startswith(PUNYCODE):
        return label
    try:
        return label[len(PUNYCODE) :].casefold().encode("ascii").decode("punycode") or label
    except (UnicodeError, OverflowError, ValueError):
        return label
