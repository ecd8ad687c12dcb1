"""Sentences about the commands that an operator runs."""

from behave import given, then, when

from fixtures.scenario import commands, expect
from fixtures.scenario.capabilities import Need
from fixtures.scenario.editions import english
from fixtures.systems.lunar_returns.stub_server import NobodysServer, StubServer
from steps.support.context import WorldContext


@given("somebody's server that {}")
@given("un serveur tiers qui {}")
def somebodys_server(context: WorldContext, fault: str) -> None:
    fault = english(fault)
    context.world.foreign = NobodysServer() if fault == "is not there" else StubServer(fault)


@when("the concurrency check is run for {} with {int} requests at once")
@when("on lance le contrôle de concurrence pour {} avec {int} demandes simultanées")
def check_is_run(context: WorldContext, whom: str, count: int) -> None:
    world = context.world
    world.capabilities.require(Need.OWN_DATABASE)
    options = commands.whom(world, english(whom))
    world.ran = commands.run(world, "check-lunar-concurrency", *options, "--concurrent", str(count))


@when("the duplicates are repaired")
@when("on répare les doublons")
def duplicates_are_repaired(context: WorldContext) -> None:
    listed = commands.run(context.world, "lunar-returns", "duplicates")
    expect.equal(1, listed.code, "exit code of the listing", listed.said)
    context.world.ran = commands.run(context.world, "lunar-returns", "duplicates", "--repair")


@then("it ends with exit code {int} and says {string}")
@then("la commande se termine avec le code {int} et dit {string}")
def ends_and_says(context: WorldContext, code: int, words: str) -> None:
    commands.ended(context.world.ran, code, words)


@then("it says {string}")
@then("elle dit {string}")
def says(context: WorldContext, words: str) -> None:
    said = context.world.ran.said if context.world.ran else ""
    expect.true(words in said, f"words that contain {words!r}", said)


@then("the command names the month {string} and keeps the newest return")
@then("la commande nomme le mois {string} et garde la révolution la plus récente")
def names_month_and_keeps_newest(context: WorldContext, month: str) -> None:
    commands.ended(context.world.ran, 0, month)
    expect.equal([2], context.world.tables.ids(), "ids of the returns that are left")


@then("a server that is started on it is well")
@then("un serveur démarré sur cette base va bien")
def server_on_it_is_well(context: WorldContext) -> None:
    context.world.launch.migrates = True
    expect.status(200, context.world.stranger().call("GET", "/ready"))
