"""The command `check`: what is wrong with a workbook's data, without changing it."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("检查工作簿的数据，不改动文件", "check a workbook's data and change nothing")


def add(command: Parser) -> None:
    command.file()


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..tasks import recalculate
    from .output import summary

    with summary.ProgressLine(lang) as progress:
        outcome = recalculate.check(progress.open(options.file), progress)
    summary.tell_checked(outcome, options.file, progress.lang, as_json=options.json)
    return 0
