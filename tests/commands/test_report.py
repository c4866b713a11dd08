"""`bdindex report` as it is typed: what is written where, what is chosen, what is refused."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bdindex_xl import cli
from bdindex_xl.commands.output.report import file_name
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.tasks.recalculate import recalculate
from tests.support import edit
from tests.support.books import small_book

pytestmark = pytest.mark.slow

Case = pytest.CaptureFixture[str]


@cache
def calculated() -> bytes:
    with TemporaryDirectory() as folder:
        book = FileBook.from_bytes(small_book(Path(folder)))
    recalculate(book, now=dt.datetime(2026, 1, 2))
    return book.to_bytes()


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    (file := tmp_path / "指数.xlsm").write_bytes(calculated())
    return file


def test_without_a_name_the_report_is_a_workbook_beside_it(workbook: Path, capsys: Case) -> None:
    before = workbook.read_bytes()
    assert cli.main(["report", str(workbook)]) == 0
    made = workbook.with_name("指数_报告.xlsx")
    assert capsys.readouterr().out.splitlines()[0] == f"已生成报告（图表 21 个）：{made}"
    assert made.read_bytes().startswith(b"PK")
    assert workbook.read_bytes() == before
    assert cli.main(["report", str(workbook), "--top", "2"]) == 0  # a report of ours may be made again
    assert "原文件已备份为" in capsys.readouterr().out


def test_several_forms_have_one_stem(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    assert cli.main(["report", str(workbook), "--to", "html, PDF，docx", "-o", str(tmp_path / "r.v2"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["result"]["files"] == [str(tmp_path / f"r.v2.{form}") for form in ("html", "pdf", "docx")]
    assert all(Path(file).stat().st_size > 1000 for file in told["result"]["files"])
    assert {figure["left_out"] for figure in told["result"]["figures"]} == {None}
    assert any("居首的是" in fact for figure in told["result"]["figures"] for fact in figure["facts"])
    again = ["report", str(workbook), "--to", "html,pdf,docx,xlsx", "-o", str(tmp_path / "r.v2"), "--figures", "2-1"]
    assert cli.main(again) == 0  # each form knows its own


def test_figures_are_chosen_by_number(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    out = str(tmp_path / "r.html")
    assert cli.main(["report", str(workbook), "-o", out, "--figures", "2-2，1-1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [figure["number"] for figure in told["result"]["figures"]] == ["1-1", "2-2"]


def test_numbers_of_figures_are_taken_in_any_width_and_with_any_dash(
    workbook: Path, tmp_path: Path, capsys: Case
) -> None:
    arguments = ["report", str(workbook), "--figures", "图２－２，表2–1", "-o", str(tmp_path / "r.html"), "--json"]
    assert cli.main(arguments) == 0
    told = json.loads(capsys.readouterr().out)["result"]["figures"]
    assert [(figure["number"], figure["kind"]) for figure in told] == [("2-1", "rank table"), ("2-2", "ranked bars")]


def test_bounds_of_years_are_told_as_years(workbook: Path, capsys: Case) -> None:
    with pytest.raises(SystemExit):
        cli.main(["report", str(workbook), "--year", "abc"])
    assert "--year：应为 1900 到 2200 的整数，实为“abc”" in capsys.readouterr().err


def test_another_year_and_fewer_units(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    out = str(tmp_path / "r.html")
    assert (
        cli.main(["report", str(workbook), "-o", out, "--year", "2023", "--top", "2", "--figures", "2-2", "--json"])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    [figure] = told["result"]["figures"]
    assert told["findings"] == []  # the results are of the same data, whatever year they show
    assert figure["title"] == "省份总指数及排名变动（前 2 名）"
    assert figure["facts"][0].startswith("2023 年总指数居首的是")
    assert not any("与 2022 年相比" in fact for fact in figure["facts"])


def test_a_copy_without_raw_data_is_told_so(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    copy = tmp_path / "copy.xlsx"
    assert cli.main(["share", str(workbook), "--no-raw", "-o", str(copy)]) == 0
    capsys.readouterr()
    assert cli.main(["report", str(copy)]) == 1
    assert "这个副本不含原始数据" in capsys.readouterr().err


REFUSED = [
    (["--to", "pptx"], "报告的形式应为 xlsx, docx, pdf, html 之一，实为“pptx”"),
    (["-o", "r.txt"], "报告的形式应为 xlsx, docx, pdf, html 之一，实为“txt”"),
    (["--year", "2019"], "年份应为数据中的年份（2023、2024），实为 2019"),
    (["--figures", "2-2,9-9"], "，实为“9-9”"),
    (["--figures", "表2-2"], "，实为“表2-2”"),  # 2-2 is no table
    (["--figures", " ,"], "应为图表的编号，如 2-1,3-4，实为空白"),
    (["--template", "own.docx", "--to", "pdf,html"], "模板用于 .docx 的报告，实为“指数_报告.pdf”"),
    (["--profiles", "-o", "r.docx"], "画像应存为 .pdf 文件或存入文件夹，实为“r.docx”"),
    (["--profiles", "--figures", "2-1", "--to", "html"], "画像（--profiles）不用 --to、--figures"),
    (["--profiles", "--top", "3", "--template", "own.docx"], "画像（--profiles）不用 --top、--template"),
    (["--ranking", "城市"], "--ranking 只用于画像（--profiles）"),
    (["--profiles", "--ranking", "县"], "榜单应为省份、城市之一，实为“县”"),
]


@pytest.mark.parametrize(
    ("arguments", "message"), REFUSED, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_what_there_is_not_is_refused_in_a_sentence(
    workbook: Path, arguments: list[str], message: str, capsys: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workbook.parent)
    assert cli.main(["report", str(workbook), *arguments]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert len(said.splitlines()) == 1
    assert {path.name for path in workbook.parent.iterdir()} <= {workbook.name}


LISTED = """number,title,kind,ranking,nodes,grouping,top
1-1,企业,ranked bars,city,a1,,3
1-2,前 {top} 名,ranked bars,city,a9,,3
1-3,区域,heat,city,,片区,
1-2,前 {top} 县,rank table,县,,,3
1-4,何图,pie,city,a1,,
1-1,又是,change,city,a1,,
1-5,几个,ranked bars,city,a1,,0
"""


def test_what_a_listed_figure_lacks_is_told_in_its_place_and_no_row_vanishes(tmp_path: Path, capsys: Case) -> None:
    book = FileBook.from_bytes(small_book(tmp_path, figures=LISTED))
    recalculate(book, now=dt.datetime(2026, 1, 2))
    (file := tmp_path / "a.xlsm").write_bytes(book.to_bytes())
    assert cli.main(["report", str(file), "-o", str(tmp_path / "r.html")]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "图表!C8：应为一种图表，实为 pie；未使用",
        "图表!A9：应为不重复的编号，实为 1-1；未使用",
        "图表!I10：应为 1 到 400 的整数，实为 0；未使用",
        "图 1-2  前 3 名：未作此图：缺少指标“a9”。",
        "图 1-3  区域：未作此图：缺少分组列“片区”。",
        "表 1-2  前 3 县：未列此表：缺少榜单“县”。",
    ]
    page = (tmp_path / "r.html").read_text("utf-8")
    assert page.count("缺少指标“a9”") == page.count("缺少榜单“县”") == 1


class _KeptOut:
    """A finder of modules that refuses some, as where a policy of the computer or a broken package does."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in ("docx", "typst"):
            raise ImportError(name)


@pytest.mark.parametrize(("form", "packages"), [("docx", "python-docx, typst"), ("pdf", "typst")])
def test_without_the_packages_of_the_extra_a_form_is_refused_in_a_sentence(
    workbook: Path, form: str, packages: str, capsys: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("docx", "typst")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [_KeptOut(), *sys.meta_path])
    assert cli.main(["report", str(workbook), "--to", f"html,{form}"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{workbook.name}：此形式的报告需要 {packages}，请安装带 report 选项的本程序：在程序文件夹中运行 pip install '.[report]'。"
    ]
    assert {path.name for path in workbook.parent.iterdir()} == {workbook.name}
    assert cli.main(["report", str(workbook), "--to", "html,xlsx"]) == 0


def test_a_report_never_replaces_its_workbook_or_what_is_not_ours(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    renamed = tmp_path / "plain.xlsx"
    renamed.write_bytes(calculated())
    assert cli.main(["report", str(renamed), "-o", str(renamed)]) == 1
    assert "报告不能写在工作簿自身上" in capsys.readouterr().err
    (notes := tmp_path / "r.html").write_text("my notes", "utf-8")
    assert cli.main(["report", str(workbook), "-o", str(notes)]) == 1
    assert "r.html 已存在" in capsys.readouterr().err
    assert notes.read_text("utf-8") == "my notes"
    assert cli.main(["report", str(workbook), "-o", str(notes), "--force"]) == 0


def test_results_of_other_data_are_told(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    workbook.write_bytes(edit.edited(workbook.read_bytes(), {("省份数据", "D6"): 99}))
    assert cli.main(["report", str(workbook), "-o", str(tmp_path / "r.html")]) == 0
    assert "注意：结果表是按另外的数据或设置计算的" in capsys.readouterr().out


def test_faults_of_the_data_are_told_and_nothing_is_written(tmp_path: Path, capsys: Case) -> None:
    (file := tmp_path / "a.xlsm").write_bytes(edit.edited(small_book(tmp_path), {("省份数据", "D6"): "abc"}))
    assert cli.main(["report", str(file)]) == 1
    assert "省份数据!D6" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsm"]


def test_profiles_are_one_file_or_one_each(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    assert cli.main(["report", str(workbook), "--profiles"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"已生成 4 个地区的画像：{workbook.with_name('指数_画像.pdf')}"
    assert cli.main(["report", str(workbook), "--profiles", "--ranking", "省份", "-o", str(tmp_path / "each")]) == 0
    assert sorted(path.name for path in (tmp_path / "each").iterdir()) == [
        "001 甲省 110000.pdf", "002 乙省 120000.pdf", "003 丙省 130000.pdf",
    ]  # fmt: skip


def test_profiles_are_not_written_over_what_is_no_folder(workbook: Path, tmp_path: Path, capsys: Case) -> None:
    os.symlink(os.devnull, tmp_path / "device")
    assert cli.main(["report", str(workbook), "--profiles", "-o", str(tmp_path / "device")]) == 1
    assert "画像应存为 .pdf 文件或存入文件夹" in capsys.readouterr().err


def test_a_long_name_of_a_file_is_cut_to_what_a_disk_takes() -> None:
    assert file_name("001 " + "呼" * 200) == "001 " + "呼" * 65


def test_a_name_of_a_file_is_one_on_every_system() -> None:
    assert file_name('001 A/B: "c"?. ') == "001 A_B_ _c__"
