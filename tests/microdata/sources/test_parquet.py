"""Parquet files: as they are where they are alike, made alike where they are not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import duckdb

from bdindex_xl.model.collecting import SourceKind
from tests.microdata.sources.given import faults, kinds, records, source, table

PARQUET = SourceKind.PARQUET


def made(path: Path, query: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def test_files_stay_where_they_are_and_kinds_are_those_declared(tmp_path: Path) -> None:
    query = (
        "SELECT '00' AS code, 1.5::DOUBLE AS a, 2::DECIMAL(9, 2) AS b, true AS c, TIMESTAMP '2024-03-05' AS d, [1] AS e"
    )
    made(tmp_path / "year=2024" / "b.parquet", query)
    found = table(tmp_path, source("year=2024", PARQUET))
    assert found.files == (tmp_path / "year=2024" / "b.parquet",)
    assert kinds(found) == {"code": "text", "a": "number", "b": "number", "c": "yes or no", "d": "date"}
    assert [en for en, _ in faults(tmp_path, source("year=2024", PARQUET), needed=["e"])] == [
        "year=2024/b.parquet: expected texts, numbers, dates or yes and no in the column “e”, "
        "found values of the type INTEGER[]"
    ]
    assert [en for en, _ in faults(tmp_path, source("year=2024", PARQUET), needed=["year"])] == [
        "year=2024/b.parquet: expected a column “year”, found none"
    ]


def test_fields_of_other_types_in_other_files_are_made_alike(tmp_path: Path) -> None:
    made(tmp_path / "in/1.parquet", "SELECT 110000.0::DOUBLE AS code, 7 AS n, DATE '2024-03-05' AS day, 'x' AS same")
    made(
        tmp_path / "in/2.parquet",
        "SELECT 'A1' AS code, 0.1::DOUBLE AS n, TIMESTAMP '2024-03-06 12:00:00' AS day, 'y' AS same",
    )
    found = table(tmp_path, source("in", PARQUET))
    assert kinds(found) == {"code": "text", "n": "number", "day": "date", "same": "text"}
    assert records(found) == [
        ("110000", Decimal(7), dt.datetime(2024, 3, 5), "x"),
        ("A1", Decimal("0.1"), dt.datetime(2024, 3, 6, 12), "y"),
    ]


def test_what_is_no_whole_parquet_file_is_refused(tmp_path: Path) -> None:
    made(tmp_path / "a.parquet", "SELECT range AS a FROM range(1000)")
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes()[:-20])
    (tmp_path / "c.parquet").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "d.parquet").write_bytes(b"")
    for name in "bcd":
        ((en, zh),) = faults(tmp_path, source(f"{name}.parquet", PARQUET))
        assert en.startswith(
            f"{name}.parquet: expected a file in the form of Parquet, found one that cannot be read as such ("
        )
        assert zh.startswith(f"{name}.parquet：应为 Parquet 文件，实为无法按此读取（")
