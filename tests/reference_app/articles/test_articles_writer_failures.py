"""What nobody is told when the disk is full or fails: no answer that the disk does not keep (AR-18)."""

import asyncio
import errno
import io
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest

from reference_app.articles.log import sealing
from reference_app.articles.log.errors import LogFull, LogOutcomeUnknown, LogPoisoned
from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import Record
from reference_app.articles.log.sealing import Decide
from reference_app.articles.log.storage import LOG
from reference_app.logs import make_log
from tests.reference_app.articles.bench import Bench
from tests.reference_app.articles.fake_disk import FakeDisk
from tests.reference_app.articles.toy import ToyView, create, delete, outcomes, run

NO_ROOM = [errno.ENOSPC, errno.EDQUOT, errno.EFBIG]


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize("code", NO_ROOM)
def test_a_full_disk_fails_the_group_and_writing_resumes(bench: Bench, code: int) -> None:
    """With no room the whole group fails and leaves no byte; with room again the next one is kept (AR-18)."""

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        before = bench.disk.file(LOG)
        bench.disk.fail("write", code, for_good=True)
        for _ in range(2):
            answers = await outcomes(*(bench.writer.do(create(n)) for n in range(3)))
            assert {type(answer) for answer in answers} == {LogFull}
        assert (bench.disk.file(LOG), type(bench.writer.trouble)) == (before, LogFull)
        bench.disk.heal()
        [record] = await bench.writer.do(create("b"))
        assert (record.seq, bench.writer.trouble) == (1, None)
        assert bench.state.values == {"0": "a", "1": "b"}

    run(scenario())


def test_a_half_written_group_is_cut_off_and_the_cut_is_synced(bench: Bench) -> None:
    """When the disk takes a part of a group only, that part is cut off, durably, before anybody is told."""

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        before = bench.disk.file(LOG)
        bench.disk.bytes_max = len(before) + 100
        with pytest.raises(LogFull):
            await bench.writer.do(create("b"))
        assert bench.disk.file(LOG) == before
        assert [call.kind for call in bench.disk.journal[-3:]] == ["write", "cut", "synced"]

    run(scenario())


def poison_by_sync(disk: FakeDisk) -> None:
    disk.fail("fdatasync", errno.EIO)


def poison_by_full_sync(disk: FakeDisk) -> None:
    disk.fail("fdatasync", errno.ENOSPC)


def poison_by_write(disk: FakeDisk) -> None:
    disk.fail("write", errno.EIO)


def poison_by_cut(disk: FakeDisk) -> None:
    disk.fail("write", errno.ENOSPC)
    disk.fail("ftruncate", errno.EIO)


def poison_by_sync_of_cut(disk: FakeDisk) -> None:
    disk.fail("write", errno.ENOSPC)
    disk.fail("fdatasync", errno.EIO)


POISONS = [
    *((poison, Durability.FSYNC) for poison in (poison_by_sync, poison_by_full_sync)),
    *product((poison_by_write, poison_by_cut, poison_by_sync_of_cut), Durability),
]


@pytest.mark.parametrize(("poison", "durability"), POISONS)
def test_a_disk_that_failed_is_never_trusted_again(
    poison: Callable[[FakeDisk], None], durability: Durability
) -> None:
    """After one such failure all staged and all later commands fail, and the disk is not touched again (AR-18)."""
    bench = Bench(durability)

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        poison(bench.disk)
        answers = await outcomes(*(bench.writer.do(create(n)) for n in range(3)))
        assert {type(answer) for answer in answers} == {LogOutcomeUnknown}
        bench.disk.heal()
        calls = dict(bench.disk.calls)
        later: list[Decide[ToyView]] = [create("b"), delete("0"), delete("never"), lambda _view: []]
        answers = await outcomes(*(bench.writer.do(decide) for decide in later))
        assert {type(answer) for answer in answers} == {LogPoisoned}
        await bench.writer.close()
        assert dict(bench.disk.calls) == calls
        assert (bench.state.values, type(bench.writer.trouble)) == ({"0": "a"}, LogPoisoned)

    run(scenario())


def test_who_waits_behind_a_group_that_poisons_fails_with_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those who were not even sealed when the disk failed are not left waiting, and know that nothing was kept."""
    monkeypatch.setattr(sealing, "GROUP_EVENTS_MAX", 1)
    bench.disk.fail("fdatasync", errno.EIO)
    answers: list[Any] = []

    async def scenario() -> None:
        answers.extend(await outcomes(*(bench.writer.do(create(n)) for n in range(3))))

    run(scenario())
    assert [type(answer) for answer in answers] == [LogOutcomeUnknown, LogPoisoned, LogPoisoned]
    assert bench.syncs() == 1


def breaks_once(apply: Callable[[Sequence[Record]], None]) -> Callable[[Sequence[Record]], None]:
    """Return an `apply` that fails the first time."""
    faults = [ZeroDivisionError()]

    def applying(records: Sequence[Record]) -> None:
        if faults:
            raise faults.pop()
        apply(records)

    return applying


def test_a_state_that_breaks_stops_writing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the state fails to take in what is durable, nobody is told it is there, and those behind fail too."""
    monkeypatch.setattr(sealing, "GROUP_EVENTS_MAX", 1)

    async def scenario() -> None:
        monkeypatch.setattr(bench.state, "apply", breaks_once(bench.state.apply))
        answers = await outcomes(*(bench.writer.do(create(n)) for n in range(3)))
        assert [type(answer) for answer in answers] == [LogOutcomeUnknown, LogPoisoned, LogPoisoned]
        with pytest.raises(LogPoisoned):
            await bench.writer.do(create("later"))
        assert len(bench.lines()) == 1

    run(scenario())


def test_a_cancelled_event_loop_leaves_nobody_waiting(bench: Bench) -> None:
    """When the flushing itself is cancelled, its commands end with an error."""

    async def scenario() -> None:
        command = asyncio.create_task(bench.writer.do(create("a")))
        await bench.sealed()
        assert bench.writer._flushing is not None
        bench.writer._flushing.cancel()
        with pytest.raises(LogPoisoned):
            await command

    run(scenario())


def test_a_checkpoint_that_cannot_sync_poisons() -> None:
    """In flush mode a checkpoint's failed sync is a failed sync: nothing is accepted after it."""
    bench = Bench(Durability.FLUSH)

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        bench.disk.fail("fdatasync", errno.EIO)
        with pytest.raises(LogPoisoned):
            await bench.writer.checkpoint()
        with pytest.raises(LogPoisoned):
            await bench.writer.do(create("b"))

    run(scenario())


def test_a_manifest_that_cannot_be_written_harms_nothing(bench: Bench) -> None:
    """When there is no room for a manifest, the old one holds and writing goes on."""

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        await bench.writer.checkpoint()
        old = bench.disk.file("manifest.json")
        await bench.writer.do(create("b"))
        bench.disk.fail("rename", errno.EIO)
        with pytest.raises(OSError, match="Input/output"):
            await bench.writer.checkpoint()
        assert (bench.disk.file("manifest.json"), len(await bench.writer.do(create("c")))) == (old, 1)

    run(scenario())


class FullToo(io.StringIO):
    """A log's file that lies on the same disk: nothing can be written to it either."""

    def write(self, _text: str) -> int:
        """Refuse."""
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("fault", [poison_by_sync, poison_by_write])
def test_a_log_that_cannot_be_written_keeps_nobody_waiting(fault: Callable[[FakeDisk], None]) -> None:
    """Where not even the trouble can be told to the log, the request fails with it, and so do later ones."""

    async def scenario() -> None:
        bench = Bench(log=make_log(FullToo(), "json"))
        fault(bench.disk)
        answers = await outcomes(*(bench.writer.do(create(n)) for n in range(3)))
        assert {type(answer) for answer in answers} == {LogOutcomeUnknown}
        assert isinstance(bench.writer.trouble, LogPoisoned)
        with pytest.raises(LogPoisoned):
            await bench.writer.do(create("later"))
        await bench.writer.close()

    run(scenario())


def test_a_full_disk_that_has_the_log_too_is_told_and_writing_resumes() -> None:
    """The same with a disk that is full: a refusal, and the next one is kept when there is room."""

    async def scenario() -> None:
        bench = Bench(log=make_log(FullToo(), "json"))
        bench.disk.fail("write", errno.ENOSPC)
        with pytest.raises(LogFull):
            await bench.writer.do(create("a"))
        [record] = await bench.writer.do(create("b"))
        assert (record.seq, bench.writer.trouble) == (0, None)

    run(scenario())
