"""What is stored is its owner's alone: looked at when a server starts (SV-11).

What this promises: in production no server starts on a folder that others can read, write or enter; the refusal
says which command mends it. In development it starts, and says so. Files of ours that others could open are closed
to them. A list of rights beyond the nine bits (an ACL) shows in the bits of the group, and is seen there.

What it does not: it looks at no folder above, and at nothing that a server with Postgres keeps elsewhere.
"""

import os
import shlex
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reference_app.errors import SettingsRefused
from reference_app.folders import FILE_MODE, FOLDER_MODE
from reference_app.logs import Log

OTHERS: Final = 0o077
NAMES_MAX: Final = 10
ROOT: Final = 0


class OpenToOthers(SettingsRefused):
    """A folder of what is stored can be read by others."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a server keeps: folders, and in one that may hold other things, too, its own files."""

    folders: Sequence[Path]
    files: Sequence[Path] = ()


def require(stored: Stored, *, is_development: bool, log: Log) -> None:
    """Close the files to others, and look at the folders. Folders that are not there yet are no matter.

    Raises:
        OpenToOthers: a folder, or a file that is not ours to close, is open to others; a line each. In development
            the log has them.

    """
    closed, left = _close(path for path in _existing(stored.files) if path not in stored.folders)
    if closed:
        names = [str(path) for path in closed[:NAMES_MAX]]
        log.warning("files_closed_to_others", files=names, count=len(closed))
    against = [*map(_against_folder, dict.fromkeys(stored.folders)), *map(_against_file, left)]
    reasons = [reason for reason in against if reason]
    if reasons and not is_development:
        raise OpenToOthers("\n".join(reasons))
    for reason in reasons:
        log.warning("open_to_others", reason=reason)


def _against_folder(folder: Path) -> str:
    """Return what is wrong with a folder, and the command that mends it; empty if nothing is."""
    try:
        found = folder.stat()
    except OSError:  # it is not there; or it cannot be used, which is said where that is tried
        return ""
    if not stat.S_ISDIR(found.st_mode):
        return ""  # a file in a folder's place, which is said where the folder is made
    quoted = shlex.quote(str(folder.absolute()))
    if os.geteuid() not in {found.st_uid, ROOT}:
        return (
            f"The folder {folder} belongs to another user (number {found.st_uid}), who can read what is stored"
            f" there. Mend it: sudo chown -R {os.geteuid()} {quoted}"
        )
    mode = stat.S_IMODE(found.st_mode)
    if mode & OTHERS:
        return (
            f"The folder {folder} is open to others (mode {mode:04o}, not {FOLDER_MODE:04o}), and what is stored"
            f" there is private. Mend it: chmod go= {quoted}"
        )
    return ""


def _against_file(path: Path) -> str:
    return (
        f"The file {path} is open to others, and is not ours to close."
        f" Mend it: sudo chmod go= {shlex.quote(str(path.absolute()))}"
    )


def _existing(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield those that are there, and of a folder what is in it as well."""
    for path in paths:
        if path.is_dir():
            yield path
            with suppress(OSError):  # one that we may not list is refused as a folder
                yield from path.iterdir()
        elif path.exists():
            yield path


def _close(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Close to others what is open to them; return what was closed, and what could not be."""
    closed, left = [], []
    for path in paths:
        with suppress(FileNotFoundError):  # somebody else's server removes beats, for example
            mode = path.stat().st_mode
            if not mode & OTHERS:
                continue
            try:
                path.chmod(FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE)
            except FileNotFoundError:
                raise
            except OSError:
                left.append(path)
            else:
                closed.append(path)
    return closed, left
