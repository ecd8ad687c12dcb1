"""Accounts over HTTP."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from reference_app.accounts.errors import EmailTaken, WrongPassword
from reference_app.accounts.schemas import Account, Credentials, LoginForm, Token
from reference_app.accounts.service import Accounts
from reference_app.errors import DatabaseUnavailable
from reference_app.idempotency.errors import BadKey, KeyUsedOtherwise
from reference_app.idempotency.keys import KEY_IF_ANY, answered, first_answer, key_of
from reference_app.web.bodies import answer, read_form, read_json
from reference_app.web.operations import Operation, caller_of


def operations(accounts: Accounts) -> Sequence[Operation]:
    """Return the operations on accounts."""
    serve = _Endpoints(accounts)
    return (
        Operation(
            method="POST", path="/api/auth/register", summary="Make an account", endpoint=serve.register,
            status=201, takes=Credentials, gives=Account, parameters=(KEY_IF_ANY,),
            raises=(EmailTaken, KeyUsedOtherwise, BadKey, DatabaseUnavailable), is_private=True,
            if_unknown="Log in with the same address and password, to see whether the account was made.",
        ),
        Operation(
            method="POST", path="/api/auth/login", summary="Get a token for an account", endpoint=serve.login,
            takes_form=LoginForm, gives=Token, raises=(WrongPassword, DatabaseUnavailable), is_private=True,
        ),
        Operation(
            method="DELETE", path="/api/me", summary="Delete my account and all that is mine",
            endpoint=serve.delete_me, status=204, who="user",
            if_unknown="Send it again: 401 says that the account is gone.",
        ),
    )  # fmt: skip


class _Endpoints:
    """HTTP in, HTTP out."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def register(self, request: Request) -> Response:
        credentials = await read_json(request, Credentials)
        key = key_of(request)
        if key is None:
            user = await self._accounts.register(credentials.email, credentials.password)
            return answer(Account(user.id, user.email), 201)
        first = await self._accounts.register_once(
            credentials.email,
            credentials.password,
            (request.scope["route"].path, key),
            lambda user: first_answer(201, Account(user.id, user.email)),
        )
        return answered(first)

    async def login(self, request: Request) -> Response:
        form = await read_form(request, LoginForm)
        return answer(Token(await self._accounts.login(form.username, form.password)))

    async def delete_me(self, request: Request) -> Response:
        await self._accounts.remove(caller_of(request).id)
        return Response(status_code=204)
