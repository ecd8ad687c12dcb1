"""The rules of accounts: who may register, what a token says, whom the development bypass makes.

Knows nothing of HTTP or SQL. Roles beyond *admin* do not exist.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Final

import jwt
from jwt.types import Options

from reference_app.accounts import password_rules, store
from reference_app.accounts.addresses import checked
from reference_app.accounts.errors import BadDevUser, EmailTaken, WrongPassword
from reference_app.accounts.passwords import Passwords
from reference_app.accounts.sign_ins import SignIns
from reference_app.accounts.store import Account, Farewell, NewUser, User, Welcome
from reference_app.accounts.visitors import Visitor
from reference_app.addresses import one_form
from reference_app.callers import Caller
from reference_app.clock import Clock
from reference_app.database.engine import Database
from reference_app.database.errors import Conflict
from reference_app.errors import NotAuthenticated
from reference_app.idempotency.errors import KeyUsedOtherwise
from reference_app.idempotency.store import Bounds, FirstAnswer

ALGORITHM: Final = "HS256"
TOKENS_KEPT_MAX: Final = 4_096
"""Tokens whose signature was verified once, in each process: to verify it takes as long as the rest of a read."""
DEV_ID_MAX: Final = 2**31 - 1
DEV_ID_DIGITS_MAX: Final = 10
DEV_EXTERNAL_ID_LENGTH_MAX: Final = 128


class Accounts:
    """Registration, login, tokens and the bypass's users."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        secret_key: str,
        token_ttl_s: int,
        keys: Bounds,
        passwords: Passwords,
        sign_ins: SignIns,
        welcome: Sequence[Welcome] = (),
        farewell: Sequence[Farewell] = (),
    ) -> None:
        """Keep accounts in `database`; systems do their part for a user who comes or goes.

        Args:
            database: where users are kept.
            clock: what *now* is.
            secret_key: signs the tokens.
            token_ttl_s: how long a token counts, in seconds.
            keys: how long the keys of registrations are known.
            passwords: hashes them; closed with this.
            sign_ins: says whether a password is right.
            welcome: done in the transaction that makes a user of the bypass.
            farewell: done in the transaction that removes a user, before the user is gone.

        """
        self._database = database
        self._clock = clock
        self._secret_key = secret_key
        self._keys = keys
        self._token_ttl = timedelta(seconds=token_ttl_s)
        self._welcome = tuple(welcome)
        self._farewell = tuple(farewell)
        self._passwords = passwords
        self._sign_ins = sign_ins
        # Whose token is good stays so: only its end is looked at each time.
        self._claims = lru_cache(TOKENS_KEPT_MAX)(self._signed_claims)

    async def register(self, email: str, password: str, source: str) -> User:
        """Make an account. Raises `BadAddress`, `BadPassword`, `PasswordsBusy` or `EmailTaken`."""
        new = await self._new(email, password, source)
        try:
            return await self._database.write(store.add, new)
        except Conflict:
            raise EmailTaken from None

    async def register_once(
        self,
        email: str,
        password: str,
        key: tuple[str, str],
        answer: Callable[[User], FirstAnswer],
        visitor: Visitor,
    ) -> FirstAnswer:
        """Make an account, once a key; return the first answer to the key, which is of one address.

        Args:
            email: the address.
            password: the password.
            key: the request's route and idempotency key.
            answer: what is answered for the user who was made.
            visitor: who asks.

        Raises:
            BadAddress, BadPassword, PasswordsBusy: as of `register`.
            EmailTaken: there is an account with this address, which no request with this key made.
            KeyUsedOtherwise: a request with this key made it with another password.
            TooManyFailures: as of a sign-in, which the password of a repeated request is.

        """
        new = await self._new(email, password, visitor.source)
        try:
            return await self._database.write(store.add_once, new, key, self._keys, answer)
        except Conflict:
            return await self._registered(new, password, key, visitor)

    async def login(self, email: str, password: str, visitor: Visitor) -> str:
        """Return a token for the account. Raises what `SignIns.granted` does."""
        address, typed = one_form(email), email.lower()
        account = await self._sign_ins.granted(
            lambda connection: store.account(connection, address, typed), address, password, visitor
        )
        return self._token(account)

    async def change_password(self, user_id: int, old: str, new: str, visitor: Visitor) -> None:
        """Put another password in place of the old one; all tokens of the account end.

        Raises:
            BadPassword: the new one may not be chosen.
            WrongPassword: the old one is not right, or another change came first.
            TooManyFailures, PasswordsBusy: as of a sign-in.

        """
        account = await self._sign_ins.granted(
            lambda connection: store.account_of(connection, user_id), "", old, visitor
        )
        chosen = password_rules.chosen(new, account.email)
        with self._passwords.place(visitor.source):
            made = await self._passwords.hashed(chosen)
        if not await self._database.write(store.change_password, account, made):
            raise WrongPassword
        visitor.log.info("accounts.password_changed", user=account.id, peer=visitor.host)

    def caller_of_token(self, token: str) -> Caller:
        """Return whom the token names, who is still to be looked up.

        Raises:
            NotAuthenticated: it is forged, or expired.

        """
        user_id, epoch = self._named_by(token)
        if not user_id:
            raise NotAuthenticated
        return Caller(user_id, store.by_ids, token_epoch=epoch)

    async def known(self, caller: Caller) -> None:
        """Look the caller up. Raises `NotAuthenticated`: the user is gone."""
        await self._database.read(caller.look_up)

    async def dev_user(self, external_id: str | None, user_id: str | None) -> Caller:
        """Return the user whom the development headers name; make them, with a natal chart, on first sight.

        Raises:
            BadDevUser: the header's text can be no user.

        """
        new = self._numbered(user_id) if user_id is not None else self._named(external_id or "")
        user = await self._database.read(store.find, new) or await self._make(new)
        return Caller(user.id, store.by_ids, user)

    async def remove(self, user_id: int) -> None:
        """Delete the user and all that the systems keep of theirs, at once or not at all.

        Raises:
            NotAuthenticated: another deletion came first, and the user is gone.

        """
        if not await self._database.write(store.remove, user_id, self._farewell):
            raise NotAuthenticated

    def close(self) -> None:
        """End the threads."""
        self._passwords.close()

    async def _new(self, email: str, password: str, source: str) -> NewUser:
        """Return the user who is to be made. Raises as `register`."""
        address = checked(email)
        chosen = password_rules.chosen(password, address)
        with self._passwords.place(source):
            return NewUser(address, await self._passwords.hashed(chosen), self._clock())

    async def _registered(
        self, new: NewUser, password: str, key: tuple[str, str], visitor: Visitor
    ) -> FirstAnswer:
        """Return how the request was answered that made the account, if it is this one. Raises as `register_once`.

        The password is looked at as at a sign-in, or somebody who knows the key could try any number of them.
        """
        first = await self._database.read(store.registered, new, key, self._keys)
        if first is None:
            raise EmailTaken
        try:
            await self._sign_ins.granted(
                lambda connection: store.account(connection, new.email, new.email),
                new.email,
                password,
                visitor,
            )
        except WrongPassword:
            raise KeyUsedOtherwise from None
        return first

    async def _make(self, new: NewUser) -> User:
        try:
            return await self._database.write(store.add_welcome, new, self._welcome)
        except Conflict:
            # Another request with the same header was first.
            found = await self._database.read(store.find, new)
            if found is None:
                raise
            return found

    def _numbered(self, user_id: str) -> NewUser:
        # Python refuses to read numbers of thousands of digits; nobody needs a longer one than the largest id.
        if not (user_id.isascii() and user_id.isdigit() and len(user_id) <= DEV_ID_DIGITS_MAX):
            raise BadDevUser
        number = int(user_id)
        if not 1 <= number <= DEV_ID_MAX:
            raise BadDevUser
        # Another domain than that of external ids, which may be any text and so could spell this address too.
        return NewUser(f"dev-user-{number}@number.dev.invalid", "", self._clock(), id=number)

    def _named(self, external_id: str) -> NewUser:
        if not external_id.isprintable() or not 1 <= len(external_id) <= DEV_EXTERNAL_ID_LENGTH_MAX:
            raise BadDevUser
        return NewUser(f"{external_id}@dev.invalid", "", self._clock())

    def _token(self, account: Account) -> str:
        now = self._clock()
        claims = {
            "sub": str(account.id),
            "epoch": account.token_epoch,
            "iat": now,
            "exp": now + self._token_ttl,
        }
        return jwt.encode(claims, self._secret_key, ALGORITHM)

    def _named_by(self, token: str) -> tuple[int, int]:
        """Return the user whom a token names, and the token's epoch; 0 and 0 where it names nobody."""
        try:
            user_id, epoch, end_s = self._claims(token)
        except (jwt.InvalidTokenError, TypeError, ValueError):
            return 0, 0
        return (user_id, epoch) if end_s > self._clock().timestamp() else (0, 0)

    def _signed_claims(self, token: str) -> tuple[int, int, float]:
        """Return user, epoch and end of a token, in seconds since 1970; raises where it is not ours."""
        # The end is compared with our own clock, which scenarios move; PyJWT knows only the machine's.
        options: Options = {"require": ["sub", "exp"], "verify_exp": False, "verify_iat": False}
        claims = jwt.decode(token, self._secret_key, [ALGORITHM], options=options)
        # Tokens from before there were epochs are of the first one.
        return int(claims["sub"]), int(claims.get("epoch", 0)), float(claims["exp"])
