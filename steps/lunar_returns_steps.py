"""Sentences about asking for lunar returns, and what comes of it."""

from behave import given, then, when

from fixtures import asking, expect, lunar_checks
from fixtures.eventually import eventually
from fixtures.people import CURRENT, DELAY_HEADER, PURGE, ROLLING
from fixtures.server_checks import seen_purge
from steps.support.context import WorldContext

GENERATION_MS_WHEN_TAKEN_AWAY = 5_000


@given("each generation takes {int} ms longer")
def generation_takes_longer(context: WorldContext, delay_ms: int) -> None:
    context.world.longer_ms = delay_ms


@given("{word} asked for the current return")
@when("{word} asks for the current return")
def asks(context: WorldContext, name: str) -> None:
    context.world.answer = asking.granted(context.world, name, CURRENT)
    context.world.earlier_id = context.world.answer.body["id"]


@given("{word} and {word} asked for the current return")
def both_asked(context: WorldContext, one: str, other: str) -> None:
    asks(context, one)
    asks(context, other)


@given("{word} tried to ask for the current return")
@when("{word} tries to ask for the current return")
def tries_to_ask(context: WorldContext, name: str) -> None:
    context.world.answer = asking.tried(context.world, name, CURRENT)


@when("{word} asks for the current return, lengthened by {int} ms")
def asks_lengthened(context: WorldContext, name: str, delay_ms: int) -> None:
    context.world.answer = asking.granted(context.world, name, CURRENT, **{DELAY_HEADER: str(delay_ms)})


@when("{word} asks for the twelve months")
def asks_for_twelve(context: WorldContext, name: str) -> None:
    context.world.answer = asking.granted(context.world, name, ROLLING)


@given("{word} asked for the current return {int} times at once")
def asked_at_once(context: WorldContext, name: str, count: int) -> None:
    asks_at_once(context, name, count)
    context.world.earlier_id = lunar_checks.same_return(context.world.outcomes, count)


@when("{word} asks for the current return {int} times at once")
def asks_at_once(context: WorldContext, name: str, count: int) -> None:
    context.world.outcomes = asking.burst(context.world, name, count).outcomes()


@when("{word} asks each server for the current return {int} times at once")
def asks_each_server(context: WorldContext, name: str, count: int) -> None:
    world = context.world
    bursts = [asking.burst(world, name, count, which) for which in ("first", "second")]
    world.outcomes = [outcome for burst in bursts for outcome in burst.outcomes()]


@given("{int} requests of {word} wait for a generation of {int} ms")
def requests_wait(context: WorldContext, count: int, name: str, delay_ms: int) -> None:
    asking.burst(context.world, name, count, **{DELAY_HEADER: str(delay_ms)})
    asking.until_told(context.world, "generation_skipped", count - 1)


@given("the first server generates for {word}, while {int} requests of {word} wait on the second")
def generates_while_others_wait(context: WorldContext, name: str, count: int, _same: str) -> None:
    asking.meanwhile(context.world, name, **{DELAY_HEADER: str(GENERATION_MS_WHEN_TAKEN_AWAY)})
    asking.until_told(context.world, "dev_delay", 1)
    asking.burst(context.world, name, count, "second")
    asking.until_told(context.world, "generation_skipped", count)


@given("a request of {word} generates")
def a_request_generates(context: WorldContext, name: str) -> None:
    asking.meanwhile(context.world, name)
    asking.until_told(context.world, "generation_started", 1)


@when("{word} purges the returns")
def purges(context: WorldContext, name: str) -> None:
    context.world.answer = expect.status(200, context.world.api(name).call("POST", PURGE))


@when("{word} tries to purge the returns")
def tries_to_purge(context: WorldContext, name: str) -> None:
    context.world.answer = context.world.api(name).call("POST", PURGE)


@then("{word} is answered with a return that has begun")
def answered_with_begun(context: WorldContext, _name: str) -> None:
    lunar_checks.has_begun(context.world.answer, context.world.now())


@then("{word} is answered with {int} consecutive months, the current one among them")
def answered_with_months(context: WorldContext, name: str, count: int) -> None:
    items = expect.status(200, context.world.answer).body["items"]
    lunar_checks.consecutive([item["month"] for item in items], count)
    current = asking.granted(context.world, name, CURRENT).body
    expect.true(current in items, f"the current return {current} among the months", items)


@then("{word} is answered within {int} second(s)")
def answered_within(context: WorldContext, _name: str, seconds: int) -> None:
    answer = expect.status(200, context.world.answer)
    expect.true(answer.elapsed_s < seconds, f"an answer within {seconds} s", f"{answer.elapsed_s:.3f} s")


@then("{word} is answered after {float} second(s) at the earliest")
def answered_after(context: WorldContext, _name: str, seconds: float) -> None:
    answer = expect.status(200, context.world.answer)
    expect.true(
        answer.elapsed_s >= seconds, f"an answer after {seconds} s or more", f"{answer.elapsed_s:.3f} s"
    )


@then("{word} is told that {int} returns were deleted and {int} are left")
def told_what_was_deleted(context: WorldContext, _name: str, deleted: int, left: int) -> None:
    expect.equal((deleted, left), seen_purge(context.world.answer), "returns deleted and left")


@then("all {int} requests are answered with the same return")
def all_answered_alike(context: WorldContext, count: int) -> None:
    world = context.world
    world.outcomes = asking.collected(world)
    world.earlier_id, before = lunar_checks.same_return(world.outcomes, count), world.earlier_id
    lunar_checks.timing(world)
    world.ids_seen.append((before, world.earlier_id))


@then("it is the same return as before")
def same_as_before(context: WorldContext) -> None:
    before, now = context.world.ids_seen[-1]
    expect.equal(before, now, "id of the return")


@then("all {int} requests are told {string}")
def all_are_told(context: WorldContext, count: int, words: str) -> None:
    lunar_checks.all_refused(asking.collected(context.world), count, words)


@then("the last of them is answered within {int} second(s) of the generation's end")
def last_answered_within(context: WorldContext, seconds: int) -> None:
    late = lunar_checks.timing(context.world)
    expect.true(late < seconds, f"the last answer within {seconds} s of the end", f"{late:.3f} s after it")


@then("{word} is answered before {word}'s generation ends")
def answered_before(context: WorldContext, _name: str, other: str) -> None:
    expect.status(200, context.world.answer)
    lunar_checks.not_finished(context.world, other)


@then("the second server takes over within {int} second(s)")
def takes_over(context: WorldContext, seconds: int) -> None:
    asking.until_told(context.world, "generation_started", 2)
    lunar_checks.took_over(context.world, seconds)


@then("what it writes is refused, and its own request gets that return too")
def late_write_is_refused(context: WorldContext) -> None:
    asking.until_told(context.world, "lock_lost", 1)
    answer = expect.status(200, asking.waited_for(context.world))
    expect.equal(context.world.earlier_id, answer.body["id"], "id of the return")


@then("the request of {word} is answered")
def waiting_is_answered(context: WorldContext, _name: str) -> None:
    expect.status(200, asking.waited_for(context.world))


@then("the request of {word} is told to ask again")
def waiting_is_told_to_ask_again(context: WorldContext, _name: str) -> None:
    answer = expect.status(503, asking.waited_for(context.world))
    expect.equal("/problems/generation-superseded", answer.body["type"], "kind of problem")
    expect.true("Retry-After" in answer.headers, "a time to ask again", answer.headers)


@then("{word} has returns for {int} consecutive months")
def has_months(context: WorldContext, name: str, count: int) -> None:
    lunar_checks.stored_months(context.world.tables, context.world.person(name), count)


@then("{word} soon has returns for {int} consecutive months")
def soon_has_months(context: WorldContext, name: str, count: int) -> None:
    tables, person = context.world.tables, context.world.person(name)
    eventually(lambda: tables.returns_of(person.email), within_s=10, what=f"returns of {name}")
    lunar_checks.stored_months(tables, person, count)


@then("{word} has no returns")
def has_no_returns(context: WorldContext, name: str) -> None:
    expect.equal([], context.world.tables.returns_of(context.world.person(name).email), f"returns of {name}")


@then("nobody else has returns")
def nobody_else(context: WorldContext) -> None:
    world = context.world
    theirs = sum(len(world.tables.returns_of(person.email)) for person in world.people.values())
    expect.equal(theirs, world.tables.count(), "number of returns in all")


@then("{int} generation(s) ran for {word}")
def generations_ran(context: WorldContext, count: int, name: str) -> None:
    lunar_checks.generations(context.world, name, count)


@then("no generation ran")
def no_generation(context: WorldContext) -> None:
    expect.equal([], context.world.told("generation_started"), "generations in the log")


@then("{int} calculation(s) was/were tried")
def calculations_tried(context: WorldContext, count: int) -> None:
    expect.equal(count, len(context.world.told("generation_started")), "generations started")


@then("{word}'s return dates are the fixed ones")
def dates_are_fixed(context: WorldContext, name: str) -> None:
    lunar_checks.fixed(context.world, name, expected=True)


@then("{word}'s return dates are not the fixed ones")
def dates_are_not_fixed(context: WorldContext, name: str) -> None:
    lunar_checks.fixed(context.world, name, expected=False)


@then("{word}'s return date is {string}, give or take {int} seconds")
def return_date_is(context: WorldContext, _name: str, expected: str, seconds: int) -> None:
    lunar_checks.date_near(context.world, expected, seconds)
