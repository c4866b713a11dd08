"""A closed workbook as its reader sees it: which sheets, rows and columns show, what each cell holds and how it looks.

Where a `Book` gives the values of tables, this tells a formula from its value and a text from a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...sheets import areas
from ...sheets.areas import Area
from ...sheets.book import Value, column_letters
from .drawings import DrawnOver, drawn
from .looks import CellLook, FileLooks, size_of
from .markup import X14, XM, Element, plain_text, tree, unescaped
from .package import Package
from .sheet_xml import Cell, SheetXml, has_formula
from .values import Decoder, SharedStrings
from .workbook import FileTable, Name, Sheet, Workbook

_ATTRIBUTE = re.compile(rb"""(\w+)\s*=\s*["']([^"']*)""")
_SHARED = re.compile(rb"""\bsi\s*=\s*["']([0-9]+)["']""")
# A quoted text or sheet name, or a cell; a name that only looks like one goes on with a letter, a digit or a bracket.
_CELL = re.compile(r"""("[^"]*"|'[^']*')|(?<![\w.])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(.])""")

_NONE: Mapping[int, Cell] = {}
# Below these nothing can be read: in points, and in characters of the usual font.
_LEAST_HEIGHT, _LEAST_WIDTH = 4.0, 0.5


@dataclass(frozen=True, slots=True)
class ConditionalFormat:
    """A conditional format: where it holds, its look, and whether it shows something in place of the value."""

    areas: tuple[Area, ...]
    look: CellLook | None
    hides_value: bool
    reversed: bool  # icons in the other order


class SheetView:
    """A worksheet as its reader sees it."""

    def __init__(self, sheet: Sheet, state: str, data: bytes, strings: SharedStrings | None, looks: FileLooks) -> None:
        self.name = sheet.name
        self.sheet = sheet
        self.hidden = state not in ("", "visible")
        self._xml = SheetXml(data, sheet.part)
        self._decoder = Decoder(sheet.part, self._xml.patterns, strings, frozenset(), since_1904=False)
        self._looks = looks
        self._root = tree(self._xml.head + self._xml.tail, sheet.part)

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, Cell]]:
        """All cells by row and column."""
        return {row.number: {cell.column: cell for cell in self._xml.cells(row)} for row in self._xml.rows()}

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        """Rows that do not show, or too low for anything in them to show."""
        hidden = set(range(1, self._first_in_reach[0]))
        for row in self._xml.rows():
            if b"hidden" in row.attributes or b"ht" in row.attributes:
                found = dict(_ATTRIBUTE.findall(row.attributes))
                if found.get(b"hidden") in (b"1", b"true") or size_of(found.get(b"ht")) < _LEAST_HEIGHT:
                    hidden.add(row.number)
        return frozenset(hidden)

    @cached_property
    def hidden_columns(self) -> tuple[tuple[int, int, bool], ...]:
        """First and last of the columns that do not show, and whether they are folded away in an outline."""
        listed = self._root.find("cols")
        first = self._first_in_reach[1]
        found = [(1, first - 1, False)] if first > 1 else []
        for element in listed.all("col") if listed else ():
            a = element.attributes
            if a.get("hidden") in ("1", "true") or size_of(a.get("width")) < _LEAST_WIDTH:
                found.append((int(a["min"]), int(a["max"]), a.get("outlineLevel", "0") != "0"))
        return tuple(found)

    @cached_property
    def _first_in_reach(self) -> tuple[int, int]:
        """First row and column that can be scrolled to: panes were frozen where others had been scrolled away."""
        shown = self._shown
        pane = shown.find("pane") if shown is not None else None
        place = areas.parse(shown.attributes.get("topLeftCell", "")) if shown is not None else None
        if pane is None or place is None or not pane.attributes.get("state", "").startswith("frozen"):
            return 1, 1
        return place.top if "ySplit" in pane.attributes else 1, place.left if "xSplit" in pane.attributes else 1

    @cached_property
    def _shown(self) -> Element | None:
        """How the sheet's first window shows it."""
        listed = self._root.find("sheetViews")
        return listed.find("sheetView") if listed is not None else None

    @property
    def blank_zeros(self) -> bool:
        """Whether zeros show as blanks."""
        return self._shown is not None and self._shown.attributes.get("showZeros") in ("0", "false")

    @property
    def merged(self) -> tuple[Area, ...]:
        """Cells shown as one: the first alone shows what it holds."""
        listed = self._root.find("mergeCells")
        found = (areas.parse(one.attributes.get("ref", "")) for one in (listed.all("mergeCell") if listed else ()))
        return tuple(area for area in found if area is not None)

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell, if it is there and holds something."""
        cell = self.rows.get(row, _NONE).get(column)
        return cell if cell is not None and (cell.value or cell.content) else None

    def value(self, row: int, column: int) -> Value:
        """What a cell shows a program: of a formula, its value as it was last calculated."""
        cell = self.cell(row, column)
        return None if cell is None else self._decoder.of_cell(cell, row)

    def look(self, style: bytes) -> CellLook:
        """How a cell of a style looks, conditions apart."""
        number = int(style or b"0")
        return self._looks.cells[number] if number < len(self._looks.cells) else self._looks.cells[0]

    @staticmethod
    def holds_formula(cell: Cell) -> bool:
        """Whether a cell has a formula."""
        return has_formula(cell.content)

    def formula(self, row: int, column: int) -> str | None:
        """A cell's formula without the equals sign; None where it has none."""
        cell = self.cell(row, column)
        found = self._xml.patterns.formula.search(cell.content) if cell is not None and cell.content else None
        if found is None:
            return None
        text = plain_text(found[2] or b"")
        if not found[1]:  # nothing but a formula of its own
            return unescaped(text)
        group = _SHARED.search(found[1] or b"")
        if text or group is None or group[1] not in self._shared:
            return unescaped(text)
        first, top, left = self._shared[group[1]]
        return moved(first, row - top, column - left)

    @cached_property
    def _shared(self) -> Mapping[bytes, tuple[str, int, int]]:
        """Formulas that stand in one cell for others as well, with its row and column."""
        shared = {}
        for number, row in self.rows.items():
            for column, cell in row.items():
                if cell.content and b"shared" in cell.content:
                    found = self._xml.patterns.formula.search(cell.content)
                    group = _SHARED.search(found[1] or b"") if found else None
                    if found and group and found[2]:
                        shared[group[1]] = unescaped(plain_text(found[2])), number, column
        return shared

    def rules(self) -> Iterator[ConditionalFormat]:
        """All conditional formats, in both spellings."""
        for element in self._root.all("conditionalFormatting"):
            where = _areas(element.attributes.get("sqref", ""))
            for rule in element.all("cfRule"):
                number = rule.attributes.get("dxfId", "")
                known = number.isdigit() and int(number) < len(self._looks.conditional)
                yield self._rule(rule, where, self._looks.conditional[int(number)] if known else None)
        extensions = self._root.find("extLst")
        for element in extensions.within() if extensions is not None else ():
            if element.tag == f"{{{X14}}}conditionalFormatting":
                where = _areas(" ".join(e.text for e in element.all(f"{{{XM}}}sqref")))
                for rule in element.all(f"{{{X14}}}cfRule"):
                    dxf = rule.find(f"{{{X14}}}dxf")
                    yield self._rule(rule, where, self._looks.of_dxf(dxf) if dxf is not None else None)

    @staticmethod
    def _rule(rule: Element, where: tuple[Area, ...], look: CellLook | None) -> ConditionalFormat:
        shown = [e.attributes for e in rule.children if e.tag.rpartition("}")[2] in ("dataBar", "iconSet")]
        return ConditionalFormat(
            where,
            look,
            any(a.get("showValue") in ("0", "false") for a in shown),
            any(a.get("reverse") in ("1", "true") for a in shown),
        )


class View:
    """A workbook as its reader sees it. Raises FileRefused where the file is damaged."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        self._workbook = Workbook(self._package)
        book = self._workbook
        self.looks = FileLooks(self._package, book.related("styles"), book.related("theme"))
        listed = book.root.find("sheets")
        elements = list(listed.all("sheet")) if listed is not None else []
        self._states = {sheet.name: elements[sheet.index].attributes.get("state", "") for sheet in book.sheets}
        self._sheets: dict[str, SheetView] = {}
        self.tables: Mapping[str, FileTable] = {table.name: table for table in book.tables()}

    @property
    def names(self) -> tuple[Name, ...]:
        """All defined names."""
        return self._workbook.names

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of all worksheets, hidden ones too."""
        return tuple(sheet.name for sheet in self._workbook.sheets)

    def cell_of(self, name: str) -> tuple[str, int, int] | None:
        """Sheet, row and column of a defined name; None where it points to no single cell."""
        place = self._workbook.cell_of(name)
        return (place[0].name, place[1], place[2]) if place else None

    def sheet(self, name: str) -> SheetView:
        """A worksheet."""
        if name not in self._sheets:
            found = next(sheet for sheet in self._workbook.sheets if sheet.name == name)
            data = self._package.read(found.part)
            self._sheets[name] = SheetView(found, self._states[name], data, self._strings, self.looks)
        return self._sheets[name]

    def hidden(self, name: str) -> bool:
        """Whether a worksheet does not show."""
        return self._states[name] not in ("", "visible")

    def drawn(self, name: str) -> tuple[DrawnOver, ...]:
        """What lies over the cells of a worksheet."""
        return tuple(drawn(self._package, self.sheet(name).sheet.part))

    def style_of(self, table: str) -> tuple[CellLook, ...]:
        """Looks that a table brings by a style of the workbook's own."""
        found = self._root_of(table).find("tableStyleInfo")
        numbers = self.looks.tables.get(found.attributes.get("name", ""), ()) if found is not None else ()
        return tuple(self.looks.conditional[k] for k in numbers if k < len(self.looks.conditional))

    def column_looks(self, table: str) -> Mapping[int, CellLook]:
        """Looks that a table has for its columns, by place from 0."""
        listed = self._root_of(table).find("tableColumns")
        numbers = [e.attributes.get("dataDxfId", "") for e in (listed.all("tableColumn") if listed else ())]
        known = self.looks.conditional
        return {j: known[int(n)] for j, n in enumerate(numbers) if n.isdigit() and int(n) < len(known)}

    def _root_of(self, table: str) -> Element:
        part = self.tables[table].part
        return tree(self._package.read(part), part)

    @cached_property
    def _strings(self) -> SharedStrings | None:
        part = self._workbook.related("sharedStrings")
        return SharedStrings(self._package.read(part), part) if part else None


def _areas(text: str) -> tuple[Area, ...]:
    return tuple(area for item in text.split() if (area := areas.parse(item)) is not None)


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads some rows further down and columns further right.

    >>> moved("SUM(A$1:A3)*Data!$B2", 1, 2)
    'SUM(C$1:C4)*Data!$B3'
    """

    def cell(found: re.Match[str]) -> str:
        if found[1] is not None:
            return found[0]
        column = areas.column_number(found[3]) + (0 if found[2] else columns)
        return f"{found[2]}{column_letters(max(column, 1))}{found[4]}{int(found[5]) + (0 if found[4] else rows)}"

    return _CELL.sub(cell, formula)
