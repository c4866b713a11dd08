"""Single cells of a closed workbook by defined name: headings and notes of the result sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..hosts.files.cells import SheetXml
from ..hosts.files.package import Package
from ..hosts.files.reading import read_columns
from ..hosts.files.values import Decoder, SharedStrings
from ..hosts.files.workbook import Workbook
from ..sheets import schema
from ..sheets.areas import Area, address
from ..sheets.cells import read_text


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A cell that a name points to, and its text."""

    sheet: str
    cell: str
    text: str


def named_cells(data: bytes, names: Iterable[str]) -> dict[str, NamedCell]:
    """The cells of those names; names that the workbook lacks are left out. Raises FileRefused."""
    workbook = Workbook(Package(data))
    part = workbook.related("sharedStrings")
    strings = SharedStrings(workbook.package.read(part), part) if part else None
    sheets: dict[str, SheetXml] = {}
    found = {}
    for name in names:
        place = workbook.cell_of(name)
        if place is None:
            continue
        of, row, column = place
        sheet = sheets.get(of.part) or sheets.setdefault(of.part, SheetXml(workbook.package.read(of.part), of.part))
        decoder = Decoder(of.part, sheet.patterns, strings, frozenset(), workbook.since_1904)
        values = read_columns(sheet, Area(row, column, row, column), decoder)[0]
        found[name] = NamedCell(of.name, address(row, column), read_text(values[0]) if values else "")
    return found


def differing(data: bytes, expected: Mapping[str, str], *, notes: bool) -> Iterator[tuple[str, NamedCell]]:
    """Headings by name, and with `notes` the notes, whose cell says something else; those without a cell are none."""
    for name, cell in named_cells(data, expected).items() if expected else ():
        if cell.text != expected[name] and (notes or not schema.is_note(name)):
            yield name, cell
