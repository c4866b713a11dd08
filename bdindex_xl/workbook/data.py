"""The data sheets: a row per unit and year, a column per indicator; above, what each indicator is and belongs to."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..model.framework import Framework, Indicator
from ..sheets import schema
from ..sheets.book import Value
from ..sheets.contents import InputTable
from . import fit, input_tables, styles
from . import sheet_texts as texts
from .build import Build
from .cell_writing import set_height
from .input_tables import Filled

BAND, CAPTION, HEADER = 2, 3, 4  # rows, counted from 0
_OWN = len(schema.DATA.columns)
_MOST_DECIMALS = 4


def write(build: Build, ranking: str) -> None:
    """Make the data sheet of one ranking."""
    table = build.contents.data[ranking]
    name = build.names.data[ranking]
    sheet = build.sheet(name, styles.TAB_INPUT, landscape=True)
    build.heading(sheet, name, schema.DATA.note[build.lang], schema.table_of(schema.DATA.table, ranking))
    roles = [column.role for column in schema.DATA.columns] + ["raw"] * (len(table.header) - _OWN)
    filled = Filled(schema.table_of(schema.DATA.table, ranking), table.header, roles, table.rows, _looks(build, table))
    rows = input_tables.write(build, sheet, filled, HEADER, frozen=_OWN, starts=_starts(build, table))
    _above(build, sheet, table)
    _validate(build, sheet, rows, table)
    sheet.set_selection(HEADER + 1, _OWN, HEADER + 1, _OWN)


def _looks(build: Build, table: InputTable) -> list[Format]:
    own = [build.looks.cell(column.role, entered=True) for column in schema.DATA.columns]
    formats = [schema.raw_format(_decimals(table, j)) for j in range(_OWN, len(table.header))]
    return own + [build.looks.cell("raw", entered=True, num_format=number_format) for number_format in formats]


def _decimals(table: InputTable, column: int) -> int:
    values = (row[column] for row in table.rows[: input_tables.SAMPLED])
    return max((_places(value) for value in values), default=0)


def _places(value: Value) -> int:
    if not isinstance(value, int | float) or not math.isfinite(value):
        return 0
    return len(f"{value:.{_MOST_DECIMALS}f}".rstrip("0").partition(".")[2])


def dimension(framework: Framework, indicator: Indicator) -> str:
    """Name of the child of the index under which an indicator hangs; of the index itself where it hangs there."""
    node = framework.node(indicator.parent)
    while node.parent is not None and framework.level(node.code) > 1:
        node = framework.node(node.parent)
    return node.name


def _starts(build: Build, table: InputTable) -> list[int]:
    """Columns at which the indicators of another dimension begin."""
    framework = build.contents.framework
    of = [dimension(framework, indicator) for indicator in framework.indicators[: len(table.header) - _OWN]]
    return [_OWN + k for k, name in enumerate(of) if not k or of[k - 1] != name]


def _above(build: Build, sheet: Worksheet, table: InputTable) -> None:
    # The header is an indicator's name; its place, code and measure stand above it, where no table reads them.
    framework = build.contents.framework
    indicators = framework.indicators[: len(table.header) - _OWN]
    before, lines = "", 1
    for j, indicator in enumerate(indicators, _OWN):
        of = dimension(framework, indicator)
        build.put(sheet, BAND, j, of if of != before else None, build.looks.band(starts=of != before))
        caption = _caption(build, indicator)
        build.put(sheet, CAPTION, j, caption, build.looks.caption())
        width = input_tables.header_width(table.header[j], "raw")
        before, lines = of, max(lines, fit.n_lines(caption, width * 1.2))
    set_height(sheet, CAPTION, lines * build.line * 0.85 + 3)


def _caption(build: Build, indicator: Indicator) -> str:
    parts: Sequence[str] = (indicator.code, indicator.measure)
    if indicator.direction != 1:
        parts = (*parts, schema.DIRECTIONS[indicator.direction][build.lang])
    return " · ".join(part for part in parts if part)


def _validate(build: Build, sheet: Worksheet, rows: tuple[int, int], table: InputTable) -> None:
    lang = build.lang
    year, unit, name = (
        {"input_title": column.header[lang], "error_title": column.header[lang], "error_type": "warning",
         "input_message": column.help[lang]}
        for column in schema.DATA.columns
    )  # fmt: skip
    build.validate(sheet, rows, 0, validate="integer", criteria="between", minimum=1900, maximum=2200,
                   error_message=texts.YEAR[lang], **year)  # fmt: skip
    build.validate(sheet, rows, 1, validate="list", source=f"={schema.NAME_UNITS}",
                   error_message=texts.KNOWN_UNIT[lang], **unit)  # fmt: skip
    build.validate(sheet, rows, 2, validate="any", **name)
    for j, indicator in enumerate(build.contents.framework.indicators[: len(table.header) - _OWN], _OWN):
        help_ = texts.INDICATOR_HELP[indicator.direction].format(
            code=indicator.code, measure=indicator.measure or texts.NO_MEASURE
        )
        build.validate(
            sheet, rows, j, validate="decimal", criteria="between", minimum=-1e300, maximum=1e300,
            input_title=indicator.name, input_message=help_[lang], error_title=indicator.name, error_type="warning",
            error_message=texts.NUMBER[lang],
        )  # fmt: skip
