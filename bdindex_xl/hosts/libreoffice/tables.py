"""Tables of a document that is open in LibreOffice: its database ranges, which Excel's tables become there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

from ...errors import SheetError
from ...sheets.areas import Area
from ...sheets.plan import PlacedTable, header_hidden
from .values import Office, corners, read_area


class RangeTable:
    """One table, with what the extension tells of it."""

    def __init__(self, office: Office, about: dict[str, Any]) -> None:
        self._office, self._about = office, about
        self.name: str = about["name"]
        self.sheet: str = about["sheet"]

    @cached_property
    def placed(self) -> PlacedTable:
        """Where the table is. Raises SheetError where its header row is hidden: then columns have no names to go by."""
        area = Area(*self._about["area"])
        if not self._about["has_header"]:
            raise SheetError(header_hidden(self.sheet, area, self.name))
        header = tuple(_text(value) for value in self._about["header"])
        bare = PlacedTable(self.name, self.sheet, area, 1, int(self._about["has_totals"]), header, ())
        return replace(bare, formulas=self._calculated(bare.body))

    def read(self, area: Area) -> list[list[Any]]:
        """Values of an area of the table's sheet."""
        return read_area(self._office, self.sheet, area)

    def holds_scores(self, j: int, like: int | None) -> bool:
        """Whether a column holds nothing but numbers from 0 to 100, none by a formula, and looks like another."""
        body = self.placed.body
        column = Area(body.top, body.left + j, body.bottom, body.left + j)
        formats = self.formats
        if like is not None and formats[j] != formats[like]:
            return False
        if self._formulas(column):
            return False
        values = (row[0] for row in self.read(column))
        return all(value is None or (isinstance(value, float) and 0 <= value <= 100) for value in values)

    def formula_places(self) -> set[tuple[int, int]]:
        """Row and column of the table's formulas, both counted from 0."""
        return self._formulas(self.placed.body)

    @cached_property
    def formats(self) -> list[int]:
        """Number format of each column, as the document numbers them."""
        body = self.placed.body
        found: list[int] = self._office.ask(
            "formats", sheet=self.sheet, area=[body.top, body.left, body.top, body.right]
        )
        return found

    def _calculated(self, body: Area) -> tuple[str, ...]:
        """Calculated columns, those with a formula in the first row and one in the last: "=" for each, else empty."""
        ends = (self._formulas(Area(row, body.left, row, body.right)) for row in (body.top, body.bottom))
        first, last = ({j for _, j in places} for places in ends)
        return tuple("=" if j in first & last else "" for j in range(body.right - body.left + 1))

    def _formulas(self, area: Area) -> set[tuple[int, int]]:
        return {(i, j) for i, j in self._office.ask("formulas", sheet=self.sheet, area=corners(area))}


def range_tables(office: Office) -> Iterator[RangeTable]:
    """All tables of the document."""
    for about in office.ask("tables"):
        yield RangeTable(office, about)


def _text(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
