"""Real power cuts: a server on a file system of its own, whose disk is copied in the middle of a load.

The server is frozen for as long as the copy takes. The copy is what a disk would hold if the power were cut then:
what the file system had not written to it is gone. It is mounted again, as after a power cut, and a server is
started on it. Needs a root who may mount; elsewhere it is skipped, and says so.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

import pytest

from fixtures.generator.running import Load
from fixtures.scenario.eventually import eventually
from fixtures.systems.articles import log_file
from fixtures.systems.articles.requests import draft, part_of
from fixtures.targets.children import Child
from tests.reference_app.stage import SECRET_KEY

CUTS: Final = 5
DISK_BYTES: Final = 32 * 1024 * 1024
CLIENTS: Final = 16
START_S_MAX: Final = 20.0
LOAD_S: Final = 1.5
EARLIEST_S: Final = 0.2
LATEST_S: Final = 0.9
SEED: Final = 5


@contextmanager
def mounted(disk: Path, folder: Path) -> Iterator[Path]:
    """Give the folder in which the disk's file system is, for as long as the block lasts."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-o", "loop", str(disk), str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"no file system of one's own can be mounted here: {done.stderr.strip()}")
    folder.chmod(0o700)  # a server in production asks for that
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """A file with an empty ext4 in it."""
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("real power cuts need root and mkfs.ext4")
    path = tmp_path / "disk.img"
    with path.open("wb") as file:
        file.truncate(DISK_BYTES)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(path)], check=True)
    return path


@contextmanager
def served(data: Path, folder: Path, name: str, durability: str) -> Iterator[Child]:
    """Give a server that keeps its files in `data`; it is killed at the end."""
    child = Child(
        [sys.executable, "-m", "reference_app", "serve", "--port", "0"],
        output=folder / f"{name}.out",
        log=folder / f"{name}.log",
        environment={
            "SECRET_KEY": SECRET_KEY,
            "LOG_FORMAT": "json",
            "DATA_DIR": str(data),
            "DATABASE_URL": f"sqlite:///{folder / f'{name}.sqlite3'}",
            "EVENT_LOG_DURABILITY": durability,
        },
    )
    try:
        child.event("listening", START_S_MAX)
        yield child
    finally:
        child.end()


def cut_under_load(disk: Path, folder: Path, durability: str, after_s: float) -> tuple[set[str], set[str]]:
    """Cut the power under load; return the titles that had been acknowledged by then, and those that are left."""
    copy = folder / "cut.img"
    with mounted(disk, folder / "mnt") as mnt, served(mnt, folder, "first", durability) as server:
        url = f"http://127.0.0.1:{server.event('listening', START_S_MAX)['port']}"
        load = Load(url, [[part_of("create", CLIENTS, duration_s=LOAD_S)]], folder, "load").connected()
        eventually(
            lambda: log_file.size(mnt / "articles") > 0, within_s=START_S_MAX, what="the load's first event"
        )
        time.sleep(after_s)
        server.send_all(signal.SIGSTOP)
        cut_s = time.time()
        shutil.copyfile(disk, copy)
        server.send_all(signal.SIGCONT)
        outcomes = load.ended().outcomes
    acknowledged = {draft(each.key, 0)["title"] for each in outcomes if each.seen and each.ended_s < cut_s}
    with mounted(copy, folder / "after") as after:
        with served(after, folder, "second", durability):
            eventually(
                lambda: "event_log_open" in (folder / "second.log").read_text(),
                within_s=START_S_MAX,
                what="the log to be open again",
            )
        if not (after / "articles" / log_file.NAME).exists():
            return acknowledged, set()
        left = log_file.read(after / "articles")
    assert left.faults == []
    return acknowledged, {event.data["title"] for event in left.events}


@pytest.mark.slow
def test_what_was_acknowledged_survives_real_power_cuts(disk: Path, tmp_path: Path) -> None:
    """Whatever the file system had not written by then, no acknowledged article is missing (AR-5)."""
    moment = Random(SEED)  # noqa: S311 - the moments of the cuts, the same in each run
    total = 0
    for number in range(CUTS):
        folder = tmp_path / f"cut-{number}"
        folder.mkdir(mode=0o700)
        fresh = folder / "disk.img"
        shutil.copyfile(disk, fresh)
        acknowledged, left = cut_under_load(fresh, folder, "fsync", moment.uniform(EARLIEST_S, LATEST_S))
        assert acknowledged - left == set()
        assert acknowledged
        total += len(acknowledged)
    print(f"\n  {CUTS} real power cuts: {total} articles had been acknowledged, and all are there")


def test_without_a_sync_a_real_power_cut_loses_articles(disk: Path, tmp_path: Path) -> None:
    """The control: `flush` promises nothing after a power cut, and if nothing were lost, nothing would be tried."""
    acknowledged, left = cut_under_load(disk, tmp_path, "flush", LATEST_S)
    assert len(acknowledged - left) > 0
