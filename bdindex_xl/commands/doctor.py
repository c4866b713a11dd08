"""The command `doctor`: whether Python, Excel and a workbook work together."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text(
    "检查 Python、Excel 和工作簿能否一起工作，并说明怎样处理",
    "check that Python, Excel and a workbook work together, and say how to fix what does not",
)
_FILE = Text("要检查的工作簿，可省略", "the workbook to look at, if any")
_FIX = Text("修复能够自动修复的问题", "fix what can be fixed automatically")


def add(command: Parser) -> None:
    command.file(_FILE, nargs="?")
    command.flag("--fix", words=_FIX)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..hosts.files import open_book
    from ..setup.doctor import Makers
    from ..workbook import macro_parts
    from ..workbook.addin import make_addin
    from ..workbook.extension import extension
    from .output.setup import doctor

    if options.file is not None:
        open_book(options.file)  # what is no workbook of ours is refused, as by every other command
    makers = Makers(
        lambda names: macro_parts.project_for(names.workbook, names.sheets), lambda: make_addin(lang), extension
    )
    return doctor(options.file, fix=options.fix, as_json=options.json, lang=lang, makers=makers)
