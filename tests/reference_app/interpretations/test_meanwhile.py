"""Several who ask at once, a writer who is slow, and users who go meanwhile (LI-2, LI-6)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from reference_app.accounts import store as account_store
from reference_app.callers import Caller
from reference_app.database.tables import work_leases
from reference_app.errors import NotAuthenticated
from reference_app.interpretations import service, store
from reference_app.interpretations.errors import InvalidLunarReturnError
from reference_app.interpretations.service import Interpretation
from reference_app.interpretations.store import Key, Made
from reference_app.lunar_returns import store as return_store
from reference_app.single_flight import old_locks
from tests.reference_app.interpretations.desk import AT_ONCE, MODEL, Desk, StubWriter, until


def test_ten_at_once_make_one_text(desk: Desk) -> None:
    """In two processes; who has waited learns that Claude wrote it, and is no hit."""

    async def scenario() -> None:
        writers = StubWriter(), StubWriter()
        processes = [desk.process(writer) for writer in writers]
        await processes[0].reads(desk.ada, "climate")
        for writer in writers:
            writer.go_on.clear()
            writer.begun.clear()
        readers = [asyncio.ensure_future(processes[number % 2].reads(desk.ada)) for number in range(10)]
        # Who looks when the text is there finds it, and is a hit.
        await until(lambda: sum(each.figure("generation_waiters") for each in processes) == len(readers))
        for writer in writers:
            writer.go_on.set()
        found = await asyncio.gather(*readers)
        assert sum(len(writer.asked) for writer in writers) == 2
        assert {each.source for each in found} == {"claude"}
        assert len({each.text for each in found}) == 1
        assert [row["hit_count"] for row in desk.rows()] == [0, 0]

    desk.run(scenario)


def test_no_hit_is_lost_and_who_is_gone_hits_nothing(desk: Desk) -> None:
    """Of many at once in two processes, for the same text and for others; each hears its own answer."""

    async def scenario() -> None:
        processes = [desk.process(StubWriter()) for _ in range(2)]
        texts = {
            (who.id, subject): (await processes[0].reads(who, subject)).text
            for who in (desk.ada, desk.grace)
            for subject in ("full", "focus")
        }
        gone = Caller(4_000_000, account_store.by_ids)
        asked = [
            (processes[number % 2], Caller(who, account_store.by_ids), subject, body)
            for number in range(40)
            for (who, subject), body in texts.items()
        ]
        asked[17:17] = [(processes[0], gone, "full", ""), (processes[1], gone, "focus", "")]
        found = await asyncio.gather(
            *(process.reads(who, subject) for process, who, subject, _ in asked), return_exceptions=True
        )
        for (_, who, _, body), answer in zip(asked, found, strict=True):
            if who is gone:
                assert isinstance(answer, NotAuthenticated)
            else:
                assert isinstance(answer, Interpretation)
                assert (answer.text, answer.source) == (body, "db_temporal")
        assert [row["hit_count"] for row in desk.rows()] == [40] * 4

    desk.run(scenario)


def test_a_reader_does_not_wait_for_a_slow_writer(desk: Desk) -> None:
    """The template is answered; the writer goes on, and what it writes is stored, once."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer, reader_wait_s=0.2)
        writer.go_on.clear()
        assert (await process.reads(desk.ada)).source == "db_template"
        await writer.begun.wait()
        assert (await process.reads(desk.ada)).source == "db_template"
        assert process.log("lunar_interpretation_fallback")[0]["kind"] == "slow"
        assert process.figure("lunar_active_generations") == 1
        writer.go_on.set()
        await desk.process(writer).reads(desk.ada)  # who is patient
        assert (await process.reads(desk.ada)).source == "db_temporal"
        assert (len(writer.asked), len(desk.rows())) == (1, 1)
        assert process.figure("lunar_active_generations") == 0

    desk.run(scenario)


def test_only_so_many_texts_wait_for_a_slow_writer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their readers leave, so nobody else bounds them. One more is answered by a template, at once."""
    monkeypatch.setattr(service, "WAITING_MAX", 2)

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        writer.go_on.clear()
        asked = [
            (subject, lang) for subject in ("full", "climate", "focus", "approach") for lang in ("fr", "en")
        ]
        readers = [asyncio.ensure_future(process.reads(desk.ada, *each)) for each in asked]
        readers += [asyncio.ensure_future(process.reads(desk.grace, *each)) for each in asked[:2]]
        await until(lambda: process.figure("generation_waiters") == AT_ONCE + 2)
        await until(lambda: len(writer.asked) == AT_ONCE)
        assert (await process.reads(desk.grace, "focus")).source == "hardcoded"
        assert [each["kind"] for each in process.log("lunar_interpretation_fallback")] == ["full"]
        joined = asyncio.ensure_future(process.reads(desk.grace, *asked[0]))
        await until(lambda: process.figure("generation_waiters") == AT_ONCE + 3)
        writer.go_on.set()
        assert {each.source for each in await asyncio.gather(*readers, joined)} == {"claude"}
        assert len(writer.asked) == AT_ONCE + 2

    desk.run(scenario)


def test_locks_of_long_ago_are_forgotten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each text has one, and they would stay for ever. They are looked at now and then."""
    monkeypatch.setattr(old_locks, "KEPT", timedelta(days=-1))

    async def scenario() -> None:
        process = desk.process(StubWriter())
        of_full, _, _ = [await process.reads(desk.ada, subject) for subject in ("full", "focus", "climate")]
        assert {row["key"].rpartition(":")[0] for row in desk.rows(work_leases)} >= {
            f"interpretations:{of_full.of.id}:{subject}:fr" for subject in ("focus", "climate")
        }
        process.service._forgot_s = float("-inf")
        await process.reads(desk.ada, "approach")
        assert [
            row["key"] for row in desk.rows(work_leases) if row["key"].startswith("interpretations")
        ] == []

    desk.run(scenario)


@pytest.mark.parametrize("deleted", ["the returns", "the user"])
def test_what_goes_while_claude_writes_is_not_brought_back(desk: Desk, deleted: str) -> None:
    """Nothing is stored; the reader hears that there is no such return, or that they are nobody."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        await process.reads(desk.grace)
        writer.go_on.clear()
        writer.begun.clear()
        reader = asyncio.ensure_future(process.reads(desk.ada))
        await writer.begun.wait()
        if deleted == "the user":
            desk.database.write_now(account_store.remove, desk.ada.id, [return_store.farewell])
        else:
            desk.database.write_now(return_store.purge, desk.ada.id)
        writer.go_on.set()
        with pytest.raises(NotAuthenticated if deleted == "the user" else InvalidLunarReturnError):
            await reader
        assert [row["user_id"] for row in desk.rows()] == [desk.grace.id]
        assert process.figure("lunar_active_generations") == 0

    desk.run(scenario)


def test_who_goes_takes_their_texts_along(desk: Desk) -> None:
    """By cascade; others keep theirs."""

    async def scenario() -> None:
        process = desk.process(StubWriter())
        for who in (desk.ada, desk.grace):
            await process.reads(who)
            await process.reads(who, "focus")
        desk.database.write_now(account_store.remove, desk.ada.id, [return_store.farewell])
        assert {row["user_id"] for row in desk.rows()} == {desk.grace.id}
        desk.database.write_now(account_store.remove, desk.grace.id)
        assert desk.rows() == []

    desk.run(scenario)


@pytest.mark.parametrize("goes", [account_store.remove, return_store.purge])
def test_who_goes_while_texts_are_stored_waits_for_nobody_in_a_circle(
    desk: Desk, goes: Callable[..., Any]
) -> None:
    """Each text is stored before, and goes too, or is refused after; nobody is given up by the database."""
    process = desk.process(None)
    people = [desk.comes(f"reader-{number}") for number in range(6)]
    made = Made(text="x", weekly_advice=None, model=MODEL, input_json={}, generation_ms=1)

    def store_all(who: Caller) -> None:
        for return_id in desk.returns_of(who) * 3:
            key = Key(return_id, "full", "fr", 2)
            with suppress(InvalidLunarReturnError):
                process.database.write_now(store.replace, process.returns, who.id, key, made, desk.clock())

    def go(who: Caller) -> None:
        farewell = [[return_store.farewell]] if goes is account_store.remove else []
        process.database.write_now(goes, who.id, *farewell)

    async def scenario() -> None:
        for who in people:
            await process.reads(who)

    desk.run(scenario)
    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(work, who) for who in people for work in (store_all, store_all, go)]:
            done.result()
    assert desk.rows() == []
