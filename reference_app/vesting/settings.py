"""What can be set of vesting."""

from typing import Annotated

from pydantic import AfterValidator, Field

from reference_app.settings import SystemSettings
from reference_app.vesting.currencies import DECIMALS


def _checked(text: str) -> str:
    codes = text.split(",")
    unknown = [code for code in codes if code not in DECIMALS]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no currency of ISO 4217; say it as in AED,EUR")
    return text


class VestingSettings(SystemSettings):
    """In which currencies wallets are kept, and how long a request may be tried again."""

    vesting_currencies: Annotated[str, AfterValidator(_checked)] = "AED,BHD,EUR,GBP,JPY,USD"
    """The currencies of wallets, by their codes in ISO 4217, with commas between; any other is refused."""
    idempotency_keys_s: Annotated[int, Field(ge=60, le=30 * 86_400)] = 86_400
    """For how many seconds an `Idempotency-Key` is known; after that it is a new one."""
    idempotency_keys_max: Annotated[int, Field(ge=10, le=100_000)] = 1_000
    """How many of them are known of each user and route; of more, the oldest are forgotten."""

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies of wallets and vaults."""
        return tuple(self.vesting_currencies.split(","))
