"""Articles on real server processes: owners, workers, refused logs, disks that fail, ends of every kind."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Final

import pytest
import requests

from fixtures.scenario.eventually import eventually
from fixtures.systems.articles import broken_disk, log_file
from fixtures.targets.launch import Launch
from fixtures.targets.process import ProcessServer, start
from reference_app import folders
from reference_app.articles.log import manifest, snapshots
from reference_app.articles.log.snapshots import Snapshot
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.state import beginning
from tests.reference_app.articles.lines import log_of
from tests.reference_app.articles.operating import held

END_S_MAX: Final = 15.0
SNAPSHOT_S_MAX: Final = 15.0
ARTICLES: Final = "/api/articles"
DRAFT: Final = {"title": "A title", "content": "A content."}
WHOLE: Final = log_of([1] * 5, beginning("A title", "A content."))
EVERY: Final = 10


class Stage:
    """Servers of one test: all of them on the same database and, if not said otherwise, the same log."""

    def __init__(self, database_url: str, folder: Path, stack: ExitStack) -> None:
        self.launch = Launch("process", 1, {}, data_name="data")
        self.folder = folder / "data" / "articles"
        self._database, self._place, self._stack = database_url, folder, stack
        self._names = (f"server-{number}" for number in range(10))

    def serve(self) -> ProcessServer:
        """Start a server and return when it is ready."""
        server = ProcessServer(self.launch, self._database, self._place, next(self._names))
        self._stack.callback(server.end)
        return server

    def refused(self, code: int) -> str:
        """Start a server that must end with this code and without a traceback; return what it said."""
        child = start(self.launch, self._database, self._place, next(self._names))
        self._stack.callback(child.end)
        assert child.wait(END_S_MAX) == code, child.log_end()
        lines = child.log.read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if not line.startswith(("{", "reference-app: "))] == []
        return lines[-1]

    def break_disk(self, **faults: Any) -> None:
        """Have the disk fail so from now on, or be well; servers must be started after the first time."""
        self.launch.module, control = broken_disk.__name__, self._place / "disk.json"
        self.launch.more_variables = {broken_disk.VARIABLE: str(control)}
        broken_disk.tell(control, **faults)

    def durable_seq(self) -> int:
        """Return the last event that the manifest knows to be durable."""
        return manifest.decode((self.folder / manifest.NAME).read_bytes()).durable_seq


@pytest.fixture
def stage(database_url: str, tmp_path: Path) -> Iterator[Stage]:
    with ExitStack() as stack:
        yield Stage(database_url, tmp_path, stack)


def test_a_second_server_on_a_log_is_refused(stage: Stage) -> None:
    """It ends within a bounded time and names the first one, which has lost nothing and goes on."""
    first = stage.serve()
    said = stage.refused(4)
    assert f"is owned by process {first.pid}: one process at a time." in said
    assert _create(first) == [0]


def test_several_workers_keep_no_articles(stage: Stage) -> None:
    """Each worker says why, and when to ask again; the server is ready for all else and touches no log."""
    stage.launch.workers = 2
    server = stage.serve()
    for method, path in (("GET", ARTICLES), ("POST", ARTICLES), ("GET", f"{ARTICLES}/log")):
        answer = requests.request(method, server.base_url + path, json=DRAFT, timeout=END_S_MAX)
        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/articles-single-owner"
        assert int(answer.headers["Retry-After"]) > 0
    assert _ready(server) == (200, "ready")
    assert not stage.folder.exists()


def test_a_corrupt_log_is_refused_and_left_as_it_was(stage: Stage) -> None:
    """A byte changed in line 2 of 5: the start says line and byte, ends with 1, and changes nothing."""
    corrupt = bytearray(WHOLE.content)
    corrupt[len(WHOLE.lines[0]) + 50] ^= 1
    folders.make(stage.folder)
    (stage.folder / LOG).write_bytes(corrupt)
    assert f"line 2, byte {len(WHOLE.lines[0])}:" in stage.refused(1)
    left = held(stage.folder)
    assert (left.pop(LOG), set(left)) == (bytes(corrupt), {"owner.lock"})


def test_a_log_that_cannot_be_opened_is_refused_in_a_line(stage: Stage) -> None:
    """Where the log should be there is something else: the start says so, without a traceback."""
    folders.make(stage.folder)
    (stage.folder / LOG).mkdir()
    assert "Is a directory" in stage.refused(4)


def test_a_read_only_disk_is_refused(stage: Stage) -> None:
    """A server that could keep nothing does not start."""
    stage.break_disk(open="EROFS")
    assert "Read-only file system" in stage.refused(4)


def test_a_full_disk_refuses_until_there_is_room(stage: Stage) -> None:
    """While it is full nothing is kept, reads go on, the server is not ready; then it goes on."""
    stage.break_disk()
    server = stage.serve()
    assert _create(server) == [0]
    stage.break_disk(write="ENOSPC")
    for _ in range(2):
        assert _refusal(server) == (507, "/problems/log-full")
    assert (_total(server), _ready(server)) == (1, (503, "event log full"))
    stage.break_disk()
    # Nobody is sent to a server that is not ready: it must see by itself that there is room.
    assert _ready(server) == (200, "ready")
    assert (_create(server, 2), _total(server)) == ([1, 2], 3)
    found = log_file.read(stage.folder)
    assert (found.faults, found.created) == ([], [0, 1, 2])
    assert (server.stop(), stage.durable_seq()) == (0, 2)


def test_a_disk_that_failed_is_never_trusted_again(stage: Stage) -> None:
    """After a sync that failed nothing more is kept, even on a disk that is well again, until a restart."""
    stage.break_disk()
    server = stage.serve()
    assert _create(server) == [0]
    stage.break_disk(fdatasync="EIO")
    assert _refusal(server) == (503, "/problems/log-failed")
    stage.break_disk()
    assert _refusal(server) == (503, "/problems/log-failed")
    assert (_total(server), _ready(server)) == (1, (503, "event log failed"))
    assert server.stop() == 0
    again = stage.serve()
    # Nobody was told whether the second was kept: it may be there or not.
    assert _total(again) in {1, 2}
    assert _create(again) == [_total(again) - 1]
    assert log_file.read(stage.folder).faults == []


def test_a_clean_stop_notes_how_far_the_log_reaches(stage: Stage) -> None:
    """Told to stop, a server ends with 0, and the manifest knows the last event."""
    server = stage.serve()
    assert _create(server, 7) == list(range(7))
    assert stage.durable_seq() == -1
    assert server.stop() == 0
    assert (stage.durable_seq(), log_file.read(stage.folder).faults) == (6, [])


def test_what_was_acknowledged_outlives_a_kill(stage: Stage) -> None:
    """Killed, and started again: every article is there as it was, and ids go on."""
    server = stage.serve()
    _create(server, 20)
    requests.put(f"{server.base_url}{ARTICLES}/3", json={**DRAFT, "title": "changed"}, timeout=END_S_MAX)
    requests.delete(f"{server.base_url}{ARTICLES}/19", timeout=END_S_MAX)
    before = _listed(server)
    server.strike(signal.SIGKILL)
    again = stage.serve()
    assert _listed(again) == before
    assert (before["total"], before["items"][3]["title"]) == (19, "changed")
    assert _create(again) == [20]


def test_a_start_goes_on_from_a_snapshot(stage: Stage) -> None:
    """A start reads the newest snapshot and the log after it: what it says of an article is believed."""
    stage.launch.environment["EVENT_LOG_SNAPSHOT_EVERY"] = str(EVERY)
    server = stage.serve()
    _create(server, 2 * EVERY + 5)
    [newest, *_] = _snapshots(server, 2)
    requests.delete(f"{server.base_url}{ARTICLES}/1", timeout=END_S_MAX)
    assert server.stop() == 0
    with closing(FolderStorage(stage.folder)) as storage:
        snapshot = snapshots.read(storage, newest)
        told = snapshot.body.replace(b'"title":"A title"', b'"title":"As told"', 1)
        snapshots.save(storage, Snapshot(snapshot.head, told))
    again = stage.serve()
    assert [item["title"] for item in _listed(again)["items"][:2]] == ["As told", "A title"]
    assert (_total(again), _create(again)) == (2 * EVERY + 4, [2 * EVERY + 5])


def test_a_snapshot_that_a_kill_prevented_is_made_at_the_next_start(stage: Stage) -> None:
    """A server that never lives long enough for one would read more at each start."""
    stage.launch.environment["EVENT_LOG_SNAPSHOT_EVERY"] = "0"
    server = stage.serve()
    _create(server, EVERY + 3)
    server.strike(signal.SIGKILL)
    stage.launch.environment["EVENT_LOG_SNAPSHOT_EVERY"] = str(EVERY)
    assert _snapshots(stage.serve(), 1) == [EVERY + 2]


@pytest.fixture
def notes(tmp_path: Path) -> Callable[[], list[str]]:
    """Return what starts had to say of the log."""

    def read() -> list[str]:
        lines = [line for path in tmp_path.glob("*.log") for line in path.read_text().splitlines()]
        records = [json.loads(line) for line in lines]
        return [record["note"] for record in records if record["event"] == "event_log_note"]

    return read


def test_a_bad_snapshot_is_passed_over(stage: Stage, notes: Callable[[], list[str]]) -> None:
    """Of a snapshot with a changed byte a start says so, and takes the whole log."""
    stage.launch.environment["EVENT_LOG_SNAPSHOT_EVERY"] = str(EVERY)
    server = stage.serve()
    _create(server, EVERY)
    [seq] = _snapshots(server, 1)
    before = _listed(server)
    assert (server.stop(), notes()) == (0, [])
    path = stage.folder / snapshots.name_of(seq)
    path.write_bytes(path.read_bytes().replace(b"A content", b"A contemt", 1))
    assert _listed(stage.serve()) == before
    [note] = notes()
    assert f"The snapshot {path.name} is passed over: its body is not as it was written." in note


def _create(server: ProcessServer, count: int = 1) -> list[int]:
    """Create articles one by one; return their ids."""
    with requests.Session() as session:
        answers = [_posted(session, server) for _ in range(count)]
    assert [answer.status_code for answer in answers] == [201] * count
    return [answer.json()["id"] for answer in answers]


def _refusal(server: ProcessServer) -> tuple[int, str]:
    """Try to create an article; return status and type of the problem, which says when to ask again."""
    with requests.Session() as session:
        answer = _posted(session, server)
    assert int(answer.headers["Retry-After"]) > 0
    return answer.status_code, answer.json()["type"]


def _posted(session: requests.Session, server: ProcessServer) -> requests.Response:
    return session.post(server.base_url + ARTICLES, json=DRAFT, timeout=END_S_MAX)


def _listed(server: ProcessServer) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(server.base_url + ARTICLES, timeout=END_S_MAX).json()
    return found


def _total(server: ProcessServer) -> int:
    return int(_listed(server)["total"])


def _ready(server: ProcessServer) -> tuple[int, str]:
    answer = requests.get(f"{server.base_url}/ready", timeout=END_S_MAX)
    return answer.status_code, answer.json()["status"]


def _snapshots(server: ProcessServer, count: int) -> list[int]:
    """Return the seqs of the snapshots, newest first, once there are so many."""
    url = f"{server.base_url}{ARTICLES}/log"
    return eventually(
        lambda: list[int](requests.get(url, timeout=END_S_MAX).json()["snapshots"]),
        holds=lambda found: len(found) >= count,
        within_s=SNAPSHOT_S_MAX,
        what=f"{count} snapshots",
    )


def test_a_child_does_not_keep_the_port(stage: Stage) -> None:
    """What makes a snapshot outlives a killed server for a moment, and must not listen in its place."""
    server = stage.serve()
    port = int(server.base_url.rpartition(":")[2])
    tcp = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]]
    [listening] = [f"socket:[{each[9]}]" for each in tcp if each[1:4:2] == [f"0100007F:{port:04X}", "0A"]]
    fds = Path("/proc", str(server.pid), "fd")
    ours = [fd.name for fd in fds.iterdir() if fd.is_symlink() and str(fd.readlink()) == listening]
    flags = [Path("/proc", str(server.pid), "fdinfo", fd).read_text(encoding="ascii") for fd in ours]
    assert len(ours) > 0
    assert all(int(text.split("flags:")[1].split()[0], 8) & os.O_CLOEXEC for text in flags)


def test_a_folder_that_cannot_be_listed_is_a_clear_refusal(stage: Stage) -> None:
    """A request for the log's figures meanwhile is refused with the reason and when to ask again."""
    server = stage.serve()
    assert _create(server) == [0]
    away = stage.folder.rename(stage.folder.with_name("away"))
    answer = requests.get(f"{server.base_url}{ARTICLES}/log", timeout=END_S_MAX)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/log-unreadable")
    assert int(answer.headers["Retry-After"]) > 0
    away.rename(stage.folder)
    assert requests.get(f"{server.base_url}{ARTICLES}/log", timeout=END_S_MAX).ok
