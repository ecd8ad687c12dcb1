"""The cases of a profile: who sends, how many of them, and for how long unless somebody says otherwise.

A profile has several, as the requirements of a system have several loads: `locust -f load/articles.py --case readers`.
Of the classes of users in the file only those of the case send, in the proportion that it has; `--users`, `--spawn-rate`
and `--run-time` are the case's unless they are given. What the users need is made before they begin, in each process that
sends, and removed when they have stopped.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from locust import events
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from load.errands import Errands
from load.senders.sender import Sender

TOKEN: Final = "LOAD_TOKEN"  # noqa: S105 - the name of a variable
ADMIN_TOKEN: Final = "LOAD_ADMIN_TOKEN"  # noqa: S105 - the name of a variable


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

    def make(self, environment: Environment) -> None:
        """Make what the classes need. Raises ErrandFailed, and then removes what was made by then."""
        assert environment.host, "a load has a host before it starts"
        self.errands = Errands(
            environment.host, os.environ.get(TOKEN, ""), os.environ.get(ADMIN_TOKEN, "")
        )
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
    """Have locust run one of these cases: the one that `--case` names, else the usual one.

    `name` is the profile's, in thresholds.toml and in the names of files.
    """
    prepared = Prepared()

    @events.init_command_line_parser.add_listener
    def _options(parser: Any) -> None:
        told = "; ".join(f"{each}: {case.about}" for each, case in cases.items())
        parser.add_argument("--case", choices=list(cases), default=usual, help=f"Which load. {told}")
        parser.add_argument(
            "--keep",
            action="store_true",
            help="Leave on the server what was made for the load.",
            include_in_web_ui=False,
        )

    @events.init.add_listener
    def _chosen(environment: Environment, **_more: Any) -> None:
        options = environment.parsed_options
        assert options is not None, "locust was started by its command"
        case = cases[options.case]
        prepared.keeps = options.keep
        prepared.classes = list(case.users)
        _narrow(environment, case)
        if options.headless and not isinstance(environment.runner, MasterRunner | WorkerRunner):
            # The time of a headless run begins right after this; elsewhere it is only known later who is asked.
            prepared.make(environment)

    @events.test_start.add_listener
    def _made(environment: Environment, **_more: Any) -> None:
        if prepared.errands is None and not isinstance(environment.runner, MasterRunner):
            prepared.make(environment)

    @events.test_stop.add_listener
    def _cleaned(**_more: Any) -> None:
        prepared.clean()

    @events.quit.add_listener
    def _quit(**_more: Any) -> None:
        prepared.clean()


def _narrow(environment: Environment, case: Case) -> None:
    """Leave only the users of the case, in its proportion, and as many and as long unless that was said."""
    environment.user_classes[:] = list(case.users)
    for each, count in case.users.items():
        each.weight = count
    options = environment.parsed_options
    options.num_users = options.num_users or case.count
    options.spawn_rate = options.spawn_rate or options.num_users
    if options.headless:
        options.run_time = options.run_time or case.seconds
