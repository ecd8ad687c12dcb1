"""Sentences about interpretations: how Claude is, whose texts they are, and what becomes of the first version's."""

from collections.abc import Callable, Sequence

from behave import given, then, when

from fixtures.scenario.world import World
from fixtures.systems.interpretations import drills, keeping
from steps.support.context import WorldContext


@given("Claude {claude}")
@given("le service Claude {claude}")
def claude_is(context: WorldContext, claude: Callable[[World], None]) -> None:
    claude(context.world)


@when("the database is upgraded {upgrading}")
@when("la base est mise à niveau {upgrading}")
def database_is_upgraded(context: WorldContext, upgrading: Callable[[World], None]) -> None:
    upgrading(context.world)


@when("the operator follows the drill {string}")
@when("l'exploitant suit l'exercice {string}")
def follows_drill(context: WorldContext, heading: str) -> None:
    drills.follow(context.world, heading)


@then("the templates that were removed are there again")
@then("les modèles retirés sont de nouveau là")
def templates_are_back(context: WorldContext) -> None:
    keeping.templates_are_back(context.world)


@then("the first version's texts are {kept_places}")
@then("les textes de la première version sont {kept_places}")
def texts_are(context: WorldContext, kept_places: Sequence[str]) -> None:
    keeping.are_in(context.world, kept_places)
