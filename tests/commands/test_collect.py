"""Collecting as a command: what is counted, written and told; what is at fault; and that nothing is half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.hosts.files import open_book
from bdindex_xl.language import Lang
from bdindex_xl.sheets import schema
from tests.support.books import DATA, FRAMEWORK, small_book
from tests.support.disk import backups
from tests.support.json_schema import faults

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]
RULES = """indicator,table,aggregation,field,filter,unit,year,period,measure
a1,companies,count,,status <> '注销',"code, address",year,,
a2,companies,mean,patents,,"code, address",year,,
b1,deals,sum,amount,,"companies.code, address",day,flow,unit
"""
SOURCES = "table,kind,where,key,latest\ncompanies,csv,companies,uscc,updated\ndeals,csv,deals.csv,,\n"
COMPANIES = {
    2023: """uscc,year,code,address,status,patents,updated
A,2023,110000,,存续,3,2023-12-31
B,2023,,110000,存续,4,2023-12-31
C,2023,130100,,注销,5,2023-12-31
""",
    2024: """uscc,year,code,address,status,patents,updated
A,2024,110100,,存续,1,2024-12-31
B,2024,110100,,存续,2,2024-12-31
B,2024,110100,,存续,4,2024-06-30
C,2024,,火星,存续,9,2024-12-31
""",
}
DEALS = "uscc,day,amount,unit\nA,2024-05-01,2500,万元\nB,2024-06-01,0.5,亿元\nC,2024-06-01,1,美元\n"
UNITS = """code,name,ranking,区域
110000,北京市,province,东
120000,天津市,province,东
130000,河北省,province,西
110100,北京市,city,东
120100,天津市,city,东
130100,石家庄市,city,西
140100,太原市,city,
"""
P, C = "省份数据", "城市数据"


def records(folder: Path) -> Path:
    """A folder of records."""
    home = folder / "records"
    (home / "companies").mkdir(parents=True)
    for year, text in COMPANIES.items():
        (home / "companies" / f"{year}.csv").write_text(text, "utf-8")
    (home / "deals.csv").write_text(DEALS, "utf-8")
    return home


def book(folder: Path, lang: Lang = "zh", rules: str = RULES, sources: str = SOURCES, data: str = DATA) -> Path:
    file = folder / "a.xlsm"
    framework = FRAMEWORK.replace("b1,政策,B,1,1,0,100,项", "b1,融资,B,1,1,0,100,亿元")
    file.write_bytes(
        small_book(folder, lang, rules=rules, sources=sources, framework=framework, units=UNITS, data=data)
    )
    return file


def run(*arguments: object) -> int:
    return cli.main(["collect", *map(str, arguments)])


def column(file: Path, ranking: str, name: str) -> dict[tuple[int, str], object]:
    block = open_book(file).read(schema.table_of(schema.DATA.table, ranking))
    at = dict(zip(block.header, block.columns, strict=True))
    keys = zip(*block.columns[:2], strict=True)
    return {(int(year), unit): value for (year, unit), value in zip(keys, at[name], strict=True) if value is not None}


def test_indicators_with_rules_are_counted_and_all_else_stays(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path), records(tmp_path)
    before = column(file, "city", "能耗"), file.read_bytes()
    assert run(file, "--from", home) == 0
    told = capsys.readouterr().out
    assert column(file, "city", "企业") == {
        (2023, "110100"): 2.0, (2023, "120100"): 0.0, (2023, "130100"): 0.0, (2024, "110100"): 2.0,
        (2024, "120100"): 0.0, (2024, "130100"): 0.0, (2024, "140100"): 0.0,
    }  # fmt: skip
    assert column(file, "city", "专利") == {
        (2023, "110100"): 3.5, (2023, "130100"): 5.0, (2024, "110100"): 1.5,
    }  # fmt: skip
    assert column(file, "province", "企业")[2023, "110000"] == 2.0
    assert column(file, "province", "融资")[2024, "110000"] == 0.75
    assert column(file, "city", "能耗") == before[0]
    assert [path.read_bytes() for path in backups(file)] == [before[1]]
    for line in (
        "由 companies、deals 统计 3 个指标：",
        "  companies（地区：code, address；年份：year；当年名单）：记录 7 条，已统计 5 条，重复（以较新的为准） 1 条，没有地区 1 条",
        "  deals（地区：companies.code, address；年份：day；当年发生）：记录 3 条，已统计 3 条，计量单位不明（b1） 1 条",
        "  省份数据!D6 2023 年北京市：企业：10 → 2",
        "  城市数据!E6 2023 年北京市：专利：2 → 3.5",
    ):
        assert line in told.splitlines()
    assert "结果已写入" in told


def test_the_report_lists_records_and_changes_and_a_second_run_changes_nothing(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path, "en"), records(tmp_path)
    assert run(file, "--from", home) == 0
    found = open_book(file)
    block = found.read(schema.COLLECTION.table)
    rows = [tuple(value for value in row if value is not None) for row in zip(*block.columns, strict=True)]
    of = "place: code, address; year: year; snapshot"
    assert rows[:2] == [("companies", "records", 7.0, of), ("companies", "counted", 5.0)]
    (repeated,) = (row for row in rows if row[1:] and row[1].startswith("repeated") and len(row) == 5)
    assert repeated[2:4] == (1.0, "B 2024")
    assert repeated[4].endswith("2024.csv, record 3")
    assert ("companies", "changed cells", "2023, 北京市: 企业", "Province data!D6", 10.0, 2.0) in rows
    assert found.is_shown(schema.COLLECTION.table)
    capsys.readouterr()
    assert run(file, "--from", home) == 0
    assert "All cells are as counted; nothing changes." in capsys.readouterr().out


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path, "en"), records(tmp_path)
    before = file.read_bytes()
    assert run(file, "--from", home, "--dry-run", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert faults(document, json.loads((files("bdindex_xl.commands") / "output.schema.json").read_text("utf-8"))) == []
    changed = document["result"]["changed"]
    assert changed[0] == {
        "sheet": "Province data", "cell": "D6", "year": 2023, "unit": "北京市", "indicator": "企业", "old": 10.0,
        "new": 2.0, "written": False,
    }  # fmt: skip
    assert run(file, "--from", home, "--dry-run") == 0
    told = capsys.readouterr().out.splitlines()
    assert f"{len(changed)} cells would change:" in told
    assert "  Province data!D6 2023, 北京市: 企业: 10 → 2" in told
    assert told[-1] == "Nothing was written (--dry-run)."
    assert (file.read_bytes(), backups(file)) == (before, [])


def test_one_year_alone_is_collected(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path), records(tmp_path)
    before = column(file, "province", "企业")
    assert run(file, "--from", home, "--year", 2024, "-o", tmp_path / "b.xlsm") == 0
    after = column(tmp_path / "b.xlsm", "province", "企业")
    assert {place for place in after if after[place] != before[place]} == {
        (2024, "110000"), (2024, "120000"), (2024, "130000"),
    }  # fmt: skip
    assert run(file, "--from", home, "--year", 2025) == 1
    assert "应为数据表中有 2025 年的行，实为没有；请先运行 bdindex new-year" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        ({"rules": RULES.replace("status <> '注销'", "length(status) > 2")},
         ["Rules!E4: expected a condition of the table's fields, such as status = 'active', found “LENGTH(status)”, "
          "which is not allowed"]),
        ({"rules": RULES.replace("mean,patents", "mean,status")},
         ["Rules!D5: expected a field of numbers, found status: text, the first in companies/2023.csv, record 1: “存续”"]),
        ({"sources": SOURCES.replace("deals.csv", "deal.csv")}, ["Sources!C5: expected the file or folder"]),
    ],
)  # fmt: skip
def test_what_is_at_fault_is_told_by_its_cell_and_nothing_is_written(
    change: dict[str, str], messages: list[str], tmp_path: Path, capsys: CASE
) -> None:
    file, home = book(tmp_path, "en", **change), records(tmp_path)
    before = file.read_bytes()
    assert run(file, "--from", home) == 1
    told = capsys.readouterr().err
    assert all(message in told for message in messages), told
    assert (file.read_bytes(), backups(file)) == (before, [])


def test_a_field_that_one_of_many_files_lacks_names_that_file(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path, "en"), records(tmp_path)
    (home / "companies" / "2024.csv").write_text(COMPANIES[2024].replace("patents", "patent"), "utf-8")
    assert run(file, "--from", home) == 1
    assert (
        "2024.csv, line 1: expected a column “patents”, found none (did you mean “patent”?)" in capsys.readouterr().err
    )


def test_a_workbook_without_rules_says_how_to_have_some(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "a.xlsm"
    file.write_bytes(small_book(tmp_path, "en"))
    assert run(file) == 1
    assert (
        "expected rules for counting indicators (the table bdx_rules), found none; make the workbook with rules.csv and "
        "sources.csv in its folder"
    ) in capsys.readouterr().err


def test_faults_elsewhere_keep_what_was_collected_and_are_told(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path, "en", data=DATA.replace("10,5,3,8", "10,5,3,x")), records(tmp_path)
    assert run(file, "--from", home) == 1
    assert "Province data!G6: expected a number or a blank, found " in capsys.readouterr().err
    assert column(file, "province", "企业")[2023, "110000"] == 2.0


def test_a_text_among_many_numbers_is_told_by_file_and_record(tmp_path: Path, capsys: CASE) -> None:
    file, home = book(tmp_path, "zh"), records(tmp_path)
    (home / "companies" / "2024.csv").write_text(COMPANIES[2024].replace(",9,", ",九,"), "utf-8")
    assert run(file, "--from", home) == 1
    assert (
        "指标口径!D5：应为数值字段，实为 patents：文字，首见于 companies/2024.csv 第 4 条：“九”"
        in capsys.readouterr().err
    )


def test_a_text_among_many_numbers_is_told_where_a_filter_meets_it(tmp_path: Path, capsys: CASE) -> None:
    file, home = (
        book(tmp_path, "en", rules=RULES.replace("status <> '注销'", "patents > 3 AND status <> '注销'")),
        records(tmp_path),
    )
    (home / "companies" / "2024.csv").write_text(COMPANIES[2024].replace(",9,", ",nine,"), "utf-8")
    assert run(file, "--from", home) == 1
    assert (
        "found “patents > 3”, where text meets a number (patents holds numbers and texts, the first in companies/2024.csv, "
        "record 4: “nine”)"
    ) in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that cannot be held off")
def test_a_run_that_is_killed_leaves_the_workbook_as_it_was(tmp_path: Path) -> None:
    file, home = book(tmp_path, "en"), records(tmp_path)
    before, spill = file.read_bytes(), tmp_path / "spill"
    spill.mkdir()
    command = [sys.executable, "-m", "bdindex_xl", "collect", str(file), "--from", str(home)]
    with subprocess.Popen(command, env=os.environ | {"TMPDIR": str(spill)}, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not any(spill.iterdir()):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert file.read_bytes() == before
    assert run(file, "--from", home) == 0
