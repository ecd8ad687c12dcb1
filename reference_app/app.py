"""The app: the only place where parts meet.

`create_app` wires one server's settings, clock, log and ephemeris into a Starlette app. It opens the database
and starts no thread's work before the first request; closing happens in the lifespan.
"""

import secrets
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import msgspec
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reference_app.accounts import routes as account_routes
from reference_app.accounts.service import Accounts
from reference_app.articles import routes as article_routes
from reference_app.articles.event_log import EventLog
from reference_app.articles.service import ArticleService
from reference_app.clock import Clock, system_clock
from reference_app.database.engine import Database
from reference_app.logs import Log, make_log
from reference_app.lunar_returns import routes as lunar_routes
from reference_app.lunar_returns.ephemeris import FixedEphemeris, RealEphemeris
from reference_app.lunar_returns.months import Ephemeris
from reference_app.lunar_returns.service import LunarReturns
from reference_app.settings import SECRET_BYTES_MIN, Settings
from reference_app.single_flight.flights import SingleFlight
from reference_app.web import health, openapi
from reference_app.web.auth import Auth
from reference_app.web.limits import BodyLimits
from reference_app.web.metrics import Metrics
from reference_app.web.operations import Endpoint, Operation
from reference_app.web.request_context import RequestContext


def create_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    log: Log | None = None,
    ephemeris: Ephemeris | None = None,
    others_ready: Callable[[], bool] = lambda: True,
    event_log: EventLog | None = None,
    log_refused: Callable[[], None] = lambda: None,
) -> Starlette:
    """Return the reference app.

    Args:
        settings: of this server; checked here.
        clock: what *now* is.
        log: where records go; stderr if None.
        ephemeris: where the Moon is; the real one, or the fixed one of development, if None.
        others_ready: whether the other workers of this server are ready.
        event_log: where articles are kept; without one, articles are another process's business.
        log_refused: called when the event log cannot be opened.

    Raises:
        SettingsRefused: the settings must not run.

    """
    settings.check()
    log = log or make_log(sys.stderr, settings.log_format)
    metrics = Metrics()
    database = Database(
        settings.database,
        clock=clock,
        threads=settings.database_threads,
        holders=settings.lunar_returns_generations_max,
        wait_s_max=settings.database_s_max,
    )
    single_flight = SingleFlight(database)
    flights = single_flight.purpose("lunar_returns", at_once=settings.lunar_returns_generations_max)
    sky = ephemeris or (FixedEphemeris() if settings.dev_mock_ephemeris else RealEphemeris())
    returns = LunarReturns(database, flights, sky, clock, metrics, wait_s_max=settings.lunar_returns_wait_s)
    accounts = Accounts(
        database,
        clock,
        # Development may do without a key; its tokens then end with the process.
        secret_key=settings.secret_key or secrets.token_urlsafe(SECRET_BYTES_MIN),
        token_ttl_s=settings.token_ttl_s,
        welcome=(returns.welcome,),
        farewell=(returns.farewell,),
    )

    service = None if event_log is None else ArticleService(event_log)

    operations: list[Operation] = []
    operations += article_routes.operations(service, settings)
    operations += account_routes.operations(accounts)
    operations += lunar_routes.operations(returns, settings)
    operations += health.operations(
        database,
        metrics,
        others_ready,
        event_log.trouble if event_log else _no_trouble,
        lambda: msgspec.json.encode(openapi.document(operations)),
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if event_log:
            event_log.start(log_refused)
        yield
        await single_flight.close()
        if event_log:
            await event_log.close()
        accounts.close()
        database.close()

    return App(
        routes=_routes(operations, Auth(accounts, dev_bypass=settings.dev_auth_bypass)),
        middleware=[
            Middleware(RequestContext, log=log, metrics=metrics),
            Middleware(BodyLimits, bytes_max=settings.body_bytes_max, larger=settings.larger_bodies),
        ],
        lifespan=lifespan,
    )


def _routes(operations: list[Operation], auth: Auth) -> list[Route]:
    """Return one route a path, so that a refused method is told of all that the path takes."""
    paths: dict[str, dict[str, Endpoint]] = {}
    for operation in operations:
        endpoint = auth.required(operation.endpoint) if operation.authenticated else operation.endpoint
        paths.setdefault(operation.path, {})[operation.method] = endpoint
    return [Route(path, Served(endpoints), methods=[*endpoints]) for path, endpoints in paths.items()]


async def _no_trouble() -> str:
    return ""


class App(Starlette):
    """Starlette without its two layers that catch errors: `RequestContext` answers whatever is raised."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return our own middleware around the router, and nothing else: each layer costs every request."""
        app: ASGIApp = self.router
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
