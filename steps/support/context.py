"""The type of behave's context, as the steps use it: one world, and nothing else."""

from typing import Protocol

from fixtures.world import World


class WorldContext(Protocol):
    """A scenario's context."""

    world: World
