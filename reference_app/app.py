"""The app: the only place where parts meet.

`create_app` wires one server's settings, clock, log and ephemeris into a Starlette app. It opens the database
and starts no thread's work before the first request; closing happens in the lifespan.
"""

import secrets
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import msgspec
from asgi_correlation_id import CorrelationIdMiddleware
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference_app.accounts import routes as account_routes
from reference_app.accounts.service import Accounts
from reference_app.clock import Clock, system_clock
from reference_app.database.engine import Database
from reference_app.logs import Log, make_log
from reference_app.lunar_returns import routes as lunar_routes
from reference_app.lunar_returns.ephemeris import FixedEphemeris, RealEphemeris
from reference_app.lunar_returns.months import Ephemeris
from reference_app.lunar_returns.service import LunarReturns
from reference_app.settings import SECRET_BYTES_MIN, Settings
from reference_app.single_flight.flights import Flights
from reference_app.web import health, openapi
from reference_app.web.auth import Auth
from reference_app.web.limits import BodyLimits
from reference_app.web.metrics import Metrics
from reference_app.web.operations import Operation
from reference_app.web.problems import METHOD_NOT_ALLOWED, NOT_FOUND, Problem, details, respond
from reference_app.web.request_context import RequestContext, is_request_id, new_request_id


def create_app(
    settings: Settings,
    *,
    clock: Clock = system_clock,
    log: Log | None = None,
    ephemeris: Ephemeris | None = None,
    others_ready: Callable[[], bool] = lambda: True,
) -> Starlette:
    """Return the reference app.

    Args:
        settings: of this server; checked here.
        clock: what *now* is.
        log: where records go; stderr if None.
        ephemeris: where the Moon is; the real one, or the fixed one of development, if None.
        others_ready: whether the other workers of this server are ready.

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
    flights = Flights(database, at_once=settings.lunar_returns_generations_max)
    sky = ephemeris or (FixedEphemeris() if settings.dev_mock_ephemeris else RealEphemeris())
    returns = LunarReturns(database, flights, sky, clock, metrics, wait_s_max=settings.lunar_returns_wait_s)
    accounts = Accounts(
        database,
        clock,
        # Development may do without a key; its tokens then end with the process.
        secret_key=settings.secret_key or secrets.token_urlsafe(SECRET_BYTES_MIN),
        token_ttl_s=settings.token_ttl_s,
        welcome=returns.welcome,
    )

    operations: list[Operation] = []
    operations += account_routes.operations(accounts)
    operations += lunar_routes.operations(returns, settings)
    operations += health.operations(
        database, metrics, others_ready, lambda: msgspec.json.encode(openapi.document(operations))
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await flights.close()
        accounts.close()
        database.close()

    return Starlette(
        routes=_routes(operations, Auth(accounts, dev_bypass=settings.dev_auth_bypass)),
        middleware=[
            Middleware(
                CorrelationIdMiddleware,
                validator=is_request_id,
                generator=new_request_id,
                update_request_header=False,
            ),
            Middleware(RequestContext, log=log, metrics=metrics),
            Middleware(BodyLimits, bytes_max=settings.body_bytes_max, s_max=settings.body_s_max),
        ],
        exception_handlers={HTTPException: _http_problem},
        lifespan=lifespan,
    )


def _routes(operations: list[Operation], auth: Auth) -> list[Route]:
    return [
        Route(
            operation.path,
            auth.required(operation.endpoint) if operation.authenticated else operation.endpoint,
            methods=[operation.method],
        )
        for operation in operations
    ]


async def _http_problem(request: Request, error: Exception) -> Response:
    """Answer what Starlette's router refuses as a problem, like everything else."""
    assert isinstance(error, HTTPException)
    known = {problem.status: problem for problem in (NOT_FOUND, METHOD_NOT_ALLOWED)}
    problem = known.get(error.status_code, Problem(error.status_code, "http-error"))
    said = "There is nothing here." if problem is NOT_FOUND else error.detail
    response = respond(problem, details(problem, said, request.state.request_id))
    response.headers.update(error.headers or {})
    return response
