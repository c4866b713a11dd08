"""The sheet xlwings.conf of a workbook: keys in column A, values in column B, down to the first blank key."""

from __future__ import annotations

from dataclasses import dataclass

from ..hosts.files.markup import utf8
from ..hosts.files.reading import read_columns
from ..hosts.files.sheet_xml import SheetXml
from ..hosts.files.values import Decoder, SharedStrings, date_styles
from ..sheets.areas import Area
from ..sheets.book import Value
from . import paths
from .opened_project import Opened

_LONGEST = 1000  # rows


@dataclass(frozen=True, slots=True)
class ConfigSheet:
    """What Excel reads from the sheet: keys in capitals, with repeats."""

    keys: tuple[str, ...]
    values: tuple[str, ...]

    def get(self, key: str) -> str:
        """A key's value, "" where there is none."""
        return dict(zip(reversed(self.keys), reversed(self.values), strict=True)).get(key, "")


def read_sheet(book: Opened) -> ConfigSheet | None:
    """The configuration sheet; None where there is none. Raises FileRefused."""
    workbook, package = book.workbook, book.package
    found = next((sheet for sheet in workbook.sheets if sheet.name.casefold() == paths.CONF), None)
    if found is None:
        return None
    sheet = SheetXml(package.read(found.part), found.part)
    strings, styles = workbook.related("sharedStrings"), workbook.related("styles")
    decoder = Decoder(
        sheet.part,
        sheet.patterns,
        SharedStrings(package.read(strings), strings) if strings else None,
        date_styles(utf8(package.read(styles), styles), styles) if styles else frozenset(),
        workbook.since_1904,
    )
    keys, values = read_columns(sheet, Area(1, 1, _LONGEST, 2), decoder)
    pairs: list[tuple[str, str]] = []
    for key, value in zip(map(_text, keys), map(_text, values), strict=True):
        if not key:
            break
        pairs.append((key.upper(), value))
    return ConfigSheet(tuple(key for key, _ in pairs), tuple(value for _, value in pairs))


def _text(value: Value) -> str:
    return "" if value is None else str(value)
