"""The settings table."""

from __future__ import annotations

from typing import Any

from ..language import Lang, as_lang, joined, of_environment, same
from . import options, schema
from .book import Book
from .cells import heading, read_number, read_text, read_year
from .faults import Report
from .inputs import Setting
from .tables import Table, is_blank, read_table


def read_settings(book: Book, report: Report) -> tuple[dict[str, Setting], Table | None]:
    """Every setting, by key; a fault leaves its default."""
    settings: dict[str, Setting] = {row.key: row.default for row in options.SETTINGS_ROWS}
    table = read_table(book, schema.TABLE_SETTINGS, schema.SETTINGS_COLUMNS[:2], report)
    if table is None or len(table.places) < 2:
        return settings, None
    sheet, rows = table.block.sheet, _rows(table, report)
    for setting in options.SETTINGS_ROWS:
        places = rows.get(setting.key, [])
        if len(places) > 1:
            report.add("setting twice", sheet, table.cell(places[1], "key"), key=setting.label, n=len(places))
        elif not places:
            report.add("setting missing", sheet, key=setting.label, taken=_shown(setting))
        else:
            i = places[0]
            settings[setting.key] = _value(setting, table.column("value")[i], sheet, table.cell(i, "value"), report)
    return settings, table


def language(book: Book) -> Lang:
    """The workbook's language, before anything else is checked; the environment's where it does not tell."""
    if schema.TABLE_SETTINGS not in book.tables():
        return of_environment()
    value = read_settings(book, Report())[0]["language"]
    return as_lang(value) or of_environment()


def year_cell(table: Table | None) -> tuple[str, str]:
    """Sheet and cell of the setting `year`."""
    if table is None:
        return "", ""
    year = options.SETTING["year"]
    for i, key in enumerate(table.column("key")):
        if heading(key) in _names(year):
            return table.block.sheet, table.cell(i, "value")
    return table.block.sheet, ""


def _names(setting: options.Setting) -> set[str]:
    return {heading(setting.key), *(heading(label) for label in setting.label.both())}


def _rows(table: Table, report: Report) -> dict[str, list[int]]:
    """Rows of each known setting."""
    by_name = {name: setting.key for setting in options.SETTINGS_ROWS for name in _names(setting)}
    rows: dict[str, list[int]] = {}
    for i, name in enumerate(table.column("key")):
        if is_blank(name):
            continue
        key = by_name.get(heading(name))
        if key is None:
            report.add("setting unknown", table.block.sheet, table.cell(i, "key"), found=read_text(name))
        else:
            rows.setdefault(key, []).append(i)
    return rows


def _value(setting: options.Setting, value: Any, sheet: str, cell: str, report: Report) -> Setting:
    if is_blank(value):
        if setting.default != "":
            report.add("setting blank", sheet, cell, key=setting.label, taken=_shown(setting))
        return setting.default
    text = read_text(value)
    for code, label in (setting.choices or {}).items():
        if heading(value) in {heading(code), *(heading(name) for name in label.both())}:
            return code
    if setting.key == "year":
        year, _ = read_year(value)
        return text if year is None else year
    if setting.choices:
        choices = joined(list(setting.choices.values()))
        report.add("setting choice", sheet, cell, choices=choices, found=text)
        return setting.default
    if setting.key == "min_available":
        return _share(value, setting, sheet, cell, report)
    return text


def _share(value: Any, setting: options.Setting, sheet: str, cell: str, report: Report) -> Setting:
    number = read_number(value).number
    if 0 <= number <= 1:
        return number
    report.add("setting share", sheet, cell, found=read_text(value))
    return setting.default


def _shown(setting: options.Setting) -> Any:
    return (setting.choices or {}).get(str(setting.default), same(setting.default))
