"""CSV files of every form that people have them in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.microdata.sources.given import faults, kinds, records, source, table

LINES = "code,name,year,amount\n0011,北京甲公司,2023,1.50\n0012,上海乙公司,2024,\n"
RECORDS = [("0011", "北京甲公司", Decimal(2023), Decimal("1.50")), ("0012", "上海乙公司", Decimal(2024), None)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_in_every_encoding_and_with_every_end_of_line(tmp_path: Path, encoding: str, end: str) -> None:
    (tmp_path / "a.csv").write_bytes(LINES.replace("\n", end).encode(encoding))
    made = table(tmp_path, source("a.csv"))
    assert records(made) == RECORDS
    assert kinds(made) == {"code": "text", "name": "text", "year": "number", "amount": "number"}
    assert list(made.origins.values()) == ["a.csv"]


@pytest.mark.parametrize(
    ("separator", "en", "zh"),
    [
        (";", "semicolons", "分号"),
        ("\t", "tabs", "制表符"),
        ("，", "full-width commas", "全角逗号"),
        ("|", "bars", "竖线"),
    ],
)
def test_the_separator_is_recognised_and_said(tmp_path: Path, separator: str, en: str, zh: str) -> None:
    (tmp_path / "a.csv").write_text(LINES.replace(",", separator), encoding="utf-8")
    told: list = []
    assert records(table(tmp_path, source("a.csv"), told=told)) == RECORDS
    assert [finding.text("en") for finding in told] == [
        f"a.csv: expected a file in UTF-8 with commas between the fields, found UTF-8 with {en} between them; read as such"
    ]
    assert told[0].text("zh") == f"a.csv：应为 UTF-8 编码、以逗号分隔的文件，实为 UTF-8，以{zh}分隔；已据此读取"


def test_quotation_marks_keep_separators_line_breaks_and_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes('name,text\r\n"a,b","第一行\n第二行"\r\n"say ""hi""",\r\n'.encode())
    assert records(table(tmp_path, source("a.csv"))) == [("a,b", "第一行\n第二行"), ('say "hi"', None)]


def test_a_header_that_breaks_across_lines_loses_no_record(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'"name\nof it",b\r\n1,2\r\n3,4\r\n')
    made = table(tmp_path, source("a.csv"))
    assert records(made) == [(1, 2), (3, 4)]
    assert list(made.fields) == ["name\nof it", "b"]


def test_lines_that_hold_nothing_are_no_records(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\nsep=;\n".lstrip() + '\na;b\n1;2\n\n;\n"";" "\n3;\n', encoding="utf-8")
    assert records(table(tmp_path, source("a.csv"))) == [(1, 2), (3, None)]
    assert records(table(tmp_path, source("a.csv"), needed=["b"])) == [(2,), (None,)]


def test_blanks_and_characters_that_cannot_be_seen_go(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("\ufeffa\u200b,b\n 北京\u200b\u3000,\t11\t\n\u00a0,x\n", encoding="utf-8")
    made = table(tmp_path, source("a.csv"))
    assert list(made.fields) == ["a", "b"]
    assert records(made) == [("北京", "11"), (None, "x")]


def test_columns_without_a_header_are_left_out_where_they_are_blank(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,,\n1,2,,\n3,4,,\n", encoding="utf-8")
    assert records(table(tmp_path, source("a.csv"))) == [(1, 2), (3, 4)]


def test_only_fields_that_are_needed_are_kept_and_those_of_the_key(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c,d\n1,2,3,4\n", encoding="utf-8")
    made = table(tmp_path, source("a.csv", key="d", latest="a"), needed=["b"])
    assert (list(made.fields), made.key, made.latest) == (["a", "b", "d"], ("d",), "a")


@pytest.mark.parametrize(
    ("values", "kind", "read"),
    [
        (["1", "-2.50", "１２３.5"], "number", [Decimal(1), Decimal("-2.50"), Decimal("123.5")]),
        (['"1,234.5"', "12 345", "−3"], "number", [Decimal("1234.5"), Decimal(12345), Decimal(-3)]),
        (["1.5E+3", "2e-7", "—"], "number", [Decimal(1500), Decimal("0.0000002"), None]),
        (["2023年", "2024"], "number", [2023, 2024]),
        (["007", "12"], "text", ["007", "12"]),
        (["110108000000000001", "1"], "text", ["110108000000000001", "1"]),
        (["1", "n/a", "x"], "text", ["1", "n/a", "x"]),
        (["110000.0", "x"], "text", ["110000.0", "x"]),
        (["2024-03-05", "2023/1/2", "2022年12月31日"], "date", [dt.date(2024, 3, 5), dt.date(2023, 1, 2), dt.date(2022, 12, 31)]),
        (["2024-03-05 12:30", "2024-03-06"], "date", [dt.datetime(2024, 3, 5, 12, 30), dt.datetime(2024, 3, 6)]),
        (["2024-03", "2024年4月"], "date", [dt.date(2024, 3, 1), dt.date(2024, 4, 1)]),
        (["2024-02-30", "2024-03-05"], "text", ["2024-02-30", "2024-03-05"]),
        (["是", "否", "TRUE", "n", "/"], "yes or no", [True, False, True, False, None]),
        (["2024-03-05", "", "—"], "date", [dt.date(2024, 3, 5), None, None]),
        (["", "是"], "yes or no", [None, True]),
        (["—", "/"], "text", ["—", "/"]),
        (["1e300", "1"], "text", ["1e300", "1"]),
        (["0." + "1" * 38, "12"], "text", ["0." + "1" * 38, "12"]),
    ],
)  # fmt: skip
def test_the_kind_of_a_field_is_told_from_all_its_values(
    tmp_path: Path, values: list[str], kind: str, read: list
) -> None:
    (tmp_path / "a.csv").write_text("id,v\n" + "".join(f"r,{value}\n" for value in values), encoding="utf-8")
    made = table(tmp_path, source("a.csv"))
    assert kinds(made)["v"] == kind
    assert [value for _, value in records(made)] == read


def test_one_value_far_down_makes_a_field_of_texts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n" + "1,1\n" * 5000 + "x,1\n", encoding="utf-8")
    assert kinds(table(tmp_path, source("a.csv"))) == {"a": "text", "b": "number"}


@pytest.mark.parametrize(
    ("data", "en", "zh"),
    [
        (b"", "a.csv: expected a header and rows, found an empty file", "a.csv：应为标题行和数据行，实为空文件"),
        (b"PK\3\4rest", "a.csv: expected a file in the form of CSV, found one in the form of Excel / zip", "a.csv：应为 CSV 文件，实为 Excel / zip 文件"),
        (b"\n,,\n", "a.csv: expected a header and rows, found an empty file", "a.csv：应为标题行和数据行，实为空文件"),
        (b"a,b\n1,2\n3\n", "a.csv, line 3: expected 2 fields, as in the header, found 1", "a.csv 第 3 行：应为与标题行一致的 2 列，实为 1 列"),
        (b"a,b\n1,2,3\n3,4\n", "a.csv, line 2: expected 2 fields, as in the header, found 3", "a.csv 第 2 行：应为与标题行一致的 2 列，实为 3 列"),
        (b'a,b\n1,"2\n3,4\n', "a.csv, line 2: expected quotation marks in pairs, found one that is not closed, or text right after a closed one", "a.csv 第 2 行：应为成对的引号，实为未闭合的引号，或引号后紧跟文字"),
        (b'a,b\n1,2\n"x"y,4\n', "a.csv, line 3: expected quotation marks in pairs, found one that is not closed, or text right after a closed one", "a.csv 第 3 行：应为成对的引号，实为未闭合的引号，或引号后紧跟文字"),
        (b"a,b\n" + b"1,2\n" * 300 + b"\0,2\n", "a.csv, line 302: expected text, found a NUL character: the file may be damaged", "a.csv 第 302 行：应为文本，实为空字符（NUL），文件可能已损坏"),
        (b"a,,c\n1,2,3\n", "a.csv, line 1: expected a header over every column, found none over column 2", "a.csv 第 1 行：应为每列都有标题，实为第 2 列没有标题"),
        (b"Name,b,name\n1,2,3\n", "a.csv, line 1: expected one column “name”, found columns 1 and 3", "a.csv 第 1 行：应为“name”只有一列，实为第 1 列和第 3 列"),
        ("地区,b\n北京市,1\n".encode() + "上海,2\n".encode("gb18030"), "a.csv, line 3: expected UTF-8 as before it, found characters in another encoding; save it as “CSV UTF-8”", "a.csv 第 3 行：应为与前文一致的 UTF-8 编码，实为另一种编码的字符；请另存为“CSV UTF-8”"),
        ("企业名称,b\n甲,1\n".encode("gb18030") + "示例企业,2\n".encode(), "a.csv, line 3: expected GB18030 as before it, found characters in another encoding; save it as “CSV UTF-8”", "a.csv 第 3 行：应为与前文一致的 GB18030 编码，实为另一种编码的字符；请另存为“CSV UTF-8”"),
        ("café,b\nà,1\n".encode("latin-1"), "a.csv, line 1: expected a file in UTF-8, GB18030 or UTF-16, found none of these; save it as “CSV UTF-8”", "a.csv 第 1 行：应为 UTF-8、GB18030 或 UTF-16 编码的文件，实为这三种均不能解读；请另存为“CSV UTF-8”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_with_its_line(tmp_path: Path, data: bytes, en: str, zh: str) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    assert faults(tmp_path, source("a.csv")) == [(en, zh)]


def test_a_field_that_is_not_there_is_named_with_what_may_be_meant(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("企业名称,年份\n甲,2024\n", encoding="utf-8")
    assert faults(tmp_path, source("a.csv"), needed=["企业", "年份"]) == [
        (
            "a.csv, line 1: expected a column “企业”, found none (did you mean “企业名称”?)",
            "a.csv 第 1 行：应为“企业”列，实为没有（是否为“企业名称”？）",
        )
    ]
