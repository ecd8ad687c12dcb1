"""The people who send: a few, whom all users of a process share, for each password costs a server a moment."""

import itertools
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from load.errands import Errands, Person
from load.senders.sender import Sender

PEOPLE: Final = 8


class Known(Sender):
    """Somebody who has an account."""

    abstract = True
    people: ClassVar[Sequence[Person]]
    _turns: ClassVar[Iterator[Person]]

    @classmethod
    def prepare(cls, errands: Errands) -> None:
        """Make the people."""
        cls.people = errands.once("people", lambda: errands.people(PEOPLE))
        cls._turns = itertools.cycle(cls.people)

    @property
    def next_person(self) -> Person:
        """The person whose turn it is."""
        return next(self._turns)
