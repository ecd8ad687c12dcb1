"""Plain HTTP with JSON answers: one try at an upstream, whose every failure is one of `upstream.errors`.

An answer's bytes are counted while they come, as sent and as unpacked, so that no answer fills the memory. Nothing
of the environment is obeyed (no proxy, no `.netrc`), and no redirect is followed. How long a try may take is not
said here but by `Upstream.call`: a client's own time limit is for each read, and an answer that drips outlives it.
Only making a connection has a limit of its own, so that an address that swallows everything leaves time for another
try.

Keys may stand in addresses, as Keepa has them. So no error holds an address, and the client's own loggers, which
write each one, are silenced.
"""

import logging
import ssl
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Final, TypeVar

import httpx2
import msgspec

from reference_app.upstream.errors import (
    UpstreamBusy,
    UpstreamFailed,
    UpstreamMalformed,
    UpstreamRejected,
    UpstreamTimeout,
    UpstreamUnavailable,
)
from reference_app.upstream.limits import Limits

CONNECT_S_MAX: Final = 3.0
IDLE_S_MAX: Final = 30.0
"""How long a connection is kept for the next call."""
ASKED_FOR: Final = {"accept": "application/json", "accept-encoding": "gzip"}
GZIP: Final = zlib.MAX_WBITS + 16
OF_A_SOCKET: Final = ("getpeername", "getsockname", "family")
LOGGERS: Final = ("httpx2", "httpcore2")

T = TypeVar("T")


def no_wait_said(_body: bytes) -> float | None:
    """Find no time to wait in the body of a refusal."""
    return None


class Wire:
    """Connections to one upstream. Used from one event loop."""

    def __init__(
        self,
        base_url: str,
        limits: Limits,
        *,
        headers: Mapping[str, str] | None = None,
        wait_s_in: Callable[[bytes], float | None] = no_wait_said,
    ) -> None:
        """Connect to nothing yet.

        `wait_s_in` reads out of the body of a refusal in how many seconds the upstream may be asked again, where it
        says so there; it must bear any bytes. Else the header `Retry-After` is read.
        """
        silence_loggers()
        self._bytes_max = limits.answer_bytes_max
        self._wait_s_in = wait_s_in
        self._client = httpx2.AsyncClient(
            base_url=base_url,
            headers={**ASKED_FOR, **(headers or {})},
            timeout=httpx2.Timeout(None, connect=CONNECT_S_MAX),
            limits=httpx2.Limits(max_connections=limits.calls_max, keepalive_expiry=IDLE_S_MAX),
            follow_redirects=False,
            trust_env=False,
            verify=trusted(),
        )

    async def get_json(self, path: str, parameters: Mapping[str, str | int], kind: type[T]) -> T:
        """Return what a GET is answered with, which must be JSON of this type.

        Raises:
            UpstreamFailed: one of its kinds.

        """
        return await self._ask("GET", path, parameters, None, kind)

    async def post_json(
        self, path: str, parameters: Mapping[str, str | int], body: object, kind: type[T]
    ) -> T:
        """Do what `get_json` does, with a POST of this body as JSON."""
        return await self._ask("POST", path, parameters, msgspec.json.encode(body), kind)

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def _ask(
        self, method: str, path: str, parameters: Mapping[str, str | int], body: bytes | None, kind: type[T]
    ) -> T:
        headers = {} if body is None else {"content-type": "application/json"}
        try:
            async with self._client.stream(
                method, path, params=dict(parameters), content=body, headers=headers
            ) as response:
                answer = await self._body(response)
        except httpx2.TimeoutException as error:
            raise UpstreamTimeout(because=type(error).__name__) from None
        except httpx2.TransportError as error:
            raise UpstreamUnavailable(because=type(error).__name__) from None
        except AttributeError as error:
            # anyio asks a connection for its addresses that was broken off as soon as it was made.
            if error.obj is not None or error.name not in OF_A_SOCKET:
                raise
            raise UpstreamUnavailable(because="broken off at once") from None
        if not response.is_success:
            raise self._refusal(response, answer)
        return _decoded(answer, kind)

    async def _body(self, response: httpx2.Response) -> bytes:
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        if packed not in {"identity", "gzip"}:
            raise UpstreamMalformed(because="packed in a way that was not asked for")
        kept = _Kept(self._bytes_max, is_packed=packed == "gzip")
        async for piece in response.aiter_raw():
            kept.add(piece)
        return kept.whole()

    def _refusal(self, response: httpx2.Response, body: bytes) -> UpstreamFailed:
        because = f"status {response.status_code}"
        wait_s = self._wait_s_in(body)
        if wait_s is None:
            wait_s = retry_after_s(response.headers)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            return UpstreamBusy(wait_s=wait_s, because=because)
        if response.status_code == HTTPStatus.REQUEST_TIMEOUT:
            return UpstreamTimeout(because=because)
        if response.is_server_error:
            return UpstreamUnavailable(wait_s=wait_s, because=because)
        return UpstreamRejected(because=because)


@cache
def trusted() -> ssl.SSLContext:
    """Return the authorities that vouch for upstreams; read once a process, which takes hundredths of a second."""
    return httpx2.create_ssl_context(trust_env=False)


def silence_loggers() -> None:
    """Keep the client's own loggers from writing addresses, in which keys may stand."""
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` says; None without one, or with one that says nothing.

    An instant is compared with the answer's own `Date`, so our clock need not agree with theirs.
    """
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.replace(".", "", 1).isdigit():
        return float(said[:20])
    until, now = _instant(said), _instant(headers.get("date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else None


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


class _Kept:
    """The pieces of an answer, unpacked, while both sums are within the bound."""

    def __init__(self, bytes_max: int, *, is_packed: bool) -> None:
        self._pieces: list[bytes] = []
        self._left_sent = self._left = bytes_max
        self._unpacks = zlib.decompressobj(GZIP) if is_packed else None

    def add(self, piece: bytes) -> None:
        """Take one more piece. A small one may hold far more than is allowed, which is then not unpacked."""
        self._left_sent -= len(piece)
        if self._left_sent < 0:
            raise UpstreamMalformed(because="too large")
        if self._unpacks:
            try:
                piece = self._unpacks.decompress(piece, self._left + 1)
            except zlib.error:
                raise UpstreamMalformed(because="not gzip") from None
        self._left -= len(piece)
        if self._left < 0:
            raise UpstreamMalformed(because="too large when unpacked")
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """Return all of it, once it has ended."""
        if self._unpacks and not self._unpacks.eof:
            raise UpstreamMalformed(because="gzip that does not end")
        return b"".join(self._pieces)


def _decoded(answer: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(answer, type=kind)
    except msgspec.ValidationError:
        raise UpstreamMalformed(because="not of the shape that was expected") from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise UpstreamMalformed(because="not JSON") from None
