"""How firm a workbook's rankings are: its sheets Robustness and Sensitivity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from ..analysis.robustness.monte_carlo import Alone, Robustness, one_at_a_time, robustness
from ..analysis.robustness.removal import Without, without_each_indicator, without_each_unit
from ..analysis.robustness.sensitivity import Sensitivity, sensitivity
from ..analysis.robustness.uncertain import DISCRETE, Cancel, Source, Uncertainty
from ..errors import FrameworkError
from ..language import Lang, Progress, Text, joined, same
from ..model.method import Method, Normalisation, Weighting
from ..sheets import choices, phrases, schema
from ..sheets.book import Book, ResultTable
from ..sheets.inputs import Inputs, Ranking
from ..sheets.read import read_inputs
from . import written
from .written import exactly, number

DRAWS, BASE, SEED = 1000, 256, 1
MOST_REMOVED = 2000  # units up to which each is removed in turn
STEP = Text("{ranking}：{step}", "{ranking}: {step}")
JOINTLY = Text("共同变化", "all at once")
BY_SOURCE = Text("按来源分解", "by source")
REMOVED = Text("逐个去掉指标和地区", "without each indicator and unit")
SOURCES = {
    Source.WEIGHTS: Text("权重", "weights"),
    Source.WEIGHTING: Text("赋权方法", "weighting"),
    Source.NORMALISATION: Text("标准化方法", "normalisation"),
    Source.AGGREGATION: Text("合成方法", "aggregation"),
    Source.MISSING_VALUES: Text("缺失值", "missing values"),
    Source.NOISE: Text("数据噪声", "noise"),
}
LABELS = {
    Source.WEIGHTING: choices.WEIGHTINGS,
    Source.NORMALISATION: choices.NORMALISATIONS,
    Source.AGGREGATION: choices.AGGREGATIONS,
    Source.MISSING_VALUES: choices.IMPUTATIONS,
}
KIND_SOURCE = Text("不确定来源", "source of uncertainty")
KIND_REMOVED = Text("去掉指标", "indicator removed")
KIND_UNIT = Text("去掉地区", "unit removed")
# Other readings of the improved vector method, whose last step the report leaves open.
_READINGS = tuple(kind for kind in Weighting if kind.record.reads == "distances")


@dataclass(frozen=True, eq=False)
class RankingRobustness:
    """What was found of one ranking."""

    ranking: Ranking
    robustness: Robustness
    sensitivity: Sensitivity
    alone: tuple[Alone, ...]
    without: tuple[Without, ...]
    without_units: tuple[Without, ...]


@dataclass(frozen=True, eq=False)
class RobustnessOfAll:
    """What was found of each ranking, and what they were asked of."""

    inputs: Inputs
    uncertainty: Uncertainty
    rankings: tuple[RankingRobustness, ...]
    missing: tuple[str, ...]  # tables that the workbook lacks, so that nothing was written there


def usual(method: Method) -> Uncertainty:
    """What is taken to be uncertain unless told otherwise: weights by a quarter, and choices in which reports differ.

    Weightings are the method's own and equal weights, with the other readings of the improved vector method where
    that is the method's; normalisations the method's own and z-scores, unless goalposts fix it or the method takes
    no scores below 0, which z-scores have.
    """
    own = method.weighting
    weightings = _READINGS if own is Weighting.IMPROVED_VECTOR else (own,)
    normalisations = (method.normalisation, Normalisation.Z_SCORE)
    fixed = method.normalisation is Normalisation.GOALPOSTS or own.record.positive
    fixed |= method.aggregation.record.positive
    return Uncertainty(
        weightings=tuple(dict.fromkeys((*weightings, Weighting.EQUAL))),
        normalisations=() if fixed else tuple(dict.fromkeys(normalisations)),
    )


def analyse_robustness(
    book: Book,
    uncertainty: Uncertainty | None = None,
    *,
    n_draws: int = DRAWS,
    base: int = BASE,
    seed: int = SEED,
    progress: Progress = lambda _: None,
    cancelled: Cancel | None = None,
) -> RobustnessOfAll:
    """Analyse every ranking of a workbook in the year it shows, and write both sheets.

    Raises
    ------
    SheetErrors
        Where its input is at fault.
    FrameworkError
        Where an alternative cannot be computed with these data.
    Cancelled
        Where `cancelled` said so; nothing is written.
    """
    inputs = read_inputs(book)
    uncertainty = uncertainty or usual(inputs.method)
    how: dict[str, Any] = {"uncertainty": uncertainty, "seed": seed, "cancelled": cancelled}
    rankings = []
    for ranking in inputs.rankings:
        label = schema.ranking_label(ranking.key)
        given = inputs.framework, ranking.panel, inputs.method
        progress(STEP.format(ranking=label, step=JOINTLY))
        joint = robustness(*given, year=ranking.year, n_draws=n_draws, **how)
        progress(STEP.format(ranking=label, step=BY_SOURCE))
        by_source = sensitivity(*given, year=ranking.year, n=base, **how)
        alone = one_at_a_time(*given, year=ranking.year, n_draws=n_draws, **how)
        progress(STEP.format(ranking=label, step=REMOVED))
        without = _without(inputs, ranking, cancelled)
        units = without_each_unit(*given, year=ranking.year, cancelled=cancelled) if _few(ranking) else ()
        rankings.append(RankingRobustness(ranking, joint, by_source, alone, without, units))
    found = RobustnessOfAll(inputs, uncertainty, tuple(rankings), ())
    missing = written.write(book, (_robustness(found), _sensitivity(found)), _headings(found, n_draws, seed))
    return RobustnessOfAll(inputs, uncertainty, found.rankings, missing)


def _few(ranking: Ranking) -> bool:
    """Whether there are few enough units to remove each in turn: the work grows with their square."""
    return 2 < len(ranking.panel.units) <= MOST_REMOVED


def _without(inputs: Inputs, ranking: Ranking, cancelled: Cancel | None) -> tuple[Without, ...]:
    if len(inputs.framework.indicators) < 2:
        return ()
    try:
        return without_each_indicator(
            inputs.framework, ranking.panel, inputs.method, year=ranking.year, cancelled=cancelled
        )
    except FrameworkError:  # what remains may lack given weights or comparisons; the rest stands
        return ()


SEPARATORS = _ALSO, _AND = Text("；", "; "), Text("、", ", ")  # between what varies, and between alternatives


def varied(uncertainty: Uncertainty, method: Method) -> Text:
    """What varies, in words, exactly: `asked` reads them."""
    parts = []
    if uncertainty.concentration is not None:
        parts.append(phrases.VARIES_DIRICHLET.format(concentration=exactly(uncertainty.concentration)))
    elif uncertainty.spread:
        parts.append(
            phrases.VARIES_WEIGHTS.format(spread=f"{(100 * Decimal(exactly(uncertainty.spread))).normalize():f}%")
        )
    for source, (name, field, _) in DISCRETE.items():
        chosen = getattr(uncertainty, name)
        if chosen not in ((), (getattr(method, field),)):
            named = joined([LABELS[source][one] for one in chosen], zh=_AND.zh, en=_AND.en)
            parts.append(phrases.VARIES_CHOICE.format(what=SOURCES[source], alternatives=named))
    if uncertainty.noise:
        parts.append(phrases.VARIES_NOISE.format(noise=exactly(uncertainty.noise)))
    return joined(parts, zh=_ALSO.zh, en=_ALSO.en) if parts else phrases.VARIES_NOTHING


def notes(uncertainty: Uncertainty, method: Method, *, n_draws: int, runs: int, seed: int) -> dict[str, Text]:
    """The note over each sheet, by table: what the analysis was asked."""
    what = varied(uncertainty, method)
    return {
        schema.ROBUSTNESS.table: schema.ROBUSTNESS.note.format(n=f"{n_draws:,}", seed=seed, what=what),
        schema.SENSITIVITY.table: schema.SENSITIVITY.note.format(n=f"{runs:,}", seed=seed),
    }


def _headings(found: RobustnessOfAll, n_draws: int, seed: int) -> dict[str, str | float]:
    first = found.rankings[0].sensitivity
    runs = first.n * (len(first.sources) + 2)
    told = notes(found.uncertainty, found.inputs.method, n_draws=n_draws, runs=runs, seed=seed)
    return written.headings(
        found.inputs, [(sheet, told[sheet.table]) for sheet in (schema.ROBUSTNESS, schema.SENSITIVITY)]
    )


def _robustness(found: RobustnessOfAll) -> ResultTable:
    """Units in the order of their nominal rank, ranking by ranking."""
    rows: list[dict[str, Any]] = []
    lang = found.inputs.lang
    for one in found.rankings:
        firm, label = one.robustness, schema.ranking_label(one.ranking.key)[lang]
        for u in np.argsort(firm.rank, kind="stable").tolist():
            if firm.rank[u]:
                row: dict[str, Any] = {key: number(getattr(firm, key)[u]) for key in _FIGURES}
                row |= {"ranking": label, "unit": one.ranking.label(u)}
                rows.append(row | {"score": found.inputs.method.scale * float(firm.score[u])})
    return written.table(schema.ROBUSTNESS, rows, found.inputs)


_FIGURES = ("rank", "median", "low", "high", "best", "worst", "mean", "first", "first_ten", "ahead")


def _sensitivity(found: RobustnessOfAll) -> ResultTable:
    """Sources of uncertainty, most important first, then removed indicators by how far they move the ranking."""
    rows: list[dict[str, Any]] = []
    lang = found.inputs.lang
    for one in found.rankings:
        common = {"ranking": schema.ranking_label(one.ranking.key)[lang]}
        names = one.ranking.labels
        rows += [common | row for row in _sources(one, names, lang)]
        titles = {indicator.code: indicator.name for indicator in found.inputs.framework.indicators}
        rows += [common | row for row in _removed(one.without, KIND_REMOVED[lang], titles, names)]
        rows += [common | row for row in _removed(one.without_units, KIND_UNIT[lang], names, names)]
    return written.table(schema.SENSITIVITY, rows, found.inputs)


def _sources(one: RankingRobustness, names: Mapping[str, str], lang: Lang) -> list[dict[str, Any]]:
    shift, alone = one.sensitivity.shift, {each.source: each for each in one.alone}
    rows: list[dict[str, Any]] = []
    for k, source in enumerate(one.sensitivity.sources):
        row: dict[str, Any] = {"kind": KIND_SOURCE[lang], "what": SOURCES[source][lang]}
        for name, value, ends in (("first", shift.first, shift.first_ends), ("total", shift.total, shift.total_ends)):
            row |= {name: number(value[k]), f"{name}_low": number(ends[0, k]), f"{name}_high": number(ends[1, k])}
        if source in alone:
            each = alone[source]
            row |= {"mean_shift": each.mean_shift, "largest": each.widest, "unit": names.get(each.unit, each.unit)}
        rows.append(row)
    return sorted(rows, key=lambda row: -(row["total"] or 0.0))


def _removed(
    without: tuple[Without, ...], kind: str, titles: Mapping[str, str], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "kind": kind,
            "what": titles.get(each.removed, each.removed),
            "mean_shift": number(each.mean_shift),
            "largest": each.largest,
            "unit": names.get(each.unit, each.unit),
        }
        for each in without
    ]
    return sorted(rows, key=lambda row: -(row["mean_shift"] or 0.0))


def label_of(source: Source) -> Text:
    """A source of uncertainty for readers."""
    return SOURCES.get(source, same(source))


def done(found: RobustnessOfAll, book: Book) -> Text:
    """What was done, in a sentence or two."""
    return written.done(book, (schema.ROBUSTNESS, schema.SENSITIVITY), found.missing)
