"""Counting from records, beside a plain scan of the same Parquet, which is the limit, and pandas, which is the peer.

    python benchmarks/collect.py [--rows N …] [--spark]

Companies over five years with one repeated record in 200, and half as many financings; nine indicators of companies and
one of financings, of 337 cities and 31 provinces in five years. The scan adds up the columns that are read; pandas does
the same counting from the same files with floats. Each in a process of its own, whose peak of memory is told; twenty
million rows are not given to pandas, which would need ten times the memory.
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path

import duckdb

from bdindex_xl.microdata import duck, spark
from bdindex_xl.microdata.counting import Counted, ToCount, count
from bdindex_xl.microdata.engine import Engine
from bdindex_xl.microdata.places import Gazetteer
from bdindex_xl.microdata.places.credit import CHARACTERS, WEIGHTS
from bdindex_xl.microdata.prepared import Prepared
from bdindex_xl.microdata.record_places import RecordPlaces
from bdindex_xl.microdata.tables import FieldKind, RecordTable
from bdindex_xl.microdata.wanted import fields
from bdindex_xl.model.collecting import Counting, CountingRule, Period, RecordSource, SourceKind
from bdindex_xl.sheets.faults import Report
from bdindex_xl.sheets.read_rules import Collecting, PlacedRow

ROWS = (9_000, 100_000, 1_000_000)
ASKED = {9_000: 1.0, 1_000_000: 5.0, 20_000_000: 60.0}  # most seconds
YEARS = (2020, 2021, 2022, 2023, 2024)
_PEER_MOST = 1_000_000
_READ = (
    "year",
    "uscc",
    "city",
    "listed",
    "unicorn",
    "gazelle",
    "hightech",
    "value",
    "measure",
    "patents",
    "software",
    "updated",
)


def units() -> dict[str, dict[str, str]]:
    """The units of the sample by ranking."""
    found: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(
        (files("bdindex_xl.sheets") / "sample" / "zh" / "units.csv").read_text("utf-8").splitlines()
    ):
        found.setdefault(row["ranking"], {})[row["code"]] = row["name"]
    return found


def make(folder: Path, n: int) -> None:
    """Invented companies and financings, the same each time."""
    cities = ", ".join(f"('{code}')" for code in units()["city"])
    connection = duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(folder)})
    connection.execute(
        f"CREATE TABLE city AS SELECT code, row_number() OVER () - 1 AS i FROM (VALUES {cities}) t(code)"
    )
    # Right credit codes, as companies have them: they are checked, and held against the place.
    digits = "list_transform(range(1, 18), lambda k: CAST(body[k] AS INT) * " + f"{WEIGHTS[:-1].tolist()}[k])"
    check = f"substring('{CHARACTERS}', CAST((31 - list_sum({digits}) % 31) % 31 AS INT) + 1, 1)"
    connection.execute(f"CREATE MACRO credit_code(body) AS body || {check}")
    connection.execute(f"""COPY (
      WITH r AS (SELECT i // 5 AS company, 2020 + i % 5 AS year, hash(i // 5) AS h, hash(i + 77777) AS g
        FROM range({n}) t(i)),
      s AS (SELECT *, least(336, floor(pow((h % 1000003) / 1000003.0, 2.5) * 337))::INT AS at FROM r)
      SELECT year::INT AS year, credit_code('91' || city.code || printf('%09d', company)) AS uscc,
        CASE WHEN h % 97 = 5 THEN NULL ELSE city.code END AS city, h % 41 = 0 AS listed, h % 211 = 0 AS unicorn,
        h % 17 = 0 AS gazelle, h % 5 < 2 AS hightech,
        CASE WHEN h % 41 = 0 THEN ((g % 900000 + 1000) / 100.0)::DECIMAL(18, 4) END AS value,
        CASE WHEN h % 41 = 0 AND g % 7 = 0 THEN '万元' ELSE '亿元' END AS measure,
        (g % 61)::INT AS patents, (g % 37)::INT AS software,
        TIMESTAMP '2024-01-01' + INTERVAL 1 SECOND * (g % 30000000)::INT AS updated
      FROM s JOIN city ON city.i = s.at) TO '{folder}/companies.parquet' (COMPRESSION zstd)""")
    connection.execute(f"""COPY (SELECT * REPLACE (updated - INTERVAL 1 YEAR AS updated, patents + 1 AS patents)
      FROM '{folder}/companies.parquet' WHERE hash(uscc) % 200 = 3) TO '{folder}/repeated.parquet'""")
    connection.execute(f"""COPY (SELECT uscc, DATE '2019-06-01' + (hash(uscc || year || 'f') % 2000)::INT AS day,
      ((hash(uscc || year || 'a') % 500000) / 100.0)::DECIMAL(18, 4) AS amount FROM '{folder}/companies.parquet'
      WHERE hash(uscc || year) % 2 = 0) TO '{folder}/financings.parquet' (COMPRESSION zstd)""")


def tables(folder: Path) -> dict[str, RecordTable]:
    own = folder / "companies.parquet", folder / "repeated.parquet"
    deals = folder / "financings.parquet"
    kinds: dict[str, FieldKind] = {}
    return {
        "companies": RecordTable("companies", own, kinds, {}, ("uscc",), "updated"),
        "financings": RecordTable("financings", (deals,), kinds, {}),
    }


def rules() -> Collecting:
    made = [
        CountingRule(code, "companies", counting, field, condition, "city", "year", Period.SNAPSHOT, measure)
        for code, counting, field, condition, measure in (
            ("A11", Counting.COUNT, "", "", ""), ("A12", Counting.COUNT, "", "listed", ""),
            ("A13", Counting.COUNT, "", "unicorn", ""), ("A14", Counting.COUNT_DISTINCT, "uscc", "gazelle", ""),
            ("A15", Counting.COUNT, "", "hightech", ""), ("A21", Counting.SUM, "value", "listed", "measure"),
            ("B11", Counting.SUM, "patents", "", ""), ("B12", Counting.MEAN, "software", "", ""),
            ("B13", Counting.MAX, "patents", "listed OR hightech", ""),
        )
    ]  # fmt: skip
    made.append(
        CountingRule("A23", "financings", Counting.SUM, "amount", "", "companies.city", "day", Period.FLOW, "万元")
    )
    sources = [
        RecordSource("companies", SourceKind.PARQUET, "", "uscc", "updated"),
        RecordSource("financings", SourceKind.PARQUET, ""),
    ]
    cells = dict.fromkeys(("filter", "field", "measure"), "A1")
    return Collecting(
        tuple(PlacedRow(one, "", cells) for one in made), tuple(PlacedRow(one, "", {}) for one in sources)
    )


def counted(engine: Engine, folder: Path) -> Counted:
    report, given, asked = Report(), units(), rules()
    measures = {row.value.indicator: "亿元" for row in asked.rules}
    needed, there = fields(asked, measures, report), tables(folder)
    places = RecordPlaces(engine, Prepared(engine, there, needed), Gazetteer(given))
    found = count(engine, there, places, ToCount(asked, measures, list(given), YEARS), report)
    assert found is not None
    return found


def by_duckdb(folder: Path) -> Mapping[str, object]:
    with duck.started(list(tables(folder).values()), folder) as engine:
        return counted(engine, folder).values


def by_spark(folder: Path) -> Mapping[str, object]:
    with spark.started(folder) as engine:
        return counted(engine, folder).values


def scan(folder: Path) -> None:
    """Every column that is read, added up or hashed: what no way of counting can do without."""
    with duckdb.connect(config={"memory_limit": "4GB"}) as connection:
        sums = ", ".join(f"sum(hash({name}) % 7)" for name in _READ)
        connection.execute(
            f"SELECT {sums} FROM read_parquet(['{folder}/companies.parquet', '{folder}/repeated.parquet'])"
        )
        connection.execute(
            f"SELECT sum(hash(uscc) % 7), sum(hash(day) % 7), sum(amount) FROM '{folder}/financings.parquet'"
        )


def by_pandas(folder: Path) -> None:
    """The same counting, as an analyst would write it."""

    with duckdb.connect() as connection:  # pandas' own reader needs another package
        rows = connection.sql(f"FROM read_parquet(['{folder}/companies.parquet', '{folder}/repeated.parquet'])").df()
        deals = connection.sql(f"FROM '{folder}/financings.parquet'").df()
    rows = rows.sort_values("updated").drop_duplicates(["uscc", "year"], keep="last")
    rows["value"] = rows["value"] * rows["measure"].map({"亿元": 1.0, "万元": 1e-4})
    deals["year"] = deals["day"].dt.year
    deals = deals.merge(rows[["uscc", "year", "city"]], how="left", on=["uscc", "year"])
    for unit in (rows["city"], rows["city"].str[:2]):
        by = [unit, rows["year"]]
        for name in ("listed", "unicorn", "gazelle", "hightech", "patents"):
            rows.groupby(by)[name].sum()
        rows.groupby(by).size()
        rows["value"].where(rows["listed"]).groupby(by).sum()
        rows.groupby(by)["software"].mean()
        rows["patents"].where(rows["listed"] | rows["hightech"]).groupby(by).max()
    for unit in (deals["city"], deals["city"].str[:2]):
        deals.groupby([unit, deals["year"]])["amount"].sum()


WORKS: Mapping[str, Callable[[Path], object]] = {
    "scan": scan,
    "duckdb": by_duckdb,
    "pandas": by_pandas,
    "spark": by_spark,
}


def alone(work: str, folder: Path) -> tuple[float, float, float]:
    """Seconds, of them of the processor, and peak memory [MB] of one of them in a process of its own."""
    told = subprocess.run(
        [sys.executable, __file__, "--one", work, str(folder)], capture_output=True, text=True, check=True
    )
    wall, cpu, peak = map(float, told.stdout.split()[-3:])
    return wall, cpu, peak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--spark", action="store_true", help="also by Spark, on up to 1,000,000 rows, and compare")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        start, cpu = time.perf_counter(), time.process_time()
        WORKS[options.one[0]](Path(options.one[1]))
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    for n in options.rows:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name).resolve()
            make(folder, n)
            for work in WORKS:
                if (work == "pandas" and n > _PEER_MOST) or work == "spark":
                    continue
                wall, cpu, peak = alone(work, folder)
                asked = f" (asked: {ASKED[n]:g} s)" if work == "duckdb" and n in ASKED else ""
                print(f"{n:>12,} rows  {work:8} {wall:8.2f} s{asked}, {cpu:7.2f} s of CPU, {peak:6,.0f} MB", flush=True)
                if work == "duckdb":
                    print(f"{'':12}       per million rows {1e6 * cpu / n:.2f} s of CPU", flush=True)
            if options.spark and n <= _PEER_MOST:
                start = time.perf_counter()
                same = by_spark(folder) == by_duckdb(folder)
                print(
                    f"{n:>12,} rows  spark    {time.perf_counter() - start:8.2f} s, the same digits: {same}", flush=True
                )


if __name__ == "__main__":
    main()
