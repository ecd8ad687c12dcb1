"""What vesting brings: wallets, deposits, and the release of what has matured, as a command and a call."""

from reference_app.system import Built, Context, System
from reference_app.vesting import commands
from reference_app.vesting.problems import PROBLEMS
from reference_app.vesting.settings import VestingSettings


def _build(context: Context) -> Built:
    from reference_app.idempotency.store import bounds_of
    from reference_app.vesting import routes
    from reference_app.vesting.service import Vesting

    settings = context.settings.of(VestingSettings)
    vesting = Vesting(
        context.database,
        context.clock,
        currencies=settings.currencies,
        keys=bounds_of(context.settings),
        anybody_funds=settings.is_development,
    )
    return Built(operations=routes.operations(vesting), farewell=vesting.farewell)


VESTING = System(
    name="vesting",
    build=_build,
    settings=VestingSettings,
    problems=PROBLEMS,
    add_commands=commands.add,
)
