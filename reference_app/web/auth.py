"""Who asks: a bearer token, or in development with `DEV_AUTH_BYPASS=1` a header that names a user.

Outside development the two headers are not even read.
"""

from functools import wraps
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from reference_app.accounts.errors import NotAuthenticated
from reference_app.accounts.service import Accounts
from reference_app.accounts.store import User
from reference_app.web.operations import Endpoint

USER_ID_HEADER: Final = "X-Dev-User-Id"
EXTERNAL_ID_HEADER: Final = "X-Dev-External-Id"


class Auth:
    """Authenticates requests."""

    def __init__(self, accounts: Accounts, *, dev_bypass: bool) -> None:
        self._accounts = accounts
        self._dev_bypass = dev_bypass

    def required(self, endpoint: Endpoint) -> Endpoint:
        """Return `endpoint` for authenticated callers only, with `request.state.user` set."""

        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            request.state.user = await self._user(request)
            return await endpoint(request)

        return guarded

    async def _user(self, request: Request) -> User:
        if self._dev_bypass:
            external_id = request.headers.get(EXTERNAL_ID_HEADER)
            user_id = request.headers.get(USER_ID_HEADER)
            if external_id is not None or user_id is not None:
                return await self._accounts.dev_user(external_id, user_id)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise NotAuthenticated
        return await self._accounts.user_of_token(token.strip())
