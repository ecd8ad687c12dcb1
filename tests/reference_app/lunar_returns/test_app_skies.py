"""What the features expect to stand at a return, against skyfield and another library's rotations (LR-12)."""

import re
from datetime import datetime
from typing import Final

import pytest

from fixtures.systems.lunar_returns.paths import BIRTH
from reference_app.lunar_returns.ephemeris import ASPECTS, ORB_DEG_MAX, SIGNS
from tests.checkout import ROOT
from tests.reference_app.lunar_returns.oracle import body_longitudes, moon_longitudes
from tests.reference_app.lunar_returns.test_app_ephemeris import seen

FEATURE: Final = ROOT / "features/lunar_returns/ephemeris.feature"
ROW: Final = re.compile(
    r"^\s*\|[^|]*\|[^|]*\|\s*(?P<instant>\S+)\s*\| Moon in (?P<sign>\w+), house (?P<house>\d+), "
    r"(?P<rising>\w+) rising(?P<aspects>[^|]*)\|$"
)
ROWS: Final = [
    found.groupdict() for found in map(ROW.match, FEATURE.read_text(encoding="utf-8").splitlines()) if found
]
PLACE: Final = (float(str(BIRTH["latitude"])), float(str(BIRTH["longitude"])))
ORB_OFF_DEG_MAX: Final = 0.02

# Of skyfield-data's files only the planets' positions are used, which do not age.
pytestmark = pytest.mark.filterwarnings("ignore:The file finals2000A.all has expired:RuntimeWarning")


def test_there_are_skies() -> None:
    """The feature's rows are read."""
    assert len(ROWS) >= 6


@pytest.mark.parametrize("row", ROWS, ids=[row["instant"] for row in ROWS])
def test_the_features_signs_are_the_oracles(row: dict[str, str]) -> None:
    """The Moon stands in the sign, and the sign rises: its beginning has risen, its end has not."""
    instant = datetime.fromisoformat(row["instant"])
    assert SIGNS[int(moon_longitudes([instant])[0] // 30)] == row["sign"]
    rising = SIGNS.index(row["rising"])
    begin, end = (seen(30.0 * number, instant, *PLACE)[0] for number in (rising, rising + 1))
    assert begin > 0 > end
    assert int(row["house"]) == (SIGNS.index(row["sign"]) - rising) % 12 + 1


@pytest.mark.parametrize("row", ROWS, ids=[row["instant"] for row in ROWS])
def test_the_features_aspects_are_the_oracles(row: dict[str, str]) -> None:
    """These aspects are there, to two hundredths of a degree, and no others."""
    instant = datetime.fromisoformat(row["instant"])
    moon = float(moon_longitudes([instant])[0])
    expected = {
        (body, aspect): abs(abs((longitude - moon + 180.0) % 360.0 - 180.0) - angle)
        for body, longitude in body_longitudes(instant).items()
        for aspect, angle in ASPECTS.items()
    }
    expected = {which: orb for which, orb in expected.items() if orb <= ORB_DEG_MAX}
    said = [each.split() for each in row["aspects"].split(",")[1:]]
    assert {(body, aspect): float(orb) for body, aspect, orb in said} == pytest.approx(
        expected, abs=ORB_OFF_DEG_MAX
    )
