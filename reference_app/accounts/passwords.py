"""Passwords: argon2 in a bounded pool of threads, since each hash takes tens of milliseconds and 64 MiB."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

THREADS: Final = 2
FAST_KIB: Final = 64
"""How much memory a hash takes in development; otherwise it is a thousand times that, and four threads."""


class Passwords:
    """Hashes and checks passwords."""

    def __init__(self, *, fast: bool = False) -> None:
        """Hash as argon2-cffi suggests, or `fast`: for development only."""
        self._hasher = (
            PasswordHasher(time_cost=1, memory_cost=FAST_KIB, parallelism=1) if fast else PasswordHasher()
        )
        self._decoy = ""
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")

    async def hashed(self, password: str) -> str:
        """Return the hash to keep."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def fits(self, password: str, password_hash: str) -> bool:
        """Whether the password is the one that was hashed; an empty hash fits none."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._fits, password, password_hash
        )

    def hash_now(self, password: str) -> str:
        """Hash in the calling thread, for commands."""
        return self._hasher.hash(password)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _fits(self, password: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash or self._nobodys_hash(), password) and bool(
                password_hash
            )
        except (VerificationError, InvalidHashError):
            return False

    def _nobodys_hash(self) -> str:
        """Return a hash to check against where there is no account, so that the answer takes as long."""
        self._decoy = self._decoy or self._hasher.hash("nobody's password")
        return self._decoy
