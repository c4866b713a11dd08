"""The settings table."""

from __future__ import annotations

from typing import Any

from ..errors import FrameworkError
from ..language import LANGUAGES, Lang, Text, as_lang, joined, of_environment, same
from ..model.method import GOALPOSTS_SCOPE, settled
from ..model.records import suggested
from . import options, schema
from .book import Readable
from .cells import choice_of, heading, read_number, read_text, read_year
from .faults import Report
from .keyed_table import KeyedTable, is_blank, read_table
from .options import Settings, SettingValue


def read_settings(book: Readable, report: Report) -> tuple[Settings, KeyedTable | None]:
    """Every setting, by key; a fault leaves its default."""
    settings: dict[str, Any] = options.DEFAULTS.by_key()
    table = read_table(book, schema.SETTINGS.table, schema.SETTINGS.read, report)
    if table is None or len(table.places) < 2:
        return options.DEFAULTS, None
    settings["language"] = _of_header(table)
    sheet, rows = table.block.sheet, _rows(table, report)
    for setting in options.SETTINGS_ROWS:
        places = rows.get(setting.key, [])
        if len(places) > 1:
            report.add("setting twice", sheet, table.cell(places[1], "key"), key=setting.label, n=len(places))
        elif not places and setting.added:
            continue
        elif not places:
            report.add("setting missing", sheet, key=setting.label, taken=_shown(setting))
        else:
            i = places[0]
            value, cell, default = table.column("value")[i], table.cell(i, "value"), settings[setting.key]
            settings[setting.key] = value_of(setting, value, default, sheet, cell, report)
    return Settings.of(_renewed(settings, table, report)), table


def _renewed(settings: dict[str, Any], table: KeyedTable, report: Report) -> dict[str, Any]:
    """Settings of an older version as they are made today; what contradicts itself stays, to be refused by `Method`."""
    try:
        made = settled(settings)
    except FrameworkError:
        return settings
    if settings["scope"] == GOALPOSTS_SCOPE:
        report.add(
            "goalposts as scope",
            *setting_cell(table, "scope"),
            found=options.SETTING["scope"].readable[GOALPOSTS_SCOPE],
        )
    return made


def language(book: Readable) -> Lang:
    """The workbook's language, before anything else is checked; the environment's where it does not tell."""
    if schema.SETTINGS.table not in book.tables():
        return of_environment()
    settings, table = read_settings(book, Report())
    return (as_lang(settings.language) if table is not None else None) or of_environment()


def _of_header(table: KeyedTable) -> Lang:
    """The language that the table's header is in, for where its setting names none."""
    header = heading(table.block.header[table.places["key"]])
    text = schema.SETTINGS.columns[0].header
    return next((lang for lang in LANGUAGES if heading(text[lang]) == header), of_environment())


def setting_cell(table: KeyedTable | None, key: str) -> tuple[str, str]:
    """Sheet and cell of a setting's value."""
    if table is None:
        return "", ""
    setting = options.SETTING[key]
    for i, name in enumerate(table.column("key")):
        if heading(name) in _names(setting):
            return table.block.sheet, table.cell(i, "value")
    return table.block.sheet, ""


def _names(setting: options.Setting) -> set[str]:
    return set(map(heading, setting.called))


def _rows(table: KeyedTable, report: Report) -> dict[str, list[int]]:
    """Rows of each known setting."""
    by_name = {name: setting.key for setting in options.SETTINGS_ROWS for name in _names(setting)}
    rows: dict[str, list[int]] = {}
    for i, name in enumerate(table.column("key")):
        if is_blank(name):
            continue
        key = by_name.get(heading(name))
        if key is None:
            found = read_text(name)
            missing = [label for setting in options.SETTINGS_ROWS for label in (setting.key, *setting.label.both())]
            meant = suggested(found, missing)
            report.add("setting unknown", table.block.sheet, table.cell(i, "key"), found=found, meant=meant)
        else:
            rows.setdefault(key, []).append(i)
    return rows


def value_of(
    setting: options.Setting, value: Any, default: SettingValue, sheet: str, cell: str, report: Report
) -> SettingValue:
    if is_blank(value):
        if setting.default != "":
            report.add("setting blank", sheet, cell, key=setting.label, taken=_shown(setting))
        return setting.default
    text = read_text(value)
    chosen = choice_of(setting.readable, value)
    if chosen is not None:
        return chosen
    if setting.key == "year":
        year, _ = read_year(value)
        return text if year is None else year
    if setting.choices:
        listed = joined(list(setting.choices.values()))
        known = [name for code, shown in setting.choices.items() for name in (code, *shown.both())]
        report.add("setting choice", sheet, cell, choices=listed, found=text, meant=suggested(text, known))
        return default
    if setting.limits:
        return _number(value, setting, setting.limits, sheet, cell, report)
    return text


def _number(
    value: Any, setting: options.Setting, limits: tuple[float, float], sheet: str, cell: str, report: Report
) -> SettingValue:
    number = read_number(value).number
    if setting.allows(number):
        return number
    kind = "setting whole number" if setting.whole else "setting number"
    report.add(kind, sheet, cell, found=read_text(value), least=f"{limits[0]:g}", most=f"{limits[1]:g}")
    return setting.default


def _shown(setting: options.Setting) -> Any:
    if setting.default == "":
        return _BLANK
    return (setting.choices or {}).get(str(setting.default), same(setting.default))


_BLANK = Text("空白", "blank")
