"""The command `audit`: whether the index is soundly built."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text(
    "审查指标：缺失、偏态、共线性、内部一致性、实际重要性",
    "audit the indicators: missing values, skew, collinearity, consistency, effective importance",
)


def add(command: Parser) -> None:
    command.file()
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.audit import audit

    return audit(options.file, options.output, force=options.force, as_json=options.json, lang=lang)
