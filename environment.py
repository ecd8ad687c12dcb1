"""behave's hooks. They only route; `fixtures.scenario.rig` does."""

from behave.model import Scenario, Step
from behave.runner import Context

from fixtures.runner.choosing.way_in import require_own_runner
from fixtures.scenario import step_matching
from fixtures.scenario.rig import Rig
from fixtures.systems import SYSTEMS

step_matching.use()

rig = Rig(SYSTEMS)
rig.define_phrases()


def before_all(context: Context) -> None:
    """Make what all scenarios share."""
    require_own_runner(context)
    rig.start(context.config.userdata)


def before_scenario(context: Context, scenario: Scenario) -> None:
    """Give the scenario a world of its own."""
    context.world = rig.world(scenario.name, scenario.effective_tags)


def before_step(context: Context, step: Step) -> None:
    """Have what is stored kept before the scenario's first When."""
    rig.before_step(context.world, step, context.scenario)


def after_scenario(context: Context, _scenario: Scenario) -> None:
    """End everything that the scenario started."""
    rig.close(context.world)


def after_all(_context: Context) -> None:
    """Remove what all scenarios shared."""
    rig.stop()
