"""Adding a system is a folder and a line: the one of `docs/how-to/add-a-system.md` is added to a copy."""

import json
import re
from typing import Any, Final

import pytest

from fixtures.runner.choosing.editions import paths_of_a_plain_run
from tests.choice import choose
from tests.house.worked_example import PAGE, Example, blocks

pytestmark = pytest.mark.slow

FAULT: Final = "visit-forgotten"
FEATURES: Final = "features/visits"
COMMANDS: Final = [
    "make pages",
    "lint-imports --no-logo",
    f"behave {FEATURES}",
    f"behave -D sabotage={FAULT} {FEATURES}",
    f"python -m fixtures.sabotage prove {FAULT}",
    "reference-app visits count",
]
WITH_A_LINE: Final = {"reference_app/systems.py", "fixtures/systems/__init__.py"}
"""The only files that are changed and not added."""
FOLDERS: Final = (
    "reference_app/visits/",
    "reference_app/database/migrations/expand/versions/",
    "fixtures/systems/visits/",
    "features/visits/",
    "steps/visits_steps.py",
    "docs/requirements/visits.toml",
    "docs/sources/visits.md",
)
RULES: Final = (
    "tests/docs/test_docs_pages.py",
    "tests/docs/test_docs_reference.py",
    "tests/features",
    "tests/fixtures/sabotage/test_sabotage_faults.py",
    "tests/reference_app/database/test_app_migrations.py",
    "tests/reference_app/web/test_app_openapi.py::test_every_error_says_something_and_has_its_answer",
    # What changes each sentence of the others has nothing to see in one more.
    "--ignore=tests/features/test_gherkin_mutants.py",
    # A whole system has six faults, and a French edition.
    "--deselect=tests/features/test_features_french.py::test_each_system_has_a_french_edition",
    "--deselect=tests/fixtures/sabotage/test_sabotage_faults.py::test_every_system_has_its_faults",
)
"""What compares the parts of the project with each other, and fails where another place has to be touched."""
DESCRIBED: Final = """
import asyncio, json
from reference_app.app import create_app
from reference_app.systems import load_settings
from tests.reference_app.asgi import ask
app = create_app(load_settings({"APP_ENV": "development", "DATABASE_URL": "sqlite:///described.sqlite3"}))
print(json.dumps(asyncio.run(ask(app, "GET", "/openapi.json")).body))
"""


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Example:
    """The copy, in which `make pages` has run."""
    example = Example(tmp_path_factory.mktemp("toy"))
    done = example.run("python", "-m", "tests.pages")
    assert done.returncode == 0, done.stderr
    return example


def test_the_page_adds_folders_and_lines(toy: Example) -> None:
    """Besides two lines all is in files of the system's own."""
    page = list(blocks(PAGE.read_text(encoding="utf-8")))
    assert {block.path for block in page if block.language == "diff"} == WITH_A_LINE
    assert [path for path in toy.made if not path.startswith(FOLDERS)] == []


def test_the_page_shows_the_commands_that_are_run_here() -> None:
    """A reader does what this test does."""
    (shown,) = re.findall(r"^```text\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert shown.splitlines() == COMMANDS


def test_nothing_else_had_to_be_touched(toy: Example) -> None:
    """Import contracts, lint, and the rules over all pages, features, steps, faults and migrations hold."""
    made = [path for path in toy.made if path.endswith(".py")]
    for command in (
        COMMANDS[1].split(),
        ["ruff", "check", "--no-cache", "--force-exclude", *made],
        ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", *RULES],
    ):
        done = toy.run(*command)
        assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-2_000:]


def test_it_is_proven_and_reported(toy: Example) -> None:
    """Its requirement is proven, and stands in the report in plain words; a plain run has it."""
    done = toy.run(*COMMANDS[2].split())
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-2_000:]
    requirement = _requirement(toy)
    assert requirement["verdict"] == "passed"
    report = (toy.folder / "reports" / "out" / "index.html").read_text(encoding="utf-8")
    assert requirement["words"]["en"] in report
    assert str(toy.folder / FEATURES) in paths_of_a_plain_run(toy.folder / "features")


def test_its_fault_turns_the_requirement_red(toy: Example) -> None:
    """The run fails with the requirement that the fault breaks."""
    done = toy.run(*COMMANDS[3].split())
    assert done.returncode == 1, done.stdout[-5_000:] + done.stderr[-2_000:]
    assert _requirement(toy)["verdict"] == "failed"


def test_its_fault_is_caught(toy: Example) -> None:
    """The proof finds the requirement green without the fault, and red with it."""
    done = toy.run(*COMMANDS[4].split())
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-2_000:]
    assert "1 of 1 faults caught" in done.stdout


def test_the_command_line_has_its_verb(toy: Example) -> None:
    """It counts in the database that it is given."""
    database = f"sqlite:///{toy.folder / 'counted.sqlite3'}"
    assert toy.run("reference-app", "db", "upgrade", DATABASE_URL=database).returncode == 0
    done = toy.run(*COMMANDS[5].split(), DATABASE_URL=database)
    assert (done.returncode, done.stdout, done.stderr) == (0, "0\n", "")


def test_the_description_has_its_route(toy: Example) -> None:
    """OpenAPI lists the operations, with the problem that one of them may end with."""
    done = toy.run("python", "-c", DESCRIBED)
    assert done.returncode == 0, done.stderr
    described = json.loads(done.stdout)["paths"]["/api/visits"]
    assert described.keys() == {"get", "post"}
    assert {"401", "409"} <= described["post"]["responses"].keys()


def test_the_pages_have_its_rows(toy: Example) -> None:
    """The problem, the setting, the tag and the parameter values are where the others are."""
    for page, row in {
        "docs/problems.md": "| `too-many-visits` | 409 |  | there are as many visits as are counted |",
        "docs/settings.md": "| `VISITS_MAX` | 1000000 |",
        "docs/tags.md": "| `@VI-1` | [visits.toml](requirements/visits.toml): visits |",
        "docs/images/layout.svg": ">visits<",
        ".vscode/settings.json": "the number of visits",
    }.items():
        assert row in (toy.folder / page).read_text(encoding="utf-8"), page


def test_a_change_of_it_chooses_its_features(toy: Example) -> None:
    """`make check` runs what belongs to the system, and of the other systems nothing."""
    changed = ["reference_app/visits/service.py", "fixtures/systems/visits/words.py", "steps/visits_steps.py"]
    assert choose(changed, toy.folder).features == (FEATURES,)


def _requirement(toy: Example) -> dict[str, Any]:
    """Return what the latest run says of the toy's requirement."""
    text = (toy.folder / "reports" / "out" / "results.json").read_text(encoding="utf-8")
    return next(dict(each) for each in json.loads(text)["requirements"] if each["id"] == "VI-1")
