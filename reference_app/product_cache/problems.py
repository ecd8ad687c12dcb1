"""Which HTTP answer each error of the product cache gets."""

from collections.abc import Mapping
from typing import Final

from reference_app.errors import AppError
from reference_app.product_cache.errors import FetchFailed, WaitExhausted
from reference_app.upstream.problems import PROBLEMS as OF_UPSTREAMS
from reference_app.web.problem import Problem

PROBLEMS: Final[Mapping[type[AppError], Problem]] = {
    **OF_UPSTREAMS,
    FetchFailed: Problem(503, "fetch-failed", retry_after_s=1),
    WaitExhausted: Problem(
        503, "wait-exhausted", retry_after_s=5, when="what is asked for takes longer than a request waits"
    ),
}
