"""The command `report`: the figures and tables of a workbook as Excel charts, Word, PDF and a web page."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..language import Lang, Text
from . import option_values as values
from .parser import Parser

ABOUT = Text(
    "生成报告：全部图表和表格，成为 Excel、Word、PDF、网页",
    "make the report: every figure and table, as Excel charts, Word, PDF and a web page",
)
_OUTPUT = Text(
    "报告的文件名，扩展名决定形式；默认在原文件旁加“_报告”，形式为 .xlsx",
    "name of the report, whose suffix names the form; by default beside the file, as .xlsx",
)
_TO = Text("几种形式，以逗号分隔：xlsx、docx、pdf、html", "several forms, separated by commas: xlsx, docx, pdf, html")
_FIGURES = Text(
    "只要这些图表，以逗号分隔，如 2-1,3-4；默认为工作簿所列的全部",
    "these figures alone, separated by commas, such as 2-1,3-4; by default all that the workbook lists",
)
_YEAR = Text("哪一年的报告，默认为工作簿显示的年份", "the year, by default the one that the workbook shows")
_TOP = Text(
    "每张图取前几名，默认为图表清单所填", "how many units a figure shows, by default as the list of figures says"
)
_TEMPLATE = Text("Word 模板（.docx、.dotx），沿用其样式", "a Word template (.docx, .dotx) whose styles are used")
_PROFILES = Text(
    "改为各地区画像，每个地区一页（PDF）；-o 为文件夹时每个地区一个文件",
    "profiles instead, a page a unit (PDF); one file each where -o is a folder",
)
_RANKING = Text("哪个榜单的画像，默认为最后一个", "of which ranking the profiles are, by default the last one")
_MOST = 400
RESULT = {  # of --json, as a JSON schema
    "type": "object",
    "required": ["files", "figures", "backups"],
    "additionalProperties": False,
    "properties": {
        "files": {"type": "array", "items": {"type": "string"}},
        "figures": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["number", "kind", "title", "facts", "left_out"],
                "additionalProperties": False,
                "properties": {
                    "number": {"type": "string"},
                    "kind": {"type": "string"},
                    "title": {"type": "string"},
                    "facts": {"type": "array", "items": {"type": "string"}},
                    "left_out": {"type": ["string", "null"], "description": "why it is not drawn"},
                },
            },
        },
        "backups": {"type": "array", "items": {"type": "string"}},
    },
}


def add(command: Parser) -> None:
    command.file()
    command.output(_OUTPUT)
    lang = command.lang
    command.option("--to", words=_TO, metavar="FORMS", type=values.text(lang))
    command.option("--figures", words=_FIGURES, metavar="NUMBERS", type=values.text(lang))
    command.option("--year", words=_YEAR, metavar="YEAR", type=values.whole(lang, 1900, 2200))
    command.option("--top", words=_TOP, metavar="N", type=values.whole(lang, 1, _MOST))
    command.option("--template", words=_TEMPLATE, metavar="FILE", type=Path)
    command.flag("--profiles", words=_PROFILES)
    command.option("--ranking", words=_RANKING, metavar="RANKING", type=values.text(lang))


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.report import profiles, report

    return (profiles if options.profiles else report)(options, lang)
