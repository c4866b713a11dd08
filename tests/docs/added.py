"""Uses what the examples of `docs/en/adding.md` add, in the copy of the package that they were applied to.

Run by `test_adding` in that copy: it ends with 0 where all is as it should be.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import warnings
from contextlib import redirect_stdout, suppress
from pathlib import Path

import openpyxl

import bdindex_xl
from bdindex_xl import cli
from bdindex_xl.copies.verify import verify
from bdindex_xl.functions import BY_NAME
from bdindex_xl.hosts.excel import udfs
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import schema
from bdindex_xl.tasks.recalculate import recalculate
from bdindex_xl.workbook.wrappers import wrappers
from tests.support.books import small_book
from tests.support.json_schema import faults

sys.path.insert(0, "docs")
import output_schema

NOW = dt.datetime(2026, 1, 2)
TABLE = "bdx_leaders"


def calculated(folder: Path) -> FileBook:
    book = FileBook.from_bytes(small_book(folder, "zh", {"normalisation": "sigmoid", "weighting": "span"}))
    recalculate(book, now=NOW)
    return book


def the_sheet(book: FileBook) -> None:
    block = book.read(TABLE)
    assert block.sheet == "历年榜首" and block.header == ("年份", "榜单", "代码", "指标", "地区", "得分"), block
    first = next(row[:5] for row in zip(*block.columns, strict=True))
    assert first == (2023.0, "省份", "I", "总指数", "丙省"), first
    [heading, note] = book.cells([schema.CELL_TITLE.format(table=TABLE), schema.CELL_NOTE.format(table=TABLE)]).values()
    assert heading.value == "总指数：历年榜首" and "不随公式更新" in str(note.value), (heading, note)
    guide = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["使用说明"]
    assert "各年总指数和各级指标的第一名。" in {cell.value for row in guide.iter_rows() for cell in row}
    sound = verify(book)
    assert sound.ok, sound.differences
    changed = FileBook.from_bytes(book.to_bytes())
    changed.set_cells(TABLE, {(0, 5): 99.0})
    assert [(one.table, one.expected != one.found) for one in verify(changed).differences] == [(TABLE, True)]
    copy = FileBook.from_bytes(make(book.to_bytes(), Wanted(only="city", no_raw=True), now=NOW).data)
    assert set(copy.read(TABLE).columns[1]) == {"城市"}


def the_choices(book: FileBook) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))
    offered = [str(rule.formula1) for rule in workbook["设置"].data_validations.dataValidation]
    assert any("S 形函数" in one for one in offered) and any("极差赋权法" in one for one in offered), offered
    told = {cell.value for row in workbook["使用说明"].iter_rows() for cell in row if isinstance(cell.value, str)}
    assert any("z = 1 / (1 + e^(−t))" in text for text in told) and any("与得分的极差成正比" in text for text in told)
    scores = book.read("bdx_normalised").columns[4]
    assert 0 < min(scores) < 50 < max(scores) < 100, scores
    weights = book.read("bdx_weights").columns[6][:6]
    assert abs(sum(weights[:2]) - 1) < 1e-12, weights


def the_command(file: Path) -> None:
    said = []
    for lang, label in (("zh", "列出各榜单的第一名"), ("en", "name who is first")):
        assert label in output(["leaders", "--help"], lang)
        said.append(output(["leaders", str(file)], lang))
    assert said[0] == said[1] == "省份（2024 年）：甲省\n城市（2024 年）：乙市\n", (
        said
    )  # in the workbook's own language
    found = json.loads(output(["leaders", str(file), "--json"], "en"))
    assert found["result"] == {"leaders": {"province": ["甲省"], "city": ["乙市"]}}, found
    known = json.loads(output_schema.renewed(output_schema.FILE.read_text("utf-8")))
    assert faults(found, known) == []


def output(words: list[str], lang: str) -> str:
    os.environ["BDINDEX_LANG"] = lang
    told = io.StringIO()
    with redirect_stdout(told), suppress(SystemExit):  # as --help ends
        assert cli.main(words) == 0
    return told.getvalue()


def the_function(book: FileBook) -> None:
    assert udfs.BDINDEX_GINI([[1.0], [1.0], [2.0]]) == [[1 / 6]]  # type: ignore[attr-defined]
    assert "Function BDINDEX_GINI(scores)" in wrappers()
    sheet = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["公式"]
    cells = {str(getattr(cell.value, "text", cell.value)) for row in sheet.iter_rows() for cell in row}
    assert any("BDINDEX_GINI(" in text for text in cells) and BY_NAME["BDINDEX_GINI"].summary.zh in cells


def main() -> None:
    warnings.filterwarnings("ignore", module="openpyxl")  # it leaves out what it does not know
    assert Path(bdindex_xl.__file__).is_relative_to(Path.cwd()), bdindex_xl.__file__
    book = calculated(Path.cwd())
    file = Path("small.xlsm")
    file.write_bytes(book.to_bytes())
    the_sheet(book)
    the_choices(book)
    the_command(file)
    the_function(book)


if __name__ == "__main__":
    main()
