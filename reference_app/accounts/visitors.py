"""From where somebody asks: what counts as one source, for limits and for the log."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from reference_app.accounts.tables import SOURCE_LENGTH_MAX
from reference_app.logs import Log

V6_PREFIX: Final = 64
"""Who has one address of IPv6 has a network of so many bits, and all of the addresses in it."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as far as the network says; and a log whose lines bear the request's id."""

    host: str
    log: Log

    @property
    def source(self) -> str:
        """What all failures from there are counted under: an address of IPv4, a network of IPv6."""
        try:
            address: IPv4Address | IPv6Address = ip_address(self.host.partition("%")[0])
        except ValueError:  # no network: a socket in a folder, or a test
            return self.host[:SOURCE_LENGTH_MAX]
        if isinstance(address, IPv6Address):
            if address.ipv4_mapped is None:
                return str(ip_network((address, V6_PREFIX), strict=False))
            address = address.ipv4_mapped
        return str(address)
