"""Ranks from one year to the next, and over years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...core import rank
from ...core.arrays import Index
from ...language import Text
from ...model.figure import Figure
from ...model.framework import Node
from .. import facts
from ..content import Content, FigureColumn, RanksForm
from ..source import FigureSource, RankingView
from ..titles import titled
from ..wording import among, enumerated, marked
from .ranked import FIRST

_NAMED = 3  # units of which a sentence says how they moved
_STEADY = 5  # first places of which a sentence says whether they stayed


def change(source: FigureSource, figure: Figure) -> Content:
    """Ranks of the year before and of the year shown, of the first units."""
    view = source.view(figure)
    view.before()
    node, units = _chosen(source, figure, view)
    told = [*facts.moves(view, node, units), *(facts.arrivals(view, node, len(units)) if _whole(figure) else ())]
    columns, form = ranks_columns(view, node, units, (view.shown - 1, view.shown))
    return Content(figure, titled(figure, view, len(units)), columns, form, tuple(told))


def ranks_over_years(source: FigureSource, figure: Figure) -> Content:
    """Ranks over the years of the first units."""
    view = source.view(figure)
    span = view.span(figure.years)
    node, units = _chosen(source, figure, view)
    told = [*_movers(view, node, units, span)]
    if _whole(figure):
        told = [*facts.stayed(view, node, min(_STEADY, len(units)), span), *told]
        told += facts.arrivals(view, node, len(units))
    else:
        told = [*facts.listed_ranks(view, node, units[:_NAMED]), *told]
    columns, form = ranks_columns(view, node, units, span)
    return Content(figure, titled(figure, view, len(units)), columns, form, tuple(told))


def _whole(figure: Figure) -> bool:
    return not figure.grouping and not figure.group


def _chosen(source: FigureSource, figure: Figure, view: RankingView) -> tuple[Node, Index]:
    node = source.node(figure.nodes[0]) if figure.nodes else source.root
    top = figure.top or (FIRST if _whole(figure) else None)
    return node, view.first(node, top, view.members(figure.grouping, figure.group))


def ranks_columns(
    view: RankingView, node: Node, units: Index, span: Sequence[int]
) -> tuple[tuple[FigureColumn, ...], RanksForm]:
    """Unit, rank in each year, and the texts at both ends of its line."""
    lang, names = view.source.lang, view.named(units)
    ranks = view.ranks(node)[np.ix_(np.array(span), units)]
    years = [
        FigureColumn(str(view.years[y]), "rank", [one or None for one in ranks[k].tolist()]) for k, y in enumerate(span)
    ]
    first = [f"{name} {r}" if r else "" for name, r in zip(names, ranks[0].tolist(), strict=True)]
    last = [f"{r} {name}" if r else "" for name, r in zip(names, ranks[-1].tolist(), strict=True)]
    columns = (
        FigureColumn(_UNIT[lang], "name", names),
        *years,
        FigureColumn(_FIRST[lang], "name", first),
        FigureColumn(_LAST[lang], "name", last),
    )
    n = len(span)
    return columns, RanksForm(0, tuple(range(1, n + 1)), (n + 1, n + 2))


def _movers(view: RankingView, node: Node, units: Index, span: Sequence[int]) -> list[Text]:
    """Who gained and lost most between the first and the last of the years, and who every year."""
    ranks = view.ranks(node)[np.ix_(np.array(span), units)]
    names = view.named(units)
    both = (ranks[0] > 0) & (ranks[-1] > 0)
    gained = np.where(both, ranks[0] - ranks[-1], 0)
    parts = {"first": view.years[span[0]], "last": view.years[span[-1]], "name": node.name}
    if len(units) == 1:
        before, now = ranks[0, 0], ranks[-1, 0]
        return [_WENT.format(**parts, unit=names[0], before=before, now=now)] if gained[0] else []
    parts["among"] = among(view, node, units)
    said = [marked(name, f"{a} → {b}") for name, a, b in zip(names, ranks[0].tolist(), ranks[-1].tolist(), strict=True)]
    found = []
    for template, sign in ((_ROSE, 1), (_FELL, -1)):
        at = np.flatnonzero(sign * gained > 0)
        at = _most(at[np.argsort(-sign * gained[at], kind="stable")], gained)
        if at.size:
            found.append(template.format(**parts, names=enumerated(said[k] for k in at)))
    steps = np.diff(ranks, axis=0)
    if len(span) > 2 and (steady := np.flatnonzero((ranks > 0).all(axis=0) & (steps < 0).all(axis=0))).size:
        found.append(_EVERY_YEAR.format(**parts, names=enumerated(said[k] for k in steady)))
    return found


def _most(at: Index, gained: rank.Ranks) -> Index:
    """The first three of these, and who moved as far as the third; without those where they are many."""
    if at.size <= _NAMED:
        return at
    least = abs(gained[at[_NAMED - 1]])
    with_ties = at[np.abs(gained[at]) >= least]
    further = at[np.abs(gained[at]) > least]
    chosen: Index = with_ties if with_ties.size <= 2 * _NAMED or not further.size else further
    return chosen


_UNIT, _FIRST, _LAST = Text("地区", "Unit"), Text("起点", "First"), Text("终点", "Last")
_WENT = Text(
    "{first}–{last} 年，{unit} 的{name}名次由第 {before} 变为第 {now}。",
    "From {first} to {last} {unit} went from {before} to {now} in {name}.",
)
_ROSE = Text(
    "{first}–{last} 年{among}{name}名次上升最多的是{names}。",
    "Up most in {name} from {first} to {last}{among}: {names}.",
)
_FELL = Text(
    "{first}–{last} 年{among}{name}名次下降最多的是{names}。",
    "Down most in {name} from {first} to {last}{among}: {names}.",
)
_EVERY_YEAR = Text(
    "{first}–{last} 年{among}{name}名次逐年上升的有{names}。",
    "Up every year in {name} from {first} to {last}{among}: {names}.",
)
