"""The plan of the package, counted from its imports: ``python docs/house.py``.

A room is a folder, or a module, directly in ``bdindex_xl``; its floor is one above the highest of the rooms it imports.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "bdindex_xl"
Rooms = Mapping[str, set[str]]


def modules() -> dict[str, str]:
    """The source of every module, by its path in the package."""
    return {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def room_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Those in a module, in whatever other statement they stand; no expression is looked into, where none can be."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.stmt | ast.excepthandler | ast.match_case):
            yield inner
            yield from _statements(inner)


@cache
def _read(path: str, source: str) -> tuple[set[str], list[str]]:
    """The second part of every name of ours that a module imports: a room, where it is one. And what it defines."""
    here = ["bdindex_xl", *path.split("/")[:-1]]
    tree = ast.parse(source)
    imported: set[str] = set()
    for node in _statements(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            target = here[: len(here) - node.level + 1] + (node.module or "").split(".")
            imported |= {target[1]} if target[1] else {alias.name for alias in node.names}
    defined = []
    for made in tree.body:
        name = made.targets[0] if isinstance(made, ast.Assign) else None
        defined.append(made.name if isinstance(made, ast.ClassDef) else getattr(name, "id", ""))
    return imported, defined


@cache
def plan() -> Rooms:
    """What each room imports of the others. The face of the package hands names on, and is no room."""
    found = {path: source for path, source in modules().items() if path != "__init__.py"}
    rooms: dict[str, set[str]] = {room_of(path): set() for path in found}
    for path, source in found.items():
        rooms[room_of(path)] |= rooms.keys() & _read(path, source)[0] - {room_of(path)}
    return rooms


def floors(rooms: Rooms) -> dict[str, int]:
    """The floor of each room, the ground being 1. Raises ValueError where rooms import each other in a circle."""
    found: dict[str, int] = {}
    while left := rooms.keys() - found.keys():
        ready = {
            room: 1 + max((found[below] for below in rooms[room]), default=0)
            for room in left
            if rooms[room] <= found.keys()
        }
        if not ready:
            raise ValueError(f"a circle among {', '.join(sorted(left))}")
        found |= ready
    return found


def named_twice() -> dict[str, list[str]]:
    """Classes, and types with a name, that are defined in more than one module, with these modules."""
    found: dict[str, list[str]] = {}
    for path, source in modules().items():
        for name in _read(path, source)[1]:
            if re.match("[A-Z]+[a-z]", name):
                found.setdefault(name, []).append(path)
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def counted() -> Iterator[str]:
    """The rooms from the top floor down with their lines, the counts of the whole, and classes of one name."""
    sources, rooms = modules(), plan()
    level = floors(rooms)
    n_lines = {path: len(source.splitlines()) for path, source in sources.items()}
    of_room = Counter({room: sum(n for path, n in n_lines.items() if room_of(path) == room) for room in rooms})
    for floor in range(max(level.values()), 0, -1):
        here = sorted(room for room in rooms if level[room] == floor)
        yield f"floor {floor:2}  " + ", ".join(f"{room} {of_room[room]:,}" for room in here)
    names = Counter(Path(path).name for path in sources if not path.endswith("__init__.py"))
    shared = [n for n in names.values() if n > 1]
    yield (
        f"{len(rooms)} rooms, {max(level.values())} floors, {len(sources)} modules, {sum(n_lines.values()):,} lines; "
        f"{len(shared)} file names stand for {sum(shared)} modules"
    )
    yield from (f"{name} is a class in {', '.join(paths)}" for name, paths in named_twice().items())


if __name__ == "__main__":
    print("\n".join(counted()))
