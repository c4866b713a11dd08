"""The table of scenarios: sets of settings that people name, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..errors import FrameworkError
from ..language import Lang, Text, joined, same
from ..model.method import PARAMETERS, Method
from ..model.records import suggested
from . import options, schema
from .book import Readable, Value
from .cells import heading
from .contents import InputTable
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table
from .options import SETTING, Settings, SettingValue
from .read_settings import value_of

MOST = 20  # scenarios: two columns each


class Scenario(NamedTuple):
    """A set of settings that has a name: what is not as the workbook's settings have it, by key."""

    name: str
    changes: Mapping[str, SettingValue]
    method: Method

    @property
    def what(self) -> Text:
        """What differs, in words."""
        return joined([_CHANGE.format(setting=SETTING[key].label, value=shown(key, value))
                       for key, value in self.changes.items()], zh="；", en="; ")  # fmt: skip


_CHANGE = Text("{setting}：{value}", "{setting}: {value}")


def shown(key: str, value: SettingValue) -> Text:
    """A value as the sheet of settings shows it."""
    return (SETTING[key].choices or {}).get(str(value)) or same(
        f"{value:g}" if isinstance(value, float) else str(value)
    )


def proposed(settings: Settings, lang: Lang) -> tuple[Scenario, ...]:
    """Scenarios for a workbook that names none: one choice at a time that many would have made otherwise."""
    own = settings.by_key()
    return tuple(
        Scenario(shown(key, value)[lang], {key: value}, options.method_of(own | {key: value}))
        for key, value in _OTHERWISE
        if own[key] != value
    )


_OTHERWISE = (
    ("weighting", "equal"),
    ("weighting", "entropy"),
    ("weighting", "critic"),
    ("aggregation", "geometric"),
    ("normalisation", "rank"),
    ("treatment", "winsorise"),
)


def input_table(scenarios: Iterable[Scenario], lang: Lang) -> InputTable:
    """Scenarios as the table of a new workbook."""
    header = tuple(column.header[lang] for column in schema.SCENARIOS.columns)
    rows: list[tuple[Value, ...]] = [
        (one.name, SETTING[key].label[lang], value if isinstance(value, float) else shown(key, value)[lang])
        for one in scenarios
        for key, value in one.changes.items()
    ]
    return InputTable(header, rows)


def read_scenarios(book: Readable, settings: Settings, report: Report) -> tuple[Scenario, ...]:
    """Scenarios that a workbook names, in the order of their first rows; what is none is left out."""
    if schema.SCENARIOS.table not in book.tables():
        return ()
    table = read_table(book, schema.SCENARIOS.table, schema.SCENARIOS.columns, report)
    if table is None or set(table.places) < set(schema.SCENARIOS.keys):
        return ()
    found: dict[str, tuple[int, dict[str, SettingValue]]] = {}
    for i in filled_rows(table):
        name, key = table.text(i, "scenario", report), _key(table, i, report)
        if not name:
            report.add("scenario blank", table.block.sheet, table.cell(i, "scenario"))
        elif key and name not in found and len(found) == MOST:
            report.add("scenarios too many", table.block.sheet, table.cell(i, "scenario"), most=MOST, found=name)
        elif key and key in found.get(name, (i, {}))[1]:
            report.add("scenario setting twice", table.block.sheet, table.cell(i, "setting"),
                       setting=SETTING[key].label, scenario=name)  # fmt: skip
        elif key and (value := _value(table, i, key, report)) is not None:
            found.setdefault(name, (i, {}))[1][key] = value
    made = (_made(name, changes, settings, table, i, report) for name, (i, changes) in found.items())
    return tuple(one for one in made if one is not None)


def _value(table: KeyedTable, i: int, key: str, report: Report) -> SettingValue | None:
    """The value in a row; None, and reported, where it is none of its setting."""
    own, setting, cell = Report(), SETTING[key], table.cell(i, "value")
    value = value_of(setting, table.column("value")[i], setting.default, table.block.sheet, cell, own)
    for finding in own.findings:
        report.add("scenario value", table.block.sheet, cell, expected=finding.expected, found=finding.found)
    return None if own.findings else value


def _key(table: KeyedTable, i: int, report: Report) -> str:
    """The setting that a row is of; empty, and reported, where it is none of the method."""
    text = table.text(i, "setting", report)
    names = {name: key for key in PARAMETERS for name in SETTING[key].called}
    key = {heading(name): one for name, one in names.items()}.get(heading(text), "")
    if not key:
        report.add("scenario setting", table.block.sheet, table.cell(i, "setting"), found=text or "∅",
                   meant=suggested(text, names))  # fmt: skip
    return key


def _made(
    name: str, changes: dict[str, SettingValue], settings: Settings, table: KeyedTable, i: int, report: Report
) -> Scenario | None:
    try:
        return Scenario(name, changes, options.method_of(settings.by_key() | changes))
    except FrameworkError as error:
        report.add("scenario clash", table.block.sheet, table.cell(i, "scenario"), found=error.message)
        return None
