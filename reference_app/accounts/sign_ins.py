"""Whether a password is right, asked so that nobody can try many, and nobody can keep others from signing in.

An attempt is counted as failed before the password is looked at, and taken back if it was right: so many attempts
at the same moment are as many attempts. What is counted stands in the database, so that all servers share it and a
restart forgets nothing (`docs/decisions/0041-sign-ins-are-limited-in-the-database.md`):

- from a source where the account has signed in before: the two together, and nothing else. So no failures of a
  stranger keep an owner out who comes from where they always come.
- from anywhere else: the account, and the source.

After a number of failures each further one doubles the time until the next attempt, from a second to a bound. An
attempt in that time is refused, is not looked at, and prolongs nothing. Accounts that are not there count alike.
"""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from reference_app.accounts import sign_in_store
from reference_app.accounts.errors import PasswordsBusy, TooManyFailures, WrongPassword
from reference_app.accounts.metrics import SignInMetrics
from reference_app.accounts.passwords import Passwords
from reference_app.accounts.sign_in_store import Failures
from reference_app.accounts.store import Account
from reference_app.accounts.visitors import Visitor
from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict

DIGEST_CHARACTERS: Final = 32
CLEAN_EVERY: Final = timedelta(seconds=60)
DOUBLINGS_MAX: Final = 20
FAILED: Final = "accounts.sign_in_failed"
GRANTED: Final = "accounts.signed_in"

Find = Callable[[Connection], Account | None]
"""Finds whose password it may be. Called in the transaction that counts the attempt."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many passwords may be tried."""

    account_failures: int
    """So many failures of an account cost no time."""
    source_failures: int
    """The same of a source, whichever the accounts."""
    delay_s_max: int
    forget_s: int
    """After so many seconds without a failure there was none."""
    rows_max: int


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try, which counts as failed until it is taken back."""

    account: Account
    keys: Mapping[str, int]
    """What it is counted under, each with the failures that cost no time."""
    forgotten: str
    """The key of which nothing is left when the password was right."""


class SignIns:
    """The attempts of one process."""

    def __init__(
        self, database: Database, clock: Clock, passwords: Passwords, limits: Limits, metrics: SignInMetrics
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._limits = limits
        self._metrics = metrics
        self._cleaned_at: datetime | None = None

    async def granted(self, find: Find, named: str, password: str, visitor: Visitor) -> Account:
        """Return the account that `find` finds, if the password is its own.

        Raises:
            WrongPassword: it is not, or there is no such account: the same for both, and as late.
            TooManyFailures: too many were wrong; it says when to ask again.
            PasswordsBusy: too many are being looked at; nothing was counted.

        """
        with self._metrics.counted(), self._passwords.place(visitor.source):
            await self._clean(visitor)
            attempt = await self._database.write(self._count, find, named, visitor.source)
            try:
                fits = await self._passwords.fits(password, attempt.account.password_hash)
            except PasswordsBusy:
                await self._database.write(sign_in_store.take_back, attempt.keys)
                raise
            if not fits:
                visitor.log.warning(FAILED, **about(attempt.account, visitor))
                raise WrongPassword
            await self._took_back(attempt, visitor.source)
            visitor.log.info(GRANTED, **about(attempt.account, visitor))
            return attempt.account

    def _count(self, connection: Connection, find: Find, named: str, source: str) -> _Attempt:
        now = self._clock()
        account = find(connection) or Account(0, named, "", 0)
        limits = self._limits
        is_known = sign_in_store.is_known(connection, account.id, source, now)
        both, alone, everywhere = counted_under(account.email, source)
        keys = (
            {both: limits.account_failures}
            if is_known
            else {alone: limits.account_failures, everywhere: limits.source_failures}
        )
        found = sign_in_store.failures(connection, keys, now)
        counts = {key: self._counted(found.get(key), now) for key in keys}
        left_s = max(self._left_s(found.get(key), counts[key], keys[key], now) for key in keys)
        if left_s > 0:
            raise TooManyFailures(retry_after_s=min(math.ceil(left_s), limits.delay_s_max))
        sign_in_store.count(connection, {key: counts[key] + 1 for key in keys}, now)
        return _Attempt(account, keys, forgotten=both)

    def _counted(self, found: Failures | None, now: datetime) -> int:
        """Return how many failures count still."""
        is_forgotten = found is None or abs((now - found.last_at).total_seconds()) > self._limits.forget_s
        return 0 if found is None or is_forgotten else found.count

    def _left_s(self, found: Failures | None, failures: int, free: int, now: datetime) -> float:
        """Return how long to wait, never longer than the bound, however the clock was set."""
        if found is None or failures < free:
            return 0.0
        delay_s = min(1 << min(failures - free, DOUBLINGS_MAX), self._limits.delay_s_max)
        return delay_s - max(0.0, (now - found.last_at).total_seconds())

    async def _took_back(self, attempt: _Attempt, source: str) -> None:
        def work(connection: Connection) -> None:
            sign_in_store.take_back(connection, attempt.keys, forgotten=attempt.forgotten)
            sign_in_store.remember(connection, attempt.account.id, source, self._clock())

        try:
            await self._database.write(work)
        except Conflict:
            raise WrongPassword from None  # the account was deleted meanwhile

    async def _clean(self, visitor: Visitor) -> None:
        """Forget what is too old or too much, once in a while: who makes rows pays for it."""
        now = self._clock()
        if self._cleaned_at is not None and abs(now - self._cleaned_at) < CLEAN_EVERY:
            return
        self._cleaned_at = now
        kept, rows_max = timedelta(seconds=self._limits.forget_s), self._limits.rows_max
        _, over = await self._database.write(sign_in_store.clean, now, kept, rows_max)
        if over:
            self._metrics.forgotten.inc(over)
            visitor.log.warning("accounts.failures_forgotten", rows=over, rows_max=rows_max)


def about(account: Account, visitor: Visitor) -> dict[str, object]:
    """Return what the log says of a sign-in: whose, if anybody's, what it counts under, where it came from."""
    _, alone, _ = counted_under(account.email, visitor.source)
    return {"user": account.id or None, "counted_under": alone, "peer": visitor.host}


def counted_under(address: str, source: str) -> tuple[str, str, str]:
    """Return the keys of the two together, of the account and of the source; none of them holds the address."""
    name = _digest(address)
    return f"pair:{_digest(name + source)}", f"account:{name}", f"source:{source}"


def _digest(text: str) -> str:
    """Return what stands for a text that is not to be stored."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_CHARACTERS]
