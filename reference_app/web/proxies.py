"""Who asks, where trusted proxies hand requests on: the client that the nearest of them was asked by.

Promises: what a header says of the client is believed as far as proxies that are trusted by setting wrote it: from
the right, until an address that is none of theirs. Without the setting, and from anybody else, it is ignored. One
header is believed, `X-Forwarded-For` or `Forwarded` (RFC 7239), as `PROXY_HEADER` says: a proxy that
writes one of them hands the other on as its client has sent it.

It names nobody from a header that cannot be read: the client is then the proxy that has sent it.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final, Literal

from starlette.types import Scope

Network = IPv4Network | IPv6Network
Named = tuple[str, str]
"""A client as a proxy names it, with the scheme that it came by, empty where that is not said."""

FOR: Final = b"x-forwarded-for"
PROTO: Final = b"x-forwarded-proto"
FORWARDED: Final = b"forwarded"
SCHEMES: Final = ("http", "https")
HOPS_MAX: Final = 16
"""So many proxies are followed at most: who repeats the address of one must not keep the server busy."""
PAIR: Final = re.compile(r'\s*([!#$%&\'*+.^_`|~0-9A-Za-z-]+)=("(?:[^"\\]|\\.)*"|[^\s",;]*)\s*')
NODE: Final = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::[0-9]{1,5})?|([0-9.]+)(?::[0-9]{1,5})?")


class Proxies:
    """The proxies that are trusted, and what they say."""

    def __init__(
        self, networks: Sequence[Network], header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    ) -> None:
        self._networks = networks
        self._header = header

    def name_client(self, scope: Scope) -> bool:
        """Put the client, and the scheme that it came by, into the scope; return whether a proxy has said so."""
        client = scope.get("client")
        if not client or not self._trusts(client[0]):
            return False
        name, scheme = self._said(scope["headers"], client[0])
        scope["client"] = (name, 0 if name != client[0] else client[1])
        if scheme in SCHEMES:
            scope["scheme"] = scheme
        return True

    def _said(self, headers: Sequence[tuple[bytes, bytes]], peer: str) -> Named:
        """Return whom the nearest proxy that is not trusted, or the client itself, is."""
        if self._header == "forwarded":
            elements = _elements(_joined(headers, FORWARDED))
        else:
            scheme = _joined(headers, PROTO).rpartition(",")[2].strip().lower()
            elements = [(each.strip(), scheme) for each in _last(_joined(headers, FOR))]
        found = peer, ""
        for node, scheme in reversed(elements):
            address = _address(node)
            if address is None:
                break
            found = str(address), scheme or found[1]
            if not self._trusts(found[0]):
                break
        return found

    def _trusts(self, text: str) -> bool:
        address = _address(text)
        return address is not None and any(
            address in network for network in self._networks if network.version == address.version
        )


def _joined(headers: Sequence[tuple[bytes, bytes]], name: bytes) -> str:
    return ",".join(value.decode("latin-1") for key, value in headers if key == name)


def _last(text: str) -> list[str]:
    """Return the last elements of a list, as many as are followed."""
    return text.rsplit(",", HOPS_MAX)[-HOPS_MAX:]


def _elements(text: str) -> list[Named]:
    """Return what the last elements of `Forwarded` say; of one that cannot be read, nothing that is a node."""
    return [_element(each) for each in _last(text)]


def _element(text: str) -> Named:
    said: dict[str, str] = {}
    for pair in text.split(";"):
        matched = PAIR.fullmatch(pair)
        if matched is None or matched[1].lower() in said:
            return "", ""
        said[matched[1].lower()] = matched[2].strip('"')
    return said.get("for", ""), said.get("proto", "").lower()


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address of a node, which may have a port; an IPv4 one that came by IPv6 as itself."""
    matched = NODE.fullmatch(text)
    if "%" in text:  # a zone, which may be any text
        return None
    try:
        address = ip_address((matched[1] or matched[2]) if matched else text)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
