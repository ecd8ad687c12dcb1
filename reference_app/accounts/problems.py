"""Which HTTP answer each error of accounts gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.accounts.errors import BadDevUser, EmailTaken, WrongPassword
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
}
