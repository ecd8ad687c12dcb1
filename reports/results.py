"""The content of a `results.json` as typed, frozen values; `docs/results.md` describes the fields.

They hold what the run found and judge nothing. `reports.loading` reads them from a file.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from fixtures.histories.operations import History

DURATION_S_MAX = 10**9

VerdictName = Literal["passed", "failed", "inconclusive", "inapplicable", "untested"]
VERDICTS: tuple[VerdictName, ...] = ("passed", "failed", "inconclusive", "inapplicable", "untested")
TRIED: tuple[VerdictName, ...] = ("passed", "failed", "inconclusive")
"""The verdicts of what was executed."""

StandingName = Literal[
    "proven", "partly proven", "failed", "inconclusive", "inapplicable", "untested", "planned"
]
Why = Literal["untested", "inconclusive", "inapplicable", "tags", "names", "paths", "rerun", "shard"]

Outcome = Literal["caught", "missed", "collateral", "not_reached", "not_booted", "inconclusive"]

Seconds = Annotated[float, Meta(ge=0, le=DURATION_S_MAX)]
Cell = str | int | float | bool | None
NonEmpty = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]


class Words(Struct, frozen=True):
    """One text in both languages."""

    en: str
    fr: str = ""


class System(Struct, frozen=True):
    """A system under test, by the name of its folder with dashes."""

    system: str
    title: Words


class LeftOut(Struct, frozen=True):
    """A scenario that was not executed, or proved nothing and was passed over, and why; the detail may be empty."""

    id: str
    name: str
    why: Why
    reason: str = ""
    language: str = "en"
    place: str = ""
    """Where it is missing, in the merged results of several places, as `inprocess · sqlite`."""


class Requirement(Struct, frozen=True):
    """A promise, and the ids of the scenarios that speak of it.

    `passed` of the `total` scenarios that stand in the suite passed; `standing` says whether that proves it.
    """

    id: NonEmpty
    system: str
    level: Literal["MUST", "SHOULD"]
    status: str
    words: Words
    verdict: VerdictName
    source: str = ""
    scenarios: tuple[str, ...] = ()
    standing: StandingName | None = None
    """Never None once it is loaded."""
    total: Annotated[int, Meta(ge=0)] = 0
    passed: Annotated[int, Meta(ge=0)] = 0
    left_out: tuple[LeftOut, ...] = ()


class Step(Struct, frozen=True):
    """One sentence of a scenario; `table` has the headings first."""

    keyword: str
    text: str
    verdict: VerdictName
    duration_s: Seconds = 0.0
    table: tuple[tuple[str, ...], ...] = ()


class Failure(Struct, frozen=True):
    """Where a scenario stopped and why; the trace is empty for a failed assertion."""

    where: str
    message: str
    trace: str = ""


class Measures(Struct, frozen=True):
    """A measured table in one language."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Evidence(Measures, frozen=True):
    """A measured table in English, and in French where that is known."""

    french: Measures | None = None


class Request(Struct, frozen=True):
    """What was sent."""

    method: str
    url: str
    headers: dict[str, str] = {}
    body: Any = None


class Response(Struct, frozen=True):
    """What came back."""

    status: int
    headers: dict[str, str] = {}
    body: Any = None


class Exchange(Struct, frozen=True):
    """One request of a failed scenario, with its answer when there was one."""

    request: Request
    response: Response | None = None
    client: str = ""
    elapsed_s: Seconds | None = None
    request_id: str | None = None


class Scenario(Struct, frozen=True):
    """One scenario as it ran, or why it did not."""

    id: NonEmpty
    file: NonEmpty
    line: int
    system: str
    feature: str
    name: str
    verdict: VerdictName
    language: str = "en"
    rule: str = ""
    feature_description: str = ""
    rule_description: str = ""
    tags: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    axes: dict[str, Cell] = {}
    reason: str = ""
    started_at: str = ""
    duration_s: Seconds = 0.0
    steps: tuple[Step, ...] = ()
    failure: Failure | None = None
    excused: bool = False
    evidence: tuple[Evidence, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    server_log: tuple[str, ...] = ()
    history: History | None = None
    rerun: str = ""
    folder: str | None = None

    @property
    def asserted(self) -> bool:
        """Whether the scenario failed by an assertion in a step, not by an exception, a hook or clean-up."""
        failure = self.failure
        if self.verdict != "failed" or failure is None or failure.trace:
            return False
        return any(step.verdict == "failed" and failure.where.endswith(step.text) for step in self.steps)


class RunError(Struct, frozen=True):
    """What went wrong outside scenarios."""

    where: str
    message: str


class Catch(Struct, frozen=True):
    """A scenario that noticed a fault, and what it said."""

    requirement: str
    scenario: str
    message: str


class Fault(Struct, frozen=True):
    """One way in which the server was broken on purpose, and what came of it, by requirement."""

    name: NonEmpty
    system: str
    breaks: str
    outcome: Outcome
    seen: str = ""
    must_fail: tuple[str, ...] = ()
    may_fail: tuple[str, ...] = ()
    why: str = ""
    requirements: dict[str, VerdictName] = {}
    duration_s: Seconds = 0.0
    caught_by: tuple[Catch, ...] = ()


class Sabotage(Struct, frozen=True):
    """The latest proof that the suite can fail."""

    made_at: str
    duration_s: Seconds
    command: str
    verdict: Literal["passed", "failed", "inconclusive"]
    faults: tuple[Fault, ...]


class Mutants(Struct, frozen=True):
    """How many mutants of a system became what; those that no scenario noticed were run, or not even reached."""

    system: str
    killed: Count
    survived: Count
    not_reached: Count
    equivalent: Count

    @property
    def share(self) -> float | None:
        """The share that was killed, equivalents apart; None where there is none."""
        counted = self.killed + self.survived + self.not_reached
        return self.killed / counted if counted else None


class Survivor(Struct, frozen=True):
    """A change of the app that no scenario noticed."""

    system: str
    file: str
    line: int
    kind: str
    before: str
    after: str
    outcome: Literal["survived", "not reached"]
    function: str = ""


class Survey(Struct, frozen=True):
    """The latest survey of mutants; `size` is how many of each system were taken, 0 for all."""

    made_at: str
    seed: int
    size: Count
    aim: Annotated[float, Meta(ge=0, le=1)]
    systems: tuple[Mutants, ...]
    survivors: tuple[Survivor, ...]


class Deviation(Struct, frozen=True):
    """A requirement that the server is known not to keep, why, and the day until which that is accepted."""

    requirement: str
    reason: str
    expires: str


class Left(Struct, frozen=True):
    """What a run made on somebody else's server and could not remove: counts by kind, the first few by name."""

    counts: dict[str, int] = {}
    named: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


class Results(Struct, frozen=True):
    """A whole run; `counts` agrees with `scenarios`, and a verdict it lacks counts none."""

    project: str
    version: str
    started_at: str
    duration_s: Seconds
    command: str
    selection: Literal["all", "some", "shard"]
    settings: dict[str, Any]
    verdict: Literal["passed", "failed", "inconclusive", "untested"]
    exit_code: int
    errors: tuple[RunError, ...]
    counts: dict[VerdictName, int]
    systems: tuple[System, ...]
    requirements: tuple[Requirement, ...]
    scenarios: tuple[Scenario, ...]
    last_whole_run: str = ""
    left_behind: Left = Left()
    sabotage: Sabotage | None = None
    mutants: Survey | None = None
    deviations: tuple[Deviation, ...] = ()
