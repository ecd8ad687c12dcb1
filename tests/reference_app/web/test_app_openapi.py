"""The API's description is valid, and says neither more nor less than what is served."""

import importlib
import itertools
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from openapi_spec_validator import validate
from starlette.routing import Route

import reference_app
from reference_app.app import create_app
from reference_app.errors import AppError
from reference_app.settings import Settings
from reference_app.systems import SYSTEMS, load_settings
from reference_app.web.bad_input import BadField
from reference_app.web.problems import PROBLEMS, Problems
from tests.offenders import none_may_offend
from tests.reference_app.stage import BIRTH, PASSWORD, SECRET_KEY, Server, as_dev

PURGE: Final = "/api/lunar-returns/dev/purge"
OF_COMMANDS: Final = {
    "BackupBroken", "BadName", "CheckImpossible", "CopyBroken", "CopyFailed", "DatabaseNotMigrated", "LeaseNotHeld",
    "NoSuchTask", "NotCleanedUp", "OpenToOthers", "PlaceTaken", "PortBusy", "ServerUnreachable", "SettingsRefused",
    "TaskTaken", "WorkersFailed",
}  # fmt: skip
"""Raised by commands, or before anything is served."""
OF_FLIGHTS: Final = {
    "LockLost",
    "TooManyAttempts",
    "TooMuchUnderWay",
    "WaitTooLong",
    "WorkFailed",
    "WorkTooLong",
}
"""A flight's own; `lunar_returns.service` says them in the terms of lunar returns."""
OF_DATABASES: Final = {"Conflict", "FilesGone", "FilesGoneMeanwhile"}
"""Services say which of their rules it was; and files that are gone are answered as a database that is away."""

OF_LOGS: Final = {
    "BadLine", "BadManifest", "BadSnapshot", "FolderOwned", "FolderUnusable",
    "ForeignEvent", "ForeignFormat", "LogMissing", "LogRefused", "RepairRefused", "ReplayStopped", "RestoreRefused",
    "SnapshotFailed", "TooManyCopies", "WouldLoseEvents",
}  # fmt: skip
"""Of a log that is opened, looked at or mended, with which no request has to do."""
OF_FIELDS: Final = {"RecordRefused", "ReservedType"}
"""`articles.routes` says them of the field that they are about."""
OF_RELEASES: Final = {"LotChanged"}
"""An error of one lot, which the run's summary lists."""
OF_PRODUCTS: Final = {"NoSuchProduct"}
"""Of one product, which the answer lists as unknown."""
OF_TEXTS: Final = {"TemplateNotFoundError", "BadReply"}
"""Of a function that only Python code calls; and of Claude's reply, which is answered as its base is."""
LATER_IS_NO_USE: Final = {"ClaudeOff"}
"""Who asks again is answered the same, so nothing is said of when."""
OF_PARTS: Final = OF_RELEASES | OF_PRODUCTS | OF_TEXTS
TABLE: Final = {
    kind: problem
    for table in (PROBLEMS, *(system.problems for system in SYSTEMS))
    for kind, problem in table.items()
}

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(module_server: Server) -> Document:
    found: Document = module_server.ask("GET", "/openapi.json").json()
    return found


def test_the_description_is_valid(document: Document) -> None:
    """It is a valid OpenAPI 3.1 document."""
    validate(document)
    assert document["openapi"] == "3.1.0"


def test_each_operation_has_a_name_of_its_own(document: Document) -> None:
    """No two operations share an id, and each says in words what it is for."""
    operations = [operation for _, _, operation in _operations(document)]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    assert all(operation["summary"] for operation in operations)


@pytest.mark.parametrize(
    ("app_env", "allowed", "there"),
    [
        ("development", "1", True),
        ("development", "0", False),
        ("production", "0", False),
        ("Development", "0", False),
    ],
)
def test_what_is_described_is_what_is_served(
    database_url: str,
    start_server: Callable[..., Server],
    app_env: str,
    allowed: str,
    there: bool,  # noqa: FBT001
) -> None:
    """Paths and methods described are those of the routes; the purge is among both only where it is allowed."""
    environment = {"APP_ENV": app_env, "ALLOW_DEV_PURGE": allowed, "DEV_AUTH_BYPASS": "0"}
    described = start_server(environment=environment).ask("GET", "/openapi.json").json()
    served = _routes(load_settings({"SECRET_KEY": SECRET_KEY, "DATABASE_URL": database_url, **environment}))
    assert served == sorted((method, path) for path, method, _ in _operations(described))
    assert (("POST", PURGE) in served) is there


def test_development_headers_are_not_described(document: Document) -> None:
    """Nothing that opens a door in development is advertised."""
    assert "x-dev" not in str(document).lower()


def test_every_error_says_something_and_has_its_answer() -> None:
    """Each kind of error has words of its own, and an HTTP answer unless it cannot come that far."""
    for module in pkgutil.walk_packages(reference_app.__path__, "reference_app."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
    kinds = set(_subclasses(AppError)) | {AppError}
    ours = {kind for kind in kinds if kind.__module__.startswith("reference_app.")}
    assert [kind.__name__ for kind in ours if not (kind.__dict__.get("__doc__") or "").strip()] == []
    # A system's base class is raised by nobody, and not named here: a new system has one, too.
    below = (kind for kind in ours if AppError in kind.__bases__ and kind.__module__ != AppError.__module__)
    bases = {AppError, *(kind for kind in below if kind.__subclasses__())}
    unanswered = {kind.__name__ for kind in ours - set(TABLE) - bases}
    assert unanswered == OF_COMMANDS | OF_DATABASES | OF_FLIGHTS | OF_LOGS | OF_FIELDS | OF_PARTS


def test_every_problem_can_be_answered() -> None:
    """Each kind of error becomes a whole answer with its status, and a time to ask again where there is one."""
    answers = {kind: Problems(TABLE).answer(_raised(kind), "id") for kind in TABLE}
    shown = {
        kind: (
            answer.status_code,
            answer.media_type,
            "Retry-After" in answer.headers,
            "WWW-Authenticate" in answer.headers,
        )
        for kind, answer in answers.items()
    }
    wanted = {
        kind: (
            problem.status,
            "application/problem+json",
            problem.status in {429, 503, 507} and kind.__name__ not in LATER_IS_NO_USE,
            problem.status == 401,
        )
        for kind, problem in TABLE.items()
    }
    none_may_offend(
        (
            f"{kind.__module__}.{kind.__name__}: {shown[kind]}, not {wanted[kind]}"
            for kind in TABLE
            if shown[kind] != wanted[kind]
        ),
        do="give the kind of error its status and headers in PROBLEMS",
    )


def test_unknown_errors_show_nothing_of_the_inside() -> None:
    """An error that nobody foresaw is a 500 that tells a client nothing of it."""
    answer = Problems().answer(RuntimeError("password=hunter2"), "id")
    assert answer.status_code == 500
    assert b"hunter2" not in bytes(answer.body)


def test_every_status_that_is_seen_is_declared(module_server: Server, document: Document) -> None:
    """Whatever an operation answers, to good and to bad requests, its description lists."""
    undeclared = []
    bodies: list[dict[str, Any]] = [
        {},
        {"json": BIRTH},
        {"json": {"email": "seen@openapi.example", "password": PASSWORD}},
        {"data": {"username": "seen@openapi.example", "password": PASSWORD}},
        {"data": {"username": "seen@openapi.example", "password": "wrong"}},
        {"data": b"{", "headers": {"Content-Type": "application/json"}},
        {"data": b"[" * 100, "headers": {"Content-Type": "application/json"}},
        {"data": b" " * 70_000, "headers": {"Content-Type": "application/json"}},
    ]
    callers = [{}, as_dev("openapi"), as_dev(""), {"Authorization": "Bearer x"}]
    for path, method, operation in _operations(document):
        for body, caller in itertools.product(bodies, callers):
            headers = {**caller, **body.get("headers", {})}
            answer = module_server.ask(method, path, **{**body, "headers": headers})
            if str(answer.status_code) not in operation["responses"]:
                undeclared.append((method, path, answer.status_code))
    assert undeclared == []


def test_every_answer_has_the_declared_kind(module_server: Server, document: Document) -> None:
    """Answers come with the media type that the description gives for their status."""
    for path, method, operation in _operations(document):
        for headers in ({}, as_dev("kinds")):
            answer = module_server.ask(method, path, headers=headers)
            declared = operation["responses"][str(answer.status_code)].get("content", {})
            found = answer.headers.get("Content-Type", "").partition(";")[0]
            assert [found] == list(declared) or (not declared and not answer.content), (method, path)


def _raised(kind: type[AppError]) -> AppError:
    return BadField("latitude", "is wrong") if kind is BadField else kind()


def _operations(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _subclasses(kind: type[AppError]) -> Iterator[type[AppError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _subclasses(below)


def _routes(settings: Settings) -> list[tuple[str, str]]:
    """Return the method and path of each route; HEAD comes with GET and is not told."""
    routes = create_app(settings).routes
    assert all(isinstance(route, Route) for route in routes)
    return sorted(
        (method, route.path)
        for route in routes
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    )
