"""The command `build`: makes the workbooks that come with the project."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import FileRefused
from ..language import LANGUAGES, Lang, Text
from .parser import Parser

SHIPPED: dict[Lang, Path] = {
    "zh": Path("workbook") / "BigDataIndex.xlsm",
    "en": Path("workbook") / "BigDataIndex.en.xlsm",
}
EXTENSION = Path("workbook") / "BDIndex.oxt"
SHIPPED_ADDINS: dict[Lang, Path] = {
    "zh": Path("workbook") / "BDIndex.xlam",
    "en": Path("workbook") / "BDIndex.en.xlam",
}
ABOUT = Text(
    "生成随附的工作簿、Excel 加载项（各有中文和英文）和 LibreOffice 扩展",
    "make the shipped workbooks and Excel add-ins, each in Chinese and English, and the extension for LibreOffice",
)
_OUTPUT = Text(
    "只生成这一个文件；省略则生成 workbook 文件夹中随附的文件",
    "make this file alone; the shipped files in the folder workbook without it",
)
_ADDIN = Text("只生成 Excel 加载项 BDIndex.xlam", "make the add-in for Excel alone, BDIndex.xlam")
_LANG = Text("只生成该语言的；与 -o 同用时默认 zh", "make those of this language alone; with -o, zh by default")
_ELSEWHERE = Text(
    "应在项目文件夹中运行，或用 -o 指定文件；没有文件夹“{folder}”",
    "run it in the project's folder, or name the file with -o; there is no folder “{folder}”",
)
RESULT = {  # of --json, as a JSON schema
    "type": "object",
    "required": ["files", "backup"],
    "properties": {
        "files": {"type": "array", "items": {"type": "string"}, "description": "the files that were made"},
        "backup": {"type": ["string", "null"], "description": "where the file that was replaced is kept"},
    },
    "additionalProperties": False,
}


def add(command: Parser) -> None:
    command.output(_OUTPUT)
    command.flag("--addin", words=_ADDIN)
    command.option("--lang", words=_LANG, choices=LANGUAGES)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..hosts import files
    from ..sheets import folder
    from ..workbook import extension, macro_parts
    from ..workbook.addin import make_addin
    from ..workbook.finished_file import smallest
    from ..workbook.wrappers import wrappers
    from .output import summary
    from .output.making import made

    workbooks, addins = _wanted(options)
    for target in (*workbooks, *addins):
        if not target.parent.is_dir():
            raise FileRefused(_ELSEWHERE.format(folder=target.parent))
        if options.output is not None:  # its own place holds nothing but what was made there
            files.check_name(target, files.XLAM if options.addin else files.XLSM)
            files.check_replaceable(target, force=options.force)
            files.check_writable(target)
    macro_parts.renew(wrappers())
    books = {}
    with summary.ProgressLine(lang) as progress:
        for target, of_book in workbooks.items():
            book, errors = made(folder.sample(of_book, {}), progress, now=None)
            if errors:
                raise errors
            books[target] = smallest(book)
        books |= {target: make_addin(of_addin) for target, of_addin in addins.items()}
    if options.output is None and options.lang is None and not options.addin:  # it speaks both languages
        books[EXTENSION] = extension.extension()
    backups = [files.replace(target, data, backup=options.output is not None) for target, data in books.items()]
    summary.tell_built(tuple(books), backups[0], lang, as_json=options.json)
    return 0


def _wanted(options: argparse.Namespace) -> tuple[dict[Path, Lang], dict[Path, Lang]]:
    """The workbooks and the add-ins to make, each with its language: those that come with the project, or the one that
    is named."""
    if options.output is not None:
        named: dict[Path, Lang] = {options.output: options.lang or "zh"}
        return ({}, named) if options.addin else (named, {})
    languages = [lang for lang in LANGUAGES if options.lang in (None, lang)]
    workbooks = {} if options.addin else {SHIPPED[lang]: lang for lang in languages}
    return workbooks, {SHIPPED_ADDINS[lang]: lang for lang in languages}
