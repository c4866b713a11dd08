"""What the run log recorded of the last run, and how the workbook differs from it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .. import __version__
from ..core.digits import same
from ..errors import FrameworkError
from ..model.method import settled
from ..model.panel import Panel
from ..sheets import digest, options, run_log, schema
from ..sheets.book import Book
from ..sheets.cells import heading, read_text
from ..sheets.faults import Report
from ..sheets.inputs import Inputs
from ..sheets.keyed_table import read_table
from ..sheets.options import Settings, SettingValue


@dataclass(frozen=True, slots=True)
class Recorded:
    """The last row of the run log.

    `without` are result tables that the workbook did not have then, `formulas` inputs that were formulas, as `entered`
    spells them: empty in logs that do not tell.
    """

    time: str
    version: str
    settings: Mapping[str, SettingValue]
    digest: str
    without: tuple[str, ...] = ()
    formulas: str = ""

    @property
    def comparable(self) -> bool:
        """Whether its digest tells if the input has changed; those of older versions do not."""
        return digest.comparable(self.digest)

    @property
    def of_this_version(self) -> bool:
        """Whether the results were written by this version."""
        return self.comparable and self.version == __version__


def missed(names: Iterable[str], last: Recorded | None) -> tuple[str, ...]:
    """Of result tables that are not there, those that this version would have written: of one that a workbook need not
    have, only a run of this version tells that it was there."""
    knows = last is not None and last.of_this_version
    sheets = {name: schema.sheet_of(name) for name in names}
    return tuple(
        name
        for name, sheet in sheets.items()
        if knows or not (isinstance(sheet, schema.ResultSheet) and sheet.optional)
    )


@dataclass(frozen=True, slots=True)
class ChangedSetting:
    """A setting that is not what it was at the last run; `sheet` and `cell` are where it stands now."""

    key: str
    sheet: str
    cell: str
    before: SettingValue
    now: SettingValue


def recorded(book: Book) -> Recorded | None:
    """The last run that the log tells of; None where it tells of none."""
    table = run_log.read(book)
    if table is None:
        return None
    digests = [read_text(value) for value in table.column("inputs")]
    i = next((i for i in reversed(range(len(digests))) if digests[i]), None)
    if i is None:
        return None
    time = table.column("time")[i]
    told = f"{time:%Y-%m-%d %H:%M:%S}" if isinstance(time, dt.datetime) else read_text(time)
    text = read_text(table.column("settings")[i])
    settings = _settled(_ADDED | run_log.settings_of(text))
    gone, formulas = run_log.without(text), run_log.formulas(text)
    return Recorded(told, read_text(table.column("version")[i]), settings, digests[i], gone, formulas)


# Of settings that older versions did not have: what these went by.
_ADDED: dict[str, SettingValue] = {one.key: one.default for one in options.SETTINGS_ROWS if one.added}


def _settled(settings: Mapping[str, SettingValue]) -> Mapping[str, SettingValue]:
    try:
        return settled(settings)
    except FrameworkError:  # no settings of a run that was ever made; `under` refuses them
        return settings


def changed_settings(book: Book, inputs: Inputs, last: Recorded) -> tuple[ChangedSetting, ...]:
    """Settings that are not what the log has, each with its cell."""
    cells, now = setting_cells(book), inputs.settings.by_key()
    return tuple(
        ChangedSetting(key, *cells.get(key, ("", "")), before, now[key])
        for key, before in last.settings.items()
        if not same_setting(now[key], before)
    )


def same_setting(one: SettingValue, other: SettingValue) -> bool:
    """Whether two values of a setting are the same, numbers as `digits.same` has it."""
    if isinstance(one, float) and isinstance(other, float):
        return bool(same(one, other))
    return one == other


def setting_cells(book: Book) -> dict[str, tuple[str, str]]:
    """Sheet and address of the value of each setting."""
    table = read_table(book, schema.SETTINGS.table, schema.SETTINGS.read, Report())
    if table is None or len(table.places) < 2:
        return {}
    names = {heading(name): s.key for s in options.SETTINGS_ROWS for name in (s.key, *s.label.both())}
    keys = [names.get(heading(text)) for text in table.column("key")]
    return {key: (table.block.sheet, table.cell(i, "value")) for i, key in enumerate(keys) if key is not None}


def under(inputs: Inputs, settings: Mapping[str, SettingValue]) -> Inputs:
    """The same input under other settings. Raises FrameworkError where a setting is none."""
    joint: dict[str, Any] = {**inputs.settings.by_key(), **settings}
    years = sorted({year for ranking in inputs.rankings for year in ranking.panel.years})
    asked = joint["year"] if isinstance(joint["year"], int) else years[-1]
    rankings = tuple(replace(ranking, year=shown(ranking.panel, asked)) for ranking in inputs.rankings)
    made = options.method_of(joint)
    return replace(inputs, settings=Settings.of(joint), method=made, rankings=rankings)


def shown(panel: Panel, asked: int) -> int:
    """The year a ranking shows when that one is asked for: itself, else the last before it, else the last."""
    if asked in panel.years:
        return asked
    return max((year for year in panel.years if year < asked), default=panel.years[-1])
