"""Which HTTP answer each error of vesting gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.idempotency.problems import PROBLEMS as OF_KEYS
from reference_app.vesting.errors import (
    BadAmount,
    BadDay,
    BalanceTooLarge,
    NoSuchUser,
    OwnerGone,
    OwnWalletOnly,
    TooLittleAvailable,
    UnknownCurrency,
)
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    **OF_KEYS,
    OwnerGone: Problem(401, "not-authenticated"),
    OwnWalletOnly: Problem(403, "not-allowed"),
    UnknownCurrency: Problem(422, "bad-field", field="currency"),
    BadAmount: Problem(422, "bad-field", field="amount"),
    BadDay: Problem(422, "bad-field", field="as_of"),
    NoSuchUser: Problem(422, "bad-field", field="user_id"),
    TooLittleAvailable: Problem(422, "too-little-available", field="amount"),
    BalanceTooLarge: Problem(422, "balance-too-large", field="amount"),
}
