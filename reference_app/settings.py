"""Everything that can be set, from environment variables; `docs/settings.md` is the reference page.

Development switches are inert outside `APP_ENV=development`: code asks the properties of `Settings`
(`dev_auth_bypass`, `dev_delay_ms`, …), which are off there whatever the environment says.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import quote

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from reference_app.errors import SettingsRefused

DEVELOPMENT: Final = "development"
SECRET_BYTES_MIN: Final = 32
DEV_DELAY_MS_MAX: Final = 60_000

Seconds = Annotated[float, Field(gt=0, le=3_600)]


class Settings(BaseSettings):
    """The settings of one server. Fields bear the names of their environment variables, in lower case."""

    model_config = SettingsConfigDict(case_sensitive=False, frozen=True, extra="ignore")

    app_env: str = "production"
    database_url: str = ""
    data_dir: Path = Path("data")
    secret_key: str = Field(default="", repr=False)
    token_ttl_s: Annotated[int, Field(gt=0, le=30 * 86_400)] = 86_400
    log_format: Literal["auto", "json", "console"] = "auto"

    head_bytes_max: Annotated[int, Field(ge=1_024, le=1_048_576)] = 65_536
    head_s_max: Seconds = 10.0
    body_bytes_max: Annotated[int, Field(ge=1_024, le=67_108_864)] = 65_536
    body_s_max: Seconds = 10.0
    shutdown_s_max: Seconds = 45.0
    connections_max: Annotated[int, Field(ge=16, le=65_536)] = 4_096
    database_threads: Annotated[int, Field(ge=1, le=64)] = 6
    database_s_max: Seconds = 10.0

    lunar_returns_wait_s: Seconds = 30.0
    lunar_returns_generations_max: Annotated[int, Field(ge=1, le=64)] = 8

    articles_require_auth: bool = False
    articles_batch_bytes_max: Annotated[int, Field(ge=1_024, le=16_777_216)] = 8_388_608
    event_log_durability: Literal["fsync", "flush"] = "fsync"
    event_log_snapshot_every: Annotated[int, Field(ge=0, le=10_000_000)] = 10_000

    dev_auth_bypass_asked: bool = Field(default=False, alias="DEV_AUTH_BYPASS")
    allow_dev_purge_asked: bool = Field(default=False, alias="ALLOW_DEV_PURGE")
    dev_mock_ephemeris_asked: bool = Field(default=False, alias="DEV_MOCK_EPHEMERIS")
    dev_delay_ms_asked: Annotated[int, Field(ge=0, le=DEV_DELAY_MS_MAX)] = Field(
        default=0, alias="LUNAR_RETURNS_DEV_DELAY_MS"
    )

    @classmethod
    def load(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from `environment`, or from the process's own where it is None.

        Raises:
            SettingsRefused: a value is malformed; the message names every such variable.

        """
        try:
            if environment is None:
                return cls()
            return GivenSettings.model_validate(
                {_field_key(cls, name): value for name, value in environment.items()}
            )
        except ValidationError as error:
            raise SettingsRefused(_one_line(error)) from None

    @property
    def is_development(self) -> bool:
        """Whether `APP_ENV` is exactly `development`; any other spelling is not."""
        return self.app_env == DEVELOPMENT

    @property
    def dev_auth_bypass(self) -> bool:
        """Whether `X-Dev-User-Id` and `X-Dev-External-Id` name the caller."""
        return self.is_development and self.dev_auth_bypass_asked

    @property
    def allow_dev_purge(self) -> bool:
        """Whether a caller may purge their lunar returns."""
        return self.is_development and self.allow_dev_purge_asked

    @property
    def dev_mock_ephemeris(self) -> bool:
        """Whether return instants are fixed values in place of the real ephemeris."""
        return self.is_development and self.dev_mock_ephemeris_asked

    @property
    def dev_delay_ms(self) -> int:
        """By how many milliseconds each generation is lengthened; 0 outside development."""
        return self.dev_delay_ms_asked if self.is_development else 0

    @property
    def articles_folder(self) -> Path:
        """Where the articles' event log lies."""
        return self.data_dir / "articles"

    @property
    def larger_bodies(self) -> dict[str, int]:
        """The paths whose bodies have another bound than `body_bytes_max`, in bytes."""
        return {"/api/articles/batch": self.articles_batch_bytes_max}

    @property
    def database(self) -> str:
        """The database's URL; the embedded default is a SQLite file under `data_dir`."""
        return self.database_url or f"sqlite:///{quote(str(self.data_dir / 'reference-app.sqlite3'))}"

    def check(self) -> None:
        """Refuse what must not run.

        Raises:
            SettingsRefused: with one line a reason.

        """
        reasons = list(_refusals(self))
        if reasons:
            raise SettingsRefused("\n".join(reasons))


class GivenSettings(Settings):
    """Settings from a mapping alone: not even a variable that it lacks is looked for anywhere else."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what was given and leave the environment out."""
        del settings_cls, env_settings, dotenv_settings, file_secret_settings
        return (init_settings,)


def _refusals(settings: Settings) -> list[str]:
    reasons = []
    if not settings.is_development:
        reasons += [
            f"{name}=1 is refused: it is for development only, and APP_ENV is {settings.app_env!r}."
            for name, asked in (
                ("DEV_AUTH_BYPASS", settings.dev_auth_bypass_asked),
                ("ALLOW_DEV_PURGE", settings.allow_dev_purge_asked),
            )
            if asked
        ]
    # A variable may hold any bytes; what is no text comes as lone surrogates, which nothing could sign with.
    size = len(settings.secret_key.encode(errors="replace"))
    if not settings.secret_key.isprintable():
        reasons.append("SECRET_KEY holds bytes that are no printable text.")
    if size < SECRET_BYTES_MIN and (size or not settings.is_development):
        found = f"it has {size}" if size else "it is not set"
        reasons.append(f"SECRET_KEY must have {SECRET_BYTES_MIN} bytes or more: {found}.")
    return reasons


def _field_key(model: type[BaseSettings], name: str) -> str:
    """Return the key under which pydantic expects the variable `name`: its alias, or its field."""
    aliases = {field.alias for field in model.model_fields.values() if field.alias}
    return name.upper() if name.upper() in aliases else name.lower()


def _one_line(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in found['loc']).upper()}: {found['msg']} (got {found['input']!r})"
        for found in error.errors(include_url=False)
        if "secret" not in str(found["loc"]).lower()
    )
