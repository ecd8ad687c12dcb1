"""Folders that are made, and what of them is synced."""

import os
from pathlib import Path

import pytest

from reference_app import folders


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where the folders lie that were synced, in order."""
    found: list[Path] = []
    fsync = os.fsync

    def noted(fd: int) -> None:
        found.append(Path(f"/proc/self/fd/{fd}").readlink())
        fsync(fd)

    monkeypatch.setattr(os, "fsync", noted)
    return found


def test_each_new_name_is_lasting(tmp_path: Path, synced: list[Path]) -> None:
    """Every folder in which a new one got its name is synced, and no other."""
    folders.make(tmp_path / "data" / "articles")
    assert (tmp_path / "data" / "articles").is_dir()
    assert sorted(synced) == [tmp_path, tmp_path / "data"]


def test_what_is_there_is_left_alone(tmp_path: Path, synced: list[Path]) -> None:
    """The folder above may be one that cannot be read: nothing is asked of it."""
    folders.make(tmp_path)
    assert synced == []
