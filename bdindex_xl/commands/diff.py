"""The command `diff`: what changed between two copies."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("比较两个副本：改了什么，名次因此怎样变化", "what changed between two copies, and what that did to ranks")
_OLD = Text("较早的副本", "the earlier copy")
_NEW = Text("较新的副本", "the later copy")
_ALL = Text("列出全部，而不只是最主要的", "list everything, not only what matters most")


def add(command: Parser) -> None:
    command.option("old", words=_OLD, metavar="OLD", type=Path)
    command.option("new", words=_NEW, metavar="NEW", type=Path)
    command.flag("--all", words=_ALL)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.diff import diff

    return diff(options.old, options.new, show_all=options.all, as_json=options.json, lang=lang)
