import pytest

from reports.text import clip, duration, framed, moment, pretty, shorten


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "0 ms"),
        (0.0004, "0 ms"),
        (0.2404, "240 ms"),
        (0.9996, "1.0 s"),
        (3.44, "3.4 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 00 s"),
        (125.0, "2 min 05 s"),
        (3599.6, "1 h 00 min"),
        (3720.0, "1 h 02 min"),
    ],
)
def test_durations_read_well_at_every_border(seconds: float, expected: str) -> None:
    """No border between two units shows sixty of the smaller one."""
    assert expected == duration(seconds)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, ""),
        ("", ""),
        ("plain", "plain"),
        ('{"a":"é"}', '{\n  "a": "é"\n}'),
        ({"a": 1}, '{\n  "a": 1\n}'),
        ("12.50", "12.50"),
        ('"\\ud800"', '"\\ud800"'),
        ('["\\ud800"]', '[\n  "\ufffd"\n]'),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_bodies_are_indented_only_when_they_are_json(body: object, expected: str) -> None:
    """A body that is no JSON object or list is shown to the letter."""
    assert expected == pretty(body)


def test_what_is_cut_is_counted() -> None:
    """A clipped text says how much is missing, a short one is left alone."""
    assert clip("abcdef", 4) == "abcd\n… 2 more characters"
    assert clip("abcd", 4) == "abcd"
    assert shorten("a  long\nname", 7) == "a long…"


def test_times_are_utc_or_nothing() -> None:
    """A time with an offset is turned to UTC, what is no time is none."""
    parsed = moment("2026-10-01T16:03:07+02:00")
    assert parsed is not None
    assert parsed.isoformat() == "2026-10-01T14:03:07+00:00"
    assert [moment(text) for text in ("", "soon", "0001-01-01T00:00:00+14:00")] == [None, None, None]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("expected 2\n     got 1", [("expected", "2"), ("got", "1")]),
        (
            "expected all\n     got 0 of 2\n     see the answers: 1 × 503\n         1 × 500",
            [("expected", "all"), ("got", "0 of 2"), ("see", "the answers: 1 × 503\n1 × 500")],
        ),
        ("attendu 2\n obtenu 1\n   voir la table", [("expected", "2"), ("got", "1"), ("see", "la table")]),
        ("expected 2\n  of them\n     got 1", [("expected", "2\nof them"), ("got", "1")]),
        ("expected 2, got 1", []),
        ("it got lost\n expected", []),
        ("", []),
    ],
)
def test_a_failed_expectation_is_taken_apart(message: str, expected: list[tuple[str, str]]) -> None:
    """What was expected, what came, and what to see, each with the lines that go on; other messages stay whole."""
    assert framed(message) == expected
