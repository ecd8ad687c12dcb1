"""An HTTP client for an SDK that brings its own calls: bounded as `wire.Wire` is.

An answer's bytes are counted while they come. Packed answers are neither asked for nor taken, so what is
counted is all there will be. Nothing of the environment is obeyed, no redirect is followed, and the client's
own loggers, which write every address, are silenced.

Does not bound the time of a call, other than of making a connection: `Upstream.call` does.
"""

from collections.abc import AsyncIterator, Mapping
from typing import Final

import httpx2

from reference_app.upstream.errors import UpstreamMalformed
from reference_app.upstream.limits import Limits
from reference_app.upstream.wire import CONNECT_S_MAX, IDLE_S_MAX, silence_loggers, trusted

NOT_PACKED: Final[Mapping[str, str]] = {"accept-encoding": "identity"}


def bounded_client(limits: Limits) -> httpx2.AsyncClient:
    """Return a client that fails with `UpstreamMalformed` for an answer that is too large, or packed."""
    silence_loggers()
    return httpx2.AsyncClient(
        headers=NOT_PACKED,
        timeout=httpx2.Timeout(None, connect=CONNECT_S_MAX),
        follow_redirects=False,
        trust_env=False,
        transport=_Bounded(limits),
    )


class _Bounded(httpx2.AsyncHTTPTransport):
    """Connections whose answers have a bound."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(
            trust_env=False,
            verify=trusted(),
            limits=httpx2.Limits(max_connections=limits.calls_max, keepalive_expiry=IDLE_S_MAX),
        )
        self._bytes_max = limits.answer_bytes_max

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and bound what is read of its answer."""
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            await response.stream.aclose()
            raise UpstreamMalformed(because="packed in a way that was not asked for")
        response.stream = _Counted(response.stream, self._bytes_max)
        return response


class _Counted(httpx2.AsyncByteStream):
    """The bytes of an answer, up to the bound."""

    def __init__(self, stream: httpx2.AsyncByteStream, bytes_max: int) -> None:
        self._stream = stream
        self._left = bytes_max

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise UpstreamMalformed(because="too large")
            yield piece

    async def aclose(self) -> None:
        """Give the connection back."""
        await self._stream.aclose()
