"""What a system brings is all there is to say of it: a toy system is served without a line of the server's own."""

import asyncio
import subprocess
import sys
from collections.abc import Coroutine
from typing import Any

import pytest
from openapi_spec_validator import validate
from starlette.applications import Starlette

from reference_app.app import create_app
from reference_app.errors import SettingsRefused
from reference_app.settings import Settings
from reference_app.single_flight.flights import SingleFlight
from reference_app.system import Built, Users
from tests.reference_app.articles.toy import silent_log
from tests.reference_app.asgi import Answer, ask
from tests.reference_app.stage import SECRET_KEY
from tests.reference_app.toys import ENDED, STARTED, ToyBroken, Toys, ToySettings

ADMIN = {"Authorization": "Bearer admin"}
USER = {"Authorization": "Bearer user"}


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.load({"DATABASE_URL": database_url, "SECRET_KEY": SECRET_KEY}, [ToySettings])


@pytest.mark.parametrize(
    ("method", "path", "caller", "status"),
    [
        ("GET", "/api/toys", {}, 200),
        ("GET", "/api/toys", USER, 200),
        ("GET", "/api/toys/mine", {}, 401),
        ("GET", "/api/toys/mine", {"Authorization": "Bearer nobody"}, 401),
        ("GET", "/api/toys/mine", USER, 200),
        ("GET", "/api/toys/mine", ADMIN, 200),
        ("DELETE", "/api/toys", {}, 401),
        ("DELETE", "/api/toys", USER, 403),
        ("DELETE", "/api/toys", ADMIN, 503),
    ],
)
def test_who_may_ask(settings: Settings, method: str, path: str, caller: dict[str, str], status: int) -> None:
    """An operation is for anybody, for users, or for administrators; whom it is not for is told 401 or 403."""
    found = _asked(_app(settings, Toys()), method, path, caller)
    assert found.status == status
    if status == 403:
        assert found.body["type"] == "/problems/not-allowed"
        assert found.body["detail"] == "Only an administrator may do this."


def test_the_description_says_who_may_ask(settings: Settings) -> None:
    """OpenAPI names the token where one is needed, and the role and 403 where that is not enough."""
    document = _asked(_app(settings, Toys()), "GET", "/openapi.json").body
    validate(document)
    toys = document["paths"]["/api/toys"]
    mine = document["paths"]["/api/toys/mine"]["get"]
    assert "security" not in toys["get"]
    assert (mine["security"], toys["delete"]["security"]) == ([{"bearer": []}], [{"bearer": ["admin"]}])
    assert {"401", "403"} & {*toys["get"]["responses"]} == set()
    assert {"401", "403"} & {*mine["responses"]} == {"401"}
    assert {"401", "403"} & {*toys["delete"]["responses"]} == {"401", "403"}


def test_a_systems_errors_are_answered_as_it_says(settings: Settings) -> None:
    """Its table has status, name and field; an error that says itself when to ask again is believed."""
    found = _asked(_app(settings, Toys()), "DELETE", "/api/toys", ADMIN)
    assert (found.status, found.body["type"]) == (503, "/problems/toy-broken")
    assert found.body["errors"] == [{"field": "toy", "message": "The toy is broken."}]
    assert found.headers[b"retry-after"] == b"42"


def test_a_systems_trouble_is_the_servers(settings: Settings) -> None:
    """A server is ready when no system is in trouble; the first that is says why."""
    calm, troubled = Toys(name="calm"), Toys(name="troubled", knows_users=False)
    app = _app(settings, calm, troubled)
    assert _asked(app, "GET", "/ready").status == 200
    troubled.trouble = "no toys left"
    found = _asked(app, "GET", "/ready")
    assert (found.status, found.body) == (503, {"status": "no toys left"})


def test_what_is_wrong_with_any_systems_settings_is_said_at_once() -> None:
    """Malformed values are named together, of whichever system; refusals too."""
    with pytest.raises(SettingsRefused) as caught:
        Settings.load({"HEAD_S_MAX": "x", "TOYS_MAX": "many"}, [ToySettings])
    assert all(name in str(caught.value) for name in ("HEAD_S_MAX: ", "TOYS_MAX: "))
    with pytest.raises(SettingsRefused) as caught:
        Settings.load({"TOYS_ANYWHERE": "1"}, [ToySettings]).check()
    assert [line.partition(" ")[0] for line in str(caught.value).splitlines()] == [
        "SECRET_KEY",
        "TOYS_ANYWHERE=1",
    ]


def test_a_systems_larger_bodies_are_taken(settings: Settings) -> None:
    """The bound of a path is its system's to raise."""
    assert settings.larger_bodies == {"/api/toys": 1_000_000}


def test_parts_end_in_the_reverse_of_the_order_in_which_they_began(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a part needs is there before it, and after it."""
    first, second = _two()
    _noting_flights(monkeypatch, first.notes)
    _run(_lived(_app(settings, first, second)))
    assert first.notes == [
        ("first", STARTED), ("second", STARTED), ("second", ENDED), ("first", ENDED), ("flights", ENDED),
    ]  # fmt: skip


def test_what_had_begun_ends_when_a_part_does_not_begin(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A start that fails half way leaves nothing running, and says what failed."""
    first, second = _two(fails="start")
    _noting_flights(monkeypatch, first.notes)
    with pytest.raises(ToyBroken):
        _run(_lived(_app(settings, first, second)))
    assert first.notes == [("first", STARTED), ("first", ENDED), ("flights", ENDED)]


def test_a_part_that_does_not_end_well_holds_up_no_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of one part at a stop is told when all others are closed."""
    first, second = _two(fails="end")
    _noting_flights(monkeypatch, first.notes)
    with pytest.raises(ToyBroken):
        _run(_lived(_app(settings, first, second)))
    assert first.notes[-2:] == [("first", ENDED), ("flights", ENDED)]


def test_all_systems_are_told_of_users() -> None:
    """Who comes is welcomed, and who goes bidden farewell, by all who asked for it, in order."""
    told: list[Any] = []
    users = Users()
    users.tell(Built(welcome=lambda _, user: told.append(("welcome", 1, user))))
    users.tell(Built())
    users.tell(
        Built(
            welcome=lambda _, user: told.append(("welcome", 3, user)),
            farewell=lambda _, user: told.append(("farewell", 3, user)),
        )
    )
    connection: Any = None
    users.welcome(connection, 7)
    users.farewell(connection, 7)
    assert told == [("welcome", 1, 7), ("welcome", 3, 7), ("farewell", 3, 7)]


def test_help_and_refusals_import_nothing_that_serves() -> None:
    """Descriptions of systems are light: each command reads them all, and should answer at once."""
    heavy = {
        "sqlalchemy",
        "starlette",
        "uvicorn",
        "structlog",
        "astronomy",
        "jwt",
        "argon2",
        "prometheus_client",
    }
    asked = "import sys, reference_app.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert heavy & {*done.stdout.split()} == set()


def _two(fails: str = "") -> tuple[Toys, Toys]:
    first = Toys(name="first")
    return first, Toys(name="second", knows_users=False, fails=fails, notes=first.notes)


def _app(settings: Settings, *toys: Toys) -> Starlette:
    return create_app(settings, systems=[each.system for each in toys], log=silent_log())


def _asked(app: Starlette, method: str, path: str, caller: dict[str, str] | None = None) -> Answer:
    answer: Answer = _run(ask(app, method, path, headers=caller))
    return answer


async def _lived(app: Starlette) -> None:
    async with app.router.lifespan_context(app):
        pass


def _noting_flights(monkeypatch: pytest.MonkeyPatch, notes: list[tuple[str, str]]) -> None:
    close = SingleFlight.close

    async def noting(flights: SingleFlight) -> None:
        notes.append(("flights", ENDED))
        await close(flights)

    monkeypatch.setattr(SingleFlight, "close", noting)


def _run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(coroutine)
