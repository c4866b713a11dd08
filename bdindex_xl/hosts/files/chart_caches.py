"""What charts keep of the cells that they show. Excel draws from the cells; previews and mail programs, from this."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator

from ...sheets.areas import Area
from ...sheets.book import ErrorValue, Uncalculated, Value
from .markup import escaped, plain_text, storable
from .package import Packed, packed
from .values import to_serial
from .workbook import Workbook

_PART = re.compile(r"xl/charts/chart[^/]*\.xml", re.IGNORECASE)
# A reference with the copy of its cells: texts or numbers. Categories of several levels keep theirs.
_CACHED = re.compile(rb"(<((?:[\w.-]+:)?)f>([^<]*)</\2f>\s*<\2(str|num)Cache>)(.*?)(</\2\4Cache>)", re.DOTALL)
_FORMAT = re.compile(rb"\s*<(?:[\w.-]+:)?formatCode>[^<]*</(?:[\w.-]+:)?formatCode>")
_FURTHER = b"extLst"
_MOST = 10_000  # cells; of a whole column, Excel itself keeps what is used


def renewed(
    workbook: Workbook,
    changed: Collection[str],
    values: Callable[[str, Area], list[list[Value]]],
) -> dict[str, Packed | None]:
    """The parts of charts that show cells of sheets that changed, with what these cells hold now.

    Parameters
    ----------
    changed
        Names of sheets, in lower case.
    values
        Values of an area, row by row.
    """
    package = workbook.package
    charts = {part: package.read(part) for part in package.names() if changed and _PART.fullmatch(part)}
    # A reference that names no sheet, or several areas, is left alone.
    places = {text: place for data in charts.values() for text in _texts(data) if (place := workbook.area_of(text, ""))}
    wanted = {(sheet, area) for sheet, area in places.values() if sheet.casefold() in changed and area.size <= _MOST}
    in_turn = sorted(wanted, key=lambda place: (place[0], str(place[1])))  # a sheet is read once
    cells = {place: [value for row in values(*place) for value in row] for place in in_turn}
    cells = {place: found for place, found in cells.items() if not any(isinstance(v, Uncalculated) for v in found)}

    def anew(found: re.Match[bytes]) -> bytes:
        place = places.get(plain_text(found[3]))
        if place not in cells or _FURTHER in found[5]:
            return found[0]
        kept = [_text(value, found[4] == b"num", workbook.since_1904) for value in cells[place]]
        return found[1] + _cache(kept, found[2], found[4] == b"num", found[5]) + found[6]

    made = {part: _CACHED.sub(anew, data) for part, data in charts.items()}
    return {part: packed(data) for part, data in made.items() if data != charts[part]}


def _texts(data: bytes) -> Iterator[str]:
    return (plain_text(found[3]) for found in _CACHED.finditer(data))


def _cache(texts: list[str | None], prefix: bytes, numbers: bool, old: bytes) -> bytes:
    shape = _FORMAT.match(old) if numbers else None
    points = [
        b'<%bpt idx="%d"><%bv>%b</%bv></%bpt>' % (prefix, i, prefix, text.encode(), prefix, prefix)
        for i, text in enumerate(texts)
        if text is not None
    ]
    count = b'<%bptCount val="%d"/>' % (prefix, len(texts))
    return b"".join([shape[0].strip() if shape else b"", count, *points])


def _text(value: Value, numbers: bool, since_1904: bool) -> str | None:
    """A cell as Excel has charts keep it, errors by their names; None for a blank one, which has no point."""
    if isinstance(value, dt.datetime):
        return _number(to_serial(value, since_1904=since_1904)) if numbers else None
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _number(value)
    if value is None or (numbers and not isinstance(value, ErrorValue)):
        return None
    return escaped(storable(str(value)))


def _number(value: float) -> str:
    return repr(int(value)) if float(value).is_integer() else repr(float(value))
