r"""What is known of the log from outside it: its format's version, and how far it reached when that was last noted.

    manifest.json    6894b31c {"format":1,"durable_seq":1999}⏎    (framed as a record's line is)

A log that was cut exactly between two lines looks whole; only this tells (AR-11, AR-18).

What this promises: `save` replaces the manifest atomically, or raises; a manifest with any bit changed is a
`BadManifest`, one of another format a `ForeignFormat`.

What it does not: it says how far the log reached *at least*. Its caller makes the log durable before it saves.
"""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from reference_app.articles.log.errors import LogError
from reference_app.articles.log.record import BadLine, frame, unframe
from reference_app.articles.log.storage import Storage

NAME: Final = "manifest.json"
FORMAT: Final = 1


class BadManifest(LogError):
    """The log's manifest was changed: it does not tell how far the log must reach."""


class ForeignFormat(LogError):
    """The log was written by another version of this program, in a format that this one does not know."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manifest says."""

    format: int
    durable_seq: Annotated[int, Meta(ge=-1)]
    """The last event known to be durable; -1 when none is."""


class _AnyManifest(msgspec.Struct):
    """What a manifest of every format has."""

    format: int


def encode(durable_seq: int) -> bytes:
    """Return the manifest's bytes."""
    return frame(msgspec.json.encode(Manifest(FORMAT, durable_seq)))


def decode(content: bytes) -> Manifest:
    """Return what a manifest's bytes say; raise BadManifest or ForeignFormat."""
    try:
        written = unframe(content.removesuffix(b"\n"))
        found = msgspec.json.decode(written, type=_AnyManifest)
        if found.format != FORMAT:
            raise ForeignFormat(f"The log has format {found.format}; this version knows format {FORMAT}.")
        manifest = msgspec.json.decode(written, type=Manifest)
    except (BadLine, msgspec.DecodeError, ValueError) as error:
        raise BadManifest(f"The log's manifest, {NAME}, cannot be read: {error}.") from error
    if encode(manifest.durable_seq) != content:
        raise BadManifest
    return manifest


def load(storage: Storage) -> Manifest | None:
    """Return what the storage's manifest says, None when there is none; raise as `decode` does."""
    content = storage.get(NAME)
    return None if content is None else decode(content)


def save(storage: Storage, durable_seq: int) -> None:
    """Note that the log is durable up to `durable_seq`; raise OSError when it cannot be noted."""
    storage.put(NAME, encode(durable_seq))
