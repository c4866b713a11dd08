"""New Year as a command: rows for a new year in a closed file, and all else as it was."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from bdindex_xl import cli
from bdindex_xl.hosts.files import FileBook, open_book
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.book import Uncalculated
from bdindex_xl.tasks import recalculate
from tests.support import books, edit

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # of openpyxl
CASE = pytest.CaptureFixture[str]
PROVINCE, CITY = (schema.table_of(schema.DATA.table, ranking) for ranking in ("province", "city"))
ADDED = {
    "zh": "已为省份添加 3 行，年份 2025。\n已为城市添加 4 行，年份 2025。\n请填写数值，再重新计算。\n已写入 {file}\n原文件已备份为 {backup}\n",
    "en": "Province: added 3 rows for 2025.\nCity: added 4 rows for 2025.\nFill in the values, then recalculate.\n"
    "Written to {file}\nThe file as it was is kept as {backup}\n",
}
WAITING = {
    "zh": "2025 年的行已经有了，还没有填写数值，因此没有添加任何行。\n",
    "en": "The rows for 2025 are there already and wait for values; none were added.\n",
}


def rows(file: Path, table: str) -> list[tuple[object, ...]]:
    return list(zip(*open_book(file).read(table).columns, strict=True))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unit_gets_a_blank_row_and_a_second_run_adds_none(lang: str, tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "a.xlsm"
    file.write_bytes(before := books.small_book(tmp_path, lang))  # type: ignore[arg-type]
    assert cli.main(["new-year", str(file)]) == 0
    (backup,) = tmp_path.glob("*.bak*")
    assert capsys.readouterr().out == ADDED[lang].format(file=file, backup=backup)
    assert backup.read_bytes() == before
    assert rows(file, PROVINCE)[6:] == [
        (2025.0, "110000", "甲省", None, None, None, None),
        (2025.0, "120000", "乙省", None, None, None, None),
        (2025.0, "130000", "丙省", None, None, None, None),
    ]
    assert [row[1] for row in rows(file, CITY)[7:]] == ["110100", "120100", "130100", "140100"]
    once = file.read_bytes()
    old, new = parts(before), parts(once)
    assert old.keys() == new.keys()
    changed = [name.rpartition("/")[0] for name in old if old[name] != new[name]]
    # The data sheets and their tables; the sheets of one unit and of functions, whose values are found, and the chart
    # of the one; and the workbook, where nothing is left to be calculated any more.
    assert sorted(changed) == ["xl", "xl/charts", *["xl/tables"] * 2, *["xl/worksheets"] * 4]
    assert cli.main(["new-year", str(file)]) == 0
    assert capsys.readouterr().out == WAITING[lang]
    assert file.read_bytes() == once


def test_results_stay_right_and_the_next_year_follows_the_first_value(tmp_path: Path, capsys: CASE) -> None:
    book, file = FileBook.from_bytes(books.small_book(tmp_path)), tmp_path / "a.xlsm"
    recalculate.recalculate(book, now=dt.datetime(2026, 1, 2))
    file.write_bytes(book.to_bytes())
    assert cli.main(["new-year", str(file)]) == 0
    assert cli.main(["verify", str(file)]) == 0
    filled = open_book(file)
    filled.set_cells(PROVINCE, {(6, 3): 0.0})
    filled.save()
    capsys.readouterr()
    assert cli.main(["new-year", str(file), "--json", "-o", str(tmp_path / "b.xlsm")]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert result == {
        "year": 2026,
        "added": [
            {"ranking": "province", "rows": 3, "left_to_formulas": 0},
            {"ranking": "city", "rows": 4, "left_to_formulas": 0},
        ],
        "backup": None,
    }


def test_a_copy_that_openpyxl_saved_gets_its_rows(tmp_path: Path) -> None:
    saved = BytesIO()
    openpyxl.load_workbook(BytesIO(books.small_book(tmp_path))).save(saved)
    file = tmp_path / "a.xlsx"
    file.write_bytes(saved.getvalue())
    assert cli.main(["new-year", str(file)]) == 0
    assert [row[:3] for row in rows(file, PROVINCE)[6:]] == [
        (2025.0, "110000", "甲省"),
        (2025.0, "120000", "乙省"),
        (2025.0, "130000", "丙省"),
    ]
    sheet = openpyxl.load_workbook(file)["省份数据"]
    assert sheet.tables[PROVINCE].ref == "A5:G14"


def test_a_column_of_names_by_formula_keeps_its_formula(tmp_path: Path, capsys: CASE) -> None:
    saved = BytesIO()
    made = openpyxl.load_workbook(BytesIO(books.small_book(tmp_path)))
    sheet = made["省份数据"]
    for row in range(6, 12):
        sheet[f"C{row}"] = f'=B{row}&""'
    formula = openpyxl.worksheet.table.TableFormula(attr_text='B6&""')
    sheet.tables[PROVINCE].tableColumns[2].calculatedColumnFormula = formula
    made.save(saved)
    file = tmp_path / "a.xlsx"
    file.write_bytes(saved.getvalue())
    assert cli.main(["new-year", str(file)]) == 0
    assert "省份：新行中有 3 格由所在列的公式计算，没有填写。" in capsys.readouterr().out
    assert rows(file, PROVINCE)[6][:4] == (2025.0, "110000", Uncalculated('B6&""'), None)


def test_faults_are_told_with_their_cell_and_nothing_is_written(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "a.xlsm"
    file.write_bytes(before := edit.edited(books.small_book(tmp_path, "en"), {("Units", "A5"): "110000"}))
    assert cli.main(["new-year", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Units!A5" in told.err
    assert file.read_bytes() == before
    assert [path.suffix for path in tmp_path.iterdir()].count(".xlsm") == 1


def test_what_stands_below_a_data_table_is_not_written_over(tmp_path: Path, capsys: CASE) -> None:
    saved = BytesIO()
    made = openpyxl.load_workbook(BytesIO(books.small_book(tmp_path, "en")))
    made["City data"]["D14"] = "mean"
    made.save(saved)
    file = tmp_path / "a.xlsx"
    file.write_bytes(before := saved.getvalue())
    assert cli.main(["new-year", str(file), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["severity"], finding["sheet"], finding["cell"]) == ("fault", "City data", "D14")
    assert file.read_bytes() == before
