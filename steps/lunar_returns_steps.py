"""Sentences about asking for lunar returns, and what comes of it."""

from behave import given, then, when

from fixtures.scenario import expect
from fixtures.scenario.capabilities import PURGING, Need
from fixtures.scenario.editions import english
from fixtures.scenario.eventually import eventually
from fixtures.scenario.people import CURRENT, DELAY_HEADER, PURGE, ROLLING
from fixtures.systems.lunar_returns import asking
from fixtures.systems.lunar_returns import checks as lunar_checks
from fixtures.systems.server.checks import seen_purge
from steps.support.context import WorldContext

GENERATION_MS_WHEN_TAKEN_AWAY = 5_000


@given("each generation takes {int} ms longer")
@given("chaque génération dure {int} ms de plus")
def generation_takes_longer(context: WorldContext, delay_ms: int) -> None:
    context.world.longer_ms = delay_ms


@given("{word} asks for the current return")
@given("{word} demande la révolution courante")
@when("{word} asks for the current return")
@when("{word} demande la révolution courante")
def asks(context: WorldContext, name: str) -> None:
    context.world.answer = asking.granted(context.world, name, CURRENT)
    context.world.earlier_id = context.world.answer.body["id"]


@given("{word} tries to ask for the current return")
@given("{word} essaie de demander la révolution courante")
@when("{word} tries to ask for the current return")
@when("{word} essaie de demander la révolution courante")
def tries_to_ask(context: WorldContext, name: str) -> None:
    context.world.answer = asking.tried(context.world, name, CURRENT)


@when("{word} asks for the current return, lengthened by {int} ms")
@when("{word} demande la révolution courante, prolongée de {int} ms")
def asks_lengthened(context: WorldContext, name: str, delay_ms: int) -> None:
    context.world.answer = asking.granted(context.world, name, CURRENT, **{DELAY_HEADER: str(delay_ms)})


@when("{word} asks for the twelve months")
@when("{word} demande les douze mois")
def asks_for_twelve(context: WorldContext, name: str) -> None:
    context.world.answer = asking.granted(context.world, name, ROLLING)


@given("{word} asks for the current return {int} times at once")
@given("{word} demande la révolution courante {int} fois en même temps")
def asked_at_once(context: WorldContext, name: str, count: int) -> None:
    asks_at_once(context, name, count)
    context.world.earlier_id = lunar_checks.same_return(context.world, count)


@when("{word} asks for the current return {int} times at once")
@when("{word} demande la révolution courante {int} fois en même temps")
def asks_at_once(context: WorldContext, name: str, count: int) -> None:
    context.world.outcomes = asking.burst(context.world, name, count).ended().outcomes


@when("{word} asks each server for the current return {int} times at once")
@when("{word} demande à chaque serveur la révolution courante {int} fois en même temps")
def asks_each_server(context: WorldContext, name: str, count: int) -> None:
    world = context.world
    bursts = [asking.burst(world, name, count, which) for which in ("first", "second")]
    world.outcomes = [outcome for burst in bursts for outcome in burst.ended().outcomes]


@given("{int} requests of {word} wait for a generation of {int} ms")
@given("{int} demandes faites par {word} attendent une génération de {int} ms")
def requests_wait(context: WorldContext, count: int, name: str, delay_ms: int) -> None:
    context.world.capabilities.require(Need.LOG)  # before so many wait for nothing
    asking.burst(context.world, name, count, **{DELAY_HEADER: str(delay_ms)})
    asking.until_told(context.world, "generation_skipped", count - 1)


@given("the first server generates for {word}, while {int} requests of {word} wait on the second")
@given("le premier serveur génère pour {word}, et {int} demandes faites par {word} attendent sur le second")
def generates_while_others_wait(context: WorldContext, name: str, count: int, _same: str) -> None:
    asking.meanwhile(context.world, name, **{DELAY_HEADER: str(GENERATION_MS_WHEN_TAKEN_AWAY)})
    asking.until_told(context.world, "dev_delay", 1)
    asking.burst(context.world, name, count, "second")
    asking.until_told(context.world, "generation_skipped", count)


@given("a request of {word} generates")
@given("une demande faite par {word} est en train de générer")
def a_request_generates(context: WorldContext, name: str) -> None:
    asking.meanwhile(context.world, name)
    asking.until_told(context.world, "generation_started", 1)


@when("{word} purges the returns")
@when("{word} purge ses révolutions")
def purges(context: WorldContext, name: str) -> None:
    context.world.capabilities.require_all(PURGING)
    context.world.answer = expect.status(200, context.world.api(name).call("POST", PURGE))


@when("{word} tries to purge the returns")
@when("{word} essaie de purger ses révolutions")
def tries_to_purge(context: WorldContext, name: str) -> None:
    context.world.capabilities.require_all(PURGING)
    context.world.answer = context.world.api(name).call("POST", PURGE)


@then("{word} is answered with a return that has begun")
@then("{word} reçoit une révolution qui a commencé")
def answered_with_begun(context: WorldContext, _name: str) -> None:
    lunar_checks.has_begun(context.world.answer, context.world.now())


@then("{word} is answered with {int} consecutive months, the current one among them")
@then("{word} reçoit {int} mois consécutifs, dont la révolution courante")
def answered_with_months(context: WorldContext, name: str, count: int) -> None:
    items = expect.status(200, context.world.answer).body["items"]
    lunar_checks.consecutive([item["month"] for item in items], count)
    current = asking.granted(context.world, name, CURRENT).body
    expect.true(current in items, f"the current return {current} among the months", items)


@then("{word} is answered within {int} second/seconds")
@then("{word} reçoit sa réponse en moins de {int} seconde/secondes")
def answered_within(context: WorldContext, _name: str, seconds: int) -> None:
    answer = expect.status(200, context.world.answer)
    expect.true(answer.elapsed_s < seconds, f"an answer within {seconds} s", f"{answer.elapsed_s:.3f} s")


@then("{word} is answered after {float} second/seconds at the earliest")
@then("{word} reçoit sa réponse au bout de {float} seconde/secondes au plus tôt")
def answered_after(context: WorldContext, _name: str, seconds: float) -> None:
    answer = expect.status(200, context.world.answer)
    expect.true(
        answer.elapsed_s >= seconds, f"an answer after {seconds} s or more", f"{answer.elapsed_s:.3f} s"
    )


@then("{word} is told that {int} returns were deleted and {int} are left")
@then("{word} apprend que {int} révolutions ont été effacées et qu'il en reste {int}")
def told_what_was_deleted(context: WorldContext, _name: str, deleted: int, left: int) -> None:
    expect.equal((deleted, left), seen_purge(context.world.answer), "returns deleted and left")


@then("all {int} requests are answered with the same return")
@then("les {int} demandes reçoivent toutes la même révolution")
def all_answered_alike(context: WorldContext, count: int) -> None:
    world = context.world
    world.outcomes = asking.collected(world)
    world.earlier_id, before = lunar_checks.same_return(world, count), world.earlier_id
    lunar_checks.timing(world)
    world.ids_seen.append((before, world.earlier_id))


@then("it is the same return as before")
@then("c'est la même révolution qu'avant")
def same_as_before(context: WorldContext) -> None:
    before, now = context.world.ids_seen[-1]
    expect.equal(before, now, "id of the return")


@then("all {int} requests are told {string}")
@then("les {int} demandes reçoivent toutes le message {string}")
def all_are_told(context: WorldContext, count: int, words: str) -> None:
    lunar_checks.all_refused(asking.collected(context.world), count, words)


@then("the last of them is answered within {int} second/seconds of the generation's end")
@then("la dernière reçoit sa réponse moins de {int} seconde/secondes après la fin de la génération")
def last_answered_within(context: WorldContext, seconds: int) -> None:
    late = lunar_checks.timing(context.world)
    expect.true(late < seconds, f"the last answer within {seconds} s of the end", f"{late:.3f} s after it")


@then("{word} is answered before {word}'s generation ends")
@then("{word} reçoit sa réponse avant que la génération pour {word} se termine")
def answered_before(context: WorldContext, _name: str, other: str) -> None:
    expect.status(200, context.world.answer)
    lunar_checks.not_finished(context.world, other)


@then("the second server takes over within {int} second/seconds")
@then("le second serveur prend le relais en moins de {int} seconde/secondes")
def takes_over(context: WorldContext, seconds: int) -> None:
    asking.until_told(context.world, "generation_started", 2)
    lunar_checks.took_over(context.world, seconds)


@then("what it writes is refused, and its own request gets that return too")
@then("ce qu'il écrit est refusé, et sa propre demande reçoit elle aussi cette révolution")
def late_write_is_refused(context: WorldContext) -> None:
    asking.until_told(context.world, "lock_lost", 1)
    answer = expect.status(200, asking.waited_for(context.world))
    expect.equal(context.world.earlier_id, answer.body["id"], "id of the return")


@then("the request of {word} is {}")
@then("la demande faite par {word} est {}")
def request_is(context: WorldContext, _name: str, what: str) -> None:
    lunar_checks.request_is(asking.waited_for(context.world), english(what))


@then("{word} has returns for {int} consecutive months")
@then("{word} a des révolutions pour {int} mois consécutifs")
def has_months(context: WorldContext, name: str, count: int) -> None:
    lunar_checks.stored_months(context.world.tables, context.world.person(name), count)


@then("{word} soon has returns for {int} consecutive months")
@then("{word} a bientôt des révolutions pour {int} mois consécutifs")
def soon_has_months(context: WorldContext, name: str, count: int) -> None:
    tables, person = context.world.tables, context.world.person(name)
    eventually(lambda: tables.returns_of(person.email), within_s=10, what=f"returns of {name}")
    lunar_checks.stored_months(tables, person, count)


@then("nobody else has returns")
@then("personne d'autre n'a de révolutions")
def nobody_else(context: WorldContext) -> None:
    world = context.world
    theirs = sum(len(world.tables.returns_of(person.email)) for person in world.people.values())
    expect.equal(theirs, world.tables.count(), "number of returns in all")


@then("{int} generation/generations ran for {word}")
@then("il y a eu {int} génération/générations pour {word}")
def generations_ran(context: WorldContext, count: int, name: str) -> None:
    lunar_checks.generations(context.world, name, count)


@then("{int} calculation/calculations was/were tried")
@then("le calcul a été tenté {int} fois")
def calculations_tried(context: WorldContext, count: int) -> None:
    expect.equal(count, len(context.world.told("generation_started")), "generations started")


@then("{word}'s return dates are {}")
@then("les dates de retour pour {word} sont {}")
def dates_are(context: WorldContext, name: str, which: str) -> None:
    lunar_checks.fixed(context.world, name, expected=lunar_checks.FIXED[english(which)])


@then("{word}'s return date is {string}, give or take {int} seconds")
@then("la date de retour pour {word} est {string}, à {int} secondes près")
def return_date_is(context: WorldContext, _name: str, expected: str, seconds: int) -> None:
    lunar_checks.date_near(context.world, expected, seconds)
