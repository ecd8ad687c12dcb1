"""Accounts over HTTP."""

from collections.abc import Coroutine, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from reference_app.accounts.errors import (
    BadAddress,
    BadPassword,
    EmailTaken,
    PasswordsBusy,
    TooManyFailures,
    WrongPassword,
)
from reference_app.accounts.problems import PROBLEMS
from reference_app.accounts.schemas import Account, Credentials, LoginForm, NewPassword, Token
from reference_app.accounts.service import Accounts
from reference_app.accounts.visitors import Visitor
from reference_app.errors import DatabaseUnavailable
from reference_app.idempotency.errors import BadKey, KeyUsedOtherwise
from reference_app.idempotency.keys import KEY_IF_ANY, answered, first_answer, key_of
from reference_app.web.bodies import answer, read_form, read_json
from reference_app.web.leaving import while_there
from reference_app.web.operations import Operation, caller_of, log_of
from reference_app.web.refusals import told_in

T = TypeVar("T")


def operations(accounts: Accounts) -> Sequence[Operation]:
    """Return the operations on accounts."""
    serve = _Endpoints(accounts)
    limited = (WrongPassword, TooManyFailures, PasswordsBusy, DatabaseUnavailable)
    return (
        Operation(
            method="POST", path="/api/auth/register", summary="Make an account", endpoint=serve.register,
            status=201, takes=Credentials, gives=Account, parameters=(KEY_IF_ANY,),
            raises=(
                EmailTaken, BadAddress, BadPassword, PasswordsBusy, TooManyFailures, KeyUsedOtherwise, BadKey,
                DatabaseUnavailable,
            ),
            is_private=True,
            if_unknown="Log in with the same address and password, to see whether the account was made.",
        ),
        Operation(
            method="POST", path="/api/auth/login", summary="Get a token for an account", endpoint=serve.login,
            takes_form=LoginForm, gives=Token, raises=limited, is_private=True,
        ),
        Operation(
            method="POST", path="/api/auth/password", summary="Change my password, and end all my tokens",
            endpoint=serve.change_password, status=204, takes=NewPassword, raises=(BadPassword, *limited),
            who="user",
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
        asked = await read_json(request, Credentials)
        key = key_of(request)
        if key is None:
            work = self._accounts.register(asked.email, asked.password, _visitor(request).source)
            user = await _bounded(request, work)
            return answer(Account(user.id, user.email), 201)
        work_once = self._accounts.register_once(
            asked.email,
            asked.password,
            (request.scope["route"].path, key),
            lambda user: first_answer(201, Account(user.id, user.email)),
            _visitor(request),
        )
        return answered(await _bounded(request, work_once))

    async def login(self, request: Request) -> Response:
        form = await read_form(request, LoginForm)
        work = self._accounts.login(form.username, form.password, _visitor(request))
        return answer(Token(await _bounded(request, work)))

    async def change_password(self, request: Request) -> Response:
        asked = await read_json(request, NewPassword)
        user_id, visitor = caller_of(request).id, _visitor(request)
        await _bounded(
            request, self._accounts.change_password(user_id, asked.old_password, asked.password, visitor)
        )
        return Response(status_code=204)

    async def delete_me(self, request: Request) -> Response:
        await self._accounts.remove(caller_of(request).id)
        return Response(status_code=204)


def _visitor(request: Request) -> Visitor:
    return Visitor(request.client.host if request.client else "", log_of(request))


async def _bounded(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what the work comes to, for as long as its client is there; note when it hits a bound."""
    try:
        return await while_there(request, work)
    except (PasswordsBusy, TooManyFailures) as error:
        told_in(request.scope["state"], PROBLEMS[type(error)], str(error), request.scope.get("client"))
        raise
