import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from fixtures.histories.operations import History, Operation
from reports import page, timeline
from reports.results import Results

Document = dict[str, Any]
SVG = re.compile(r'<svg class="timeline".*?</svg>', re.DOTALL)


def burst(count: int) -> list[Operation]:
    """Return so many granted requests that overlap, all answered alike."""
    return [
        Operation(
            f"scenario-3-burst-{number}", "get_current", "Ada", None, "id 1", 100 + number, 200, ok=True
        )
        for number in range(count)
    ]


def drawn(*operations: Operation, checker: str = "single_flight") -> timeline.Timeline:
    found = timeline.draw(History(checker, operations))
    assert found is not None
    return found


def test_without_operations_nothing_is_drawn() -> None:
    """Neither for a scenario without history, nor for an empty one."""
    assert timeline.draw(None) is None
    assert timeline.draw(History("single_flight", ())) is None


def test_a_bar_lasts_from_invocation_to_completion() -> None:
    """The first to ask is on top, and an open operation lasts to the end."""
    first, second, third = burst(3)
    line = drawn(
        replace(second, completed_s=151), first, replace(third, completed_s=None, ok=False), *burst(4)[3:]
    )
    assert [row.label for row in line.rows] == [f"scenario-3-burst-{number}" for number in range(4)]
    bars = [row.bars[0] for row in line.rows]
    per_s = timeline.TRACK_WIDTH / 100
    assert [bar.state for bar in bars] == ["ok", "ok", "open", "ok"]
    assert bars[0].left == timeline.LABEL_WIDTH
    assert bars[1].left == pytest.approx(timeline.LABEL_WIDTH + per_s)
    assert bars[1].width == pytest.approx(50 * per_s)
    assert bars[2].left + bars[2].width == pytest.approx(timeline.LABEL_WIDTH + timeline.TRACK_WIDTH)
    assert line.unanswered == 1


def test_the_first_that_should_not_be_is_marked_even_where_rows_are_left_out() -> None:
    """Of a hundred rows sixty are shown, the marked one among them; the others are counted."""
    operations = burst(100)
    operations[90] = replace(operations[90], answer="id 2")
    line = drawn(*operations)
    marked = [row.label for row in line.rows if row.marked]
    assert (len(line.rows), line.left_out, marked) == (60, 40, ["scenario-3-burst-90"])
    assert "expected one result, got 2" in line.message


@pytest.mark.parametrize(
    ("invoked_s", "completed_s", "expected"),
    [(100, 120, "after"), (101, 199, "inside"), (190, 199, "before")],
)
def test_the_words_of_the_mark_stay_within_the_drawing(
    invoked_s: float, completed_s: float, expected: str
) -> None:
    """They stand where there is room."""
    first, odd = burst(2)
    line = drawn(first, replace(odd, answer="id 2", invoked_s=invoked_s, completed_s=completed_s))
    assert [bar.mark_side for row in line.rows for bar in row.bars if bar.marked] == [expected]


def test_generations_are_on_top() -> None:
    """However many requests came before, the reader sees what they waited for."""
    generation = Operation("server", "generation", "Ada", None, None, 190.0, 195.0, ok=True)
    line = drawn(*burst(70), generation)
    assert (line.rows[0].label, line.rows[0].bars[0].state) == ("server", "generation")


def test_a_history_of_one_instant_can_be_drawn() -> None:
    """All bars are within the drawing, and wide enough to be seen."""
    line = drawn(replace(burst(1)[0], invoked_s=5.0, completed_s=5.0))
    (bar,) = line.rows[0].bars
    assert bar.width >= timeline.BAR_WIDTH_MIN
    assert bar.left + bar.width <= timeline.WIDTH


def test_a_checker_that_nobody_knows_marks_nothing() -> None:
    """The drawing is made anyway, and says so."""
    line = drawn(*burst(2), checker="astrology")
    assert not line.is_marked
    assert "no checker 'astrology'" in line.message


def test_the_page_draws_the_history_of_a_failure(
    read: Callable[[Document], Results], sample: Document
) -> None:
    """Well-formed, with title and text alternative, foreign texts escaped, and only where there is a history."""
    operations = burst(70)
    operations[65] = replace(operations[65], answer="<b>2</b>", client="<i>66</i>")
    operations[3] = replace(operations[3], completed_s=None, ok=False)
    sample["scenarios"][3]["history"] = History("single_flight", tuple(operations)).document()
    page_text = page.render(read(sample))
    (svg,) = SVG.findall(page_text)
    root = ET.fromstring(svg)  # noqa: S314 - our own page
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert page_text.count(f'id="{root.get(attribute)}"') == 1
    assert "Timeline of 70 operations by 70 clients; 1 got no answer." in page_text
    assert svg.count("mark-text") == 1
    assert svg.count("<path") == 1
    assert "&lt;i&gt;66" in svg


def test_the_page_says_how_many_rows_are_left_out(
    read: Callable[[Document], Results], sample: Document
) -> None:
    """A reader must know that there was more."""
    sample["scenarios"][3]["history"] = History("single_flight", tuple(burst(70))).document()
    assert "10 more clients are left out." in page.render(read(sample))


def test_who_asked_has_a_row_where_all_clients_are_one_to_the_checker() -> None:
    """A request that says who sent it is in their row."""
    wrote = Operation("everybody", "write", "article 1", {"who": "client 3"}, 1, 1.0, 2.0, ok=True)
    read = Operation(
        "everybody", "read", "article 1", {"who": "client 7", "status": 404}, 0, 3.0, 4.0, ok=True
    )
    line = drawn(wrote, read, checker="sessions")
    assert [(row.label, row.marked) for row in line.rows] == [("client 3", False), ("client 7", True)]


def register(reads: int) -> list[Operation]:
    """Return two writes, so many reads of the second a second apart, and one more that shows the first again."""

    def of(kind: str, value: str, begun_s: float) -> Operation:
        told = {"value": value} if kind == "read" else None
        asked = {"value": value} if kind == "write" else None
        return Operation(f"who {kind}s", kind, "k", asked, told, begun_s, begun_s + 0.5, ok=True)

    reading = [of("read", "b", 3.0 + number) for number in range(reads)]
    return [of("write", "a", 1), of("write", "b", 2), *reading, of("read", "a", 3.0 + reads)]


def test_a_line_joins_the_longest_order_and_ends_before_what_cannot_follow() -> None:
    """Each operation has its place within its bar; the marked one has none."""
    line = drawn(*register(3), checker="linearizable_register")
    bars = [bar for row in line.rows for bar in row.bars]
    assert sorted(bar.place for bar in bars) == [0, 1, 2, 3, 4, 5]
    assert [bar.place for bar in bars if bar.marked] == [0]
    assert all(bar.at is None or bar.left <= bar.at <= bar.left + bar.width for bar in bars)
    assert (line.is_ordered, line.not_drawn, len(line.order)) == (True, 0, 5)
    assert list(line.order) == sorted(line.order)


def test_of_a_long_history_the_end_of_its_order_is_drawn() -> None:
    """A hundred operations can be told apart; earlier ones, and those of other keys, are counted."""
    other = Operation("writer", "write", "another", {"value": 1}, None, 1.0, 2.0, ok=True)
    line = drawn(*register(300), other, checker="linearizable_register")
    (row,) = line.rows
    assert (row.label, len(row.bars), row.marked) == ("who reads", 100, True)
    assert (line.not_drawn, line.clients, line.operations) == (204, 3, 304)


def test_what_came_before_a_long_pause_is_not_drawn() -> None:
    """Else the drawing would show the pause and nothing that can be told apart."""
    first, second, *reads = register(40)
    late = [replace(each, invoked_s=each.invoked_s + 900, completed_s=each.invoked_s + 901) for each in reads]
    line = drawn(first, second, *late, checker="linearizable_register")
    assert (line.not_drawn, [row.label for row in line.rows]) == (2, ["who reads"])


def test_the_page_draws_the_order(read: Callable[[Document], Results], sample: Document) -> None:
    """With a point for each operation in it, and the words that say what the line is."""
    sample["scenarios"][3]["history"] = History("linearizable_register", tuple(register(4))).document()
    page_text = page.render(read(sample))
    (svg,) = SVG.findall(page_text)
    ET.fromstring(svg)  # noqa: S314 - our own page
    assert (svg.count("<circle"), svg.count("<polyline"), svg.count("mark-text")) == (6, 1, 1)
    assert "cannot follow this order" in svg
    assert "The line joins the operations of the longest order" in page_text


def test_labels_leave_out_what_all_long_names_begin_with() -> None:
    """Ids of one scenario's requests differ at their ends; names that have room are shown whole."""
    begin = "1-a-generation-of-three-seconds"
    long = drawn(*(replace(each, client=f"{begin}-{n}-burst-{n}") for n, each in enumerate(burst(2))))
    short = drawn(*(replace(each, client=f"reader-{n}") for n, each in enumerate(burst(2))))

    assert [row.label for row in long.rows] == ["0-burst-0", "1-burst-1"]
    assert [row.label for row in short.rows] == ["reader-0", "reader-1"]
