"""Who asks: a user who was looked up, or one whom a token names and whom the work's own transaction looks up.

The second saves a transaction. Nobody is let in by it who would not be otherwise: the look-up comes first in the
transaction, and `reference_app.web.auth` makes up for it where an endpoint has asked the database nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from reference_app.errors import NotAuthenticated

if TYPE_CHECKING:  # It takes half a second, which help and a refusal need not.
    from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")


class Identity(Protocol):
    """A user."""

    @property
    def id(self) -> int:
        """The user's number."""

    @property
    def is_admin(self) -> bool:
        """Whether they may do what is for administrators."""

    @property
    def token_epoch(self) -> int:
        """Of which epoch their tokens must be."""


class Caller:
    """Who asks. Known from the start, or when `look_up` has found them."""

    def __init__(
        self,
        user_id: int,
        find_all: "Callable[[Connection, Collection[int]], Mapping[int, Identity]]",
        known: Identity | None = None,
        *,
        token_epoch: int | None = None,
    ) -> None:
        """`find_all` returns those of these users who are there, by their numbers.

        Who comes by a token of another epoch than `token_epoch` of theirs is nobody; None for who has no token.
        """
        self.id = user_id
        self._find_all = find_all
        self._known = known
        self._token_epoch = token_epoch

    @property
    def is_known(self) -> bool:
        """Whether they were looked up."""
        return self._known is not None

    @property
    def is_admin(self) -> bool:
        """Whether they may do what is for administrators. They must be known."""
        assert self._known is not None, "the caller was not looked up"
        return self._known.is_admin

    def look_up(self, connection: "Connection") -> None:
        """Look them up. Raises NotAuthenticated: there is no such user any more."""
        self._know(self._find_all(connection, [self.id]))
        if self._known is None:
            raise NotAuthenticated

    @staticmethod
    def look_up_all(connection: "Connection", callers: "Sequence[Caller]") -> None:
        """Look all of them up at once; who is gone is not known then."""
        unknown = [caller for caller in callers if not caller.is_known]
        if unknown:
            found = unknown[0]._find_all(connection, {caller.id for caller in unknown})  # noqa: SLF001
            for caller in unknown:
                caller._know(found)  # noqa: SLF001

    def _know(self, found: Mapping[int, Identity]) -> None:
        user = found.get(self.id)
        if user is not None and self._token_epoch not in {None, user.token_epoch}:
            user = None
        self._known = user

    def joined(
        self, work: "Callable[Concatenate[Connection, P], T]"
    ) -> "Callable[Concatenate[Connection, P], T]":
        """Return `work` with the look-up before it, in its transaction; `work` itself where they are known."""
        if self.is_known:
            return work

        def both(connection: "Connection", /, *args: P.args, **kwargs: P.kwargs) -> T:
            self.look_up(connection)
            return work(connection, *args, **kwargs)

        return both
