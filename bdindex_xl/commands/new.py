"""The command `new`: makes a workbook, from the sample, a folder of CSV files or another program's workbook."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import FileRefused
from ..language import LANGUAGES, Lang, Text
from . import option_values
from .parser import Parser

if TYPE_CHECKING:
    from ..sheets.contents import Contents
    from ..sheets.options import SettingValue

ABOUT = Text(
    "新建工作簿（示例，或由 CSV 文件、COINr 或 COIN Tool 的工作簿生成）",
    "make a workbook, from the sample, CSV files, or a workbook of COINr or the COIN Tool",
)
_FILE = Text("要新建的工作簿（.xlsm）", "the workbook to make (.xlsm)")
_FROM = Text(
    "含 framework.csv、units.csv 和 data.csv 的文件夹，或 COINr、COIN Tool 的工作簿；省略则用示例数据",
    "folder with framework.csv, units.csv and data.csv, or a workbook of COINr or the COIN Tool; the sample without it",
)
_LANG = Text(
    "工作簿的语言，默认同系统；系统为其他语言时用 en", "the workbook's language, by default the system's or en"
)
_SET = Text(
    "设置项，可重复，如 weighting=equal；全部设置项见下",
    "a setting, repeatable, such as weighting=equal; all are listed below",
)
_FORCE = Text("覆盖已有文件（保留备份）", "replace a file that exists (a backup is kept)")
_EXISTS = Text(
    "{file} 已存在；请换一个名称，或加 --force", "{file} exists already; choose another name, or add --force"
)


def add(command: Parser) -> None:
    command.file(_FILE)
    command.option("--from", words=_FROM, dest="source", metavar="SOURCE", type=Path)
    command.option("--lang", words=_LANG, choices=LANGUAGES)
    kind = option_values.setting(command.lang)
    command.option("--set", words=_SET, dest="settings", metavar="KEY=VALUE", action="append", default=[], type=kind)
    command.flag("--force", words=_FORCE)


def more(lang: Lang) -> str:
    """What --help says below the options."""
    from .listed import settings

    return settings(lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    import datetime as dt

    from ..hosts import files
    from ..sheets import folder, schema
    from .output import summary
    from .output.making import made

    settings = dict(folder.parse_setting(text) for text in options.settings)
    files.check_name(options.file, files.XLSM)
    with summary.ProgressLine(options.lang or lang) as progress, files.locked(options.file, progress):
        if options.file.is_file() and not options.force:
            raise FileRefused(_EXISTS.format(file=options.file), rule="file exists", file=options.file)
        files.check_writable(options.file)
        contents = _contents(options.source, options.lang or lang, settings, dt.date.today().year)
        data, errors = made(contents, progress, now=dt.datetime.now().replace(microsecond=0))
        backup = files.replace(options.file, data)
    sheet = schema.CHECK.name[contents.lang]
    summary.tell_made(
        "new", options.file, backup, errors, contents.lang, as_json=options.json, sheet=sheet, read=contents.findings
    )
    return 0


def _contents(source: Path | None, lang: Lang, settings: Mapping[str, SettingValue], year: int) -> Contents:
    """What the workbook is made from: the sample, another program's workbook, or a folder."""
    from ..hosts import files
    from ..sheets import folder
    from ..sheets.imported.recognised import from_workbook

    if source is None:
        return folder.sample(lang, settings)
    if source.is_file() and source.suffix.casefold() not in _TEXTS:
        book = files.open_book(source, ours=False)
        try:
            return from_workbook(book, lang, settings, year=year)
        except FileRefused as refused:
            raise refused.about(source) from None
    for file in source.glob("*.*"):
        if file.suffix.casefold() == ".csv":
            files.refuse_device(file)
    return folder.from_folder(source, lang, settings, year=year)


_TEXTS = (".csv", ".tsv", ".txt")  # a single one of them is no folder of them
