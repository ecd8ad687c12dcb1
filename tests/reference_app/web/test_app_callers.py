"""A caller is looked up in the transaction of what they ask for, and never let in without."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Final, cast

import pytest
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from reference_app.callers import Caller
from reference_app.errors import DatabaseUnavailable, NotAuthenticated
from reference_app.web.auth import Auth
from reference_app.web.bad_input import BadField
from reference_app.web.operations import Endpoint, Operation, caller_of
from tests.reference_app.toys import ToyUser

NO_CONNECTION: Final = cast("Connection", None)


@dataclass
class Users:
    """One user, who may be gone, and what is asked of them."""

    is_gone: bool = False
    looked_up: list[str] = field(default_factory=list)

    def caller_of_token(self, token: str) -> Caller:
        """Return the user, of any token."""
        del token
        return Caller(7, self._find)

    async def known(self, caller: Caller) -> None:
        """Look them up by themselves."""
        self.looked_up.append("by itself")
        caller.look_up(NO_CONNECTION)

    async def dev_user(self, external_id: str | None, user_id: str | None) -> Caller:
        """Know nobody."""
        raise AssertionError((external_id, user_id))

    def _find(self, _connection: Connection, ids: Collection[int]) -> dict[int, ToyUser]:
        self.looked_up.append("found")
        return {} if self.is_gone else {each: ToyUser(each, is_admin=False) for each in ids}


def _work(_connection: Connection) -> str:
    return "done"


async def _joins(request: Request) -> Response:
    return Response(caller_of(request).joined(_work)(NO_CONNECTION))


async def _asks_nothing(_request: Request) -> Response:
    return Response("done")


async def _finds_bad_input(_request: Request) -> Response:
    raise BadField("toy", "is bad")


async def _cannot_reach_it(_request: Request) -> Response:
    raise DatabaseUnavailable


def _asked(users: Users, endpoint: Endpoint, *, joins: bool = True) -> bytes:
    operation = Operation(method="GET", path="/", summary="", endpoint=endpoint, who="user", joins=joins)
    headers = [(b"authorization", b"Bearer x")]
    request = Request({"type": "http", "headers": headers, "state": {}})
    answer: Any = asyncio.run(cast("Any", Auth(users, dev_bypass=False).guarded(operation)(request)))
    return bytes(answer.body)


def test_the_work_looks_up_first() -> None:
    """Once, in the work's own transaction; the work of who is gone is not begun."""
    users = Users()
    assert _asked(users, _joins) == b"done"
    assert users.looked_up == ["found"]
    users.is_gone = True
    with pytest.raises(NotAuthenticated):
        _asked(users, _joins)


def test_who_is_known_is_not_looked_up_again() -> None:
    """The second piece of work is given back as it is."""
    users = Users()
    caller = users.caller_of_token("")
    caller.joined(_work)(NO_CONNECTION)
    assert caller.joined(_work) is _work
    assert users.looked_up == ["found"]


def test_many_are_looked_up_at_once() -> None:
    """Those who are known already are not; who is gone stays unknown."""
    users = Users()
    callers = [users.caller_of_token("") for _ in range(3)]
    callers[0].look_up(NO_CONNECTION)
    Caller.look_up_all(NO_CONNECTION, callers)
    Caller.look_up_all(NO_CONNECTION, callers)
    assert users.looked_up == ["found", "found"]
    assert all(caller.is_known for caller in callers)
    users.is_gone = True
    gone = users.caller_of_token("")
    Caller.look_up_all(NO_CONNECTION, [*callers, gone])
    assert [caller.is_known for caller in (*callers, gone)] == [True, True, True, False]


@pytest.mark.parametrize("endpoint", [_asks_nothing, _finds_bad_input])
def test_what_joins_nothing_is_made_up_for(endpoint: Endpoint) -> None:
    """Who is gone is refused as such, whatever else is wrong with what they sent."""
    users = Users(is_gone=True)
    with pytest.raises(NotAuthenticated):
        _asked(users, endpoint)
    assert users.looked_up == ["by itself", "found"]


def test_bad_input_of_a_user_is_bad_input() -> None:
    """It is said to those who are there."""
    with pytest.raises(BadField):
        _asked(Users(), _finds_bad_input)


def test_a_database_that_is_away_is_not_asked_again() -> None:
    """The request has waited long enough."""
    users = Users()
    with pytest.raises(DatabaseUnavailable):
        _asked(users, _cannot_reach_it)
    assert users.looked_up == []


def test_others_are_looked_up_before() -> None:
    """As administrators are, in any case."""
    users = Users()
    assert _asked(users, _asks_nothing, joins=False) == b"done"
    assert users.looked_up == ["by itself", "found"]
    with pytest.raises(AssertionError, match="looked up first"):
        Auth(users, dev_bypass=False).guarded(
            Operation(method="GET", path="/", summary="", endpoint=_joins, who="admin", joins=True)
        )
