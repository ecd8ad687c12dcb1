"""Accounts over HTTP."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from reference_app.accounts.errors import EmailTaken, WrongPassword
from reference_app.accounts.schemas import Account, Credentials, LoginForm, Token
from reference_app.accounts.service import Accounts
from reference_app.errors import DatabaseUnavailable
from reference_app.web.bodies import answer, read_form, read_json
from reference_app.web.operations import Operation, caller_of


def operations(accounts: Accounts) -> Sequence[Operation]:
    """Return the operations on accounts."""

    async def register(request: Request) -> Response:
        credentials = await read_json(request, Credentials)
        user = await accounts.register(credentials.email, credentials.password)
        return answer(Account(user.id, user.email), 201)

    async def login(request: Request) -> Response:
        form = await read_form(request, LoginForm)
        return answer(Token(await accounts.login(form.username, form.password)))

    async def delete_me(request: Request) -> Response:
        await accounts.remove(caller_of(request).id)
        return Response(status_code=204)

    return (
        Operation(
            method="POST", path="/api/auth/register", summary="Make an account", endpoint=register,
            status=201, takes=Credentials, gives=Account, raises=(EmailTaken, DatabaseUnavailable),
        ),
        Operation(
            method="POST", path="/api/auth/login", summary="Get a token for an account", endpoint=login,
            takes_form=LoginForm, gives=Token, raises=(WrongPassword, DatabaseUnavailable),
        ),
        Operation(
            method="DELETE", path="/api/me", summary="Delete my account and all that is mine",
            endpoint=delete_me, status=204, authenticated=True,
        ),
    )  # fmt: skip
