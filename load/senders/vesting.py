"""Who has a wallet: reads it, and where there is an administrator, fills it and locks money."""

import itertools
import json
from collections.abc import Iterator
from typing import ClassVar, Final

from load.errands import ErrandFailed, Errands, Person
from load.senders.people import Known
from load.senders.sender import Steady

WALLET: Final = "/api/v1/wallet"
FUNDING: Final = "/api/v1/wallet/funding"
TRANSACTIONS: Final = "/api/v1/transactions"
DEPOSITS: Final = "/api/v1/vaults/AVENIR/deposits"
TIMELINE: Final = "/api/v1/vaults/AVENIR/vesting/timeline"
RELEASE: Final = "/api/v1/admin/vaults/AVENIR/vesting/release"
CURRENCY: Final = "AED"
ENOUGH: Final = "1000000.00"
A_LITTLE: Final = "0.01"


class Saver(Steady, Known):
    """Somebody with money in their wallet."""

    abstract = True
    _keys: ClassVar[Iterator[str]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Give them money. Raises ErrandFailed: in production that takes an administrator."""
        super().prepare(errands)
        cls._keys = (f"load-{errands.mark}-{cls.__name__}-{number}" for number in itertools.count())
        errands.once("money", lambda: errands.each(lambda each: fund(errands, each), cls.people))

    def move(self, path: str, body: str, has: bytes, person: Person) -> None:
        """Move money, by a key of its own."""
        key = {"Idempotency-Key": next(self._keys)}
        self.ask(f"POST {path}", path, has=has, body=body, person=person, more=key)


class Depositor(Saver):
    """Locks a little money, again and again."""

    def send(self) -> None:
        """Lock some."""
        body = json.dumps({"amount": A_LITTLE, "currency": CURRENCY})
        self.move(DEPOSITS, body, b'"release_day"', self.next_person)


class Funder(Saver):
    """Puts a little money into wallets, again and again."""

    def send(self) -> None:
        """Put some into one."""
        person = self.next_person
        self.move(
            FUNDING,
            json.dumps(funding(self.errands, person, A_LITTLE)),
            b'"operation_id"',
            payer(self.errands, person),
        )


class WalletReader(Steady, Known):
    """Reads what they have."""

    def send(self) -> None:
        """Read it."""
        self.ask(
            f"GET {WALLET}", f"{WALLET}?currency={CURRENCY}", has=b'"available"', person=self.next_person
        )


class TransactionReader(Steady, Known):
    """Reads what came and went."""

    def send(self) -> None:
        """Read the newest page."""
        self.ask(f"GET {TRANSACTIONS}", f"{TRANSACTIONS}?limit=20", has=b'"items"', person=self.next_person)


class TimelineReader(Steady, Known):
    """Reads when their money is released."""

    def send(self) -> None:
        """Read it."""
        self.ask(
            f"GET {TIMELINE}", f"{TIMELINE}?currency={CURRENCY}", has=b'"items"', person=self.next_person
        )


class Releaser(Steady):
    """An administrator who asks what a release would do; nothing is released."""

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Need an administrator."""
        if errands.admin is None:
            raise ErrandFailed(
                "a release is asked for by an administrator: give the token in LOAD_ADMIN_TOKEN"
            )

    def send(self) -> None:
        """Ask."""
        path = f"{RELEASE}?currency={CURRENCY}&dry_run=true"
        self.ask(f"POST {RELEASE}", path, has=b'"matured_found"', person=self.errands.admin)


def fund(errands: Errands, person: Person) -> None:
    """Give the person money."""
    key = {"Idempotency-Key": f"load-{errands.mark}-{person.name}"}
    errands.call("POST", FUNDING, payer(errands, person), funding(errands, person, ENOUGH), more=key)


def payer(errands: Errands, person: Person) -> Person:
    """Return who may put money into the person's wallet: an administrator, or in development the person."""
    return errands.admin or person


def funding(errands: Errands, person: Person, amount: str) -> dict[str, object]:
    """Return the request that puts money into the person's wallet."""
    whose = {"user_id": person.id} if errands.admin else {}
    return {"amount": amount, "currency": CURRENCY, **whose}
