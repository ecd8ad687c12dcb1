"""What a connection held goes when it ends: nothing waits for the collector of garbage, which is rare (SV-8)."""

import gc
import weakref
from collections.abc import Iterator
from typing import Any, Final

import pytest

from fixtures.scenario.eventually import eventually
from reference_app.web.limits import LimitedProtocol
from tests.reference_app.raw_http import RawConnection, get, request
from tests.reference_app.stage import Server

JSON: Final = "Content-Type: application/json"
CLOSE: Final = "Connection: close"
SOON_S: Final = 10.0
HEAD_END: Final = b"\r\n\r\n"
ACCOUNT: Final = request("POST", "/api/auth/register", JSON, body=b'{"email": "x"}')
UPGRADE: Final = ("Upgrade: h2c", "Connection: Upgrade")
PAGE: Final = get("/api/articles?limit=1000")
WAYS: Final[dict[str, tuple[bytes, ...]]] = {
    "nothing is sent": (),
    "one request": (get("/health"),),
    "the last request": (get("/health", CLOSE),),
    "several, one after the other": (get("/health"), get("/metrics"), ACCOUNT),
    "several at once": (get("/health") * 8,),
    "a refused one": (request("POST", "/api/auth/register", JSON, CLOSE, body=b"{"),),
    "refusals": (get("/api/me"), get("/nothing")),
    "an upgrade": (get("/health", *UPGRADE), get("/health")),
    "no HTTP": (b"\x16\x03\x01\r\n\r\n",),
    "half a head": (get("/health")[:-2],),
    "half a body": (ACCOUNT[:-5],),
    "half a body behind others": (get("/health") * 3 + ACCOUNT[:-5],),
    "too many wait": (PAGE * 60,),
}


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list["weakref.ref[LimitedProtocol]"]]:
    """The connections that were made meanwhile, while no garbage is collected."""
    found: list[weakref.ref[LimitedProtocol]] = []
    made = LimitedProtocol.connection_made

    def connection_made(protocol: LimitedProtocol, transport: Any) -> None:
        found.append(weakref.ref(protocol))
        made(protocol, transport)

    monkeypatch.setattr(LimitedProtocol, "connection_made", connection_made)
    gc.collect()
    gc.disable()
    try:
        yield found
    finally:
        gc.enable()


@pytest.mark.parametrize("sent", WAYS.values(), ids=WAYS)
def test_nothing_stays_of_a_connection(
    module_server: Server, connections: list["weakref.ref[LimitedProtocol]"], sent: tuple[bytes, ...]
) -> None:
    with RawConnection(module_server.port) as connection:
        connection.send(*sent)
        eventually(lambda: connections, within_s=SOON_S, what="a connection")
        if sent and sent[0].endswith(HEAD_END):
            connection.answer()
    assert len(connections) == 1
    eventually(lambda: connections[0]() is None, within_s=SOON_S, what="the connection to be gone")
