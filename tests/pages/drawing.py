"""Draws layers as SVG: a frame a layer, boxes in it that wrap, arrows from frame to frame.

Everything is placed by the width of a fixed-width letter, so that no text lies over another. Arrows to the next
layer are short; those that pass over layers run on the right, and those that point up on the left, dashed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle
from typing import Final

WIDTH: Final = 800
LEFT, RIGHT = 60, 690
"""Where frames begin and end, in pixels; what is beside them is for arrows."""
LETTER: Final = 7.3
"""The width of a letter of 12 pixels, with some room to spare."""
BOX_HEIGHT, GAP, PADDING = 24, 8, 12
TITLE_HEIGHT, NOTE_HEIGHT = 26, 18
BETWEEN: Final = 26
"""The height that is left between two frames for an arrow."""
LANE: Final = 26
STEP: Final = 8
LEGEND: Final = "An arrow: imports. Dashed: where commands hand the systems over to the engine."
FILLS: Final = ("#f5f5f5", "#fdf3e1", "#eef3ea", "#e8f1fa", "#e3ecf7", "#dde7f3", "#ece6f3")

STYLE: Final = """\
text { font: 12px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1d1d1f }
.name { font-weight: bold; font-size: 14px }
.note { fill: #55585f }
.room { fill: #ffffff; stroke: #9aa0a8 }
.layer { stroke: #c3c7cd }
.arrow { fill: none; stroke: #3c5a86; stroke-width: 1.5; marker-end: url(#head) }
.up { stroke: #a34a28; stroke-dasharray: 5 4; marker-end: url(#head-up) }"""


@dataclass(frozen=True, slots=True)
class Band:
    """Boxes in lines of their own, with a note above them."""

    rooms: Sequence[str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """A frame."""

    name: str
    note: str
    bands: Sequence[Band]


@dataclass(frozen=True, slots=True)
class Arrow:
    """One layer imports another; they are named by their places."""

    importer: int
    imported: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a layer stands."""

    top: float
    bottom: float


def draw(layers: Sequence[Layer], arrows: Sequence[Arrow]) -> str:
    """Return the picture of these layers and arrows."""
    frames: list[Frame] = []
    drawn: list[str] = []
    top = 10.0
    for layer, fill in zip(layers, cycle(FILLS), strict=False):
        inside, bottom = _inside(layer, top)
        frames.append(Frame(top, bottom))
        drawn += [_rectangle("layer", LEFT, top, RIGHT - LEFT, bottom - top, f' fill="{fill}"'), *inside]
        top = bottom + BETWEEN
    drawn += _arrows(frames, arrows)
    drawn.append(_text("note", LEFT, top - BETWEEN + 22, LEGEND))
    height = top - BETWEEN + 34
    return "\n".join((*_head(height), *drawn, "</svg>", ""))


def _inside(layer: Layer, top: float) -> tuple[list[str], float]:
    """Return what a frame holds, and where it ends."""
    after_name = LEFT + PADDING + (len(layer.name) + 2) * LETTER * 14 / 12
    drawn = [
        _text("name", LEFT + PADDING, top + 19, layer.name),
        _text("note", after_name, top + 19, layer.note),
    ]
    y = top + TITLE_HEIGHT + 4
    for band in layer.bands:
        if band.note:
            drawn.append(_text("note", LEFT + PADDING, y + 12, band.note))
            y += NOTE_HEIGHT
        boxes, y = _boxes(band.rooms, y)
        drawn += boxes
    return drawn, y + 4


def _boxes(rooms: Sequence[str], y: float) -> tuple[list[str], float]:
    """Return boxes in lines, and where they end."""
    drawn: list[str] = []
    x = float(LEFT + PADDING)
    for room in rooms:
        width = len(room) * LETTER + 16
        if x + width > RIGHT - PADDING:
            x, y = float(LEFT + PADDING), y + BOX_HEIGHT + GAP
        drawn += [_rectangle("room", x, y, width, BOX_HEIGHT), _text("", x + 8, y + 16, room)]
        x += width + GAP
    return drawn, y + BOX_HEIGHT + GAP


def _arrows(frames: Sequence[Frame], arrows: Sequence[Arrow]) -> Iterator[str]:
    right = left = 0
    for arrow in sorted(arrows, key=lambda each: abs(each.imported - each.importer)):
        start, end = frames[arrow.importer], frames[arrow.imported]
        if arrow.imported == arrow.importer + 1:
            yield _line(f"M {WIDTH / 2:g} {start.bottom:g} V {end.top - 2:g}")
        elif arrow.imported > arrow.importer:
            right += 1
            # Ends a little lower than the one before, so that two to one frame do not lie over each other.
            yield _around(start.bottom - 14, end.top + 6 + STEP * right, RIGHT, RIGHT + LANE * right)
        else:
            left += 1
            yield _around(start.top + 14, end.bottom - 6 - STEP * left, LEFT, LEFT - LANE * left, " up")


def _around(y: float, to_y: float, edge: float, lane: float, kind: str = "") -> str:
    """Return an arrow that leaves a frame at its edge, runs in a lane and comes back."""
    tip = edge + (2 if lane > edge else -2)
    return _line(f"M {edge:g} {y:g} H {lane:g} V {to_y:g} H {tip:g}", kind)


def _head(height: float) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:g}"'
        f' viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="The layers of the project and their imports">'
    )
    yield f"<style>\n{STYLE}\n</style>"
    yield f"<defs>{_marker('head', '#3c5a86')}{_marker('head-up', '#a34a28')}</defs>"
    yield _rectangle("", 0, 0, WIDTH, height, ' fill="#ffffff"')


def _marker(name: str, fill: str) -> str:
    return (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
        f' markerUnits="userSpaceOnUse"><path d="M 0 0 L 8 4 L 0 8 z" fill="{fill}"/></marker>'
    )


def _rectangle(kind: str, x: float, y: float, width: float, height: float, more: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<rect{named} x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4"{more}/>'


def _line(path: str, kind: str = "") -> str:
    return f'<path class="arrow{kind}" d="{path}"/>'


def _text(kind: str, x: float, y: float, text: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:g}" y="{y:g}">{escape(text)}</text>'
