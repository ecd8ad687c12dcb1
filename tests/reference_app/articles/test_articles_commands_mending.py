"""`reference-app log repair` and `restore`: what they change, what they leave alone, and whose folder it is."""

import os
from pathlib import Path

import pytest

from reference_app.articles.log import manifest, owner, snapshotter, tools
from reference_app.articles.log.errors import FolderOwned
from reference_app.articles.log.record import frame
from reference_app.articles.log.snapshots import name_of
from reference_app.articles.log.storage import LOG
from tests.reference_app.articles.operating import (
    BAD,
    BAD_AT,
    CORRUPT,
    NEGATIVE,
    NOT_READY,
    PLAIN,
    PROVEN,
    TORN,
    TORN_AT,
    Operator,
    events_of,
    held,
)


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Operator:
    """Somebody in this test's folder."""
    return Operator(tmp_path, monkeypatch, capsys)


def test_a_repair_asks_before_it_loses(operator: Operator) -> None:
    """Without --accept-loss it tells how many events and changes nothing; with it the rest is kept aside."""
    folder = operator.has(CORRUPT, known=24)
    before = held(folder)
    refused = operator.type("repair", "--truncate-at", BAD_AT, "data")
    assert (refused.code, "9 events" in refused.err, "--accept-loss" in refused.err) == (
        NEGATIVE,
        True,
        True,
    )
    assert before.items() <= held(folder).items()
    assert operator.type("repair", "--truncate-at", BAD_AT, "--accept-loss", "data").code == PROVEN
    assert held(folder)[f"{LOG}.broken-{BAD_AT}-0"] == CORRUPT[BAD_AT:]
    assert events_of(folder) == BAD


def test_one_event_is_told_in_the_singular(operator: Operator) -> None:
    """Not as `1 events`."""
    operator.has(PLAIN.content, known=29)
    last = len(PLAIN.content.rstrip(b"\n").rpartition(b"\n")[0]) + 1
    refused = operator.type("repair", "--truncate-at", str(last), "data")
    assert "1 event that had been kept would be lost" in refused.err
    done = operator.type("repair", "--truncate-at", str(last), "--accept-loss", "data")
    assert "lost: 1 event that had been kept" in done.out


def test_a_changed_manifest_is_corrupt_and_can_be_written_anew(operator: Operator) -> None:
    """It is told with 1, with the line that writes it for the log as it is."""
    folder = operator.has(PLAIN.content)
    (folder / manifest.NAME).write_bytes(b"bad")
    ended = operator.type("verify", "data")
    assert (ended.code, "verdict: corrupt" in ended.out) == (NEGATIVE, True)
    assert operator.type(*ended.out.splitlines()[-1].split()[2:]).code == PROVEN
    assert (operator.type("verify", "data").code, events_of(folder)) == (PROVEN, 30)


def test_a_foreign_log_is_left_to_the_version_that_wrote_it(operator: Operator) -> None:
    """Its format is named with 1, and a repair is refused."""
    folder = operator.has(PLAIN.content)
    (folder / manifest.NAME).write_bytes(frame(b'{"format":2}'))
    before = held(folder)
    ended = operator.type("verify", "data")
    assert (ended.code, "The log has format 2" in ended.out) == (NEGATIVE, True)
    assert "use the version" in ended.out
    assert operator.type("repair", "--truncate-at", 0, "--accept-loss", "data").code == NEGATIVE
    assert before.items() <= held(folder).items()


def test_a_log_that_was_removed_is_missed(operator: Operator) -> None:
    """A manifest without a log is corrupt, not a missing folder; the line that begins an empty log works."""
    folder = operator.has(PLAIN.content, known=29)
    (folder / LOG).unlink()
    ended = operator.type("verify", "data")
    assert (ended.code, ended.out) == (NEGATIVE, "")
    assert "data/articles/events.raftlog is not there, but manifest.json is" in ended.err
    command = ended.err.partition("reference-app log ")[2].split()
    assert operator.type(*command).code == PROVEN
    assert events_of(folder) == 0


@pytest.mark.parametrize("byte", [BAD_AT - 1, BAD_AT + 1, len(CORRUPT), len(CORRUPT) + 1])
def test_a_repair_cuts_where_the_log_is_whole_only(operator: Operator, byte: int) -> None:
    """Another byte is refused with 1 and one line, whatever is accepted."""
    folder = operator.has(CORRUPT)
    ended = operator.type("repair", "--truncate-at", byte, "--accept-loss", "data")
    assert (ended.code, ended.out, len(ended.err.splitlines())) == (NEGATIVE, "", 1)
    assert held(folder)[LOG] == CORRUPT


@pytest.mark.parametrize("lock", [owner.OWNER_LOCK, snapshotter.LOCK])
def test_a_repair_is_refused_while_a_process_owns_the_folder(operator: Operator, lock: str) -> None:
    """A server, or a snapshot's maker that outlived it, is named with its number; the code is 4 (AR-18)."""
    folder = operator.has(TORN)
    own = owner.take(folder, lock=lock)
    ended = operator.type("repair", "--truncate-at", TORN_AT, "data")
    assert (ended.code, f"owned by process {os.getpid()}:" in ended.err) == (NOT_READY, True)
    assert held(folder)[LOG] == TORN
    own.release()
    assert operator.type("repair", "--truncate-at", TORN_AT, "data").code == PROVEN


def test_a_repair_lets_go_of_the_folder(operator: Operator) -> None:
    """Done or refused, the next one can own it."""
    folder = operator.has(TORN)
    for byte in (1, TORN_AT):
        operator.type("repair", "--truncate-at", byte, "data")
        for lock in (owner.OWNER_LOCK, snapshotter.LOCK):
            owner.take(folder, lock=lock).release()


def test_a_repair_owns_the_folder_while_it_works(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that starts meanwhile is refused."""
    folder = operator.has(TORN)
    owned = []

    def look(*_: object, **__: object) -> tools.Repaired:
        for lock in (owner.OWNER_LOCK, snapshotter.LOCK):
            with pytest.raises(FolderOwned):
                owner.take(folder, lock=lock)
            owned.append(lock)
        return tools.Repaired(PLAIN.heads[29], 0, 0, ())

    monkeypatch.setattr(tools, "repair", look)
    assert operator.type("repair", "--truncate-at", 0, "data").code == PROVEN
    assert owned == [owner.OWNER_LOCK, snapshotter.LOCK]


def test_a_restore_makes_the_log_as_it_was(operator: Operator, tmp_path: Path) -> None:
    """The new folder holds the events up to the snapshot; the old one is untouched, and may be owned (AR-15)."""
    folder = operator.has(CORRUPT, known=24, at=(9, 19))
    before = held(folder)
    own = owner.take(folder)
    assert operator.type("restore", "--snapshot", 9, "data", "new/articles").code == PROVEN
    own.release()
    assert before.items() <= held(folder).items()
    assert (tmp_path / "new" / "articles" / LOG).read_bytes() == PLAIN.content[: PLAIN.heads[10].size]
    assert (operator.type("verify", "new").code, events_of(tmp_path / "new" / "articles")) == (PROVEN, 10)


@pytest.mark.parametrize("seq", [8, 19])
def test_a_restore_without_its_snapshot_makes_nothing(operator: Operator, tmp_path: Path, seq: int) -> None:
    """A snapshot that is missing or bad is refused with 1, and the ones that are there are named."""
    folder = operator.has(PLAIN.content, known=29, at=(9, 19))
    (folder / name_of(19)).write_bytes(b"bad")
    ended = operator.type("restore", "--snapshot", seq, "data", "new")
    assert (ended.code, "There are: event 19 (bad:" in ended.err) == (NEGATIVE, True)
    assert not (tmp_path / "new").exists()


def test_a_restore_makes_nothing_among_other_files(operator: Operator, tmp_path: Path) -> None:
    """A folder with anything in it is refused with 1 and left as it is, and so is the log's own."""
    folder = operator.has(PLAIN.content, known=29, at=(9,))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter").write_text("dear")
    for target in ("mine", "data/articles", "data"):
        assert operator.type("restore", "--snapshot", 9, "data", target).code == NEGATIVE
    assert held(tmp_path / "mine") == {"letter": b"dear"}
    assert set(held(folder)) == {LOG, manifest.NAME, name_of(9)}


def test_a_restore_that_was_refused_can_be_tried_again(operator: Operator) -> None:
    """What a refusal leaves in the target does not stand in the way."""
    folder = operator.has(b"#" + PLAIN.content[1:], known=29, at=(9,))
    assert operator.type("restore", "--snapshot", 9, "data", "new").code == NEGATIVE
    (folder / LOG).write_bytes(PLAIN.content)
    assert operator.type("restore", "--snapshot", 9, "data", "new").code == PROVEN
