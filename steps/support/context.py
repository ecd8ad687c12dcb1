"""The type of behave's context, as the steps use it: one world, the table under the step, and nothing else."""

from typing import Any, Protocol

from fixtures.scenario.world import World


class WorldContext(Protocol):
    """A scenario's context."""

    world: World
    table: Any
