"""What the tests of `-D jobs=N` run: sentences that break, wait and are killed, and scenarios of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.runner.conftest import Project

STEPS = """
@when("the {name} breaks")
def _(context, name):
    errors = {"generator": Inconclusive, "server": TargetNotReady, "scope": Inapplicable}
    raise errors[name](f"{name} says no")

@then("no variable tells of jobs")
def _(context): assert not [name for name in os.environ if name.startswith("TOUCHSTONE")]

def wait_for(pattern, number):
    import pathlib
    for _ in range(2_000):
        if len(list(pathlib.Path(".").glob(pattern))) >= number: return
        time.sleep(0.01)
    raise AssertionError(f"no {number} of {pattern}")

@when("I meet another")
def _(context):
    open(f"met-{os.getpid()}", "w").close()
    wait_for("met-*", 2)

@when("a process has ended")
def _(context): wait_for("ended-*", 1)

@when("the process is killed")
def _(context): os.kill(os.getpid(), signal.SIGKILL)

@when("I wait")
def _(context):
    open(f"waits-{os.getpid()}", "w").close()
    os.write(1, b"ready to be stopped\\n")
    # In short pieces, for Python sees a signal that comes just before a sleep only after it.
    for _ in range(12_000): time.sleep(0.05)
"""
PASSING = "".join(f"  Scenario: s{n}\n    Then it answers\n" for n in range(4))
ENDED = "import os\ndef after_all(context): open(f'ended-{os.getpid()}', 'w').close()\n"


def shared(project: Project, scenarios: str = PASSING) -> Project:
    """Give the project the sentences, and one feature of these scenarios."""
    project.steps(STEPS)
    project.scenarios(scenarios)
    return project
