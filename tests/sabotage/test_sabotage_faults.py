"""Every fault is whole: it finds its place in the code, and names requirements that are there."""

import inspect
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fixtures import requirements
from fixtures.sabotage import catalogue, proving
from fixtures.sabotage.fault import MARKS_VARIABLE, Fault, PatchPointGone
from fixtures.verdicts import UsageError

CATALOGUE = requirements.load(Path("docs/requirements"))
FAULTS_A_SYSTEM_MIN = 6

every_fault = pytest.mark.parametrize("name", catalogue.FAULTS)


class Victim:
    """What the faults of these tests break."""

    def greet(self, name: str) -> str:
        """Greet."""
        return f"hello {name}"

    @property
    def size(self) -> int:
        """One."""
        return 1

    @classmethod
    def kind(cls) -> str:
        """The class's name."""
        return cls.__name__


class Rudeness(Fault):
    """Greetings are rude.

    What follows is not what it breaks.
    """

    system = "lunar-returns"
    must_fail = ("LR-1",)


@every_fault
def test_every_patch_point_is_there(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault whose place is gone, or is called otherwise, is found here, and not in the middle of a proof."""
    places: list[Any] = []
    instead = Fault.instead

    def look(fault: Fault, owner: Any, attribute: str, broken: Any) -> None:
        found = inspect.getattr_static(owner, attribute)
        places.append(found)
        assert callable(broken)
        instead(fault, SimpleNamespace(**{attribute: found}), attribute, broken)

    monkeypatch.setattr(Fault, "instead", look)
    catalogue.find(name).install()
    assert places


@every_fault
def test_every_fault_names_requirements_of_its_system(name: str) -> None:
    """Whoever must fail belongs to the system whose scenarios are run, or it never could."""
    fault = catalogue.find(name)
    own = {each.id for each in CATALOGUE.requirements if each.system == fault.system}
    assert fault.must_fail
    assert own.issuperset({*fault.must_fail, *fault.may_fail})
    assert set() == {*fault.must_fail} & {*fault.may_fail}


@every_fault
def test_every_fault_says_what_it_breaks(name: str) -> None:
    """A product person reads the list: each fault is one sentence."""
    breaks = catalogue.find(name).breaks
    assert breaks.endswith(".")
    assert len(breaks) <= 120


def test_every_agreed_requirement_has_a_fault_that_it_must_notice() -> None:
    """A requirement that no fault can turn red may be a check that cannot fail."""
    agreed = [each.id for each in CATALOGUE.requirements if each.status == "agreed"]
    assert proving.uncovered(agreed) == []


@pytest.mark.parametrize("system", [each.system for each in CATALOGUE.systems])
def test_every_system_has_its_faults(system: str) -> None:
    """Every system starts with six faults at least."""
    mine = [name for name, kind in catalogue.FAULTS.items() if kind.system == system]
    assert len(mine) >= FAULTS_A_SYSTEM_MIN


def test_an_unknown_fault_is_refused_with_the_nearest() -> None:
    """A typing error is met with a guess."""
    with pytest.raises(UsageError, match="did you mean 'no-lock'"):
        catalogue.find("no-lok")


def test_a_fault_is_named_and_described_by_its_class() -> None:
    """Name and sentence come from the class, so they cannot part."""
    assert Rudeness().name == "rudeness"
    assert Rudeness().breaks == "Greetings are rude."


@pytest.fixture
def fault() -> Rudeness:
    return Rudeness()


@pytest.fixture
def victim(fault: Rudeness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A class of this test's own whose greetings are rude; marks lie in the test's folder."""
    monkeypatch.setenv(MARKS_VARIABLE, str(tmp_path))
    copy = type("Copy", (Victim,), dict(vars(Victim)))
    fault.instead(copy, "greet", lambda greet, self, name: greet(self, name).upper())
    return copy


def test_broken_calls_get_the_original_and_leave_a_mark(tmp_path: Path, fault: Rudeness, victim: Any) -> None:
    """Methods, properties and class methods can be broken; the mark comes with the first call, not before."""
    fault.instead(victim, "size", lambda size, self: size(self) + 1)
    fault.instead(victim, "kind", lambda kind, cls: f"no {kind(cls)}")
    assert list(tmp_path.iterdir()) == []
    assert victim().greet("Ada") == "HELLO ADA"
    assert victim().size == 2
    assert victim.kind() == "no Copy"
    assert [tmp_path / "rudeness"] == list(tmp_path.iterdir())


def test_what_the_harness_runs_itself_leaves_no_mark_and_takes_none_away(
    tmp_path: Path, fault: Rudeness, victim: Any
) -> None:
    """A template that a fault spoils is no server; and what another process of the run has reached stays told."""
    with fault.unnoticed():
        victim().greet("Ada")
    assert list(tmp_path.iterdir()) == []
    victim().greet("Ada")
    with fault.unnoticed():
        victim().greet("Ada")
    assert [tmp_path / "rudeness"] == list(tmp_path.iterdir())


def test_a_patch_point_that_is_gone_is_said() -> None:
    """A renamed function must not make a fault that does nothing."""
    with pytest.raises(PatchPointGone, match=r"rudeness: .* has no 'shout' any more"):
        Rudeness().instead(Victim, "shout", lambda *_: None)


@pytest.mark.parametrize(
    "broken",
    [lambda _greet, _self: "", lambda _greet, _self, _name, _loudly: "", lambda _greet, _self, *, name: name],
)
def test_a_patch_point_that_is_called_otherwise_is_said(broken: Any) -> None:
    """A function that takes something new must not make a fault that breaks down in place of what it breaks."""
    with pytest.raises(PatchPointGone, match="rudeness: greet takes other arguments now"):
        Rudeness().instead(Victim, "greet", broken)
