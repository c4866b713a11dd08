"""What lies over the cells of a closed workbook's sheets: pictures, shapes and charts, by the cells they cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...sheets.areas import Area
from .markup import Element, tree, utf8
from .package import Package
from .relations import relations

# Extents are in English Metric Units; without the sheet's own sizes, columns and rows are taken as Excel makes them.
_OF_COLUMN, _OF_ROW = 609_600, 190_500
_TOUCHES = 12_700  # a point
_PAINTS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")


class DrawnOver(NamedTuple):
    """A picture, shape or chart: its name, the cells it lies over, and whether it is a chart or has no fill."""

    name: str
    area: Area
    is_chart: bool
    is_clear: bool


def drawn(package: Package, part: str) -> Iterator[DrawnOver]:
    """All of a sheet's that show, in their order from back to front; lines that join shapes are left out."""
    for relation in relations(package, part).values():
        if relation.type == "drawing" and relation.target in package:
            root = tree(utf8(package.read(relation.target), relation.target), relation.target)
            for anchor in root.children:
                if (area := _area(anchor)) is not None:
                    yield from _of_anchor(anchor, area)


def _of_anchor(anchor: Element, area: Area) -> Iterator[DrawnOver]:
    within = list(anchor.within())
    properties = next((element for element in within if _local(element) == "cNvPr"), None)
    if properties is None or properties.attributes.get("hidden") in ("1", "true"):
        return
    name, kinds = properties.attributes.get("name", ""), {_local(element) for element in within}
    if "graphicFrame" in kinds:
        yield DrawnOver(name, area, is_chart=True, is_clear=False)
    elif shapes := [element for element in within if _local(element) in ("pic", "sp")]:
        yield DrawnOver(name, area, is_chart=False, is_clear=not any(map(_paints, shapes)))


def _paints(shape: Element) -> bool:
    """Whether a picture or shape hides what lies under it: by its own fill, or by that of its style."""
    if _local(shape) == "pic":
        return True
    children = {_local(child): child for child in shape.children}
    own = {_local(child) for child in children["spPr"].children} if "spPr" in children else set()
    if "noFill" in own or not own.isdisjoint(_PAINTS):
        return "noFill" not in own
    style = children.get("style")
    fills = [child for child in style.children if _local(child) == "fillRef"] if style is not None else []
    return any(fill.attributes.get("idx", "0") != "0" for fill in fills)


def _area(anchor: Element) -> Area | None:
    """Cells under an anchor of any of the three kinds; None where it has no place."""
    at = {_local(child): child for child in anchor.children}
    if "from" in at:
        top, left = _corner(at["from"])
    elif "pos" in at:
        top, left = _cells_within(at["pos"], "y", "x")
    else:
        return None
    if "to" in at:
        bottom, right = _corner(at["to"], at_end=True)
    elif "ext" in at:
        more = _cells_within(at["ext"], "cy", "cx", touching=False)
        bottom, right = top + more[0] - 1, left + more[1] - 1
    else:
        return None
    return Area(top, left, max(top, bottom), max(left, right))


def _cells_within(element: Element, down: str, across: str, *, touching: bool = True) -> tuple[int, int]:
    """Row and column in which so much lies, from the sheet's start; an end that only touches a cell is not in it."""
    y, x = (max(_whole(element.attributes.get(key, "0")) - (0 if touching else 1), 0) for key in (down, across))
    return 1 + y // _OF_ROW, 1 + x // _OF_COLUMN


def _corner(marker: Element, *, at_end: bool = False) -> tuple[int, int]:
    """Row and column of a corner; an end that only touches a cell lies in the one before."""
    of = {_local(child): _whole(child.text) for child in marker.children}

    def place(key: str) -> int:
        return of.get(key, 0) + (0 if at_end and of.get(f"{key}Off", 0) < _TOUCHES else 1)

    return place("row"), place("col")


def _whole(text: str) -> int:
    text = text.strip()
    return int(text) if text.lstrip("-").isdigit() and len(text) < 16 else 0


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
