"""Whether a workbook's index is soundly built: its sheets Audit, Statistics and Correlations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..analysis.audit import audit_of
from ..analysis.audited import FIGURES, Audit, Flag, Rule
from ..analysis.correlated import Correlations, correlated
from ..engine.compute import compute
from ..language import Lang, Progress, Text, same
from ..sheets import layout, schema
from ..sheets.book import Book, ResultTable
from ..sheets.inputs import Inputs, Ranking
from ..sheets.layout import Spec
from ..sheets.read import read_inputs
from . import written
from .written import number

RULES = {
    Rule.AVAILABILITY: Text("缺失过多：可得比例偏低", "too many gaps"),
    Rule.ZEROS: Text("零值过多", "too many zeros"),
    Rule.UNIQUE: Text("不同的值太少，难以区分地区", "too few different values to tell units apart"),
    Rule.OUTLIERS: Text(
        "偏度和峰度均超限，可能有异常值（见设置“异常值处理”）",
        "skewness and kurtosis beyond their limits: outliers are likely",
    ),
    Rule.COLLINEAR: Text("与“{other}”高度相关，几乎重复计算", "says almost the same as “{other}”"),
    Rule.NEGATIVE: Text(
        "与“{other}”负相关，相互抵消（方向是否有误？）", "works against “{other}” (is a direction wrong?)"
    ),
    Rule.WEAK: Text("与上级几乎不相关，对得分影响很小", "hardly correlates with its parent's score"),
    Rule.ELSEWHERE: Text(
        "与“{other}”的相关高于与自身上级的相关，归类是否合适？",
        "correlates more with “{other}” than with its own parent: does it belong there?",
    ),
    Rule.ALPHA: Text(
        "下级内部一致性偏低（克朗巴赫 α）", "sub-indicators that do not measure one thing (Cronbach's alpha)"
    ),
    Rule.DIMENSIONS: Text(
        "下级不止一个主成分（特征值大于 1 的个数）", "more than one principal component (eigenvalues above 1)"
    ),
    Rule.IMPORTANCE: Text("实际重要性与名义权重相差悬殊", "effective importance far from the nominal weight"),
    Rule.UNIT: Text("该地区的可得指标偏少", "a unit with too few indicators"),
}
_COINR = same("COINr, get_stats; doi:10.21105/joss.04567")
_COINR_PLOT = same("COINr, plot_corr; doi:10.21105/joss.04567")
SOURCES = {
    Rule.AVAILABILITY: _COINR,
    Rule.ZEROS: _COINR,
    Rule.UNIQUE: _COINR,
    Rule.OUTLIERS: _COINR,
    Rule.COLLINEAR: _COINR_PLOT,
    Rule.NEGATIVE: _COINR_PLOT,
    Rule.WEAK: _COINR_PLOT,
    Rule.ELSEWHERE: same("OECD/JRC Handbook 2008, 4; doi:10.1787/9789264043466-en"),
    Rule.ALPHA: same("Nunnally 1978"),
    Rule.DIMENSIONS: same("Kaiser 1960, doi:10.1177/001316446002000116"),
    Rule.IMPORTANCE: Text(
        "Paruolo 等 2013, doi:10.1111/j.1467-985X.2012.01059.x；倍数由本工具设定",
        "Paruolo et al. 2013, doi:10.1111/j.1467-985X.2012.01059.x; the factor is ours",
    ),
    Rule.UNIT: _COINR,
}
MEASURES = {
    "pearson": Text("皮尔逊 r", "Pearson r"),
    "pearson_p": Text("皮尔逊 p", "Pearson p"),
    "spearman": Text("斯皮尔曼 ρ", "Spearman ρ"),
    "spearman_p": Text("斯皮尔曼 p", "Spearman p"),
}
_INDICATOR, _AGGREGATE, _UNIT = Text("指标", "indicator"), Text("上级指标", "aggregate"), Text("地区", "unit")


@dataclass(frozen=True, eq=False)
class Audits:
    """The audit of each ranking, and tables that the workbook lacks."""

    inputs: Inputs
    audits: tuple[tuple[Ranking, Audit], ...]
    missing: tuple[str, ...]


def audit_workbook(book: Book, *, progress: Progress = lambda _: None) -> Audits:
    """Audit every ranking of a workbook, and write the sheets.

    Raises SheetErrors where its input is at fault.
    """
    inputs = read_inputs(book)
    found, matrices = [], []
    for ranking in inputs.rankings:
        progress(schema.ranking_label(ranking.key))
        result = compute(inputs.framework, ranking.panel, inputs.method)
        found.append((ranking, audit_of(result, ranking.panel)))
        matrices.append((ranking, correlated(result, ranking.shown)))
    lang = inputs.lang
    flags = [row for ranking, one in found for row in _flags(ranking, one, lang)]
    statistics = [row for ranking, one in found for row in _statistics(ranking, one, lang)]
    tables = (
        written.table(schema.AUDIT, flags, inputs),
        written.table(schema.STATISTICS, statistics, inputs),
        _correlations(inputs, matrices),
    )
    notes = (
        (schema.AUDIT, schema.AUDIT.note.format(n=f"{len(flags):,}")),
        (schema.STATISTICS, schema.STATISTICS.note),
        (schema.CORRELATIONS, schema.CORRELATIONS.note),
    )
    missing = written.write(book, tables, written.headings(inputs, notes))
    return Audits(inputs, tuple(found), tuple(name for name in missing if name != schema.CORRELATIONS.table))


def said(flag: Flag, names: dict[str, str]) -> Text:
    """What a flag is about, in words."""
    return RULES[flag.rule].format(other=same(names.get(flag.other, flag.other)))


def names_of(ranking: Ranking, one: Audit) -> dict[str, str]:
    """Names by code: of units, and of the framework's nodes, which come first."""
    return {**ranking.labels} | {node.code: node.name for node in one.framework.nodes}


def _flags(ranking: Ranking, one: Audit, lang: Lang) -> list[dict[str, Any]]:
    """Flags, the latest year first; rules in their order."""
    names, units = names_of(ranking, one), dict(zip(ranking.panel.units, ranking.names, strict=True))
    label = schema.ranking_label(ranking.key)[lang]
    return [
        {
            "ranking": label,
            "year": flag.year,
            "code": flag.code,
            "name": (units if flag.rule is Rule.UNIT else names)[flag.code],
            "rule": said(flag, names)[lang],
            "value": flag.value,
            "limit": flag.limit,
            "source": SOURCES[flag.rule][lang],
        }
        for flag in sorted(one.flags, key=lambda flag: -flag.year)
    ]


def _statistics(ranking: Ranking, one: Audit, lang: Lang) -> list[dict[str, Any]]:
    """Indicators, aggregates and, in the year shown, units; the latest year first."""
    label, framework = schema.ranking_label(ranking.key)[lang], one.framework
    indicator_at = {indicator.code: k for k, indicator in enumerate(framework.indicators)}
    aggregate_at = {aggregate.code: k for k, aggregate in enumerate(framework.aggregates)}
    rows: list[dict[str, Any]] = []
    for y in reversed(range(len(one.years))):
        for k, node in enumerate(framework.nodes):
            row: dict[str, Any] = {"ranking": label, "year": one.years[y], "code": node.code, "name": node.name}
            row |= {key: number(getattr(one, key)[y, k]) for key in ("correlation", "weight", "importance")}
            if node.code in indicator_at:
                at = indicator_at[node.code]
                row |= {"kind": _INDICATOR[lang]} | {key: number(getattr(one, key)[y, at]) for key in FIGURES}
            else:
                at = aggregate_at[node.code]
                row |= {"kind": _AGGREGATE[lang], "components": int(one.components[y, at]) or None}
                row |= {key: number(getattr(one, key)[y, at]) for key in ("alpha", "raw_alpha", "explained")}
            rows.append(row)
    shares = one.unit_availability[ranking.shown]
    return rows + [
        {
            "ranking": label,
            "year": ranking.year,
            "kind": _UNIT[lang],
            "code": one.units[u],
            "name": ranking.names[u],
            "n": round(float(shares[u]) * len(framework.indicators)),
            "availability": float(shares[u]),
        }
        for u in np.argsort(shares, kind="stable").tolist()
    ]


def _correlations(inputs: Inputs, matrices: Sequence[tuple[Ranking, Correlations]]) -> ResultTable:
    """A matrix of each measure, ranking by ranking: a row a node, a column an indicator."""
    framework, lang, mark = inputs.framework, inputs.lang, written.fingerprint(inputs)
    place = {code: k for k, code in enumerate(framework.codes)}
    texts: dict[str, list[Any]] = {key: [] for key in ("ranking", "measure", "code", "name", "inputs")}
    for ranking, _ in matrices:
        n = len(MEASURES) * len(framework.nodes)
        texts["ranking"] += [schema.ranking_label(ranking.key)[lang]] * n
        texts["measure"] += [text[lang] for text in MEASURES.values() for _ in framework.nodes]
        texts["code"] += framework.codes * len(MEASURES)
        texts["name"] += [node.name for node in framework.nodes] * len(MEASURES)
        texts["inputs"] += [mark, *[None] * (n - 1)]

    def column(spec: Spec) -> list[Any]:
        if spec.node is None:
            return texts[spec.key]
        rows = [getattr(one, key)[:, place[spec.node]] for _, one in matrices for key in MEASURES]
        return [number(value) for row in rows for value in row]

    return layout.from_columns(schema.CORRELATIONS, framework, lang, column)


def done(found: Audits, book: Book) -> Text:
    """What was done, in a sentence or two."""
    return written.done(book, (schema.AUDIT, schema.STATISTICS, schema.CORRELATIONS), found.missing)
