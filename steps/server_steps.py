"""Sentences about servers: how they are started, what happens to them, what they say of themselves."""

from collections.abc import Mapping
from datetime import timedelta

from behave import given, then, when

from fixtures.scenario import clock
from fixtures.scenario.fates import Fate
from fixtures.systems.server import checks, private, troubles
from steps.support.context import WorldContext


@given("a server whose environment is {environment}")
@given("un serveur dont l'environnement est {environment}")
def server_in_environment(context: WorldContext, environment: Mapping[str, str]) -> None:
    context.world.launch.environment = dict(environment)


@given("a server with {int} worker process/processes")
@given("un serveur à {int} processus")
def server_with_workers(context: WorldContext, count: int) -> None:
    context.world.launch.workers = count


@given("{int} servers that share a database")
@given("{int} serveurs qui partagent une base")
def servers_that_share(context: WorldContext, count: int) -> None:
    context.world.launch.servers = count


@given("the switch {word} is set to {string}")
@given("l'option {word} vaut {string}")
def switch_is_set(context: WorldContext, name: str, value: str) -> None:
    context.world.launch.environment[name] = value


@given("the switch {word} is not set")
@given("l'option {word} n'est pas définie")
def switch_is_not_set(context: WorldContext, name: str) -> None:
    context.world.launch.environment.pop(name, None)


@given("today is {string}")
@given("nous sommes le {string}")
def today_is(context: WorldContext, moment: str) -> None:
    context.world.launch.clock = clock.at(moment)


@given("{int} days have passed")
@given("{int} jours ont passé")
def days_have_passed(context: WorldContext, days: int) -> None:
    clock.movable(context.world.launch.clock).move(days=days)


@given("the clock {shift}")
@given("l'horloge {shift}")
def clock_is_set(context: WorldContext, shift: timedelta) -> None:
    clock.movable(context.world.launch.clock).move(seconds=shift.total_seconds())


@given("{server} {fate}")
@when("{server} {fate}")
def something_happens_to(context: WorldContext, which: str, fate: Fate) -> None:
    fate(context.world, which)


@then("what is stored is open to nobody else")
@then("ce qui est enregistré n'est ouvert à personne d'autre")
def stored_is_private(context: WorldContext) -> None:
    private.nobody_elses(context.world)


@then("the server's log soon tells of {string}")
@then("le journal du serveur signale bientôt {string}")
def told_of_trouble(context: WorldContext, said: str) -> None:
    troubles.told(context.world, said)


@then("the server is well")
@then("le serveur va bien")
def server_is_well(context: WorldContext) -> None:
    checks.well(context.world)
