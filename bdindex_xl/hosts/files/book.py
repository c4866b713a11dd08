"""A closed workbook as a `Book`: read from bytes, results written in memory, saved whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cached_property, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from ...errors import FileRefused
from ...sheets import plan as planning
from ...sheets import schema
from ...sheets.areas import Area, address
from ...sheets.book import Block, Book, NamedCell, Results, Value
from ...sheets.cells import heading
from . import chart_caches, following, refusals, saving, settling
from .following import Following, FormulaCell
from .markup import Edit, edited, utf8
from .package import Package, packed
from .reading import body_and_rest, formula_places, header_text, read_columns
from .relations import suffix_of
from .settling import CellPlace
from .sheet_xml import SheetXml
from .values import Decoder, SharedStrings, date_styles
from .visible import with_rows_shown
from .workbook import FileTable, Workbook
from .writing import Writer

P = ParamSpec("P")
T = TypeVar("T")


def _naming(method: Callable[Concatenate[FileBook, P], T]) -> Callable[Concatenate[FileBook, P], T]:
    """A method of a book whose refusals name the book's file: damage shows only where a part is read."""

    @wraps(method)
    def named(self: FileBook, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(self, *args, **kwargs)
        except FileRefused as refused:
            raise refused.about(self._path) if self._path else refused from None

    return named


class FileBook(Book):
    """A workbook file, closed."""

    def __init__(self, data: bytes, path: Path | None = None) -> None:
        self._path = path
        self._original = data
        self._package = Package(data)
        self._changed: dict[str, list[Area]] = {}
        self._unasked: dict[str, list[Area]] = {}  # of these, what no program has been asked to calculate after
        self._fresh: frozenset[CellPlace] = frozenset()  # formulas whose values were found after that
        self._latest: SheetXml | None = None  # the sheet read last: tables of a sheet are read one after the other
        self._renew()

    @classmethod
    def from_bytes(cls, data: bytes) -> FileBook:
        """A workbook in memory. Raises FileRefused."""
        return cls(data)

    def _sheet(self, part: str) -> SheetXml:
        if self._latest is None or self._latest.part != part:
            self._latest = SheetXml(self._package.read(part), part)
        return self._latest

    def _renew(self) -> None:
        self._latest = None
        self._workbook = Workbook(self._package)
        self._tables: dict[str, FileTable] = {}
        self._blocks: dict[str, Block] = {}  # as they were read; nobody changes them
        for table in self._workbook.tables():
            known = table if table.header_rows else self._with_header(table)
            self._tables.setdefault(table.name.casefold(), known)

    def _with_header(self, table: FileTable) -> FileTable:
        """A table that is said to have no header row, with the one it has all the same: some programs save it so."""
        sheet = self._sheet(table.sheet.part)
        area = table.area
        cells = read_columns(sheet, Area(area.top, area.left, area.top, area.right), self._decoder(sheet))
        first = [heading(column[0]) if column else "" for column in cells]
        return replace(table, header_rows=1) if first == [heading(name) for name in table.header] else table

    def tables(self) -> Mapping[str, str]:
        """Names of all tables, each with the name of its sheet."""
        return {table.name: table.sheet.name for table in self._tables.values()}

    def sheets(self) -> tuple[str, ...]:
        """Names of all worksheets, in order."""
        return tuple(sheet.name for sheet in self._workbook.sheets)

    def sheet_of(self, name: str) -> str | None:
        """Name of the sheet that a defined name points into; None where there is no such name or no single place."""
        place = self._workbook.cell_of(name)
        return place[0].name if place else None

    @_naming
    def cells(self, names: Iterable[str]) -> dict[str, NamedCell]:
        """Single cells by defined name; see `sheets.book.Book.cells`."""
        places = {name: place for name in names if (place := self._workbook.cell_of(name))}
        found = {}
        for name in sorted(places, key=lambda name: places[name][0].part):  # each sheet is looked through once
            of, row, column = places[name]
            value = self.values(of.name, Area(row, column, row, column))[0][0]
            found[name] = NamedCell(of.name, address(row, column), value)
        return {name: found[name] for name in places}

    def names(self) -> tuple[str, ...]:
        """All defined names of the workbook."""
        return tuple(name.name for name in self._workbook.names)

    def place_of(self, name: str) -> tuple[str, int, int] | None:
        """Sheet, row and column that a defined name points to, the latter from 1; None where it points nowhere."""
        place = self._workbook.cell_of(name)
        return (place[0].name, place[1], place[2]) if place else None

    def is_shown(self, table: str) -> bool:
        """Whether the sheet of a table is in view; see `sheets.book.Book.is_shown`."""
        return not self._workbook.is_hidden(self._tables[table.casefold()].sheet)

    def show(self, table: str) -> None:
        """Bring the sheet of a table into view; see `sheets.book.Book.show`."""
        self._edit_workbook(self._workbook.showing_edit(self._tables[table.casefold()].sheet))

    def show_rows(self, sheet: str, shown: Mapping[int, bool]) -> None:
        """Show or hide rows of a sheet by their numbers; one with anything in it is never hidden."""
        part = next(one.part for one in self._workbook.sheets if one.name == sheet)
        self._package.replace({part: packed(with_rows_shown(self._package.read(part), part, shown))})
        self._renew()

    @property
    def suffix(self) -> str:
        """The suffix that its file must have, such as ``.xlsm`` where it holds macros."""
        return suffix_of(self._package, self._workbook.part)

    @property
    def recalculates(self) -> bool:
        """Whether the program that opens the file is to calculate every formula anew."""
        self._ask_to_be_calculated()
        return self._workbook.recalculates

    def trust_values(self) -> None:
        """Have the program that opens the file show the values as they are stored."""
        self._unasked = {}
        self._edit_workbook(self._workbook.trusting_edit())

    def distrust_values(self) -> None:
        """Have the program that opens the file calculate every formula anew."""
        self._unasked = {}
        self._edit_workbook(self._workbook.calculation_edit())

    def _edit_workbook(self, edits: list[Edit]) -> None:
        book = self._workbook
        self._package.replace({book.part: packed(edited(book.data, edits))} if edits else {})
        self._renew()

    def formula_cells(self, sheet: str | None = None) -> list[FormulaCell]:
        """All formulas in cells of worksheets, or of one of them."""
        return list(following.formula_cells(self._workbook, only=sheet))

    def unvalued(self) -> list[FormulaCell]:
        """Formulas for which the file holds no value."""
        return following.unvalued(self._workbook)

    def stale(self, formulas: Iterable[FormulaCell]) -> list[FormulaCell]:
        """Those without a value, and those that follow what was written to this workbook and changed a cell."""
        rest = (cell for cell in formulas if cell.key not in self._fresh)
        return Following.of(self._workbook, self._tables.values()).stale(rest, self._changed)

    def followers(self, formulas: Iterable[FormulaCell], read: Iterable[FormulaCell]) -> list[FormulaCell]:
        """Those of some formulas that follow others, directly or through each other."""
        areas: dict[str, list[Area]] = {}
        for cell in read:
            areas.setdefault(cell.sheet.casefold(), []).append(cell.area)
        return Following.of(self._workbook, self._tables.values()).stale(formulas, areas)

    def has_changed(self, sheets: Iterable[str]) -> bool:
        """Whether what was written to any of these sheets changed a cell; asked only where the file has formulas."""
        return any(sheet.casefold() in self._changed for sheet in sheets)

    def area_of(self, text: str, sheet: str) -> tuple[str, Area] | None:
        """Sheet and cells that a reference names, or a defined name, as a formula on that sheet has it."""
        return self._workbook.area_of(text, sheet)

    def values(self, sheet: str, area: Area) -> list[list[Value]]:
        """Values of an area, row by row."""
        columns, n_rows = self.columns(sheet, area), area.bottom - area.top + 1
        return [[column[i] if i < len(column) else None for column in columns] for i in range(n_rows)]

    @_naming
    def columns(self, sheet: str, area: Area) -> list[list[Value]]:
        """Values of an area, column by column, down to its last row that holds any."""
        part = next(known.part for known in self._workbook.sheets if known.name.casefold() == sheet.casefold())
        xml = self._sheet(part)
        return read_columns(xml, area, self._decoder(xml))

    def settle(self, values: Mapping[CellPlace, Value]) -> None:
        """New values for formulas, and for what arrays of theirs fill; None takes one away. The formulas stay."""
        self._package.replace(settling.settled(self._workbook, values))
        self._fresh |= values.keys()
        self._renew()

    def _note_changes(self, changed: following.ChangedAreas, *, filled: bool) -> None:
        if self._fresh and self._own_follow(changed):
            self._fresh = frozenset()
        for sheet, areas in changed.items():
            self._changed.setdefault(sheet, []).extend(areas)
            self._unasked.setdefault(sheet, []).extend(areas)
        if filled:  # new rows have formulas that no program has calculated
            self.distrust_values()

    def _ask_to_be_calculated(self) -> None:
        """Formulas that follow a cell that changed get their values; where one is not known here, the program that
        opens the file is to calculate. So it is where it was before, unless all values are found now."""
        if not self._unasked:
            return
        known, asked = Following.of(self._workbook, self._tables.values()), self._workbook.recalculates
        if asked or known.any_follows(self._workbook, self._unasked, self._fresh):
            if not self._fresh and self._own_follow(self._unasked):
                self.calculate_own()
            changed, self._unasked = self._unasked, {}
            if asked or known.any_follows(self._workbook, changed, self._fresh):
                rest = [cell for cell in self.formula_cells() if not self.renewed(cell)]
                self._find_values(rest if asked else known.stale(rest, changed))
        self._unasked = {}

    def _find_values(self, formulas: list[FormulaCell]) -> None:
        from ...sheets.read_settings import language
        from .evaluate import evaluated  # with all that functions compute with

        values, without = evaluated(self, formulas, language(self))
        self.settle(values)
        for sheet, row, column in values:
            self._changed.setdefault(sheet.casefold(), []).append(Area(row, column, row, column))
        settled = self.distrust_values if without else self.trust_values
        settled()

    @_naming
    def read(self, table: str) -> Block:
        """A table's cells. Blank rows at its end are left out. Raises KeyError where there is no such table."""
        known = table.casefold()
        if known not in self._blocks:
            self._blocks[known] = self._block(self._tables[known])
        return self._blocks[known]

    @_naming
    def place(self, table: str) -> Block:
        """A table's block without its rows. Raises as `read`."""
        return self._block(self._tables[table.casefold()], rows=False)

    def _block(self, found: FileTable, *, rows: bool = True) -> Block:
        sheet = self._sheet(found.sheet.part)
        body, end = found.body, found.area.bottom
        first = found.area.top
        lowest = planning.free_below(found, self._tables.values()) if rows else body.top - 1
        columns = read_columns(sheet, Area(first, body.left, lowest, body.right), self._decoder(sheet))
        header = found.header
        if found.header_rows:
            header = tuple(header_text(c[0] if c else None, name) for c, name in zip(columns, header, strict=True))
        inner, under = body_and_rest(columns, body.top - first, body.bottom - first + 1, end - first + 1)
        below = tuple((end + 1 + i, values) for i, values in under)
        return Block(found.name, found.sheet.name, body.top - 1, body.left, header, inner, below, end)

    @_naming
    def header(self, table: str) -> tuple[str, ...]:
        """A table's headers; see `sheets.book.Book.header`."""
        return self._tables[table.casefold()].header

    @_naming
    def formulas(self, table: str) -> set[tuple[int, int]]:
        """Places of a table's formulas; see `sheets.book.Book.formulas`."""
        found = self._tables[table.casefold()]
        sheet = self._sheet(found.sheet.part)
        return formula_places(sheet, found.body)

    @_naming
    def look(self, table: str, i: int, j: int) -> str:
        """Number of the look of the cell `i` rows below header `j` of a table, ``-1`` the header; empty for none."""
        found = self._tables[table.casefold()]
        sheet = self._sheet(found.sheet.part)
        row, column = found.body.top + i, found.area.left + j
        found_row = next((one for one in sheet.rows() if one.number >= row), None)
        cells = sheet.cells(found_row) if found_row is not None and found_row.number == row else iter(())
        return next((cell.style.decode() for cell in cells if cell.column == column), "")

    @_naming
    def write(self, results: Results) -> list[str]:
        """Replace result tables and cells, all or nothing; see `sheets.book.Book.write`."""
        self._latest = None
        writer = Writer(self._workbook, self._tables, self._decoder)
        self._package.replace(writer.parts(results))
        self._note_changes(writer.changed, filled=any(plan.fills for plan in writer.plans))
        written = {table.table.casefold() for table in results.tables}
        same = {name: block for name, block in self._blocks.items() if name not in written}
        self._renew()
        self._blocks = same
        if self._workbook.recalculates or self._own_follow(writer.changed):
            self.calculate_own(results)
        return writer.cleared

    def _own_follow(self, changed: following.ChangedAreas) -> bool:
        """Whether a formula on our own sheet of one unit reads a cell that changed."""
        own = self._own_sheet() if changed else None
        known = Following.of(self._workbook, self._tables.values())
        return own is not None and known.any_follows(self._workbook, changed, only=own[1])

    def _own_sheet(self) -> tuple[SheetXml, str] | None:
        place = self._workbook.cell_of(schema.CELL_TITLE.format(table=schema.PROFILE_KEY))
        return (self._sheet(place[0].part), place[0].name) if place else None

    def calculate_own(self, results: Results | None = None) -> bool:
        """Renew the values of the formulas on our own sheet of one unit; `results` are what was just written.

        Returns whether they are right now: not where a formula is none of ours.
        """
        own = self._own_sheet()
        if own is None:
            return True
        from . import own_formulas  # which most recalculations have no need of

        sheet, name = own
        headers = {name: table.header for name, table in self._tables.items()}
        tables = own_formulas.BookTables(headers, results.tables if results else (), self.read)
        found = own_formulas.calculated(sheet, name, self._decoder(sheet), tables)
        if found is None:
            return False
        if found[1]:
            self._note_changes({name.casefold(): found[1]}, filled=False)
            same = self._blocks
            self.settle(found[0])
            self._blocks = same
        self._fresh = frozenset(found[0])
        return True

    def renewed(self, cell: FormulaCell) -> bool:
        """Whether a formula's value was found after all that was written to this workbook."""
        return cell.key in self._fresh

    @_naming
    def set_cells(self, table: str, cells: Mapping[tuple[int, int], Value]) -> list[tuple[int, int]]:
        """Set single cells of a table; see `sheets.book.Book.set_cells`."""
        from .filling import Filling  # of which a recalculation has no need

        filling = Filling(self._workbook, self._tables.values(), self._decoder, self._tables[table.casefold()])
        self._package.replace(filling.parts(cells))
        self._note_changes(filling.changed, filled=filling.fills)
        self._renew()
        return filling.kept

    def to_bytes(self) -> bytes:
        """The workbook file as it stands."""
        self._ask_to_be_calculated()
        self._package.replace(chart_caches.renewed(self._workbook, self._changed, self.values))
        return self._package.to_bytes()

    def save(self, path: Path | str | None = None, *, backup: bool = True) -> Path | None:
        """Write the workbook to `path`, or over the file it was opened from; returns the backup made, if any.

        Raises FileRefused where that file is locked, read-only, or has changed since it was opened.
        """
        if path is None and self._path is None:
            raise ValueError("a workbook made from bytes has no file of its own: name one")
        target = Path(path) if path is not None else self._path
        assert target is not None
        expected = self._original if self.is_at(target) else None
        return saving.replace(target, self.to_bytes(), backup=backup, expected=expected, like=self._path)

    def is_at(self, path: Path) -> bool:
        """Whether the workbook was opened from there."""
        return self._path is not None and path.resolve() == self._path.resolve()

    def _decoder(self, sheet: SheetXml) -> Decoder:
        return Decoder(sheet.part, sheet.patterns, self._strings, self._dates, self._workbook.since_1904)

    @cached_property
    def _strings(self) -> SharedStrings | None:
        part = self._workbook.related("sharedStrings")
        return SharedStrings(self._package.read(part), part) if part else None

    @cached_property
    def _dates(self) -> frozenset[bytes]:
        part = self._workbook.related("styles")
        return date_styles(utf8(self._package.read(part), part), part) if part else frozenset()


def open_book(path: Path | str, *, ours: bool = True) -> FileBook:
    """Open a closed workbook, one of ours unless told otherwise. Raises FileRefused: which file, why, what to do."""
    path = Path(path)
    try:
        book = FileBook(saving.read(path), path)
        if ours and not any(name.casefold().startswith(schema.PREFIX) for name in book.tables()):
            raise refusals.not_ours()
        return book
    except FileRefused as refused:
        if refused.rule in ("not a workbook", "empty file") and path.suffix.lower() in (".csv", ".tsv", ".txt"):
            refused = refusals.csv_file()
        raise refused.about(path) from None
