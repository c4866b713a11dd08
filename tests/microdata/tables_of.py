"""Tables of records for tests, in Parquet, and rules over them; counted by whichever engine is given."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import duckdb

from bdindex_xl.errors import SheetErrors
from bdindex_xl.microdata.counting import Counted, ToCount, count
from bdindex_xl.microdata.engine import Engine
from bdindex_xl.microdata.keys import keys_of
from bdindex_xl.microdata.places import Gazetteer
from bdindex_xl.microdata.prepared import Prepared
from bdindex_xl.microdata.record_places import RecordPlaces
from bdindex_xl.microdata.tables import FieldKind, RecordTable
from bdindex_xl.microdata.wanted import fields
from bdindex_xl.model.collecting import CountingRule, RecordSource, SourceKind
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.read_rules import Collecting, PlacedRow

UNITS = {
    "province": {"110000": "北京市", "440000": "广东省"},
    "city": {"110100": "北京市", "440100": "广州市", "440300": "深圳市"},
}
_KINDS = {"VARCHAR": FieldKind.TEXT, "DATE": FieldKind.DATE, "TIMESTAMP": FieldKind.DATE, "BOOLEAN": FieldKind.TRUTH}
_numbers = itertools.count()


def table(folder: Path, source: RecordSource, columns: str, *files: str) -> RecordTable:
    """A table of a source: its columns with their types, as SQL declares them, and the rows of each file as values."""
    made, kinds = [], dict[str, FieldKind]()
    connection = _writer()
    for rows in files:
        path = folder / f"{source.table}{next(_numbers)}.parquet"
        connection.execute(f"CREATE OR REPLACE TABLE t ({columns})")
        connection.execute(f"INSERT INTO t VALUES {rows}")
        connection.execute(f"COPY t TO '{path}'")
        made.append(path)
    for name, kind, *_ in connection.execute("DESCRIBE t").fetchall():
        kinds[name] = _KINDS.get(kind, FieldKind.NUMBER)
    origins: dict[str | Path, str] = {path: f"{source.table} {k}.csv" for k, path in enumerate(made, 1)}
    return RecordTable(source.table, tuple(made), kinds, origins, keys_of(source), source.latest)


@cache
def _writer() -> duckdb.DuckDBPyConnection:
    """One for all tables: to start a database takes several times as long as to write one."""
    return duckdb.connect(config={"threads": 1})


def source(name: str, key: str = "", latest: str = "") -> RecordSource:
    """A source of that name."""
    return RecordSource(name, SourceKind.PARQUET, name, key, latest)


def placed(rules: Sequence[CountingRule], sources: Sequence[RecordSource]) -> Collecting:
    """Rules and sources as if they stood on sheets, a row each from row 4 on."""
    columns = [
        "indicator",
        "table",
        "aggregation",
        "field",
        "filter",
        "unit",
        "year",
        "period",
        "measure",
        "empty",
        "moved",
    ]
    rows = [
        PlacedRow(rule, "Rules", {key: f"{chr(65 + j)}{i}" for j, key in enumerate(columns)})
        for i, rule in enumerate(rules, 4)
    ]
    wheres = [PlacedRow(one, "Sources", {"where": f"C{i}"}) for i, one in enumerate(sources, 4)]
    return Collecting(tuple(rows), tuple(wheres), "Rules")


def counted(
    engine: Engine,
    tables: Sequence[RecordTable],
    collecting: Collecting,
    years: Sequence[int],
    measures: Mapping[str, str] | None = None,
) -> Counted:
    """What the rules count. Raises SheetErrors."""
    report = Report()
    given = {row.value.indicator: "" for row in collecting.rules} | dict(measures or {})
    needed = fields(collecting, given, report)
    if report.has_faults:
        raise SheetErrors(report.findings)
    by_name = {one.name: one for one in tables}
    places = RecordPlaces(engine, Prepared(engine, by_name, needed), Gazetteer(UNITS))
    found = count(engine, by_name, places, ToCount(collecting, given, list(UNITS), years), report)
    if found is None:
        raise SheetErrors(report.findings)
    return found
