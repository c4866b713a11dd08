"""The command `explain`: why a unit stands where it does."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from . import option_values
from .parser import Parser

ABOUT = Text(
    "解释某个地区的得分、变化，以及前进一名所需的条件",
    "why a unit stands where it does, why that changed, and what it would take to move up",
)
_UNIT = Text("地区的代码或名称，可重复", "code or name of a unit, as often as needed")
_YEAR = Text("年份，默认为排名表所示的年份", "year, by default the one the ranking sheets show")


def add(command: Parser) -> None:
    command.file()
    command.output()
    text = option_values.text(command.lang)
    command.option("--unit", words=_UNIT, metavar="UNIT", action="append", required=True, type=text)
    command.option("--year", words=_YEAR, metavar="YEAR", type=option_values.whole(command.lang, 1, 9999))


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.explain import explain

    return explain(
        options.file, options.output, options.unit, options.year, force=options.force, as_json=options.json, lang=lang
    )
