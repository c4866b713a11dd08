"""The sheet of scenarios, with those that the contents name or else usual ones."""

from __future__ import annotations

from typing import Any

from ..sheets import choices, options, schema
from ..sheets.contents import InputTable
from ..sheets.options import Settings
from ..sheets.read_scenarios import input_table, proposed
from . import input_tables
from .build import Build
from .input_sheets import fits, input_sheet
from .input_tables import Filled


def scenarios(build: Build) -> InputTable:
    """The table, of the workbook to be made."""
    settings = Settings.of(options.DEFAULTS.by_key() | dict(build.contents.settings))
    return build.contents.scenarios or input_table(proposed(settings, build.lang), build.lang)


def names(build: Build) -> list[str]:
    """The names of the scenarios, each once."""
    return list(dict.fromkeys(str(row[0]) for row in scenarios(build).rows))


def write(build: Build) -> None:
    """The sheet, with a drop-down of the settings."""
    record = schema.SCENARIOS
    sheet = input_sheet(build, record.name[build.lang], record.note[build.lang], record.table)
    found = scenarios(build)
    roles = [column.role for column in record.columns]
    body = input_tables.write(build, sheet, Filled(record.table, found.header, roles, found.rows))
    settings = [options.SETTING[key].label[build.lang] for key in choices.OF_METHOD]
    for j, column in enumerate(record.columns):
        rule: dict[str, Any] = {"validate": "any"}
        if column.key == "setting" and fits(settings):
            rule = {"validate": "list", "source": settings, "show_error": False}
        title, help_ = column.header[build.lang], column.help[build.lang]
        build.validate(sheet, body, j, input_title=title, error_title=title, input_message=help_, **rule)
