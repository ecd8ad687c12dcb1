"""A server that was full finds out by itself that there is room again, for nobody may be sent to try."""

import asyncio
import errno
import resource

import pytest

from reference_app.articles.log.errors import LogFull, LogPoisoned
from reference_app.articles.log.keeping import ROOM_BYTES
from reference_app.articles.log.storage import LOG
from tests.reference_app.articles.bench import Bench
from tests.reference_app.articles.toy import create, outcomes, run


@pytest.fixture
def bench() -> Bench:
    return Bench()


def files(bench: Bench) -> dict[str, bytes]:
    """Return every file of the folder, with what lies in it."""
    return {name: bench.disk.file(name) for name in bench.disk._names}


async def get_full(bench: Bench) -> dict[str, bytes]:
    """Keep something, and have the next refused because there is no room; return the files."""
    await bench.writer.do(create("a"))
    bench.disk.bytes_max = len(bench.disk.file(LOG))
    with pytest.raises(LogFull):
        await bench.writer.do(create("b"))
    return files(bench)


def test_with_room_again_writing_is_as_before(bench: Bench) -> None:
    """Looking finds the room, leaves no file behind and no byte in the log, and the next one is kept."""

    async def scenario() -> None:
        before = await get_full(bench)
        bench.disk.heal()
        await bench.writer.look_for_room()
        assert (bench.writer.trouble, files(bench)) == (None, before)
        [record] = await bench.writer.do(create("b"))
        assert (record.seq, bench.state.values) == (1, {"0": "a", "1": "b"})

    run(scenario())


@pytest.mark.parametrize("free", [0, 1, ROOM_BYTES - 1])
def test_without_room_nothing_changes(bench: Bench, free: int) -> None:
    """As long as there is too little, the trouble stays, and the little there is is not taken."""

    async def scenario() -> None:
        before = await get_full(bench)
        bench.disk.bytes_max = len(before[LOG]) + free
        for _ in range(3):
            await bench.writer.look_for_room()
            assert (type(bench.writer.trouble), files(bench)) == (LogFull, before)

    run(scenario())


def test_whoever_is_not_full_does_not_look(bench: Bench) -> None:
    """Without trouble, looking touches no disk."""

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        before = bench.disk.calls.copy()
        await bench.writer.look_for_room()
        assert (bench.disk.calls, bench.writer.trouble) == (before, None)

    run(scenario())


def test_a_disk_that_failed_is_not_asked(bench: Bench) -> None:
    """Room is no reason to trust a disk that failed: it is not touched, and the trouble stays."""

    async def scenario() -> None:
        bench.disk.fail("fdatasync", errno.EIO)
        await outcomes(bench.writer.do(create("a")))
        bench.disk.heal()
        before = bench.disk.calls.copy()
        await bench.writer.look_for_room()
        assert (bench.disk.calls, type(bench.writer.trouble)) == (before, LogPoisoned)

    run(scenario())


def test_a_look_that_fails_is_no_failure_of_the_log(bench: Bench) -> None:
    """What goes wrong with the probe says nothing of the log: it stays full, and goes on with room."""

    async def scenario() -> None:
        await get_full(bench)
        bench.disk.heal()
        bench.disk.fail("fsync", errno.EIO)
        await bench.writer.look_for_room()
        assert isinstance(bench.writer.trouble, LogFull)
        assert len(await bench.writer.do(create("b"))) == 1

    run(scenario())


def test_nobody_looks_while_somebody_tries(bench: Bench) -> None:
    """A group under way finds out itself; a look meanwhile does not wait, and disturbs nothing."""

    async def scenario() -> None:
        await get_full(bench)
        bench.disk.heal()
        trying = asyncio.create_task(bench.writer.do(create("b")))
        await bench.sealed()
        await bench.writer.look_for_room()
        assert bench.writer._flushing is not None
        assert len(await trying) == 1
        assert (bench.writer.trouble, bench.disk.calls["unlink"]) == (None, 0)

    run(scenario())


def test_a_log_as_large_as_files_may_be_is_full(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is room for a probe, and none in the log: that is no room, until the limit is raised."""
    allowed = [0]
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (allowed[0], resource.RLIM_INFINITY))

    async def scenario() -> None:
        await get_full(bench)
        bench.disk.heal()
        allowed[0] = len(bench.disk.file(LOG)) + 1
        await bench.writer.look_for_room()
        assert type(bench.writer.trouble) is LogFull
        allowed[0] += ROOM_BYTES
        await bench.writer.look_for_room()
        assert bench.writer.trouble is None

    run(scenario())
