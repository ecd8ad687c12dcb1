import pytest

from fixtures.run_settings import SETTINGS, parse
from fixtures.verdicts import UsageError


def test_no_settings_give_the_defaults() -> None:
    """A run without settings uses one in-process server on SQLite, in the listed order."""
    shown = parse({"seed": "7"}).shown()
    expected = {
        "target": "inprocess",
        "database": "sqlite",
        "workers": 1,
        "jobs": 1,
        "order": "listed",
        "seed": 7,
        "shard": "",
        "rerun": "",
        "inconclusive": "fail",
        "sabotage": "",
    }
    assert expected == shown


def test_a_seed_is_drawn_when_none_is_given() -> None:
    """Two runs without a seed get two, and writing one back gives the same settings again."""
    first = parse({})
    assert first.seed != parse({}).seed
    assert first == parse({"seed": str(first.seed)})


def test_several_workers_need_a_child_process() -> None:
    """Two workers in-process become a child process, with a note and no error."""
    settings = parse({"workers": "2"})
    assert (settings.target, settings.effective_target) == ("inprocess", "process")
    assert "target=process" in settings.note
    assert parse({"workers": "2", "target": "process"}).note == ""


def test_an_unknown_key_is_guessed() -> None:
    """A misspelt key names its neighbour and all that is known."""
    with pytest.raises(UsageError) as raised:
        parse({"databse": "sqlite"})
    known = ", ".join(SETTINGS)
    assert f"unknown setting 'databse': did you mean 'database'? Known: {known}" == str(raised.value)


@pytest.mark.parametrize(
    ("userdata", "expected"),
    [
        (
            {"target": "inproces"},
            "target='inproces' is not allowed: did you mean 'inprocess'? Allowed: inprocess, process",
        ),
        ({"workers": "0"}, "workers='0' is not allowed: it is a whole number from 1 to 8"),
        ({"workers": "²"}, "workers='²' is not allowed: it is a whole number from 1 to 8"),
        ({"workers": "9"}, "workers='9' is not allowed: it is a whole number from 1 to 8"),
        ({"seed": "-1"}, "seed='-1' is not allowed: it is a whole number from 0 to 2147483647"),
        ({"order": "true"}, "order='true' is not allowed. Allowed: listed, random"),
        *(
            (
                {"shard": text},
                f"shard={text!r} is not allowed: it is K/N, share K of N, from 1/1 to 64/64",
            )
            for text in ("x", "2", "0/3", "4/3", "1/65", "1/0", "01/3", "1/3 ", "-1/3", "1/²")
        ),
        (
            {"shard": "1/2", "rerun": "failed"},
            "rerun=failed runs what failed here, whatever share that was of: leave out shard",
        ),
        (
            {"target": "https://shop.example/v2"},
            ("target='https://shop.example/v2' is not allowed: give http://HOST:PORT, and nothing after it"),
        ),
        (
            {"target": "htp://x"},
            (
                "'htp://x' is not a target: a URL begins with http:// or https://. "
                "Also allowed: inprocess, process"
            ),
        ),
        (
            {"database": "postgresql+asyncpg://me:hush@db/x"},
            (
                "database='postgresql+asyncpg://db/x' is not allowed: "
                "use sqlite, postgres, or postgresql://USER@HOST/DATABASE"
            ),
        ),
    ],
)
def test_a_value_that_is_not_allowed_is_one_clear_line(userdata: dict[str, str], expected: str) -> None:
    """What is wrong and what would be right stand in one line, without any password."""
    with pytest.raises(UsageError) as raised:
        parse(userdata)
    assert expected == str(raised.value)


def test_inconclusive_can_be_allowed() -> None:
    """The key `inconclusive` fills the field `inconclusive_ok`."""
    assert parse({"inconclusive": "allow"}).inconclusive_ok
    assert not parse({"inconclusive": "fail"}).inconclusive_ok
