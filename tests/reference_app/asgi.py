"""One request to an app, past every socket."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from starlette.applications import Starlette


class Answer(NamedTuple):
    """What an app answered; `body` is decoded."""

    status: int
    headers: dict[bytes, bytes]
    body: Any


async def ask(
    app: Starlette, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Send one request, with a body of JSON unless it is None, and return the whole answer."""
    content = b"" if body is None else msgspec.json.encode(body)
    named = {"content-type": "application/json", **(headers or {})}
    sent: list[Any] = []
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
        "root_path": "", "scheme": "http", "http_version": "1.1", "server": ("localhost", 80),
        "headers": [(name.lower().encode(), value.encode()) for name, value in named.items()],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, end = sent
    return Answer(start["status"], dict(start["headers"]), msgspec.json.decode(end["body"]))
