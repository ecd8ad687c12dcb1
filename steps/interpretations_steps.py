"""Sentences about interpretations: how Claude is, whose texts they are."""

from collections.abc import Callable

from behave import given

from fixtures.scenario.world import World
from steps.support.context import WorldContext


@given("Claude {claude}")
@given("le service Claude {claude}")
def claude_is(context: WorldContext, claude: Callable[[World], None]) -> None:
    claude(context.world)
