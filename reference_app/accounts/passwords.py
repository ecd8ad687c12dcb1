"""Passwords: argon2 in a bounded pool of threads, since each hash takes tens of milliseconds and 64 MiB.

Promises: no more than so many wait for a thread, of which one source has half at most; nobody waits longer than is
set. What nobody waits for any more is not begun. A password for an account that is not there is looked at for as
long as any other, from the first one on: the hash that it is compared with is made already.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reference_app.accounts import password_rules
from reference_app.accounts.errors import PasswordsBusy

THREADS: Final = 2
FAST_KIB: Final = 64
"""How much memory a hash takes in development; otherwise it is a thousand times that, and four threads."""
WAITING_MAX: Final = 64
WAIT_S_MAX: Final = 5.0
SHARE: Final = 2
"""One source has no more than this part of the places."""
NOBODYS: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$OWP2jI41JbI4ZKGPvBfMrQ$NYgQBWqtpvvN0s3DpWZMfsxPcHSio7RUK0y7EWo2ayY"
)
NOBODYS_FAST: Final = (
    "$argon2id$v=19$m=64,t=1,p=1$jEwGMFFaY6Q7skW63lGjAw$uUvv1+H6rK/KHteq3WID5dD+wHJFcCRRxg+86Vp7K70"
)
"""What is compared with where there is no account, made with the same parameters as hashes are."""

T = TypeVar("T")


class Passwords:
    """Hashes and checks passwords."""

    def __init__(
        self, *, fast: bool = False, waiting_max: int = WAITING_MAX, wait_s_max: float = WAIT_S_MAX
    ) -> None:
        """Hash as argon2-cffi suggests, or `fast`: for development only."""
        self._hasher = (
            PasswordHasher(time_cost=1, memory_cost=FAST_KIB, parallelism=1) if fast else PasswordHasher()
        )
        self._nobodys = NOBODYS_FAST if fast else NOBODYS
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._places_max = THREADS + waiting_max
        self._wait_s_max = wait_s_max
        self._held: Counter[str] = Counter()
        """How many places each source has; nothing of those that have none."""

    @contextmanager
    def place(self, source: str) -> Iterator[None]:
        """Have a place among those who are at work or wait, for as long as the block lasts.

        Raises:
            PasswordsBusy: there is none, or the source has its share.

        """
        of_one = max(1, self._places_max // SHARE)
        if self._held.total() >= self._places_max or self._held[source] >= of_one:
            raise PasswordsBusy
        self._held[source] += 1
        try:
            yield
        finally:
            self._held[source] -= 1
            self._held += Counter()  # drops those that have none

    async def hashed(self, password: str) -> str:
        """Return the hash to keep. Raises PasswordsBusy: its turn did not come in time."""
        return await self._in_thread(lambda: self.hash_now(password))

    async def fits(self, password: str, password_hash: str) -> bool:
        """Whether the password is the one that was hashed; an empty hash fits none. Raises PasswordsBusy."""
        return await self._in_thread(lambda: self._fits(password, password_hash))

    def hash_now(self, password: str) -> str:
        """Hash in the calling thread, for commands."""
        return self._hasher.hash(password_rules.one_form(password))

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        # A future that is cancelled, or too late, is not begun; what is begun ends.
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            async with asyncio.timeout(self._wait_s_max):
                return await running
        except TimeoutError:
            raise PasswordsBusy from None

    def _fits(self, password: str, password_hash: str) -> bool:
        # Before there was one form, passwords were hashed as they came.
        forms = dict.fromkeys((password_rules.one_form(password), password))
        # All of them, whether one fits or not: how long it takes says nothing.
        fitting = [form for form in forms if self._verified(form, password_hash)]
        return bool(fitting)

    def _verified(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash or self._nobodys, password) and bool(password_hash)
        except (VerificationError, InvalidHashError):
            return False
