"""What becomes of events when others take the log's file away: none is acknowledged, and none is lost (SV-12)."""

import asyncio
import io
import json
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from reference_app.articles.log import manifest, rescuing
from reference_app.articles.log.errors import LogGone, LogGoneMeanwhile, LogOutcomeUnknown, LogPoisoned
from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import Head
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.log.tools import verify
from reference_app.articles.log.writer import Writer
from reference_app.logs import make_log
from tests.reference_app.articles.toy import Clock, ToyState, ToyView, create, outcomes, run

EVENTS: Final = 3


class Stage:
    """A writer on a real folder, with a few events, and what it logs."""

    def __init__(self, folder: Path, durability: Durability = Durability.FSYNC) -> None:
        self.folder = folder / "articles"
        self.folder.mkdir(mode=0o700)
        self.path = self.folder / LOG
        self.storage = FolderStorage(self.folder)
        self.said = io.StringIO()
        self.state = ToyState()
        self.writer: Writer[ToyView] = Writer(
            self.storage, self.state, Head(), clock=Clock(), log=make_log(self.said, "json"),
            durability=durability, on_gone=partial(rescuing.rescue, self.storage, self.folder),
        )  # fmt: skip

    async def begin(self) -> None:
        """Keep the first events."""
        for number in range(EVENTS):
            await self.writer.do(create(str(number)))

    async def end(self) -> None:
        """Close it all."""
        await self.writer.close()
        self.storage.close()

    def logged(self, event: str) -> list[dict[str, Any]]:
        """Return the records of this event."""
        return [each for each in map(json.loads, self.said.getvalue().splitlines()) if each["event"] == event]

    def rescued(self) -> list[Path]:
        """Return the copies that were made."""
        return [*self.folder.parent.glob("articles.rescued-*")]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def _truncated_a_little(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def _copied_over(path: Path) -> None:
    copy = path.with_name("copy")
    shutil.copy2(path, copy)
    copy.replace(path)


def _written_over(path: Path) -> None:
    path.write_bytes(b"another log\n")


def _link_to_elsewhere(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("/dev/null")


def _added_to(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x")


def _folder_in_its_place(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _file_in_the_folders_place(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))
    path.parent.touch()


LOST: Final[dict[str, Callable[[Path], object]]] = {
    "deleted": Path.unlink,
    "moved": lambda path: path.rename(path.with_name("moved")),
    "moved to another folder": lambda path: path.rename(path.parent.parent / "moved"),
    "cut to nothing": lambda path: os.truncate(path, 0),
    "cut by a byte": _truncated_a_little,
    "made longer": lambda path: os.truncate(path, path.stat().st_size + 1),
    "added to": _added_to,
    "copied over": _copied_over,
    "written over": _written_over,
    "a link to elsewhere": _link_to_elsewhere,
    "a folder in its place": _folder_in_its_place,
    "the folder deleted": lambda path: shutil.rmtree(path.parent),
    "the folder moved": lambda path: path.parent.rename(path.parent.with_name("moved")),
    "a file in the folder's place": _file_in_the_folders_place,
}


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("durability", list(Durability))
def test_nothing_is_acknowledged_any_more(tmp_path: Path, lost: str, durability: Durability) -> None:
    """Neither the next event nor those after it, however durable they are to be; readers have the others."""
    stage = Stage(tmp_path, durability)

    async def scenario() -> None:
        await stage.begin()
        LOST[lost](stage.path)
        for _ in range(2):
            answers = await outcomes(*(stage.writer.do(create(n)) for n in ("a", "b")))
            assert {type(answer) for answer in answers} == {LogGone}
        await stage.end()

    run(scenario())
    assert [*stage.state.values.values()] == ["0", "1", "2"]
    [record] = stage.logged("log_gone")
    assert str(stage.path) in record["reason"]


@pytest.mark.parametrize("lost", LOST)
def test_it_is_noticed_while_nobody_writes(stage: Stage, lost: str) -> None:
    """Who asks for readiness has it looked for, and it is said once."""

    async def scenario() -> None:
        await stage.begin()
        await stage.writer.look()
        assert stage.writer.trouble is None
        LOST[lost](stage.path)
        for _ in range(3):
            await stage.writer.look()
        assert isinstance(stage.writer.trouble, LogGone)
        await stage.end()

    run(scenario())
    assert len(stage.logged("log_gone")) == 1


@pytest.mark.parametrize("lost", ["deleted", "copied over", "the folder deleted"])
def test_a_log_that_nobody_else_has_is_copied(stage: Stage, lost: str) -> None:
    """The copy is a whole log with a manifest, in a private folder that the log names."""

    async def scenario() -> None:
        await stage.begin()
        LOST[lost](stage.path)
        await stage.writer.look()
        await stage.end()

    run(scenario())
    [copy] = stage.rescued()
    assert stage.logged("log_rescued")[0]["copied_to"] == str(copy)
    assert copy.stat().st_mode & 0o077 == 0
    with closing(FolderStorage(copy, writable=False)) as storage:
        found = manifest.load(storage)
        assert found is not None
        assert (found.durable_seq, verify(storage).head) == (EVENTS - 1, stage.writer.head)


@pytest.mark.parametrize("lost", ["moved", "the folder moved", "cut to nothing", "added to"])
def test_a_log_that_is_somewhere_is_not_copied(stage: Stage, lost: str) -> None:
    """It is where it was moved to, or what is left of it lies where it did."""

    async def scenario() -> None:
        await stage.begin()
        LOST[lost](stage.path)
        await stage.writer.look()
        await stage.end()

    run(scenario())
    assert stage.rescued() == []


def test_a_start_after_a_kill_knows_how_far_it_reached(stage: Stage) -> None:
    """The manifest is written at once, not at the stop that may never come."""

    async def scenario() -> None:
        await stage.begin()
        os.truncate(stage.path, 0)
        await stage.writer.look()
        await asyncio.sleep(0)
        assert stage.writer._rescuing is not None
        await stage.writer._rescuing

    run(scenario())
    found = manifest.load(stage.storage)
    assert found is not None
    assert found.durable_seq == EVENTS - 1
    stage.storage.close()


def test_what_another_server_made_in_its_place_is_left_alone(stage: Stage) -> None:
    """The folder was moved, and somebody else's lies there now: nothing is written to it."""

    async def scenario() -> None:
        await stage.begin()
        stage.folder.rename(stage.folder.with_name("moved"))
        stage.folder.mkdir()
        (stage.folder / manifest.NAME).write_text("somebody else's")
        await stage.writer.look()
        await stage.end()

    run(scenario())
    assert [path.read_text() for path in stage.folder.iterdir()] == ["somebody else's"]


def test_a_copy_never_takes_the_place_of_another(stage: Stage) -> None:
    """The next number is taken."""
    (stage.folder.parent / "articles.rescued-0").mkdir()

    async def scenario() -> None:
        await stage.begin()
        stage.path.unlink()
        await stage.writer.look()
        await stage.end()

    run(scenario())
    assert (stage.folder.parent / "articles.rescued-1" / LOG).exists()


def test_a_group_that_was_written_when_it_went_is_not_acknowledged(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes between the look before the write and the sync: the look afterwards finds it."""

    async def scenario() -> None:
        await stage.begin()
        sync = stage.storage.sync

        def gone_meanwhile() -> None:
            sync()
            stage.path.unlink()

        monkeypatch.setattr(stage.storage, "sync", gone_meanwhile)
        with pytest.raises(LogGoneMeanwhile):
            await stage.writer.do(create("a"))
        with pytest.raises(LogGone) as later:
            await stage.writer.do(create("b"))
        assert type(later.value) is LogGone
        monkeypatch.undo()
        await stage.end()

    run(scenario())
    assert len(stage.rescued()) == 1


def test_a_disk_that_does_not_answer_fails(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is neither there nor gone is an error of the disk."""

    def broken(_size: int) -> str:
        raise OSError

    async def scenario() -> None:
        await stage.begin()
        monkeypatch.setattr(stage.storage, "wrong", broken)
        with pytest.raises(LogPoisoned) as raised:
            await stage.writer.do(create("a"))
        assert type(raised.value) is LogOutcomeUnknown
        await stage.end()

    run(scenario())


def test_a_copy_that_cannot_be_made_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log has it, and the server goes on refusing."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async def scenario() -> None:
        await stage.begin()
        stage.path.unlink()
        monkeypatch.setattr(rescuing, "up_to", full)
        await stage.writer.look()
        await stage.end()

    run(scenario())
    assert "No space" in stage.logged("log_not_rescued")[0]["reason"]
