"""Sentences about the commands that an operator runs."""

import shlex

from behave import given, then, when

from fixtures.scenario import commands
from fixtures.systems.lunar_returns import concurrency_check
from fixtures.systems.lunar_returns.concurrency_check import Options
from steps.support.context import WorldContext


@given("the operator runs {string}")
@given("l'exploitant lance {string}")
@when("the operator runs {string}")
@when("l'exploitant lance {string}")
def operator_runs(context: WorldContext, command: str) -> None:
    context.world.ran = commands.run(context.world, *shlex.split(command))


@given("somebody's server that {broken_promise}")
@given("un serveur tiers qui {broken_promise}")
def somebodys_server(context: WorldContext, broken_promise: str) -> None:
    concurrency_check.against(context.world, broken_promise)


@when("the concurrency check is run for {account} with {int} requests at once")
@when("on lance le contrôle de concurrence pour {account} avec {int} demandes simultanées")
def check_is_run(context: WorldContext, account: Options, count: int) -> None:
    concurrency_check.run(context.world, account, count)


@then("it ends with exit code {int}")
@then("la commande se termine avec le code {int}")
def ends_with(context: WorldContext, code: int) -> None:
    commands.ended_with(commands.of(context.world), code)


@then("it says {string}")
@then("elle dit {string}")
def says(context: WorldContext, words: str) -> None:
    commands.said(commands.of(context.world), words)
