"""The circuit breaker: an upstream that fails again and again is left alone for a while.

*Closed*, it lets everything through and counts failures that show trouble, one after the other. At so many it is
*open*, and refuses at once. After `open_s` it is *half-open*: one try goes through as a probe, all others are still
refused; the probe closes it, or opens it again.

Each process has its own, which knows what this process has seen. Used from one event loop.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from reference_app.upstream.errors import UpstreamFailed, UpstreamResting

PROBE_WAIT_S: Final = 1.0
"""After how long it is worth asking again while a probe is under way."""


class Breaker:
    """The breaker of one upstream."""

    def __init__(
        self,
        failures_before_open: int,
        open_s: float,
        now_s: Callable[[], float],
        told: Callable[[bool], None] = lambda _is_open: None,
    ) -> None:
        """Be closed. `now_s` is a clock that nobody sets; `told` hears when it opens (True) and closes."""
        self._failures_before_open = failures_before_open
        self._open_s = open_s
        self._now_s = now_s
        self._told = told
        self._failures = 0
        self._opened_s: float | None = None
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether it refuses tries, other than a probe."""
        return self._opened_s is not None

    def refuse_if_open(self) -> None:
        """Raise `UpstreamResting` if no try would be let through now."""
        if self._opened_s is None:
            return
        left_s = self._opened_s + self._open_s - self._now_s()
        if left_s > 0 or self._probing:
            raise UpstreamResting(wait_s=max(left_s, PROBE_WAIT_S))

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Let the block try, and take note of how it ends.

        A block that is cancelled, or that fails for a reason of its own, says nothing of the upstream; if it was
        the probe, the next one is let through in its place.

        Raises:
            UpstreamResting: nothing is tried now.

        """
        self.refuse_if_open()
        is_probe = self._probing = self.is_open
        try:
            yield
        except UpstreamFailed as failed:
            self._note(is_probe=is_probe, trouble=failed.is_trouble)
            raise
        else:
            self._note(is_probe=is_probe, trouble=False)
        finally:
            if is_probe:
                self._probing = False

    def _note(self, *, is_probe: bool, trouble: bool) -> None:
        if self.is_open and not is_probe:
            return  # It began before the breaker opened, and is old news.
        self._failures = self._failures + 1 if trouble else 0
        if trouble and (is_probe or self._failures >= self._failures_before_open):
            self._opened_s = self._now_s()
            self._told(True)  # noqa: FBT003 - one value, named by what hears it
        elif is_probe:
            self._opened_s = None
            self._told(False)  # noqa: FBT003
