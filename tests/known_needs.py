"""Everything that scenarios may need of a target, of any system and of each."""

from typing import Final

from fixtures.scenario import needs
from fixtures.scenario.system import load
from fixtures.systems import SYSTEMS

ALL: Final = (*needs.OF_ANY_SYSTEM, *(need for system in load(SYSTEMS) for need in system.needs))
