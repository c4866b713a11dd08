"""The command `robustness`: analyses, saves, and tells a person or a program."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from . import summary
from .analysis.uncertain import Cancelled, Uncertainty
from .errors import FileRefused, SheetErrors
from .hosts import files
from .language import Lang, Text
from .sheets import choices, schema
from .sheets.cells import choice_of
from .sheets.read import read_inputs
from .sheets.read_settings import language
from .sheets.recalculate import READING
from .study import robustness as studies
from .study.robustness import Findings, Study
from .study.written import NO_TABLE

_TOP, _SOURCES = 10, 5
_ALTERNATIVES = {
    "weightings": choices.WEIGHTINGS,
    "normalisations": choices.NORMALISATIONS,
    "aggregations": choices.AGGREGATIONS,
    "imputations": choices.IMPUTATIONS,
}

_UNKNOWN = Text("--{name} 中的“{found}”应为 {choices} 之一", "--{name}: expected {choices}, found “{found}”")
_HEADING = Text("{ranking}排名（{year} 年）：{n} 次抽样，{what}", "{ranking} ranking, {year}: {n} draws, {what}")
_COLUMNS = Text("  排名  中位数  5–95%     居首   前十   地区", "  rank  median  5–95%     first  in 10  unit")
_SOURCE = Text(
    "  {what}：总指数 {total}，一阶 {first}；单独变化时平均位移 {shift} 位",
    "  {what}: total {total}, first order {first}; alone, ranks shift by {shift} on average",
)
_BY_SOURCE = Text("位移来自：", "Where the shifts come from:")
_REMOVED = Text("  去掉“{what}”：平均位移 {shift} 位", "  without “{what}”: ranks shift by {shift} on average")
_MOST_TELLING = Text("影响最大的指标：", "Indicators that matter most:")
_STOPPED = Text("已停止，文件未改动。", "Stopped; the file was not changed.")


def robustness(options: argparse.Namespace, lang: Lang) -> int:
    """Analyse a workbook and write its sheets: 0 where done, 1 where its input is at fault or the user stopped it."""
    with summary.Progress(lang) as progress:
        progress(READING)
        book = files.open_book(options.file)
        if options.output is None:
            files.check_writable(options.file)
        lang = progress.lang = language(book)
        try:
            found = _found(book, options, progress)
        except SheetErrors as errors:
            progress.done()
            summary.tell_faults(errors, options.file, lang, as_json=options.json, written=False)
            return 1
        except (Cancelled, KeyboardInterrupt):
            progress.done()
            raise FileRefused(_STOPPED) from None
        backup = book.save(options.output or options.file)
    target = options.output or options.file
    if options.json:
        print(json.dumps(_record(found, target, backup), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_told(found, options.draws or studies.DRAWS, lang)))
        print("\n".join(summary.written(target, backup, lang)))
    return 0


def _found(book: files.FileBook, options: argparse.Namespace, progress: summary.Progress) -> Findings:
    asked = _uncertainty(options, studies.usual(read_inputs(book).method))
    return studies.study(
        book,
        asked,
        n_draws=options.draws or studies.DRAWS,
        seed=studies.SEED if options.seed is None else options.seed,
        progress=progress,
    )


def _uncertainty(options: argparse.Namespace, usual: Uncertainty) -> Uncertainty:
    """What the options say is uncertain; the usual for the rest. Raises FileRefused naming a choice that is none."""
    changes: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("spread", "concentration", "noise")
        if getattr(options, name) is not None
    }
    for name, known in _ALTERNATIVES.items():
        text = getattr(options, name)
        if text is not None:
            changes[name] = tuple(
                _choice(name, part, known) for part in text.replace("，", ",").split(",") if part.strip()
            )
    return replace(usual, **changes)


def _choice(name: str, text: str, known: choices.Choices) -> str:
    found = choice_of(known, text)
    if found is None:
        raise FileRefused(_UNKNOWN.format(name=name, found=text.strip(), choices=", ".join(known)))
    return found


def _told(found: Findings, n_draws: int, lang: Lang) -> Iterable[str]:
    for one in found.studies:
        label = schema.ranking_label(one.ranking.key)
        what = studies.varied(found.uncertainty)
        yield _HEADING.format(ranking=label, year=one.ranking.year, n=f"{n_draws:,}", what=what)[lang]
        yield _COLUMNS[lang]
        yield from _units(one)
        yield from _sources(one, {i.code: i.name for i in found.inputs.framework.indicators}, lang)
        yield ""
    if found.missing:
        yield NO_TABLE.format(tables=", ".join(found.missing))[lang]


def _units(one: Study) -> Iterable[str]:
    firm = one.robustness
    order = [u for u in np.argsort(firm.rank, kind="stable").tolist() if firm.rank[u]]
    for u in order[:_TOP]:
        between = f"{firm.low[u]}–{firm.high[u]}"
        shares = f"{firm.first[u]:6.1%} {firm.first_ten[u]:6.1%}"
        yield f"  {firm.rank[u]:>4}  {firm.median[u]:>6}  {between:<8}{shares}   {one.ranking.names[u]}"


def _sources(one: Study, names: dict[str, str], lang: Lang) -> Iterable[str]:
    alone = {each.source: each.mean_shift for each in one.alone}
    shift = one.sensitivity.shift
    if one.sensitivity.sources:
        yield _BY_SOURCE[lang]
    for k in np.argsort(-shift.total, kind="stable").tolist():
        source = one.sensitivity.sources[k]
        parts = {"total": f"{shift.total[k]:.2f}", "first": f"{shift.first[k]:.2f}"}
        yield _SOURCE.format(what=studies.label_of(source), shift=f"{alone.get(source, 0.0):.2f}", **parts)[lang]
    most = sorted(one.without, key=lambda each: -each.mean_shift)[:_SOURCES]
    if most:
        yield _MOST_TELLING[lang]
    for each in most:
        yield _REMOVED.format(what=names[each.removed], shift=f"{each.mean_shift:.2f}")[lang]


def _record(found: Findings, file: Path, backup: Path | None) -> dict[str, Any]:
    return {
        "file": str(file),
        "backup": str(backup) if backup else None,
        "rankings": [_study(one) for one in found.studies],
        "missing_tables": list(found.missing),
    }


def _study(one: Study) -> dict[str, Any]:
    firm, shift = one.robustness, one.sensitivity.shift
    keys = ("rank", "median", "low", "high", "best", "worst", "mean", "first", "first_ten", "ahead")
    ranked = [u for u in np.argsort(firm.rank, kind="stable").tolist() if firm.rank[u]]
    return {
        "ranking": one.ranking.key,
        "year": one.ranking.year,
        "n_draws": firm.n_draws,
        "seed": firm.seed,
        "units": [
            {"code": firm.units[u], "name": one.ranking.names[u]} | {key: _plain(getattr(firm, key)[u]) for key in keys}
            for u in ranked
        ],
        "sources": [
            {"source": str(source), "first": float(shift.first[k]), "total": float(shift.total[k])}
            for k, source in enumerate(one.sensitivity.sources)
        ],
        "without": [{"indicator": each.removed, "mean_shift": _plain(each.mean_shift)} for each in one.without],
    }


def _plain(value: Any) -> float | int | None:
    number = float(value)
    if np.isnan(number):
        return None
    return int(number) if isinstance(value, np.integer) else number
