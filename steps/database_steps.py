"""Sentences about the database: how it goes away and comes back, and what is left in it."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.scenario.world import World
from fixtures.systems.server import database_faults
from steps.support.context import WorldContext


@given("a server whose database {database}")
@given("un serveur dont la base {database}")
def server_whose_database(context: WorldContext, database: Callable[[World], object]) -> None:
    database(context.world)


@given("the network {network}")
@given("le réseau {network}")
@when("the network {network}")
@when("le réseau {network}")
def the_network(context: WorldContext, network: Callable[[World], None]) -> None:
    network(context.world)


@when("the database is restarted at once")
@when("la base redémarre d'un coup")
def database_is_restarted(context: WorldContext) -> None:
    database_faults.restart(context.world)


@then("no lock is left in the database")
@then("aucun verrou ne reste dans la base")
def no_lock_is_left(context: WorldContext) -> None:
    database_faults.no_locks(context.world)
