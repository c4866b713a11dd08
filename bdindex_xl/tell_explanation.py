"""The command `explain`: explains, saves, and tells a person or a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import summary
from .errors import SheetErrors
from .hosts import files
from .language import Lang
from .sheets.read_settings import language
from .sheets.recalculate import READING
from .study import explanation as explanations
from .study.explanation import Findings, Study
from .study.written import NO_TABLE, number


def explain(
    file: Path, output: Path | None, units: Sequence[str], year: int | None, *, as_json: bool, lang: Lang
) -> int:
    """Explain units of a workbook: 0 where done, 1 where its input is at fault. Raises FileRefused, FrameworkError."""
    with summary.Progress(lang) as progress:
        progress(READING)
        book = files.open_book(file)
        if output is None:
            files.check_writable(file)
        lang = progress.lang = language(book)
        try:
            found = explanations.study(book, units, year=year)
        except SheetErrors as errors:
            progress.done()
            summary.tell_faults(errors, file, lang, as_json=as_json, written=False)
            return 1
        backup = book.save(output or file)
    if as_json:
        record = {"units": [_record(one, found) for one in found.studies], "missing_tables": list(found.missing)}
        record |= {"file": str(output or file), "backup": str(backup) if backup else None}
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return 0
    print("\n".join(explanations.told(found, lang)))
    if found.missing:
        print(NO_TABLE.format(tables=", ".join(found.missing))[lang])
    print("\n".join(summary.written(output or file, backup, lang)))
    return 0


def _record(one: Study, found: Findings) -> dict[str, Any]:
    what, change = one.explanation, one.change
    indicators = []
    for k, indicator in enumerate(found.inputs.framework.indicators):
        row: dict[str, Any] = {"code": indicator.code, "contribution": number(100 * what.contributions[k])}
        row |= {"weight": number(what.weights[k]), "usual": number(100 * what.usual[k])}
        if change is not None:
            parts = {key: number(100 * getattr(change, key)[k]) for key in ("own", "others", "weights")}
            row |= {"change": parts}
        row |= {"value": number(one.overtaking.value[k]), "needed": number(one.overtaking.needed[k])}
        indicators.append(row)
    record: dict[str, Any] = {"ranking": one.ranking.key, "unit": what.unit, "name": one.name, "year": what.year}
    record |= {"score": number(100 * what.score), "rank": what.rank or None, "indicators": indicators}
    if change is not None:
        record |= {"previous_rank": change.rank_before, "overtaken": list(change.overtaken)}
        record |= {"overtaken_by": list(change.overtaken_by), "change": 100 * (change.after - change.before)}
    return record
