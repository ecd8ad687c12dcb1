"""Who asks, and whether they may: a bearer token, or in development a header that names a user.

The bypass is `DEV_AUTH_BYPASS=1`; outside development its two headers are not even read. Whom a token or a header
names is the authenticator's to say.
"""

from functools import wraps
from typing import Final, Protocol

from starlette.requests import Request
from starlette.responses import Response

from reference_app.callers import Caller
from reference_app.errors import DatabaseUnavailable, NotAdmin, NotAuthenticated
from reference_app.web.operations import Endpoint, Operation

USER_ID_HEADER: Final = "X-Dev-User-Id"
EXTERNAL_ID_HEADER: Final = "X-Dev-External-Id"


class Authenticator(Protocol):
    """Knows users."""

    def caller_of_token(self, token: str) -> Caller:
        """Return whom the token names, who is still to be looked up. Raises NotAuthenticated."""

    async def known(self, caller: Caller) -> None:
        """Look the caller up. Raises NotAuthenticated: the user is gone."""

    async def dev_user(self, external_id: str | None, user_id: str | None) -> Caller:
        """Return whom the headers of the bypass name; one of them is not None."""


class Auth:
    """Lets in whom an operation is for."""

    def __init__(self, authenticator: Authenticator, *, dev_bypass: bool) -> None:
        self._authenticator = authenticator
        self._dev_bypass = dev_bypass

    def guarded(self, operation: Operation) -> Endpoint:
        """Return the operation's endpoint for those whom it is for, with `request.state.user` set.

        It raises NotAuthenticated for who is nobody, and NotAdmin for a user where only an administrator may ask.
        """
        if operation.who == "anybody":
            return operation.endpoint
        if operation.joins:
            assert operation.who == "user", "an administrator has to be looked up first"
            return self._joining(operation.endpoint)
        return self._looking_first(operation.endpoint, for_admins=operation.who == "admin")

    def _looking_first(self, endpoint: Endpoint, *, for_admins: bool) -> Endpoint:
        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            caller = await self._caller(request)
            if not caller.is_known:
                await self._authenticator.known(caller)
            if for_admins and not caller.is_admin:
                raise NotAdmin
            request.state.user = caller
            return await endpoint(request)

        return guarded

    def _joining(self, endpoint: Endpoint) -> Endpoint:
        """Return the endpoint, with the look-up made up for where it came to none, as before bad input is read."""

        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            caller = request.state.user = await self._caller(request)
            try:
                response = await endpoint(request)
            except (DatabaseUnavailable, NotAuthenticated):
                raise
            except Exception:
                if not caller.is_known:
                    await self._authenticator.known(caller)
                raise
            if not caller.is_known:
                await self._authenticator.known(caller)
            return response

        return guarded

    async def _caller(self, request: Request) -> Caller:
        if self._dev_bypass:
            external_id = request.headers.get(EXTERNAL_ID_HEADER)
            user_id = request.headers.get(USER_ID_HEADER)
            if external_id is not None or user_id is not None:
                return await self._authenticator.dev_user(external_id, user_id)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthenticated
        return self._authenticator.caller_of_token(token.strip())
