"""Which HTTP answer each error of idempotency keys gets; a system that takes keys adds this to its own table."""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.idempotency.errors import BadKey, KeyUsedOtherwise
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    KeyUsedOtherwise: Problem(409, "idempotency-key-used"),
    BadKey: Problem(422, "bad-field", field="Idempotency-Key"),
}
