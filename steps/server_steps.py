"""Sentences about servers: how they are started, what happens to them, what they say of themselves."""

from behave import given, then, when

from fixtures.scenario import expect, fates
from fixtures.scenario.doubles import MovableClock, failing_ephemeris, noon
from fixtures.scenario.editions import english
from fixtures.scenario.eventually import eventually
from fixtures.systems.server import checks as server_checks
from fixtures.targets.launch import DEVELOPMENT
from steps.support.context import WorldContext

END_S_MAX = 20.0


@given("a server whose environment is {string}")
@given("un serveur dont l'environnement est {string}")
def server_in_environment(context: WorldContext, name: str) -> None:
    known = {"development": DEVELOPMENT, "not set": {}}
    context.world.launch.environment = dict(known.get(english(name), {"APP_ENV": name}))


@given("a server with {int} worker process/processes")
@given("un serveur à {int} processus")
def server_with_workers(context: WorldContext, count: int) -> None:
    context.world.launch.workers = count


@given("two servers that share a database")
@given("deux serveurs qui partagent une base")
def two_servers(context: WorldContext) -> None:
    context.world.launch.servers = 2


@given("the switch {word} is set to {string}")
@given("l'option {word} vaut {string}")
def switch_is_set(context: WorldContext, name: str, value: str) -> None:
    context.world.launch.environment[name] = value


@given("purging is switched off")
@given("la purge est désactivée")
def purging_is_off(context: WorldContext) -> None:
    context.world.launch.environment.pop("ALLOW_DEV_PURGE", None)


@given("the server gives a request {int} second/seconds to arrive")
def request_may_take(context: WorldContext, seconds: int) -> None:
    context.world.launch.environment |= {"HEAD_S_MAX": str(seconds), "BODY_S_MAX": str(seconds)}


@given("today is {string}")
@given("nous sommes le {string}")
def today_is(context: WorldContext, date: str) -> None:
    context.world.launch.clock = MovableClock(noon(date))


@given("{int} days have passed")
@given("{int} jours ont passé")
def days_have_passed(context: WorldContext, days: int) -> None:
    clock = context.world.launch.clock
    assert isinstance(clock, MovableClock), "the scenario has no clock of its own: say which day it is first"
    clock.move(days)


@given("the next calculation fails after {int} second/seconds")
@given("le prochain calcul échoue au bout de {int} seconde/secondes")
def next_calculation_fails(context: WorldContext, seconds: int) -> None:
    context.world.launch.stand_ins |= failing_ephemeris(seconds)


@when("a server is started")
@when("on démarre un serveur")
def server_is_started(context: WorldContext) -> None:
    context.world.ran = server_checks.refusal(context.world)


@when("the {word} server {}")
@when("le {word} serveur {}")
def something_happens_to(context: WorldContext, which: str, what: str) -> None:
    fates.happen(context.world, english(which), english(what))


@when("the server is told to stop")
def server_is_told_to_stop(context: WorldContext) -> None:
    context.world.process().ask_to_stop()


@when("somebody asks the server about itself")
def ask_about_itself(context: WorldContext) -> None:
    context.world.portrait = server_checks.portrait(context.world.stranger())


@when("somebody sends {}")
def somebody_sends(context: WorldContext, what: str) -> None:
    context.world.raw_status = server_checks.send_raw(context.world.server().base_url, what)


@then("they are answered with status {int}")
@then("la réponse porte le statut {int}")
def answered_with_status(context: WorldContext, status: int) -> None:
    expect.equal(status, context.world.raw_status, "status")


@then("the server is well")
@then("le serveur va bien")
def server_is_well(context: WorldContext) -> None:
    server_checks.well(context.world)


@then("the server ends with exit code {int}")
def server_ends(context: WorldContext, code: int) -> None:
    exit_code = context.world.process().exit_code
    eventually(exit_code, holds=lambda ended: ended is not None, within_s=END_S_MAX, what="the server's end")
    expect.equal(code, exit_code(), "exit code")


@then("it says that it lives and is ready")
def lives_and_is_ready(context: WorldContext) -> None:
    portrait = server_checks.seen(context.world.portrait)
    expect.equal("ok", portrait.health, "what it says of its life")
    expect.equal("ready", portrait.readiness, "what it says of its readiness")


@then("its figures count {int} generation/generations")
def figures_count(context: WorldContext, count: int) -> None:
    portrait = server_checks.seen(context.world.portrait)
    name = 'generations_total{outcome="finished",purpose="lunar_returns"}'
    expect.equal(float(count), portrait.figures.get(name), name, f"the figures are {portrait.figures}")


@then("its description lists what Ada may ask for")
def description_lists(context: WorldContext) -> None:
    portrait = server_checks.seen(context.world.portrait)
    wanted = {
        "/api/natal-chart",
        "/api/lunar-returns/current",
        "/api/lunar-returns/rolling",
        "/api/auth/login",
    }
    expect.equal(set(), wanted - set(portrait.description["paths"]), "paths missing from the description")
