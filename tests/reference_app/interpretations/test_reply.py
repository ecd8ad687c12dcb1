"""What is taken for an interpretation: nothing that is cut, of another shape or in another language (LI-8)."""

import json
from typing import Any

import pytest

from reference_app.interpretations.errors import ClaudeAPIError, LunarInterpretationError
from reference_app.interpretations.reply import BadReply, Why, Written
from reference_app.interpretations.texts import LANGS, SUBJECTS, builtin
from tests.reference_app.interpretations.claude_bench import MODEL, TEXT, WEEKS, judged, message, wrote

LONG = "Vous avez le temps de la regarder, et elle est dans votre maison. "


def why(text: str | None = None, **more: Any) -> Why:
    """Return why a reply is bad."""
    with pytest.raises(BadReply) as caught:
        judged(text, **more)
    assert TEXT[:40] not in f"{caught.value!r} {caught.value}"
    assert caught.value.why is not None
    return caught.value.why


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_interpretation_is_read(subject: str, lang: str) -> None:
    """Text and advice, of each subject, in each language."""
    text, weeks = builtin(subject, lang, "Leo", 3, "Virgo")
    assert judged(wrote(text, weeks), lang=lang, subject=subject) == Written(text, weeks, MODEL)


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{wrote()}\n```",
        f"```\n{wrote()}\n```",
        f"\n```JSON\n{wrote()}\n```\n",
        f"  {wrote()}\n\n",
        wrote(f"\n {TEXT}\n", {week: f" {advice} " for week, advice in WEEKS.items()}),
        wrote(weeks=dict(reversed(WEEKS.items()))),
        wrote(mood="calm"),
    ],
)
def test_what_does_no_harm_is_taken_off(text: str) -> None:
    """A fence, blanks around, another order, one field more."""
    written = judged(text)
    assert (written.text, written.weekly_advice) == (TEXT, WEEKS)
    assert list(written.weekly_advice or {}) == ["week_1", "week_2", "week_3", "week_4"]


def test_other_subjects_have_no_weeks() -> None:
    """Null, or no such field."""
    assert judged(wrote(weeks=None), subject="climate").weekly_advice is None
    assert judged(json.dumps({"text": TEXT}), subject="climate").weekly_advice is None


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [
        ("max_tokens", Why.CUT_SHORT),
        ("refusal", Why.REFUSED),
        ("tool_use", Why.STOPPED),
        ("pause_turn", Why.STOPPED),
        ("stop_sequence", Why.STOPPED),
        ("something new", Why.STOPPED),
        (None, Why.STOPPED),
    ],
)
def test_a_reply_that_did_not_end_by_itself_is_bad(stopped: str | None, expected: Why) -> None:
    """Even if what there is of it reads well."""
    assert why(stop_reason=stopped) is expected


@pytest.mark.parametrize(
    "content",
    [
        [],
        [{"type": "text", "text": ""}],
        [{"type": "text", "text": " \n"}],
        [{"type": "text"}],
        [{"type": "tool_use", "id": "t", "name": "write", "input": {"text": TEXT}}],
        [{"type": "text", "text": wrote()}, {"type": "text", "text": wrote()}],
        [{"type": "thinking", "thinking": "…"}, {"type": "text", "text": wrote()}],
    ],
)
def test_a_reply_of_other_parts_is_bad(content: list[dict[str, object]]) -> None:
    """One part, which is text."""
    assert why(content=content) is Why.NO_TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        wrote()[:-1],
        f"Here it is: {wrote()}",
        f"{wrote()} I hope you like it.",
        f"```json\n{wrote()}",
        "<html>sorry</html>",
        "[" * 5_000,
        '{"text": "\\ud800"}',
    ],
)
def test_what_is_no_json_is_bad(text: str) -> None:
    """Or has something around it, or ends too early."""
    assert why(text) in {Why.NOT_JSON, Why.SHAPE}


@pytest.mark.parametrize(
    "text",
    [
        "null", "[]", '"text"', "{}", wrote(None), wrote(7), wrote([TEXT]),
        wrote(weeks="rest"), wrote(weeks=["rest"] * 4), wrote(weeks=[]), wrote(weeks={**WEEKS, "week_4": None}),
        wrote(weeks={**WEEKS, "week_4": {"advice": "rest"}}),
    ],
)  # fmt: skip
def test_another_shape_is_bad(text: str) -> None:
    """A text, and weeks of text."""
    assert why(text) is Why.SHAPE


@pytest.mark.parametrize(
    ("weeks", "subject"),
    [
        (None, "full"),
        ({}, "full"),
        ({week: WEEKS[week] for week in ("week_1", "week_2", "week_3")}, "full"),
        ({**WEEKS, "week_5": WEEKS["week_1"]}, "full"),
        ({"1": "", "2": "", "3": "", "4": ""}, "full"),
        ({week.upper(): advice for week, advice in WEEKS.items()}, "full"),
        (WEEKS, "climate"),
        ({"week_1": WEEKS["week_1"]}, "focus"),
    ],
)
def test_weeks_are_four_or_none(weeks: object, subject: str) -> None:
    """Four for the subject full, none for any other."""
    assert why(wrote(weeks=weeks), subject=subject) is Why.WEEKS


def _of_length(length: int) -> str:
    return (LONG * (length // len(LONG) + 1))[: length - 1].rstrip().ljust(length - 1, "e") + "."


@pytest.mark.parametrize(
    ("length", "week", "fits"),
    [
        (199, 100, False), (200, 100, True), (8_000, 100, True), (8_001, 100, False),
        (500, 19, False), (500, 20, True), (500, 600, True), (500, 601, False),
    ],
)  # fmt: skip
def test_lengths_have_bounds(length: int, week: int, fits: bool) -> None:  # noqa: FBT001 - a column of a table
    """To the character, of the text and of a single week."""
    reply = wrote(_of_length(length), {**WEEKS, "week_3": _of_length(week)})
    if fits:
        assert len(judged(reply).text) == length
    else:
        assert why(reply) is Why.LENGTH


@pytest.mark.parametrize(
    "bad",
    [
        "\x00",
        "\x07",
        "\x1b[31m",
        "\r\n",
        "\t",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\ue000",
    ],
)
@pytest.mark.parametrize("where", ["text", "week"])
def test_characters_that_no_text_has_are_bad(bad: str, where: str) -> None:
    """Controls, private ones, and what turns the direction of reading; a line break of ours is fine."""
    assert "\n" in TEXT
    week = f"{WEEKS['week_2']}{bad}ou pas" if where == "week" else WEEKS["week_2"]
    text = f"{TEXT}{bad}ou pas" if where == "text" else TEXT
    assert why(wrote(text, {**WEEKS, "week_2": week})) is Why.CHARACTERS


@pytest.mark.parametrize(
    "kept", ["é", "œ", "…", "«\u00a0Lune\u00a0»", "\u202f!", "☾", "👩\u200d🚀", "2 < 3 et 3 > 2"]
)
def test_characters_of_prose_are_kept(kept: str) -> None:
    """Accents, signs of punctuation, symbols of planets."""
    assert judged(wrote(f"{TEXT} {kept} est là")).text.endswith(f"{kept} est là")


@pytest.mark.parametrize("tag", ["<b>Lune</b>", "</p>", "<br/>", "<!-- -->", "<script>", "<?xml"])
def test_html_is_bad(tag: str) -> None:
    """In the text, and in a week."""
    assert why(wrote(f"{TEXT} {tag}")) is Why.HTML
    assert why(wrote(weeks={**WEEKS, "week_1": f"{WEEKS['week_1']} {tag}"})) is Why.HTML


def test_both_parts_are_in_the_language() -> None:
    """Text and advice, each by itself."""
    english, weeks = builtin("full", "en", "Scorpio", 8, "Libra")
    for text, advice in ((english, weeks), (TEXT, weeks), (english, WEEKS)):
        assert why(wrote(text, advice)) is Why.LANGUAGE
    assert why(lang="en") is Why.LANGUAGE


def test_a_bad_reply_is_a_failure_of_claude() -> None:
    """With a message that says nothing of the reply."""
    bad = BadReply(why=Why.HTML)
    assert isinstance(bad, ClaudeAPIError)
    assert isinstance(bad, LunarInterpretationError)
    assert (bad.kind, bad.why) == ("bad-reply", "html")
    told = BadReply(str(bad))
    assert (str(told), told.why) == (str(bad), None), "as another process makes it of its message"
    assert message()["stop_reason"] == "end_turn"
