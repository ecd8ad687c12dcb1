"""Backups of both halves of the data, and how they are brought back: `reference-app backup` and `restore`.

    FOLDER/database.sqlite3    or database.dump on Postgres
    FOLDER/articles/           what a system keeps outside the database, a folder each
    FOLDER/backup.json         what the backup is, and the size and SHA-256 of each file; written last

What this promises: a backup may be made while the server serves. The database is copied first and the logs after
it, so no log is behind what the database knows. A backup without `backup.json`, or with a file that is not as it
was written, is refused before anything is restored, and so is a place that holds something (SV-18).

What it does not: it keeps no secrets of the environment, and does not look for disks that fail later.
"""

import os
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from reference_app import VERSION, folders
from reference_app.clock import Clock
from reference_app.database import dialects, migrate
from reference_app.database.urls import parse_database_url
from reference_app.errors import AppError
from reference_app.exit_codes import ExitCode
from reference_app.settings import Settings
from reference_app.system import Kept

SEAL: Final = "backup.json"
FORMAT: Final = 1
DATABASE: Final = "database"
_FOLDER_RIGHTS: Final = 0o700
_FILE_RIGHTS: Final = 0o600


class BackupError(AppError):
    """The backup cannot be made or used."""

    exit_code = ExitCode.NEGATIVE


class BackupBroken(BackupError):
    """This is no whole backup."""


class PlaceTaken(BackupError):
    """There is something where this should go; nothing was changed."""


class Copied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a backup, as it was written."""

    bytes: Annotated[int, Meta(ge=0)]
    sha256: str


class Backup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `backup.json` says."""

    format: int
    version: str
    """Of the server whose command made it."""
    made: str
    """When it was begun, in UTC."""
    database: str
    """The copy's name, which tells the kind of database."""
    revision: str | None
    """Of the database's schema."""
    parts: dict[str, str]
    """What is beside the database, and what was said of it."""
    files: dict[str, Copied]


def back_up(settings: Settings, kept: Mapping[str, Kept], folder: Path, clock: Clock) -> list[str]:
    """Make a backup in `folder`, which is empty or not there yet; return what to say of it.

    Raises:
        PlaceTaken: there is something in the folder.
        AppError, OSError: a half cannot be copied; what is in the folder then is no backup.

    """
    if folder.exists() and any(folder.iterdir()):
        raise PlaceTaken(f"There is something in {folder}; name an empty folder, or a new one.")
    url = parse_database_url(settings.database)
    copies = dialects.of_url(url).copies()
    made, revision = clock().isoformat(), migrate.revision(settings.database, make=False)
    folders.make(folder)
    folder.chmod(_FOLDER_RIGHTS)
    # Before the logs: what the database knows of was kept in them before.
    copies.back_up(url, folder / copies.name)
    parts = {name: each.back_up(folder / name) for name, each in kept.items() if each.is_there}
    found = Backup(FORMAT, VERSION, made, copies.name, revision, parts, _files(folder))
    _seal(folder, found)
    return _said(found)


def restore(settings: Settings, kept: Mapping[str, Kept], folder: Path) -> list[str]:
    """Bring a backup back to where a server with these settings looks; return what to say of it.

    Raises:
        BackupBroken: it is not whole, or of another kind of database.
        PlaceTaken: there is something there already; nothing was changed.
        AppError, OSError: a half cannot be written; what is there then is to be removed.

    """
    found = sealed(folder)
    url = parse_database_url(settings.database)
    copies = dialects.of_url(url).copies()
    if found.database != copies.name:
        raise BackupBroken(f"The backup has {found.database}, and {_shown(url)} would need {copies.name}.")
    if unknown := [name for name in found.parts if name not in kept]:
        raise BackupBroken(f"The backup has {unknown[0]}, which this version does not know.")
    _refuse_unless_empty(settings, kept)
    for name in found.parts:
        kept[name].restore(folder / name)
    copies.restore(folder / copies.name, url)
    revision = migrate.revision(settings.database, make=False)
    if revision != found.revision:
        raise BackupBroken(f"The database is at {revision} now, and the backup was at {found.revision}.")
    return _said(found)


def sealed(folder: Path) -> Backup:
    """Return what the backup in `folder` is, once every file of it was compared. Raises BackupBroken."""
    try:
        found = msgspec.json.decode((folder / SEAL).read_bytes(), type=Backup)
    except FileNotFoundError:
        raise BackupBroken(f"There is no whole backup in {folder}: {SEAL} is missing.") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BackupBroken(f"{folder / SEAL} is not as it was written: {error}.") from None
    if found.format != FORMAT:
        raise BackupBroken(f"The backup has format {found.format}; this version knows format {FORMAT}.")
    are_there = _files(folder)
    wrong = sorted(
        name for name in {*found.files, *are_there} if found.files.get(name) != are_there.get(name)
    )
    if wrong:
        raise BackupBroken(f"{folder / wrong[0]} is not as it was written; nothing was changed.")
    return found


def _refuse_unless_empty(settings: Settings, kept: Mapping[str, Kept]) -> None:
    url = parse_database_url(settings.database)
    taken = [f"the database {_shown(url)}"] if dialects.of_url(url).copies().holds_something(url) else []
    taken += [f"the place of the {name}" for name, each in kept.items() if each.is_there]
    if taken:
        raise PlaceTaken(f"A backup goes into an empty place, and {taken[0]} is not. Nothing was changed.")


def _shown(url: object) -> str:
    return str(url).partition("?")[0]


def _files(folder: Path) -> dict[str, Copied]:
    """Return all files below the folder but the seal; locks hold nothing."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != SEAL:
            with path.open("rb") as file:
                found[name] = Copied(path.stat().st_size, file_digest(file, "sha256").hexdigest())
    return found


def _seal(folder: Path, backup: Backup) -> None:
    """Write the last file, durably: with it the backup is whole."""
    for path in folder.rglob("*"):
        _sync(path)
    content = msgspec.json.format(msgspec.json.encode(backup), indent=2) + b"\n"
    fd = os.open(folder / SEAL, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_RIGHTS)
    with os.fdopen(fd, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync(folder)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _said(backup: Backup) -> list[str]:
    size = backup.files[backup.database].bytes
    return [
        f"{DATABASE}: {backup.database}, revision {backup.revision or 'none'}, {size} bytes",
        *(f"{name}: {said}" for name, said in backup.parts.items()),
    ]
