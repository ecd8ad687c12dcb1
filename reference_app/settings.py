"""What can be set, from environment variables; `docs/settings.md` is the reference page.

Here stands what every server has. Each system has a `settings.py` of its own, read from the same environment at the
same time; `settings.of(ToySettings)` returns it. What is wrong with any of them is reported together. The docstring
below a field is its row in the page; a field whose name ends with `_asked` is a switch of development.

Development switches are inert outside `APP_ENV=development`: code asks the properties (`dev_auth_bypass`, …), which
are off there whatever the environment says.
"""

import os
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Final, Literal, TypeVar, cast
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from reference_app.errors import SettingsRefused

DEVELOPMENT: Final = "development"
SECRET_BYTES_MIN: Final = 32

Seconds = Annotated[float, Field(gt=0, le=3_600)]
Kind = TypeVar("Kind", bound="SystemSettings")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`; a name other than localhost may mean anything."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _checked(address: str) -> str:
    parts = urlsplit(address)
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError("it is no address as https://api.example.com")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname)):
        raise ValueError(
            "it must begin with https://, for the key is sent there; http:// is for this machine"
        )
    return address


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks that are listed with commas between; an address is one of a single address."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


def _listed(text: str) -> str:
    if any(each.prefixlen == 0 for each in _networks(text)):
        raise ValueError("it would trust everybody: name the proxies")
    return text


Networks = Annotated[str, AfterValidator(_listed)]
"""Addresses and networks, with commas between."""
UpstreamAddress = Annotated[str, AfterValidator(_checked)]
"""Where a service is to which a key is sent: `https://`, or `http://` on this machine."""


class FromEnvironment(BaseModel):
    """Settings whose fields bear the names of their environment variables, in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    app_env: str = "production"
    """Only `development`, spelled so, is development."""

    @property
    def is_development(self) -> bool:
        """Whether `APP_ENV` is exactly `development`; any other spelling is not."""
        return self.app_env == DEVELOPMENT

    def refusals(self) -> list[str]:
        """Return what must not run with these settings, one line a reason."""
        return []

    def refused_switches(self, asked: Mapping[str, bool]) -> list[str]:
        """Return a line for each switch that is asked for, by its variable, where it is too dangerous."""
        if self.is_development:
            return []
        return [
            f"{name}=1 is refused: it is for development only, and APP_ENV is {self.app_env!r}."
            for name, is_on in asked.items()
            if is_on
        ]


class SystemSettings(FromEnvironment):
    """The settings of one system. What it overrides here, the server does for it."""

    @property
    def larger_bodies(self) -> Mapping[str, int]:
        """The paths whose bodies have another bound than `body_bytes_max`, in bytes."""
        return {}

    @property
    def work_at_once(self) -> int:
        """How many pieces of its single-flight work may be under way in threads at once, in each process."""
        return 0


class Settings(FromEnvironment):
    """The settings of one server."""

    database_url: str = ""
    """`sqlite:///PATH` or `postgresql://USER@HOST/NAME`; without one, SQLite in `DATA_DIR`."""
    data_dir: Path = Path("data")
    """Where the embedded database lies, and in `articles/` the event log, which one process owns. In production a
    folder that others can open is refused.
    """
    secret_key: str = Field(default="", repr=False)
    """Signs tokens; 32 bytes or more; development makes one up when there is none."""
    log_format: Literal["auto", "json", "console"] = "auto"
    """`json`, `console`, or `auto`: JSON unless stderr is a terminal."""
    log_bytes_max: Annotated[int, Field(ge=4_096, le=1_073_741_824)] = 1_048_576
    """Lines of the log that wait for the reader of stderr, in bytes, in each process; what comes beyond is lost."""

    trusted_proxies: Networks = ""
    """Addresses and networks, with commas between: proxies that hand requests on. From them alone it is believed
    what `PROXY_HEADER` says of the client: the log has the client's address, and limits by address mean it.
    """
    proxy_header: Literal["x-forwarded-for", "forwarded"] = "x-forwarded-for"
    """The header that trusted proxies write: `x-forwarded-for`, with `X-Forwarded-Proto`, or `forwarded`, as
    RFC 7239 has it. The other one is ignored.
    """

    head_bytes_max: Annotated[int, Field(ge=1_024, le=1_048_576)] = 65_536
    """A request's line and headers; more is 431."""
    head_s_max: Seconds = 10.0
    """How long they may take to arrive; longer is 408."""
    body_bytes_max: Annotated[int, Field(ge=1_024, le=67_108_864)] = 65_536
    """A request's body; more is 413."""
    body_s_max: Seconds = 10.0
    """How long it may take to arrive; longer is 408."""
    bodies_bytes_max: Annotated[int, Field(ge=65_536, le=17_179_869_184)] = 67_108_864
    """Bodies of requests that are being served at the same time, in bytes, in each process; one more is 503."""
    pipelined_max: Annotated[int, Field(ge=1, le=1_024)] = 32
    """Requests that wait behind another on one connection; one more is 503, and ends it."""
    answers_bytes_max: Annotated[int, Field(ge=65_536, le=17_179_869_184)] = 268_435_456
    """Bytes of answers that clients have not read yet, in each process; a connection that adds more is cut."""
    write_s_max: Seconds = 30.0
    """How long a client may take to read what waits for it; then its connection is cut."""
    shutdown_s_max: Seconds = 45.0
    """How long a stop may take, from the signal to the end; requests in flight get all but the last 5 s of it, or
    the first half, if that is more.
    """
    lame_duck_s: Annotated[float, Field(ge=0, le=3_600)] = 0.0
    """For how much of that the server serves on and only `/ready` is 503; then it takes nobody any more."""
    connections_max: Annotated[int, Field(ge=16, le=65_536)] = 4_096
    """Connections at the same time, idle ones too; while there are more, each request is answered 503, in
    plain text. Beyond twice as many they are closed at once.
    """
    database_threads: Annotated[int, Field(ge=1, le=64)] = 6
    """Reads, and as many writes, that use the database at the same time, in each process."""
    database_s_max: Seconds = 10.0
    """How long a request waits for the database; longer is 503."""

    idempotency_keys_s: Annotated[int, Field(ge=60, le=30 * 86_400)] = 86_400
    """For how many seconds an `Idempotency-Key` is known; after that it is a new one."""
    idempotency_keys_max: Annotated[int, Field(ge=10, le=100_000)] = 1_000
    """How many of them are known of each user and route; of more, the oldest are forgotten."""

    dev_auth_bypass_asked: bool = Field(default=False, alias="DEV_AUTH_BYPASS")
    """`1`: `X-Dev-External-Id: any-text` or `X-Dev-User-Id: 42` names the user, who is made on first sight
    with a fixed natal chart; only on a loopback address.
    """

    _of: dict[type[SystemSettings], SystemSettings] = PrivateAttr(default_factory=dict)

    @classmethod
    def load(
        cls, environment: Mapping[str, str] | None = None, systems: Iterable[type[SystemSettings]] = ()
    ) -> "Settings":
        """Read the settings, and those of `systems`, from `environment`; from the process's own where it is None.

        Raises:
            SettingsRefused: a value is malformed; the message names every such variable, of all systems.

        """
        variables = os.environ if environment is None else environment
        malformed: list[str] = []
        core = _read(cls, variables, malformed)
        of = {kind: _read(kind, variables, malformed) for kind in systems}
        if core is None or malformed:
            raise SettingsRefused("; ".join(malformed))
        core._of.update({kind: found for kind, found in of.items() if found is not None})  # noqa: SLF001
        return core

    def of(self, kind: type[Kind]) -> Kind:
        """Return the settings of one system. Raises KeyError: they were not loaded with these."""
        return cast("Kind", self._of[kind])

    @property
    def dev_auth_bypass(self) -> bool:
        """Whether `X-Dev-User-Id` and `X-Dev-External-Id` name the caller."""
        return self.is_development and self.dev_auth_bypass_asked

    @property
    def larger_bodies(self) -> dict[str, int]:
        """The paths whose bodies have another bound than `body_bytes_max`, in bytes: those of all systems."""
        return {path: bound for each in self._of.values() for path, bound in each.larger_bodies.items()}

    @property
    def trusted_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of `trusted_proxies`."""
        return _networks(self.trusted_proxies)

    @property
    def work_at_once(self) -> int:
        """How many pieces of single-flight work may be under way in threads, of all systems."""
        return sum(each.work_at_once for each in self._of.values())

    @property
    def database(self) -> str:
        """The database's URL; the embedded default is a SQLite file under `data_dir`."""
        return self.database_url or f"sqlite:///{quote(str(self.data_dir / 'reference-app.sqlite3'))}"

    def check(self) -> None:
        """Refuse what must not run.

        Raises:
            SettingsRefused: with one line a reason, of all systems.

        """
        reasons = [reason for each in (self, *self._of.values()) for reason in each.refusals()]
        if reasons:
            raise SettingsRefused("\n".join(reasons))

    def refusals(self) -> list[str]:
        """Return what must not run with these settings, one line a reason."""
        reasons = self.refused_switches({"DEV_AUTH_BYPASS": self.dev_auth_bypass_asked})
        # A variable may hold any bytes; what is no text comes as lone surrogates, which nothing could sign with.
        size = len(self.secret_key.encode(errors="replace"))
        if not self.secret_key.isprintable():
            reasons.append("SECRET_KEY holds bytes that are no printable text.")
        if size < SECRET_BYTES_MIN and (size or not self.is_development):
            found = f"it has {size}" if size else "it is not set"
            reasons.append(f"SECRET_KEY must have {SECRET_BYTES_MIN} bytes or more: {found}.")
        if self.lame_duck_s >= self.shutdown_s_max:
            reasons.append(
                f"LAME_DUCK_S must be less than SHUTDOWN_S_MAX: {self.lame_duck_s:g} is not less than"
                f" {self.shutdown_s_max:g}."
            )
        return reasons


Read = TypeVar("Read", bound=FromEnvironment)


def _read(kind: type[Read], variables: Mapping[str, str], malformed: list[str]) -> Read | None:
    """Return what the variables say; None, with what is malformed added to the list, where they cannot be read."""
    aliases = {field.alias for field in kind.model_fields.values() if field.alias}
    try:
        return kind.model_validate(
            {
                name.upper() if name.upper() in aliases else name.lower(): value
                for name, value in variables.items()
            }
        )
    except ValidationError as error:
        malformed.append(_one_line(error))
        return None


def _one_line(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(part) for part in found['loc']).upper()}: {found['msg']} (got {found['input']!r})"
        for found in error.errors(include_url=False)
        if "secret" not in str(found["loc"]).lower()
    )
