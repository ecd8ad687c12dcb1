"""Which HTTP answer each error of lunar returns gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.lunar_returns.errors import (
    BirthInFuture,
    GenerationFailed,
    GenerationSuperseded,
    NoNatalChart,
    UserGone,
    WaitExhausted,
)
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    UserGone: Problem(401, "not-authenticated"),
    NoNatalChart: Problem(409, "no-natal-chart"),
    BirthInFuture: Problem(422, "bad-field", field="birth_datetime"),
    GenerationFailed: Problem(503, "generation-failed", retry_after_s=1),
    GenerationSuperseded: Problem(503, "generation-superseded", retry_after_s=1),
    WaitExhausted: Problem(
        503, "wait-exhausted", retry_after_s=5, when="the calculation takes longer than a request waits"
    ),
}
