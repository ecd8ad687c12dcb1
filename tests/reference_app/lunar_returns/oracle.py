"""An independent ephemeris: skyfield with JPL's DE421. Says where the Moon is, never how we worked it out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import skyfield_data
from numpy.typing import NDArray
from skyfield.api import Loader
from skyfield.framelib import ecliptic_frame

PROBE_S = 60.0
BODIES = ("Sun", "Mercury", "Venus", "Mars", "Jupiter", "Saturn")
NEAR = ("Sun", "Mercury", "Venus", "Mars")


@cache
def _loaded() -> tuple[Any, Any]:
    load = Loader(skyfield_data.get_skyfield_data_path(), verbose=False)
    return load("de421.bsp"), load.timescale(builtin=True)


def moon_longitudes(instants: Sequence[datetime]) -> NDArray[np.float64]:
    """Return the Moon's apparent geocentric ecliptic longitudes of date, in degrees."""
    kernel, timescale = _loaded()
    times = timescale.from_datetimes(list(instants))
    _, longitude, _ = (
        kernel["earth"].at(times).observe(kernel["moon"]).apparent().frame_latlon(ecliptic_frame)
    )
    degrees: NDArray[np.float64] = longitude.degrees
    return degrees


def body_longitudes(instant: datetime) -> dict[str, float]:
    """Return the apparent geocentric ecliptic longitudes of date of Sun and planets, in degrees, by name."""
    kernel, timescale = _loaded()
    time = timescale.from_datetime(instant)
    bodies = {name: kernel[name.lower() if name in NEAR else f"{name} barycenter"] for name in BODIES}
    return {
        name: float(kernel["earth"].at(time).observe(body).apparent().frame_latlon(ecliptic_frame)[1].degrees)
        for name, body in bodies.items()
    }


def seconds_off(births: Sequence[datetime], returns: Sequence[datetime]) -> NDArray[np.float64]:
    """Return by how many seconds each return instant misses the Moon's return to its birth's longitude.

    The miss in degrees is divided by the Moon's own speed at that moment, which changes by less than a
    thousandth over the seconds in question.
    """
    later = [instant + timedelta(seconds=PROBE_S) for instant in returns]
    there = moon_longitudes(returns)
    speed = ((moon_longitudes(later) - there + 180.0) % 360.0 - 180.0) / PROBE_S
    miss: NDArray[np.float64] = (there - moon_longitudes(births) + 180.0) % 360.0 - 180.0
    return miss / speed
