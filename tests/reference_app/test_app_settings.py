"""Settings: what counts as development, what is refused, and that a refusal shows no secret (LR-8)."""

from pathlib import Path
from typing import Final

import pytest

from reference_app.database.urls import parse_database_url
from reference_app.errors import SettingsRefused
from reference_app.lunar_returns.settings import LunarReturnsSettings
from reference_app.settings import Settings
from reference_app.systems import load_settings

KEY: Final = "k" * 32
SWITCHES: Final = {
    "DEV_AUTH_BYPASS": "1",
    "ALLOW_DEV_PURGE": "1",
    "DEV_MOCK_EPHEMERIS": "1",
    "LUNAR_RETURNS_DEV_DELAY_MS": "250",
}
ELSEWHERE: Final = (
    "", "production", "staging", "test", "dev", "Development", "DEVELOPMENT", "development ", " development",
    "development2", "developmen", "d\u0435velopment", "local", "0", "1",
)  # fmt: skip


def test_in_development_the_switches_count() -> None:
    """With APP_ENV exactly `development` each switch does what its name says, and no key is needed."""
    settings = load_settings({"APP_ENV": "development", **SWITCHES})
    settings.check()
    assert _effective(settings) == (True, True, True, 250)


def test_in_development_switches_are_off_unless_set() -> None:
    """Development alone opens nothing."""
    assert _effective(load_settings({"APP_ENV": "development"})) == (False, False, False, 0)


@pytest.mark.parametrize("app_env", ELSEWHERE)
def test_elsewhere_every_switch_is_inert(app_env: str) -> None:
    """Any other environment, however like it looks, has no switch on, whatever is set."""
    settings = load_settings({"APP_ENV": app_env, "SECRET_KEY": KEY, **SWITCHES})
    assert _effective(settings) == (False, False, False, 0)


@pytest.mark.parametrize("app_env", ELSEWHERE)
@pytest.mark.parametrize("switch", ["DEV_AUTH_BYPASS", "ALLOW_DEV_PURGE"])
@pytest.mark.parametrize("on", ["1", "true", "YES", "on"])
def test_elsewhere_dangerous_switches_are_refused(app_env: str, switch: str, on: str) -> None:
    """A server told elsewhere to let anybody in, or to purge, refuses with one line that says why."""
    settings = load_settings({"APP_ENV": app_env, "SECRET_KEY": KEY, switch: on})
    with pytest.raises(SettingsRefused) as caught:
        settings.check()
    assert str(caught.value) == (
        f"{switch}=1 is refused: it is for development only, and APP_ENV is {app_env!r}."
    )


@pytest.mark.parametrize("off", ["0", "false", "no", "off"])
def test_a_switch_that_is_off_is_refused_nowhere(off: str) -> None:
    """Saying in production that a switch is off is no offence."""
    load_settings({"SECRET_KEY": KEY, **dict.fromkeys(("DEV_AUTH_BYPASS", "ALLOW_DEV_PURGE"), off)}).check()


@pytest.mark.parametrize(
    ("app_env", "key", "said"),
    [
        ("production", "", "it is not set"),
        ("production", "k" * 31, "it has 31"),
        ("production", "k" * 32, ""),
        ("production", "\u00e9" * 16, ""),
        ("production", "\u00e9" * 15, "it has 30"),
        ("production", " " * 32, ""),
        ("development", "", ""),
        ("development", "short", "it has 5"),
        ("development", "k" * 32, ""),
    ],
)
def test_secret_keys_have_32_bytes(app_env: str, key: str, said: str) -> None:
    """A key is counted in bytes; only development may do without one, and no message shows it."""
    settings = load_settings({"APP_ENV": app_env, "SECRET_KEY": key})
    if not said:
        settings.check()
        return
    with pytest.raises(SettingsRefused) as caught:
        settings.check()
    assert str(caught.value) == f"SECRET_KEY must have 32 bytes or more: {said}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN_TTL_S", "0"), ("TOKEN_TTL_S", "a day"), ("TOKEN_TTL_S", "1.5"), ("TOKEN_TTL_S", "2592001"),
        ("LOG_FORMAT", "JSON"), ("LOG_FORMAT", ""), ("HEAD_BYTES_MAX", "1023"), ("HEAD_BYTES_MAX", "64k"),
        ("HEAD_S_MAX", "nan"), ("HEAD_S_MAX", "inf"), ("HEAD_S_MAX", "0"), ("HEAD_S_MAX", "-1"),
        ("BODY_S_MAX", "3601"), ("BODY_BYTES_MAX", "-5"), ("CONNECTIONS_MAX", "1e9"),
        ("DATABASE_THREADS", "0"), ("DATABASE_THREADS", "65"), ("LUNAR_RETURNS_WAIT_S", "soon"),
        ("LUNAR_RETURNS_GENERATIONS_MAX", ""), ("LUNAR_RETURNS_DEV_DELAY_MS", "-1"),
        ("LUNAR_RETURNS_DEV_DELAY_MS", "60001"), ("DEV_AUTH_BYPASS", "2"), ("DEV_AUTH_BYPASS", "maybe"),
        ("ALLOW_DEV_PURGE", ""), ("DEV_MOCK_EPHEMERIS", "y e s"),
    ],
)  # fmt: skip
def test_malformed_values_are_named(name: str, value: str) -> None:
    """A value that cannot be read is one line with the variable's name and what was found."""
    with pytest.raises(SettingsRefused) as caught:
        load_settings({"SECRET_KEY": KEY, name: value})
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert KEY not in str(caught.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Several malformed values, or several refusals, are told together."""
    with pytest.raises(SettingsRefused) as caught:
        load_settings({"TOKEN_TTL_S": "x", "HEAD_S_MAX": "y", "LUNAR_RETURNS_WAIT_S": "z"})
    assert all(
        name in str(caught.value) for name in ("TOKEN_TTL_S: ", "HEAD_S_MAX: ", "LUNAR_RETURNS_WAIT_S: ")
    )
    with pytest.raises(SettingsRefused) as caught:
        load_settings({"SECRET_KEY": "short", "DEV_AUTH_BYPASS": "1", "ALLOW_DEV_PURGE": "1"}).check()
    assert len(str(caught.value).splitlines()) == 3


def test_a_given_environment_is_the_whole_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings from a mapping take nothing from the process's own variables."""
    for name, value in {"LOG_FORMAT": "console", "APP_ENV": "development", "DEV_AUTH_BYPASS": "1"}.items():
        monkeypatch.setenv(name, value)
    settings = load_settings({"SECRET_KEY": KEY})
    assert (settings.log_format, settings.app_env, settings.dev_auth_bypass_asked) == (
        "auto", "production", False,
    )  # fmt: skip
    assert load_settings().log_format == "console"


def test_settings_do_not_show_their_key() -> None:
    """Printed or logged as a whole, settings keep the key to themselves."""
    assert KEY not in repr(load_settings({"SECRET_KEY": KEY}))


def test_the_default_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    """Without a URL the database is a file of the data folder, by its absolute path."""
    settings = load_settings({"DATA_DIR": str(tmp_path / "what? 100%")})
    assert parse_database_url(settings.database).database == str(
        tmp_path / "what? 100%/reference-app.sqlite3"
    )
    assert load_settings({"DATABASE_URL": "postgresql://h/d"}).database == "postgresql://h/d"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("sqlite:////var/db/x.sqlite3", "sqlite:////var/db/x.sqlite3"),
        ("sqlite:///x.db", f"sqlite:///{Path.cwd()}/x.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://h:5433/d?sslmode=require", "postgresql+psycopg://h:5433/d?sslmode=require"),
        ("postgresql+psycopg:///d", "postgresql+psycopg:///d"),
    ],
)
def test_urls_as_people_write_them(text: str, url: str) -> None:
    """Both databases are understood in the usual spellings, and get the driver that is used here."""
    assert parse_database_url(text).render_as_string(hide_password=False) == url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Not a database URL: ''"),
        ("data.sqlite3", "Use sqlite:///PATH or postgresql://USER@HOST/NAME"),
        ("sqlite", "Not a database URL: 'sqlite'"),
        ("sqllite:///x", "Did you mean sqlite://…?"),
        ("postgrs://u:hunter2@h/d", "Did you mean postgres://…?"),
        ("postgressql://u:hunter2@h/d", "Did you mean postgresql://…?"),
        ("mysql://u:hunter2@h/d", "Not a database URL: 'mysql://…@h/d'"),
        ("postgresql//u:hunter2@h/d", "…@h/d"),
        ("u:hunter2@h/d", "…@h/d"),
        ("postgrs://h/d?password=hunter2", "Not a database URL: 'postgrs://h/d'"),
        ("postgresql+asyncpg://u:hunter2@h/d", "Not a database URL"),
        ("postgresql://u:hunter2@h:port/d", "Not a database URL: 'postgresql://…@h:port/d'"),
        ("postgresql://u:hunter2@h", "needs a database name"),
        ("postgresql://u:hunter2@h/", "needs a database name"),
        ("sqlite://", "needs a file"),
        ("sqlite:///", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite://u:hunter2@h/x", "needs a file"),
    ],
)
def test_urls_that_are_none(text: str, said: str) -> None:
    """What is no URL of a supported database is one line with a hint, and without its password."""
    with pytest.raises(SettingsRefused) as caught:
        parse_database_url(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def _effective(settings: Settings) -> tuple[bool, bool, bool, int]:
    returns = settings.of(LunarReturnsSettings)
    return (
        settings.dev_auth_bypass,
        returns.allow_dev_purge,
        returns.dev_mock_ephemeris,
        returns.dev_delay_ms,
    )
