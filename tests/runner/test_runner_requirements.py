from pathlib import Path

import pytest

from fixtures.requirements import Catalogue, judge_requirement, load
from fixtures.verdicts import UsageError, Verdict

GOOD = """
system = "shop"
title.en = "The shop"
title.fr = "La boutique"

[[requirement]]
id = "SH-1"
level = "MUST"
status = "agreed"
source = "a page"
en = "It sells."
fr = "Elle vend."
"""


def test_the_projects_own_requirements_load() -> None:
    """Every file in docs/requirements is valid."""
    catalogue = load(Path(__file__).parents[2] / "docs" / "requirements")
    assert {"LR-1", "SV-1"} <= catalogue.ids


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    """Systems keep their titles and requirements their words in both languages."""
    (tmp_path / "shop.toml").write_text(GOOD, encoding="utf-8")
    catalogue = load(tmp_path)
    assert catalogue.systems[0].title == {"en": "The shop", "fr": "La boutique"}
    assert (
        catalogue.requirements[0].id,
        catalogue.requirements[0].system,
        catalogue.requirements[0].words["en"],
    ) == ("SH-1", "shop", "It sells.")


def test_a_project_may_have_no_requirements(tmp_path: Path) -> None:
    """A missing folder is an empty catalogue."""
    assert Catalogue() == load(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("level =", "levl =", "requirement SH-1: unknown key 'levl': did you mean 'level'?"),
        ('"MUST"', '"MUTS"', "requirement SH-1: level 'MUTS': did you mean 'MUST'? Allowed: MUST, SHOULD"),
        ('"SH-1"', '"shop one"', "'shop one' is not an id such as 'LR-1'"),
        ('fr = "Elle vend."', "", "requirement SH-1 lacks fr"),
        ('"It sells."', '"  "', "requirement SH-1 has no words in 'en'"),
        ('title.fr = "La boutique"', "", "title has no words in 'fr'"),
        ("[[requirement]]", "[requirement]", "`requirement` is a list of tables, each under [[requirement]]"),
    ],
)
def test_a_broken_file_is_one_clear_line(tmp_path: Path, before: str, after: str, expected: str) -> None:
    """The line names the file and what is wrong in it."""
    path = tmp_path / "shop.toml"
    path.write_text(GOOD.replace(before, after), encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        load(tmp_path)
    assert f"{path}: {expected}" == str(raised.value)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    """Two requirements of one id are refused, also in two files."""
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD.replace('"shop"', '"stall"'), encoding="utf-8")
    with pytest.raises(UsageError, match="requirement SH-1 is there twice"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Verdict.UNTESTED),
        (["passed", "untested", "inapplicable"], Verdict.PASSED),
        (["passed", "inconclusive"], Verdict.INCONCLUSIVE),
        (["inconclusive", "failed", "passed"], Verdict.FAILED),
        (["inapplicable", "untested"], Verdict.INAPPLICABLE),
    ],
)
def test_a_requirement_is_judged_by_its_worst_news(verdicts: list[str], expected: Verdict) -> None:
    """Failed comes before inconclusive, that before passed, and untested last."""
    assert expected == judge_requirement(Verdict(verdict) for verdict in verdicts)
