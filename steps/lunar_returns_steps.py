"""Sentences about asking for lunar returns, and what is answered and stored."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.clients.api import Answer
from fixtures.scenario import documented
from fixtures.scenario.common_words import Duration
from fixtures.scenario.world import World
from fixtures.systems.lunar_returns import asking, checks, recovery, stampedes, waiting
from steps.support.context import WorldContext


@given("each generation takes {duration} longer")
@given("chaque génération dure {duration} de plus")
def generation_takes_longer(context: WorldContext, duration: Duration) -> None:
    asking.lengthen(context.world, duration)


@given("the next calculation fails after {duration}")
@given("le prochain calcul échoue au bout de {duration}")
def next_calculation_fails(context: WorldContext, duration: Duration) -> None:
    asking.fail_next(context.world, duration)


@when("{int} people ask for the current return {int} times at once, one after the other")
@when("{int} personnes demandent la révolution courante {int} fois en même temps, l'une après l'autre")
def people_ask_at_once(context: WorldContext, people: int, count: int) -> None:
    stampedes.send(context.world, people, count)


@given("{int} requests of {person} wait for a generation of {duration}")
@given("{int} demandes faites par {person} attendent une génération de {duration}")
def requests_wait(context: WorldContext, count: int, person: str, duration: Duration) -> None:
    asking.wait_for_a_long_one(context.world, person, count, duration)


@given("the first server generates for {person}, while {int} requests of {person} wait on the second")
@given(
    "le premier serveur génère pour {person}, et {int} demandes faites par {person} attendent sur le second"
)
def generates_while_others_wait(context: WorldContext, person: str, count: int, waiter: str) -> None:
    asking.generates_while_others_wait(context.world, person, count, waiter)


@given("a request of {person} generates")
@given("une demande faite par {person} est en train de générer")
def a_request_generates(context: WorldContext, person: str) -> None:
    asking.generates(context.world, person)


@when("{person} purges the returns")
@when("{person} purge ses révolutions")
def purges(context: WorldContext, person: str) -> None:
    asking.purges(context.world, person)


@then("the request of {person} is {outcome}")
@then("la demande faite par {person} est {outcome}")
def request_is(context: WorldContext, person: str, outcome: Callable[[Answer], None]) -> None:
    answer = context.world.waited_for(person)
    outcome(answer)
    if answer.has("type"):
        documented.as_documented(context.world, answer)


@then("{person} is answered in {duration}")
@then("{person} reçoit sa réponse en {duration}")
def answered_in(context: WorldContext, person: str, bound: Duration) -> None:
    waiting.answered_in(context.world, person, bound)


@then("{person} is answered again in {duration}")
@then("{person} reçoit de nouveau une réponse en {duration}")
def answered_again(context: WorldContext, person: str, bound: Duration) -> None:
    recovery.answered_again(context.world, person, bound)


@then("{person} is answered before {person}'s generation ends")
@then("{person} reçoit sa réponse avant que la génération pour {person} se termine")
def answered_before(context: WorldContext, person: str, other: str) -> None:
    waiting.before_the_end_of(context.world, person, other)


@then("{server} stores a natal chart of {person} in {duration}")
@then("{server} enregistre un thème natal pour {person} en {duration}")
def stores_a_chart(context: WorldContext, which: str, person: str, bound: Duration) -> None:
    recovery.chart_stored(context.world, which, person, bound)


@then("all {int} requests are answered with the same return")
@then("les {int} demandes reçoivent toutes la même révolution")
def all_answered_alike(context: WorldContext, count: int) -> None:
    waiting.same_return(context.world, count)


@then("all {int} requests are refused with {int} {string}")
@then("les {int} demandes sont toutes refusées avec {int} {string}")
def all_are_refused(context: WorldContext, count: int, status: int, words: str) -> None:
    waiting.all_refused(context.world, count, status, words)


@then("the last of them is answered in {duration} of the generation's end")
@then("la dernière reçoit sa réponse en {duration} après la fin de la génération")
def last_answered_in(context: WorldContext, bound: Duration) -> None:
    waiting.last_answered(context.world, bound)


@then("the second server takes over in {duration}")
@then("le second serveur prend le relais en {duration}")
def takes_over(context: WorldContext, bound: Duration) -> None:
    waiting.took_over(context.world, bound)


@then("what it writes is refused, and the request of {person} gets that return too")
@then("ce qu'il écrit est refusé, et la demande faite par {person} reçoit elle aussi cette révolution")
def late_write_is_refused(context: WorldContext, person: str) -> None:
    waiting.late_write_is_refused(context.world, person)


@then("{person} has returns for {int} consecutive months")
@then("{person} a des révolutions pour {int} mois consécutifs")
def has_months(context: WorldContext, person: str, count: int) -> None:
    checks.stored_months(context.world, person, count)


@then("{person} soon has returns for {int} consecutive months")
@then("{person} a bientôt des révolutions pour {int} mois consécutifs")
def soon_has_months(context: WorldContext, person: str, count: int) -> None:
    checks.soon_stored(context.world, person, count)


@then("{int} {work} ran for {person}")
@then("il y a eu {int} {work} pour {person}")
def work_ran(context: WorldContext, count: int, work: Callable[[World, str, int], None], person: str) -> None:
    work(context.world, person, count)


@then("{person}'s return dates are {dates}")
@then("les dates de retour pour {person} sont {dates}")
def dates_are(context: WorldContext, person: str, are_fixed: object) -> None:
    checks.fixed_dates(context.world, person, expected=bool(are_fixed))


@then("{person}'s return date is {string}, give or take {int} seconds")
@then("la date de retour pour {person} est {string}, à {int} secondes près")
def return_date_is(context: WorldContext, person: str, expected: str, seconds: int) -> None:
    checks.date_near(context.world, person, expected, seconds)


@then("each of the {int} rounds gave {int} answers with one return from one generation")
@then("chacune des {int} salves a donné {int} réponses, une seule révolution et une seule génération")
def each_round_made_once(context: WorldContext, rounds: int, answers: int) -> None:
    stampedes.made_once(context.world, rounds, answers)
