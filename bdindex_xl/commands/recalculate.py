"""The command `recalculate`: what the button does, to a closed file."""

from __future__ import annotations

import argparse

from ..errors import SheetErrors
from ..language import Lang, Text
from .parser import Parser

ABOUT = Text("重新计算工作簿中的排名", "recalculate a workbook's rankings")


def add(command: Parser) -> None:
    command.file()
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    import datetime as dt

    from ..sheets import schema
    from ..tasks import recalculate
    from .output import summary

    target = options.output or options.file
    with summary.to_write(options.file, options.output, lang, force=options.force) as (progress, book):
        sheet = book.tables().get(schema.CHECK.table)
        try:
            outcome = recalculate.recalculate(book, now=dt.datetime.now(), progress=progress)
        except SheetErrors as errors:
            errors.listed_in, errors.sheet = target, sheet
            errors.backup = book.save(target) if sheet else None
            raise
        backup = book.save(target)
    summary.tell_results(outcome, target, backup, progress.lang, as_json=options.json, sheet=sheet)
    return 0
