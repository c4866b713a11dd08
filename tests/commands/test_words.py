"""The command `words`, as its user runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bdindex_xl.cli import main
from bdindex_xl.hosts.files import open_book
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.words_table import read_hot_words, read_origin
from tests.support.books import small_book

OLD = [
    "信息化建设工作方案",
    "信息化平台管理办法",
    "政务服务平台实施意见",
    "信息化规划",
    "政务服务条例",
    "甲市信息化应用若干措施",
]
NEW = [
    "数据要素市场行动方案",
    "数据要素流通办法",
    "甲市数据要素交易细则",
    "乙市数据要素条例",
    "信息化规划",
    "低空经济条例",
]
POLICIES = "发布日期,标题\n" + "".join(
    f"{year}-05-0{k + 1},{title}\n" for year, titles in ((2023, OLD), (2024, NEW)) for k, title in enumerate(titles)
)
LIST = "word,use\n方案,\n办法,genre\n条例,套话\n细则,genre\n行动,genre\n措施,genre\n若干,genre\n低空经济,keep\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "index.xlsm"
    path.write_bytes(small_book(tmp_path, words=LIST))
    (tmp_path / "policies.csv").write_text(POLICIES, encoding="gb18030")
    return path


def test_words_are_told_and_written_and_the_sheet_is_shown(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not open_book(book).is_shown(schema.WORDS.table)
    assert main(["words", str(book), "--from", str(book.with_name("policies.csv"))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "12 篇文本（日期列“发布日期”，文本列“标题”）",
        "policies.csv：应为 UTF-8 编码、以逗号分隔的文件，实为 GB18030，以逗号分隔；已据此读取",
        "各年热词：篇数（突出程度）",
    ]
    assert lines[3].startswith("2024：数据要素 4 (")
    assert lines[4].startswith("2023：信息化 4、")
    changed = open_book(book)
    assert changed.is_shown(schema.WORDS.table)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d 由 policies.csv 的 12 篇文本得出。", read_origin(changed))
    found = read_hot_words(changed)
    latest = next(one for one in found if one.year == 2024)
    assert (latest.word, latest.documents, round(latest.share, 3)) == ("数据要素", 4, 0.667)
    assert {one.word for one in found} >= {"低空经济", "信息化", "政务服务"}
    assert not {"甲市", "条例", "方案"} & {one.word for one in found}


def test_programs_get_the_same(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", str(book), "--from", str(book.with_name("policies.csv")), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert (result["texts"], result["without_year"], result["blank"]) == (12, 0, 0)
    assert result["columns"] == ["发布日期", "标题"]
    assert [one["word"] for one in result["words"]] == [one.word for one in read_hot_words(open_book(book))]
    assert {one["z"] for one in result["words"] if one["year"] == 2023} == {None}


def test_a_workbook_without_the_table_is_refused_and_stays_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, texts = tmp_path / "index.xlsm", tmp_path / "policies.csv"
    path.write_bytes(small_book(tmp_path, "en"))
    texts.write_text(POLICIES, encoding="utf-8")
    before = path.read_bytes()
    assert main(["words", str(path), "--from", str(texts)]) == 1
    assert capsys.readouterr().err == (
        "index.xlsm: expected a table bdx_words for hot words, found none: make the workbook by bdindex new, with words.csv, "
        "a word list, in its folder\n"
    )
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["index.xlsm", "policies.csv"]
