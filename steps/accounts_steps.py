"""Sentences about accounts: who gets one, who leaves, and what nobody may learn."""

from collections.abc import Callable, Sequence

from behave import given, then, when

from fixtures.clients.api import Answer
from fixtures.scenario import at_once
from fixtures.scenario.world import World
from fixtures.systems.accounts import asking, checks
from steps.support.context import WorldContext


@given("the operator makes {person} {account_kind} with the password {string}")
@given("l'exploitant crée pour {person} {account_kind} avec le mot de passe {string}")
@when("the operator makes {person} {account_kind} with the password {string}")
@when("l'exploitant crée pour {person} {account_kind} avec le mot de passe {string}")
def operator_makes(context: WorldContext, person: str, kind: Sequence[str], password: str) -> None:
    asking.operator_makes(context.world, person, kind, password)


@given("{person} deletes the account")
@given("{person} supprime son compte")
@when("{person} deletes the account")
@when("{person} supprime son compte")
def deletes(context: WorldContext, person: str) -> None:
    asking.deletes(context.world, person)


@then("nothing of {person} is left")
@then("{person} n'a laissé aucune trace")
def nothing_left(context: WorldContext, person: str) -> None:
    checks.nothing_left(context.world, person)


@then("no password or token of {person} is in any log, table or answer")
@then("{person} n'a ni mot de passe ni jeton dans un journal, une table ou une réponse")
def secrets_are_kept(context: WorldContext, person: str) -> None:
    checks.secrets_are_kept(context.world, person)


@when("{person} sends {input} {int} times at once")
@when("{person} envoie {input} {int} fois en même temps")
def sends_at_once(
    context: WorldContext, person: str, what: Callable[[World, str], Answer], count: int
) -> None:
    at_once.send(context.world, person, what, count)


@then("all {int} of them are granted")
@then("toutes les {int} sont acceptées")
def all_granted(context: WorldContext, count: int) -> None:
    at_once.granted(context.world, count)


@then("{int} of them is/are granted, and the other {int} are refused with {int} {string}")
@then("{int} est/sont acceptée/acceptées et les {int} autres sont refusées avec {int} {string}")
def some_granted(context: WorldContext, count: int, others: int, status: int, words: str) -> None:
    at_once.shared(context.world, count, others, status, words)
