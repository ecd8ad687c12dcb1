"""An answer always, from the best level there is; what Claude wrote is stored, and nothing else (LI-1, LI-2)."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Connection

from reference_app.accounts import store as account_store
from reference_app.callers import Caller
from reference_app.database.queries import Query
from reference_app.errors import DatabaseUnavailable
from reference_app.interpretations import errors, store
from reference_app.interpretations.auditing import NotCleanedUp
from reference_app.interpretations.errors import ClaudeAPIError, ClaudeOff, InvalidLunarReturnError
from reference_app.interpretations.reply import BadReply, Why
from reference_app.interpretations.tables import lunar_migrations
from reference_app.interpretations.texts import builtin
from reference_app.upstream.errors import UpstreamBusy, UpstreamResting, UpstreamTimeout
from tests.reference_app.interpretations.desk import MODEL, WEEKS, Desk, StubWriter


def test_a_text_is_written_once_and_then_read(desk: Desk) -> None:
    """The second answer is the first, and its hit is counted; all that was sent is stored beside it."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        first, second = await process.reads(desk.ada), await process.reads(desk.ada)
        assert (first.source, first.text, first.weekly_advice, first.model) == (
            "claude", "Texte 1 en fr.", WEEKS, MODEL,
        )  # fmt: skip
        assert (second.source, second.text, second.weekly_advice, second.model) == (
            "db_temporal", first.text, WEEKS, MODEL,
        )  # fmt: skip
        [row] = desk.rows()
        assert row["input_json"] == writer.asked[0].input_json(MODEL)
        assert (row["hit_count"], row["generations"], row["source"]) == (1, 1, "claude")
        assert (row["user_id"], row["lunar_return_id"]) == (desk.ada.id, first.of.id)

    desk.run(scenario)


def test_a_stored_text_is_read_with_three_statements(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader, the return, and the text whose hit is counted; of a template, one more (LI-12)."""
    asked: list[str] = []

    def counted(query: Query, connection: Connection, values: Mapping[str, object]) -> Any:
        asked.append(str(query._statement))
        return ask(query, connection, values)

    def forbidden(*_: object) -> None:
        raise AssertionError("a statement that is not compiled once")

    async def scenario() -> None:
        process = desk.process(StubWriter())
        await process.reads(desk.ada)
        monkeypatch.setattr(Query, "_asked", counted)
        monkeypatch.setattr(Connection, "execute", forbidden)
        ada = Caller(desk.ada.id, account_store.by_ids)
        assert (await process.reads(ada)).source == "db_temporal"
        assert [each.partition(" ")[0] for each in asked] == ["SELECT", "SELECT", "UPDATE"]
        asked.clear()
        nobody = desk.process(None, version=3)
        assert (await nobody.reads(Caller(desk.ada.id, account_store.by_ids))).source == "db_template"
        assert len(asked) == 4

    ask = Query._asked
    desk.run(scenario)


def test_subjects_languages_and_versions_stand_beside_each_other(desk: Desk) -> None:
    """Each is a row of its own, and each stays readable."""

    async def scenario() -> None:
        second, third = desk.process(StubWriter()), desk.process(StubWriter(), version=3)
        asked = [(second, subject, "fr") for subject in ("full", "climate", "focus", "approach")]
        asked += [(second, "full", "en"), (third, "full", "fr")]
        first = [await process.reads(desk.ada, subject, lang) for process, subject, lang in asked]
        again = [await process.reads(desk.ada, subject, lang) for process, subject, lang in asked]
        assert [each.text for each in again] == [each.text for each in first]
        assert {each.source for each in again} == {"db_temporal"}
        assert [each.version for each in again] == [2, 2, 2, 2, 2, 3]
        assert len(desk.rows()) == 6

    desk.run(scenario)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (UpstreamTimeout(), "timeout"),
        (UpstreamBusy(wait_s=7), "busy"),
        (BadReply(Why.HTML), "bad-reply"),
        (ArithmeticError("a bug of ours"), "unknown"),
    ],
)
def test_whatever_fails_there_is_an_answer(desk: Desk, failure: Exception, kind: str) -> None:
    """A template for a full text in French, else a built-in text; nothing is stored, and the next tries again."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        writer.failing = failure
        full, english = await process.reads(desk.ada), await process.reads(desk.ada, lang="en")
        climate = await process.reads(desk.ada, "climate")
        assert [each.source for each in (full, english, climate)] == ["db_template", "hardcoded", "hardcoded"]
        place = (full.of.moon_sign, full.of.moon_house, full.of.lunar_ascendant)
        assert (english.text, english.weekly_advice) == builtin("full", "en", *place)
        assert (climate.text, climate.weekly_advice) == builtin("climate", "fr", *place)
        assert desk.rows() == []
        fallbacks = process.log("lunar_interpretation_fallback")
        assert [(each["fallback_level"], each["kind"]) for each in fallbacks] == [
            ("template", kind), ("hardcoded", kind), ("hardcoded", kind),
        ]  # fmt: skip
        assert "Texte" not in str(fallbacks)
        writer.failing = None
        assert (await process.reads(desk.ada)).source == "claude"

    desk.run(scenario)


def test_a_writer_that_rests_is_not_asked(desk: Desk) -> None:
    """The answer comes at once."""

    async def scenario() -> None:
        writer = StubWriter()
        writer.resting = UpstreamResting(wait_s=5)
        process = desk.process(writer)
        assert (await process.reads(desk.ada)).source == "db_template"
        assert process.log("lunar_interpretation_fallback")[0]["kind"] == "resting"
        with pytest.raises(ClaudeAPIError) as refused:
            await process.asks_anew(desk.ada, desk.returns_of(desk.ada)[0])
        assert refused.value.retry_after_s == 5
        assert writer.asked == []

    desk.run(scenario)


@pytest.mark.parametrize(("has_writer", "version"), [(False, 2), (True, 1)])
def test_where_nobody_writes_there_are_templates(desk: Desk, version: int, *, has_writer: bool) -> None:
    """Claude is off, or the version is the first one, whose texts were all written beforehand."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer if has_writer else None, version=version)
        found = await process.reads(desk.ada)
        assert (found.source, found.version, found.model) == ("db_template", version, None)
        with pytest.raises(ClaudeOff):
            await process.asks_anew(desk.ada, found.of.id)
        with pytest.raises(InvalidLunarReturnError):
            await process.asks_anew(desk.grace, found.of.id)
        assert writer.asked == []

    desk.run(scenario)


def test_without_templates_the_built_in_text_is_answered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, and where the database cannot be asked for it."""

    def broken(*_: object) -> None:
        raise DatabaseUnavailable

    async def scenario() -> None:
        process = desk.process(None)
        for template in (lambda *_: None, broken):
            monkeypatch.setattr(store, "template", template)
            found = await process.reads(desk.ada)
            place = (found.of.moon_sign, found.of.moon_house, found.of.lunar_ascendant)
            assert (found.source, (found.text, found.weekly_advice)) == (
                "hardcoded",
                builtin("full", "fr", *place),
            )

    desk.run(scenario)


def test_a_month_is_read_and_an_unknown_one_is_not(desk: Desk) -> None:
    """Another user's month is no month of mine."""

    async def scenario() -> None:
        process = desk.process(StubWriter())
        current = await process.reads(desk.ada)
        assert (await process.reads(desk.ada, month=current.of.month)).source == "db_temporal"
        for who, month in ((desk.ada, "1999-01"), (desk.grace, current.of.month)):
            with pytest.raises(InvalidLunarReturnError):
                await process.reads(who, month=month)

    desk.run(scenario)


def test_figures_are_those_of_what_happened(desk: Desk) -> None:
    """One generation however many waited, each hit, each fallback by its level; the count of templates is real."""

    async def scenario() -> None:
        writer = StubWriter()
        process = desk.process(writer)
        await asyncio.gather(*(process.reads(desk.ada) for _ in range(3)))
        for _ in range(2):
            await process.reads(desk.ada)
        writer.failing = UpstreamTimeout()
        await process.reads(desk.ada, "focus")
        labels = {"subject": "full", "version": "2"}
        generated = "lunar_interpretation_generated_total"
        assert process.figure(generated, model=MODEL, source="claude", **labels) == 1
        assert process.figure("lunar_interpretation_cache_hit_total", **labels) == 2
        assert process.figure("lunar_interpretation_fallback_total", fallback_level="hardcoded") == 1
        assert process.figure("lunar_interpretation_fallback_total", fallback_level="template") == 0
        took = "lunar_interpretation_duration_seconds_count"
        assert process.figure(took, source="claude", subject="full") == 1
        assert process.figure(took, source="db_temporal", subject="full") == 2
        assert process.figure(took, source="hardcoded", subject="focus") == 1
        await process.service.measure()
        [row] = desk.rows(lunar_migrations)
        shown = {
            "migration_date": f"{row['migrated_at']:%Y-%m-%d}",
            "templates_count": "1728",
            "version": "2.0",
        }
        assert process.figure("lunar_migration_info", **shown) == 1

    desk.run(scenario)


def test_errors_are_of_one_family() -> None:
    """LI-7: who catches the base class catches all of them."""
    below = {
        errors.ClaudeAPIError,
        errors.TemplateNotFoundError,
        errors.InvalidLunarReturnError,
        NotCleanedUp,
    }
    assert set(errors.LunarInterpretationError.__subclasses__()) == below
    assert issubclass(BadReply, errors.ClaudeAPIError)
