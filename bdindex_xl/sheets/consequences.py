"""What the raw data lead to and a reader must know: denominators that divide nothing, indicators and units left out.

Each is named with the cell that it comes from. Nothing is read or computed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..core.arrays import Array, Flags
from ..engine.compute import Result
from ..engine.prepare import left_out, normalisation_of, with_denominators
from ..engine.rules import least_of
from ..engine.seen import taken
from ..language import Text, joined, same
from ..model.framework import Aggregate, Indicator
from ..model.method import Normalisation
from ..model.value_checks import TAKES
from .faults import Report
from .finding_kind import NOTHING
from .inputs import Inputs, Ranking
from .read_data import PlacedData

_NAMED = 5  # names listed of many


def of_denominators(source: PlacedData, indicators: Sequence[Indicator], report: Report) -> None:
    """Denominators that are blank, zero or negative where something stands to be divided by them."""
    values, at = source.panel.values, {name: k for k, name in enumerate(source.panel.indicators)}
    for name in dict.fromkeys(indicator.denominator for indicator in indicators if indicator.denominator in at):
        own = [indicator for indicator in indicators if indicator.denominator == name and indicator.code in at]
        divided = ~np.isnan(values[:, :, [at[indicator.code] for indicator in own]])
        below = values[:, :, at[name]]
        header = next((indicator.name for indicator in indicators if indicator.code == name), name)
        for y, u in np.argwhere(divided.any(axis=2) & ~(below > 0)).tolist():
            lost = [same(indicator.name) for indicator, there in zip(own, divided[y, u], strict=True) if there]
            parts = {
                "header": header,
                "unit": source.names[u],
                "year": source.panel.years[y],
                "indicators": named(lost),
                "found": f"{below[y, u]:.15g}",
            }
            kind = "denominator blank" if np.isnan(below[y, u]) else "denominator not positive"
            report.add(kind, source.sheet, source.cell(y, u, name), **parts)


def of_factors(source: PlacedData, nodes: Sequence[Aggregate], report: Report) -> None:
    """Factors that are blank or negative where the unit has data."""
    values, at = source.panel.values, {name: k for k, name in enumerate(source.panel.indicators)}
    for node in nodes:
        if node.factor not in at:
            continue
        factor = values[:, :, at[node.factor]]
        some = ~np.isnan(np.delete(values, at[node.factor], axis=2)).all(axis=2)
        for y, u in np.argwhere(some & ~(factor >= 0)).tolist():
            found = NOTHING if np.isnan(factor[y, u]) else same(f"{factor[y, u]:.15g}")
            parts = {"unit": source.names[u], "year": source.panel.years[y], "found": found}
            cell = source.cell(y, u, node.factor)
            report.add("factor not usable", source.sheet, cell, header=node.factor, node=node.name, **parts)


def of_transformations(source: PlacedData, indicators: Sequence[Indicator], report: Report) -> None:
    """Values that the transformation of their indicator cannot take."""
    at = {name: k for k, name in enumerate(source.panel.indicators)}
    for indicator in indicators:
        kind = indicator.transformation
        if kind is None or indicator.code not in at:
            continue
        values = source.panel.values[:, :, at[indicator.code]]
        for y, u in np.argwhere(~taken(kind, values) & ~np.isnan(values)).tolist():
            parts = {"takes": TAKES[kind.record.takes], "by": kind.record.label, "found": f"{values[y, u]:.15g}"}
            report.add("value not transformed", source.sheet, source.cell(y, u, indicator.code), **parts)


def named(names: list[Text]) -> Text:
    """The first few of some names, and how many more there are."""
    if len(names) <= _NAMED:
        return joined(names)
    more = Text("{names} 等 {n} 项", "{names} and {more} more")
    return more.format(names=joined(names[:_NAMED]), n=len(names), more=len(names) - _NAMED)


def of_results(inputs: Inputs, results: Mapping[str, Result], report: Report) -> None:
    """Indicators without scores, and units without a rank."""
    for ranking in inputs.rankings:
        result = results[ranking.key]
        if ranking.source is not None:
            _without_scores(inputs, ranking, ranking.source, result, report)
        _without_rank(inputs, ranking, result, report)


def _without_scores(inputs: Inputs, ranking: Ranking, source: PlacedData, result: Result, report: Report) -> None:
    """Indicators that have no score for anyone in a year: nothing there, or nothing that tells units apart."""
    raw = with_denominators(inputs.framework, ranking.panel)
    there = ~np.isnan(raw).all(axis=2)
    silent = np.isnan(result.normalised_array).all(axis=1) & (there.sum(axis=1) > 1)[:, None]
    for y, k in np.argwhere(silent).tolist():
        indicator, values = inputs.framework.indicators[k], raw[y, :, k]
        n = int((~np.isnan(values)).sum())
        least, most = (float(end.reduce(values, initial=np.nan)) for end in (np.fmin, np.fmax))
        kind = "indicator constant" if least == most else "indicator without scores" if n else "indicator empty"
        if n and normalisation_of(indicator, inputs.method) is Normalisation.BASE_YEAR:
            kind = "indicator without base"
        if not n and not np.isnan(_own(ranking, indicator)[y]).all():
            kind = "indicator undivided"
        years = ranking.panel.years
        parts = {"indicator": indicator.name, "year": years[y], "first": years[0], "found": f"{least:.15g}"}
        report.add(kind, source.sheet, source.header(indicator.code), **parts, denominator=indicator.denominator)


def _own(ranking: Ranking, indicator: Indicator) -> Array:
    """An indicator's raw values before division."""
    own: Array = ranking.panel.values[:, :, ranking.panel.indicators.index(indicator.code)]
    return own


def _left_out(inputs: Inputs, ranking: Ranking, some: Flags, report: Report) -> Flags:
    """Units that are left out of the year shown, shape (n_units,); those that have data are told."""
    raw = with_denominators(inputs.framework, ranking.panel)
    out = left_out(raw, ranking.panel, inputs.method)
    if out is None:
        return np.zeros(some.shape, dtype=np.bool_)
    for k in np.flatnonzero(out[ranking.shown] & some).tolist():
        there = f"{100 * float((~np.isnan(raw[ranking.shown, k])).mean()):.3g}%"
        share = f"{100 * inputs.method.unit_available:g}%"
        parts: dict[str, Any] = {"unit": ranking.label(k), "year": ranking.year, "share": share, "found": there}
        named = bool(ranking.panel.screening) and ranking.panel.screening[k] == "out"
        report.add("unit screened out" if named else "unit left out", *ranking.row(ranking.shown, k), **parts)
    return np.asarray(out[ranking.shown])


def _without_rank(inputs: Inputs, ranking: Ranking, result: Result, report: Report) -> None:
    """Units that have data in the year shown and still no rank in the index."""
    framework, y = inputs.framework, ranking.shown
    aggregates = {node.code: k for k, node in enumerate(framework.aggregates)}
    indicators = {node.code: k for k, node in enumerate(framework.indicators)}
    root = framework.root
    some = ~np.isnan(ranking.panel.values[y]).all(axis=1)
    some &= ~_left_out(inputs, ranking, some, report)
    for k in np.flatnonzero(some & (result.rank_array[y, aggregates[root.code]] == 0)).tolist():
        children = framework.children(root.code)
        lacking = [
            same(child.name)
            for child in children
            if np.isnan(
                result.node_array[y, aggregates[child.code], k]
                if child.code in aggregates
                else result.normalised_array[y, k, indicators[child.code]]
            )
        ]
        n, share = len(children), least_of(framework, root, inputs.method)
        parts = {"unit": ranking.label(k), "year": ranking.year, "share": share, "parent": root.name}
        figures = {"n": n, "there": n - len(lacking), "found": 1 - len(lacking) / n, "lacking": named(lacking)}
        sheet, cell = ranking.row(y, k)
        report.add("unit without score", sheet, cell, **parts, **figures)
