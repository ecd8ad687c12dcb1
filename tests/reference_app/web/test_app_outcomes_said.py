"""How an answer says that something may have been done, and how to learn it (SV-10)."""

import asyncio
import io
import json
from typing import Any, Final

import pytest
from starlette.requests import Request
from starlette.responses import Response

from reference_app.errors import AppError, DatabaseUnavailable, OutcomeUnknown
from reference_app.idempotency.keys import KEY_IF_ANY
from reference_app.logs import make_log
from reference_app.web.metrics import Metrics
from reference_app.web.operations import SAME_KEY, Operation
from reference_app.web.problems import Problems
from reference_app.web.request_context import UNKNOWN_OUTCOME, RequestContext

LOOK: Final = "Look at the toys."
KEY: Final = [(b"idempotency-key", b"key")]


async def _nothing(_request: Request) -> Response:
    return Response()


def _operation(method: str) -> Operation:
    return Operation(
        method=method, path="/toys", summary="", endpoint=_nothing, parameters=(KEY_IF_ANY,), if_unknown=LOOK
    )


class _Route:
    path = "/toys"


class Served:
    """What one request is answered that ends with an error, and what is logged and counted of it."""

    def __init__(self, error: Exception, method: str = "POST", headers: Any = ()) -> None:
        self._written, self._metrics, self._sent = io.StringIO(), Metrics(), list[Any]()

        async def app(scope: Any, _receive: Any, _send: Any) -> None:
            scope["route"] = _Route
            raise error

        async def send(message: Any) -> None:
            self._sent.append(message)

        async def receive() -> Any:
            raise AssertionError("nothing is read")

        operations = {(method, "/toys"): _operation(method)}
        log = make_log(self._written, "json")
        context = RequestContext(app, log, self._metrics, Problems(), operations=operations)
        scope = {"type": "http", "method": method, "path": "/toys", "headers": list(headers)}
        asyncio.run(context(scope, receive, send))

    @property
    def said(self) -> tuple[str, str]:
        """The outcome, and how to find it out; empty where nothing is said of them."""
        body = json.loads(self._sent[1]["body"])
        return body.get("outcome", ""), body.get("find_out", "")

    @property
    def noted(self) -> tuple[int, bool]:
        """How many lines of unknown outcomes there are, and whether one was counted."""
        lines = [json.loads(line)["event"] for line in self._written.getvalue().splitlines()]
        counted = b'http_outcomes_unknown_total{route="/toys"} 1.0' in self._metrics.page()
        return lines.count(UNKNOWN_OUTCOME), counted


@pytest.mark.parametrize("error", [OutcomeUnknown(), ArithmeticError()])
def test_what_may_have_been_done_is_said(error: Exception) -> None:
    """With a key the same is sent again, without one the operation knows; a fault of ours counts as well."""
    with_key, without = Served(error, headers=KEY), Served(error)
    assert (with_key.said, without.said) == (("unknown", SAME_KEY), ("unknown", LOOK))
    assert with_key.noted == without.noted == (1, True)


@pytest.mark.parametrize(("error", "method"), [(DatabaseUnavailable(), "POST"), (OutcomeUnknown(), "GET")])
def test_what_was_not_done_leaves_nothing_open(error: AppError, method: str) -> None:
    """A refusal before the commit, and a question, which changes nothing."""
    served = Served(error, method, KEY)
    assert (served.said, served.noted) == (("", ""), (0, False))
