"""`python -m tests.features.mutants [PATTERN …]` plays all scenarios whose file has PATTERN, with their mutants.

Prints what stays green and is no reviewed equivalent, and ends with 1 if there is any.
"""

import sys

from fixtures.scenario.rig import Rig
from fixtures.systems import SYSTEMS
from tests.features.mutants import choosing, playing
from tests.features.reading import where
from tests.features.vocabulary import registry


def main(patterns: list[str]) -> int:
    """Play them all; return the exit code."""
    registry()
    rig = Rig(SYSTEMS)
    rig.start({})
    tried, missed = 0, []
    try:
        for scenario in choosing.playable():
            if patterns and not any(each in scenario.filename for each in patterns):
                continue
            for play in (playing.play, playing.play_other_whens):
                count, found = play(rig, scenario)
                tried += count
                missed += choosing.telling(found)
            print(f"{where(scenario)}: {tried} mutants so far, {len(missed)} missed", flush=True)
    finally:
        rig.stop()
    print("\n".join(map(str, missed)))
    print(f"{tried} mutants, {len(missed)} missed")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
