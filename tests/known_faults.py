"""All faults of the project's systems, as its commands know them."""

from typing import Final

from fixtures.sabotage import catalogue
from fixtures.sabotage.fault import Fault
from fixtures.scenario.system import load
from fixtures.systems import SYSTEMS as NAMES

SYSTEMS: Final = load(NAMES)
FAULTS: Final = catalogue.faults(SYSTEMS)
FIRST_OF_EACH: Final = catalogue.first_of_each_system(SYSTEMS)


def find(name: str) -> Fault:
    """Return the fault of this name."""
    return catalogue.find(SYSTEMS, name)
