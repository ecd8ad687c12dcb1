"""A system of the tests' own: toys, which users may see and administrators may break."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, cast

import msgspec
from pydantic import Field
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from reference_app.callers import Caller
from reference_app.errors import AppError, NotAuthenticated
from reference_app.settings import SystemSettings
from reference_app.system import Built, Context, System
from reference_app.web.bodies import answer
from reference_app.web.operations import Operation, caller_of
from reference_app.web.problem import Problem

STARTED: Final = "started"
ENDED: Final = "ended"


class ToyBroken(AppError):
    """The toy is broken."""


class ToySettings(SystemSettings):
    """How many toys there are, and a switch of development."""

    toys_max: int = 3
    toys_anywhere_asked: bool = Field(default=False, alias="TOYS_ANYWHERE")

    @property
    def larger_bodies(self) -> Mapping[str, int]:
        """Toys are large."""
        return {"/api/toys": 1_000_000}

    def refusals(self) -> list[str]:
        """Refuse the switch outside development."""
        return self.refused_switches({"TOYS_ANYWHERE": self.toys_anywhere_asked})


class Toy(msgspec.Struct, frozen=True):
    """Who has it."""

    owner: int


@dataclass(frozen=True)
class ToyUser:
    """Somebody with a token."""

    id: int
    is_admin: bool
    token_epoch: int = 0


class ToyUsers:
    """Knows the tokens `user` and `admin`."""

    def caller_of_token(self, token: str) -> Caller:
        """Return whom it names."""
        if token not in {"user", "admin"}:
            raise NotAuthenticated
        return Caller(7, lambda _connection, ids: {each: ToyUser(each, token == "admin") for each in ids})

    async def known(self, caller: Caller) -> None:
        """Look them up where they always are."""
        caller.look_up(cast("Connection", None))

    async def dev_user(self, external_id: str | None, user_id: str | None) -> Caller:
        """Know nobody."""
        raise AssertionError((external_id, user_id))


@dataclass
class Toys:
    """One system of toys, which notes what happens to it; several may stand in one app under different names."""

    name: str = "toys"
    knows_users: bool = True
    fails: str = ""
    """`start` or `end`: where its background work breaks."""
    trouble: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def system(self) -> System:
        """Return its description."""
        return System(
            name=self.name,
            build=self._build,
            settings=ToySettings,
            problems={ToyBroken: Problem(503, "toy-broken", retry_after_s=9, field="toy")},
        )

    def _build(self, context: Context) -> Built:
        assert context.settings.of(ToySettings).toys_max
        return Built(
            operations=(
                _operation("GET", f"/api/{self.name}", _see, who="anybody"),
                _operation("GET", f"/api/{self.name}/mine", _mine, who="user"),
                _operation("DELETE", f"/api/{self.name}", _break, who="admin", raises=(ToyBroken,)),
            ),
            background=self._running(),
            trouble=self._say_trouble,
            authenticator=ToyUsers() if self.knows_users else None,
        )

    async def _say_trouble(self) -> str:
        return self.trouble

    def _running(self) -> Callable[[], AbstractAsyncContextManager[None]]:
        @asynccontextmanager
        async def running() -> AsyncIterator[None]:
            if self.fails == "start":
                raise ToyBroken
            self.notes.append((self.name, STARTED))
            try:
                yield
            finally:
                self.notes.append((self.name, ENDED))
                if self.fails == "end":
                    raise ToyBroken

        return running


def _operation(method: str, path: str, endpoint: Any, **more: Any) -> Operation:
    return Operation(method=method, path=path, summary="Toys", endpoint=endpoint, gives=Toy, **more)


async def _see(_request: Request) -> Response:
    return answer(Toy(0))


async def _mine(request: Request) -> Response:
    return answer(Toy(caller_of(request).id))


async def _break(_request: Request) -> Response:
    raise ToyBroken(retry_after_s=42)
