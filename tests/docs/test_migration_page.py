"""The page on the migration: its commands are run in their order, on a Postgres with the first version's texts."""

from typing import Final

import pytest

from fixtures.systems.interpretations import first_version
from reference_app.database import migrate
from tests.checkout import ROOT
from tests.docs.containers import blocks, commands, inside, run_inside

PAGE: Final = ROOT / "docs" / "migration.md"
IN_ORDER: Final = [line for line in commands(blocks(PAGE)) if line.startswith("docker")]


@pytest.mark.slow
def test_the_page_can_be_followed_from_its_first_line_to_its_last(postgres_url: str) -> None:
    """Each command ends with 0; in the end the texts are where they were, and the backup is gone."""
    migrate.downgrade(postgres_url, first_version.REVISION)
    first_version.put(postgres_url)
    before = first_version.read(postgres_url)

    printed = [run_inside(inside(line), postgres_url) for line in IN_ORDER]

    assert [each.splitlines()[-1].split(" ")[0] for each in printed] == [
        "upgraded", "contract:", "verdict:", "downgraded", "upgraded", "the", "contract:",
    ]  # fmt: skip
    assert "verdict: passed" in printed[2]
    assert first_version.read(postgres_url) == before
    assert first_version.read(postgres_url, first_version.BACKUP) is None


def test_what_the_page_says_of_an_audit_is_what_it_prints() -> None:
    """Each kind of line, and each check, by its words."""
    text = PAGE.read_text(encoding="utf-8")
    source = (ROOT / "reference_app" / "interpretations" / "auditing.py").read_text(encoding="utf-8")
    for words in ("every text, by its bytes", "the backup", "one text a key", "indexes", "missing", "extra"):
        assert words in text
        assert words in source
