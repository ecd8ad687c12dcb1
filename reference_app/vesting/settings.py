"""What can be set of vesting."""

from typing import Annotated

from pydantic import AfterValidator

from reference_app.settings import SystemSettings
from reference_app.vesting.currencies import DECIMALS


def _checked(text: str) -> str:
    codes = text.split(",")
    unknown = [code for code in codes if code not in DECIMALS]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no currency of ISO 4217; say it as in AED,EUR")
    return text


class VestingSettings(SystemSettings):
    """In which currencies wallets are kept."""

    vesting_currencies: Annotated[str, AfterValidator(_checked)] = "AED,BHD,EUR,GBP,JPY,USD"
    """The currencies of wallets, by their codes in ISO 4217, with commas between; any other is refused."""

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies of wallets and vaults."""
        return tuple(self.vesting_currencies.split(","))
