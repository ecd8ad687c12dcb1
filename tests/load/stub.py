"""A server that answers as its address says, in a process of its own; it prints its port.

`/slow/LOW/HIGH` waits for a time between the two, in milliseconds, evenly spread over its requests; `/status/N`
answers with a status, `/wrong` with a body that is not the right one, `/cut` breaks the connection.
`--stall FROM FOR` answers nothing for so many seconds, from so long after its first request.
"""

import argparse
import asyncio
import json
import time
from typing import Any

import uvicorn

GOLDEN = 0.6180339887498949
"""Its multiples fill the time between 0 and 1 evenly, in whatever number."""


class Stub:
    def __init__(self, stall_from_s: float, stall_for_s: float) -> None:
        self._stall = (stall_from_s, stall_from_s + stall_for_s)
        self._first_s = 0.0
        self._asked = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self._first_s = self._first_s or time.monotonic()
        parts = scope["path"].strip("/").split("/")
        self._asked += 1
        if parts[0] == "slow":
            low_ms, high_ms = map(float, parts[1:3])
            await asyncio.sleep((low_ms + self._asked * GOLDEN % 1 * (high_ms - low_ms)) / 1_000)
        while self._stall[0] <= time.monotonic() - self._first_s < self._stall[1]:
            await asyncio.sleep(0.01)
        status = int(parts[1]) if parts[0] == "status" else 200
        # Less than was announced: the server closes the connection.
        body = {"wrong": b"wrong", "cut": b"ri"}.get(parts[0], b"right")
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": body})


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stall", nargs=2, type=float, default=(0.0, 0.0))
    options = parser.parse_args()
    config = uvicorn.Config(
        Stub(*options.stall),
        port=0,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        loop="uvloop",
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    print(json.dumps({"port": server.servers[0].sockets[0].getsockname()[1]}), flush=True)
    await serving


if __name__ == "__main__":
    asyncio.run(main())
