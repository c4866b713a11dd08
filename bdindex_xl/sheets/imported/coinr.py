"""A workbook of COINr: what `export_to_excel` wrote, or the two tables that a coin is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...language import Lang, Text
from .. import schema
from ..book import Value
from ..cells import heading, read_text, read_year
from ..faults import Report
from .coinr_framework import CoinrFramework, coinr_framework
from .foreign_book import ForeignBlock, ForeignBook, ForeignSheets, Imported, block_of, text_of
from .headed_sheet import HeadedSheet, read_headed

# What COINr does where nobody tells it otherwise: `Normalise` by the least and greatest value, of all years together
# where there are several; `Aggregate` by the weighted mean of what is there, however little.
_DEFAULTS: Mapping[str, str | float] = {
    "weighting": "given",
    "normalisation": "min-max",
    "scope": "panel",
    "aggregation": "arithmetic",
    "min_available": 0.0,
}


def from_coinr(
    book: ForeignSheets, names: schema.CoinrSheets, lang: Lang, year: int, report: Report
) -> Imported | None:
    """The tables of these sheets, or None with the faults reported; `year` is that of data without years."""
    data = read_headed(book, names.data, schema.COINR_UNIT, report)
    meta = read_headed(book, names.framework, schema.COINR_FRAMEWORK["code"], report)
    units = read_headed(book, names.units, schema.COINR_UNIT, report) if names.units else None
    if data is None or meta is None or (names.units and units is None):
        return None
    framework = coinr_framework(meta, _divided(book, names, meta, report), report)
    if framework is None:
        return None
    joined = _Joined(data, units)
    _unread(joined, framework, report)
    blocks = (framework.block, _units(joined, framework, lang, report), _data(joined, framework, year, report))
    return Imported(ForeignBook(blocks), _DEFAULTS)


def _divided(book: ForeignSheets, names: schema.CoinrSheets, meta: HeadedSheet, report: Report) -> bool:
    """Whether indicators are divided: not in an export that has scores and no divided data."""
    there = {heading(name) for name in book.sheets()}
    built = any(heading(name) in there for name in schema.COINR_RESULTS)
    j = meta.place(*schema.COINR_FRAMEWORK["denominator"])
    if j is None or not names.units or not built or heading(schema.COINR_DENOMINATED) in there:
        return True
    if any(text_of(value) for value in meta.values(j)):
        report.add("import undivided", meta.name, meta.cell(-1, j), wanted=schema.COINR_DENOMINATED)
    return False


@dataclass(frozen=True, slots=True)
class _Joined:
    """The data, and beside them what a sheet of units says of the unit of each row."""

    data: HeadedSheet
    units: HeadedSheet | None

    def of_units(self) -> HeadedSheet:
        """The sheet that names the units: that of the units, unless the data name them as well."""
        named = self.units is None or self.data.place(*schema.COINR_UNIT_NAME) is not None
        return self.data if named or self.units is None else self.units

    def find(self, *headers: str) -> tuple[HeadedSheet, int] | None:
        """Where a column is."""
        for sheet in (self.data, self.units):
            if sheet is not None and (j := sheet.place(*headers)) is not None:
                return sheet, j
        return None

    def along(self, sheet: HeadedSheet, values: Sequence[Value]) -> list[Value]:
        """Values of a sheet's rows for the rows of the data."""
        if sheet is self.data:
            return list(values)
        by_unit = dict(zip(_codes(sheet), values, strict=True))
        return [by_unit.get(code) for code in _codes(self.data)]


def _codes(sheet: HeadedSheet) -> list[str]:
    j = sheet.place(*schema.COINR_UNIT)
    return [text_of(value) for value in sheet.values(j)] if j is not None else []


def _group_codes(joined: _Joined, framework: CoinrFramework) -> dict[str, str]:
    """Names of groups by code: those listed, and those whose headers say so."""
    known = {heading(code) for code in (*framework.indicators, *framework.denominators, *framework.left)}
    marked = [
        text
        for text in joined.of_units().header
        if text.casefold().startswith(schema.COINR_GROUP_MARKS) and heading(text) not in known
    ]
    return framework.groups | {code: code for code in marked if code not in framework.groups}


def _unread(joined: _Joined, framework: CoinrFramework, report: Report) -> None:
    """Columns that nothing is made of."""
    own = (*schema.COINR_UNIT, *schema.COINR_UNIT_NAME, *schema.COINR_TIME)
    used = (*own, *framework.indicators, *framework.denominators, *_group_codes(joined, framework))
    known = {heading(name) for name in used}
    told: set[str] = set()
    for sheet in (joined.data, joined.units):
        for j, text in enumerate(sheet.header if sheet is not None else ()):
            if text and sheet is not None and heading(text) not in known | told:
                told.add(heading(text))
                report.add("import column unread", sheet.name, sheet.cell(-1, j), found=f"“{text}”")


def _units(joined: _Joined, framework: CoinrFramework, lang: Lang, report: Report) -> ForeignBlock:
    """Each unit once, as its first row has it."""
    sheet = joined.of_units()
    codes = _codes(sheet)
    first: dict[str, int] = {}
    for k, code in enumerate(codes):
        first.setdefault(code, k)
    rows = [k for code, k in first.items() if code]
    key = sheet.place(*schema.COINR_UNIT) or 0
    name = sheet.place(*schema.COINR_UNIT_NAME)
    columns: dict[str, list[Value]] = {"code": [codes[k] for k in rows]}
    names = codes if name is None else [text_of(value) for value in sheet.values(name)]
    columns["name"] = [names[k] for k in rows]
    columns["ranking"] = [schema.FOREIGN_RANKING[lang]] * len(rows)
    letters = [key, key if name is None else name, key]
    for code, label in _group_codes(joined, framework).items():
        j = sheet.place(code)
        if j is None:
            report.add("column missing", sheet.name, sheet.cell(-1, 0), header=code)
            continue
        texts = [text_of(value) for value in sheet.values(j)]
        _same_group(sheet, j, texts, codes, first, report)
        columns[label] = [texts[k] for k in rows]
        letters.append(j)

    def where(i: int, j: int) -> str:
        return sheet.cell(sheet.rows[rows[i]] if i >= 0 else -1, letters[j])

    return block_of(schema.UNITS.table, sheet.name, columns, where)


def _same_group(
    sheet: HeadedSheet, j: int, texts: Sequence[str], codes: Sequence[str], first: Mapping[str, int], report: Report
) -> None:
    """A unit is in one group, whatever the year."""
    for k, code in enumerate(codes):
        if code and texts[k] != texts[first[code]]:
            found = {"expected": f"“{texts[first[code]]}”", "found": f"“{texts[k]}”"}
            other = sheet.cell(sheet.rows[first[code]], j)
            report.add("import group changes", sheet.name, sheet.cell(sheet.rows[k], j), other=other, **found)


def _data(joined: _Joined, framework: CoinrFramework, year: int, report: Report) -> ForeignBlock:
    sheet = joined.data
    key = sheet.place(*schema.COINR_UNIT) or 0
    time = joined.find(*schema.COINR_TIME)
    columns: dict[str, list[Value]] = {"year": _years(joined, time, year, report), "unit": list(_codes(sheet))}
    letters = [time[1] if time is not None and time[0] is sheet else key, key]
    for code in (*framework.indicators, *framework.denominators):
        found = joined.find(code)
        if found is not None and code not in columns:
            columns[code] = joined.along(found[0], found[0].numbers(found[1], report))
            letters.append(found[1] if found[0] is sheet else key)

    def where(i: int, j: int) -> str:
        return sheet.cell(sheet.rows[i] if i >= 0 else -1, letters[j])

    return block_of(schema.DATA.file, sheet.name, columns, where)


def _years(joined: _Joined, time: tuple[HeadedSheet, int] | None, year: int, report: Report) -> list[Value]:
    """The year of each row of the data."""
    if time is None:
        data = joined.data
        wanted = _TIME.format(header=schema.COINR_TIME[0])
        report.add("import no year", data.name, data.cell(-1, 0), wanted=wanted, taken=year)
        return [year] * len(data.rows)
    sheet, j = time
    if sheet is joined.data:
        return sheet.values(j)
    years: list[Value] = []
    for i, value in zip(sheet.rows, sheet.values(j), strict=True):
        found, kind = read_year(value)
        if kind:
            report.add(kind, sheet.name, sheet.cell(i, j), found=read_text(value), taken=found)
        years.append(found or year)
    return joined.along(sheet, years)


_TIME = Text("“{header}”列（年份）", "a column “{header}” with years")
