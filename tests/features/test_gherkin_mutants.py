"""A sentence whose value is wrong turns its scenario red: another person, one more or less, other words."""

import time

import pytest

from fixtures.scenario.rig import Rig
from fixtures.systems import SYSTEMS
from tests.features.mutants import choosing, playing
from tests.features.mutants.playing import Survivor
from tests.features.vocabulary import registry

SEED = 12
SCENARIOS = 12
PLAY_S_MAX = 40.0
"""After so long no further scenario is begun: `python -m tests.features.mutants` plays them all."""
MUTANTS_MIN = 10


@pytest.mark.slow
def test_a_wrong_value_turns_a_scenario_red() -> None:
    """In a sample of scenarios every mutant of a Then is seen; so is a Then without its When, or of another one."""
    registry()
    rig = Rig(SYSTEMS)
    rig.start({})
    tried, missed, until_s = 0, list[Survivor](), time.monotonic() + PLAY_S_MAX
    try:
        for scenario in choosing.sample(SEED, SCENARIOS):
            for play in (playing.play, playing.play_other_whens):
                if time.monotonic() < until_s:
                    count, found = play(rig, scenario)
                    tried += count
                    missed += choosing.telling(found)
    finally:
        rig.stop()
    assert [str(each) for each in missed] == []
    assert tried >= MUTANTS_MIN


def test_an_equivalent_has_its_reason() -> None:
    """Nobody is excused without one, and nothing that makes its step stumble is."""
    assert all(len(each.reason) > len("because") for each in choosing.equivalents())
    said = "1 generation ran for Ada"
    assert choosing.telling([Survivor("x", said, "generation", "calculation")]) == []
    stumbles = Survivor("x", said, "generation", "calculation", "KeyError: 'a'")
    assert choosing.telling([stumbles]) == [stumbles]
    another = Survivor("x", said, "Ada", "Grace")
    assert choosing.telling([another]) == [another]
