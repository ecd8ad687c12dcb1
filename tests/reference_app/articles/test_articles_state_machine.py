"""Any sequence of commands, snapshots, stops, faults and power cuts, against a plain model (AR-9, AR-16, AR-18).

The model is a list of events and nothing else: what the log holds at any moment is a beginning of it that ends with
a command, and that has all that was acknowledged.
"""

import errno
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reference_app.articles.log.errors import LogFull, LogOutcomeUnknown, LogPoisoned
from reference_app.articles.log.record import Record, decode
from reference_app.articles.log.sealing import Decide
from reference_app.articles.log.storage import LOG
from tests.reference_app.articles.crash_session import Session
from tests.reference_app.articles.fake_disk import FakeDisk
from tests.reference_app.articles.power_cut import CrashState, crash_states
from tests.reference_app.articles.toy import Missing, ToyView, change, create, delete, outcomes, run

SAMPLES: Final = 3
FREE_BYTES_MAX: Final = 800
"""More than a few events take: some groups find room, some do not."""

Happened = tuple[str, str, Any]
"""An event as the model knows it: type, number, value."""


@dataclass(frozen=True)
class Command:
    """Something a client asks for."""

    kind: str
    which: int
    """How many are created, or which of those ever created is meant."""


class Model:
    """What has been acknowledged, command by command."""

    def __init__(self) -> None:
        self.commands: list[list[Happened]] = []

    def values(self) -> dict[str, Any]:
        """Return what all of it adds up to."""
        values: dict[str, Any] = {}
        for kind, key, value in self.events():
            values[key] = value
            if kind == "Deleted":
                del values[key]
        return values

    def events(self) -> list[Happened]:
        """Return all events, in order."""
        return [event for command in self.commands for event in command]

    def created(self) -> int:
        """Return how many were ever created."""
        return sum(kind == "Created" for kind, _, _ in self.events())

    def take(self, command: Command, value: int) -> list[Happened] | None:
        """Do what a command says; return its events, or None when it is to be refused."""
        events = self._events_of(command, value)
        if events is not None:
            self.commands.append(events)
        return events

    def keep(self, count: int) -> None:
        """Forget all events but the first `count`, which must end with a command."""
        while len(self.events()) > count:
            self.commands.pop()
        assert len(self.events()) == count, "a batch is there in part"

    def _events_of(self, command: Command, value: int) -> list[Happened] | None:
        if command.kind == "Created":
            return [("Created", str(self.created() + n), value) for n in range(command.which)]
        key = str(command.which)
        if key not in self.values():
            return None
        return [(command.kind, key, None if command.kind == "Deleted" else value)]


COMMANDS: Final = st.lists(
    st.one_of(
        st.builds(Command, st.just("Created"), st.integers(1, 3)),
        st.builds(Command, st.sampled_from(["Changed", "Deleted"]), st.integers(0, 6)),
    ),
    min_size=1,
    max_size=4,
)


class LogMachine(RuleBasedStateMachine):
    """One server on one disk, and what it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session(FakeDisk())
        self.start_image: dict[str, bytes] = {}
        self.model = Model()
        self.value = 0

    @rule(commands=COMMANDS)
    def ask(self, commands: list[Command]) -> None:
        """Commands that come together are all acknowledged, or refused as the model says."""
        for answer, expected in zip(*self._ask(commands), strict=True):
            if expected is None:
                assert isinstance(answer, Missing)
            else:
                assert isinstance(answer, list)
                assert [happened(record) for record in answer] == expected

    @rule(commands=COMMANDS, free=st.integers(0, FREE_BYTES_MAX))
    def ask_with_little_room(self, commands: list[Command], free: int) -> None:
        """Commands that come together are all kept, or all told that there is no room and all gone."""
        before = len(self.model.commands)
        used = sum(len(self.session.disk.file(name)) for name in self.session.disk._names)
        self.session.disk.bytes_max = used + free
        answers, _ = self._ask(commands)
        self.session.disk.heal()
        if any(isinstance(answer, LogFull) for answer in answers):
            assert {type(answer) for answer in answers} == {LogFull}
            del self.model.commands[before:]

    @rule(commands=COMMANDS, seed=st.integers(0, 2**16))
    def ask_and_cut_the_power(self, commands: list[Command], seed: int) -> None:
        """Wherever the power is cut, a beginning is left that has all that was acknowledged until then."""
        acknowledged = len(self.model.events())
        begin = len(self.session.disk.journal)
        answers, _ = self._ask(commands, note=True)
        assert not any(isinstance(answer, LogFull) for answer in answers)
        states = [state for state in self._states(seed) if state.calls >= begin]
        self._start_on(Random(seed).choice(states), acknowledged)  # noqa: S311

    @rule(commands=COMMANDS, seed=st.integers(0, 2**16))
    def ask_and_fail_to_sync(self, commands: list[Command], seed: int) -> None:
        """After a failed sync nothing is acknowledged; a start finds a beginning, with or without what failed."""
        acknowledged = len(self.model.events())
        syncs = self.session.disk.calls["fdatasync"]
        self.session.disk.fail("fdatasync", errno.EIO)
        answers, expected = self._ask(commands, note=True)
        self.session.disk.heal()
        if any(expected):
            assert {type(answer) for answer in answers} == {LogOutcomeUnknown}
            assert self.session.disk.calls["fdatasync"] == syncs + 1
            later, _ = self._ask([Command("Created", 1)])
            assert isinstance(later[0], LogPoisoned)
            self.model.commands.pop()
        self._start_on(self._states(seed)[-1], acknowledged)

    @rule()
    def snapshot(self) -> None:
        """A snapshot changes nothing that can be seen."""
        if self.model.commands:
            run(self.session.snapshot())

    @rule()
    def restart(self) -> None:
        """After a clean stop all is there."""
        run(self.session.stop())
        self.session.start()

    @rule()
    def kill(self) -> None:
        """After the process's death all is there: what was written stays written."""
        self.session.start()

    @rule(seconds=st.integers(-7200, 7200))
    def set_the_clock(self, seconds: int) -> None:
        """The order of events is the log's, whatever the clock says; a start checks that time rises."""
        self.session.clock.move(seconds)

    @invariant()
    def state_and_log_are_the_model(self) -> None:
        """State, log and head say what the model says."""
        records = [decode(line) for line in self.session.disk.file(LOG).splitlines()]
        assert [happened(record) for record in records] == self.model.events()
        assert self.session.state.values == self.model.values()
        assert self.session.writer.head.seq == len(records) - 1

    def _ask(
        self, commands: list[Command], *, note: bool = False
    ) -> tuple[list[list[Record] | BaseException], list[list[Happened] | None]]:
        """Ask for all at once; return the answers, and what the model says."""
        decisions, expected = [], []
        for command in commands:
            self.value += 1
            decisions.append(decision(command, self.value))
            expected.append(self.model.take(command, self.value))

        async def ask(decide: Decide[ToyView]) -> list[Record]:
            records = await self.session.writer.do(decide)
            if note:
                self.session.disk.note(len(records))
            return records

        async def ask_all() -> list[list[Record] | BaseException]:
            return await outcomes(*(ask(decide) for decide in decisions))

        return run(ask_all()), expected

    def _states(self, seed: int) -> list[CrashState]:
        journal = self.session.disk.journal
        return list(crash_states(journal, seed=seed, samples=SAMPLES, start=self.start_image))

    def _start_on(self, state: CrashState, acknowledged: int) -> None:
        acknowledged += sum(note for note in state.notes if isinstance(note, int))
        self.session = Session(FakeDisk(state.image))
        self.start_image = state.image
        count = self.session.writer.head.seq + 1
        assert count >= acknowledged
        self.model.keep(count)


def happened(record: Record) -> Happened:
    """Return an event as the model knows it."""
    return (record.type, record.entity_id, record.data)


def decision(command: Command, value: int) -> Decide[ToyView]:
    """Return how the writer is asked for what the model is asked for."""
    key = str(command.which)
    match command.kind:
        case "Created":
            return create(*[value] * command.which)
        case "Changed":
            return change(key, value)
        case _:
            return delete(key)


TestLogMachine = LogMachine.TestCase
TestLogMachine.settings = settings(
    max_examples=200,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
