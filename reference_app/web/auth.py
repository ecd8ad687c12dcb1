"""Who asks, and whether they may: a bearer token, or in development a header that names a user.

The bypass is `DEV_AUTH_BYPASS=1`; outside development its two headers are not even read. Whom a token or a header
names is the authenticator's to say.
"""

from functools import wraps
from typing import Final, Protocol

from starlette.requests import Request
from starlette.responses import Response

from reference_app.errors import NotAdmin, NotAuthenticated
from reference_app.web.operations import Endpoint, Identity, Operation

USER_ID_HEADER: Final = "X-Dev-User-Id"
EXTERNAL_ID_HEADER: Final = "X-Dev-External-Id"


class Authenticator(Protocol):
    """Knows users."""

    async def user_of_token(self, token: str) -> Identity:
        """Return whom the token names. Raises NotAuthenticated."""

    async def dev_user(self, external_id: str | None, user_id: str | None) -> Identity:
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
        endpoint = operation.endpoint
        if operation.who == "anybody":
            return endpoint
        for_admins = operation.who == "admin"

        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            user = await self._user(request)
            if for_admins and not user.is_admin:
                raise NotAdmin
            request.state.user = user
            return await endpoint(request)

        return guarded

    async def _user(self, request: Request) -> Identity:
        if self._dev_bypass:
            external_id = request.headers.get(EXTERNAL_ID_HEADER)
            user_id = request.headers.get(USER_ID_HEADER)
            if external_id is not None or user_id is not None:
                return await self._authenticator.dev_user(external_id, user_id)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthenticated
        return await self._authenticator.user_of_token(token.strip())
