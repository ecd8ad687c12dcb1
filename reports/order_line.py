"""Where the operations of an order stand in time, and which of a long history are drawn around its end.

Each operation of an order takes place at some instant between its invocation and its answer: the earliest that the
order leaves it. Pure; what is drawn of them is `timeline`'s.
"""

from math import inf
from typing import Final

from fixtures.histories.judgement import Judgement
from fixtures.histories.operations import History

DRAWN_MAX: Final = 100
"""Operations that can be told apart in one drawing."""
DRAWN_MIN: Final = 12
"""Operations that are drawn in any case, however long nothing happened between them."""


def drawn(history: History, judgement: Judgement) -> list[int]:
    """Return the indices of the operations that are drawn: all, but of an order what matters at its end.

    That is what was asked of the same key before the first offence was answered; of many the latest, and nothing
    from before a pause that is longer than all that came after it.
    """
    operations = history.operations
    if not judgement.order or judgement.first is None:
        return list(range(len(operations)))
    culprit = operations[judgement.first]
    until_s = culprit.invoked_s if culprit.completed_s is None else culprit.completed_s

    def ended_s(number: int) -> float:
        completed_s = operations[number].completed_s
        return inf if completed_s is None else completed_s

    about = [
        number
        for number, each in enumerate(operations)
        if each.key == culprit.key and each.invoked_s <= until_s
    ]
    kept: list[int] = []
    start_s = culprit.invoked_s
    for number in sorted(about, key=ended_s, reverse=True):
        is_pause = start_s - ended_s(number) > until_s - start_s
        if len(kept) == DRAWN_MAX or (is_pause and len(kept) >= DRAWN_MIN):
            break
        kept.append(number)
        start_s = min(start_s, operations[number].invoked_s)
    return sorted({*kept, judgement.first})


def moments(history: History, judgement: Judgement) -> dict[int, tuple[int, float]]:
    """Return for each operation of the order, by its index, its place from 1 on and when it takes place.

    Times are seconds since the epoch.
    """
    found: dict[int, tuple[int, float]] = {}
    now_s = -inf
    for place, number in enumerate(judgement.order, 1):
        now_s = max(now_s, history.operations[number].invoked_s)
        found[number] = (place, now_s)
    return found
