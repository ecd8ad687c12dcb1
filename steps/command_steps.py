"""Sentences about the commands that an operator runs."""

from behave import given, then, when

from fixtures import commands, expect
from fixtures.people import ACCOUNT_PASSWORD
from fixtures.stub_server import StubServer
from steps.support.context import WorldContext

CHECK = "check-lunar-concurrency"


@given("somebody's server that {}")
def somebodys_server(context: WorldContext, fault: str) -> None:
    context.world.foreign = StubServer(fault)


@given("nobody's server")
def nobodys_server(context: WorldContext) -> None:
    context.world.foreign = StubServer("answers with an empty body")
    context.world.foreign.end()


@when("the concurrency check is run for {word} with {int} requests at once")
def check_is_run(context: WorldContext, name: str, count: int) -> None:
    world = context.world
    who = world.person(name).headers["X-Dev-External-Id"]
    options = ("--dev-user-id", who, "--api-url", world.api_url(), "--concurrent", str(count))
    world.ran = commands.run(world, CHECK, *options)


@when("the concurrency check is run for {word}'s account with {int} requests at once")
def check_is_run_for_account(context: WorldContext, name: str, count: int) -> None:
    world = context.world
    who = ("--email", world.person(name).email, "--password", ACCOUNT_PASSWORD, "--no-purge")
    world.ran = commands.run(world, CHECK, *who, "--api-url", world.api_url(), "--concurrent", str(count))


@when("the concurrency check is run for nobody")
def check_is_run_for_nobody(context: WorldContext) -> None:
    context.world.ran = commands.run(context.world, CHECK)


@when("the duplicates are repaired")
def duplicates_are_repaired(context: WorldContext) -> None:
    listed = commands.run(context.world, "lunar-returns", "duplicates")
    expect.equal(1, listed.code, "exit code of the listing", listed.said)
    context.world.ran = commands.run(context.world, "lunar-returns", "duplicates", "--repair")


@then("it ends with exit code {int} and says {string}")
def ends_and_says(context: WorldContext, code: int, words: str) -> None:
    commands.ended(context.world.ran, code, words)


@then("it says {string}")
def says(context: WorldContext, words: str) -> None:
    said = context.world.ran.said if context.world.ran else ""
    expect.true(words in said, f"words that contain {words!r}", said)


@then("the command names the month {string} and keeps the newest return")
def names_month_and_keeps_newest(context: WorldContext, month: str) -> None:
    commands.ended(context.world.ran, 0, month)
    expect.equal([2], context.world.tables.ids(), "ids of the returns that are left")


@then("a server that is started on it is well")
def server_on_it_is_well(context: WorldContext) -> None:
    context.world.launch.migrates = True
    expect.status(200, context.world.stranger().call("GET", "/ready"))
