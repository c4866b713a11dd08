"""The command `explain`: explains, saves, and tells a person or a program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...hosts.files import FileBook
from ...language import Lang
from ...tasks import explain as explanations
from ...tasks import explanation_sentences
from ...tasks.explain import ExplainedUnit, Explanations
from ...tasks.written import number
from .analysis import analysed, recorded, told
from .summary import ProgressLine


def explain(
    file: Path,
    output: Path | None,
    units: Sequence[str],
    year: int | None,
    *,
    force: bool = False,
    as_json: bool,
    lang: Lang,
) -> int:
    """Explain units of a workbook. Raises FileRefused, FrameworkError and SheetErrors."""

    def work(book: FileBook, _: ProgressLine) -> Explanations:
        return explanations.explain_units(book, units, year=year)

    done = analysed(file, output, work, force=force, lang=lang)
    found = done.found
    if as_json:
        recorded("explain", done, {"units": [_record(one, found) for one in found.units]}, found.missing)
    else:
        told(done, explanation_sentences.told(found, done.lang), found.missing)
    return 0


def _record(one: ExplainedUnit, found: Explanations) -> dict[str, Any]:
    what, change, full = one.explanation, one.change, found.inputs.method.scale
    indicators = []
    for k, indicator in enumerate(found.inputs.framework.indicators):
        row: dict[str, Any] = {"code": indicator.code, "contribution": number(full * what.contribution_array[k])}
        row |= {"weight": number(what.weight_array[k]), "usual": number(full * what.usual_array[k])}
        row |= {"missing": indicator.code in what.missing, "difference": number(full * what.difference_array[k])}
        if change is not None:
            parts = {"own": change.own_array, "others": change.others_array, "weights": change.weights_array}
            row |= {"change": {key: number(full * of[k]) for key, of in parts.items()}}
            row |= {"change_by_gaps": number(full * change.gaps_array[k])}
        row |= {"value": number(one.overtaking.value_array[k]), "needed": number(one.overtaking.target_array[k])}
        indicators.append(row)
    record: dict[str, Any] = {"ranking": one.ranking.key, "unit": what.unit, "name": one.name, "year": what.year}
    record |= {"score": number(full * what.score), "rank": what.rank or None, "indicators": indicators}
    record |= {"rescaling": number(full * what.rescaling)}
    if change is not None:
        record |= {"previous_rank": change.rank_before, "overtaken": list(change.overtaken)}
        record |= {"overtaken_by": list(change.overtaken_by), "change": full * (change.after - change.before)}
    return record
