"""Lays out a history as a timeline: a row a client, a bar an operation, the first that should not be marked.

The layout is plain numbers for the template. It shows at most ROWS_MAX rows and says how many it leaves out;
the row of the marked operation is always among them. The mark is where the history's own checker finds the first
offence; the verdict of the scenario is not touched by it. Where the checker looks for an order, a line joins the
operations of the longest one, and of a long history only the end of that order is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from fixtures.histories.judgement import Judgement
from fixtures.histories.judging import judge_history
from fixtures.histories.operations import History, HistoryError, Operation, who
from fixtures.histories.single_flight import GENERATION
from reports import order_line
from reports.text import shorten

ROWS_MAX: Final = 60
WIDTH: Final = 760.0
LABEL_WIDTH: Final = 150.0
TRACK_WIDTH: Final = WIDTH - LABEL_WIDTH - 20.0
ROW_HEIGHT: Final = 20.0
BAR_MIDDLE: Final = 9.5
"""From the top of a row."""
TOP: Final = 26.0
BAR_WIDTH_MIN: Final = 2.0
MARK_WIDTH: Final = 170.0
LABEL_CHARACTERS_MAX: Final = 22
ANSWER_CHARACTERS_MAX: Final = 80
TICKS: Final = 4


@dataclass(frozen=True)
class Bar:
    """One operation, in units of the drawing; `words` are what it was and what came of it."""

    left: float
    width: float
    state: str
    """`ok`, `refused`, `open` or `generation`."""
    marked: bool
    words: str
    at: float | None = None
    """Where it takes place in the order; None where there is none, or where it is not in it."""
    place: int = 0
    """Which one of the order it is, from 1 on."""

    @property
    def mark_side(self) -> str:
        """Where a mark's words have room: `after` the bar, `inside` it, or `before` it."""
        if self.left + self.width + MARK_WIDTH <= WIDTH:
            return "after"
        return "inside" if self.width >= MARK_WIDTH else "before"


@dataclass(frozen=True)
class Row:
    """One client, its label no longer than there is room for."""

    top: float
    label: str
    bars: tuple[Bar, ...]

    @property
    def marked(self) -> bool:
        """Whether the first offending operation is in this row."""
        return any(bar.marked for bar in self.bars)


@dataclass(frozen=True)
class Timeline:
    """The whole drawing: its rows, its height, the ticks of its axis (place, words), and what it leaves out."""

    rows: tuple[Row, ...]
    height: float
    ticks: tuple[tuple[float, str], ...]
    left_out: int
    not_drawn: int
    """Operations that are left out: before the end of an order, or of other keys."""
    operations: int
    clients: int
    unanswered: int
    message: str
    """What the checker says of the history."""
    is_marked: bool
    is_ordered: bool
    """Whether the mark is on what cannot follow an order."""

    @property
    def order(self) -> tuple[tuple[float, float], ...]:
        """The points of the line that joins the operations of the order, as far as they are shown."""
        points = [
            (bar.at, row.top + BAR_MIDDLE, bar.place)
            for row in self.rows
            for bar in row.bars
            if bar.at is not None
        ]
        return tuple((x, y) for x, y, _ in sorted(points, key=lambda point: point[2]))


def draw(history: History | None) -> Timeline | None:
    """Return the layout of a history; None where there is nothing to draw."""
    if history is None or not history.operations:
        return None
    judgement = _judgement(history)
    drawn = order_line.drawn(history, judgement)
    operations = [history.operations[number] for number in drawn]
    clients = _clients(history.operations, drawn)
    shown = _shown(clients, judgement.first)
    start_s = min(each.invoked_s for each in operations)
    # A history of one instant still needs a width to be divided by.
    length_s = max(max(each.completed_s or each.invoked_s for each in operations) - start_s, 0.001)
    alike = _begin_alike(clients)
    scale = _Scale(history, judgement, order_line.moments(history, judgement), start_s, length_s)
    rows = tuple(
        Row(TOP + ROW_HEIGHT * number, _label(client, alike), tuple(map(scale.bar, clients[client])))
        for number, client in enumerate(shown)
    )
    return Timeline(
        rows=rows,
        height=TOP + ROW_HEIGHT * len(rows) + 8,
        ticks=tuple(_tick(number, length_s) for number in range(TICKS + 1)),
        left_out=len(clients) - len(shown),
        not_drawn=len(history.operations) - len(drawn),
        operations=len(history.operations),
        clients=len({who(each) for each in history.operations}),
        unanswered=sum(each.is_open for each in history.operations),
        message=judgement.message,
        is_marked=judgement.first is not None,
        is_ordered=bool(judgement.order),
    )


def _judgement(history: History) -> Judgement:
    try:
        return judge_history(history)
    except HistoryError as error:
        return Judgement("unknown", str(error))


def _clients(operations: tuple[Operation, ...], drawn: Sequence[int]) -> dict[str, list[int]]:
    """Return the indices of each client's operations that are drawn.

    Generations stand first, then clients as they began to ask.
    """

    def order(number: int) -> tuple[bool, float]:
        return operations[number].kind != GENERATION, operations[number].invoked_s

    clients: dict[str, list[int]] = {}
    for number in sorted(drawn, key=order):
        clients.setdefault(who(operations[number]), []).append(number)
    return clients


def _shown(clients: dict[str, list[int]], first: int | None) -> list[str]:
    shown = list(clients)[:ROWS_MAX]
    marked = next((client for client, numbers in clients.items() if first in numbers), None)
    if marked is not None and marked not in shown:
        shown[-1] = marked
    return shown


@dataclass(frozen=True)
class _Scale:
    """What turns an operation into a bar."""

    history: History
    judgement: Judgement
    moments: Mapping[int, tuple[int, float]]
    start_s: float
    length_s: float

    def bar(self, number: int) -> Bar:
        operation = self.history.operations[number]
        left = self._along(operation.invoked_s)
        ended_s = operation.completed_s
        right = TRACK_WIDTH if ended_s is None else self._along(ended_s)
        # A bar at the very end would have no width to be seen by.
        width = max(right - left, BAR_WIDTH_MIN)
        left = LABEL_WIDTH + min(left, TRACK_WIDTH - width)
        marked, words = number == self.judgement.first, _words(operation)
        if number not in self.moments:
            return Bar(left, width, _state(operation), marked, words)
        place, moment_s = self.moments[number]
        return Bar(left, width, _state(operation), marked, words, LABEL_WIDTH + self._along(moment_s), place)

    def _along(self, moment_s: float) -> float:
        return min((moment_s - self.start_s) / self.length_s, 1.0) * TRACK_WIDTH


def _state(operation: Operation) -> str:
    if operation.is_open:
        return "open"
    if not operation.ok:
        return "refused"
    return GENERATION if operation.kind == GENERATION else "ok"


def _words(operation: Operation) -> str:
    asked = f"{who(operation)}: {operation.kind} {operation.key}"
    if operation.completed_s is None:
        return f"{asked}, no answer"
    took_ms = (operation.completed_s - operation.invoked_s) * 1000
    answer = "" if operation.answer is None else f", {shorten(str(operation.answer), ANSWER_CHARACTERS_MAX)}"
    return f"{asked}, {took_ms:.0f} ms{answer}"


def _label(client: str, begins_alike: int) -> str:
    # The end tells clients apart: ids of requests begin alike.
    name = client[begins_alike:]
    return name if len(name) <= LABEL_CHARACTERS_MAX else f"…{name[1 - LABEL_CHARACTERS_MAX :]}"


def _begin_alike(clients: Iterable[str]) -> int:
    """Return how many characters all names begin with, whole parts of ids only; 0 where all names have room."""
    names = list(clients)
    if max(map(len, names)) <= LABEL_CHARACTERS_MAX or len(names) == 1:
        return 0
    alike = sum(1 for _ in takewhile(lambda each: len(set(each)) == 1, zip(*names, strict=False)))
    return names[0][:alike].rfind("-") + 1


def _tick(number: int, length_s: float) -> tuple[float, str]:
    return LABEL_WIDTH + TRACK_WIDTH * number / TICKS, f"{length_s * 1000 * number / TICKS:,.0f} ms"
