"""Sentences about lots, wallets, the ledger, and the runs that release."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.scenario.world import World
from fixtures.systems.vesting import asking, balances, checks, columns, outside, reports, runbook, tampering
from fixtures.systems.vesting.amounts import Money
from fixtures.systems.vesting.listings import Listing
from fixtures.systems.vesting.tampering import Tamper
from steps.support.context import WorldContext
from steps.support.tables import rows_of


@given("the vault has these lots")
@given("le coffre a ces lots")
def vault_is_given_lots(context: WorldContext) -> None:
    outside.add_lots(context.world, rows_of(context, columns.LOTS))


@then("the vault has these lots")
@then("le coffre a ces lots")
def vault_has_lots(context: WorldContext) -> None:
    balances.lots_are(context.world, rows_of(context, columns.LOTS))


@when("the operator runs {string} {int} times at once")
@when("l'exploitant lance {string} {int} fois en même temps")
def operator_runs_at_once(context: WorldContext, command: str, count: int) -> None:
    asking.run_at_once(context.world, command, count)


@when("somebody tries, past the server, {tampering}")
@when("quelqu'un essaie, hors du serveur, {tampering}")
def somebody_tries(context: WorldContext, tamper: Tamper) -> None:
    tampering.tries(context.world, tamper)


@then("the run reports")
@then("le passage indique")
def run_reports(context: WorldContext) -> None:
    reports.as_expected(context.world, rows_of(context, columns.REPORT))


@then("together the runs report")
@then("ensemble, les passages indiquent")
def runs_report(context: WorldContext) -> None:
    reports.together(context.world, rows_of(context, columns.TOGETHER))


@then("the run names {int} lot/lots of {person} in trouble")
@then("le passage signale {int} lot/lots en difficulté pour {person}")
def run_names(context: WorldContext, count: int, person: str) -> None:
    reports.in_trouble(context.world, person, count)


@then("the command is refused in one line about {string}")
@then("la commande est refusée en une ligne à propos de {string}")
def refused_in_one_line(context: WorldContext, words: str) -> None:
    reports.refused_in_one_line(context.world, words)


@then("the releases of {person} bear {int} trace id/ids")
@then("les libérations faites pour {person} portent {int} identifiant/identifiants de passage")
def releases_bear(context: WorldContext, person: str, count: int) -> None:
    checks.trace_ids(context.world, person, count)


@then("{person} has {money} available and {money} locked")
@then("{person} a {money} disponibles et {money} bloqués")
def has_money(context: WorldContext, person: str, available: Money, locked: Money) -> None:
    balances.has_money(context.world, person, available, locked)


@then("{person} is answered with these {listing}")
@then("{person} reçoit ces {listing}")
def is_answered_with_these(context: WorldContext, person: str, listing: Listing) -> None:
    listing.compare(context.world, person, rows_of(context, listing.columns))


@then("the books balance")
@then("les comptes sont équilibrés")
def books_balance(context: WorldContext) -> None:
    balances.books_balance(context.world)


@then("no sequence was drawn from")
@then("aucun numéro de séquence n'a été consommé")
def no_sequence(context: WorldContext) -> None:
    checks.no_sequence(context.world)


@then("the database refuses it")
@then("la base le refuse")
def database_refuses_it(context: WorldContext) -> None:
    tampering.is_refused(context.world)


@then("the runbook's query for {query} finds {string}")
@then("la requête du runbook pour {query} trouve {string}")
def query_finds(context: WorldContext, query: Callable[[World], str], rows: str) -> None:
    runbook.finds(context.world, query, rows)
