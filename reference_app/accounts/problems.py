"""Which HTTP answer each error of accounts gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.accounts.errors import (
    BadAddress,
    BadDevUser,
    BadPassword,
    EmailTaken,
    PasswordsBusy,
    TooManyFailures,
    WrongPassword,
)
from reference_app.errors import AppError
from reference_app.idempotency.problems import PROBLEMS as OF_KEYS
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    WrongPassword: Problem(
        401, "wrong-password", when="the e-mail address or the password is wrong; which of them is not said"
    ),
    **OF_KEYS,
    BadDevUser: Problem(401, "bad-dev-user", when="a development header that names no possible user"),
    EmailTaken: Problem(409, "email-taken"),
    BadAddress: Problem(422, "bad-field", field="email"),
    BadPassword: Problem(422, "bad-field", field="password"),
    TooManyFailures: Problem(
        429,
        "too-many-failures",
        retry_after_s=1,
        when="too many passwords were wrong for an account, or from one address of the network",
    ),
    PasswordsBusy: Problem(
        503,
        "passwords-busy",
        retry_after_s=1,
        when="more passwords wait to be hashed than may, in all or from one address of the network",
    ),
}
