"""Excel's tables, which are LibreOffice's database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from .autofilter import AutoFilter
from .missing import NoApi, complete

if TYPE_CHECKING:
    from .range import Range
    from .sheet import Sheet


@complete
class Tables(base_classes.Tables):
    """Tables of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> NoApi:
        return NoApi()

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def __iter__(self) -> Iterator[Table]:
        document = self._sheet.document
        known, names = document.sheet_of_table, document.tables.ElementNames
        known.update({name: document.table(name).DataArea.Sheet for name in names if name not in known})
        here = self._sheet.index - 1
        return iter([Table(self._sheet, name) for name in names if known[name] == here])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int | str) -> Table:
        for i, table in enumerate(self, start=1):
            if key == i or (isinstance(key, str) and key.casefold() == table.name.casefold()):
                return table
        raise KeyError(key)

    def __contains__(self, key: str) -> bool:
        return any(key.casefold() == table.name.casefold() for table in self)

    def add(
        self, source_type: Any = None, source: Any = None, link_source: Any = None, has_headers: Any = None,
        destination: Any = None, table_style_name: Any = None, name: str | None = None,
    ) -> Table:  # fmt: skip
        ranges = self._sheet.document.tables
        if not has_headers:
            raise NotImplementedError("Tables.add: only with has_headers=True")
        free = (f"Table{i}" for i in range(1, len(ranges.ElementNames) + 2) if not ranges.hasByName(f"Table{i}"))
        name = name or next(free)
        cells = getattr(source, "impl", source).cells
        ranges.addNewByName(name, cells.RangeAddress)
        self._sheet.document.sheet_of_table.pop(name, None)
        table = Table(self._sheet, name)
        table.xl.ContainsHeader = table.xl.AutoFilter = True
        return table


@complete
class Table(base_classes.Table):
    """One table."""

    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet, self._name = sheet, name

    @property
    def xl(self) -> Any:
        """LibreOffice's own object."""
        return self._sheet.document.table(self._name)

    @property
    def api(self) -> NoApi:
        return NoApi()

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.xl.Name = value
        self._name = value
        self._sheet.document.forget()

    display_name = name

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def range(self) -> Range:
        return self._sheet.at(self.xl.DataArea)

    @property
    def header_row_range(self) -> Range | None:
        return self._rows(0, 1) if self.show_headers else None

    @property
    def data_body_range(self) -> Range | None:
        n_rows = self.range.shape[0] - self.show_headers - self.show_totals
        return self._rows(int(self.show_headers), n_rows) if n_rows else None

    @property
    def totals_row_range(self) -> Range | None:
        return self._rows(self.range.shape[0] - 1, 1) if self.show_totals else None

    @property
    def show_headers(self) -> bool:
        return bool(self.xl.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        if value == self.show_headers:
            return
        if value:
            raise NotImplementedError("Table.show_headers: the engine for LibreOffice hides a header row for good")
        self.show_autofilter = False
        header = self._rows(0, 1)
        self._resize_to(1, self.range.shape[0] - 1)
        self.xl.ContainsHeader = False
        header.clear_contents()

    @property
    def show_totals(self) -> bool:
        return bool(self.xl.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        """As in Excel, what a hidden totals row held comes back, below the end that the table has by then."""
        if value == self.show_totals:
            return
        kept, n_rows = self._sheet.document.hidden_totals, self.range.shape[0]
        if value:
            row = self._rows(n_rows, 1)
            if any(row.cells.getFormulaArray()[0]):
                row.insert("down")
            if self._name in kept:
                row.formula = kept.pop(self._name)
            self._resize_to(0, n_rows + 1)
            self.xl.TotalsRow = True
        else:
            row = self._rows(n_rows - 1, 1)
            texts = row.formula
            kept[self._name] = texts if isinstance(texts, tuple) else ((texts,),)
            self.xl.TotalsRow = False
            self._resize_to(0, n_rows - 1)
            row.clear_contents()

    @property
    def show_autofilter(self) -> bool:
        return bool(self.xl.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if not value:
            self.autofilter.clear(None)
        self.xl.AutoFilter = value

    @property
    def autofilter(self) -> AutoFilter:
        return AutoFilter(self)

    def resize(self, range: Any) -> None:
        new, old = range.impl, self.range
        if new.row != old.row or new.shape[0] < 1 + self.show_headers:
            raise ValueError("Table.resize: the header row must stay where it is, with a row below it, as in Excel")
        self.xl.DataArea = new.cells.RangeAddress

    def _rows(self, first: int, count: int) -> Range:
        whole = self.range
        return self._sheet.range((whole.row + first, whole.column, count, whole.shape[1]))

    def _resize_to(self, first: int, count: int) -> None:
        self.xl.DataArea = self._rows(first, count).cells.RangeAddress
