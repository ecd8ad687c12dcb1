"""A server that answers as its address says, in a process of its own; it prints its port.

`/slow/LOW/HIGH` takes a time between the two, in milliseconds, evenly spread over its requests, and `/took` answers
with how long each of them really took. `/status/N` answers with a status, `/wrong` with a body that is not right,
`/cut` breaks off. `--stall FROM FOR` answers nothing for so many seconds, so long after the first request.
"""

import argparse
import asyncio
import json
import logging
import socket
import time
from typing import Any

import uvicorn

GOLDEN = 0.6180339887498949
"""Its multiples fill the time between 0 and 1 evenly, in whatever number."""
RIGHT = b"right"


class Stub:
    """The app.

    Args:
        stall_from_s: when it stops answering, after its first request.
        stall_for_s: for how long.

    """

    def __init__(self, stall_from_s: float, stall_for_s: float) -> None:
        self._stall = (stall_from_s, stall_from_s + stall_for_s)
        self._first_s = 0.0
        self._took_ms: list[float] = []

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        """Answer one request."""
        began_s = time.monotonic()
        self._first_s = self._first_s or began_s
        kind, *numbers = scope["path"].strip("/").split("/")
        if kind == "slow":
            await self._slow(began_s, *map(float, numbers))
        since_first_s = time.monotonic() - self._first_s
        if self._stall[0] <= since_first_s < self._stall[1]:
            await asyncio.sleep(self._stall[1] - since_first_s)
        status = int(numbers[0]) if kind == "status" else 200
        body = (
            json.dumps(self._took_ms).encode() if kind == "took" else b"wrong" if kind == "wrong" else RIGHT
        )
        length = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": length})
        # Less than was announced: the connection is closed.
        await send({"type": "http.response.body", "body": body[:2] if kind == "cut" else body})

    async def _slow(self, began_s: float, low_ms: float, high_ms: float) -> None:
        share = len(self._took_ms) * GOLDEN % 1
        self._took_ms.append(0)
        place = len(self._took_ms) - 1
        await asyncio.sleep((low_ms + share * (high_ms - low_ms)) / 1_000)
        self._took_ms[place] = 1_000 * (time.monotonic() - began_s)


def main() -> None:
    """Serve on a free port of this machine until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stall", nargs=2, type=float, default=(0.0, 0.0))
    options = parser.parse_args()
    listening = socket.create_server(("127.0.0.1", 0), backlog=1_024)
    print(json.dumps({"port": listening.getsockname()[1]}), flush=True)
    # Nobody reads what uvicorn says of answers that are cut: the pipe would fill up, and the stub stand still.
    logging.disable()
    config = uvicorn.Config(
        Stub(*options.stall),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
