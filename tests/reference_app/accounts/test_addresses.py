"""One form for each address, and one account for each form; what counts as one source (SV-9)."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference_app.accounts.addresses import checked
from reference_app.accounts.errors import BadAddress
from reference_app.accounts.visitors import Visitor
from reference_app.addresses import is_address, one_form
from reference_app.database import migrate

BEFORE: Final = "0011_sign_ins"
NO_LOG: Final = cast("Any", None)


@pytest.mark.parametrize(
    ("spelled", "form"),
    [
        ("Ada@People.EXAMPLE", "ada@people.example"),
        ("\uff21\uff44a@people\u3002example", "ada@people.example"),
        ("ada@people\uff0eexample", "ada@people.example"),
        ("ada@people\uff61example", "ada@people.example"),
        ("stra\u00dfe@people.example", "strasse@people.example"),
        ("STRASSE@people.example", "strasse@people.example"),
        ("cafe\u0301@people.example", "caf\u00e9@people.example"),
        ("ada@M\u00dcNCHEN.example", "ada@m\u00fcnchen.example"),
        ("ada@xn--mnchen-3ya.example", "ada@m\u00fcnchen.example"),
        ("ada@XN--Mnchen-3ya.example", "ada@m\u00fcnchen.example"),
        ("a.d.a+b@people.example", "a.d.a+b@people.example"),
        ("\u0430da@people.example", "\u0430da@people.example"),
    ],
)
def test_spellings_of_one_address_come_to_one_form(spelled: str, form: str) -> None:
    """Case, width, marks and Punycode; not dots, plus signs and letters of another alphabet."""
    assert checked(spelled) == form


@given(
    st.text(st.sampled_from("aA\u00df\u0130\u0301\u212b\ufb01\uff0e\u3002.@-xn1\u1e9e\u03c2"), max_size=30)
)
@settings(max_examples=300, deadline=None)
def test_the_form_of_a_form_is_itself(text: str) -> None:
    """Of every text that can be an address."""
    form = one_form(text)
    if is_address(form):
        assert one_form(form) == form
        assert one_form(form.upper()) == form or "\u0131" in form


@pytest.mark.parametrize(
    "spelled",
    [
        "ada", "ada@people", "@people.example", "ada@people.example.", "ada@.example", "ada@people..example",
        "a da@people.example", "ada\u200b@people.example", "ada\u00ad@people.example", "ada\u202e@people.example",
        "ada\ufe0f@people.example", "\u3164@people.example", "a\uff20b@people.example", "ada\u3000@people.example",
        "\ufdfa" * 60 + "@people.example", "ada@xn--xn--xn--xn--xn--a-----.example",
    ],
)  # fmt: skip
def test_what_cannot_be_seen_or_is_no_address_is_refused(spelled: str) -> None:
    """Nothing is guessed about it."""
    with pytest.raises(BadAddress):
        checked(spelled)


@pytest.mark.parametrize(
    ("host", "source"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("no address" * 20, ("no address" * 20)[:64]),
    ],
)
def test_what_counts_as_one_source(host: str, source: str) -> None:
    """An address of IPv4, and of IPv6 the network that one client has."""
    assert Visitor(host, NO_LOG).source == source


def test_the_migration_loses_nobody(tmp_path: Path) -> None:
    """Each account gets the form; of twins who has it already, or the oldest. The others keep their spelling."""
    file = tmp_path / "old.sqlite3"
    url = f"sqlite:///{file}"
    before = {
        1: ("stra\u00dfe@b.example", "hash"),
        2: ("\uff41da@b.example", "hash"),
        3: ("ada@b.example", "hash"),
        4: ("\ufb01n@b.example", "hash"),
        5: ("f\u0131n@b.example", "hash"),
        6: ("\ufb01n@b\u3002example", "hash"),
        7: ("Any Text\u00df@dev.invalid", ""),
        8: ("ada@b.example.", "hash"),
    }
    migrate.upgrade(url, BEFORE)
    with closing(sqlite3.connect(file)) as connection, connection:
        for number, (email, made) in before.items():
            row = (number, email, made, "2026-01-01 00:00:00.000000")
            connection.execute(
                "INSERT INTO users (id, email, password_hash, created_at) VALUES (?, ?, ?, ?)", row
            )
    migrate.upgrade(url)
    changed = {1: "strasse@b.example", 4: "fin@b.example"}
    for way in ("up", "down and up"):
        if way != "up":
            migrate.downgrade(url, BEFORE)
            migrate.upgrade(url)
        with closing(sqlite3.connect(file)) as connection:
            after = dict(connection.execute("SELECT id, email FROM users"))
        assert after == {number: changed.get(number, email) for number, (email, _) in before.items()}
