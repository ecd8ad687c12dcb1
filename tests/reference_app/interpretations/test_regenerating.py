"""A text is written anew in one step; on failure the old one stays (LI-5)."""

import asyncio

import pytest

from reference_app.idempotency.errors import KeyUsedOtherwise
from reference_app.interpretations import store
from reference_app.interpretations.errors import ClaudeAPIError, InvalidLunarReturnError, StillWriting
from reference_app.interpretations.once import AnsweredBefore
from reference_app.interpretations.reply import BadReply, Why
from reference_app.interpretations.store import Key, Made, Stored
from reference_app.upstream.errors import UpstreamBusy, UpstreamTimeout
from tests.reference_app.interpretations.desk import MODEL, Desk, StubWriter, until


def test_the_new_text_takes_the_place_of_the_old_one(desk: Desk) -> None:
    """The row, its hits and when it was first written stay; only what was written is other."""

    async def scenario() -> None:
        process = desk.process(StubWriter())
        old = await process.reads(desk.ada)
        await process.reads(desk.ada)
        [before] = desk.rows()
        desk.clock.move(60)
        new = await process.asks_anew(desk.ada, old.of.id)
        [after] = desk.rows()
        assert (new.source, new.text) == ("claude", "Texte 2 en fr.")
        assert (await process.reads(desk.ada)).text == new.text
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"output_text", "generations", "updated_at", "generation_ms"} - (
            {"generation_ms"} if before["generation_ms"] == after["generation_ms"] else set()
        )
        assert (after["generations"], after["hit_count"]) == (2, 1)

    desk.run(scenario)


def test_a_text_that_was_never_written_is_written(desk: Desk) -> None:
    """Who asks anew need not have read before."""

    async def scenario() -> None:
        process = desk.process(StubWriter())
        found = await process.reads(desk.ada)
        assert (await process.asks_anew(desk.ada, found.of.id, "focus")).text == "Texte 2 en fr."
        assert [(row["subject"], row["generations"]) for row in desk.rows()] == [("full", 1), ("focus", 1)]

    desk.run(scenario)


def test_ten_at_once_are_one_call_in_two_processes(desk: Desk) -> None:
    """All are answered with the same new text; who asks later has it written once more."""

    async def scenario() -> None:
        writer = StubWriter()
        processes = [desk.process(writer), desk.process(writer)]
        found = await processes[0].reads(desk.ada)
        writer.go_on.clear()
        writer.begun.clear()
        asking = [
            asyncio.ensure_future(processes[number % 2].asks_anew(desk.ada, found.of.id))
            for number in range(10)
        ]
        await writer.begun.wait()
        await asyncio.sleep(0.3)
        writer.go_on.set()
        answers = await asyncio.gather(*asking)
        assert {each.text for each in answers} == {"Texte 2 en fr."}
        assert desk.rows()[0]["generations"] == 2
        assert (await processes[1].asks_anew(desk.ada, found.of.id)).text == "Texte 3 en fr."
        assert len(writer.asked) == 3

    desk.run(scenario)


def test_who_asks_when_it_is_written_has_it_written_once_more(desk: Desk) -> None:
    """Though in their process others still wait to learn that it is."""

    async def scenario() -> None:
        writer = StubWriter()
        here, there = desk.process(writer), desk.process(writer)
        found = await here.reads(desk.ada)
        writer.go_on.clear()
        writer.begun.clear()
        asking = asyncio.ensure_future(here.asks_anew(desk.ada, found.of.id))
        await writer.begun.wait()
        waiting = asyncio.ensure_future(there.asks_anew(desk.ada, found.of.id))
        await until(lambda: there.figure("generation_waiters") == 1)
        writer.go_on.set()
        assert (await asking).text == "Texte 2 en fr."
        assert (await there.asks_anew(desk.ada, found.of.id)).text == "Texte 3 en fr."
        assert (await waiting).text in {"Texte 2 en fr.", "Texte 3 en fr."}

    desk.run(scenario)


@pytest.mark.parametrize(
    ("failure", "after_s"),
    [
        (UpstreamTimeout(), None),
        (UpstreamBusy(wait_s=17), 17),
        (BadReply(Why.LENGTH), None),
        (ValueError(), None),
    ],
)
def test_on_failure_the_old_text_stays(desk: Desk, failure: Exception, after_s: int | None) -> None:
    """In every column; and the caller hears when to ask again, where that is known."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        found = await process.reads(desk.ada)
        before = desk.rows()
        writer.failing = failure
        with pytest.raises(ClaudeAPIError) as failed:
            await process.asks_anew(desk.ada, found.of.id)
        assert failed.value.retry_after_s == after_s
        assert desk.rows() == before

    desk.run(scenario)


def test_who_waits_too_long_is_told_so_and_the_text_is_stored(desk: Desk) -> None:
    """The flight goes on without the request."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        found = await process.reads(desk.ada)
        writer.go_on.clear()
        process.service._regenerate_wait_s = 0.1
        with pytest.raises(StillWriting):
            await process.asks_anew(desk.ada, found.of.id)
        process.service._regenerate_wait_s = 20.0
        patient = asyncio.ensure_future(process.asks_anew(desk.ada, found.of.id))
        await asyncio.sleep(0.2)
        writer.go_on.set()
        new = await patient
        assert new.text != found.text
        assert [row["output_text"] for row in desk.rows()] == [new.text]

    desk.run(scenario)


def test_what_is_anothers_is_as_unknown_as_what_is_not_there(desk: Desk) -> None:
    """Word for word; and nobody is asked."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        found = await process.reads(desk.ada)
        said = []
        for return_id in (found.of.id, 4_000_000_000, 2**63 - 1):
            with pytest.raises(InvalidLunarReturnError) as refused:
                await process.asks_anew(desk.grace, return_id)
            said.append(str(refused.value))
        assert set(said) == {"There is no such lunar return."}
        assert len(writer.asked) == 1

    desk.run(scenario)


def test_a_first_text_that_comes_second_is_not_stored(desk: Desk) -> None:
    """A generation that was overtaken returns the text that is there."""

    async def scenario() -> None:
        process = desk.process(StubWriter())
        found = await process.reads(desk.ada)
        key = Key(found.of.id, "full", "fr", 2)
        made = Made(text="late", weekly_advice=None, model=MODEL, input_json={}, generation_ms=1)
        late = await process.database.write(store.add, process.returns, desk.ada.id, key, made, desk.clock())
        assert isinstance(late, Stored)
        assert (late.text, late.generations) == (found.text, 1)

    desk.run(scenario)


def test_totals_add_up(desk: Desk) -> None:
    """Of one's own texts alone, by model: texts, hits, generations."""

    async def scenario() -> None:
        process = desk.process(StubWriter())
        found = await process.reads(desk.ada)
        await process.reads(desk.ada, "focus")
        await process.reads(desk.grace)
        for _ in range(3):
            await process.reads(desk.ada)
        await process.asks_anew(desk.ada, found.of.id)
        [totals] = await process.service.totals(desk.ada)
        assert (totals.source, totals.model) == ("claude", MODEL)
        assert (totals.texts, totals.hits, totals.generations) == (2, 3, 3)

    desk.run(scenario)


def test_under_one_key_a_text_is_written_anew_once(desk: Desk) -> None:
    """Sent again, it gets the first answer, whether the first was answered or had waited too long (SV-10)."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        found = await process.reads(desk.ada)
        once = desk.once("key")
        new = await process.asks_anew(desk.ada, found.of.id, once=once)
        with pytest.raises(AnsweredBefore) as before:
            await process.asks_anew(desk.ada, found.of.id, once=once)
        assert before.value.first.body == new.text
        assert (await process.service.kept(once, new)).body == new.text
        with pytest.raises(KeyUsedOtherwise):
            await process.asks_anew(desk.ada, found.of.id, once=desk.once("key", digest="other"))
        assert len(writer.asked) == 2

    desk.run(scenario)


def test_a_key_is_kept_with_the_text_that_nobody_waited_for(desk: Desk) -> None:
    """Who was told to ask again finds that text, and none is written for it."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        found = await process.reads(desk.ada)
        writer.go_on.clear()
        process.service._regenerate_wait_s = 0.05
        with pytest.raises(StillWriting):
            await process.asks_anew(desk.ada, found.of.id, once=desk.once("key"))
        writer.go_on.set()
        await until(lambda: desk.rows()[0]["generations"] == 2)
        with pytest.raises(AnsweredBefore) as before:
            await process.asks_anew(desk.ada, found.of.id, once=desk.once("key"))
        assert before.value.first.body == desk.rows()[0]["output_text"]
        assert len(writer.asked) == 2

    desk.run(scenario)
