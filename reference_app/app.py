"""The app: the only place where parts meet.

`create_app` wires one server's settings, clock and log with its systems into a Starlette app. It opens the database
and starts no thread's work before the first request; what runs beside requests begins and ends in the lifespan.
"""

import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from types import MappingProxyType
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_app.background.metrics import TimerMetrics
from reference_app.background.timers import Timer, Timers
from reference_app.background.watching import Trouble, TroubleMetrics, watching
from reference_app.clock import Clock, system_clock
from reference_app.database.engine import Database
from reference_app.database.file_watch import FileWatch
from reference_app.log_queue import QueuedLines
from reference_app.logs import Log, make_log
from reference_app.settings import Settings
from reference_app.single_flight.flights import SingleFlight
from reference_app.system import Built, Context, System, Users, no_trouble
from reference_app.systems import SYSTEMS
from reference_app.web import health, openapi
from reference_app.web.auth import Auth
from reference_app.web.body_limits import BodyLimits
from reference_app.web.holding import Budget
from reference_app.web.metrics import Metrics
from reference_app.web.operations import Endpoint, Operation
from reference_app.web.problems import Problems
from reference_app.web.proxies import Proxies
from reference_app.web.refusals import STATE_KEY, Refusals
from reference_app.web.request_context import RequestContext
from reference_app.web.routing import Direct

NOTHING: Final[Mapping[type, object]] = MappingProxyType({})


def create_app(
    settings: Settings,
    *,
    systems: Sequence[System] = SYSTEMS,
    clock: Clock = system_clock,
    log: Log | None = None,
    lines: QueuedLines | None = None,
    given: Mapping[type, object] = NOTHING,
    others_ready: Callable[[], bool] = lambda: True,
    give_up: Callable[[], None] = lambda: None,
) -> Starlette:
    """Return the reference app.

    Args:
        settings: of this server and of `systems`; checked here.
        systems: what it serves.
        clock: what *now* is.
        log: where records go; stderr if None.
        lines: those of the log, where they may be lost: it is counted.
        given: parts that systems are to use in place of their own, by type; what they own, among others.
        others_ready: whether the other workers of this server are ready.
        give_up: called when something that was given cannot be used, for good.

    Raises:
        SettingsRefused: the settings must not run.

    """
    settings.check()
    log = log or make_log(sys.stderr, settings.log_format)
    context = _context(settings, clock, log, given, give_up)
    if lines is not None:
        lines.on_loss(context.metrics.lines_lost)
    built = [_built(system, context) for system in systems]

    problems = Problems(*(system.problems for system in systems))
    operations = [operation for each in built for operation in each.operations]
    troubles = {
        system.name: each.trouble
        for system, each in zip(systems, built, strict=True)
        if each.trouble is not no_trouble
    }
    file_watch = context.database.file_watch(log)
    if file_watch:
        troubles = {"database": file_watch.trouble, **troubles}
    operations += health.operations(
        context.database,
        context.metrics,
        others_ready,
        [*troubles.values()],
        [each.measure for each in built],
        lambda: msgspec.json.encode(openapi.document(operations, problems)),
    )
    # One system knows users; without one, or with two, nobody could say who asks.
    [authenticator] = [each.authenticator for each in built if each.authenticator]
    return App(
        routes=_routes(operations, Auth(authenticator, dev_bypass=settings.dev_auth_bypass)),
        middleware=[
            Middleware(
                RequestContext,
                log=log,
                metrics=context.metrics,
                problems=problems,
                private=_private(operations),
                proxies=_proxies(settings),
                operations={(each.method, each.path): each for each in operations},
            ),
            Middleware(
                BodyLimits,
                bytes_max=settings.body_bytes_max,
                larger=settings.larger_bodies,
                budget=Budget(settings.bodies_bytes_max),
            ),
        ],
        lifespan=_lifespan(context, built, troubles, file_watch),
    )


def _context(
    settings: Settings, clock: Clock, log: Log, given: Mapping[type, object], give_up: Callable[[], None]
) -> Context:
    database = Database(
        settings.database,
        clock=clock,
        threads=settings.database_threads,
        holders=settings.work_at_once,
        wait_s_max=settings.database_s_max,
    )
    return Context(
        settings=settings,
        database=database,
        single_flight=SingleFlight(database),
        clock=clock,
        log=log,
        metrics=Metrics(),
        users=Users(),
        given=given,
        give_up=give_up,
    )


def _built(system: System, context: Context) -> Built:
    """Build a system, and let others know of it: those that are built after it find there what it offers."""
    built = system.build(context)
    context.offered.update(built.offers)
    context.users.tell(built)
    return built


def _lifespan(
    context: Context,
    built: Sequence[Built],
    troubles: Mapping[str, Trouble],
    file_watch: FileWatch | None,
) -> Callable[[Starlette], AbstractAsyncContextManager[Mapping[str, Any]]]:
    """Return what starts the parts in order and closes them in reverse, those that had started if one does not."""
    timers = [timer for each in built for timer in each.timers]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        async with AsyncExitStack() as parts:
            parts.callback(context.database.close)
            if file_watch:
                parts.callback(file_watch.close)
            parts.push_async_callback(context.single_flight.close)
            for each in built:
                await parts.enter_async_context(each.background())
            trouble_metrics = context.metrics.part(TroubleMetrics)
            await parts.enter_async_context(watching(troubles, context.log, trouble_metrics))
            if timers:
                await parts.enter_async_context(_timers(context, timers).running())
            yield {STATE_KEY: Refusals(context.log, context.metrics)}

    return lifespan


def _timers(context: Context, timers: Sequence[Timer]) -> Timers:
    return Timers(
        timers,
        database=context.database,
        single_flight=context.single_flight,
        clock=context.clock,
        log=context.log,
        metrics=context.metrics.part(TimerMetrics),
    )


def _routes(operations: Sequence[Operation], auth: Auth) -> list[Route]:
    """Return one route a path, so that a 405 lists all methods of the path."""
    paths: dict[str, dict[str, Endpoint]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method] = auth.guarded(operation)
    return [Route(path, Served(endpoints), methods=[*endpoints]) for path, endpoints in paths.items()]


def _proxies(settings: Settings) -> Proxies | None:
    networks = settings.trusted_networks
    return Proxies(networks, settings.proxy_header) if networks else None


def _private(operations: Sequence[Operation]) -> frozenset[tuple[str, str]]:
    """Return the routes whose answers no cache may keep."""
    methods = {"GET": ("GET", "HEAD")}
    return frozenset(
        (method, each.path)
        for each in operations
        if each.is_private or each.who != "anybody"
        for method in methods.get(each.method, (each.method,))
    )


class App(Starlette):
    """Starlette without its two layers that catch errors, for `RequestContext` answers whatever is raised.

    It redirects nobody: a path with a slash too many is unknown. Starlette would lead to the `Host` of the request.
    """

    def build_middleware_stack(self) -> ASGIApp:
        """Return our own middleware around the router, and nothing else: each layer costs every request."""
        self.router.redirect_slashes = False
        app: ASGIApp = Direct(self.router)
        for kind, arguments, options in reversed(self.user_middleware):
            app = kind(app, *arguments, **options)
        return app


class Served:
    """The endpoints of one path, by method, as an ASGI app; errors pass through."""

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self._endpoints = {**endpoints, **({"HEAD": endpoints["GET"]} if "GET" in endpoints else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        response = await self._endpoints[scope["method"]](Request(scope, receive, send))
        await response(scope, receive, send)
