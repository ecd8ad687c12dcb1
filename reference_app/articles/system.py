"""What articles bring: operations, the event log that one process owns, `reference-app log`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from reference_app.articles import commands
from reference_app.articles.problems import PROBLEMS
from reference_app.articles.settings import ArticlesSettings, log_folder
from reference_app.settings import Settings
from reference_app.system import Built, Context, System

if TYPE_CHECKING:
    from reference_app.articles.event_log import EventLog
    from reference_app.articles.kept import KeptLog
    from reference_app.clock import Clock
    from reference_app.logs import Log


def _event_log(settings: Settings, clock: "Clock", log: "Log") -> "EventLog":
    from reference_app.articles.event_log import event_log_of

    return event_log_of(settings, clock=clock, log=log)


def _kept(settings: Settings) -> "KeptLog":
    from reference_app.articles.kept import kept_log

    return kept_log(settings)


def _build(context: Context) -> Built:
    from reference_app.articles import routes
    from reference_app.articles.event_log import EventLog
    from reference_app.articles.metrics import CountedTogether
    from reference_app.articles.service import ArticleService

    settings = context.settings.of(ArticlesSettings)
    event_log = context.part(EventLog)
    if event_log is None:
        return Built(operations=routes.operations(None, settings))

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        event_log.start(context.give_up)
        try:
            yield
        finally:
            await event_log.close()

    service = ArticleService(
        event_log,
        CountedTogether(context.log, context.metrics).noticed,
        clock=context.clock,
        keys_age_max=timedelta(seconds=context.settings.idempotency_keys_s),
    )
    return Built(
        operations=routes.operations(service, settings),
        background=running,
        trouble=event_log.trouble,
    )


ARTICLES = System(
    name="articles",
    build=_build,
    settings=ArticlesSettings,
    problems=PROBLEMS,
    add_commands=commands.add,
    kept=_kept,
    folders=lambda settings: [log_folder(settings)],
    owned=_event_log,
)
