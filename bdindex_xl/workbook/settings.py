"""The settings sheet: one setting a row, with a drop-down and what it means."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..sheets import options, schema
from ..sheets.areas import MAX_ROW
from ..sheets.book import Value
from . import fit, input_tables, styles
from . import sheet_texts as texts
from .build import Build
from .cell_writing import set_height
from .input_tables import HEADER

_WIDTHS = (18.0, 38.0, 92.0)
_NAMED = {
    "title": schema.CELL_INDEX_NAME,
    "change_colours": schema.CELL_COLOURS,
    "source": schema.CELL_SOURCE,
}
_YEARS = 20  # as many years as the drop-down offers


def write(build: Build) -> None:
    """Make the sheet."""
    sheet = build.sheet(schema.SETTINGS.name[build.lang], styles.TAB_INPUT, landscape=False)
    build.heading(sheet, schema.SETTINGS.name[build.lang], schema.SETTINGS.note[build.lang], schema.SETTINGS.table)
    header = input_tables.columns(build, schema.SETTINGS.columns)
    roles = [column.role for column in schema.SETTINGS.columns]
    build.header_height(sheet, HEADER, header, _WIDTHS)
    build.table(sheet, schema.SETTINGS.table, HEADER, header, roles, len(options.SETTINGS_ROWS))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for row, setting in enumerate(options.SETTINGS_ROWS, HEADER + 1):
        _row(build, sheet, row, setting)
        _validate(build, sheet, row, setting)
        if setting.key in _NAMED:
            build.name(_NAMED[setting.key], sheet, row, 1)
    sheet.freeze_panes(HEADER + 1, 0)
    sheet.set_selection(HEADER + 1, 1, HEADER + 1, 1)
    sheet.fit_to_pages(1, 1)
    sheet.repeat_rows(HEADER)
    sheet.ignore_errors({"number_stored_as_text": f"A1:C{MAX_ROW}"})


def shown(build: Build, setting: options.Setting) -> Value:
    """A setting's value as the sheet shows it."""
    value = build.contents.settings.get(setting.key, setting.default)
    if setting.choices and value in setting.choices:
        return setting.choices[str(value)][build.lang]
    return value


def _row(build: Build, sheet: Worksheet, row: int, setting: options.Setting) -> None:
    label, meaning, value = setting.label[build.lang], setting.meaning[build.lang], shown(build, setting)
    role = "long text" if isinstance(setting.default, str) and not setting.choices else "value"
    build.put(sheet, row, 0, label, build.looks.cell("long text", entered=False, bold=True))
    build.put(sheet, row, 1, value, build.looks.cell(role, entered=True))
    build.put(sheet, row, 2, meaning, build.looks.cell("long text", entered=False))
    lines = [fit.n_lines(str(text), width) for text, width in zip((value, meaning), _WIDTHS[1:], strict=True)]
    set_height(sheet, row, max(fit.header_lines(label, _WIDTHS[0]), *lines) * build.line + 6)


def _validate(build: Build, sheet: Worksheet, row: int, setting: options.Setting) -> None:
    title = setting.label[build.lang]
    help_ = {"input_title": title, "input_message": setting.meaning[build.lang], "error_title": title}
    cell = (row, row)
    if setting.choices:
        choices: list[str] = [choice[build.lang] for choice in setting.choices.values()]
        if setting.key == "year":
            choices += [str(year) for year in _years(build)]
        build.validate(sheet, cell, 1, validate="list", source=choices, show_error=not setting.open_ended,
                       error_message=texts.CHOOSE[build.lang], **help_)  # fmt: skip
    elif setting.limits:
        least, most = setting.limits
        message = texts.BETWEEN.format(least=f"{least:g}", most=f"{most:g}")[build.lang]
        build.validate(sheet, cell, 1, validate="decimal", criteria="between", minimum=least, maximum=most,
                       error_message=message, **help_)  # fmt: skip
    else:
        build.validate(sheet, cell, 1, validate="any", **help_)


def _years(build: Build) -> list[int]:
    years = {row[0] for table in build.contents.data.values() for row in table.rows if row}
    whole = {int(year) for year in years if isinstance(year, int | float) and year == year}
    return sorted(whole, reverse=True)[:_YEARS]
