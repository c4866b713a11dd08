"""Sheets that say what is measured and what is ranked: framework and units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ..figures import outline, proposed
from ..language import same
from ..model.framework import Indicator, Node
from ..sheets import choices, schema
from ..sheets import figures as figures_table
from ..sheets.book import Value
from . import fit, input_tables, styles
from . import sheet_texts as texts
from .build import Build
from .input_tables import HEADER, Filled

_NUMBER = {"validate": "decimal", "criteria": "between", "minimum": -1e300, "maximum": 1e300, "error_type": "warning"}


def framework(build: Build) -> None:
    """The hierarchy, a node a row, names indented by level."""
    sheet = input_sheet(
        build,
        schema.FRAMEWORK.name[build.lang],
        schema.FRAMEWORK.note[build.lang],
        schema.FRAMEWORK.table,
        landscape=True,
    )
    nodes = build.contents.framework.nodes
    header = input_tables.columns(build, schema.FRAMEWORK.columns)
    roles = [column.role for column in schema.FRAMEWORK.columns]
    filled = Filled(schema.FRAMEWORK.table, header, roles, [_values(build, node) for node in nodes])
    # Columns at the end that no node fills stand there to be filled in, and are not printed.
    used = [j for j, column in enumerate(zip(*filled.rows, strict=True)) if any(value is not None for value in column)]
    shown = max(*used, schema.FRAMEWORK.keys.index("aggregation")) + 1
    rows = input_tables.write(build, sheet, filled, cells=False, printed=shown)
    levels = [build.contents.framework.level(node.code) for node in nodes]
    for i, values in enumerate(filled.rows):
        extra: dict[str, Any] = {"bold": True} if levels[i] < min(2, max(levels)) else {}
        for j, column in enumerate(schema.FRAMEWORK.columns):
            indent = min(levels[i] + 1, 15) if column.key == "name" else None
            look = build.looks.cell(column.role, entered=True, indent=indent, **extra)
            build.put(sheet, rows[0] + i, j, values[j], look)
    names = [node.name for node in nodes]
    indented = max(fit.text_width(name) * 1.08 + 2 * level + 2 for name, level in zip(names, levels, strict=True))
    sheet.set_column(1, 1, min(max(indented + 2, schema.ROLES["name"].width), 60))
    build.define(schema.NAME_CODES, f"={schema.FRAMEWORK.table}[{header[0]}]")
    _validate_framework(build, sheet, rows)


def _values(build: Build, node: Node) -> list[Value]:
    values: dict[str, Value] = {column.key: getattr(node, column.key, None) for column in schema.FRAMEWORK.columns}
    if isinstance(node, Indicator) or node.direction < 0:
        values["direction"] = schema.DIRECTIONS[node.direction][build.lang]
    else:
        values["direction"] = None
    for key, known in choices.OF_FRAMEWORK.items():
        values[key] = known[str(values[key])][build.lang] if values[key] else None
    return [value if value != "" else None for value in values.values()]


def _validate_framework(build: Build, sheet: Worksheet, rows: tuple[int, int]) -> None:
    for j, column in enumerate(schema.FRAMEWORK.columns):
        rule: dict[str, Any] = {"validate": "any"}
        if column.key == "parent":
            rule = {"validate": "list", "source": f"={schema.NAME_CODES}", "error_type": "warning"}
            rule["error_message"] = texts.KNOWN_CODE[build.lang]
        elif column.key == "direction":
            directions = [direction[build.lang] for direction in schema.DIRECTIONS.values()]
            rule = {"validate": "list", "source": directions, "error_message": texts.CHOOSE[build.lang]}
        elif column.key in choices.OF_FRAMEWORK:
            labels = [label[build.lang] for label in choices.OF_FRAMEWORK[column.key].values()]
            rule = {"validate": "list", "source": labels, "error_message": texts.CHOOSE[build.lang]}
        elif column.role == "raw":
            rule = _NUMBER | {"error_message": texts.NUMBER[build.lang]}
        title, help_ = column.header[build.lang], column.help[build.lang]
        build.validate(sheet, rows, j, input_title=title, error_title=title, input_message=help_, **rule)


def comparisons(build: Build) -> None:
    """Judgements for weighting by AHP, where there are any."""
    found = build.contents.framework.comparisons
    if not found:
        return
    sheet = input_sheet(
        build, schema.PAIRWISE.name[build.lang], schema.PAIRWISE.note[build.lang], schema.PAIRWISE.table
    )
    roles = [column.role for column in schema.PAIRWISE.columns]
    header = input_tables.columns(build, schema.PAIRWISE.columns)
    rows: list[list[Value]] = [[one.first, one.second, one.ratio] for one in found]
    body = input_tables.write(build, sheet, Filled(schema.PAIRWISE.table, header, roles, rows))
    for j, column in enumerate(schema.PAIRWISE.columns):
        rule: dict[str, Any] = {"validate": "list", "source": f"={schema.NAME_CODES}", "error_type": "warning"}
        rule["error_message"] = texts.KNOWN_CODE[build.lang]
        if column.role == "raw":
            rule = _NUMBER | {"error_message": texts.NUMBER[build.lang]}
        title, help_ = column.header[build.lang], column.help[build.lang]
        build.validate(sheet, body, j, input_title=title, error_title=title, input_message=help_, **rule)


def units(build: Build) -> None:
    """What is ranked: code, name, ranking, then the group columns."""
    sheet = input_sheet(build, schema.UNITS.name[build.lang], schema.UNITS.note[build.lang], schema.UNITS.table)
    table, n_own = build.contents.units, len(schema.UNITS.columns)
    roles = [column.role for column in schema.UNITS.columns] + ["name"] * (len(table.header) - n_own)
    rows = [[*row[: n_own - 1], _label(build, row[n_own - 1]), *row[n_own:]] for row in table.rows]
    body = input_tables.write(build, sheet, Filled(schema.UNITS.table, table.header, roles, rows))
    build.define(schema.NAME_UNITS, f"={schema.UNITS.table}[{table.header[0]}]")
    own = {column.key: (column.header, column.help) for column in schema.UNITS.columns}
    groups = [(same(header), texts.GROUP_HELP) for header in table.header[n_own:]]
    for j, (title, help_) in enumerate([*own.values(), *groups]):
        rule: dict[str, Any] = {"validate": "any"}
        if j == n_own - 1 and (labels := _ranking_labels(build)):
            rule = {"validate": "list", "source": labels, "show_error": False}
        build.validate(sheet, body, j, input_title=title[build.lang], input_message=help_[build.lang], **rule)


def unit_weights(build: Build) -> None:
    """Weights of single units, where there are any."""
    if build.contents.unit_weights is not None:
        _known_rows(build, schema.UNIT_WEIGHTS, build.contents.unit_weights.rows)


def goalposts(build: Build) -> None:
    """Goalposts of single years, where there are any."""
    found = build.contents.framework.goalposts_by_year
    if found:
        _known_rows(build, schema.GOALPOSTS, [(one.code, one.year, one.lower, one.upper) for one in found])


def _known_rows(build: Build, record: schema.InputSheet, rows: Sequence[Sequence[Any]]) -> None:
    """A sheet of numbers by codes that the workbook knows."""
    header = [column.header[build.lang] for column in record.columns]
    sheet = input_sheet(build, record.name[build.lang], record.note[build.lang], record.table)
    roles = [column.role for column in record.columns]
    body = input_tables.write(build, sheet, Filled(record.table, header, roles, rows))
    sources = {"unit": (schema.NAME_UNITS, texts.KNOWN_UNIT), "code": (schema.NAME_CODES, texts.KNOWN_CODE)}
    for j, column in enumerate(record.columns):
        rule: dict[str, Any] = _NUMBER | {"error_message": texts.NUMBER[build.lang]}
        if column.key in sources:
            name, message = sources[column.key]
            rule = {
                "validate": "list",
                "source": f"={name}",
                "error_type": "warning",
                "error_message": message[build.lang],
            }
        title, help_ = column.header[build.lang], column.help[build.lang]
        build.validate(sheet, body, j, input_title=title, error_title=title, input_message=help_, **rule)


def figures(build: Build) -> None:
    """What the report draws: those listed, or a set that suits the framework."""
    sheet = input_sheet(
        build, schema.FIGURES.name[build.lang], schema.FIGURES.note[build.lang], schema.FIGURES.table, landscape=True
    )
    found = build.contents.figures or figures_table.input_table(
        proposed.figures(outline.of_contents(build.contents)), build.lang
    )
    roles = [column.role for column in schema.FIGURES.columns]
    body = input_tables.write(build, sheet, Filled(schema.FIGURES.table, found.header, roles, found.rows))
    groupings = list(build.contents.units.header[len(schema.UNITS.columns) :])
    lists = {"ranking": _ranking_labels(build), "grouping": groupings if fits(groupings) else []}
    for j, column in enumerate(schema.FIGURES.columns):
        rule: dict[str, Any] = {"validate": "any"}
        if column.key == "kind":
            kinds = [kind[build.lang] for kind in choices.FIGURE_KINDS.values()]
            rule = {"validate": "list", "source": kinds, "error_message": texts.CHOOSE[build.lang]}
        elif lists.get(column.key):
            rule = {"validate": "list", "source": lists[column.key], "show_error": False}
        elif column.role == "count":
            rule = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": figures_table.MOST}
            rule["error_message"] = texts.BETWEEN.format(least=1, most=figures_table.MOST)[build.lang]
        title, help_ = column.header[build.lang], column.help[build.lang]
        build.validate(sheet, body, j, input_title=title, error_title=title, input_message=help_, **rule)


def _label(build: Build, ranking: Value) -> Value:
    return None if ranking is None else schema.ranking_label(schema.ranking_key(str(ranking)))[build.lang]


def _ranking_labels(build: Build) -> list[str]:
    # A list written into a validation is split at commas and holds 255 characters; without one, nobody is hindered.
    labels = [schema.ranking_label(ranking)[build.lang] for ranking in build.contents.data]
    return labels if fits(labels) else []


def fits(labels: list[str]) -> bool:
    return len(",".join(labels).encode("utf-16-le")) // 2 <= 255 and not any(set(label) & set(',"') for label in labels)


def input_sheet(build: Build, name: str, note: str, table: str, *, landscape: bool = False) -> Worksheet:
    sheet = build.sheet(name, styles.TAB_INPUT, landscape=landscape)
    build.heading(sheet, name, note, table)
    sheet.set_selection(HEADER + 1, 0, HEADER + 1, 0)
    return sheet
