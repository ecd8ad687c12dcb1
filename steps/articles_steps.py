"""Sentences about articles: who creates, changes and reads them, what is kept, and what becomes of the log."""

from behave import given, then, when

from fixtures.scenario.common_words import Duration
from fixtures.systems.articles import (
    checks,
    columns,
    crashes,
    damage,
    dialogue,
    disks,
    limits,
    operating,
    snapshots,
    together,
    working,
)
from fixtures.systems.articles.damage import Damage
from fixtures.systems.articles.disks import Disk
from fixtures.systems.articles.needs import EVENT_LOG
from fixtures.systems.articles.world import Articles
from steps.support.context import WorldContext
from steps.support.tables import rows_of


@given("persistence is on by default")
@given("la persistance est activée par défaut")
def persistence_is_on(context: WorldContext) -> None:
    context.world.capabilities.require(EVENT_LOG)


@given("a server on port {int} with persistence {string}")
@given("un serveur Lithair sur le port {int} avec persistance {string}")
def server_on_port(context: WorldContext, port: int, folder: str) -> None:
    context.world.launch.port, context.world.launch.data_name = port, working.below(folder)


@given("articles have {int} characters")
@given("les articles ont {int} caractères")
def articles_have(context: WorldContext, characters: int) -> None:
    context.world.of(Articles).size = characters


@given("there is/are {int} article/articles")
@given("il y a {int} article/articles")
def there_are(context: WorldContext, count: int) -> None:
    working.have(context.world, count)


@given("the disk {disk}")
@given("le disque {disk}")
@when("the disk {disk}")
@when("le disque {disk}")
def the_disk(context: WorldContext, disk: Disk) -> None:
    disks.tell(context.world, disk)


@when("I create {int} articles quickly")
@when("je crée {int} articles rapidement")
def create_quickly(context: WorldContext, count: int) -> None:
    working.create(context.world, count, working.QUICKLY)


@when("I create {int} articles in parallel with {int} threads")
@when("je crée {int} articles en parallèle avec {int} threads")
def create_in_parallel(context: WorldContext, count: int, clients: int) -> None:
    working.create(context.world, count, clients)


@when("I create {int} articles in batches of {int}")
@when("je crée {int} articles par lots de {int}")
def create_in_batches(context: WorldContext, count: int, each: int) -> None:
    with working.others_ask(context.world):
        working.create_in_batches(context.world, count, each)


@when("I change {int} articles and delete {int} others")
@when("je modifie {int} articles et j'en supprime {int} autres")
def change_and_delete(context: WorldContext, changed: int, deleted: int) -> None:
    working.change_and_delete(context.world, changed, deleted)


@when("these clients work for {duration}")
@when("ces clients travaillent pendant {duration}")
def clients_work(context: WorldContext, duration: Duration) -> None:
    working.work(context.world, working.loads(rows_of(context, columns.LOADS)), duration.seconds)


@when("these events are kept in this order")
@when("ces événements sont gardés dans cet ordre")
def events_are_kept(context: WorldContext) -> None:
    for row in rows_of(context, columns.EVENTS):
        working.keep_event(context.world, dict(zip(columns.EVENTS.headings, row, strict=True)))


@when("the server is killed {int} times while {int} clients write")
@when("on tue le serveur {int} fois pendant que {int} clients écrivent")
def killed_while_writing(context: WorldContext, times: int, clients: int) -> None:
    crashes.kill_under_load(context.world, times, clients)


@when("the log is damaged by {damage}")
@when("le journal est abîmé par {damage}")
def log_is_damaged(context: WorldContext, kind: Damage) -> None:
    damage.do(context.world, kind)


@when("{person} asks, one after the other")
@when("{person} demande, l'un après l'autre")
def asks_one_after_the_other(context: WorldContext, person: str) -> None:
    dialogue.ask(context.world, person, rows_of(context, columns.DIALOGUE))


@when("the operator runs these commands")
@when("l'exploitant lance ces commandes")
def operator_runs_these(context: WorldContext) -> None:
    operating.run(context.world, rows_of(context, columns.COMMANDS))


@then("these commands end as it says there")
@then("ces commandes se terminent comme il y est dit")
def commands_end_as_it_says(context: WorldContext) -> None:
    operating.as_expected(context.world)


@then("{person} is answered as it says there")
@then("{person} reçoit ce qui y est dit")
def answered_as_it_says(context: WorldContext, person: str) -> None:
    dialogue.as_expected(context.world, person)


@then("{int} of these requests is/are answered with {int}")
@then("{int} de ces demandes reçoit/reçoivent {int}")
def of_these_requests(context: WorldContext, count: int, status: int) -> None:
    together.answered(context.world, count, status)


@then("of the log's files only the log and its lock are open")
@then("des fichiers du journal, seuls le journal et son verrou sont ouverts")
def none_left_open(context: WorldContext) -> None:
    snapshots.none_left_open(context.world)


@then("snapshots are there at the events {string} and at no others")
@then("il y a des instantanés aux événements {string} et à aucun autre")
def snapshots_only_at(context: WorldContext, events: str) -> None:
    snapshots.only_at(context.world, events)


@then("the file {word} must exist")
@then("le fichier {word} doit exister")
def file_exists(context: WorldContext, name: str) -> None:
    checks.is_there(context.world, name)


@then("the file {word} must hold exactly {int} events")
@then("le fichier {word} doit contenir exactement {int} événements")
def file_holds(context: WorldContext, name: str, count: int) -> None:
    checks.is_there(context.world, name)
    checks.counted(context.world, count)


@then("the log has events of these types")
@then("le journal a des événements de ces types")
def events_of_types(context: WorldContext) -> None:
    rows = rows_of(context, columns.TYPES)
    checks.types(context.world, {row[0]: int(row[1]) for row in rows})


@then("the log has these events, in this order")
@then("le journal a ces événements, dans cet ordre")
def events_in_order(context: WorldContext) -> None:
    checks.in_order(context.world, rows_of(context, columns.EVENTS))


@then("the log is whole")
@then("le journal est intact")
def log_is_whole(context: WorldContext) -> None:
    checks.whole(context.world)


@then("the ids {int} to {int} were given, each once")
@then("les identifiants {int} à {int} ont été donnés, chacun une fois")
def ids_were_given(context: WorldContext, first: int, last: int) -> None:
    checks.ids_given(context.world, first, last)


@then("{int} article/articles is/are there")
@then("{int} article/articles est/sont là")
def articles_are_there(context: WorldContext, count: int) -> None:
    checks.live(context.world, count)


@then("these limits are kept")
@then("ces limites sont tenues")
def limits_are_kept(context: WorldContext) -> None:
    rows = rows_of(context, columns.LIMITS)
    limits.keep(context.world, limits.read(rows))


@then("every article that was acknowledged is there")
@then("chaque article dont la création a été confirmée est là")
def acknowledged_are_there(context: WorldContext) -> None:
    checks.acknowledged(context.world)


@then("nobody loses sight of an article")
@then("personne ne perd un article de vue")
def nobody_loses_sight(context: WorldContext) -> None:
    checks.never_lost_sight(context.world)


@then("all that was asked of one article has one order")
@then("tout ce qui a été demandé d'un même article a un ordre unique")
def has_one_order(context: WorldContext) -> None:
    checks.has_one_order(context.world)


@then("at least {int} snapshots are there, and each restores what the log says at its event")
@then("il y a au moins {int} instantanés, et chacun restaure ce que dit le journal à son événement")
def snapshots_restore(context: WorldContext, least: int) -> None:
    snapshots.restore_all(context.world, least)


@then("the damage is reported as it is")
@then("les dégâts sont bien décrits")
def damage_is_reported(context: WorldContext) -> None:
    damage.reported(context.world)


@then("the server's connections send at once")
@then("les connexions du serveur envoient sans attendre")
def connections_send_at_once(context: WorldContext) -> None:
    checks.sends_at_once(context.world)
