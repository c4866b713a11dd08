"""What messages call a sheet: by the name that it has in this workbook, or not at all where there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import xlsxwriter
from lxml import etree

from bdindex_xl import cli
from bdindex_xl.hosts.files import open_book
from bdindex_xl.sheets import schema
from tests.support.books import DATA, small_book
from tests.support.renamed import renamed, without
from tests.workbook import making

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]
COMMANDS = (
    ["recalculate"], ["check"], ["new-year"], ["share"], ["verify"], ["robustness", "--draws", "20"], ["audit"],
    ["explain", "--unit", "甲省"],
    ["diff", "{file}"], ["merge", "{file}"],
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_that_is_not_ours_is_refused_and_left_as_it_was(
    command: list[str], lang: str, tmp_path: Path, capsys: CASE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BDINDEX_LANG", lang)
    file = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("设置").add_table("A1:B3", {"name": "settings"})
    before = file.read_bytes()
    arguments = [part.format(file=file) for part in command]
    assert cli.main([arguments[0], str(file), *arguments[1:]]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert (
        told.err.strip()
        == {
            "zh": "t.xlsx：这不是 bdindex 的工作簿（没有以 bdx_ 开头的表），文件未改动。"
            "请检查文件名，或用 bdindex new 新建。",
            "en": "t.xlsx: this is not a workbook of bdindex (no table has a name that begins with bdx_); it was left as it "
            "is. Check the name, or make a workbook with bdindex new.",
        }[lang]
    )
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def faulty_data(n: int = 30) -> str:
    """Data with `n` cells that are no numbers."""
    rows = [f"{2000 + k},110000,暂无,1,1,1" for k in range(n)]
    return DATA + "\n".join(rows) + "\n"


def test_faults_are_on_the_sheet_that_lists_them_by_its_own_name(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "b.xlsm"
    file.write_bytes(renamed(small_book(tmp_path, data=faulty_data()), {"数据检查": "问题 清单"}))
    assert cli.main(["recalculate", str(file)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert "  …… 另有 40 条，见“问题 清单”表" in lines
    assert f"结果未更新；全部问题已写入 {file} 的“问题 清单”表" in lines
    assert "数据检查" not in "".join(lines)


def test_where_no_sheet_lists_the_faults_all_are_told(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "b.xlsm"
    file.write_bytes(without(small_book(tmp_path, data=faulty_data()), "数据检查"))
    assert schema.CHECK.table not in open_book(file).tables()
    assert cli.main(["recalculate", str(file), "-o", str(tmp_path / "out.xlsm")]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert sum("至少两个有数据的地区" in line for line in lines) == 28
    assert "  省份数据!D12:D41，共 30 格：应为数或空白，实为文本“暂无”" in lines
    assert f"结果未更新；{tmp_path / 'out.xlsm'} 中没有列出问题的表（bdx_check），全部问题见上" in lines


def schema_names(lang: str) -> list[str]:
    kinds = (
        schema.GUIDE, schema.SETTINGS.name, schema.FRAMEWORK.name, schema.UNITS.name, schema.GROUPS.name, schema.HISTORY.name, schema.GROWTH.name, schema.WEIGHTS.name, schema.WEIGHTS_BY_YEAR.name, schema.NORMALISED.name,
        schema.ROBUSTNESS.name, schema.SENSITIVITY.name, schema.AUDIT.name, schema.STATISTICS.name, schema.EXPLANATION.name, schema.PROFILE, schema.FORMULAS,
        schema.CHECK.name, schema.LOG.name,
    )  # fmt: skip
    labels = [label[lang] for label in schema.RANKING_LABELS.values()]
    names = [kind[lang] for kind in kinds]
    return [
        *names,
        *(kind[lang].format(ranking=label) for kind in (schema.DATA.name, schema.RANKING.name) for label in labels),
    ]


def names_a_sheet(said: str, name: str) -> bool:
    forms = (f"“{name}”", f"“{name}!", f"'{name}'!", f"{name}!", f"{name}表", f"sheet {name}", f"sheets {name}")
    return any(form in said for form in forms)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_message_names_a_sheet_that_is_not_there(
    lang: str, tmp_path: Path, capsys: CASE, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """Every other command in one language, the rest in the other; in the long run all of them in both."""
    monkeypatch.setenv("BDINDEX_LANG", lang)
    commands = COMMANDS[:-1] if pytestconfig.getoption("--long") else COMMANDS[["zh", "en"].index(lang) : -1 : 2]
    needed = [["recalculate"], ["share"]]  # which write the guides that are read
    commands = (*(command for command in needed if command not in commands), *commands)
    names = schema_names(lang)
    new = {name: f"X{k} y" for k, name in enumerate(names)}
    file, faulty = tmp_path / "b.xlsm", tmp_path / "f.xlsm"
    file.write_bytes(renamed(small_book(tmp_path, lang), new))  # type: ignore[arg-type]
    faulty.write_bytes(renamed(small_book(tmp_path, lang, data=faulty_data()), new))  # type: ignore[arg-type]
    said = []
    for one in (file, faulty):
        for command in commands:
            arguments = [part.format(file=one) for part in command]
            assert cli.main([arguments[0], str(one), *arguments[1:]]) in (0, 1)
            told = capsys.readouterr()
            said.append(told.out + told.err)
    assert [(name, text) for name in names for text in said if names_a_sheet(text, name)] == []
    guide = guide_of(file)
    without_buttons = re.sub("功能区的“.*?”", "", guide)  # which may be called as a sheet
    assert [name for name in names if names_a_sheet(without_buttons, name)] == []
    assert all(f"\n{name}\n" in guide for old, name in new.items() if old != schema.GUIDE[lang])
    copy = guide_of(tmp_path / {"zh": "b_分享.xlsx", "en": "b_shared.xlsx"}[lang])
    assert f"\n{new[names[-1]]}\n" in copy
    assert [name for name in names if names_a_sheet(copy, name)] == []


def guide_of(file: Path) -> str:
    """All texts of the first sheet, each on a line."""
    sheet = etree.fromstring(making.parts(file.read_bytes())["xl/worksheets/sheet1.xml"])
    return "\n".join(["", *("".join(cell.itertext()) for cell in sheet.iter("{*}c")), ""])
