"""Pages, features, docstrings and comments are in plain words: expressions that were riddles do not come back."""

import re
from pathlib import Path

from tests.checkout import ROOT
from tests.offenders import none_may_offend
from tests.sources import name_of

RIDDLES = re.compile(
    r"\b(?:told right|whoever|foretold|ever after|the like of which|the like (?:was|is)|wants to see"
    r"|tries to keep|counted neither|what there is not|counts for nothing|in the very moment|takes long by itself"
    r"|makes anybody anyone|all the same|for want of|of which half|say no with)\b",
    re.IGNORECASE,
)
READ = ("README.md", "CHANGELOG.md", "docs/**/*.md", "docs/requirements/*.toml", "features/**/*.feature")
CODE = (
    "environment.py",
    *(f"{room}/**/*.py" for room in ("steps", "fixtures", "reference_app", "reports", "load", "tests")),
)


def test_pages_features_and_code_are_in_plain_words() -> None:
    """As an engineer says it: *is diagnosed correctly*, *every later read returns it*, *could not be predicted*."""
    files = {path for pattern in (*READ, *CODE) for path in ROOT.glob(pattern)} - {Path(__file__)}

    assert {path.suffix for path in files} == {".md", ".toml", ".feature", ".py"}
    none_may_offend(
        (
            f"{name_of(path)}:{number} {match[0]}"
            for path in sorted(files)
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
            for match in RIDDLES.finditer(line)
        ),
        do="say it as you would to a colleague, in the field's terms",
    )


def test_a_riddle_is_found() -> None:
    """The words of the rule itself, in any case."""
    assert RIDDLES.search("Whoever has seen an article sees it ever after")
    assert not RIDDLES.search("Once anyone has read an article, every later read returns it")
