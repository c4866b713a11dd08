"""The three commands as a reader meets them: what is printed, what is on disk, how they end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.commands.output.diff import diff
from bdindex_xl.commands.output.merge import merge
from bdindex_xl.commands.output.verify import verify
from bdindex_xl.copies import copies_texts as texts
from bdindex_xl.hosts.files import FileBook, open_book
from bdindex_xl.language import Text
from tests.copies.workbooks import calculated
from tests.support import edit
from tests.support.disk import backups

CASE = pytest.CaptureFixture[str]
C = "城市数据"


def on_disk(folder: Path, name: str, book: bytes) -> Path:
    (folder / name).write_bytes(book)
    return folder / name


def cell(table: str, header: str, row: int) -> tuple[str, str]:
    block = FileBook.from_bytes(calculated()).read(table)
    return block.sheet, block.cell(row, block.header.index(header))


def test_a_true_workbook(tmp_path: Path, capsys: CASE) -> None:
    file = on_disk(tmp_path, "a.xlsm", calculated())
    assert verify(file, as_json=False, lang="en") == 0
    n = len(capsys.readouterr().out.splitlines())
    assert verify(file, as_json=True, lang="en") == 0
    document = json.loads(capsys.readouterr().out)
    record = document["result"]
    assert n == 4 and document["ok"] and record["differences"] == [] and record["cells"] > 1000
    assert record["run_log"]["digest"] == record["inputs_sha256"]


@pytest.mark.parametrize(("lang", "n_lines"), [("zh", 12), ("en", 12)])
def test_what_changed_is_said_plainly(lang: str, n_lines: int, tmp_path: Path, capsys: CASE) -> None:
    base = calculated(lang)
    block = FileBook.from_bytes(base).read("bdx_data_city")
    ranking = FileBook.from_bytes(base).read("bdx_ranking_province")
    book = edit.edited(base, {(block.sheet, "E47"): 51.25, (ranking.sheet, ranking.cell(1, 2)): 12.0})
    file = on_disk(tmp_path, "a.xlsm", book)
    assert verify(file, as_json=False, lang="zh") == 1
    out = capsys.readouterr().out
    said = {
        "zh": (f"{file}：核对未通过。", "输入数据在结果算出（2024-05-01 12:00:00）之后有改动", f"{C}!E47（c11 2024 年专利）",
               "现为 51.25", "结果在算出之后有改动：1 个单元格与表中的标准化得分不符", "实为 12"),
        "en": (f"{file}: not as it should be.", "Input changed since the results were computed (2024-05-01 12:00:00)",
               "City data!E47 (c11, 2024, 专利): was ", "is 51.25", "Results changed since", "found 12"),
    }  # fmt: skip
    for words in said[lang]:
        assert words in out
    assert len(out.splitlines()) > n_lines


def test_without_a_log_that_is_said(tmp_path: Path, capsys: CASE) -> None:
    file = on_disk(tmp_path, "a.xlsm", calculated(logged=False))
    assert verify(file, as_json=False, lang="zh") == 1
    assert texts.NO_LOG.zh in capsys.readouterr().out


def test_faults_are_listed(tmp_path: Path, capsys: CASE) -> None:
    faulty = on_disk(tmp_path, "a.xlsm", edit.edited(calculated(), {(C, "D6"): "暂无"}))
    good = on_disk(tmp_path, "b.xlsm", calculated())
    assert cli.main(["verify", str(faulty)]) == 1
    assert f"{C}!D6：应为数或空白，实为文本“暂无”" in capsys.readouterr().err
    assert cli.main(["diff", str(good), str(faulty), "--json"]) == 1
    assert [f["cell"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["D6"]


def test_a_comparison(tmp_path: Path, capsys: CASE) -> None:
    old = on_disk(tmp_path, "a.xlsm", calculated())
    new = on_disk(
        tmp_path,
        "b.xlsm",
        edit.edited(calculated(), {("设置", "B12"): "等权", cell("bdx_data_city", "政策", 41): 98.0}),
    )
    assert diff(old, new, show_all=False, as_json=False, lang="zh") == 0
    out = capsys.readouterr().out
    assert "设置改动 1 处：\n  设置!B12 赋权方法：改进向量法→等权\n原始数据改动 1 处：\n" in out
    assert "个（新文件与旧文件相比）：\n  " in out
    assert diff(old, new, show_all=False, as_json=True, lang="zh") == 0
    record = json.loads(capsys.readouterr().out)["result"]
    assert len(record["moves"]) > 10
    for move in record["moves"]:
        assert sum(part["change"] for part in move["parts"]) == pytest.approx(move["score_change"], abs=1e-12)
    top = out.count("得分 ")
    assert diff(old, new, show_all=True, as_json=False, lang="zh") == 0
    whole = capsys.readouterr().out
    assert "--all" in out and "--all" not in whole and whole.count("得分 ") > top
    assert diff(old, old, show_all=False, as_json=False, lang="zh") == 0
    assert capsys.readouterr().out == texts.ALIKE.zh + "\n"


def test_a_merge_replaces_the_file_and_keeps_the_old_one(tmp_path: Path, capsys: CASE) -> None:
    blank = edit.edited(calculated(), {(C, "E47"): None})
    main, copy = on_disk(tmp_path, "主.xlsm", blank), on_disk(tmp_path, "回.xlsm", calculated())
    assert merge(main, [copy], prefer=None, target=None, as_json=False, lang="zh") == 0
    out = capsys.readouterr().out
    assert "已填入 1 个单元格，新增 0 行：\n" in out and "取自回.xlsm" in out
    assert [copy.read_bytes() for copy in backups(main)] == [blank]
    assert open_book(main).read("bdx_data_city") == open_book(copy).read("bdx_data_city")
    once = main.read_bytes()
    assert merge(main, [copy, copy], prefer=None, target=None, as_json=False, lang="zh") == 0
    assert main.read_bytes() == once
    assert capsys.readouterr().out == f"没有可合并的新数据，{main} 未改动。\n"


def test_conflicts_end_with_1_and_a_preference_settles_them(tmp_path: Path, capsys: CASE) -> None:
    main = on_disk(tmp_path, "a.xlsm", calculated())
    copy = on_disk(tmp_path, "b.xlsm", edit.edited(calculated(), {(C, "E47"): 51.25}))
    assert merge(main, [copy], prefer=None, target=None, as_json=False, lang="zh") == 1
    assert "b.xlsm 为 51.25；未采用" in capsys.readouterr().out
    assert main.read_bytes() == calculated() and not list(tmp_path.glob("*.bak"))
    out = tmp_path / "c.xlsm"
    assert merge(main, [copy], prefer="returned", target=out, as_json=True, lang="zh") == 0
    record = json.loads(capsys.readouterr().out)["result"]
    assert [(c["main"]["cell"], c["returned"]["value"], c["taken"]) for c in record["conflicts"]] == [
        ("E47", 51.25, "returned")
    ]
    assert main.read_bytes() == calculated() and out.exists()


def test_every_text_fills_the_same_blanks_in_both_languages() -> None:
    def blanks(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    for name, text in vars(texts).items():
        for one in text.values() if isinstance(text, dict) and name.isupper() else (text,):
            if isinstance(one, Text):
                assert blanks(one.zh) == blanks(one.en), name
