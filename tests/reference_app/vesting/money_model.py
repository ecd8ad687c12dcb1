"""What wallets and lots should be, as plain values: the model of the state machine."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

LOCKED_FOR = timedelta(days=365)
ZERO = Decimal(0)


@dataclass
class ModelLot:
    """A lot as it should be."""

    user: str
    amount: Decimal
    release_day: date
    is_released: bool = False


@dataclass
class Model:
    """Everything that was acknowledged, in one currency."""

    funded: dict[str, Decimal] = field(default_factory=dict)
    """What each user was given, all in all."""
    lots: dict[int, ModelLot] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], tuple[str, object]] = field(default_factory=dict)
    """What was asked under each key of a user and route, and what was answered."""

    def fund(self, user: str, amount: Decimal) -> None:
        """Give money to the user."""
        self.funded[user] = self.funded.get(user, ZERO) + amount

    def deposit(self, lot_id: int, user: str, amount: Decimal, today: date) -> None:
        """Lock money of the user's."""
        assert lot_id not in self.lots
        self.lots[lot_id] = ModelLot(user, amount, today + LOCKED_FOR)

    def available(self, user: str) -> Decimal:
        """Return what the user can use."""
        return self.funded.get(user, ZERO) - self.locked(user)

    def locked(self, user: str) -> Decimal:
        """Return what of the user's money is locked."""
        lots = self.lots.values()
        return sum((each.amount for each in lots if each.user == user and not each.is_released), ZERO)

    def mature(self, day: date) -> dict[int, ModelLot]:
        """Return the lots that are mature on the day, released or not."""
        return {number: each for number, each in self.lots.items() if each.release_day <= day}

    def due(self, day: date) -> dict[int, ModelLot]:
        """Return the lots that a run of the day is to release."""
        return {number: each for number, each in self.mature(day).items() if not each.is_released}
