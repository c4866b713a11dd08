"""The command `robustness`: analyses, saves, and tells a person or a program."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from ...analysis.robustness.uncertain import DISCRETE, Uncertainty
from ...core.arrays import Array
from ...errors import FileRefused, Severity
from ...hosts.files import FileBook
from ...language import Lang, Text
from ...model.method import Method
from ...sheets import choices, schema
from ...sheets.cells import choice_of
from ...sheets.read import read_inputs
from ...tasks import robustness as analyses
from ...tasks.robustness import RankingRobustness, RobustnessOfAll
from .analysis import analysed, recorded, told
from .envelope import Remark
from .summary import ProgressLine

_TOP, _SOURCES = 10, 5

_UNKNOWN = Text("--{name} 中的“{found}”应为 {choices} 之一", "--{name}: expected {choices}, found “{found}”")
_HEADING = Text(
    "{ranking}排名（{year} 年）：{n} 次抽样，{what}", "{ranking} ranking, {year}: {n} {n:draw|draws}, {what}"
)
_COLUMNS = Text("  排名  中位数  5–95%     居首   前十   地区", "  rank  median  5–95%     first  in 10  unit")
_EXPLAINED = Text(
    "  （中位数、5–95%：抽样中的排名；居首、前十：抽样中排第一、进入前十的比例）",
    "  (median, 5–95%: ranks in the draws; first, in 10: share of the draws in which it is first, or in the first ten)",
)
_FEW = Text(
    "只抽样 {n} 次，区间和比例意义不大；建议至少 {least} 次。",
    "With {n} {n:draw|draws}, intervals and shares mean little; {least} or more are advised.",
)
_ENOUGH = 100  # draws from which on a share of 5 % is more than a handful of them
_SOURCE = Text(
    "  {what}：总指数 {total}（{total_ends}），一阶 {first}（{first_ends}）；单独变化时平均位移 {shift} 位",
    "  {what}: total {total} ({total_ends}), first order {first} ({first_ends}); alone, ranks shift by {shift} on "
    "average",
)
_BY_SOURCE = Text(
    "位移来自（Sobol 指数，括号内为 5–95% 区间）：",
    "Where the shifts come from (Sobol' indices; their 5–95% intervals in brackets):",
)
_REMOVED = Text("  去掉“{what}”：平均位移 {shift} 位", "  without “{what}”: ranks shift by {shift} on average")
_MOST_TELLING = Text("影响最大的指标：", "Indicators that matter most:")


def robustness(options: argparse.Namespace, lang: Lang) -> int:
    """Analyse a workbook and write its sheets. Raises FileRefused, FrameworkError and SheetErrors."""
    n_draws = analyses.DRAWS if options.draws is None else options.draws

    def work(book: FileBook, progress: ProgressLine) -> RobustnessOfAll:
        asked = _uncertainty(options, read_inputs(book).method)
        seed = analyses.SEED if options.seed is None else options.seed
        return analyses.analyse_robustness(book, asked, n_draws=n_draws, seed=seed, progress=progress)

    done = analysed(options.file, options.output, work, force=options.force, lang=lang)
    if options.json:
        few = [Remark(Severity.WARNING, "few draws", text) for text in _few(n_draws)]
        result = {"rankings": [_record(one) for one in done.found.rankings]}
        recorded("robustness", done, result, done.found.missing, few)
    else:
        told(done, _told(done.found, n_draws, done.lang), done.found.missing)
        print("".join(f"{text[done.lang]}\n" for text in _few(n_draws)), end="")
    return 0


def _uncertainty(options: argparse.Namespace, method: Method) -> Uncertainty:
    """What the options say is uncertain; the usual for the rest. Raises FileRefused naming a choice that is none.

    Choices that are named come beside the workbook's own: without it, the intervals would be of other indices alone.
    """
    changes: dict[str, Any] = {
        name: getattr(options, name)
        for name in ("spread", "concentration", "noise")
        if getattr(options, name) is not None
    }
    for name, field, _ in DISCRETE.values():
        text = getattr(options, name)
        if text is not None:
            named = [part for part in text.replace("，", ",").split(",") if part.strip()]
            others = [_choice(name, part, choices.ALTERNATIVES[name]) for part in named]
            changes[name] = tuple(dict.fromkeys((str(getattr(method, field)), *others)))
    return replace(analyses.usual(method), **changes)


def _choice(name: str, text: str, known: choices.Choices) -> str:
    found = choice_of(known, text)
    if found is None:
        raise FileRefused(_UNKNOWN.format(name=name, found=text.strip(), choices=", ".join(known)), rule="usage")
    return found


def _few(n_draws: int) -> Iterable[Text]:
    if n_draws < _ENOUGH:
        yield _FEW.format(n=n_draws, least=_ENOUGH)


def _told(found: RobustnessOfAll, n_draws: int, lang: Lang) -> Iterable[str]:
    for one in found.rankings:
        label = schema.ranking_label(one.ranking.key)
        what = analyses.varied(found.uncertainty, found.inputs.method)
        yield _HEADING.format(ranking=label, year=one.ranking.year, n=f"{n_draws:,}", what=what)[lang]
        yield _COLUMNS[lang]
        yield from _units(one)
        yield _EXPLAINED[lang]
        yield from _sources(one, {i.code: i.name for i in found.inputs.framework.indicators}, lang)
        yield ""


def _units(one: RankingRobustness) -> Iterable[str]:
    firm = one.robustness
    order = [u for u in np.argsort(firm.rank, kind="stable").tolist() if firm.rank[u]]
    for u in order[:_TOP]:
        between = f"{firm.low[u]}–{firm.high[u]}"
        shares = f"{firm.first[u]:6.1%} {firm.first_ten[u]:6.1%}"
        yield f"  {firm.rank[u]:>4}  {firm.median[u]:>6}  {between:<8}{shares}   {one.ranking.label(u)}"


def _sources(one: RankingRobustness, names: dict[str, str], lang: Lang) -> Iterable[str]:
    alone = {each.source: each.mean_shift for each in one.alone}
    shift = one.sensitivity.shift
    if one.sensitivity.sources:
        yield _BY_SOURCE[lang]
    for k in np.argsort(-shift.total, kind="stable").tolist():
        source = one.sensitivity.sources[k]
        parts = {"total": _two(shift.total[k]), "first": _two(shift.first[k])}
        parts |= {"total_ends": _ends(shift.total_ends[:, k]), "first_ends": _ends(shift.first_ends[:, k])}
        yield _SOURCE.format(what=analyses.label_of(source), shift=f"{alone.get(source, 0.0):.2f}", **parts)[lang]
    most = sorted(one.without, key=lambda each: -each.mean_shift)[:_SOURCES]
    if most:
        yield _MOST_TELLING[lang]
    for each in most:
        yield _REMOVED.format(what=names[each.removed], shift=f"{each.mean_shift:.2f}")[lang]


def _two(number: float) -> str:
    """Two decimals; what rounds to nothing has no sign."""
    return f"{round(float(number), 2) + 0.0:.2f}"


def _ends(ends: Array) -> str:
    return f"{_two(ends[0])} – {_two(ends[1])}".replace("-", "−")


def _record(one: RankingRobustness) -> dict[str, Any]:
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
