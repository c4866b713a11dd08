"""The command `new-year`: what the button does, to a closed file."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text(
    "在各数据表末尾为每个地区添加新一年的行，数值留空待填",
    "add a row for every unit and a new year to each data sheet, with blank values to fill in",
)
_WRITTEN = Text("已写入 {file}", "Written to {file}")
RESULT = {  # of --json, as a JSON schema
    "type": "object",
    "required": ["year", "added", "backup"],
    "properties": {
        "year": {"type": "integer", "description": "the year of the rows, added now or waiting for values"},
        "added": {
            "type": "array",
            "description": "empty where the rows of that year are there and wait for values",
            "items": {
                "type": "object",
                "required": ["ranking", "rows", "left_to_formulas"],
                "properties": {
                    "ranking": {"type": "string"},
                    "rows": {"type": "integer"},
                    "left_to_formulas": {
                        "type": "integer",
                        "description": "cells of these rows that were left to a formula of their column",
                    },
                },
                "additionalProperties": False,
            },
        },
        "backup": {"type": ["string", "null"], "description": "where the file that was replaced is kept"},
    },
    "additionalProperties": False,
}


def add(command: Parser) -> None:
    command.file()
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..tasks import new_year
    from .output import envelope, summary

    target = options.output or options.file
    with summary.to_write(options.file, options.output, lang, force=options.force) as (progress, book):
        added = new_year.add(book)
        saved = bool(added.rows) or options.output is not None
        backup = book.save(target) if saved else None
    if options.json:
        rows = [{"ranking": new.ranking, "rows": new.n_rows, "left_to_formulas": new.kept} for new in added.rows]
        result = {"year": added.year, "added": rows, "backup": backup}
        envelope.show("new-year", ok=True, lang=progress.lang, file=target, result=result)
        return 0
    print("\n".join(text[progress.lang] for text in added.told()))
    if saved:
        print("\n".join(summary.written(target, backup, progress.lang, _WRITTEN)))
    return 0
