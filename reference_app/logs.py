"""Logs on stderr: one line a record, JSON unless a person reads them on a terminal.

Every value is escaped, in JSON and on a terminal, so that nothing a client sends can forge a line or reach the
terminal as it is (`reference_app.escaping`). A log is a value that is handed on,
bound to a request's id, and not a global; the standard library's loggers (uvicorn's, Alembic's) are led into
the same stream by `adopt_standard_logging`. A process that is a server waits for no stream (`server_log`).
"""

import asyncio
import atexit
import logging
import os
import sys
import threading
import time
from contextlib import suppress
from typing import Any, Final, Literal, TextIO

import msgspec
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

from reference_app.clock import utc_text
from reference_app.escaping import ascii_json, printable, printable_lines
from reference_app.log_queue import LOST, QueuedLines

ACCESS: Final = "http.request"
"""The record that each request has; written in an event loop, when the answer has gone out."""
DEL: Final = b"\x7f"
STDERR: Final = 2
_encoder: Final = msgspec.json.Encoder(enc_hook=repr)

Log = FilteringBoundLogger
Form = Literal["auto", "json", "console"]
OF_SEVERAL_LINES: Final = ("exception", "stack")
SECRET_KEYS: Final = frozenset({"password", "authorization", "cookie", "access_token", "secret_key"})


class Lines:
    """Writes lines to a stream, in order: those that may wait in one go, when this turn of the event loop is over.

    A system call for each access line, which comes after its answer anyway, took a quarter of a request's time. A
    process that is killed loses those of the turn it was in, which takes a millisecond or two. Lines that cannot be
    written, on a full disk or to a reader that is gone, are lost too: nobody's request fails for them.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: list[str] = []
        self._guard = threading.Lock()

    def msg(self, line: str, *, may_wait: bool) -> None:
        """Write a line, after those that wait; or have it wait for others, in an event loop."""
        with self._guard:
            is_first = not self._waiting
            self._waiting.append(line)
        if not may_wait:
            self._flush()
        elif is_first:
            asyncio.get_running_loop().call_soon(self._flush)

    debug = info = warning = error = critical = msg

    def _flush(self) -> None:
        with self._guard:
            waiting, self._waiting = self._waiting, []
            if waiting:
                with suppress(OSError):
                    self._stream.write("".join(f"{line}\n" for line in waiting))
                    self._stream.flush()


class _ToLines(logging.Handler):
    """Writes what libraries log as a server's own lines are written."""

    def __init__(self, lines: QueuedLines) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        self._lines.msg(self.format(record), may_wait=False)


def make_log(stream: TextIO, log_format: Form = "auto", lines: QueuedLines | None = None) -> Log:
    """Return a log that writes to `stream`, or by `lines`, each record with its time, level and process id."""
    logger = structlog.wrap_logger(
        lines or Lines(stream),
        processors=[
            _stamped,
            structlog.processors.format_exc_info,
            _for_lines(_renderer(stream, log_format)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    log: Log = logger.bind()
    return log


def adopt_standard_logging(
    stream: TextIO, log_format: Form = "auto", lines: QueuedLines | None = None
) -> None:
    """Write what libraries log to `stream` in our own form. For a process that is a server, not for a guest."""
    handler = _ToLines(lines) if lines else logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_stamped],
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


def _stamped(_logger: Any, level: str, event: EventDict) -> EventDict:
    """Add when, how grave and by which process, blank out secrets, put first what a reader looks for first.

    One processor and not four: the access line is written for every request.
    """
    record: EventDict = {
        "timestamp": utc_text(time.time_ns() // 1_000),
        "level": level,
        "event": event.pop("event"),
        **event,
        "pid": os.getpid(),
    }
    for key in SECRET_KEYS & record.keys():
        record[key] = "…"
    return record


def _for_lines(render: Processor) -> Processor:
    """Return what makes of a record the arguments of `Lines.msg`."""

    def made(logger: Any, level: str, event: EventDict) -> tuple[tuple[Any], dict[str, bool]]:
        may_wait = event["event"] == ACCESS
        return (render(logger, level, event),), {"may_wait": may_wait}

    return made


def _json_line(_logger: Any, _method: str, event: EventDict) -> str:
    """Return the record as printable ASCII; what JSON has no form for is written as Python shows it."""
    try:
        line = _encoder.encode(event)
    except (TypeError, ValueError):  # a lone surrogate, a key that is no text
        return ascii_json(event)
    # The fast encoder leaves letters beyond ASCII as they are, and control characters among them.
    return line.decode() if line.isascii() and DEL not in line else ascii_json(event)


def _harmless(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Escape the texts of a record that a person reads; what is no text is shown as Python does, which escapes."""
    return {
        name: (printable_lines if name in OF_SEVERAL_LINES else printable)(value)
        if isinstance(value, str)
        else value
        for name, value in event.items()
    }


def _renderer(stream: TextIO, log_format: str) -> Processor:
    if log_format == "console" or (log_format == "auto" and stream.isatty()):
        console = structlog.dev.ConsoleRenderer(colors=stream.isatty() and "NO_COLOR" not in os.environ)
        return lambda logger, method, event: console(logger, method, _harmless(logger, method, event))
    return _json_line


def server_log(log_format: Form, bytes_max: int) -> tuple[Log, QueuedLines]:
    """Return the log of a process that is a server, and its lines, of which so many bytes may wait for stderr."""
    render = _renderer(sys.stderr, log_format)

    def said(count: int) -> str:
        return str(render(None, "warning", _stamped(None, "warning", {"event": LOST, "lines": count})))

    lines = QueuedLines(STDERR, bytes_max=bytes_max, said=said)
    atexit.register(lines.flush)
    adopt_standard_logging(sys.stderr, log_format, lines)
    logging.captureWarnings(capture=True)
    return make_log(sys.stderr, log_format, lines), lines
