"""`merge` and `diff` as a reader meets them where several files are at stake."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.share.twin import Wanted, make
from tests.copies.workbooks import NOW, calculated
from tests.support import edit

CASE = pytest.CaptureFixture[str]
C = "城市数据"
CELL = "（2011 2024 年专利）"


def on_disk(folder: Path, name: str, book: bytes) -> Path:
    (folder / name).write_bytes(book)
    return folder / name


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A main workbook with two blanks, and two copies: they agree on one of them."""
    main = edit.edited(calculated(), {(C, "E47"): None, (C, "E46"): None})
    copies = [edit.edited(calculated(), {(C, "E47"): value, (C, "E46"): 7.0}) for value in (16.25, 11.5)]
    return [on_disk(tmp_path, f"{name}.xlsm", book) for name, book in zip("主甲乙", (main, *copies), strict=True)]


def test_cells_are_counted_by_the_copy_they_came_from(files: list[Path], capsys: CASE) -> None:
    assert cli.main(["merge", *map(str, files)]) == 1
    assert "已填入 1 个单元格，新增 0 行：\n  取自甲.xlsm 1 个\n" in capsys.readouterr().out


def test_copies_that_contradict_each_other_are_told_in_one_line(files: list[Path], capsys: CASE) -> None:
    for options in ([], ["--prefer", "returned"]):
        assert cli.main(["merge", *map(str, files), *options, "-o", str(files[0].with_name("新.xlsm"))]) == 1
        out = capsys.readouterr().out
        assert (
            f"取值不同的单元格 1 个：\n  {C}!E47{CELL}：本文件为空白，甲.xlsm 为 16.25，乙.xlsm 为 11.5；未采用\n"
            in out
        )
        assert "--prefer" not in out
        assert "交回的副本互相矛盾之处，请在本文件中填写应采用的值。\n" in out
        files[0].with_name("新.xlsm").unlink()
    assert cli.main(["merge", *map(str, files), "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["rule"], finding["sheet"], finding["cell"]) == ("copies contradict", C, "E47")


def test_nothing_to_take_is_said_of_the_file_it_is_true_of(files: list[Path], capsys: CASE) -> None:
    main, new = files[1], files[1].with_name("new.xlsm")
    assert cli.main(["merge", str(main), str(main)]) == 0
    assert capsys.readouterr().out == f"没有可合并的新数据，{main} 未改动。\n"
    assert cli.main(["merge", str(main), str(main), "-o", str(new)]) == 0
    assert capsys.readouterr().out == f"没有可合并的新数据；{new} 与主工作簿相同。\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_damaged_copy_is_named_in_the_main_workbooks_language(lang: Lang, tmp_path: Path, capsys: CASE) -> None:
    whole = calculated(lang)
    block = FileBook.from_bytes(whole).read("bdx_data_city")
    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = edit.sheet_parts(parts)[block.sheet]
    damaged = edit.packed(parts | {part: parts[part].replace(b"</sheetData>", b"</sheetdata>")})
    main, good, bad = (on_disk(tmp_path, f"{name}.xlsm", data) for name, data in
                       (("main", whole), ("good", whole), ("bad", damaged)))  # fmt: skip
    assert cli.main(["merge", str(main), str(good), str(bad)]) == 1
    told = capsys.readouterr().err
    assert told.startswith({"zh": "bad.xlsm：文件已损坏：", "en": "bad.xlsm: the file is damaged: "}[lang])


def test_a_ranking_that_a_copy_lacks_is_told_in_a_line(tmp_path: Path, capsys: CASE) -> None:
    whole = on_disk(tmp_path, "a.xlsm", calculated())
    part = on_disk(tmp_path, "b.xlsx", make(calculated(), Wanted(only="province"), now=NOW).data)
    assert cli.main(["diff", str(whole), str(part)]) == 0
    assert capsys.readouterr().out == "新文件没有“城市”榜单。\n"
    assert cli.main(["diff", str(part), str(whole)]) == 0
    assert capsys.readouterr().out == "旧文件没有“城市”榜单。\n"


def test_a_field_goes_by_its_header(tmp_path: Path, capsys: CASE) -> None:
    block = FileBook.from_bytes(calculated()).read("bdx_framework")
    row = list(block.columns[0]).index("A")
    old = on_disk(tmp_path, "a.xlsm", calculated())
    changed = edit.edited(calculated(), {(block.sheet, block.cell(row, 1)): "规模大小"})
    assert cli.main(["diff", str(old), str(on_disk(tmp_path, "b.xlsm", changed))]) == 0
    assert f"{block.sheet}!{block.cell(row, 1)} A 名称：“规模”→“规模大小”" in capsys.readouterr().out
