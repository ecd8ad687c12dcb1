"""How large one body may be, and how much all bodies together: 413 and 503.

How long a body takes is the protocol's business (`reference_app.web.limits`). A body counts from its first byte
until its request is answered, for that is how long it is held.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reference_app.web.bad_input import BodiesTooMany, BodyTooLarge
from reference_app.web.holding import Budget
from reference_app.web.problems import PROBLEMS
from reference_app.web.refusals import told_in


class BodyLimits:
    """ASGI middleware: a body has at most so many bytes, and all bodies have at most their budget."""

    def __init__(self, app: ASGIApp, bytes_max: int, larger: Mapping[str, int], budget: Budget) -> None:
        self._app = app
        self._bytes_max = bytes_max
        self._larger = larger
        self._budget = budget

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request with a `receive` that counts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        counted = _Counted(receive, self._larger.get(scope["path"], self._bytes_max), self._budget)
        try:
            await self._app(scope, counted, send)
        except BodiesTooMany as error:
            told_in(scope["state"], PROBLEMS[BodiesTooMany], str(error), scope["client"])
            raise
        finally:
            self._budget.give_back(counted.held)


class _Counted:
    """A `receive` that raises when the body is too large, or all bodies together are."""

    def __init__(self, receive: Receive, bytes_max: int, budget: Budget) -> None:
        self._receive = receive
        self._bytes_max = bytes_max
        self._budget = budget
        self.held = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        size = len(message.get("body", b""))
        if self.held + size > self._bytes_max:
            raise BodyTooLarge(f"The body is over {self._bytes_max} bytes.")
        if not self._budget.take(size):
            raise BodiesTooMany
        self.held += size
        return message
