"""What Claude is sent: all that is needed, the same each time, and nothing of the person (LI-3)."""

import json
from decimal import Decimal

import pytest

from reference_app.interpretations.prompt import MAX_TOKENS, SYSTEM, Prompt
from reference_app.interpretations.reply import WEEKS
from reference_app.interpretations.texts import LANGS, SUBJECTS
from tests.reference_app.interpretations.claude_bench import MODEL, RETURN


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_same_question_is_the_same_bytes(lang: str, subject: str) -> None:
    """In whatever order its facts were read."""
    turned = dict(reversed(RETURN.items()))
    sent = json.dumps(Prompt(lang, subject, RETURN).input_json(MODEL))
    assert json.dumps(Prompt(lang, subject, turned).input_json(MODEL)) == sent


def test_what_is_sent_is_what_is_kept() -> None:
    """One message: the return, the subject and the language, readable and in order."""
    sent = Prompt("en", "focus", RETURN).input_json(MODEL)
    assert {**sent, "system": ""} == {
        "model": MODEL,
        "max_tokens": MAX_TOKENS,
        "system": "",
        "messages": [
            {
                "role": "user",
                "content": '{"lang": "en", "lunar_return": {"aspects": [{"aspect": "trine", "body": "Venus", '
                '"orb_deg": 1.27}], "lunar_ascendant": "Libra", "month": "2026-11", "moon_house": 8, '
                '"moon_sign": "Scorpio", "return_date": "2026-11-14T03:12:45Z"}, "subject": "focus"}',
            }
        ],
    }


def test_another_question_is_other_bytes() -> None:
    """By return, subject, language and model."""
    asked = [
        Prompt("fr", "full", RETURN).input_json(MODEL),
        Prompt("fr", "full", RETURN).input_json("claude-other"),
        Prompt("en", "full", RETURN).input_json(MODEL),
        Prompt("fr", "climate", RETURN).input_json(MODEL),
        Prompt("fr", "full", {**RETURN, "moon_house": 9}).input_json(MODEL),
    ]
    assert len({json.dumps(each) for each in asked}) == len(asked)


@pytest.mark.parametrize("facts", [{**RETURN, "user_id": 7}, {**RETURN, "name": "Ada"}, {"month": "2026-11"}])
def test_nothing_else_can_be_sent(facts: dict[str, object]) -> None:
    """Neither by mistake nor in part."""
    with pytest.raises(AssertionError):
        Prompt("fr", "full", facts)


@pytest.mark.parametrize("orb", [float("nan"), Decimal("1.2")])
def test_what_is_no_json_is_not_sent(orb: object) -> None:
    """The database keeps what was sent, and neither database keeps NaN."""
    facts = {**RETURN, "aspects": [{"body": "Venus", "aspect": "trine", "orb_deg": orb}]}
    with pytest.raises((TypeError, ValueError)):
        Prompt("fr", "full", facts).input_json(MODEL)


@pytest.mark.parametrize("lang", LANGS)
def test_instructions_name_all_that_is_asked_for(lang: str) -> None:
    """Each fact, each subject, each week."""
    named = {"lunar_return", "subject", "text", "weekly_advice", *SUBJECTS, *WEEKS}
    assert not {name for name in named if name not in SYSTEM[lang]}
    assert "\\n" in SYSTEM[lang]
    assert set(SYSTEM) == set(LANGS)
