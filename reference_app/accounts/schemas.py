"""What accounts send and take over the wire."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from reference_app.accounts.password_rules import LENGTH_MIN
from reference_app.accounts.tables import EMAIL_LENGTH_MAX

PASSWORD_LENGTH_MAX: Final = 256

Email = Annotated[
    str,
    Meta(
        max_length=EMAIL_LENGTH_MAX,
        # `$` alone would let a line feed follow. A dot may be one of those that its one form makes a dot.
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+[.\u3002\uff0e\uff61][^@\s\x00-\x1f\x7f]+$(?!\n)",
        description="An e-mail address; upper and lower case are the same, and so are all ways to write a letter.",
    ),
]
Password = Annotated[
    str,
    Meta(
        min_length=LENGTH_MIN,
        max_length=PASSWORD_LENGTH_MAX,
        description="A password; the commonest ones are refused.",
    ),
]


class Credentials(Struct, frozen=True, forbid_unknown_fields=True):
    """A new account."""

    email: Email
    password: Password


class NewPassword(Struct, frozen=True, forbid_unknown_fields=True):
    """A change of the password: all tokens of the account end with it."""

    old_password: Annotated[str, Meta(max_length=PASSWORD_LENGTH_MAX)]
    password: Password


class Account(Struct, frozen=True):
    """An account as its owner sees it."""

    id: int
    email: str


class Token(Struct, frozen=True):
    """A bearer token, for the `Authorization` header."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the scheme's name, no secret


class LoginForm(Struct, frozen=True):
    """The OAuth2 password form; `username` is the e-mail address."""

    username: Annotated[str, Meta(max_length=EMAIL_LENGTH_MAX)]
    password: Annotated[str, Meta(max_length=PASSWORD_LENGTH_MAX)]
