"""What lunar returns send and take over the wire."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from reference_app.lunar_returns.store import StoredReturn


class NatalChart(Struct, frozen=True, forbid_unknown_fields=True):
    """When and where a person was born."""

    birth_datetime: Annotated[datetime, Meta(tz=True, description="ISO 8601 with a UTC offset; from 1800 on")]
    latitude: Annotated[float, Meta(ge=-90, le=90, description="degrees north")]
    longitude: Annotated[float, Meta(ge=-180, le=180, description="degrees east")]


class Aspect(Struct, frozen=True):
    """An angle between the Moon and another body."""

    body: str
    aspect: Literal["conjunction", "sextile", "square", "trine", "opposition"]
    orb_deg: float


class LunarReturn(Struct, frozen=True):
    """One month's lunar return."""

    id: int
    month: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}$")]
    return_date: datetime
    moon_sign: str
    moon_house: Annotated[int, Meta(ge=1, le=12)]
    lunar_ascendant: str
    aspects: list[Aspect]

    @classmethod
    def of(cls, stored: StoredReturn) -> "LunarReturn":
        """Return the row as it goes over the wire."""
        monthly = stored.monthly
        return cls(
            id=stored.id,
            month=monthly.month,
            return_date=monthly.return_date,
            moon_sign=monthly.sky.moon_sign,
            moon_house=monthly.sky.moon_house,
            lunar_ascendant=monthly.sky.lunar_ascendant,
            aspects=[Aspect(**aspect) for aspect in monthly.sky.aspects],  # type: ignore[arg-type]
        )


class TwelveMonths(Struct, frozen=True):
    """Twelve months of returns, in order."""

    items: list[LunarReturn]


class Purged(Struct, frozen=True):
    """What a purge did."""

    deleted_count: int
    count_after: int
    user_id: int
    correlation_id: str
