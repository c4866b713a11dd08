"""Databases: a file of SQLite, a file of DuckDB, and a real server of PostgreSQL."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pg8000.dbapi
import pytest

from bdindex_xl.model.collecting import SourceKind
from tests.microdata.sources.given import faults, kinds, records, source, table

pytestmark = pytest.mark.slow

DATABASE = SourceKind.DATABASE
SECRET = "p@ss:wörd/密"
TABLE = """
CREATE TABLE company (
    code varchar(18), pad char(6), amount numeric(30, 10), shares bigint, rate double precision, founded date,
    updated timestamp, zoned timestamptz, listed boolean, extra jsonb);
INSERT INTO company VALUES
    ('110108000000000001', '北京', 12345678901234567890.0123456789, 9007199254740993, 0.1, '2001-02-03',
     '2024-05-06 07:08:09', '2024-05-06 07:08:09+08', true, '{}'),
    ('', 'x', 'NaN', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (E'a,"b"\\n c', 'y', -0.5, 1, 1e20, '1999-12-31', '2024-01-01', NULL, false, NULL);
CREATE VIEW listed AS SELECT code, amount FROM company WHERE listed;
CREATE SCHEMA "资料";
CREATE TABLE "资料"."企业 名录" ("代码" text, "n" integer);
INSERT INTO "资料"."企业 名录" VALUES ('甲', 1);
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of PostgreSQL that asks for a password; the folder of its socket."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed")
    folder = Path("/tmp") / f"bdindex-postgres-{os.getpid()}"  # a socket's path must be short
    folder.mkdir()
    run: dict[str, Any] = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    if run:
        shutil.chown(folder, "postgres", "postgres")
    kept = folder / "password"
    kept.write_text(SECRET, encoding="utf-8")
    kept.chmod(0o644)
    data = str(folder / "data")
    subprocess.run(
        [str(binaries[-1].with_name("initdb")), "-D", data, "-U", "analyst", "-A", "scram-sha-256", "--pwfile", str(kept),
         "-E", "UTF8", "--locale", "C", "--no-sync"],
        check=True, capture_output=True, cwd=folder, **run,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(binaries[-1]), "-D", data, "-k", str(folder), "-h", "127.0.0.1", "-p", str(port), "-F"],
        stderr=subprocess.PIPE, cwd=folder, text=True, **run,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        assert any("ready to accept connections" in line for line in process.stderr)
        with pg8000.dbapi.connect("analyst", password=SECRET, host="127.0.0.1", port=port, database="postgres") as db:
            for statement in TABLE.split(";\n"):
                if statement.strip():
                    db.cursor().execute(statement)
            db.commit()
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=30)
        shutil.rmtree(folder)


@pytest.fixture
def address(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the server is reached, its password in the environment."""
    monkeypatch.setenv("BDINDEX_DB_PASSWORD", SECRET)
    return f"postgresql+pg8000://analyst@{server}/postgres"


def test_a_table_of_postgresql_is_read_exactly(address: str, tmp_path: Path) -> None:
    made = table(tmp_path, source(f"{address}#company", DATABASE))
    assert kinds(made) == {
        "code": "text", "pad": "text", "amount": "number", "shares": "number", "rate": "number", "founded": "date",
        "updated": "date", "zoned": "date", "listed": "yes or no",
    }  # fmt: skip
    first, second, third = records(made)
    assert first[:4] == ("110108000000000001", "北京", Decimal("12345678901234567890.0123456789"), 9007199254740993)
    assert [record[4] for record in (first, second, third)] == [Decimal("0.1"), None, Decimal(10**20)]
    assert first[5:7] == (dt.date(2001, 2, 3), dt.datetime(2024, 5, 6, 7, 8, 9))
    assert second == (None, "x", *[None] * 7)
    assert third[:3] == ('a,"b"\n c', "y", Decimal("-0.5"))
    assert third[-1] is False
    assert list(made.origins.values()) == [f"{address.partition('@')[2].partition(':')[0]}/postgres#company"]


def test_views_are_read_and_names_of_any_script_with_their_schema(address: str, tmp_path: Path) -> None:
    made = table(tmp_path, source(f"{address}#listed", DATABASE), needed=["code"])
    assert records(made) == [("110108000000000001",)]
    assert records(table(tmp_path, source(f"{address}#资料.企业 名录", DATABASE))) == [("甲", 1)]


def test_what_a_server_does_not_have_is_said(address: str, tmp_path: Path) -> None:
    assert faults(tmp_path, source(f"{address}#compny", DATABASE)) == [
        (
            "127.0.0.1/postgres: expected a table or view “compny”, found none (did you mean “company”?)",
            "127.0.0.1/postgres：应为表或视图“compny”，实为没有（是否为“company”？）",
        )
    ]
    assert [en for en, _ in faults(tmp_path, source(f"{address}#company", DATABASE), needed=["cod", "extra"])] == [
        "127.0.0.1/postgres#company: expected a column “cod”, found none (did you mean “code”?)"
    ]
    assert [en for en, _ in faults(tmp_path, source(f"{address}#company", DATABASE), needed=["extra"])] == [
        "127.0.0.1/postgres#company: expected texts, numbers, dates or yes and no in the column “extra”, "
        "found values of the type JSONB"
    ]


def test_the_password_is_that_of_the_table_or_of_the_keyring_and_never_shown(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    one = source(f"{address}#company", DATABASE)
    monkeypatch.setenv("BDINDEX_DB_PASSWORD", "wrong-" + SECRET)
    ((en, _),) = faults(tmp_path, one)
    assert en.startswith("127.0.0.1/postgres: expected a database that can be read, found ")
    assert SECRET not in en + "".join(capfd.readouterr())
    monkeypatch.setenv("BDINDEX_DB_PASSWORD_COMPANY", SECRET)
    assert len(records(table(tmp_path, one))) == 3
    monkeypatch.delenv("BDINDEX_DB_PASSWORD_COMPANY")
    monkeypatch.delenv("BDINDEX_DB_PASSWORD")
    keyring = ModuleType("keyring")
    asked = []

    def get_password(service: str, user: str) -> str:
        asked.append((service, user))
        return SECRET

    keyring.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    assert len(records(table(tmp_path, one))) == 3
    assert asked == [("bdindex", address)]


def test_nothing_can_be_written_while_a_database_is_read(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import make_url, text
    from sqlalchemy.exc import DBAPIError

    from bdindex_xl.microdata.sources.database import _reading
    from bdindex_xl.microdata.sources.database_address import DatabaseAddress

    where = DatabaseAddress(make_url(address).set(password=SECRET), "company", "")
    with pytest.raises(DBAPIError, match="read-only transaction"), _reading(where) as connection:
        connection.execute(text("DELETE FROM company"))


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    """A database in a file."""
    with sqlite3.connect(tmp_path / "记录 [1].db") as database:
        database.executescript(
            """
            CREATE TABLE company (code TEXT, amount DECIMAL(10, 2), day DATE, listed BOOLEAN, mixed INTEGER);
            INSERT INTO company VALUES ('001', 1.1, '2024-03-05', 1, 5), (NULL, '2.50', NULL, 0, 'x');
            CREATE VIEW v AS SELECT code FROM company;
            """
        )
    return tmp_path


def test_a_file_of_sqlite_is_read_from_the_folder_of_the_workbook(sqlite: Path) -> None:
    made = table(sqlite, source("sqlite:///记录 [1].db#company", DATABASE))
    assert kinds(made) == {"code": "text", "amount": "number", "day": "date", "listed": "yes or no", "mixed": "text"}
    assert records(made) == [
        ("001", Decimal("1.10"), dt.date(2024, 3, 5), True, "5"),
        (None, Decimal("2.50"), None, False, "x"),
    ]
    assert records(table(sqlite, source("sqlite:///记录 [1].db#v", DATABASE))) == [("001",), (None,)]
    assert [en for en, _ in faults(sqlite, source("sqlite:///none.db#v", DATABASE))] == [
        "company: expected the file or folder none.db, found none"
    ]
    assert not (sqlite / "none.db").exists()


@pytest.mark.parametrize(
    ("where", "en", "zh"),
    [
        ("postgresql://a:geheim@h/d#t", "company: expected an address without a password, found one that holds it; take it out of the workbook, change it, and put it into the environment variable BDINDEX_DB_PASSWORD_COMPANY or BDINDEX_DB_PASSWORD, or into the system's keyring", "company：应为不含密码的地址，实为含有密码的地址；请把密码从工作簿中删除并更换，改放在环境变量 BDINDEX_DB_PASSWORD_COMPANY 或 BDINDEX_DB_PASSWORD，或系统密钥环中"),
        ("postgresql://a@h/d?sslpassword=geheim#t", "company: expected an address without a password, found one that holds it; take it out of the workbook, change it, and put it into the environment variable BDINDEX_DB_PASSWORD_COMPANY or BDINDEX_DB_PASSWORD, or into the system's keyring", "company：应为不含密码的地址，实为含有密码的地址；请把密码从工作簿中删除并更换，改放在环境变量 BDINDEX_DB_PASSWORD_COMPANY 或 BDINDEX_DB_PASSWORD，或系统密钥环中"),
        ("mysql://a@h/d?local_infile=1#t", "company: expected only the server's place and its encryption in the address, found the options local_infile; take them out", "company：应为只含服务器位置和加密方式的地址，实为选项 local_infile；请删除"),
        ("geheim#t", "company: expected the address of a database by SQLAlchemy, such as postgresql://user@host/database#table, found one that cannot be read", "company：应为 SQLAlchemy 的数据库地址，如 postgresql://user@host/database#table，实为无法解读的地址"),
        ("postgresql://a@h/d", "company: expected a table or view behind the address and #, found none", "company：应为地址后用 # 写明的表或视图，实为没有"),
        ("nothing://a@h/d#t", "h/d: expected a dialect and driver of SQLAlchemy that is installed, found nothing; check how the address begins, or install with pip the package that has it", "h/d：应为已安装的 SQLAlchemy 方言和驱动，实为 nothing；请检查地址的开头，或用 pip 安装提供该方言的软件包"),
        ("mysql+mysqlconnector://a@h/d#t", "h/d: expected the driver in Python for mysql+mysqlconnector, found no mysql installed; install it with pip, or name in the address one that is, such as postgresql+pg8000", "h/d：应为数据库 mysql+mysqlconnector 的 Python 驱动，实为未安装 mysql；请用 pip 安装，或在地址中写明已安装的驱动，如 postgresql+pg8000"),
    ],
)  # fmt: skip
def test_an_address_that_must_not_be_is_refused(tmp_path: Path, where: str, en: str, zh: str) -> None:
    assert faults(tmp_path, source(where, DATABASE)) == [(en, zh)]


def test_an_address_of_a_database_under_another_kind_does_not_show_its_password(tmp_path: Path) -> None:
    ((en, zh),) = faults(tmp_path, source("postgresql://a:geheim@h/d#t"))
    assert "geheim" not in en + zh


def test_a_table_of_a_duckdb_file_is_read_with_its_types(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "a.duckdb")) as database:
        database.execute(
            "CREATE TABLE company AS SELECT '甲 ' AS name, 170141183460469231731687303715884105::HUGEINT AS big, "
            "1.50::DECIMAL(9, 2) AS amount, DATE '2024-03-05' AS day, true AS listed, [1] AS many"
        )
        database.execute("CREATE VIEW listed AS SELECT name FROM company WHERE listed")
        database.execute("CREATE VIEW other AS SELECT * FROM read_csv('/etc/passwd', delim = ':', header = false)")
    made = table(tmp_path, source("a.duckdb#company", SourceKind.DUCKDB))
    assert kinds(made) == {"name": "text", "big": "number", "amount": "number", "day": "date", "listed": "yes or no"}
    big = Decimal(170141183460469231731687303715884105)
    assert records(made) == [("甲", big, Decimal("1.50"), dt.date(2024, 3, 5), True)]
    assert records(table(tmp_path, source("a.duckdb#listed", SourceKind.DUCKDB))) == [("甲",)]
    ((en, _),) = faults(tmp_path, source("a.duckdb#other", SourceKind.DUCKDB))
    assert "file system operations are disabled by configuration" in en
    assert [en for en, _ in faults(tmp_path, source("a.duckdb#compny", SourceKind.DUCKDB))] == [
        "a.duckdb: expected a table or view “compny”, found none (did you mean “company”?)"
    ]
    (tmp_path / "b.duckdb").write_text("no database", encoding="utf-8")
    ((en, _),) = faults(tmp_path, source("b.duckdb#t", SourceKind.DUCKDB))
    assert en.startswith("b.duckdb: expected a file in the form of DuckDB, found one that cannot be read as such (")
