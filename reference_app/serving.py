"""Running the server: what is refused before it starts, its workers, and how it stops.

Everything that can be refused is refused in the parent process, before a worker exists. The listening socket
is bound there too, so `--port 0` can say which port it got, in one JSON line on stdout.
"""

import gc
import os
import resource
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette

from reference_app import memory, privacy, stopping
from reference_app.clock import Clock, system_clock
from reference_app.commandline import drop_unwritable, say_json
from reference_app.database import dialects, migrate
from reference_app.database.urls import parse_database_url
from reference_app.errors import SettingsRefused
from reference_app.exit_codes import ExitCode
from reference_app.log_queue import QueuedLines
from reference_app.logs import Log, make_log, server_log
from reference_app.settings import SECRET_BYTES_MIN, Settings, is_loopback
from reference_app.system import Owned
from reference_app.systems import SYSTEMS, load_settings
from reference_app.web.limits import LimitedConfig
from reference_app.workers import Workers

WORKERS_MAX: Final = 64
BACKLOG: Final = 2_048
OPEN_FILES_WANTED: Final = 65_536
GC_THRESHOLDS: Final = (100_000, 50, 1_000)
RUN_FOLDER_VARIABLE: Final = "REFERENCE_APP_RUN_FOLDER"
WORKERS_VARIABLE: Final = "REFERENCE_APP_WORKERS"


class PortBusy(SettingsRefused):
    """The port is taken."""


def serve(settings: Settings, *, host: str, port: int, workers: int, migrates: bool) -> None:
    """Serve until told to stop (`reference_app.stopping`); requests in flight are finished first.

    Raises:
        SettingsRefused: a setting, the port or the database's schema; one line a reason.
        DatabaseUnavailable: the database cannot be reached.
        AppError: something that one process alone may have cannot be had, or cannot be used.

    """
    _check(settings, host, workers)
    said_at_once = make_log(sys.stderr, settings.log_format)
    privacy.require(stored(settings), is_development=settings.is_development, log=said_at_once)
    if migrates:
        migrate.upgrade(settings.database)
    else:
        migrate.require(settings.database)
    log, lines = server_log(settings.log_format, settings.log_bytes_max)
    owned = owned_by_systems(settings, system_clock, log) if workers == 1 else []
    for each in owned:  # a second owner is refused before this server says that it listens
        each.own()
    listening = _listen(host, port)
    _raise_open_files()
    bound_port = listening.getsockname()[1]
    _say({"event": "listening", "host": host, "port": bound_port, "workers": workers}, log)
    # Until something serves there is nothing to finish; having been told to stop is no failure.
    stopping.hear(lambda _number, _frame: sys.exit(ExitCode.PROVEN))
    if workers == 1:
        _run_alone(settings, listening, owned, log, lines)
    else:
        _run_workers(settings, listening, workers, log)


def worker_app() -> Starlette:
    """Return the app of one worker process of several, as the environment says: none of them owns anything."""
    memory.give_back_large_blocks()
    from reference_app.app import create_app  # noqa: PLC0415 - imports metrics, which must see the folder first

    settings = load_settings()
    log, lines = server_log(settings.log_format, settings.log_bytes_max)
    return create_app(settings, log=log, lines=lines, others_ready=_readiness())


def config_of(
    settings: Settings, app: Starlette | str, *, workers: int = 1, factory: bool = False
) -> LimitedConfig:
    """Return how uvicorn runs an app with these settings."""
    return LimitedConfig(
        app,
        head_bytes_max=settings.head_bytes_max,
        head_s_max=settings.head_s_max,
        body_bytes_max=settings.body_bytes_max,
        body_s_max=settings.body_s_max,
        larger_bodies=settings.larger_bodies,
        pipelined_max=settings.pipelined_max,
        answers_bytes_max=settings.answers_bytes_max,
        write_s_max=settings.write_s_max,
        shutdown_s_max=settings.shutdown_s_max,
        lame_duck_s=settings.lame_duck_s,
        factory=factory,
        workers=workers,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        backlog=BACKLOG,
        server_header=False,
        proxy_headers=False,
        # uvicorn refuses when so many are there, and not when there are more.
        limit_concurrency=settings.connections_max + 1,
        timeout_graceful_shutdown=stopping.requests_s(settings.shutdown_s_max),
    )


def stored(settings: Settings) -> privacy.Stored:
    """Return what a server with these settings keeps on this machine. Raises SettingsRefused."""
    url = parse_database_url(settings.database)
    files = dialects.of_url(url).files(url)
    of_systems = [folder for system in SYSTEMS for folder in system.folders(settings)]
    return privacy.Stored(
        [settings.data_dir, *of_systems, *(file.parent for file in files[:1])], [*files, *of_systems]
    )


def owned_by_systems(settings: Settings, clock: Clock, log: Log) -> list[Owned]:
    """Return what only one process may have, of all systems; none of it is taken yet."""
    return [system.owned(settings, clock, log) for system in SYSTEMS if system.owned]


def _run_alone(
    settings: Settings, listening: socket.socket, owned: Sequence[Owned], log: Log, lines: QueuedLines
) -> None:
    """Run one worker in this process; it ends when something owned cannot be used, and raises why."""
    from reference_app.app import create_app  # noqa: PLC0415 - half a second that a refusal need not take

    def stop() -> None:
        server.should_exit = True

    memory.give_back_large_blocks()
    given = {type(each): each for each in owned}
    app = create_app(settings, log=log, lines=lines, given=given, give_up=stop)
    _calm_garbage_collector()
    server = stopping.Server(config_of(settings, app))
    server.run(sockets=[listening])
    for each in owned:
        if each.refusal:
            raise each.refusal


def _calm_garbage_collector() -> None:
    """Collect garbage less often: nearly all objects are long-lived, and a collection delays answers."""
    gc.set_threshold(*GC_THRESHOLDS)


def _run_workers(settings: Settings, listening: socket.socket, workers: int, log: Log) -> None:
    """Run several workers on one socket, with a folder in which they say that they are ready."""
    for name in (system.name for system in SYSTEMS if system.owned):
        event, note = f"{name}_single_owner", f"{name} need a single worker: here they answer 503"
        log.info(event, workers=workers, note=note)
    folder = tempfile.mkdtemp(prefix="reference-app-")
    os.environ[RUN_FOLDER_VARIABLE] = folder
    os.environ[WORKERS_VARIABLE] = str(workers)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    try:
        config = config_of(settings, "reference_app.serving:worker_app", workers=workers, factory=True)
        # By workers, and by nobody else: a snapshot's process would keep the port of a killed server.
        listening.set_inheritable(True)
        Workers(config, listening, log).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _readiness() -> Callable[[], bool]:
    """Say that this worker is ready; return a check whether all are."""
    folder = os.environ.get(RUN_FOLDER_VARIABLE)
    if folder is None:
        return lambda: True
    wanted = int(os.environ[WORKERS_VARIABLE])
    Path(folder, f"ready-{os.getpid()}").touch()

    def all_ready() -> bool:
        pids = [path.name.rpartition("-")[2] for path in Path(folder).glob("ready-*")]
        return sum(1 for pid in pids if Path("/proc", pid).exists()) >= wanted

    return all_ready


def _say(record: Mapping[str, Any], log: Log) -> None:
    """Say on stdout where the server listens; where stdout takes nothing, it serves without."""
    try:
        say_json(record)
    except OSError as error:
        drop_unwritable()
        log.warning("stdout_unwritable", reason=error.strerror, port=record["port"])


def _check(settings: Settings, host: str, workers: int) -> None:
    settings.check()
    if not 1 <= workers <= WORKERS_MAX:
        raise SettingsRefused(f"--workers must be from 1 to {WORKERS_MAX}, not {workers}.")
    if settings.dev_auth_bypass and not is_loopback(host):
        raise SettingsRefused(
            f"DEV_AUTH_BYPASS=1 is refused on {host}: anybody there could be anyone. Use --host 127.0.0.1."
        )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Two sockets may be bound to one port until one of them listens.
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise PortBusy(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from None
    return listening


def _raise_open_files() -> None:
    """Raise the soft limit of open files: 1,024 is common, and a thousand waiters need more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES_WANTED if hard == resource.RLIM_INFINITY else min(OPEN_FILES_WANTED, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def ensure_secret(settings: Settings) -> None:
    """In development, give all workers one made-up key, so that each takes the others' tokens."""
    if settings.is_development and not settings.secret_key:
        os.environ["SECRET_KEY"] = os.urandom(SECRET_BYTES_MIN).hex()
