"""How strong the hashes of passwords are: everywhere as argon2-cffi suggests, but for the switch of development."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import text

from fixtures.databases.engines import engine_of
from fixtures.targets.launch import DEVELOPMENT
from reference_app.accounts import administration
from reference_app.systems import load_settings
from tests.reference_app.stage import SECRET_KEY, Server

STRONG: Final = "$argon2id$v=19$m=65536,t=3,p=4$"
FAST: Final = "$argon2id$v=19$m=64,t=1,p=1$"
PRODUCTION: Final = {"APP_ENV": "production", "DEV_AUTH_BYPASS": "0", "ALLOW_DEV_PURGE": "0"}


HASHES: Final = pytest.mark.parametrize(
    ("environment", "expected"),
    [
        (PRODUCTION, STRONG),
        (PRODUCTION | {"DEV_FAST_PASSWORDS": "1"}, STRONG),
        ({"DEV_FAST_PASSWORDS": "0"}, STRONG),
        ({"DEV_FAST_PASSWORDS": "1"}, FAST),
    ],
)


@HASHES
def test_passwords_are_hashed_quickly_in_development_only(
    environment: Mapping[str, str], expected: str, database_url: str, tmp_path: Path
) -> None:
    """The switch changes nothing elsewhere, and nothing unless it is asked for."""
    with Server(database_url, tmp_path, environment=environment) as server:
        assert server.token("ada@passwords.example")
    with engine_of(database_url).connect() as connection:
        kept = connection.execute(text("SELECT password_hash FROM users")).scalar_one()
    assert kept.startswith(expected)


@HASHES
def test_an_operators_command_hashes_as_the_server_does(
    environment: Mapping[str, str], expected: str, database_url: str, tmp_path: Path
) -> None:
    """The same switch, and the same places where it changes nothing."""
    settings = load_settings(
        {
            **DEVELOPMENT,
            "SECRET_KEY": SECRET_KEY,
            "DATABASE_URL": database_url,
            "DATA_DIR": str(tmp_path),
            **environment,
        }
    )
    administration.create(settings, email="ada@passwords.example", password="twelve letters", admin=False)
    with engine_of(database_url).connect() as connection:
        kept = connection.execute(text("SELECT password_hash FROM users")).scalar_one()
    assert kept.startswith(expected)
