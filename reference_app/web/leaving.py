"""Work for a client that may leave: what nobody waits for any more is cancelled.

A server is not told so otherwise: the request goes on, and its answer is written to nobody. For work that is dear,
and of which nothing is lost when it is given up.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.requests import ClientDisconnect, Request

LOOKS_MAX: Final = 8
"""A protocol may say again that there is no more body."""

T = TypeVar("T")


async def while_there(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what the work comes to; its body must have been read.

    Raises:
        ClientDisconnect: the client has left; the work was cancelled.

    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done() and leaving.result():
            raise ClientDisconnect
        return await working
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait((working,))


async def _left(request: Request) -> bool:
    """Return True once the client has left; False where it cannot be known."""
    for _ in range(LOOKS_MAX):
        if (await request.receive())["type"] == "http.disconnect":
            return True
    return False
