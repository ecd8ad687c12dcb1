"""Sentences about the database: how it goes away and comes back, and what is left in it."""

from behave import given, then, when

from fixtures.systems.lunar_returns import stampedes
from fixtures.systems.server import database_faults
from steps.support.context import WorldContext


@given("a server whose database is behind a network that can fail")
def behind_a_network(context: WorldContext) -> None:
    context.world.put_behind_proxy()


@given("the network {}")
@when("the network {}")
def the_network(context: WorldContext, what: str) -> None:
    database_faults.tell(context.world, what)


@when("the database is restarted at once")
def database_is_restarted(context: WorldContext) -> None:
    database_faults.restart(context.world)


@then("{word} is answered within {int} second/seconds with a return")
def answered_with_a_return(context: WorldContext, name: str, seconds: int) -> None:
    world = context.world
    world.ids_seen.append((world.earlier_id, database_faults.well_again(world, name, seconds)["id"]))


@then("no lock is left in the database")
def no_lock_is_left(context: WorldContext) -> None:
    database_faults.no_locks(context.world)


@when("{int} people ask for the current return {int} times at once, one after the other")
@when("{int} personnes demandent la révolution courante {int} fois en même temps, l'une après l'autre")
def rounds_of_stampedes(context: WorldContext, rounds: int, count: int) -> None:
    context.world.rounds = stampedes.rounds(context.world, rounds, count)


@then("each of the {int} rounds gave {int} answers with one return from one generation")
@then("chacune des {int} salves a donné {int} réponses, une seule révolution et une seule génération")
def each_round_made_once(context: WorldContext, rounds: int, answers: int) -> None:
    stampedes.made_once(context.world, rounds, answers)
