"""Sentences about people: what they have, ask for, send and are answered with, whatever system it is about."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.clients.api import Answer
from fixtures.scenario import refusals, things
from fixtures.scenario.things import Thing
from fixtures.scenario.world import World
from fixtures.systems.lunar_returns import charts
from steps.support.context import WorldContext


@given("{person} has {belonging}")
@given("{person} a {belonging}")
def has(context: WorldContext, person: str, belonging: Callable[[World, str], None]) -> None:
    belonging(context.world, person)


@given("{person} was born at {string}")
@given("{person} est né/née le {string}")
def was_born_at(context: WorldContext, person: str, birth: str) -> None:
    charts.born_at(context.world, person, birth)


@when("{person} gives {chart}")
@when("{person} donne {chart}")
def gives(context: WorldContext, person: str, chart: dict[str, object]) -> None:
    charts.changes(context.world, person, chart)


@given("{person} sends {input}")
@given("{person} envoie {input}")
@when("{person} sends {input}")
@when("{person} envoie {input}")
def sends(context: WorldContext, person: str, what: Callable[[World, str], Answer]) -> None:
    context.world.keep_answer(person, what(context.world, person))


@given("{person} asks for {thing}")
@given("{person} demande {thing}")
@when("{person} asks for {thing}")
@when("{person} demande {thing}")
def asks(context: WorldContext, person: str, thing: Thing) -> None:
    things.asks(context.world, person, thing)


@given("{person} tries to ask for {thing}")
@given("{person} essaie de demander {thing}")
@when("{person} tries to ask for {thing}")
@when("{person} essaie de demander {thing}")
def tries_to_ask(context: WorldContext, person: str, thing: Thing) -> None:
    things.tries(context.world, person, thing)


@given("{person} asks for {thing} {int} times at once")
@given("{person} demande {thing} {int} fois en même temps")
def asked_at_once(context: WorldContext, person: str, thing: Thing, count: int) -> None:
    thing.ask_at_once(context.world, person, count, things.FIRST)
    thing.all_granted(context.world, count)


@when("{person} asks for {thing} {int} times at once")
@when("{person} demande {thing} {int} fois en même temps")
def asks_at_once(context: WorldContext, person: str, thing: Thing, count: int) -> None:
    thing.ask_at_once(context.world, person, count, things.FIRST)


@when("{person} asks each server for {thing} {int} times at once")
@when("{person} demande à chaque serveur {thing} {int} fois en même temps")
def asks_each_server(context: WorldContext, person: str, thing: Thing, count: int) -> None:
    thing.ask_at_once(context.world, person, count, things.EACH)


@then("{person} is answered with {answer}")
@then("{person} reçoit {answer}")
def is_answered_with(context: WorldContext, person: str, answer: Callable[[World, str], None]) -> None:
    answer(context.world, person)


@then("{person} is refused with {int} {string}")
@then("{person} est refusé/refusée avec {int} {string}")
def is_refused(context: WorldContext, person: str, status: int, words: str) -> None:
    refusals.refused(context.world, person, status, words)


@then("{person} is refused as bad input")
@then("{person} est refusé/refusée pour une saisie incorrecte")
def is_refused_as_bad_input(context: WorldContext, person: str) -> None:
    refusals.bad_input(context.world, person)


@then("{person} is told that the field {string} is wrong")
@then("{person} apprend que le champ {string} est incorrect")
def is_told_of_field(context: WorldContext, person: str, field: str) -> None:
    refusals.told_of_field(context.world, person, field)
