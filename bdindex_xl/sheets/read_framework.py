"""The framework table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..language import Text, joined, same
from ..model.framework import Framework, Indicator
from ..model.method import Normalisation, Weighting
from ..model.node_fields import NUMBERS, TEXTS, Problem
from ..model.records import direction_of, parse_records
from . import choices, schema
from .book import Readable
from .cells import choice_of, heading, read_number, read_text
from .faults import Report
from .keyed_table import KeyedTable, filled_rows, read_table
from .options import Settings
from .read_comparisons import read_comparisons
from .read_goalposts import read_goalposts

_OPTIONAL = tuple(column.key for column in schema.FRAMEWORK.columns if column.key not in ("code", "parent"))


def read_framework(
    book: Readable, settings: Settings, report: Report
) -> tuple[Framework | None, tuple[Indicator, ...]]:
    """The framework, or None with its faults reported; and its indicators, so that data can be checked all the same."""
    table, rows, records = read_records(book, report)
    framework = checked(table, rows, records, report)
    if table is None or framework is None:
        return None, _leaves(records)
    places = dict(zip(framework.codes, rows, strict=True))
    _weights(table, places, framework, settings, report)
    _fixed_values(table, places, framework, settings, report)
    compared = read_comparisons(book, framework, settings, report)
    yearly = read_goalposts(book, framework, report)
    return replace(framework, comparisons=compared, goalposts_by_year=yearly), framework.indicators


def read_records(book: Readable, report: Report) -> tuple[KeyedTable | None, list[int], list[dict[str, Any]]]:
    """The table, its rows, and what each says, for `Framework.from_records`."""
    table = read_table(book, schema.FRAMEWORK.table, schema.FRAMEWORK.columns, report, _OPTIONAL)
    if table is None or not {"code", "parent"} <= set(table.places):
        return None, [], []
    rows = filled_rows(table)
    if not rows:
        report.add("table empty", table.block.sheet, table.cell(-1, "code"))
    return table, rows, _denominated([_record(table, i, report) for i in rows])


def checked(
    table: KeyedTable | None, rows: Sequence[int], records: list[dict[str, Any]], report: Report
) -> Framework | None:
    """The framework of these records, or None with the faults reported."""
    if table is None or not rows:
        return None
    problems: list[Problem] = []
    parse_records(records, problems.extend)
    for problem in problems:
        cell = table.cell(rows[problem.row], problem.field)
        expected = _expected(problem)
        report.add("framework", table.block.sheet, cell, expected=expected, found=problem.found, meant=problem.meant)
    _names(table, rows, report)
    _idle(table, rows, records, report)
    return None if _share_columns(table, rows, records, report) or problems else Framework.from_records(records)


def _share_columns(
    table: KeyedTable, rows: Sequence[int], records: Sequence[Mapping[str, Any]], report: Report
) -> bool:
    """Whether indicators would share a column of the data, since their codes differ in case or width alone."""
    parents = {record["parent"] for record in records}
    n = report.times("code alike", table.block.sheet)
    first: dict[str, int] = {}
    for i, record in zip(rows, records, strict=True):
        code = record["code"]
        if not code or code in parents:
            continue
        other = first.setdefault(heading(code), i)
        if other != i and table.text(other, "code", Report()) != code:
            cells = {"found": code, "other": table.block.row_of(other)}
            report.add("code alike", table.block.sheet, table.cell(i, "code"), **cells)
    return report.times("code alike", table.block.sheet) > n


def _idle(table: KeyedTable, rows: Sequence[int], records: Sequence[Mapping[str, Any]], report: Report) -> None:
    """Goalposts of nodes with children whose scores are not normalised by them."""
    parents = {record["parent"] for record in records}
    for i, record in zip(rows, records, strict=True):
        if record["code"] not in parents or record["normalisation"] == Normalisation.GOALPOSTS:
            continue
        for end in ("lower", "upper"):
            if isinstance(record[end], float | int):
                found = {"name": record["name"] or record["code"], "found": f"{record[end]:.15g}"}
                report.add("goalposts of aggregate", table.block.sheet, table.cell(i, end), **found)


def _leaves(records: Sequence[dict[str, Any]]) -> tuple[Indicator, ...]:
    parents = {record["parent"] for record in records}
    leaves = {r["code"]: r for r in records if r["code"] and r["parent"] and r["code"] not in parents}
    return tuple(Indicator(code, r["name"] or code, r["parent"], measure=r["measure"]) for code, r in leaves.items())


def _record(table: KeyedTable, i: int, report: Report) -> dict[str, Any]:
    record: dict[str, Any] = {key: table.text(i, key, report) for key in TEXTS}
    record |= {key: _number(table, i, key, report) for key in NUMBERS if key != "direction"}
    record["direction"] = _direction(table.column("direction")[i])
    for key, known in choices.OF_FRAMEWORK.items():
        text = table.text(i, key, report)
        record[key] = choice_of(known, text) or text
    return record


def _denominated(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Denominators and factors that are indicators by their codes; any other is a column of the data."""
    codes = {heading(text): record["code"] for record in records for text in (record["name"], record["code"]) if text}
    for record in records:
        for key in ("denominator", "factor"):
            record[key] = codes.get(heading(record[key]), record[key])
    return records


def _expected(problem: Problem) -> Text:
    if problem.field == "direction":
        return _DIRECTION.format(directions=joined(list(schema.DIRECTIONS.values())))
    known = choices.OF_FRAMEWORK.get(problem.field)
    if known and not any(problem.found == same(f"“{code}”") for code in known):
        return _ONE_OF.format(choices=joined(list(known.values())))
    return problem.expected


_DIRECTION = Text("{directions}之一", "one of {directions}")
_ONE_OF = Text("{choices} 之一或空白", "one of {choices}, or a blank")


def _direction(value: Any) -> Any:
    text = read_text(value)
    return direction_of(text) if text else None


def _number(table: KeyedTable, i: int, key: str, report: Report) -> float | None:
    value = table.column(key)[i]
    reading = read_number(value)
    if reading.kind:
        report.add(reading.kind, table.block.sheet, table.cell(i, key), **reading.parts)
    return None if math.isnan(reading.number) else reading.number


def _names(table: KeyedTable, rows: Sequence[int], report: Report) -> None:
    """Two nodes of one name would give two columns of one header."""
    if "name" not in table.places:
        return
    names = {i: read_text(table.column("name")[i]) for i in rows}
    times = Counter(heading(name) for name in names.values() if name)
    for i, name in names.items():
        if not name:
            taken = read_text(table.column("code")[i])
            report.add("name blank", table.block.sheet, table.cell(i, "name"), taken=taken)
        elif times[heading(name)] > 1:
            report.add("name twice", table.block.sheet, table.cell(i, "name"), found=name, n=times[heading(name)])


def _weights(
    table: KeyedTable, places: Mapping[str, int], framework: Framework, settings: Settings, report: Report
) -> None:
    """Given weights, where a parent's weighting or mix asks for them."""
    for aggregate in framework.aggregates:
        weighting = aggregate.weighting or settings.method["weighting"]
        if weighting != Weighting.GIVEN and (not settings.method["given_share"] or weighting == Weighting.AHP):
            continue
        children = framework.children(aggregate.code)
        missing = [child for child in children if child.weight is None]
        kind = "weight missing" if weighting == Weighting.GIVEN else "weight missing for mix"
        for child in missing:
            cell = table.cell(places[child.code], "weight")
            report.add(kind, table.block.sheet, cell, share=settings.method["given_share"])
        if not missing and not sum(child.weight or 0.0 for child in children):
            cell = table.cell(places[children[0].code], "weight")
            report.add("weights zero", table.block.sheet, cell, parent=same(aggregate.name))


def _fixed_values(
    table: KeyedTable, places: Mapping[str, int], framework: Framework, settings: Settings, report: Report
) -> None:
    """Goalposts and targets, where a node's normalisation asks for them."""
    for node in framework.nodes:
        kind = node.normalisation
        if kind is None and isinstance(node, Indicator):
            kind = Normalisation(str(settings.method["normalisation"]))
        needs = kind.record.needs if kind is not None else ""
        if needs == "goalposts" and node.goalposts is None:
            report.add("goalposts missing", table.block.sheet, table.cell(places[node.code], "lower"))
        if needs == "target" and node.target is None:
            report.add("target missing", table.block.sheet, table.cell(places[node.code], "target"))
