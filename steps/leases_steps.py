"""Sentences about work leases: who starts a task, and who holds it then."""

from behave import then, when

from fixtures.systems.interpretations import columns, leases
from steps.support.context import WorldContext
from steps.support.tables import rows_of


@when("{int} holders start one task at once, {int} time/times")
@when("{int} titulaires commencent une même tâche en même temps, {int} fois")
def start_at_once(context: WorldContext, holders: int, times: int) -> None:
    leases.at_once(context.world, holders, times)


@then("the leases are")
@then("les baux sont")
def leases_are(context: WorldContext) -> None:
    leases.are(context.world, rows_of(context, columns.LEASES))
