"""The command `build`: makes the workbook that comes with the project."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import FileRefused
from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("生成随附的 BigDataIndex.xlsm", "make the shipped BigDataIndex.xlsm")
_OUTPUT = Text("生成的文件，默认 workbook/BigDataIndex.xlsm", "file to make, workbook/BigDataIndex.xlsm by default")
_ELSEWHERE = Text(
    "应在项目文件夹中运行，或用 -o 指定文件；没有文件夹“{folder}”",
    "run it in the project's folder, or name the file with -o; there is no folder “{folder}”",
)


def add(command: Parser) -> None:
    command.output(_OUTPUT)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..hosts import files
    from ..sheets import folder
    from ..workbook import macros
    from ..workbook.wrappers import wrappers
    from .told import summary
    from .told.making import made

    target = options.output or Path("workbook") / "BigDataIndex.xlsm"
    if not target.parent.is_dir():
        raise FileRefused(_ELSEWHERE.format(folder=target.parent))
    files.check_name(target, files.XLSM)
    if options.output is not None:  # its own place holds nothing but what was made there
        files.check_replaceable(target, force=options.force)
    macros.renew(wrappers())
    with summary.Progress(lang) as progress:
        data, errors = made(folder.sample("zh", {}), progress, now=None)
    if errors:
        raise errors
    backup = files.replace(target, data, backup=options.output is not None)
    summary.tell_made("build", target, backup, None, lang, as_json=options.json)
    return 0
