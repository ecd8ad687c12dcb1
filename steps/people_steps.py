"""Sentences about people: who has an account or a natal chart, and what people are told."""

from behave import given, then, when

from fixtures.scenario import expect
from fixtures.scenario.capabilities import Need
from fixtures.scenario.people import BIRTH, CHART, OTHER_BIRTH, give_chart
from fixtures.systems.lunar_returns import bad_input as bad_charts
from steps.support.context import WorldContext

NOT_LET_IN = 401
CLAIMS = {"user": "42", "external": "Ada"}
"""What a claim to be Ada says, by what the header takes: a number, or any text."""


@given("{word} has an account")
@given("{word} a un compte")
def has_an_account(context: WorldContext, name: str) -> None:
    context.world.person(name)


@given("{word} has a natal chart")
@given("{word} a un thème natal")
def has_a_natal_chart(context: WorldContext, name: str) -> None:
    give_chart(context.world.api(name), BIRTH)


@given("{word} was born at {string}")
@given("{word} est né/née le {string}")
def was_born_at(context: WorldContext, name: str, birth: str) -> None:
    give_chart(context.world.api(name), {**BIRTH, "birth_datetime": birth})


@when("{word} changes the natal chart")
@when("{word} change de thème natal")
def changes_the_chart(context: WorldContext, name: str) -> None:
    context.world.capabilities.require(Need.DELETING)
    give_chart(context.world.api(name), OTHER_BIRTH)


@when("{word} gives the same natal chart again")
@when("{word} redonne le même thème natal")
def gives_the_same_chart(context: WorldContext, name: str) -> None:
    give_chart(context.world.api(name), BIRTH)


@when("{word} tries to give a natal chart whose {word} is {string}")
def tries_a_chart_with(context: WorldContext, name: str, field: str, value: str) -> None:
    chart = bad_charts.with_field(field, value)
    context.world.answer = context.world.api(name).call("PUT", CHART, json=chart)


@when("{word} tries to give a natal chart that is {}")
def tries_a_body(context: WorldContext, name: str, what: str) -> None:
    media_type, body = bad_charts.body(what)
    api = context.world.api(name)
    context.world.answer = api.call("PUT", CHART, data=body, headers={"Content-Type": media_type})


@when("somebody claims to be Ada by the header {string}")
@when("quelqu'un prétend être Ada par l'en-tête {string}")
def claims_to_be(context: WorldContext, header: str) -> None:
    claim = next(value for kind, value in CLAIMS.items() if kind in header.lower())
    context.world.answer = context.world.stranger({header: claim}).call("PUT", CHART, json=BIRTH)


@then("they are not let in")
@then("l'accès lui est refusé")
def not_let_in(context: WorldContext) -> None:
    expect.status(NOT_LET_IN, context.world.answer)


@then("they are let in as Ada")
@then("l'accès lui est accordé au nom d'Ada")
def let_in_as_ada(context: WorldContext) -> None:
    expect.status(200, context.world.answer)
    expect.equal(1, context.world.tables.users(), "number of users")


@then("no user was made")
@then("aucun utilisateur n'a été créé")
def no_user_was_made(context: WorldContext) -> None:
    expect.equal(0, context.world.tables.users(), "number of users")


@then("{word} is told {string}")
@then("{word} reçoit le message {string}")
def is_told(context: WorldContext, name: str, words: str) -> None:
    answer = context.world.answer
    expect.true(answer is not None and not answer.ok, f"a refusal to {name}", answer)
    expect.true(answer is not None and words in answer.detail, f"the words {words!r}", answer and answer.body)


@then("{word} is told {string}, and when to ask again")
@then("{word} reçoit le message {string}, et apprend quand redemander")
def is_told_when_to_ask_again(context: WorldContext, name: str, words: str) -> None:
    is_told(context, name, words)
    answer = expect.status(503, context.world.answer)
    expect.true(answer.headers.get("Retry-After", "").isdigit(), "Retry-After in seconds", answer.headers)


@then("{word} is told that the field {string} is wrong")
def is_told_the_field(context: WorldContext, name: str, field: str) -> None:
    answer = expect.status(422, context.world.answer)
    expect.equal(
        [field], [wrong["field"] for wrong in answer.body["errors"]], f"fields that {name} is told of"
    )


@then("{word}'s request is refused as bad input")
def refused_as_bad_input(context: WorldContext, name: str) -> None:
    answer = context.world.answer
    status = answer.status if answer else 0
    expect.true(status in bad_charts.STATUSES, f"a status of {bad_charts.STATUSES} for {name}", status)
    kind = answer.headers.get("Content-Type", "") if answer else ""
    expect.equal("application/problem+json", kind, "content type")
