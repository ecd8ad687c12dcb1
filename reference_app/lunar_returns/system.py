"""What lunar returns bring: operations, a chart for users of the bypass, two commands."""

from reference_app.lunar_returns import commands
from reference_app.lunar_returns.problems import PROBLEMS
from reference_app.lunar_returns.settings import LunarReturnsSettings
from reference_app.system import Built, Context, System


def _build(context: Context) -> Built:
    from reference_app.lunar_returns import routes
    from reference_app.lunar_returns.ephemeris import FixedEphemeris, RealEphemeris
    from reference_app.lunar_returns.months import Ephemeris
    from reference_app.lunar_returns.offered import OfferedReturns
    from reference_app.lunar_returns.service import PURPOSE, LunarReturns
    from reference_app.returns import Returns

    settings = context.settings.of(LunarReturnsSettings)
    sky = context.part(Ephemeris)  # type: ignore[type-abstract] # nothing is made of it
    returns = LunarReturns(
        context.database,
        context.single_flight.purpose(PURPOSE, at_once=settings.lunar_returns_generations_max),
        sky or (FixedEphemeris() if settings.dev_mock_ephemeris else RealEphemeris()),
        context.clock,
        context.metrics,
        wait_s_max=settings.lunar_returns_wait_s,
    )
    return Built(
        operations=routes.operations(returns, settings),
        welcome=returns.welcome,
        farewell=returns.farewell,
        offers={Returns: OfferedReturns(returns, context.clock, delay_ms=settings.dev_delay_ms)},
    )


LUNAR_RETURNS = System(
    name="lunar_returns",
    build=_build,
    settings=LunarReturnsSettings,
    problems=PROBLEMS,
    add_commands=commands.add,
)
