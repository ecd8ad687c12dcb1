"""The real ephemeris (astronomy-engine: no network, no key), and the fixed one for development.

Longitudes are geocentric, on the true ecliptic and equinox of date. Houses are whole signs counted from the
ascendant. Return instants agree with skyfield within seconds (LR-12 asks for 120 s; measured in
`tests/reference_app/lunar_returns`). Topocentric parallax is not applied.
"""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import astronomy
from astronomy import Body

from reference_app.lunar_returns.months import Chart, Sky

SIGNS: Final = (
    "Aries", "Taurus", "Gemini", "Cancer", "Leo", "Virgo",
    "Libra", "Scorpio", "Sagittarius", "Capricorn", "Aquarius", "Pisces",
)  # fmt: skip
SIGN_DEG: Final = 30.0
MOON_DEG_PER_DAY: Final = 13.176396
MONTH_DAYS: Final = 360.0 / MOON_DEG_PER_DAY
STEPS_MAX: Final = 30
TOLERANCE_DEG: Final = 1e-6
"""About seven milliseconds of the Moon's motion."""

BODIES: Final = (Body.Sun, Body.Mercury, Body.Venus, Body.Mars, Body.Jupiter, Body.Saturn)
ASPECTS: Final = {"conjunction": 0.0, "sextile": 60.0, "square": 90.0, "trine": 120.0, "opposition": 180.0}
ORB_DEG_MAX: Final = 6.0


class RealEphemeris:
    """Where the Moon and the planets really are."""

    def returns_after(self, chart: Chart, start: datetime) -> Iterator[datetime]:
        """Yield the returns to the natal Moon's longitude later than `start`, to the microsecond."""
        target = moon_longitude(chart.birth_datetime)
        ahead = (target - moon_longitude(start)) % 360.0
        guess = start + timedelta(days=ahead / MOON_DEG_PER_DAY)
        while True:  # The caller takes as many as it wants.
            instant = _settle(guess, target)
            if instant > start:
                yield instant
            guess = instant + timedelta(days=MONTH_DAYS)

    def sky_at(self, chart: Chart, instant: datetime) -> Sky:
        """Read signs, house and aspects at `instant`, for the place of birth."""
        moon = moon_longitude(instant)
        ascendant = _ascendant(instant, chart.latitude, chart.longitude)
        house = (_sign_number(moon) - _sign_number(ascendant)) % 12 + 1
        return Sky(
            moon_sign=SIGNS[_sign_number(moon)],
            moon_house=house,
            lunar_ascendant=SIGNS[_sign_number(ascendant)],
            aspects=_aspects(moon, instant),
        )


class FixedEphemeris:
    """Returns on the fifteenth of each month at noon, under one unchanging sky: `DEV_MOCK_EPHEMERIS=1`."""

    def returns_after(self, chart: Chart, start: datetime) -> Iterator[datetime]:
        """Yield noon (UTC) of the fifteenth of each month later than `start`."""
        del chart
        moment = start.astimezone(UTC).replace(day=15, hour=12, minute=0, second=0, microsecond=0)
        while True:  # The caller takes as many as it wants.
            if moment > start:
                yield moment
            moment = (moment + timedelta(days=31)).replace(day=15)

    def sky_at(self, chart: Chart, instant: datetime) -> Sky:
        """Return the one fixed sky."""
        del chart, instant
        return Sky("Aries", 1, "Leo", [{"body": "Sun", "aspect": "trine", "orb_deg": 1.0}])


def moon_longitude(instant: datetime) -> float:
    """Return the Moon's ecliptic longitude of date, in degrees from 0 to 360."""
    return float(astronomy.EclipticGeoMoon(_time(instant)).lon) % 360.0


def _settle(guess: datetime, target: float) -> datetime:
    """Walk from `guess` to the nearest instant at which the Moon stands at `target` degrees.

    The Moon moves 11.8 to 15.4 degrees a day, so each step at the mean rate shrinks the error at least sixfold.
    """
    for _ in range(STEPS_MAX):
        error = (target - moon_longitude(guess) + 180.0) % 360.0 - 180.0
        if abs(error) < TOLERANCE_DEG:
            return guess
        guess += timedelta(days=error / MOON_DEG_PER_DAY)
    raise ArithmeticError(f"the Moon was not found at {target} degrees near {guess}")


def _ascendant(instant: datetime, latitude: float, longitude: float) -> float:
    """Return the ecliptic longitude that rises in the east, in degrees."""
    time = _time(instant)
    sidereal = math.radians((float(astronomy.SiderealTime(time)) * 15.0 + longitude) % 360.0)
    obliquity = math.radians(23.4392911 - 0.0130042 * float(time.tt) / 36_525.0)
    height = math.tan(math.radians(max(-89.99, min(89.99, latitude))))
    rising = math.atan2(
        math.cos(sidereal), -(math.sin(sidereal) * math.cos(obliquity) + height * math.sin(obliquity))
    )
    return math.degrees(rising) % 360.0


def _aspects(moon: float, instant: datetime) -> list[dict[str, str | float]]:
    time = _time(instant)
    found: list[dict[str, str | float]] = []
    for body in BODIES:
        distance = abs((_longitude(body, time) - moon + 180.0) % 360.0 - 180.0)
        for aspect, angle in ASPECTS.items():
            orb = abs(distance - angle)
            if orb <= ORB_DEG_MAX:
                found.append({"body": body.name, "aspect": aspect, "orb_deg": round(orb, 2)})
    return found


def _longitude(body: Body, time: astronomy.Time) -> float:
    if body is Body.Sun:
        return float(astronomy.SunPosition(time).elon)
    return float(astronomy.Ecliptic(astronomy.GeoVector(body, time, aberration=True)).elon)


def _sign_number(longitude: float) -> int:
    return int(longitude // SIGN_DEG) % 12


def _time(instant: datetime) -> astronomy.Time:
    moment = instant.astimezone(UTC)
    seconds = moment.second + moment.microsecond / 1e6
    return astronomy.Time.Make(moment.year, moment.month, moment.day, moment.hour, moment.minute, seconds)
