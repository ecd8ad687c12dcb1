"""Sentences about the product cache: its upstream, its entries, its figures, and what purges it."""

from collections.abc import Callable

from behave import given, then, when

from fixtures.scenario.common_words import Duration
from fixtures.scenario.world import World
from fixtures.systems.product_cache import asking, cleanup, clients, columns, entries, timer
from fixtures.systems.product_cache.asking import Wanted
from fixtures.systems.product_cache.clients import Client
from steps.support.context import WorldContext
from steps.support.tables import rows_of


@given("the upstream {upstream}")
@given("le service amont {upstream}")
def the_upstream(context: WorldContext, upstream: Callable[[World], None]) -> None:
    upstream(context.world)


@then("{int} {upstream_call} reached the upstream")
@then("{int} {upstream_call} a/ont atteint le service amont")
def reached(context: WorldContext, count: int, calls: Callable[[World, int], None]) -> None:
    calls(context.world, count)


@given("the cache has these entries")
@given("le cache contient ces entrées")
def cache_is_given(context: WorldContext) -> None:
    entries.has(context.world, rows_of(context, columns.ENTRIES))


@then("the cache has these entries")
@then("le cache contient ces entrées")
def cache_has(context: WorldContext) -> None:
    entries.are(context.world, rows_of(context, columns.ENTRIES))


@then("the cache soon has these entries")
@then("le cache contient bientôt ces entrées")
def cache_soon_has(context: WorldContext) -> None:
    entries.soon_are(context.world, rows_of(context, columns.ENTRIES))


@given("the cache has {int} {cached}, each used {int} time/times and the first {int} of them expired")
@given(
    "le cache contient {int} {cached}, utilisées {int} fois chacune et dont les {int} premières sont expirées"
)
def cache_has_many(context: WorldContext, count: int, cache: str, hits: int, expired: int) -> None:
    entries.has_many(context.world, count, cache, hits, expired)


@when("{person} asks for {thing} {int} times with each of {int} clients")
@when("{person} demande {thing} {int} fois avec chacun de {int} clients")
def asks_with_clients(context: WorldContext, person: str, thing: Wanted, times: int, count: int) -> None:
    asking.uses(context.world, person, thing, times, count)


@when("{int} clients each add, read and use an entry of their own, {way}")
@when("{int} clients ajoutent, lisent et réutilisent chacun une entrée, {way}")
def clients_work(context: WorldContext, count: int, way: Client) -> None:
    clients.work(context.world, count, way)


@then("each of the {int} entries was used once, all of them in {duration}")
@then("chacune des {int} entrées a été réutilisée une fois, le tout en {duration}")
def each_used_once(context: WorldContext, count: int, bound: Duration) -> None:
    clients.each_used_once(context.world, count)
    clients.took(context.world, bound)


@then("the cleanup removed {int} search/searches and {int} score/scores")
@then("la purge a supprimé {int} recherche/recherches et {int} score/scores")
def cleanup_removed(context: WorldContext, searches: int, scores: int) -> None:
    cleanup.removed(context.world, searches, scores)


@then("the cleanup {cleanup}")
@then("la purge {cleanup}")
def the_cleanup(context: WorldContext, what: Callable[[World], None]) -> None:
    what(context.world)


@when("the timer has purged {int} times")
@when("la minuterie a purgé {int} fois")
def timer_has_purged(context: WorldContext, times: int) -> None:
    timer.has_purged(context.world, times)
