"""The event log of a server while it opens, when it is refused, and when it is closed."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from starlette.applications import Starlette

from reference_app.app import create_app
from reference_app.articles.errors import LogReplaying
from reference_app.articles.event_log import EventLog, event_log_of
from reference_app.articles.log.errors import FolderOwned, FolderUnusable
from reference_app.articles.log.recovery import LogRefused
from reference_app.articles.log.storage import LOG
from reference_app.articles.settings import log_folder
from reference_app.articles.state import beginning
from reference_app.settings import Settings
from reference_app.systems import load_settings
from tests.reference_app.articles.lines import log_of
from tests.reference_app.articles.operating import held, opened
from tests.reference_app.articles.toy import Clock, run, silent_log
from tests.reference_app.asgi import ask
from tests.reference_app.stage import SECRET_KEY

WAIT_S_MAX: Final = 10.0
LOOK_S: Final = 0.05
"""More than closing takes that does not wait."""
WHOLE: Final = log_of([1] * 5, beginning("A title", "A content."))
CORRUPT: Final = (
    WHOLE.lines[0] + WHOLE.lines[1].replace(b"content", b"contemt", 1) + b"".join(WHOLE.lines[2:])
)
DRAFT: Final = {"title": "A title", "content": ""}
ASKS: Final[tuple[tuple[str, str, Any], ...]] = (
    ("GET", "/api/articles", None),
    ("GET", "/api/articles/0", None),
    ("GET", "/api/articles/log", None),
    ("POST", "/api/articles", DRAFT),
    ("POST", "/api/articles/batch", {"items": [DRAFT]}),
    ("PUT", "/api/articles/0", DRAFT),
    ("DELETE", "/api/articles/0", None),
    ("POST", "/api/events", {"type": "UserCreated", "entity_id": "1", "data": None}),
)


@pytest.fixture
def app_settings(database_url: str, tmp_path: Path) -> Settings:
    environment = {"DATABASE_URL": database_url, "DATA_DIR": str(tmp_path), "SECRET_KEY": SECRET_KEY}
    return load_settings(environment)


@pytest.fixture
def event_log(app_settings: Settings) -> EventLog:
    return event_log_of(app_settings, clock=Clock(), log=silent_log())


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The replay waits until this is set."""
    gate, replay = threading.Event(), EventLog._replay

    def waiting(event_log: EventLog) -> Any:
        assert gate.wait(WAIT_S_MAX)
        return replay(event_log)

    monkeypatch.setattr(EventLog, "_replay", waiting)
    return gate


def test_nothing_is_read_or_kept_before_the_replay_is_done(
    app_settings: Settings, event_log: EventLog, gate: threading.Event
) -> None:
    """While the log is read all are told to ask again, and the server is not ready; then it is."""
    folder = _has(app_settings, WHOLE.content)

    async def scenario() -> None:
        async with _served(app_settings, event_log) as app:
            for each in ASKS:
                status, headers, body = await ask(app, *each)
                assert (status, body["type"], headers[b"retry-after"]) == (
                    503,
                    "/problems/log-replaying",
                    b"1",
                )
            assert await _said(app, "/ready") == (503, {"status": "event log replaying"})
            assert await _said(app, "/health") == (200, {"status": "ok"})
            gate.set()
            await opened(event_log)
            assert await _said(app, "/ready") == (200, {"status": "ready"})
            assert (await _said(app, "/api/articles"))[1]["total"] == len(WHOLE.lines)
            assert (await ask(app, *ASKS[3]))[2]["id"] == len(WHOLE.lines)

    run(scenario())
    assert (folder / LOG).read_bytes().startswith(WHOLE.content)


def test_a_log_that_is_refused_is_told_and_left_as_it_was(
    app_settings: Settings, event_log: EventLog
) -> None:
    """The callback for it is called, once; nothing is served from it, and no byte of it is changed."""
    folder = _has(app_settings, CORRUPT)
    told: list[str] = []

    async def scenario() -> None:
        async with _served(app_settings, event_log, told) as app:
            await opened(event_log)
            assert (await _said(app, "/ready"))[0] == 503
            assert [(await ask(app, *each))[0] for each in ASKS] == [503] * len(ASKS)

    run(scenario())
    assert told == ["refused"]
    assert isinstance(event_log.refusal, LogRefused)
    assert f"line 2, byte {len(WHOLE.lines[0])}: its checksum" in str(event_log.refusal)
    assert {name: content for name, content in held(folder).items() if name != "owner.lock"} == {LOG: CORRUPT}


def test_a_log_that_cannot_be_read_is_told(app_settings: Settings, event_log: EventLog) -> None:
    """A disk that does not let the log be opened is a reason like any other."""
    (log_folder(app_settings) / LOG).mkdir(parents=True)
    told: list[str] = []

    async def scenario() -> None:
        async with _served(app_settings, event_log, told):
            await opened(event_log)

    run(scenario())
    assert (told, type(event_log.refusal)) == (["refused"], FolderUnusable)


def test_a_folder_is_owned_until_the_log_is_closed(app_settings: Settings, event_log: EventLog) -> None:
    """A second log in the folder is refused while the first is open, and opens when that is closed."""
    second = event_log_of(app_settings, clock=Clock(), log=silent_log())

    async def scenario() -> None:
        event_log.own()
        event_log.start(lambda: None)
        await opened(event_log)
        with pytest.raises(FolderOwned):
            second.own()
        await event_log.close()
        second.own()
        await second.close()

    run(scenario())


def test_a_log_that_is_closed_while_it_opens_is_read_no_further(
    app_settings: Settings, event_log: EventLog, gate: threading.Event
) -> None:
    """A stop during the replay ends it, leaves the log as it was, refuses nothing, and gives the folder back."""
    folder = _has(app_settings, WHOLE.content)

    async def scenario() -> None:
        event_log.start(lambda: None)
        closing = asyncio.create_task(event_log.close())
        await asyncio.sleep(LOOK_S)
        assert not closing.done()
        gate.set()
        await closing
        assert event_log.refusal is None
        with pytest.raises(LogReplaying):
            event_log.state  # noqa: B018 - that it is asked is the point
        second = event_log_of(app_settings, clock=Clock(), log=silent_log())
        second.own()
        await second.close()

    run(scenario())
    # A replay to the end would have noted that.
    assert {name: content for name, content in held(folder).items() if name != "owner.lock"} == {
        LOG: WHOLE.content
    }


@asynccontextmanager
async def _served(
    settings: Settings, event_log: EventLog, told: list[str] | None = None
) -> AsyncIterator[Starlette]:
    said = [] if told is None else told
    app = create_app(
        settings,
        clock=Clock(),
        log=silent_log(),
        given={EventLog: event_log},
        give_up=lambda: said.append("refused"),
    )
    async with app.router.lifespan_context(app):
        yield app


async def _said(app: Starlette, path: str) -> tuple[int, Any]:
    status, _, body = await ask(app, "GET", path)
    return status, body


def _has(settings: Settings, log: bytes) -> Path:
    folder = log_folder(settings)
    folder.mkdir(parents=True)
    (folder / LOG).write_bytes(log)
    return folder
