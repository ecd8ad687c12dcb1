"""The cases of a profile: who sends, how many of them, and for how long unless somebody says otherwise.

A profile has several, as the requirements of a system have several loads: `locust -f load/articles.py --case
readers`. Of the classes of users in the file only those of the case send, in the proportion that it has; `--users`,
`--spawn-rate` and `--run-time` are the case's unless they are given. What the users need is made before they begin,
in each process that sends, and removed when they have stopped.
"""

import os
import sys
import time
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import gevent
from locust import events
from locust.env import Environment
from locust.runners import STATE_STOPPED, STATE_STOPPING, MasterRunner, Runner, WorkerRunner

from load.engine.judge import WRONG_USAGE
from load.engine.registering import verdicts
from load.errands import ErrandFailed, Errands
from load.senders.sender import Sender

TOKEN: Final = "LOAD_TOKEN"  # noqa: S105 - the name of a variable
ADMIN_TOKEN: Final = "LOAD_ADMIN_TOKEN"  # noqa: S105 - the name of a variable
NOT_READY: Final = 4
"""As everywhere, a server that cannot be reached or used."""
STOP_S_MAX: Final = 5.0
"""How long users may take to finish what they have begun."""
A_MOMENT_S: Final = 0.05
GOODBYE_S: Final = 0.5
MAKE_S_MAX: Final = 120
"""How long it may take to make what is needed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One load.

    Args:
        about: what it is, in a line of `--help`.
        users: how many of each class.
        seconds: how long it takes.

    """

    about: str
    users: Mapping[type[Sender], int]
    seconds: int = 10

    @property
    def count(self) -> int:
        """How many send."""
        return sum(self.users.values())


@dataclass
class Prepared:
    """What was made for the load under way in this process."""

    errands: Errands | None = None
    keeps: bool = False
    classes: list[type[Sender]] = field(default_factory=list)

    def before(self, environment: Environment, **_more: Any) -> None:
        """Make what is needed, unless it is there or others do so; where that fails, end this process."""
        if self.errands is not None or isinstance(environment.runner, MasterRunner):
            return
        if not environment.host:
            _end(environment, "which server? give its address: --host URL", WRONG_USAGE)
        try:
            self.make(environment)
        except ErrandFailed as error:
            _end(environment, str(error), NOT_READY)

    def after(self, **_more: Any) -> None:
        """Remove it."""
        self.clean()

    def make(self, environment: Environment) -> None:
        """Make what the classes need. Raises ErrandFailed, and then removes what was made by then."""
        assert environment.host, "without a host nothing is made"
        self.errands = Errands(environment.host, os.environ.get(TOKEN, ""), os.environ.get(ADMIN_TOKEN, ""))
        try:
            for each in self.classes:
                each.prepare(self.errands)
                each.errands = self.errands
        except BaseException:
            self.clean()
            raise

    def clean(self) -> None:
        """Remove what was made; harmless when that is done."""
        if self.errands and not self.keeps:
            self.errands.clean()
        self.errands = None


def profile(name: str, cases: Mapping[str, Case], *, usual: str) -> None:
    """Have locust run one of these cases, and end with a verdict: the one that `--case` names, else the usual one.

    `name` is the profile's; in thresholds.toml, and in the names of files, the case's follows it.
    """
    prepared = Prepared()

    def options(parser: Any) -> None:
        told = "; ".join(f"{each}: {case.about}" for each, case in cases.items())
        parser.add_argument("--case", choices=list(cases), default=usual, help=f"Which load. {told}")
        parser.add_argument(
            "--other-host",
            action="append",
            default=[],
            help="Another server of the same database; users ask them in turn. May be given again.",
            include_in_web_ui=False,
        )
        parser.add_argument(
            "--keep",
            action="store_true",
            help="Leave on the server what was made for the load.",
            include_in_web_ui=False,
        )

    events.init_command_line_parser.add_listener(options)
    # What is registered first is called first: a load that is refused makes nothing.
    verdicts(lambda said: f"{name}-{said.case}")

    def chosen(environment: Environment, **_more: Any) -> None:
        said = _options_of(environment)
        case = cases[said.case]
        prepared.keeps = said.keep
        prepared.classes = list(case.users)
        _narrow(environment, case)
        # Here, so that it is called after what refuses a load.
        events.test_start.add_listener(prepared.before)
        if not isinstance(environment.runner, WorkerRunner):
            _time_without_making(environment, said.run_time or case.seconds)

    events.init.add_listener(chosen)
    # Before a worker hands over its last figures: its master waits for them, and then ends it.
    events.test_stop.add_listener(prepared.after)
    events.quit.add_listener(prepared.after)


def _narrow(environment: Environment, case: Case) -> None:
    """Leave only the users of the case, in its proportion, and as many and as long unless that was said."""
    environment.user_classes[:] = list(case.users)
    for each, count in case.users.items():
        each.weight = count
    # Making what is needed is none of the run, and users that stop finish what they have begun.
    environment.reset_stats = True
    environment.stop_timeout = environment.stop_timeout or STOP_S_MAX
    options = _options_of(environment)
    options.num_users = options.num_users or case.count
    options.spawn_rate = options.spawn_rate or options.num_users


def _time_without_making(environment: Environment, seconds: int) -> None:
    """Have a run begin when all its users are there; a headless one ends so many seconds later.

    Locust counts from when making begins, and its master does not wait for workers that still make something.
    """
    runner, options = environment.runner, _options_of(environment)
    assert runner is not None, "locust has a runner by now"
    if options.headless:
        options.run_time = seconds + MAKE_S_MAX

    def time_it() -> None:
        is_going_on = _all_are_there(runner)
        if is_going_on and isinstance(runner, MasterRunner):
            environment.events.reset_stats.fire()
        if options.headless:
            gevent.sleep(seconds if is_going_on else 0)
            runner.quit()

    events.test_start.add_listener(lambda **_more: gevent.spawn(time_it))


def _all_are_there(runner: Runner) -> bool:
    """Wait until all users are there, for a time; return False where the run was over before, its workers gone."""
    until_s = time.monotonic() + MAKE_S_MAX
    while runner.user_count < max(1, runner.target_user_count) and time.monotonic() < until_s:
        if runner.state in {STATE_STOPPING, STATE_STOPPED}:
            return False
        gevent.sleep(A_MOMENT_S)
    return True


def _end(environment: Environment, why: str, code: int) -> NoReturn:
    """End this process at once: in a listener of locust's an error would be logged, and the load would go on."""
    print(f"load: {why}", file=sys.stderr, flush=True)
    if isinstance(environment.runner, WorkerRunner):
        # It tells its master, which would wait for it otherwise.
        environment.events.quitting.fire(environment=environment)
        gevent.sleep(GOODBYE_S)
    os._exit(code)


def _options_of(environment: Environment) -> Namespace:
    assert environment.parsed_options is not None, "locust was started by its command"
    options: Namespace = environment.parsed_options
    return options
