"""Sentences about what the log and the tables prove."""

from behave import given, then, when

from fixtures.clients.api import ID_HEADER
from fixtures.scenario import expect
from fixtures.scenario.editions import english
from fixtures.scenario.people import CURRENT
from fixtures.systems.lunar_returns import asking, duplicates, log_checks
from steps.support.context import WorldContext


@when("{word} asks for the current return under the id {string}")
@when("{word} demande la révolution courante sous l'identifiant {string}")
def asks_under_id(context: WorldContext, name: str, request_id: str) -> None:
    context.world.answer = asking.granted(context.world, name, CURRENT, **{ID_HEADER: request_id})


@when("{word} asks for the current return under an id with {}")
@when("{word} demande la révolution courante sous un identifiant avec {}")
def asks_under_unsafe_id(context: WorldContext, name: str, what: str) -> None:
    context.world.sent_id = log_checks.UNSAFE_IDS[english(what)]
    context.world.raw_answer = log_checks.ask_raw(context.world, name, context.world.sent_id)


@then("the answer bears the id {string}")
@then("la réponse porte l'identifiant {string}")
def answer_bears_id(context: WorldContext, request_id: str) -> None:
    answer = expect.status(200, context.world.answer)
    expect.equal(request_id, answer.headers.get(ID_HEADER), ID_HEADER)


@then("the answer bears an id that the server made")
@then("la réponse porte un identifiant créé par le serveur")
def answer_bears_made_id(context: WorldContext) -> None:
    log_checks.made_id(context.world)


@then("each line that the log has for it bears that id")
@then("chaque ligne du journal pour cette demande porte cet identifiant")
def lines_bear_that_id(context: WorldContext) -> None:
    log_checks.lines_of_request(context.world, log_checks.answered_id(context.world))


@then("that unsafe id is nowhere in the log")
@then("cet identifiant dangereux n'est nulle part dans le journal")
def unsafe_id_is_nowhere(context: WorldContext) -> None:
    log_checks.nowhere(context.world, context.world.sent_id)


@then("the log tells of {int} request/requests that {}")
@then("le journal montre {int} demande/demandes qui {}")
def log_tells_of(context: WorldContext, count: int, what: str) -> None:
    log_checks.tells(context.world, count, english(what))


@then("each of these lines bears the id of its request")
@then("chacune de ces lignes porte l'identifiant de sa demande")
def these_lines_bear_ids(context: WorldContext) -> None:
    log_checks.ids_are_of_requests(context.world)


@given("a database from before the rule, in which {word} has two returns for one month")
@given("une base d'avant la règle, où {word} a deux révolutions pour un même mois")
def database_with_duplicates(context: WorldContext, name: str) -> None:
    duplicates.make(context.world, name)


@then("the two returns are still there")
@then("les deux révolutions sont toujours là")
def duplicates_are_there(context: WorldContext) -> None:
    expect.equal(2, context.world.tables.count(), "number of returns")


@then("neither of the two duplicate queries finds a row")
@then("aucune des deux requêtes de doublons ne trouve de ligne")
def no_duplicates(context: WorldContext) -> None:
    found = context.world.tables.duplicates(context.world.name)
    expect.equal([], found, "rows of the duplicate queries")


@then("the database forbids a second return for a month of {word}")
@then("la base interdit à {word} une seconde révolution pour un même mois")
def database_forbids(context: WorldContext, name: str) -> None:
    duplicates.forbidden(context.world, context.world.person(name))
