"""Which formulas follow cells that have changed, directly or through other formulas.

In doubt a formula follows: one that is calculated once too often does no harm, one that shows an old value does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ...sheets.areas import MAX_COLUMN, MAX_ROW, Area, column_number, parse
from .markup import escaped, plain_text
from .settling import CellPlace
from .sheet_xml import Cell, SheetXml, attributes_of, has_formula, holds_formula, rows_within
from .workbook import FileTable, Workbook

_TOKEN = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?<![\w.$])(?:(?P<sheet>'(?:[^']|'')+'|[\w.?\\]+(?::[\w.?\\]+)?)!)?"
    r"(?:(?P<first>\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(?::(?P<last>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}))?(?![\w.(!])"
    r"|(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!])"
    r"|(?P<rows>\$?[0-9]{1,7}:\$?[0-9]{1,7})(?![\w.!])"
    r"|(?P<word>[^\W\d][\w.?\\]*)(?P<call>\s*\()?)"
    r"|(?P<spec>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])",
    re.S,
)
# A cell with a formula and no value, unless it is an empty text.
_NO_VALUE = (
    rb"""<(?:[\w.-]+:)?c(?=\s)(?![^>]*\st=["']str["'])[^>]*><(?:[\w.-]+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:[\w.-]+:)?f\s*>)"""
    rb"""(?:<(?:[\w.-]+:)?v\s*/>|<(?:[\w.-]+:)?v>\s*</|</)"""
)
_SEVERAL_SHEETS = re.compile(rb":[^<>!(),+*/=&;{}-]{1,40}!")
_AFTER_NAME = re.compile(r"[\w.?\\]")
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
# Functions whose answer no reference in their text bounds.
_ANYWHERE = ("indirect", "offset")

ChangedAreas = Mapping[str, list[Area]]  # by sheet, its name in lower case


class FormulaCell(NamedTuple):
    """A formula in a cell, or in the cells of an array. `shift` is how far it is from where its text was written."""

    sheet: str
    area: Area
    text: str
    shift: tuple[int, int]
    valued: bool

    @property
    def key(self) -> tuple[str, int, int]:
        return self.sheet, self.area.top, self.area.left


class _Corner(NamedTuple):
    row: int
    column: int
    row_moves: bool
    column_moves: bool

    def at(self, shift: tuple[int, int]) -> tuple[int, int]:
        return self.row + shift[0] * self.row_moves, self.column + shift[1] * self.column_moves


class _Reads(NamedTuple):
    """What a text reads: areas with their sheet (empty for its own), names, tables without a name, or who knows."""

    areas: tuple[tuple[str, _Corner, _Corner], ...] = ()
    words: tuple[str, ...] = ()
    own_table: bool = False
    anything: bool = False


def formula_cells(
    workbook: Workbook,
    holds: Callable[[str, bytes], object] = lambda _, data: holds_formula(data),
    only: str | None = None,
) -> Iterator[FormulaCell]:
    """All formulas of all worksheets, or of only one, of which `holds` says, by name and bytes, that they have the
    like."""
    for sheet in workbook.sheets:
        if only not in (None, sheet.name):
            continue
        data = workbook.package.read(sheet.part)
        if holds(sheet.name, data):
            yield from of_sheet(SheetXml(data, sheet.part), sheet.name)


def unvalued(workbook: Workbook) -> list[FormulaCell]:
    """Formulas for which the file holds no value."""
    found = formula_cells(workbook, lambda _, data: holds_formula(data) and re.search(_NO_VALUE, data))
    return [cell for cell in found if not cell.valued]


def of_sheet(sheet: SheetXml, name: str) -> Iterator[FormulaCell]:
    """All formulas of one worksheet."""
    masters: dict[bytes, tuple[str, int, int]] = {}
    for row in sheet.rows():
        if not has_formula(sheet.data, row.content, row.close):
            continue
        for cell in sheet.cells(row):
            found = sheet.patterns.formula.search(cell.content) if cell.content else None
            if found is None:
                continue
            attributes = attributes_of(found[1])
            text, at = plain_text(found[2] or b""), (row.number, cell.column)
            if attributes.get(b"t") == b"shared":
                group = attributes.get(b"si", b"")
                if text:
                    masters[group] = text, *at
                text, *at_master = masters.get(group, (text, *at))
                shift = at[0] - at_master[0], at[1] - at_master[1]
            else:
                shift = 0, 0
            area = None
            if attributes.get(b"t") == b"array":
                area = parse(attributes.get(b"ref", b"").decode("utf-8", "replace"))
            yield FormulaCell(name, area or Area(*at, *at), text, shift, _is_valued(sheet, cell))


def _is_valued(sheet: SheetXml, cell: Cell) -> bool:
    found = sheet.patterns.value.search(cell.content)
    return cell.type == b"str" or bool(cell.value or (found and found[2]))


@dataclass(eq=False)
class Following:
    """The names and tables of a workbook, by which formulas name cells."""

    tables: dict[str, tuple[str, Area]]
    names: dict[str, list[str]]
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, workbook: Workbook, tables: Iterable[FileTable]) -> Following:
        names: dict[str, list[str]] = defaultdict(list)
        for name in workbook.names:
            names[name.name.casefold()].append(name.text)
        return cls({t.name.casefold(): (t.sheet_name.casefold(), t.area) for t in tables}, dict(names))

    def stale(self, cells: Iterable[FormulaCell], changed: ChangedAreas) -> list[FormulaCell]:
        """Formulas whose values need not be right any more: those without one, and those that follow what changed."""
        areas: ChangedAreas = changed
        found: list[FormulaCell] = []
        waiting = list(cells)
        while waiting:
            new, rest = list[FormulaCell](), list[FormulaCell]()
            for cell in waiting:
                (new if not cell.valued or (areas and self.follows(cell, areas)) else rest).append(cell)
            if not new:
                break
            found += new
            waiting = rest
            areas = _areas_of(new)  # what follows nothing of before can follow these alone
        return found

    def may_follow(self, changed: ChangedAreas) -> Callable[[str, bytes], bool]:
        """For a sheet's name and bytes, whether a formula there can follow; cheap, where sheets are large."""
        sheets = [sheet.replace("'", "''") for sheet in changed]
        tables = [name for name in self.tables if self._hit(name, changed)]
        anywhere = FormulaCell("", Area(1, 1, 1, 1), "", (0, 0), True)
        names = [name for name in self.names if self.follows(anywhere._replace(text=name), changed)]
        # Where no letter but those of ASCII has a case, bytes in lower case will do.
        simple = all(c.isascii() or c.lower() == c.upper() for word in (*sheets, *tables, *names) for c in word)
        words = [escaped(word).encode() for word in (*sheets, *tables, *names, *(f"{word}(" for word in _ANYWHERE))]

        def may(sheet: str, data: bytes) -> bool:
            start, end = rows_within(data)
            if not has_formula(data, start, end):
                return False
            rows = data[start:end]  # lists and conditional formats name tables, too
            lower = rows.lower() if simple else rows.decode("utf-8", "replace").casefold().encode()
            own = sheet.casefold() in changed
            return own or any(word in lower for word in words) or _SEVERAL_SHEETS.search(rows) is not None

        return may

    def any_follows(
        self, workbook: Workbook, changed: ChangedAreas, besides: Container[CellPlace] = (), only: str | None = None
    ) -> bool:
        """Whether any formula of the workbook, or of only one sheet, reads a changed cell; some may be left aside."""
        cells = formula_cells(workbook, self.may_follow(changed), only) if changed else ()
        return any(cell.key not in besides and self.follows(cell, changed) for cell in cells)

    def follows(self, cell: FormulaCell, changed: ChangedAreas) -> bool:
        """Whether a formula reads a changed cell itself."""
        self._seen = set()
        return self._reads(reads(cell.text), cell, changed)

    def _reads(self, found: _Reads, cell: FormulaCell, changed: ChangedAreas) -> bool:
        own = cell.sheet.casefold()
        if found.anything:
            return True
        for sheet, first, last in found.areas:
            area = _area(first.at(cell.shift), last.at(cell.shift))
            if any(area.overlaps(other) for other in changed.get(sheet or own, ())):
                return True
        if found.own_table and any(self._hit(name, changed) for name in self._tables_around(cell)):
            return True
        return any(self._word(word, cell, changed) for word in found.words)

    def _tables_around(self, cell: FormulaCell) -> Iterator[str]:
        own = Area(cell.area.top, cell.area.left, cell.area.top, cell.area.left)
        for name, (sheet, area) in self.tables.items():
            if sheet == cell.sheet.casefold() and area.contains(own):
                yield name

    def _hit(self, table: str, changed: ChangedAreas) -> bool:
        sheet, area = self.tables[table]
        return any(area.overlaps(other) for other in changed.get(sheet, ()))

    def _word(self, word: str, cell: FormulaCell, changed: ChangedAreas) -> bool:
        if word in self.tables and self._hit(word, changed):
            return True
        if word in self._seen or word not in self.names:
            return False
        self._seen.add(word)
        return any(self._reads(reads(text), cell, changed) for text in self.names[word])


def _areas_of(cells: Iterable[FormulaCell]) -> dict[str, list[Area]]:
    """Where the cells stand, by sheets; cells that stand below each other, as formulas filled down do, as one."""
    found: dict[str, list[Area]] = {}
    for cell in sorted(cells, key=lambda cell: (cell.area.left, cell.area.right, cell.area.top)):
        areas = found.setdefault(cell.sheet.casefold(), [])
        last, area = areas[-1] if areas else None, cell.area
        if last and (last.left, last.right) == (area.left, area.right) and area.top <= last.bottom + 1:
            areas[-1] = last._replace(bottom=max(last.bottom, area.bottom))
        else:
            areas.append(area)
    return found


def _area(first: tuple[int, int], last: tuple[int, int]) -> Area:
    rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
    return Area(rows[0], columns[0], rows[1], columns[1])


@lru_cache(maxsize=4096)
def reads(text: str) -> _Reads:
    """What a formula's text reads.

    >>> [(sheet, first.row, last.row) for sheet, first, last in reads("SUM('a b'!A1:$B$3)+C2").areas]
    [('a b', 1, 3), ('', 2, 2)]
    >>> reads('t[x]&"A1"&f(n)').words
    ('t', 'n')
    """
    areas, words, own, anything = [], [], False, False
    for token in _TOKEN.finditer(text):
        sheet = (token["sheet"] or "").strip("'").replace("''", "'").casefold()
        if token["sheet"] and ":" in sheet:
            anything = True
        if token["first"]:
            first = _corner(token["first"])
            areas.append((sheet, first, _corner(token["last"]) if token["last"] else first))
        elif token["columns"] or token["rows"]:
            areas.append((sheet, *_whole(token["columns"], token["rows"])))
        elif token["word"]:
            word = token["word"].casefold()
            anything = anything or bool(token["call"] and word in _ANYWHERE)
            words += [] if token["call"] else [word]
        elif not _AFTER_NAME.match(text[max(token.start() - 1, 0) : token.start()]):
            own = own or bool(token["spec"])
    return _Reads(tuple(areas), tuple(words), own, anything)


def _corner(text: str) -> _Corner:
    found = _CORNER.fullmatch(text)
    assert found is not None
    return _Corner(int(found[4]), column_number(found[2]), not found[3], not found[1])


def _whole(columns: str | None, rows: str | None) -> tuple[_Corner, _Corner]:
    if columns:
        one, other = (column_number(part.replace("$", "")) for part in columns.split(":"))
        return _Corner(1, one, False, False), _Corner(MAX_ROW, other, False, False)
    one, other = (int(part.replace("$", "")) for part in (rows or "1:1").split(":"))
    return _Corner(one, 1, False, False), _Corner(other, MAX_COLUMN, False, False)
