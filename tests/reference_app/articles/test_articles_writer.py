"""Group commit on the fake disk: what is acknowledged, when, in which order and with which lines."""

import asyncio
import errno
from collections.abc import Sequence
from typing import Any

import pytest

from reference_app.articles.log.errors import LogClosed, LogFull
from reference_app.articles.log.keeping import Durability
from reference_app.articles.log.record import (
    GENESIS,
    Event,
    Head,
    Record,
    RecordRefused,
    decode,
    digest,
    timestamp,
)
from reference_app.articles.log.storage import LOG, FolderStorage
from reference_app.articles.log.writer import Writer
from tests.reference_app.articles.bench import Bench
from tests.reference_app.articles.fake_disk import FOLDER, FakeDisk
from tests.reference_app.articles.toy import (
    Clock,
    InTurns,
    Missing,
    ToyState,
    change,
    create,
    delete,
    outcomes,
    run,
    silent_log,
)

START_US = 1_795_323_600_000_000


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_who_comes_together_shares_one_sync_and_keeps_the_order(bench: Bench) -> None:
    """A hundred who write at once get their numbers in the order they came, from one write and one sync."""

    async def scenario() -> None:
        answers = await asyncio.gather(*(bench.writer.do(create(n)) for n in range(100)))
        assert [answer[0].entity_id for answer in answers] == [str(n) for n in range(100)]
        assert (bench.syncs(), bench.disk.calls["write"]) == (1, 1)

    run(scenario())


def test_who_comes_meanwhile_makes_the_next_group(bench: Bench) -> None:
    """Commands that come while a group is being written wait for it, and then share one sync of their own."""

    async def scenario() -> None:
        first = asyncio.create_task(bench.writer.do(create("first")))
        await bench.sealed()
        others = [asyncio.create_task(bench.writer.do(create(n))) for n in range(3)]
        assert bench.disk.calls["write"] == 0
        await asyncio.gather(first, *others)
        assert bench.syncs() == 2
        assert [call.data.count(b"\n") for call in bench.disk.journal if call.kind == "write"] == [1, 3]

    run(scenario())


def test_the_lines_are_a_chain(bench: Bench) -> None:
    """Over groups and batches seq has no holes, each line carries the digest of the one before, batches say so."""

    async def scenario() -> None:
        await asyncio.gather(bench.writer.do(create("a")), bench.writer.do(create("b", "c")))
        await bench.writer.do(change("1", "d"))

    run(scenario())
    lines = bench.lines()
    records = [decode(line) for line in lines]
    assert [record.seq for record in records] == [0, 1, 2, 3]
    assert [record.prev for record in records] == [GENESIS, *(digest(line) for line in lines[:-1])]
    assert [record.txn for record in records] == [None, (0, 2), (1, 2), None]
    assert bench.writer.head == Head(3, START_US + 3, digest(lines[-1]), len(bench.disk.file(LOG)))


def test_time_rises_when_the_clock_stands_or_steps_back(bench: Bench) -> None:
    """An event is later than the one before it, by a microsecond when the clock does not say more."""

    async def scenario() -> None:
        await bench.writer.do(create("a", "b"))
        bench.clock.move(-3600)
        await bench.writer.do(create("c"))
        bench.clock.move(3601)
        await bench.writer.do(create("d"))

    run(scenario())
    times = [decode(line).ts for line in bench.lines()]
    assert times == [timestamp(START_US + us) for us in (0, 1, 2, 1_000_000)]


def test_writing_goes_on_from_the_head_it_was_given() -> None:
    """A writer that is given the end of a log goes on with the next seq, a later time and the right digest."""
    disk = FakeDisk({LOG: b"what was there\n"})
    made = Writer(
        FolderStorage(FOLDER, files=disk),
        ToyState(),
        Head(41, START_US + 5, "f" * 64, 15),
        clock=Clock(),
        log=silent_log(),
        executor=InTurns(),
    )
    [record] = run(made.do(create("x")))
    assert (record.seq, record.ts, record.prev) == (42, timestamp(START_US + 6), "f" * 64)


def test_readers_see_it_only_when_it_is_durable(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events are in the state once they are synced, not before; a client with an answer can read them."""
    synced_when_shown: list[int] = []
    apply = bench.state.apply

    def show(records: Sequence[Record]) -> None:
        synced_when_shown.append(bench.syncs())
        apply(records)

    async def scenario() -> None:
        monkeypatch.setattr(bench.state, "apply", show)
        await bench.writer.do(create("a"))
        assert bench.state.values == {"0": "a"}

    run(scenario())
    assert synced_when_shown == [1]


def test_a_decision_sees_what_those_before_it_decided(bench: Bench) -> None:
    """In one group a value can be created, changed and deleted; who comes after the deletion is refused."""

    async def scenario() -> None:
        answers = await outcomes(
            *(bench.writer.do(decide) for decide in (create("a"), change("0", "b"), delete("0"))),
            bench.writer.do(change("0", "c")),
        )
        assert isinstance(answers[-1], Missing)
        assert (bench.syncs(), len(bench.lines()), bench.state.values) == (1, 3, {})

    run(scenario())


def test_a_refusal_waits_for_what_it_rests_on(bench: Bench) -> None:
    """A refusal that rests on a staged deletion comes when that is durable; it fails with its group."""

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        bench.disk.fail("write", errno.ENOSPC)
        answers = await outcomes(bench.writer.do(delete("0")), bench.writer.do(change("0", "b")))
        assert [type(answer) for answer in answers] == [LogFull, LogFull]
        await bench.writer.do(change("0", "b"))
        assert bench.state.values == {"0": "b"}

    run(scenario())


def test_a_refusal_alone_costs_no_sync(bench: Bench) -> None:
    """Where nothing is to be kept, nothing is written; an empty decision is answered with nothing."""

    async def scenario() -> None:
        assert await bench.writer.do(lambda _view: []) == []
        with pytest.raises(Missing):
            await bench.writer.do(delete("0"))
        assert (bench.syncs(), bench.noticed) == (0, [])

    run(scenario())


@pytest.mark.parametrize("data", [float("nan"), {1, 2}, "\ud800", (1, 2)])
def test_what_has_no_line_is_refused_and_the_others_are_kept(bench: Bench, data: Any) -> None:
    """Data that would not come back as it is refuses its whole command, and nobody else's."""

    async def scenario() -> None:
        answers = await outcomes(
            *(bench.writer.do(decide) for decide in (create("a"), create("b", data), create("c")))
        )
        assert isinstance(answers[1], RecordRefused)
        assert bench.state.values == {"0": "a", "1": "c"}

    run(scenario())


def test_who_goes_away_before_his_turn_leaves_nothing(bench: Bench) -> None:
    """A command whose client is gone before its group is sealed is dropped; one gone later is kept anyway."""

    async def scenario() -> None:
        commands = [asyncio.create_task(bench.writer.do(create(name))) for name in ("early", "late", "stays")]
        await asyncio.sleep(0)
        commands[0].cancel()
        await bench.sealed()
        commands[1].cancel()
        [record] = await commands[2]
        assert (record.seq, bench.state.values) == (1, {"0": "late", "1": "stays"})

    run(scenario())


def test_flush_acknowledges_after_the_write() -> None:
    """In flush mode nothing is synced for an answer; a checkpoint syncs before it says what is durable (AR-17)."""
    bench = Bench(Durability.FLUSH)

    async def scenario() -> None:
        await bench.writer.do(create("a"))
        assert (bench.syncs(), len(bench.lines()), bench.state.values) == (0, 1, {"0": "a"})
        bench.disk.journal.clear()
        assert await bench.writer.checkpoint() == 0
        kinds = [call.kind for call in bench.disk.journal]
        assert kinds[0] == "synced"
        assert kinds.index("synced") < kinds.index("named")

    run(scenario())


def test_closing_keeps_what_waits_and_accepts_no_more(bench: Bench) -> None:
    """A clean stop keeps all that was asked before it, writes the manifest, and refuses what comes later."""

    async def scenario() -> None:
        asked = [asyncio.create_task(bench.writer.do(create(n))) for n in range(3)]
        await asyncio.sleep(0)
        await bench.writer.close()
        assert [record.seq for [record] in await asyncio.gather(*asked)] == [0, 1, 2]
        with pytest.raises(LogClosed):
            await bench.writer.do(create("late"))
        assert b'"durable_seq":2' in bench.disk.file("manifest.json")

    run(scenario())


def test_closing_an_unused_log_writes_no_manifest(bench: Bench) -> None:
    """Where nothing was ever kept there is nothing to say."""
    run(bench.writer.close())
    assert bench.disk.calls["rename"] == 0


def test_each_durable_group_is_noticed(bench: Bench) -> None:
    """After each group the last durable seq is told; a listener that fails does not stop the writing."""

    async def scenario() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        await bench.writer.do(create("a", "b"))
        bench.writer.listen(lambda seq: bench.noticed.append(seq // 0))
        await bench.writer.do(create("c"))
        bench.writer.listen(bench.noticed.append)
        await bench.writer.do(create("d"))

    run(scenario())
    assert bench.noticed == [1, 3]


def test_the_writer_uses_a_thread_of_its_own() -> None:
    """Without another executor all the disk's work is done in one thread that is not the event loop's."""
    disk = FakeDisk()
    made = Writer(FolderStorage(FOLDER, files=disk), ToyState(), Head(), clock=Clock(), log=silent_log())

    async def scenario() -> None:
        answers: Sequence[list[Record]] = await asyncio.gather(*(made.do(create(n)) for n in range(50)))
        assert sorted(record.seq for [record] in answers) == list(range(50))
        await made.close()

    run(scenario())
    assert len(disk.file(LOG).splitlines()) == 50


def test_a_decision_is_an_event_or_more() -> None:
    """A decision may keep any event: type, entity and data stand in the line as they were given."""
    bench = Bench()
    event = Event("CommentAdded", "7", {"text": "é\n", "of": ["7", None, 1.5, True]})
    [record] = run(bench.writer.do(lambda _view: [event]))
    assert (record.type, record.entity_id, record.data) == (event.type, event.entity_id, event.data)
    assert decode(bench.lines()[0]) == record
