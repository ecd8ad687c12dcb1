"""The settings of a foreign target."""

import pytest

from fixtures.run_settings import parse
from fixtures.scenario.capabilities import PURGING, Need, capabilities
from fixtures.verdicts import Inapplicable, UsageError
from reference_app.serving import is_loopback


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("http://shop.example/", "http://shop.example:80"),
        ("https://shop.example", "https://shop.example:443"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_an_address_gets_its_port(given: str, expected: str) -> None:
    """Scheme, host and port are what is kept."""
    settings = parse({"target": given})
    assert expected == settings.target
    assert settings.is_foreign


@pytest.mark.parametrize(
    ("userdata", "expected"),
    [
        ({"target": "http://x:99999"}, "its host or port cannot be read"),
        ({"target": "http://x/?q=1"}, "nothing after it"),
        ({"target": "http://me:hush@x"}, "target='http://x' is not allowed"),
        ({"target": "ftp://x"}, "a URL begins with http:// or https://"),
        ({"target": "http://x", "allow": "loud"}, "did you mean 'load'?"),
        ({"target": "http://x", "target_auth": "jtw"}, "did you mean 'jwt'?"),
        ({"target": "http://x", "target_database": "mysql://me:hush@db/x"}, "'mysql://db/x' is not allowed"),
        ({"target": "http://x", "workers": "2"}, "workers is for servers that the run starts"),
        ({"target": "http://x", "database": "postgres"}, "give target_database"),
        ({"target_database": "sqlite:///x"}, "target_database is for a foreign server"),
        ({"allow": "load"}, "allow is for a foreign server"),
        ({"deviations": "x.toml"}, "deviations is for a foreign server"),
    ],
)
def test_what_cannot_be_is_one_line(userdata: dict[str, str], expected: str) -> None:
    """The line says what is wrong, and repeats no password."""
    with pytest.raises(UsageError) as raised:
        parse(userdata)
    assert expected in str(raised.value)
    assert "hush" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_password_of_the_database_is_not_shown() -> None:
    """What results.json shows of the database is where it is."""
    shown = parse({"target": "http://x", "target_database": "postgresql://me:hush@db/x"}).shown()
    assert shown["target_database"] == "postgresql://db/x"


def test_everything_is_there_on_our_own_servers() -> None:
    """No scenario of ours is inapplicable for want of something."""
    assert capabilities(parse({})).available == frozenset(Need)


@pytest.mark.parametrize(
    ("userdata", "expected"),
    [
        ({"target": "http://127.0.0.1:1"}, {Need.PLAIN_HTTP, Need.LOAD, Need.DELETING}),
        ({"target": "http://shop.example"}, {Need.PLAIN_HTTP}),
        ({"target": "https://shop.example", "allow": "load"}, {Need.LOAD}),
        ({"target": "https://shop.example", "allow": "destructive"}, {Need.DELETING}),
        ({"target": "https://shop.example", "allow": "load,destructive"}, {Need.LOAD, Need.DELETING}),
        (
            {"target": "http://shop.example", "target_auth": "dev", "target_database": "sqlite:///x"},
            {Need.PLAIN_HTTP, Need.DELAY, Need.TABLES, Need.PURGE},
        ),
    ],
)
def test_a_foreign_server_has_what_its_owner_says(userdata: dict[str, str], expected: set[Need]) -> None:
    """Nothing is there that was not given."""
    assert expected == capabilities(parse(userdata)).available


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - an address to judge, not to listen on
        ("10.0.0.1", False),
        ("localhost.example", False),
        ("127.0.0.1.example", False),
        ("", False),
    ],
)
def test_only_this_machine_is_near(host: str, expected: bool) -> None:  # noqa: FBT001
    """All of 127.0.0.0/8 is loopback; a name that may lead anywhere is not."""
    assert expected == is_loopback(host)


def test_what_deletes_must_be_allowed_on_another_machine() -> None:
    """The reason of the scenario says which option to give."""
    there = capabilities(parse({"target": "http://shop.example", "target_auth": "dev"}))
    with pytest.raises(Inapplicable) as raised:
        there.require_all(PURGING)
    assert str(raised.value) == "needs to delete returns on the server: give allow=destructive"


def test_a_purge_needs_a_server_in_development() -> None:
    """With accounts the page is not there, near or far, so a refusal would prove nothing."""
    there = capabilities(parse({"target": "http://127.0.0.1:1", "target_auth": "jwt"}))
    with pytest.raises(Inapplicable) as raised:
        there.require_all(PURGING)
    assert str(raised.value) == Need.PURGE.value
