"""The workbook part and what it leads to: sheets, tables, defined names; and the few edits made to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ...language import Text
from ...sheets import areas
from ...sheets.areas import Area
from ...sheets.plan import PlacedTable, moved_ends
from . import refusals
from .markup import Edit, Element, escaped, kept, plain_text, prefix, root_of, unescaped, utf8, with_attribute
from .package import Package, Packed
from .relations import relations, without_part, workbook_part

_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!(),\s]+))!(\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Za-z]{1,3}\$?[0-9]{1,7})?)"
)
# calcPr stands right after the last of these that is there.
_BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its name, its part, its place among all sheets, the id that the calculation chain knows it by."""

    name: str
    part: str
    index: int
    id: str


@dataclass(frozen=True, eq=False)
class FileTable(PlacedTable):
    """An Excel table with its part; `header` and `formulas` as the part has them."""

    part: str
    sheet: Sheet


class Name(NamedTuple):
    """A defined name; `local` is the place of the sheet it belongs to. The element leads back to its bytes."""

    name: str
    text: str
    local: int | None
    element: Element


class Workbook:
    """What workbook.xml says, and where the parts are that it leads to."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = workbook_part(package)
        self._relations = relations(package, self.part)
        self.data = utf8(package.read(self.part), self.part)
        self.root = root_of(self.data, self.part, "workbook")
        self.sheets = tuple(self._sheets())
        self.names = tuple(self._names())
        properties = self.root.find("workbookPr")
        self.since_1904 = properties is not None and properties.attributes.get("date1904", "") in ("1", "true")

    def related(self, kind: str) -> str | None:
        """The part of one kind that the workbook has at most once, such as ``styles``."""
        return next((r.target for r in self._relations.values() if r.type == kind and r.target in self.package), None)

    def _sheets(self) -> Iterator[Sheet]:
        listed = self.root.find("sheets")
        for index, element in enumerate(listed.all("sheet") if listed else ()):
            relation = self._relations.get(element.attributes.get("{r}id", ""))
            name = element.attributes.get("name", "")
            if relation is None:
                what = Text("中工作表“{name}”没有对应的部件", "leads to no part for the sheet “{name}”")
                raise refusals.damaged(self.part, what.format(name=name))
            if relation.type == "worksheet":
                if relation.target not in self.package:
                    raise refusals.missing_part(relation.target)
                yield Sheet(name, relation.target, index, element.attributes.get("sheetId", ""))

    def is_hidden(self, sheet: Sheet) -> bool:
        """Whether a sheet is out of view."""
        return self._listed(sheet).attributes.get("state", "visible") != "visible"

    def showing_edit(self, sheet: Sheet) -> list[Edit]:
        """Bring a sheet into view."""
        return [with_attribute(self.data, self._listed(sheet), "state", "visible")] if self.is_hidden(sheet) else []

    def _listed(self, sheet: Sheet) -> Element:
        listed = self.root.find("sheets")
        assert listed is not None
        return tuple(listed.all("sheet"))[sheet.index]

    def _names(self) -> Iterator[Name]:
        listed = self.root.find("definedNames")
        for element in listed.all("definedName") if listed else ():
            local = element.attributes.get("localSheetId")
            index = int(local) if local and local.isdigit() and len(local) < 6 else None
            yield Name(element.attributes.get("name", ""), element.text, index, element)

    def tables(self) -> Iterator[FileTable]:
        """All tables of all sheets."""
        for sheet in self.sheets:
            for relation in relations(self.package, sheet.part).values():
                if relation.type == "table":
                    yield _table(self.package.read(relation.target), relation.target, sheet)

    @cached_property
    def _by_name(self) -> dict[str, Name]:
        """Names in lower case; of several alike the workbook's own, else the first."""
        ranked = sorted(self.names, key=lambda name: name.local is not None)
        return {name.name.casefold(): name for name in reversed(ranked)}

    def cell_of(self, name: str) -> tuple[Sheet, int, int] | None:
        """Sheet, row and column that a defined name points to; None where it points to no single place."""
        known = self._by_name.get(name.casefold())
        found = _REFERENCE.fullmatch(known.text.strip()) if known else None
        area = areas.parse(found[3]) if found else None
        if found is None or area is None:
            return None
        title = found[1].replace("''", "'") if found[1] else found[2]
        sheet = next((s for s in self.sheets if s.name.casefold() == title.casefold()), None)
        return (sheet, area.top, area.left) if sheet else None

    def area_of(self, text: str, sheet: str) -> tuple[str, Area] | None:
        """Sheet and cells that a reference names, or a defined name, as a formula on that sheet has it."""
        found = _REFERENCE.fullmatch(text.strip())
        if found is not None:
            title = found[1].replace("''", "'") if found[1] else found[2]
            area = areas.parse(found[3])
            known = any(s.name.casefold() == title.casefold() for s in self.sheets)
            return (title, area) if area is not None and known else None
        area = areas.parse(text)
        if area is not None:
            return sheet, area
        name = next((n for n in self.names if n.name.casefold() == text.strip().casefold()), None)
        return self.area_of(name.text, sheet) if name is not None and "!" in name.text else None

    def without_chain(self) -> dict[str, Packed | None]:
        """All that changes as the order of calculation goes: cells in it hold no formula, and programs find it anew."""
        part = self.related("calcChain")
        return without_part(self.package, part, self.part) if part else {}

    def print_area_edits(self, sheet: Sheet, old: Area, new: Area) -> Iterator[Edit]:
        """Print areas of the sheet that ended with the table's old area end with its new one."""
        for name in self.names:
            if name.name == "_xlnm.Print_Area" and name.local == sheet.index:
                raw = self.data[name.element.inner : name.element.close]
                if (moved := moved_ends(plain_text(raw), old, new)) is not None:
                    yield Edit(name.element.inner, name.element.close, escaped(moved).encode())

    @property
    def recalculates(self) -> bool:
        """Whether the program that opens the workbook is to calculate all formulas."""
        element = self.root.find("calcPr")
        return element is not None and element.attributes.get("fullCalcOnLoad", "") in ("1", "true")

    def calculation_edit(self) -> list[Edit]:
        """Have the program that opens the workbook calculate all formulas, since some may hang on the results."""
        if self.recalculates:
            return []
        element = self.root.find("calcPr")
        if element is not None:
            return [with_attribute(self.data, element, "fullCalcOnLoad", "1")]
        before = [child for child in self.root.children if child.tag in _BEFORE_CALCULATION]
        at = max(child.end for child in before)
        text = f'<{prefix(self.data, self.root)}calcPr fullCalcOnLoad="1"/>'
        return [Edit(at, at, text.encode())]

    def trusting_edit(self) -> list[Edit]:
        """Have that program show the values as they are stored."""
        element = self.root.find("calcPr") if self.recalculates else None
        return [with_attribute(self.data, element, "fullCalcOnLoad", "0")] if element is not None else []


def _formula(column: Element) -> str:
    """Formula that a calculated column has in every row; an array formula does not go by a row's address alone."""
    formula = column.find("calculatedColumnFormula")
    return formula.text if formula is not None and formula.attributes.get("array", "0") in ("0", "false") else ""


@kept
def _table(data: bytes, part: str, sheet: Sheet) -> FileTable:
    root = root_of(utf8(data, part), part, "table")
    text = root.attributes.get("ref", "")
    area = areas.parse(text)
    if area is None:
        raise refusals.bad_value(part, "ref", text)
    listed = root.find("tableColumns")
    columns = tuple(listed.all("tableColumn")) if listed else ()
    header = tuple(unescaped(element.attributes.get("name", "")) for element in columns)
    rows = [_count(part, root, name, default) for name, default in (("headerRowCount", 1), ("totalsRowCount", 0))]
    if len(header) != area.right - area.left + 1 or area.bottom - area.top + 1 < sum(rows) + 1 or max(rows) > 1:
        raise refusals.bad_value(part, "ref", text)
    name = root.attributes.get("displayName") or root.attributes.get("name", "")
    formulas = tuple(map(_formula, columns))
    return FileTable(name, sheet.name, area, rows[0], rows[1], header, formulas, part, sheet)


def _count(part: str, element: Element, name: str, default: int) -> int:
    text = element.attributes.get(name, str(default))
    if not (text.isascii() and text.isdigit()) or len(text) > 7:
        raise refusals.bad_value(part, name, text)
    return int(text)
