"""The commands as a user types them: what they print, what they leave on disk, how they end."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bdindex_xl import __version__, cli
from bdindex_xl.hosts.files import open_book
from bdindex_xl.language import Lang
from bdindex_xl.model.method import Weighting
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.read import read_inputs
from tests.support import edit
from tests.support.books import DATA, FRAMEWORK, UNITS, small_book
from tests.support.disk import backups

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "zh")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    file = tmp_path / "指数 2024.xlsm"
    file.write_bytes(small_book(source))
    return file


def faulty(book: Path) -> Path:
    book.write_bytes(edit.edited(book.read_bytes(), {("省份数据", "D6"): "暂无", ("城市数据", "E7"): edit.ERROR}))
    return book


def folder(tmp_path: Path, encoding: str = "utf-8", **files: str | None) -> Path:
    source = tmp_path / "csv"
    source.mkdir()
    for name, text in {"framework": FRAMEWORK, "units": UNITS, "data": DATA, **files}.items():
        if text is not None:
            (source / f"{name}.csv").write_text(text, encoding=encoding)
    return source


def test_recalculate_replaces_the_file_and_keeps_the_old_one_each_time(book: Path, capsys: CASE) -> None:
    before = book.read_bytes()
    assert cli.main(["recalculate", str(book)]) == 0
    out = capsys.readouterr().out
    [kept] = backups(book)
    assert kept.read_bytes() == before != book.read_bytes()
    assert f"结果已写入 {book}\n原文件已备份为 {kept}\n" in out
    assert "省份排名（2024 年，3 个地区）\n    1  甲省  " in out
    once = book.read_bytes()
    assert cli.main(["recalculate", str(book)]) == 0
    assert [copy.read_bytes() for copy in backups(book)] == [before, once]
    assert f"原文件已备份为 {backups(book)[1]}\n" in capsys.readouterr().out


def test_recalculate_to_another_file_leaves_the_original(book: Path, tmp_path: Path) -> None:
    before, other = book.read_bytes(), tmp_path / "other.xlsm"
    assert cli.main(["recalculate", str(book), "-o", str(other)]) == 0
    assert book.read_bytes() == before
    assert open_book(other).read("bdx_ranking_province").columns[1] == ["甲省", "乙省", "丙省"]
    assert not list(tmp_path.glob("*.bak"))


def test_json_holds_what_the_sheets_hold(book: Path, capsys: CASE) -> None:
    assert cli.main(["recalculate", str(book), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    record = document["result"]
    block = open_book(book).read("bdx_ranking_city")
    city = next(r for r in record["rankings"] if r["ranking"] == "city")
    assert (city["year"], city["previous_year"]) == (2024, 2023)
    assert [unit["name"] for unit in city["units"]] == list(block.columns[1])
    assert [unit["score"] for unit in city["units"]] == list(block.columns[2])
    new = next(unit for unit in city["units"] if unit["name"] == "丁市")
    assert (new["new"], new["previous_rank"], new["rank_change"]) == (True, None, None)
    assert document["version"] == __version__
    assert record["inputs_sha256"] == read_inputs(open_book(book)).digest()


def test_faults_are_all_told_and_no_result_is_written(book: Path, capsys: CASE) -> None:
    faulty(book)
    ranking = open_book(book).read("bdx_ranking_province")
    assert cli.main(["recalculate", str(book)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[:4] == [
        f"{book} 中有错误，请先改正。",
        "错误 2 处：",
        "  省份数据!D6：应为数或空白，实为文本“暂无”",
        "  城市数据!E7：应为数或空白，实为错误值 #N/A",
    ]
    after = open_book(book)
    assert after.read("bdx_ranking_province") == ranking
    assert list(after.read("bdx_check").columns[2]) == ["D6", "E7"]


def test_faults_as_json(book: Path, capsys: CASE) -> None:
    assert cli.main(["check", str(faulty(book)), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert [(f["severity"], f["sheet"], f["cell"]) for f in record["findings"]] == [
        ("fault", "省份数据", "D6"),
        ("fault", "城市数据", "E7"),
    ]
    assert record["findings"][0]["text"] == "省份数据!D6：应为数或空白，实为文本“暂无”"


def test_making_a_workbook_tells_as_json_what_is_missing(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "new.xlsm"
    assert cli.main(["new", str(file), "--from", str(folder(tmp_path, data=None)), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["file"], record["result"]["backup"]) == (str(file), None)
    assert {finding["rule"] for finding in record["findings"]} == {"year one unit", "no previous year"}


def test_check_changes_nothing(book: Path, capsys: CASE) -> None:
    before = book.read_bytes()
    assert cli.main(["check", str(book)]) == 0
    assert capsys.readouterr().out == f"{book}：未发现问题。\n"
    assert cli.main(["check", str(faulty(book))]) == 1
    assert book.read_bytes() != before
    assert [file.name for file in book.parent.glob("*.bak")] == []


@pytest.mark.slow
@pytest.mark.sampled(chosen=lambda lang: lang == "en")
@pytest.mark.parametrize(("lang", "sheet"), [("zh", "省份排名"), ("en", "Province ranking")])
def test_new_makes_the_sample(lang: Lang, sheet: str, tmp_path: Path, capsys: CASE) -> None:
    """In one of the languages, and in both in the long run; `bdindex build` makes it in both, and the same way."""
    file = tmp_path / "new.xlsm"
    assert cli.main(["new", str(file), "--lang", lang]) == 0
    made = open_book(file)
    assert made.tables()["bdx_ranking_province"] == sheet
    assert made.read("bdx_ranking_province").n_rows == 31
    assert made.read("bdx_ranking_city").n_rows == 337
    made_it, what_next = capsys.readouterr().out.splitlines()
    assert made_it == {"zh": f"已生成 {file}", "en": f"Made {file}"}[lang]
    assert f"bdindex recalculate {file}" in what_next


@pytest.mark.parametrize(("system", "sheet"), [("zh_CN.UTF-8", "省份排名"), ("de_DE.UTF-8", "Province ranking")])
def test_new_follows_the_language_of_the_system(
    system: str, sheet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BDINDEX_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", system)
    file = tmp_path / "new.xlsm"
    assert cli.main(["new", str(file), "--from", str(folder(tmp_path))]) == 0
    assert open_book(file).tables()["bdx_ranking_province"] == sheet


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_new_reads_the_encodings_that_excel_writes(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "new.xlsm"
    arguments = [
        "new",
        str(file),
        "--from",
        str(folder(tmp_path, encoding)),
        "--set",
        "赋权方法=等权",
        "--set",
        "year=2023",
    ]
    assert cli.main(arguments) == 0
    inputs = read_inputs(open_book(file))
    assert inputs.rankings[0].names == ("甲省", "乙省", "丙省")
    assert (inputs.method.weighting, inputs.settings.year) == ("equal", 2023)


def test_new_without_data_leaves_rows_to_fill(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "new.xlsm"
    assert cli.main(["new", str(file), "--from", str(folder(tmp_path, data=None))]) == 0
    assert "数据有待补充或改正，排名尚未计算" in capsys.readouterr().out
    block = open_book(file).read("bdx_data_city")
    assert list(block.columns[0]) == [dt.date.today().year] * 4
    assert list(block.columns[1]) == ["110100", "120100", "130100", "140100"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"units": None}, "应有文件 {folder}/units.csv，实无；请把它放入该文件夹"),
        ({"framework": "code,name\nI,x\n"}, "framework.csv 第 1 行：应为“上级代码”列，实为没有"),
        (
            {"framework": "code,parent\nI,\na,Z\n"},
            "framework.csv 第 2 行“code”列：应为至少一个下级，实为没有\nframework.csv 第 3 行“parent”列：应为本表中的代码或空白，实为 Z",
        ),
        ({"data": DATA + "2024,999999,1,2,3,4\n"}, "data.csv 第 15 行“unit”列：应为“units.csv”中的代码，实为“999999”"),
        ({"data": DATA.replace("b2", "x")}, "data.csv 第 1 行：应为“能耗” / “b2”列，实为没有"),
    ],
)
def test_new_says_what_is_wrong_with_the_folder(
    files: dict[str, str | None], message: str, tmp_path: Path, capsys: CASE
) -> None:
    source = folder(tmp_path, **files)  # type: ignore[arg-type]
    assert cli.main(["new", str(tmp_path / "new.xlsm"), "--from", str(source)]) == 1
    told = [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert [line for line in told if line in message.format(folder=source).splitlines()] == message.format(
        folder=source
    ).splitlines()
    assert not (tmp_path / "new.xlsm").exists()


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("foo=1", "设置项应为 title、language、year、"),
        ("weighting=magic", f"weighting 应为 {'、'.join(Weighting)}，实为 magic"),
        ("min_available=2", "min_available 应为 0 到 1 的数，实为 2"),
    ],
)
def test_new_says_what_is_wrong_with_a_setting(setting: str, message: str, tmp_path: Path, capsys: CASE) -> None:
    assert cli.main(["new", str(tmp_path / "new.xlsm"), "--set", setting]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.slow
def test_new_overwrites_only_when_told_to(book: Path, tmp_path: Path, capsys: CASE) -> None:
    before = book.read_bytes()
    assert cli.main(["new", str(book)]) == 1
    assert capsys.readouterr().err == f"{book} 已存在；请换一个名称，或加 --force\n"
    assert book.read_bytes() == before
    assert cli.main(["new", str(book), "--force", "--from", str(folder(tmp_path))]) == 0
    assert [copy.read_bytes() for copy in backups(book)] == [before]
    capsys.readouterr()
    (tmp_path / "folder.xlsm").mkdir()
    for force in ([], ["--force"]):
        assert cli.main(["new", str(tmp_path / "folder.xlsm"), *force]) == 1
        assert capsys.readouterr().err.endswith("folder.xlsm：这是文件夹，不是工作簿。请给出文件名。\n")
    assert cli.main(["new", str(tmp_path / "new.xlsx")]) == 1
    assert capsys.readouterr().err == "文件含宏，扩展名应为 .xlsm，实为“new.xlsx”。\n"


def test_messages_are_in_the_workbooks_language(tmp_path: Path, capsys: CASE) -> None:
    file = tmp_path / "book.xlsm"
    file.write_bytes(edit.edited(small_book(tmp_path, "en"), {("Province data", "D6"): "n.a."}))
    assert cli.main(["recalculate", str(file)]) == 1
    assert "  Province data!D6: expected a number or a blank, found the text “n.a.”" in capsys.readouterr().err


def test_a_defect_of_ours_ends_with_3_and_leaves_a_log(
    book: Path, capsys: CASE, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("the cause")

    monkeypatch.setattr("bdindex_xl.tasks.recalculate.read_inputs", broken)
    before = book.read_bytes()
    assert cli.main(["recalculate", str(book)]) == 3
    told = capsys.readouterr().err
    assert "Traceback" not in told
    log = Path(told.split("详情见 ")[1].split("，")[0])
    assert "ZeroDivisionError: the cause" in log.read_text(encoding="utf-8")
    log.unlink()
    assert book.read_bytes() == before


def test_a_terminal_without_chinese_stops_nothing(book: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "BDINDEX_LANG": "zh"}
    done = subprocess.run(
        [sys.executable, "-m", "bdindex_xl", "recalculate", str(book)], capture_output=True, env=environment
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX pipe")
def test_what_a_command_made_goes_with_the_process_and_is_not_looked_over_again() -> None:
    ring = "class Ring:\n    def __del__(self): print('looked over')\n\nring = Ring()\nring.itself = ring\ndel ring"
    command = f"import gc\nfrom bdindex_xl.cli import main\ngc.disable()\n{ring}\nmain(['--version'])"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == (f"bdindex {__version__}\n", "")


def test_a_reader_that_leaves_early_is_no_defect(book: Path) -> None:
    command = f"{sys.executable} -m bdindex_xl check --json '{book}' | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_every_table_of_the_schema_is_in_a_new_workbook(book: Path) -> None:
    tables = set(open_book(book).tables())
    where_filled = (
        schema.GOALPOSTS, schema.PAIRWISE, schema.UNIT_WEIGHTS, schema.RULES, schema.SOURCES, schema.COLLECTION, schema.WORD_LIST,
        schema.WORDS,
    )  # fmt: skip
    expected = {sheet.table for sheet in schema.ONE_EACH} - {sheet.table for sheet in where_filled}
    for ranking in ("province", "city"):
        expected |= {schema.table_of(t, ranking) for t in (schema.DATA.table, schema.RANKING.table)}
    assert tables == expected
