"""HTTP as bytes on a socket, for what a well-behaved client would not send.

Reads answers one by one, so that pipelined ones can be told apart. Every wait ends after `WAIT_S_MAX`.
"""

import json
import socket
from dataclasses import dataclass
from typing import Any, Final, Self

WAIT_S_MAX: Final = 20.0
PIECE: Final = 65_536


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One answer as it came; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


class RawConnection:
    """One connection to a server on loopback."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=WAIT_S_MAX)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._received = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def send(self, *pieces: bytes) -> Self:
        """Send the pieces, each by itself; a server that has closed meanwhile is no error here."""
        try:
            for piece in pieces:
                self._socket.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return self

    def answer(self, *, body: bool = True) -> RawAnswer:
        """Return the next answer; `body=False` after HEAD, whose answer has none."""
        while b"\r\n\r\n" not in self._received:
            self._receive()
        head, _, self._received = self._received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        size = int(headers.get("content-length", "0")) if body else 0
        while len(self._received) < size:
            self._receive()
        content, self._received = self._received[:size], self._received[size:]
        return RawAnswer(int(first.split()[1]), headers, content)

    def is_closed(self) -> bool:
        """Wait until the server closes; False when it says something more, or stays."""
        if self._received:
            return False
        try:
            return self._socket.recv(PIECE) == b""
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def _receive(self) -> None:
        piece = self._socket.recv(PIECE)
        if not piece:
            raise EOFError(f"the server closed the connection after {self._received!r}")
        self._received += piece


def get(path: str, *headers: str) -> bytes:
    """Return a GET request with these header lines."""
    return request("GET", path, *headers)


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    """Return a whole request; one with a body says its length."""
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *headers]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
