"""Who may have a password hashed: so many, half of them from one source, and nobody who has left (SV-9)."""

import asyncio
import threading
from contextlib import ExitStack
from typing import Any, Final

import pytest
from argon2 import PasswordHasher
from starlette.requests import ClientDisconnect, Request

from reference_app.accounts import password_rules, passwords
from reference_app.accounts.errors import BadPassword, PasswordsBusy
from reference_app.accounts.passwords import NOBODYS, NOBODYS_FAST, THREADS, Passwords
from reference_app.web.leaving import while_there

COMPOSED: Final = "caf\u00e9 cr\u00e8me br\u00fbl\u00e9e"
DECOMPOSED: Final = "cafe\u0301 cre\u0300me bru\u0302le\u0301e"
ADDRESS: Final = "ada@people.example"


def test_one_source_has_half_of_the_places() -> None:
    """The others are there for those who come from elsewhere, until all are taken; a place is given back."""
    queue = Passwords(fast=True, waiting_max=6)
    for _ in range(2):
        with ExitStack() as held:
            for source in ("a", "b"):
                for _ in range(4):
                    held.enter_context(queue.place(source))
                with pytest.raises(PasswordsBusy):
                    held.enter_context(queue.place(source))
            with pytest.raises(PasswordsBusy):
                held.enter_context(queue.place("c"))
    queue.close()


def test_what_nobody_waits_for_is_not_begun() -> None:
    """Those who leave while they wait cost nothing; who waits too long is told so."""
    may_go_on = threading.Event()
    begun: list[str] = []

    def slow(password: str) -> str:
        begun.append(password)
        may_go_on.wait(10)
        return password

    async def story() -> None:
        queue = Passwords(fast=True, wait_s_max=0.2)
        queue.hash_now = slow  # type: ignore[method-assign]
        first = [asyncio.ensure_future(queue.hashed(f"held {number}")) for number in range(THREADS)]
        left = [asyncio.ensure_future(queue.hashed("left")) for _ in range(20)]
        late = asyncio.ensure_future(queue.hashed("late"))
        await asyncio.sleep(0.05)
        for each in left:
            each.cancel()
        with pytest.raises(PasswordsBusy):
            await late
        may_go_on.set()
        await asyncio.gather(*first, *left, return_exceptions=True)
        assert await queue.hashed("last") == "last"
        queue.close()

    asyncio.run(story())
    assert begun == [*(f"held {number}" for number in range(THREADS)), "last"]


@pytest.mark.parametrize(("is_fast", "made"), [(False, NOBODYS), (True, NOBODYS_FAST)])
def test_what_stands_for_nobody_costs_as_much_from_the_first_on(
    monkeypatch: pytest.MonkeyPatch, *, is_fast: bool, made: str
) -> None:
    """It has the parameters of new hashes, and is not made when it is first needed."""
    queue = Passwords(fast=is_fast)
    assert not queue._hasher.check_needs_rehash(made)
    monkeypatch.setattr(PasswordHasher, "hash", _never)
    looked_at: list[str] = []
    verify = queue._hasher.verify

    def noting(_hasher: PasswordHasher, made_before: str, password: str) -> bool:
        looked_at.append(made_before)
        return verify(made_before, password)

    monkeypatch.setattr(PasswordHasher, "verify", noting)
    assert not asyncio.run(queue.fits("nobody's password", ""))
    assert looked_at == [made]
    queue.close()


def test_a_password_fits_in_every_form_of_unicode() -> None:
    """New ones are hashed in one form; a hash from before, of the password as it came, fits still."""
    queue = Passwords(fast=True)
    new, old = queue.hash_now(DECOMPOSED), queue._hasher.hash(DECOMPOSED)

    async def fits(password: str, made: str) -> bool:
        return await queue.fits(password, made)

    assert [asyncio.run(fits(each, new)) for each in (COMPOSED, DECOMPOSED, "cafe creme brulee")] == [
        True, True, False,
    ]  # fmt: skip
    assert asyncio.run(fits(DECOMPOSED, old))
    queue.close()


@pytest.mark.parametrize(
    "password",
    [
        "11 letters.", "cafe\u0301 cre\u0300me", "qwerty123456", "QWERTY123456", "\uff51werty123456",
        "passwordpassword", "passwordpasswordpass", "a" * 256, "ab" * 20, "abcabcabcabca", ADDRESS, ADDRESS.upper(),
    ],
)  # fmt: skip
def test_a_password_that_everybody_tries_is_refused(password: str) -> None:
    """Too short in its one form, common in any case or width, repeated, or the address."""
    with pytest.raises(BadPassword):
        password_rules.chosen(password, ADDRESS)


@pytest.mark.parametrize("password", ["12 letters..", COMPOSED, "correct horse battery", "ada lovelace 1815"])
def test_any_other_is_taken(password: str) -> None:
    """No digits and no signs are asked for."""
    assert password_rules.chosen(password, ADDRESS) == password


def test_the_list_has_ten_thousand_and_more() -> None:
    """As many as the standard of this requirement asks for."""
    assert len(password_rules.common()) > 10_000
    assert {"123456", "password", "administrator"} <= password_rules.common()


@pytest.mark.parametrize("says", ["http.disconnect", "http.request"])
def test_work_ends_with_its_client(says: str) -> None:
    """It is cancelled when the client leaves, and goes on where that cannot be known."""
    ended: list[str] = []

    async def work() -> str:
        try:
            await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise
        return "done"

    async def receive() -> Any:
        return {"type": says}

    async def story() -> None:
        request = Request({"type": "http", "headers": []}, receive)
        if says == "http.request":
            assert await while_there(request, work()) == "done"
            return
        with pytest.raises(ClientDisconnect):
            await while_there(request, work())

    asyncio.run(story())
    assert ended == (["cancelled"] if says == "http.disconnect" else [])


def _never(*_: object) -> str:
    raise AssertionError("a hash was made")


def test_the_threads_are_few() -> None:
    """Each takes 64 MiB."""
    assert passwords.THREADS <= 4
