"""What can be set of lunar returns."""

from typing import Annotated, Final

from pydantic import Field

from reference_app.settings import Seconds, SystemSettings

DEV_DELAY_MS_MAX: Final = 60_000


class LunarReturnsSettings(SystemSettings):
    """How long a request waits, how many generations at once, and the switches of development."""

    lunar_returns_wait_s: Seconds = 30.0
    """How long a request waits for a generation; longer is 503."""
    lunar_returns_generations_max: Annotated[int, Field(ge=1, le=64)] = 8
    """Generations at the same time, in each process."""

    allow_dev_purge_asked: bool = Field(default=False, alias="ALLOW_DEV_PURGE")
    """`1`: the purge exists."""
    dev_mock_ephemeris_asked: bool = Field(default=False, alias="DEV_MOCK_EPHEMERIS")
    """`1`: every return is at noon (UTC) of the fifteenth."""
    dev_delay_ms_asked: Annotated[int, Field(ge=0, le=DEV_DELAY_MS_MAX)] = Field(
        default=0, alias="LUNAR_RETURNS_DEV_DELAY_MS"
    )
    """Lengthens each generation, up to 60000 ms; the header `X-Dev-Delay-Ms` does so for one request."""

    @property
    def allow_dev_purge(self) -> bool:
        """Whether a caller may purge their lunar returns."""
        return self.is_development and self.allow_dev_purge_asked

    @property
    def dev_mock_ephemeris(self) -> bool:
        """Whether return instants are fixed values in place of the real ephemeris."""
        return self.is_development and self.dev_mock_ephemeris_asked

    @property
    def dev_delay_ms(self) -> int:
        """By how many milliseconds each generation is lengthened; 0 outside development."""
        return self.dev_delay_ms_asked if self.is_development else 0

    @property
    def work_at_once(self) -> int:
        """How many generations may be under way at once."""
        return self.lunar_returns_generations_max

    def refusals(self) -> list[str]:
        """Refuse the purge outside development."""
        return self.refused_switches({"ALLOW_DEV_PURGE": self.allow_dev_purge_asked})
