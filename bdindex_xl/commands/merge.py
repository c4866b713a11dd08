"""The command `merge`: takes what others have filled in into the main workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("把各地填好的副本合并到主工作簿", "merge copies that bureaus have filled in into the main workbook")
_MAIN = Text("主工作簿", "the main workbook")
_RETURNED = Text("交回的副本", "copies that came back")
_PREFER = Text("冲突时采用哪一方；省略则都不采用", "which side to take in a conflict; neither without it")


def add(command: Parser) -> None:
    command.file(_MAIN)
    command.option("returned", words=_RETURNED, metavar="RETURNED", type=Path, nargs="+")
    command.option("--prefer", words=_PREFER, choices=("returned", "main"))
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.merge import merge

    return merge(
        options.file,
        options.returned,
        prefer=options.prefer,
        target=options.output,
        force=options.force,
        as_json=options.json,
        lang=lang,
    )
