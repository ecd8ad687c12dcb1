"""`verdicts("articles")`, with which a profile ends: options, and the hooks into locust.

A profile is a plain locustfile. Without this last line it runs as any other, and nothing is judged.
"""

import ipaddress
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

import gevent
import locust
from locust.exception import StopTest
from locust.runners import MasterRunner, WorkerRunner

from load.engine import comparing, thresholds
from load.engine.judge import INCONCLUSIVE_CODE, WRONG_USAGE, Asked, Judge
from load.engine.live import show_at
from load.engine.running import COMING_S_MAX, Alone, Master, Worker

ROOT: Final = Path(__file__).resolve().parents[2]
LOOPBACK: Final = "127.0.0.1"
OPTIONS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("--allow-load", "load a server that is not on this machine", {"action": "store_true"}),
    ("--thresholds", "the file with the limits", {"default": str(ROOT / "load" / "thresholds.toml")}),
    ("--load-out", "the folder of the result", {"default": "reports/out/load"}),
    ("--baseline", "the .json of an earlier run: what got worse, and by how much", {"default": ""}),
    (
        "--ruler",
        "requests a second of a bare server under this generator, now",
        {"default": 0.0, "type": float},
    ),
)


def verdicts(profile: str | Callable[[Any], str]) -> None:
    """Have a run of this profile end with a verdict: the last line of a locustfile.

    Args:
        profile: the name of its limits in `load/thresholds.toml`, and of the files that are left; or what returns
            it from locust's options.

    """
    locust.events.init_command_line_parser.add_listener(_add_options)
    locust.events.init.add_listener(lambda environment, **_: _Run(profile, environment))
    locust.events.init.add_listener(start_the_clock)


def start_the_clock(**_: Any) -> None:
    """Have timers count from now on: locust's `-t` is else shorter by the time that its start took."""
    gevent.get_hub().loop.update_now()


def is_loopback(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Run:
    """One start of locust with a profile."""

    def __init__(self, profile: str | Callable[[Any], str], environment: Any) -> None:
        self._environment = environment
        self._refused = False
        events, options = environment.events, environment.parsed_options
        if isinstance(environment.runner, WorkerRunner):
            Worker(environment)
            return
        refusal = self._refusal()
        if refusal:
            _refuse(refusal)
        self.judge = Judge(_asked(profile if isinstance(profile, str) else profile(options), options))
        # First, so that a refused run starts nothing.
        events.test_start.add_listener(self._may_start)
        part = Master if isinstance(environment.runner, MasterRunner) else Alone
        self._part = part(environment, self._over)
        events.quitting.add_listener(self._quitting)
        events.quit.add_listener(self._quit)
        if environment.web_ui is not None:
            show_at(environment.web_ui, self.now)
        if isinstance(self._part, Master) and (options.headless or options.autostart):
            self._wait_for_workers(self._part)

    def now(self) -> tuple[dict[str, Any], bool]:
        """Return the result of the run that goes on, or of the one that ended last; and whether it goes on."""
        if self._part.is_on:
            self._part.collect()
            return self._result(), True
        return self.judge.result, False

    def _result(self) -> dict[str, Any]:
        part, runner = self._part, self._environment.runner
        return self.judge.of(
            part.merged,
            part.efforts(),
            part.doubts(),
            host=self._hosts(),
            users=runner.target_user_count,
            is_over=not part.is_on,
        )

    def _over(self) -> None:
        self.judge.ended(self._result(), self._part.merged)

    def _quitting(self, **_: Any) -> None:
        self._part.finish()
        self._environment.process_exit_code = WRONG_USAGE if self._refused else self.judge.exit_code

    def _quit(self, **_: Any) -> None:
        if not self._refused:
            self.judge.told()

    def _may_start(self, **_: Any) -> None:
        refusal = self._refusal()
        self._refused = bool(refusal)
        if refusal:
            raise StopTest(refusal)

    def _refusal(self) -> str:
        if self._environment.parsed_options.allow_load:
            return ""
        far = [host for host in self._hosts().split(", ") if host and not is_loopback(host)]
        return f"{far[0]} is not on this machine: a load on it needs --allow-load" if far else ""

    def _hosts(self) -> str:
        environment = self._environment
        hosts = [environment.host] if environment.host else [each.host for each in environment.user_classes]
        return ", ".join(dict.fromkeys(each for each in hosts if each))

    def _wait_for_workers(self, master: Master) -> None:
        options = self._environment.parsed_options
        seconds_max = options.expect_workers_max_wait or COMING_S_MAX
        if not master.wait_for_workers(seconds_max):
            came = len(self._environment.runner.clients.ready)
            print(
                f"verdict: inconclusive (exit {INCONCLUSIVE_CODE}): {came} of {options.expect_workers} workers came"
                f" within {seconds_max} s"
            )
            sys.stdout.flush()
            self._environment.runner.quit()
            sys.exit(INCONCLUSIVE_CODE)


def _asked(profile: str, options: Any) -> Asked:
    try:
        return Asked(
            profile,
            thresholds.load(Path(options.thresholds), profile),
            Path(options.load_out),
            options.ruler,
            comparing.read(Path(options.baseline), profile) if options.baseline else None,
        )
    except (thresholds.ThresholdsError, comparing.BaselineError) as error:
        _refuse(str(error))


def _refuse(why: str) -> NoReturn:
    print(f"load: {why}", file=sys.stderr)
    sys.stderr.flush()
    sys.exit(WRONG_USAGE)


def _add_options(parser: Any) -> None:
    # locust would be reached from every host.
    parser.set_defaults(web_host=LOOPBACK, master_bind_host=LOOPBACK)
    parser.error = _refuse
    for flag, help_text, more in OPTIONS:
        parser.add_argument(flag, help=help_text, include_in_web_ui=False, **more)
