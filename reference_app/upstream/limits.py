"""The bounds of asking one upstream. Every wait, number and size has one here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long, how often and how much one upstream is asked, by one process."""

    deadline_s: float = 10.0
    """A call ends within this, whatever it is doing: waiting for a place, in its last try, between tries."""
    tries: int = 3
    """How often a call is tried at most; only a failure that may pass is tried again."""
    try_s: float | None = None
    """How long one try may take; None for what is left of the deadline. With it, a try that hangs leaves time for
    the next, and an upstream that is paid by the call is paid for both.
    """
    back_off_s: float = 0.2
    """The wait before the second try, which doubles before each further one; at random, up to as much is added."""
    back_off_s_max: float = 5.0
    calls_max: int = 8
    """Calls at once, those between two tries included."""
    waiting_max: int = 64
    """Calls that wait for one of these places; one more is refused at once."""
    answer_bytes_max: int = 4_194_304
    """An answer's body, as sent and as unpacked; more is malformed."""
    failures_before_open: int = 5
    """So many failures that show trouble, one after the other, open the breaker."""
    open_s: float = 10.0
    """How long an open breaker refuses calls before it lets one through as a probe."""
