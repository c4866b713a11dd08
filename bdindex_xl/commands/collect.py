"""The command `collect`: raw indicators counted from records, as the workbook's rules say, and recalculated."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import FileRefused
from ..language import Lang, Text
from ..system.packages import is_there
from . import option_values
from .parser import Parser

ABOUT = Text(
    "按工作簿中的口径由企业、融资、政策等记录统计原始指标，并重新计算",
    "count raw indicators from records of companies, financings, policies, as the rules say, and recalculate",
)
_FROM = Text(
    "数据来源的相对路径所从的文件夹，默认为工作簿所在文件夹",
    "folder that relative places of sources go from, by default that of the workbook",
)
_ENGINE = Text(
    "计算引擎：本机的 duckdb（默认），或 spark", "what counts: duckdb on this machine, the default, or spark"
)
_MASTER = Text(
    "Spark 的主节点地址，默认取环境变量 SPARK_MASTER，没有则在本机运行",
    "address of Spark's master, by default that of the variable SPARK_MASTER, or this machine",
)
_YEAR = Text("只统计该年，默认为数据表中的全部年份", "only this year, by default all that the data sheets have")
_MISSING = Text(
    "此命令需要 {package}，请安装带 {extra} 选项的本程序：在程序文件夹中运行 pip install '.[{extra}]'。",
    "this needs {package}: install the program with its extra “{extra}”, by pip install '.[{extra}]' in its folder.",
)
_COUNTING = {"sqlglot": "collect", "duckdb": "collect"}
_NEEDED = {"duckdb": _COUNTING, "spark": _COUNTING | {"pyspark": "spark"}}  # packages, and the extras they come with
_DRY = Text("只列出将要改动的单元格，不写入", "only tell which cells would change, and write nothing")

_NUMBERED = {"type": "object", "required": ["table", "what", "n"], "properties": {
    "table": {"type": "string"}, "what": {"type": "string"}, "n": {"type": "integer"},
    "detail": {"type": "string"}, "where": {"type": "string"},
}, "additionalProperties": False}  # fmt: skip
_CHANGE = {"type": "object", "required": ["sheet", "cell", "year", "unit", "indicator", "old", "new", "written"],
           "properties": {
    "sheet": {"type": "string"}, "cell": {"type": "string"}, "year": {"type": "integer"}, "unit": {"type": "string"},
    "indicator": {"type": "string"}, "old": {"type": ["number", "string", "boolean", "null"]},
    "new": {"type": ["number", "null"]},
    "written": {"type": "boolean", "description": "false where a formula stands, and in a dry run"},
}, "additionalProperties": False}  # fmt: skip
RESULT = {  # of --json, as a JSON schema
    "type": "object",
    "required": ["indicators", "tables", "records", "changed", "backup"],
    "properties": {
        "indicators": {"type": "integer", "description": "how many were counted"},
        "tables": {"type": "array", "items": {"type": "string"}},
        "records": {"type": "array", "description": "what became of the records", "items": _NUMBERED},
        "changed": {"type": "array", "description": "every cell that changes", "items": _CHANGE},
        "backup": {"type": ["string", "null"], "description": "where the file that was replaced is kept"},
    },
    "additionalProperties": False,
}


def add(command: Parser) -> None:
    command.file()
    command.option("--from", words=_FROM, dest="folder", metavar="DIR", type=Path)
    command.option("--engine", words=_ENGINE, choices=("duckdb", "spark"), default="duckdb")
    command.option("--master", words=_MASTER, metavar="URL", type=option_values.text(command.lang))
    command.option("--year", words=_YEAR, metavar="Y", type=option_values.whole(command.lang, 1900, 2200))
    command.flag("--dry-run", words=_DRY)
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    check_packages(options.engine)
    from .output.collect import collect

    return collect(options, lang)


def check_packages(engine: str) -> None:
    """Raises FileRefused where a package is missing that an engine needs."""
    for name, extra in _NEEDED[engine].items():
        if not is_there(name):
            raise FileRefused(_MISSING.format(package=name, extra=extra), rule="package missing")
