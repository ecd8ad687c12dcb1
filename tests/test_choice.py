"""What `make check` chooses for a change."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.choice import Choice, choose

RULES = "tests/features"
SELLING = "tests/reference_app/shop/test_selling.py"
JOBS = "tests/fixtures/runner/test_jobs.py"
FILES = {
    "features/shop/selling.feature": "Feature: Selling\n  @SH-1\n  Rule: It sells\n",
    "features/shop/stock.feature": "Feature: Stock\n  @SH-2\n  Rule: It knows\n",
    "features/bank/paying.feature": "Feature: Paying\n  @BK-1\n  Rule: It pays\n",
    "features/fr/shop/selling.feature": "# language: fr\nFonctionnalité: Ventes\n  Scénario: une\n",
    "features/fr/shop/loads.feature": "# language: fr\nFonctionnalité: Charge\n  @cost.minute\n  Scénario: une\n",
    "tests/features/test_style.py": "",
    "tests/docs/test_pages.py": "",
    "tests/reference_app/test_settings.py": "from reference_app.settings import Settings\n",
    "tests/reference_app/shop/test_selling.py": "from tests.reference_app.shop.stage import Stage\n",
    "tests/reference_app/shop/stage.py": "from reference_app import clock\n",
    "tests/reference_app/shop/conftest.py": "",
    "tests/fixtures/test_requirements.py": "",
    "tests/fixtures/runner/test_jobs.py": "import fixtures.histories.operations\n",
    "tests/fixtures/systems/shop/test_checks.py": "from fixtures.runner import jobs\n",
    "tests/reports/test_page.py": "",
}
FIRST_OF_EACH = ("features/bank/paying.feature", "features/shop/selling.feature")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two systems, one of which has tests."""
    folder = tmp_path_factory.mktemp("project")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def chosen(root: Path, *changed: str) -> Choice:
    """Return the choice, of whose tests the rules are always one."""
    choice = choose(changed, root)
    assert RULES in choice.tests
    return Choice(tuple(test for test in choice.tests if test != RULES), choice.features)


@pytest.mark.parametrize(
    ("changed", "tests"),
    [
        ("reference_app/shop/service.py", ["tests/reference_app/shop"]),
        ("deploy/crontab", ["tests/deploy"]),
        ("compose.yaml", ["tests/deploy"]),
        ("reference_app/shop/log/writer.py", ["tests/reference_app/shop"]),
        ("reference_app/bank/service.py", ["tests/reference_app/test_settings.py"]),
        ("reference_app/settings.py", ["tests/docs", "tests/reference_app/test_settings.py"]),
        ("reference_app/clock.py", [SELLING, "tests/reference_app/test_settings.py"]),
        ("fixtures/systems/shop/checks.py", ["tests/fixtures/systems/shop"]),
        ("fixtures/runner/jobs.py", ["tests/fixtures/runner", "tests/fixtures/systems/shop/test_checks.py"]),
        ("fixtures/histories/operations.py", [JOBS, "tests/fixtures/test_requirements.py"]),
        ("reports/page.py", ["tests/reports/test_page.py"]),
        (SELLING, [SELLING]),
        ("tests/reference_app/shop/test_removed.py", []),
        ("tests/reference_app/shop/stage.py", [SELLING]),
        ("tests/reference_app/shop/conftest.py", ["tests/reference_app/shop"]),
        ("docs/tags.md", ["tests/docs"]),
        ("README.md", ["tests/docs"]),
        ("pyproject.toml", ["tests/docs"]),
        ("steps/people_steps.py", []),
        ("LICENSE", []),
    ],
)  # fmt: skip
def test_tests_are_those_of_the_room_and_those_that_import_the_file(
    root: Path, changed: str, tests: Iterable[str]
) -> None:
    """The folder that mirrors the code, or the nearest above it; helpers pass their imports on."""
    assert chosen(root, changed).tests == tuple(tests)


@pytest.mark.parametrize(
    "changed",
    [
        "reference_app/shop/service.py",
        "fixtures/systems/shop/checks.py",
        "features/shop/stock.feature",
        "steps/shop_steps.py",
    ],
)
def test_a_change_of_one_system_brings_all_its_features(root: Path, changed: str) -> None:
    """Whether its app, its part of the harness, its steps or its features were changed."""
    assert chosen(root, changed, "docs/tags.md").features == ("features/shop",)


def test_a_change_of_several_systems_brings_a_feature_of_each(root: Path) -> None:
    """It is the one of the first requirement."""
    assert (
        chosen(root, "reference_app/shop/store.py", "reference_app/bank/store.py").features == FIRST_OF_EACH
    )


@pytest.mark.parametrize(
    "changed",
    ["fixtures/runner/jobs.py", "reference_app/web/auth.py", "steps/people_steps.py", "environment.py"],
)
def test_a_change_of_what_systems_share_brings_a_feature_of_each(root: Path, changed: str) -> None:
    """The engine's own tests say the rest."""
    assert chosen(root, changed).features == FIRST_OF_EACH


def test_the_changed_system_is_run_whole_beside_the_shared_change(root: Path) -> None:
    """What is in the folder that is run is not named twice."""
    found = chosen(root, "fixtures/runner/jobs.py", "features/shop/stock.feature").features
    assert found == ("features/bank/paying.feature", "features/shop")


def test_another_edition_is_run_where_it_was_changed(root: Path) -> None:
    """Not what takes a minute, and not what is there no more."""
    fr = "features/fr/shop"
    assert chosen(root, f"{fr}/selling.feature", f"{fr}/loads.feature", f"{fr}/gone.feature") == Choice(
        (), (f"{fr}/selling.feature",)
    )


@pytest.mark.parametrize(
    "changed", ["reports/page.py", "tests/reports/test_page.py", "docs/tags.md", ".ci/run"]
)
def test_what_stands_behind_no_feature_brings_none(root: Path, changed: str) -> None:
    """Reports, tests and pages have tests of their own."""
    assert chosen(root, changed).features == ()


def test_no_change_is_held_to_the_rules(root: Path) -> None:
    """Nothing else is run."""
    assert choose([], root) == Choice((RULES,), ())


def test_every_choice_in_this_project_is_there() -> None:
    """The folders that the choice knows by name exist."""
    changed = [
        "docs/tags.md",
        "fixtures/runner/core.py",
        "reports/page.py",
        "reference_app/articles/state.py",
    ]
    choice = choose(changed)
    assert [path for path in (*choice.tests, *choice.features) if not (ROOT / path).exists()] == []
    assert {"tests/docs", "tests/fixtures/runner", "tests/reference_app/articles"} < set(choice.tests)
    assert {"features/articles", "features/lunar_returns/charts.feature"} < set(choice.features)
