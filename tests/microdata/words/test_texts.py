"""Texts and years, read from files of people's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bdindex_xl.errors import BdIndexError
from bdindex_xl.microdata.words.texts import YearlyTexts, read_texts

ROWS = "文号,发布日期,标题,正文\n1,2023-05-06,数据条例,\n2,2024年1月,算力规划,关于算力\n3,,无年份,\n4,2024-03-01,,\n"


def read(path: Path, text: str, encoding: str = "utf-8", **options: object) -> YearlyTexts:
    path.write_text(text, encoding=encoding)
    return read_texts(path, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_columns_are_told_from_their_names(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path / "policies.csv", ROWS, encoding)
    assert found.texts == ("数据条例", "算力规划\n关于算力")
    assert found.years.tolist() == [2023, 2024]
    assert (found.without_year, found.blank, found.fields) == (1, 1, ("发布日期", "标题", "正文"))


def test_columns_of_any_names_are_taken_when_named(tmp_path: Path) -> None:
    text = "When,Headline,Note\n2023,One thing,x\nautumn 2024,Another,y\n1.5,Third,z\n"
    found = read(tmp_path / "news.csv", text, date="when", columns=["Headline"])
    assert (found.texts, found.years.tolist(), found.without_year) == (("One thing", "Another"), [2023, 2024], 1)


def test_a_folder_of_files_is_read_as_one(tmp_path: Path) -> None:
    for year in (2022, 2023):
        (tmp_path / f"{year}.csv").write_text(f"year,title\n{year},Title of {year}\n", encoding="utf-8")
    assert read_texts(tmp_path).texts == ("Title of 2022", "Title of 2023")


FAULTS = [
    ("标题,备注\n数据条例,x\n", {}, "应有日期或年份列，实有的列是：标题、备注。请用 --date 指明",
     "expected a column of dates or years, found the columns 标题, 备注; name it with --date"),
    ("年份,条目\n2024,数据条例\n", {}, "应有标题或正文列，实有的列是：年份、条目。请用 --text 指明",
     "expected a column of titles or texts, found the columns 年份, 条目; name it with --text"),
    ("year,title\n2024,Data\n", {"columns": ["titel"]}, "应有“titel”列，实有的列是：year、title（是否为“title”？）",
     "expected a column “titel”, found year, title (did you mean “title”?)"),
    ("year,title\n,Data\n2024,\n", {}, "没有一条记录同时有年份（year）和文本（title）",
     "no record has both a year (year) and a text (title)"),
    ("year,title\n2024,Data,more\n", {}, "texts.csv 第 2 行：应为与标题行一致的 2 列，实为 3 列",
     "texts.csv, line 2: expected 2 fields, as in the header, found 3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options", "zh", "en"), FAULTS, ids=[one[3][:40] for one in FAULTS])
def test_a_file_at_fault_is_refused(tmp_path: Path, text: str, options: dict[str, object], zh: str, en: str) -> None:
    with pytest.raises(BdIndexError) as refused:
        read(tmp_path / "texts.csv", text, **options)  # type: ignore[arg-type]
    assert (refused.value.text("zh"), refused.value.text("en")) == (zh, en)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BdIndexError, match="policies"):
        read_texts(tmp_path / "policies.csv")
