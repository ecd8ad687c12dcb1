"""What accounts send and take over the wire."""

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from reference_app.accounts.tables import EMAIL_LENGTH_MAX

PASSWORD_LENGTH_MIN: Final = 8
PASSWORD_LENGTH_MAX: Final = 256

Email = Annotated[
    str,
    Meta(
        max_length=EMAIL_LENGTH_MAX,
        # `$` alone would let a line feed follow. U+0130 is the one letter that is longer in lower case, and
        # could so outgrow the column.
        pattern=r"^[^@\s\x00-\x1f\x7f\u0130]+@[^@\s\x00-\x1f\x7f\u0130]+\.[^@\s\x00-\x1f\x7f\u0130]+$(?!\n)",
        description="An e-mail address; upper and lower case are the same.",
    ),
]
Password = Annotated[str, Meta(min_length=PASSWORD_LENGTH_MIN, max_length=PASSWORD_LENGTH_MAX)]


class Credentials(Struct, frozen=True, forbid_unknown_fields=True):
    """A new account."""

    email: Email
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
