"""Sentences about runs of the release: how many there are, what interrupts them, and what they take."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.scenario.world import World
from fixtures.systems.vesting import filling, interrupting, killing, many_lots
from fixtures.systems.vesting.interrupting import Trouble
from steps.support.context import WorldContext


@given("{int} mature lot/lots of {int} person/people")
@given("{int} lot/lots échu/échus de {int} personne/personnes")
def mature_lots(context: WorldContext, count: int, people: int) -> None:
    filling.mature_lots(context.world.database, count, people)


@when("a run over {int} lots is killed before each of its calls to the database in turn")
@when("un passage sur {int} lots est tué avant chacun de ses appels à la base tour à tour")
def killed_before_each_call(context: WorldContext, lots: int) -> None:
    killing.before_each_call(context.world, lots)


@when("{int} runs over {int} lots each are killed at random")
@when("{int} passages sur {int} lots chacun sont tués au hasard")
def killed_at_random(context: WorldContext, times: int, lots: int) -> None:
    killing.at_random(context.world, times, lots)


@when("{trouble} in the middle of a run")
@when("{trouble} au milieu d'un passage")
def in_the_middle(context: WorldContext, trouble: Trouble) -> None:
    interrupting.in_the_middle(context.world, trouble)


@when("{int} runs begin at once")
@when("{int} passages commencent en même temps")
def runs_at_once(context: WorldContext, times: int) -> None:
    interrupting.at_once(context.world, times)


@given("a run releases them {stream}")
@given("un passage les libère {stream}")
@when("a run releases them {stream}")
@when("un passage les libère {stream}")
def run_releases(context: WorldContext, stream: Callable[[World], None]) -> None:
    stream(context.world)


@then("{int} runs end with exit code {int}")
@then("{int} passages se terminent avec le code {int}")
def runs_end(context: WorldContext, count: int, code: int) -> None:
    interrupting.ended_with(context.world, count, code)


@then("no run {run_trouble}")
@then("aucun passage {run_trouble}")
def no_run(context: WorldContext, run_trouble: Callable[[World], None]) -> None:
    run_trouble(context.world)


@then("at least {int} run/runs was/were killed in the middle of its/their lots")
@then("au moins {int} passage/passages a/ont été tué/tués au milieu de ses/leurs lots")
def runs_were_killed(context: WorldContext, least: int) -> None:
    killing.killed(context.world, least)


@then("after each kill every lot was released once or not at all, and the next run released the rest")
@then(
    "après chaque mort chaque lot a été libéré une fois ou pas du tout, et le passage suivant a libéré le reste"
)
def whole_after_each_kill(context: WorldContext) -> None:
    killing.whole(context.world)


@then("each of the {int} lots was released once")
@then("chacun des {int} lots a été libéré une fois")
def each_released_once(context: WorldContext, count: int) -> None:
    interrupting.each_released_once(context.world, count)


@then("the last lots took at most {int} times as long as the first")
@then("les derniers lots ont pris au plus {int} fois le temps des premiers")
def last_lots_took(context: WorldContext, times: int) -> None:
    many_lots.steady(context.world, times)


@then("the run took at most {int} MiB for them")
@then("le passage a pris au plus {int} Mio pour eux")
def run_took_memory(context: WorldContext, mib: int) -> None:
    many_lots.bounded(context.world, mib)
