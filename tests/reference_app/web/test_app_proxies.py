"""Whom trusted proxies name is the client, and nobody else is believed (SV-16)."""

import time
from ipaddress import ip_network
from typing import Any, Final, Literal

import pytest

from reference_app.errors import SettingsRefused
from reference_app.systems import load_settings
from reference_app.web.proxies import HOPS_MAX, Proxies

NETWORKS: Final = (ip_network("10.0.0.0/8"), ip_network("192.0.2.1/32"), ip_network("2001:db8:1::/48"))
PEER: Final = "10.0.0.1"


def named(
    *lines: tuple[str, str],
    peer: str = PEER,
    header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for",
) -> tuple[str, str]:
    """Return the client, and the scheme that it came by, after these header lines."""
    scope: dict[str, Any] = {
        "client": (peer, 4711),
        "scheme": "http",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in lines],
    }
    Proxies(NETWORKS, header).name_client(scope)
    return scope["client"][0], scope["scheme"]


def x(*values: str, **options: Any) -> str:
    return named(*(("X-Forwarded-For", value) for value in values), **options)[0]


def forwarded(*values: str) -> tuple[str, str]:
    return named(*(("Forwarded", value) for value in values), header="forwarded")


@pytest.mark.parametrize(
    ("values", "client"),
    [
        (["203.0.113.7"], "203.0.113.7"), (["6.6.6.6, 203.0.113.7"], "203.0.113.7"),
        (["203.0.113.7, 10.1.1.1, 192.0.2.1"], "203.0.113.7"), (["6.6.6.6", "203.0.113.7"], "203.0.113.7"),
        (["10.1.1.1"], "10.1.1.1"), (["203.0.113.7:80"], "203.0.113.7"), (["[2001:db8::7]:80"], "2001:db8::7"),
        (["2001:db8::7"], "2001:db8::7"), (["2001:db8:1::1,10.1.1.1"], "2001:db8:1::1"),
        (["::ffff:203.0.113.7"], "203.0.113.7"), (["6.6.6.6, nobody"], PEER), ([""], PEER), ([], PEER),
        (["203.0.113.7,"], PEER), (["6.6.6.6, unknown, 10.1.1.1"], "10.1.1.1"), (["fe80::1%\x1b[2J"], PEER),
        (["203.0.113.007"], PEER), (["\xe9"], PEER), (["1.2.3"], PEER),
    ],
)  # fmt: skip
def test_the_list_is_read_from_the_right(values: list[str], client: str) -> None:
    """As far as trusted proxies wrote it; what cannot be read ends it."""
    assert x(*values) == client


@pytest.mark.parametrize("peer", ["203.0.113.9", "192.0.2.2", "2001:db8:2::1", "::1", ""])
def test_nobody_else_is_believed(peer: str) -> None:
    """Who is in no trusted network is the client, no matter what is sent."""
    assert named(("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Proto", "https"), peer=peer) == (peer, "http")


def test_a_proxy_that_came_by_ipv6_is_the_same() -> None:
    """An IPv4 address that a socket of both kinds shows as IPv6 is in its network."""
    assert x("203.0.113.7", peer="::ffff:10.0.0.1") == "203.0.113.7"


@pytest.mark.parametrize(
    ("sent", "scheme"),
    [("https", "https"), ("HTTPS", "https"), ("http, https", "https"), ("ftp", "http"), ("", "http")],
)
def test_the_scheme_is_the_last_one_named(sent: str, scheme: str) -> None:
    """What the nearest proxy said; anything but http and https is ignored."""
    assert named(("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", sent))[1] == scheme


@pytest.mark.parametrize(
    ("values", "client", "scheme"),
    [
        (["for=203.0.113.7"], "203.0.113.7", "http"),
        (["for=6.6.6.6;proto=http, For=203.0.113.7; Proto=HTTPS;by=10.0.0.1"], "203.0.113.7", "https"),
        (['for="[2001:db8::7]:4711"'], "2001:db8::7", "http"),
        (["for=203.0.113.7;proto=https, for=10.1.1.1"], "203.0.113.7", "https"),
        (["for=6.6.6.6, for=unknown"], PEER, "http"), (["for=6.6.6.6, for=_hidden"], PEER, "http"),
        (['for="6.6.6.6'], PEER, "http"), (['for="x', "for=203.0.113.7"], "203.0.113.7", "http"),
        (["for=6.6.6.6;for=7.7.7.7"], PEER, "http"), (["by=10.0.0.1"], PEER, "http"),
        (["203.0.113.7"], PEER, "http"),
    ],
)  # fmt: skip
def test_forwarded_is_read_as_rfc_7239_has_it(values: list[str], client: str, scheme: str) -> None:
    """Quoted or not, with ports and other parameters; from the right; what cannot be read names nobody."""
    assert forwarded(*values) == (client, scheme)


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded"])
def test_one_header_is_believed(header: Literal["x-forwarded-for", "forwarded"]) -> None:
    """A proxy that writes one of them hands the other on as its client has sent it."""
    sent = ("X-Forwarded-For", "203.0.113.7"), ("Forwarded", "for=6.6.6.6")
    assert named(*sent, header=header)[0] == ("203.0.113.7" if header == "x-forwarded-for" else "6.6.6.6")


def test_long_lists_are_cut() -> None:
    """A head full of addresses of proxies takes no longer than the last few of them."""
    begun_s = time.monotonic()
    assert x(",".join(["10.1.1.1"] * 7_000)) == "10.1.1.1"
    assert x(",".join(["6.6.6.6"] + ["10.1.1.1"] * HOPS_MAX)) == "10.1.1.1"
    assert time.monotonic() - begun_s < 1.0


@pytest.mark.parametrize("wrong", ["proxy.example", "10.0.0.1/8", "0.0.0.0/0", "::/0", "10.0.0.0/33", "*"])
def test_what_names_no_proxy_is_refused(wrong: str) -> None:
    """A name, a network with a part of a host in it, and all addresses are no list of proxies."""
    with pytest.raises(SettingsRefused, match="TRUSTED_PROXIES"):
        load_settings({"TRUSTED_PROXIES": f"127.0.0.1, {wrong}"})


def test_networks_and_addresses_are_taken() -> None:
    """With blanks, or an empty place, between."""
    settings = load_settings({"TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8,::1,"})
    assert [str(each) for each in settings.trusted_networks] == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]
