"""Whatever a CSV file is quoted with, encoded in and ended by: its records are those of Python's own reader."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bdindex_xl.microdata.sources.csv_files import read_csv
from bdindex_xl.microdata.sources.findings import KINDS
from bdindex_xl.microdata.sources.queries import connected
from bdindex_xl.sheets.faults import Report

PIECES = (
    "北京市", "上海", "示例企业有限公司", "a", "1", "2.5", "0012", ",", ";", "\t", "|", '"', '""', "\n", "\r\n", "\r", " ", "、",
    "é", "'", "\\", "#", "，", "—", "\u200b", "\u3000", "NULL", "x" * 50, "\U00020000", "\u00a0",
)  # fmt: skip
HIDDEN = re.compile("[\u200b]")
FIELD = st.lists(st.sampled_from(PIECES), max_size=3).map("".join)
NAMES = [f"字段名称代码{j}" for j in range(4)]


def quoted(value: str, needs: re.Pattern[str]) -> str:
    return '"' + value.replace('"', '""') + '"' if needs.fullmatch(value) else value


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, list[tuple[str | None, ...]]]:
    """A file's bytes, with its records as Python's reader has them."""
    width = draw(st.integers(1, 4))
    separator = draw(st.sampled_from(",;\t|" if width > 1 else ","))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    rows = draw(st.lists(st.lists(FIELD, min_size=width, max_size=width), min_size=1, max_size=12))
    needs = re.compile(".*" if draw(st.booleans()) else f'.*[{re.escape(separator)}"\r\n].*| .*', re.S)
    lines = [separator.join(quoted(value, needs) for value in row) for row in [NAMES[:width], *rows]]
    text = end.join(lines) + (end if draw(st.booleans()) else "")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))[1:]
    records = [tuple(HIDDEN.sub("", value).strip(" \t\r\n\u00a0\u3000") or None for value in row) for row in read]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
    return text.encode(encoding), [record for record in records if any(record)]


@settings(max_examples=120, deadline=None)
@given(files())
def test_records_are_those_of_pythons_reader(file: tuple[bytes, list[tuple[str | None, ...]]]) -> None:
    data, expected = file
    with tempfile.TemporaryDirectory() as folder:
        path, made = Path(folder, "a.csv"), Path(folder, "a.texts")
        path.write_bytes(data)
        report = Report(kinds=KINDS)
        assert read_csv(CONNECTION, path, "a.csv", made, None, report) is not None, report.findings
        assert CONNECTION.execute("SELECT * FROM read_parquet($1)", [str(made)]).fetchall() == expected


CONNECTION = connected(Path(tempfile.gettempdir()))
