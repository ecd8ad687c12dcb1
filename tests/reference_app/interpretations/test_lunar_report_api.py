"""Reports over HTTP, with Claude off: what is asked, what is answered, what is refused."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from reference_app.interpretations.report import dominant_axes
from reference_app.interpretations.texts import builtin
from reference_app.returns import Return
from tests.reference_app.stage import BIRTH, START, Server, SteppedClock, as_dev, fields, problem
from tests.reference_app.vesting.person import DEV, Person

REPORT: Final = "/api/lunar-returns/current/report"
AGAIN: Final = "/api/lunar/interpretation/regenerate"
METADATA: Final = "/api/lunar/interpretation/metadata"


@pytest.fixture
def server(start_server: Callable[..., Server], clock: SteppedClock) -> Server:
    """A development server at an hour that stands still, which has no key."""
    return start_server(clock=clock, environment=DEV)


@pytest.fixture
def ada(server: Server) -> Person:
    return Person(server, "ada")


def test_a_report_has_all_its_parts(ada: Person, server: Server) -> None:
    """The return is made first; its climate, axes and aspects come without Claude."""
    body = ada.post(REPORT, {"lang": "en", "subject": "focus"}, None).json()
    returned = ada.get("/api/lunar-returns/current")
    report = body["report"]
    place = (returned["moon_sign"], returned["moon_house"], returned["lunar_ascendant"])
    assert report["header"] == {name: returned[name] for name in report["header"]}
    assert list(report["header"]) == ["month", "return_date", "moon_sign", "moon_house", "lunar_ascendant"]
    assert report["major_aspects"] == returned["aspects"]
    assert report["general_climate"] == builtin("climate", "en", *place)[0]
    assert report["lunar_interpretation"] == {"focus": builtin("focus", "en", *place)[0]}
    assert report["weekly_advice"] == {}
    assert 2 <= len(report["dominant_axes"]) <= 3
    assert body["metadata"] == report["metadata"] == {
        "source": "hardcoded", "model_used": None, "version": 2, "generated_at": f"{START:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    assert [each["event"] for each in server.log()].count("lunar_interpretations.claude_off") == 1


def test_without_a_body_of_choices_the_full_text_in_french_is_meant(ada: Person) -> None:
    """With four weeks, from the template."""
    body = ada.post(REPORT, {}, None).json()
    assert list(body["report"]["lunar_interpretation"]) == ["full"]
    assert list(body["report"]["weekly_advice"]) == ["week_1", "week_2", "week_3", "week_4"]
    assert body["metadata"]["source"] == "db_template"
    month = body["report"]["header"]["month"]
    assert ada.post(REPORT, {"month": month}, None).json() == body


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        (REPORT, {"month": "2026-13"}, "month"),
        (REPORT, {"month": "2026-1"}, "month"),
        (REPORT, {"month": "٢٠٢٦-01"}, "month"),
        (REPORT, {"month": "2026-01\n"}, "month"),
        (REPORT, {"month": 202601}, "month"),
        (REPORT, {"subject": "money"}, "subject"),
        (REPORT, {"subject": None}, "subject"),
        (REPORT, {"lang": "de"}, "lang"),
        (REPORT, {"version": 1}, "version"),
        (AGAIN, {}, "lunar_return_id"),
        (AGAIN, {"lunar_return_id": 0}, "lunar_return_id"),
        (AGAIN, {"lunar_return_id": 2**63}, "lunar_return_id"),
        (AGAIN, {"lunar_return_id": "1"}, "lunar_return_id"),
        (AGAIN, {"lunar_return_id": 1.5}, "lunar_return_id"),
        (AGAIN, {"lunar_return_id": 1, "lang": "FR"}, "lang"),
    ],
)
def test_bad_fields_are_named(module_server: Server, path: str, body: Any, field: str) -> None:
    """Whatever is wrong with them."""
    answer = module_server.ask("POST", path, json=body, headers=as_dev("bad"))
    assert (answer.status_code, fields(problem(answer))) == (422, [field])


def test_what_is_not_there_and_what_is_anothers_is_answered_alike(ada: Person, server: Server) -> None:
    """A month, and a return; and Claude that is off is said only of a return of one's own."""
    ada.post(REPORT, {}, None)
    mine = ada.get("/api/lunar-returns/current")
    grace = Person(server, "grace")
    said = [
        grace.post(AGAIN, {"lunar_return_id": mine["id"]}, None),
        grace.post(AGAIN, {"lunar_return_id": 4_000_000}, None),
        grace.post(REPORT, {"month": mine["month"]}, None),
        ada.post(REPORT, {"month": "1999-01"}, None),
    ]
    assert {each.status_code for each in said} == {404}
    assert (
        len({tuple(sorted((problem(each) | {"request_id": ""}).items(), key=str)) for each in said[:2]}) == 1
    )
    off = ada.post(AGAIN, {"lunar_return_id": mine["id"]}, None)
    assert (off.status_code, problem(off)["type"], off.headers.get("Retry-After")) == (
        503, "/problems/claude-off", None,
    )  # fmt: skip
    assert ada.get(METADATA) == {
        "user_id": ada.get(METADATA)["user_id"], "total_interpretations": 0, "sources": {}, "models_used": {},
        "cached_rate": 0.0, "avg_generation_ms": None,
    }  # fmt: skip


def test_who_has_no_chart_has_no_report(server: Server) -> None:
    """As with the returns themselves; and nobody is somebody."""
    headers = {"Authorization": f"Bearer {server.token('new@b.example')}"}
    answer = server.ask("POST", REPORT, json={}, headers=headers)
    assert (answer.status_code, problem(answer)["type"]) == (409, "/problems/no-natal-chart")
    assert server.ask("PUT", "/api/natal-chart", json=BIRTH, headers=headers).status_code == 200
    assert server.ask("POST", REPORT, json={}, headers=headers).status_code == 200
    assert server.ask("DELETE", "/api/me", headers=headers).status_code == 204
    for path, method in ((REPORT, "POST"), (AGAIN, "POST"), (METADATA, "GET")):
        for who in (headers, {}):
            body = {"json": {"lunar_return_id": 1} if path == AGAIN else {}} if method == "POST" else {}
            assert server.ask(method, path, headers=who, **body).status_code == 401


@pytest.mark.parametrize(
    ("sign", "house", "ascendant", "lang", "axes"),
    [
        (
            "Aries", 10, "Libra", "fr",
            ["Axe des maisons IV et X\u00a0: le foyer et la place dans le monde",
             "Axe Bélier et Balance\u00a0: s’affirmer et s’accorder"],
        ),
        (
            "Pisces", 1, "Taurus", "en",
            ["Axis of houses I and VII: oneself and the other",
             "Axis of Virgo and Pisces: putting in order and letting go",
             "Axis of Taurus and Scorpio: keeping and transforming"],
        ),
    ],
)  # fmt: skip
def test_an_axis_joins_what_is_across(
    sign: str, house: int, ascendant: str, lang: str, axes: list[str]
) -> None:
    """The house's first, then those of the signs, each once."""
    found = Return(
        id=1, month="2026-01", return_date=START, moon_sign=sign, moon_house=house, lunar_ascendant=ascendant,
        aspects=[],
    )  # fmt: skip
    assert dominant_axes(found, lang) == axes
