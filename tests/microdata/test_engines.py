"""DuckDB and Spark give the same digits: on tables with blanks, repeated records, decimals and Chinese texts."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pytest
from sqlglot import exp, parse_one

from bdindex_xl.microdata import duck, spark
from bdindex_xl.microdata.engine import Engine, EngineFailed
from bdindex_xl.microdata.tables import RecordTable
from bdindex_xl.model.collecting import Counting, CountingRule, Moved, Period
from bdindex_xl.sheets.read_rules import Collecting

from . import registered_companies as registered
from .tables_of import counted, placed, source, table

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("spark"),  # one session for all
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
]
COMPANIES, DEALS = source("companies", "uscc", "updated"), source("deals")
COLUMNS = (
    'uscc VARCHAR, year VARCHAR, "注册 地址" VARCHAR, "a.b" DECIMAL(18, 4), money DOUBLE, unit VARCHAR, listed BOOLEAN, '
    "名称 VARCHAR, staff BIGINT, updated TIMESTAMP"
)
PLACES = ("440305", "110000", "深圳市", "广东省", "北京市海淀区", "火星", "4403", "440100000000", "朝阳区建国路8号")
NAMES = ("大数据", "数据'云", "a\\b", "", "数据%", "Ａ", "é")
YEARS = (2020, 2021, 2022, 2023)
# Little data: one partition, nothing compiled that is run once, no plan thought over for long, no jar looked through.
QUICK = {
    "spark.sql.shuffle.partitions": "1", "spark.sql.codegen.wholeStage": "false", "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN", "spark.sql.constraintPropagation.enabled": "false",
    "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false",
    "spark.sql.optimizer.runtime.bloomFilter.enabled": "false", "spark.driver.memory": "600m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+UnlockDiagnosticVMOptions "
                                     "-XX:-BytecodeVerificationRemote",
}  # fmt: skip


def _sql(value: object) -> str:
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def _rows(rng: random.Random, n: int) -> str:
    """Rows of companies: a third of the keys come twice in a year, and a tenth of all values are blank."""
    made = []
    for _ in range(n):
        values: list[object] = [
            f"U{rng.randrange(n // 3)}", rng.choice(["2020", "2021年", "2022-05-06", "20230101", "x", "2019"]),
            rng.choice(PLACES), round(rng.uniform(-1e6, 1e9), 4),
            rng.choice([rng.uniform(0, 1e6), 0.1, 1e-7, 0.285, 1e12, 123456.789]),
            rng.choice(["元", "万元", "亿元", "CNY million", "美元", " "]), rng.choice(["TRUE", "FALSE"]),
            rng.choice(NAMES), rng.randrange(100_000), f"2023-0{rng.randint(1, 9)}-01 0{rng.randint(0, 9)}:00:00",
        ]  # fmt: skip
        cells = [None if rng.random() < 0.1 else value for value in values]
        cells[6] = None if cells[6] is None else cells[6] == "TRUE"
        made.append("(" + ", ".join(map(_sql, cells)) + ")")
    return ", ".join(made)


def _deals(rng: random.Random, n: int) -> str:
    days = (f"DATE '{rng.randint(2018, 2024)}-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}'" for _ in range(n))
    return ", ".join(f"('U{rng.randrange(n // 2)}', {day}, {rng.randrange(10**9)} / 10000.0)" for day in days)


def tables_of(folder: Path, seed: int, n: int = 120) -> tuple[RecordTable, RecordTable]:
    rng = random.Random(seed)
    return (
        table(folder, COMPANIES, COLUMNS, _rows(rng, n), _rows(rng, n)),
        table(folder, DEALS, "uscc VARCHAR, day DATE, amount DECIMAL(20, 6)", _deals(rng, n)),
    )


def _rule(k: int, counting: Counting, field: str = "", condition: str = "", **more: object) -> CountingRule:
    period = Period(str(more.get("period", "snapshot")))
    return CountingRule(f"i{k}", "companies", counting, field, condition, "注册 地址", "year", period,
                        str(more.get("measure", "")))  # fmt: skip


OWN = [
    _rule(1, Counting.COUNT),
    _rule(2, Counting.SUM, "money", measure="unit"),
    _rule(3, Counting.MEAN, "a.b", "listed OR 名称 LIKE '%数据%' AND \"a.b\" / 3 > money - 1.5", measure="万元"),
    _rule(4, Counting.MAX, "money", "名称 <> 'a\\b' AND NOT listed"),
    _rule(5, Counting.SHARE, "", "名称 IN ('数据''云', 'é') OR updated >= '2023-05-01'"),
    _rule(6, Counting.COUNT_DISTINCT, "名称"),
    _rule(7, Counting.MIN, "staff", "staff BETWEEN 10 AND 90000", period="stock"),
    _rule(8, Counting.SUM, "a.b", "名称 IS NULL", period="stock", measure="元"),
    _rule(9, Counting.COUNT_DISTINCT, "uscc", "listed", period="stock"),
]
OF_DEALS = [
    CountingRule("i10", "deals", Counting.SUM, "amount", "amount > 100.5", "companies.注册 地址", "day", Period.FLOW),
    CountingRule("i11", "deals", Counting.MEAN, "amount", "", "companies.注册 地址", "day", Period.STOCK, "", None,
                 Moved.LATEST),
]  # fmt: skip
ALL = placed([*OWN, *OF_DEALS], [COMPANIES, DEALS])
# Each field told apart takes two statements of Spark's: those of a stock are told apart by the same, but for the year.
RULES = placed([*OWN[:-1], *OF_DEALS], [COMPANIES, DEALS])
MEASURES = {row.value.indicator: "亿元" for row in ALL.rules}


@contextmanager
def errors_to(file: IO[bytes]) -> Iterator[None]:
    """What this process, and those that it starts meanwhile, say on standard error goes into a file."""
    kept = os.dup(2)
    os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[spark.Spark]:
    with tempfile.TemporaryFile() as said, ExitStack() as stack:
        with errors_to(said):
            engine = stack.enter_context(spark.started(tmp_path_factory.mktemp("spark"), "local[1]", QUICK))
        said.seek(0)
        assert said.read() == b""  # no log of Spark's, no warning of Java's
        yield engine


def told(engine: Engine, tables: Sequence[RecordTable], rules: Collecting = RULES) -> object:
    """All that is counted and all that is said of the records."""
    found = counted(engine, tables, rules, YEARS, MEASURES)
    return {code: dict(sorted(values.items())) for code, values in found.values.items()}, found.lines


# What is cast and divided, where a version of Spark before 4 would not refuse what it cannot do.
LENIENT = placed([OWN[1], OWN[2]], [COMPANIES, DEALS])


@pytest.mark.parametrize(("seed", "ansi", "rules"), [(1, "true", RULES), (2, "false", LENIENT)], ids=["ansi", "not"])
def test_both_engines_give_the_same_digits(
    seed: int, ansi: str, rules: Collecting, tmp_path: Path, session: spark.Spark, pytestconfig: pytest.Config
) -> None:
    """On all rules in the long run."""
    rules = ALL if rules is RULES and pytestconfig.getoption("--long") else rules
    tables = tables_of(tmp_path, seed)
    with duck.started(tables, tmp_path) as engine:
        expected = told(engine, tables, rules)
    session._session.conf.set("spark.sql.ansi.enabled", ansi)
    try:
        assert told(session, tables, rules) == expected
    finally:
        session.forget()


def test_both_engines_tell_the_same_of_credit_codes(
    tmp_path: Path, session: spark.Spark, pytestconfig: pytest.Config
) -> None:
    """Of those of one table; in the long run of two, of which one has its places from the other."""
    tables = [
        table(tmp_path, registered.COMPANIES, registered.COLUMNS, registered.ROWS, registered.CORRECTIONS),
        table(tmp_path, registered.DEALS, registered.OF_DEALS, registered.DEALT),
    ]
    asked = registered.RULES if pytestconfig.getoption("--long") else registered.RULES[:1]
    rules = placed(asked, [registered.COMPANIES, registered.DEALS])
    with duck.started(tables, tmp_path) as engine:
        by_duckdb = counted(engine, tables, rules, (2023, 2024))
    session._session.conf.set("spark.sql.ansi.enabled", "true")
    try:
        by_spark = counted(session, tables, rules, (2023, 2024))
    finally:
        session.forget()
    assert registered.told(by_spark) == registered.told(by_duckdb)
    assert by_spark == by_duckdb


def test_what_spark_cannot_do_is_said_in_a_sentence(
    tmp_path: Path, session: spark.Spark, capfd: pytest.CaptureFixture[str]
) -> None:
    made = table(tmp_path, DEALS, "uscc VARCHAR", "('A')")
    gone = RecordTable("gone", (tmp_path / "gone.parquet",), {}, {})
    with pytest.raises(EngineFailed, match="^Spark could not do it: .*gone.parquet"):
        session.register("gone", gone)
    damaged = RecordTable("damaged", (tmp_path / "damaged.parquet",), {}, {})
    (tmp_path / "damaged.parquet").write_bytes(b"PAR1" + b"x" * 40 + b"PAR1")
    with pytest.raises(EngineFailed, match=r"^Spark could not do it: \[FAILED_READ_FILE.*damaged.parquet") as caught:
        session.register("damaged", damaged)
    assert "\n" not in str(caught.value)
    assert session.register("there", made) == {"uscc": "text"}
    session.forget()
    assert capfd.readouterr() == ("", "")


def test_spark_takes_a_path_for_what_it_is(tmp_path: Path, session: spark.Spark) -> None:
    folder = tmp_path / "a[1]{b,c}"
    folder.mkdir()
    made = table(folder, DEALS, "uscc VARCHAR", "('A')", "('B')")
    assert session.register("there", made) == {"uscc": "text"}
    assert len(session.rows(parse_one("SELECT uscc FROM there", into=exp.Select))) == 2
    session.forget()


def test_spark_without_java_says_so(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from bdindex_xl.microdata import spark, engine\n"
        "try:\n    spark.started(Path.cwd()).__enter__()\n"
        "except engine.EngineFailed as error:\n    print(error)\n"
    )
    env = os.environ | {"JAVA_HOME": str(tmp_path / "nowhere"), "PYTHONPATH": str(Path(spark.__file__).parents[2])}
    run = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    assert run.stdout.startswith("Spark could not do it: ")
    assert re.search("nowhere.*java: No such file", run.stdout) or os.name == "nt"


def test_spark_listens_to_nobody_else(session: spark.Spark) -> None:
    settings = dict(session._session.sparkContext.getConf().getAll())
    assert settings["spark.driver.bindAddress"] == settings["spark.driver.host"] == "127.0.0.1"
    assert settings["spark.ui.enabled"] == "false"
