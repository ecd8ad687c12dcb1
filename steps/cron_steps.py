"""Sentences about cron, which starts the vesting job."""

from collections.abc import Callable

from behave import given, when

from fixtures.scenario.world import World
from steps.support.context import WorldContext


@given("cron {doing}")
@given("le démon cron {doing}")
@when("cron {doing}")
@when("le démon cron {doing}")
def cron_does(context: WorldContext, doing: Callable[[World], None]) -> None:
    doing(context.world)
