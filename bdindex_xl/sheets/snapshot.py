"""The result sheets as they stand, kept so that a recalculation can be taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from . import schema
from .book import Block, Book, ErrorValue, ResultColumn, Results, ResultTable
from .matching import own_columns

_FORMAT = 1


def take(book: Book) -> Results:
    """All result tables of a workbook as they stand, and the single cells that a recalculation writes."""
    names = [name for name in book.tables() if _is_result(name)]
    cells = {name: cell.value for name, cell in book.cells(cell_names(book.tables())).items()}
    return Results(tuple(_table(book.read(name)) for name in names), cells)


def cell_names(tables: Iterable[str]) -> list[str]:
    """Defined names of the single cells that a recalculation writes, given all tables."""
    results = [name for name in tables if _is_result(name)]
    templates = (schema.CELL_TITLE, schema.CELL_NOTE)
    notes = [template.format(table=name) for name in results for template in templates]
    told = [schema.CELL_GUIDE_TEXT.format(key=key) for key in schema.GUIDE_OF_METHOD]
    return [schema.CELL_STATUS, schema.CELL_NOTE.format(table=schema.FORMULAS_KEY), *notes, *told]


def to_json(results: Results) -> str:
    """A snapshot as text."""
    tables = [
        {"table": t.table, "columns": [[c.header, c.role, [_plain(v) for v in c.values]] for c in t.columns]}
        for t in results.tables
    ]
    return json.dumps({"format": _FORMAT, "tables": tables, "cells": dict(results.cells)}, ensure_ascii=False)


def from_json(text: str) -> Results:
    """A snapshot from its text. Raises ValueError where it is none."""
    try:
        made = json.loads(text)
        if made["format"] != _FORMAT:
            raise ValueError(made["format"])
        tables = tuple(  # snapshots of earlier versions have the log and the data check too
            ResultTable(t["table"], tuple(ResultColumn(h, r, [_value(v) for v in vs]) for h, r, vs in t["columns"]))
            for t in made["tables"]
            if _is_result(t["table"])
        )
        return Results(tables, made["cells"])
    except (KeyError, TypeError, ValueError) as cause:
        raise ValueError(f"expected a snapshot of format {_FORMAT}, found {text[:40]!r}") from cause


def _is_result(name: str) -> bool:
    """Whether a table holds results: those of a run, the log and the data check, stay as the run left them."""
    return schema.is_result(name) and schema.sheet_of(name) not in schema.OF_RUN


def _table(block: Block) -> ResultTable:
    ours = own_columns(block.table, block.header)
    return ResultTable(
        block.table, tuple(ResultColumn(block.header[j], role, block.columns[j]) for j, role in ours.items())
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return {"time": value.isoformat()}
    return {"error": str(value)} if isinstance(value, ErrorValue) else value


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return dt.datetime.fromisoformat(value["time"]) if "time" in value else ErrorValue(value["error"])
