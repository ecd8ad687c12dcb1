"""Where the Moon is: return instants against JPL's ephemeris by way of skyfield, and what rises (LR-12)."""

import random
import re
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Final

import astronomy
import numpy as np
import pytest

from reference_app.lunar_returns import ephemeris as module
from reference_app.lunar_returns.ephemeris import SIGNS, RealEphemeris, moon_longitude
from reference_app.lunar_returns.months import Chart
from tests.checkout import ROOT
from tests.reference_app.lunar_returns.oracle import moon_longitudes, seconds_off

FEATURE: Final = ROOT / "features/lunar_returns/ephemeris.feature"
ROW: Final = re.compile(r"^\s*\|\s*(\d{4}-\S+)\s*\|\s*(\S+)\s*\|\s*(\S+)\s*\|\s*Moon in .*\|\s*$")
BIRTHS: Final = 1_000
OFF_S_MAX: Final = 120.0
TYPICAL_S_MAX: Final = 20.0
FEATURE_OFF_S_MAX: Final = 2.0
RISING_OFF_DEG_MAX: Final = 0.05

# Of skyfield-data's files only the planets' positions are used, which do not age.
pytestmark = pytest.mark.filterwarnings("ignore:The file finals2000A.all has expired:RuntimeWarning")


def test_returns_agree_with_an_independent_ephemeris(capsys: pytest.CaptureFixture[str]) -> None:
    """For births of 1940 to 2020 and returns of 2020 to 2035 no instant is off by two minutes."""
    chance = random.Random(20_260_110)  # noqa: S311 - the same births in every run
    births = [_moment(chance, 1940, 2021) for _ in range(BIRTHS)]
    real = RealEphemeris()
    returns = [
        next(iter(real.returns_after(Chart(birth, 0.0, 0.0), _moment(chance, 2020, 2036))))
        for birth in births
    ]
    off_s = np.abs(seconds_off(births, returns))
    with capsys.disabled():
        print(
            f"\n  {BIRTHS:,} returns against skyfield: at most {off_s.max():.1f} s off,"
            f" half of them less than {np.median(off_s):.1f} s, 99 % less than {np.quantile(off_s, 0.99):.1f} s"
        )
    assert off_s.max() < OFF_S_MAX
    assert np.median(off_s) < TYPICAL_S_MAX


def test_the_features_instants_are_the_oracles() -> None:
    """Each instant that the feature expects is, to two seconds, what the independent ephemeris says."""
    rows = [
        found.groups() for found in map(ROW.match, FEATURE.read_text(encoding="utf-8").splitlines()) if found
    ]
    assert len(rows) >= 6
    births = [datetime.fromisoformat(born) for born, _, _ in rows]
    expected = [datetime.fromisoformat(instant) for _, _, instant in rows]
    assert np.abs(seconds_off(births, expected)).max() < FEATURE_OFF_S_MAX
    for today, instant in zip((row[1] for row in rows), expected, strict=True):
        noon = datetime.fromisoformat(f"{today}T12:00:00+00:00")
        assert timedelta(0) <= noon - instant < timedelta(days=27.7)


def test_longitudes_agree_at_any_hour() -> None:
    """The Moon's longitude itself is right to a hundredth of a degree, at births and returns alike."""
    chance = random.Random(7)  # noqa: S311
    moments = [_moment(chance, 1900, 2050) for _ in range(200)]
    ours = np.array([moon_longitude(moment) for moment in moments])
    off_deg = np.abs((ours - moon_longitudes(moments) + 180.0) % 360.0 - 180.0)
    assert off_deg.max() < 0.01
    assert ((ours >= 0) & (ours < 360)).all()


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_a_return_comes_once(seconds: int) -> None:
    """Asked from just before, at, or just after a return, the next one is neither skipped nor repeated."""
    real, chart = RealEphemeris(), Chart(datetime(1984, 6, 14, 6, 20, tzinfo=UTC), 0.0, 0.0)
    whole = list(islice(real.returns_after(chart, datetime(2026, 1, 1, tzinfo=UTC)), 4))
    found = list(islice(real.returns_after(chart, whole[1] + timedelta(seconds=seconds)), 2))
    wanted = whole[1:3] if seconds < 0 else whole[2:4]
    # At the very instant, rounding may place the return on either side.
    assert _near(found, wanted) or (seconds == 0 and _near(found, whole[1:3]))


def test_the_ascendant_rises() -> None:
    """At any hour and place outside the polar circles the ascendant lies on the horizon, in the east."""
    chance = random.Random(11)  # noqa: S311
    for _ in range(300):
        moment = _moment(chance, 1940, 2036)
        latitude, longitude = chance.uniform(-65, 65), chance.uniform(-180, 180)
        ascendant = module._ascendant(moment, latitude, longitude)
        altitude, azimuth = seen(ascendant, moment, latitude, longitude)
        assert abs(altitude) < RISING_OFF_DEG_MAX
        assert 0 < azimuth < 180


@pytest.mark.parametrize("latitude", [-90.0, -89.999, -66.56, 0.0, 66.56, 89.999, 90.0])
@pytest.mark.parametrize("longitude", [-180.0, 0.0, 180.0])
def test_every_place_has_a_sky(latitude: float, longitude: float) -> None:
    """At the poles, on the polar circles and on the date line there is a sky as well."""
    for hour in range(0, 24, 3):
        moment = datetime(2026, 6, 21, hour, tzinfo=UTC)
        sky = RealEphemeris().sky_at(Chart(moment, latitude, longitude), moment)
        assert sky.moon_sign in SIGNS
        assert sky.lunar_ascendant in SIGNS
        assert 1 <= sky.moon_house <= 12


def test_signs_houses_and_aspects_fit_together() -> None:
    """The house counts signs from the ascendant's, and each aspect is one of the five, within its orb."""
    chance = random.Random(13)  # noqa: S311
    for _ in range(100):
        moment = _moment(chance, 2020, 2036)
        chart = Chart(moment, chance.uniform(-60, 60), chance.uniform(-180, 180))
        sky = RealEphemeris().sky_at(chart, moment)
        distance = SIGNS.index(sky.moon_sign) - SIGNS.index(sky.lunar_ascendant)
        assert sky.moon_house == distance % 12 + 1
        assert SIGNS[int(moon_longitude(moment) // 30)] == sky.moon_sign
        for aspect in sky.aspects:
            assert set(aspect) == {"body", "aspect", "orb_deg"}
            assert 0 <= float(aspect["orb_deg"]) <= 6


@pytest.mark.parametrize(
    ("moment", "sign", "aspect"),
    [
        ("2024-04-08T18:21:00", "Aries", "conjunction"),
        ("2025-03-14T06:55:00", "Virgo", "opposition"),
        ("2026-08-12T17:37:00", "Leo", "conjunction"),
    ],
)
def test_eclipses_are_where_they_were(moment: str, sign: str, aspect: str) -> None:
    """At known eclipses the Moon stands in the known sign, with or against the Sun to a tenth of a degree."""
    instant = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    sky = RealEphemeris().sky_at(Chart(instant, 0.0, 0.0), instant)
    sun = next(found for found in sky.aspects if found["body"] == "Sun")
    assert (sky.moon_sign, sun["aspect"]) == (sign, aspect)
    assert float(sun["orb_deg"]) < 0.15


def _moment(chance: random.Random, first_year: int, end_year: int) -> datetime:
    start, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(end_year, 1, 1, tzinfo=UTC)
    return start + timedelta(seconds=chance.randrange(int((end - start).total_seconds())))


def _near(found: list[datetime], wanted: list[datetime]) -> bool:
    return all(abs((one - other).total_seconds()) < 0.1 for one, other in zip(found, wanted, strict=True))


def seen(ecliptic_deg: float, moment: datetime, latitude: float, longitude: float) -> tuple[float, float]:
    """Return altitude and azimuth, in degrees, of a point of the ecliptic, by another library's rotations."""
    time = astronomy.Time.Make(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
    )
    angle = np.radians(ecliptic_deg)
    point = astronomy.Vector(float(np.cos(angle)), float(np.sin(angle)), 0.0, time)
    rotation = astronomy.CombineRotation(
        astronomy.Rotation_ECT_EQD(time),
        astronomy.Rotation_EQD_HOR(time, astronomy.Observer(latitude, longitude)),
    )
    seen = astronomy.HorizonFromVector(astronomy.RotateVector(rotation, point), astronomy.Refraction.Airless)
    return seen.lat, seen.lon
