"""Logs on stderr: one line a record, JSON unless a person reads them on a terminal.

Every value is escaped, so that nothing a client sends can forge a line. A log is a value that is handed on,
bound to a request's id, and not a global; the standard library's loggers (uvicorn's, Alembic's) are led into
the same stream by `adopt_standard_logging`.
"""

import logging
import os
import sys
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

Log = FilteringBoundLogger
SECRET_KEYS: Final = frozenset({"password", "authorization", "cookie", "access_token", "secret_key"})


def make_log(stream: TextIO, log_format: Literal["auto", "json", "console"] = "auto") -> Log:
    """Return a log that writes to `stream`, each record with its time, level and process id."""
    logger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=[*_shared(), structlog.processors.format_exc_info, _renderer(stream, log_format)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    log: Log = logger.bind()
    return log


def adopt_standard_logging(stream: TextIO, log_format: Literal["auto", "json", "console"] = "auto") -> None:
    """Write what libraries log to `stream` in our own form. For a process that is a server, not for a guest."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _renderer(stream, log_format),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def _shared() -> list[Processor]:
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_pid,
        _blank_secrets,
        _lead_with_when_and_what,
    ]


def _add_pid(_logger: Any, _method: str, event: EventDict) -> EventDict:
    event["pid"] = os.getpid()
    return event


def _blank_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for key in SECRET_KEYS & event.keys():
        event[key] = "…"
    return event


def _lead_with_when_and_what(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Put first what a reader looks for first."""
    return {name: event[name] for name in ("timestamp", "level", "event") if name in event} | dict(event)


def _renderer(stream: TextIO, log_format: str) -> Processor:
    if log_format == "console" or (log_format == "auto" and stream.isatty()):
        return structlog.dev.ConsoleRenderer(colors=stream.isatty() and "NO_COLOR" not in os.environ)
    return structlog.processors.JSONRenderer()


def stderr_log(log_format: Literal["auto", "json", "console"]) -> Log:
    """Return the log of a process that is a server."""
    adopt_standard_logging(sys.stderr, log_format)
    return make_log(sys.stderr, log_format)
