"""The command `install`: sets Excel, or LibreOffice, up for this user."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text(
    "为当前用户设置 Excel（Windows、macOS）或 LibreOffice", "set Excel (Windows, macOS) or LibreOffice up for this user"
)
_FILE = Text("复制到受信任文件夹的工作簿，可省略", "workbook to copy into the trusted folder, if any")
_LIBREOFFICE = Text("设置 LibreOffice，而不是 Excel", "set LibreOffice up instead of Excel")
_FORCE = Text("替换已有的解释器设置", "replace an interpreter that is configured already")


def add(command: Parser) -> None:
    command.file(_FILE, nargs="?")
    command.flag("--libreoffice", words=_LIBREOFFICE)
    command.flag("--force", words=_FORCE)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..hosts.files import open_book
    from ..workbook.addin import make_addin
    from .output.setup import install, install_libreoffice

    if options.libreoffice:
        return install_libreoffice(as_json=options.json, lang=lang)
    if options.file is not None:
        open_book(options.file)  # what is no workbook of ours is refused, as by every other command
    return install(options.file, force=options.force, as_json=options.json, lang=lang, addin=lambda: make_addin(lang))
