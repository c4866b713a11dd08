"""The command `words`: which words stand out in texts of each year."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("由政策标题等文本找出各年热词及其趋势", "find hot words in titles or other texts by year, and their trend")
_FROM = Text(
    "文本所在的文件（CSV、Excel、Parquet）或文件夹，有日期和标题两列即可",
    "file (CSV, Excel, Parquet) or folder with the texts: a column of dates and one of titles will do",
)
_DATE = Text(
    "日期或年份列，默认为名为“日期”“发布日期”“年份”等的列",
    "column of dates or years; by default one called date or year",
)
_TEXT = Text(
    "文本列，几个之间用逗号；默认为名为“标题”“正文”等的列",
    "columns of texts, with commas between; by default those called title or text",
)
RESULT = {  # of --json, as a JSON schema
    "type": "object",
    "required": ["texts", "without_year", "blank", "columns", "words", "backup", "missing_tables"],
    "properties": {
        "texts": {"type": "integer", "description": "texts with a year"},
        "without_year": {"type": "integer", "description": "records that were passed over for want of a year"},
        "blank": {"type": "integer", "description": "records that were passed over for want of a text"},
        "columns": {"type": "array", "items": {"type": "string"}, "description": "of dates, then of texts"},
        "words": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["year", "word", "documents", "share", "z", "is_new"],
                "properties": {
                    "year": {"type": "integer"},
                    "word": {"type": "string"},
                    "documents": {"type": "integer"},
                    "share": {"type": "number"},
                    "z": {"type": ["number", "null"], "description": "null in the first year"},
                    "is_new": {"type": "boolean"},
                },
                "additionalProperties": False,
            },
        },
        "backup": {"type": ["string", "null"]},
        "missing_tables": {"type": "array", "items": {"type": "string"}},
    },
    "additionalProperties": False,
}


def add(command: Parser) -> None:
    command.file()
    command.option("--from", words=_FROM, metavar="TEXTS", type=Path, dest="source", required=True)
    command.option("--date", words=_DATE, metavar="COLUMN")
    command.option("--text", words=_TEXT, metavar="COLUMNS")
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.words import words

    return words(options, lang)
