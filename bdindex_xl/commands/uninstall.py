"""The command `uninstall`: takes back what install did."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("撤销 install 所做的一切", "undo all that install did")


def add(command: Parser) -> None:
    """It has no options of its own."""


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.setup import uninstall

    return uninstall(as_json=options.json, lang=lang)
