"""Sentences about what logs and tables prove."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.scenario.stored import Changes
from fixtures.scenario.world import World
from fixtures.systems.lunar_returns import duplicates, log_checks, request_ids
from fixtures.systems.lunar_returns.pages import LunarPage
from fixtures.systems.lunar_returns.request_ids import RequestId
from steps.support.context import WorldContext


@then("nothing else was changed")
@then("rien d'autre n'a changé")
def nothing_else(context: WorldContext) -> None:
    context.world.of(Changes).no_others()


@when("{person} asks for {thing} under {request_id}")
@when("{person} demande {thing} sous {request_id}")
def asks_under(context: WorldContext, person: str, thing: LunarPage, request_id: RequestId) -> None:
    request_ids.asks(context.world, person, thing, request_id)


@then("{person} is answered under {request_id}")
@then("{person} reçoit sa réponse sous {request_id}")
def answered_under(context: WorldContext, person: str, request_id: RequestId) -> None:
    request_ids.bears(context.world, person, request_id)


@then("each line that the log has for {person}'s request bears that id")
@then("chaque ligne du journal pour la demande faite par {person} porte cet identifiant")
def lines_bear_that_id(context: WorldContext, person: str) -> None:
    request_ids.on_each_line(context.world, person)


@then("that unsafe id is nowhere in the log")
@then("cet identifiant dangereux n'est nulle part dans le journal")
def unsafe_id_is_nowhere(context: WorldContext) -> None:
    request_ids.unsafe_is_nowhere(context.world)


@then("the log has {int} request/requests that {logged}")
@then("le journal montre {int} demande/demandes qui {logged}")
def log_has(context: WorldContext, count: int, logged: Callable[[World, int], None]) -> None:
    logged(context.world, count)


@then("each of these lines bears the id of its request")
@then("chacune de ces lignes porte l'identifiant de sa demande")
def these_lines_bear_ids(context: WorldContext) -> None:
    log_checks.ids_are_of_requests(context.world)


@given("a database from before the rule, in which {person} has {int} returns for one month")
@given("une base d'avant la règle, où {person} a {int} révolutions pour un même mois")
def database_with_duplicates(context: WorldContext, person: str, count: int) -> None:
    duplicates.make(context.world, person, count)


@then("only the newest of these returns is left")
@then("seule la plus récente de ces révolutions est encore là")
def newest_is_left(context: WorldContext) -> None:
    duplicates.newest_is_left(context.world)


@then("neither of the two duplicate queries finds a row")
@then("aucune des deux requêtes de doublons ne trouve de ligne")
def no_duplicates(context: WorldContext) -> None:
    duplicates.none(context.world)


@then("the database forbids a second return for a month of {person}")
@then("la base interdit à {person} une seconde révolution pour un même mois")
def database_forbids(context: WorldContext, person: str) -> None:
    duplicates.forbidden(context.world, person)
