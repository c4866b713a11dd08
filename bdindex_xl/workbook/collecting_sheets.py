"""Sheets that say how indicators are counted from records, and words looked for, in workbooks that have any."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ..sheets import choices, schema
from ..sheets.contents import InputTable
from . import fit, input_tables
from . import sheet_texts as texts
from .build import Build
from .input_sheets import fits, input_sheet
from .input_tables import Filled

_SMALL = 55  # percent, in print
_UNDER_NOTE, _NARROW = 10, 8.4  # columns, and how wide each is at least
_WIDEST = 56.0  # width of a column, such as that of several fields of one place


def write(build: Build) -> None:
    """The sheets of rules, of sources and of words that are filled."""
    rules, sources = build.contents.rules, build.contents.sources
    if rules is not None:
        tables = [str(row[0]) for row in sources.rows] if sources is not None else []
        offered = {key: (list(_labels(known, build)), True) for key, known in choices.OF_RULES.items()}
        offered["table"] = tables, False
        _sheet(build, schema.RULES, rules, offered)
    if sources is not None:
        _sheet(build, schema.SOURCES, sources, {"kind": (_labels(choices.SOURCE_KINDS, build), True)})
    if build.contents.word_list is not None:
        _word_list(build, build.contents.word_list)


def _word_list(build: Build, table: InputTable) -> None:
    """Two narrow columns and many rows: upright and small they take three pages, with a note that is broken."""
    record, look = schema.WORD_LIST, build.looks.note(wrap=True)
    uses = {"use": (_labels(choices.WORD_USES, build), True)}
    sheet = _sheet(build, record, table, uses, landscape=False)
    sheet.set_print_scale(_SMALL)
    note = record.note[build.lang]
    sheet.merge_range(1, 0, 1, _UNDER_NOTE - 1, None, look)
    build.put(sheet, 1, 0, note, look)
    sheet.set_row(1, fit.n_lines(note, _UNDER_NOTE * _NARROW) * build.line + 4)


def _labels(known: choices.Choices, build: Build) -> list[str]:
    return [label[build.lang] for label in known.values()]


def _sheet(
    build: Build,
    record: schema.InputSheet,
    table: InputTable,
    offered: dict[str, tuple[list[str], bool]],
    *,
    landscape: bool = True,
) -> Worksheet:
    """A sheet with a drop-down for each column that has choices; whether only those may be typed stands beside them."""
    sheet = input_sheet(build, record.name[build.lang], record.note[build.lang], record.table, landscape=landscape)
    roles = [column.role for column in record.columns]
    body = input_tables.write(build, sheet, Filled(record.table, table.header, roles, table.rows, widest=_WIDEST))
    for j, column in enumerate(record.columns):
        rule: dict[str, Any] = {"validate": "any"}
        labels, only = offered.get(column.key, ([], False))
        if labels and fits(labels):
            rule = {"validate": "list", "source": labels, "show_error": only, "error_message": texts.CHOOSE[build.lang]}
        elif column.key == "indicator":
            rule = {"validate": "list", "source": f"={schema.NAME_CODES}", "show_error": False}
        title, help_ = column.header[build.lang], column.help[build.lang]
        build.validate(sheet, body, j, input_title=title, error_title=title, input_message=help_, **rule)
    return sheet
