"""The picture of the layout, `docs/images/layout.svg`: rooms as boxes, in layers, with the imports between them.

Promises: which rooms there are is read from the folders and from the graph that import-linter sees, and an arrow is
there because something is imported. It does not draw imports within a layer, nor count any: the picture is to
change when the layout does.
"""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import grimp

from reference_app.systems import SYSTEMS
from tests.checkout import ROOT
from tests.pages.drawing import Arrow, Band, Layer, draw

PICTURE: Final = ROOT / "docs" / "images" / "layout.svg"
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: Final[Sequence[str]] = PROJECT["tool"]["importlinter"]["root_packages"]
NOTES: Final = {"reports": "makes reports of results", "load": "profiles of load and their thresholds"}
ON_EACH_OTHER: Final = {"steps", "fixtures", "reference_app"}
"""The packages that stand on each other; any other one is drawn above them."""

Import = tuple[str, str]
"""Who imports what; a room is named with its package, such as `fixtures.scenario`."""


def pages() -> Mapping[Path, str]:
    """Return the text that the picture should have."""
    imports = _imports()
    layers = _layers(imports)
    return {PICTURE: draw(layers, _arrows(layers, imports))}


def _imports() -> set[Import]:
    """Return which room imports which other one."""
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    pairs = (
        (_room_of(module), _room_of(imported))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    )
    return {(importer, imported) for importer, imported in pairs if importer != imported}


def _room_of(module: str) -> str:
    """Return the package and the room of a module; each system of the harness is a room."""
    parts = module.split(".")
    return ".".join(parts[: 3 if parts[:2] == ["fixtures", "systems"] else 2])


def _layers(imports: Collection[Import]) -> Sequence[Layer]:
    """Return what stands on what, the topmost first."""
    rooms = {room for pair in imports for room in pair if "." in room}
    engine = {room for room in rooms if f"{room}.".startswith("fixtures.")}
    engine -= {room for room in rooms if f"{room}.".startswith("fixtures.systems.")}
    pure = {room for room in engine if not any(one == room and other in engine for one, other in imports)}
    joins, systems, shared = _of_the_app(rooms, imports)
    return (
        Layer("tests", "pytest: they may import everything", (Band(_folders("tests")),)),
        Layer(
            "features",
            "what product reads: each sentence is one of steps",
            (Band(_folders("features")),),
        ),
        *(
            Layer(name, NOTES.get(name, ""), (Band(_names(rooms, name)),))
            for name in sorted({*PACKAGES} - ON_EACH_OTHER)
        ),
        Layer("steps", "sentence → call", (Band(_names(rooms, "steps")),)),
        Layer(
            "fixtures.systems",
            "what each system brings to the harness",
            (Band(_names(rooms, "fixtures.systems")),),
        ),
        Layer(
            "fixtures",
            "the engine: it knows no system",
            (Band(_short(engine - pure)), Band(_short(pure), "import nothing else of the harness")),
        ),
        Layer(
            "reference_app",
            "the server and its command line",
            (
                Band(_short(joins), "put the systems together"),
                Band(_short(systems), "systems"),
                Band(_short(shared), "shared: they know no system"),
            ),
        ),
    )


def _of_the_app(rooms: Iterable[str], imports: Collection[Import]) -> tuple[set[str], set[str], set[str]]:
    """Return the rooms that put systems together, the systems, and what they share."""
    ours = {room for room in rooms if room.startswith("reference_app.")}
    systems = {f"reference_app.{system.name}" for system in SYSTEMS}
    joins: set[str] = set()
    while found := {
        one for one, other in imports if one in ours - systems - joins and other in systems | joins
    }:
        joins |= found
    return joins, systems, ours - systems - joins


def _arrows(layers: Sequence[Layer], imports: Collection[Import]) -> Sequence[Arrow]:
    """Return an arrow for each layer that imports another."""
    pairs = {(_layer_of(layers, one), _layer_of(layers, other)) for one, other in imports}
    return [Arrow(*pair) for pair in sorted(pairs) if pair[0] != pair[1]]


def _layer_of(layers: Sequence[Layer], room: str) -> int:
    """Return the place of the layer whose name is the longest that the room begins with."""
    fitting = [
        (len(layer.name), place)
        for place, layer in enumerate(layers)
        if f"{room}.".startswith(f"{layer.name}.")
    ]
    return max(fitting)[1]


def _names(rooms: Iterable[str], package: str) -> list[str]:
    return _short(room for room in rooms if room.startswith(f"{package}."))


def _short(rooms: Iterable[str]) -> list[str]:
    return sorted(room.rpartition(".")[2] for room in rooms)


def _folders(name: str) -> list[str]:
    """Return the folders with files of ours; what is left of a folder that is gone is none."""
    folders = (each for each in (ROOT / name).iterdir() if each.is_dir())
    return sorted(each.name for each in folders if any(each.rglob("*.py")) or any(each.rglob("*.feature")))
