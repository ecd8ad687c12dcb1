"""What can go wrong with lunar returns."""

from typing import Final

from reference_app.errors import AppError


class LunarReturnsError(AppError):
    """The lunar returns cannot be given."""


class NoNatalChart(LunarReturnsError):
    """There is no natal chart yet: give the birth's time and place first."""


class BirthInFuture(LunarReturnsError):
    """birth_datetime lies in the future."""


class GenerationFailed(LunarReturnsError):
    """The returns could not be calculated; nothing was stored. Ask again."""


class GenerationSuperseded(LunarReturnsError):
    """The chart was changed, or the returns purged, while they were being calculated. Ask again."""


class WaitExhausted(LunarReturnsError):
    """The returns are still being calculated. Ask again in a moment."""


class UserGone(LunarReturnsError):
    """The account was deleted in the meantime."""


OF_GENERATIONS: Final = (NoNatalChart, GenerationFailed, GenerationSuperseded, WaitExhausted)
"""With what asking for returns may end that are not there yet."""
