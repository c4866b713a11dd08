"""What makes each kind of figure; and the figures of a workbook, made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ..language import Text
from ..model.figure import Figure, FigureKind
from ..model.framework import Indicator
from .content import Content, LeftOut
from .kinds import movement, parts, places, radar, ranked, scatter, spread, words
from .source import FigureSource, Lacking
from .titles import titled
from .wording import enumerated, has_least, is_two_sided

MAKERS: Mapping[FigureKind, Callable[[FigureSource, Figure], Content]] = {
    FigureKind.RANK_TABLE: ranked.rank_table,
    FigureKind.RANKED_BARS: ranked.ranked_bars,
    FigureKind.CHANGE: movement.change,
    FigureKind.RANKS_OVER_YEARS: movement.ranks_over_years,
    FigureKind.SCORES_BY_RANK: scatter.scores_by_rank,
    FigureKind.TWO_INDICATORS: scatter.two_indicators,
    FigureKind.RADAR: radar.radar,
    FigureKind.STACKED_BARS: parts.stacked_bars,
    FigureKind.CONTRIBUTIONS: parts.contributions,
    FigureKind.COLUMNS_AND_LINE: parts.columns_and_line,
    FigureKind.SHARES: parts.shares,
    FigureKind.TILE_MAP: places.tile_map,
    FigureKind.HEAT: places.heat,
    FigureKind.BY_GROUP: places.by_group,
    FigureKind.WORD_CLOUD: words.cloud,
    FigureKind.WORD_TREND: words.trend,
    FigureKind.DISTRIBUTION: spread.distribution,
    FigureKind.FRAMEWORK: spread.framework,
}


def contents(source: FigureSource, figures: Iterable[Figure]) -> tuple[Content | LeftOut, ...]:
    """Each figure's content; or, where something that it needs is not there, what."""
    return tuple(_content(source, figure) for figure in figures)


def _content(source: FigureSource, figure: Figure) -> Content | LeftOut:
    try:
        if figure.grouping:
            source.grouping(figure.grouping)
        made = MAKERS[figure.kind](source, figure)
        return replace(made, notes=(*made.notes, *_of_values(source, figure)))
    except Lacking as lacking:
        known = figure if figure.ranking in source.results else replace(figure, ranking="")
        why = _NO_TABLE if figure.kind is FigureKind.RANK_TABLE else _NO_FIGURE
        return LeftOut(figure, titled(figure, source.view(known)), why.format(what=lacking.what))


def _of_values(source: FigureSource, figure: Figure) -> Iterator[Text]:
    """What a reader must know of the values of indicators that a figure shows."""
    codes = dict.fromkeys((*figure.nodes, *filter(None, (figure.order,))))
    shown = [node for code in codes if isinstance(node := source.node(code), Indicator)]
    view = source.view(figure)
    if figure.order and figure.order not in figure.nodes and figure.kind in _ORDERED_KINDS:
        yield _ORDERED.format(name=source.node(figure.order).name)
    if less := [node.name for node in shown if has_least(view, node)]:
        yield _LESS.format(names=enumerated(less))
    if between := [node.name for node in shown if is_two_sided(node)]:
        yield _BETWEEN.format(names=enumerated(between))
    for node in shown:
        if node.denominator:
            name = next((one.name for one in source.inputs.framework.nodes if one.code == node.denominator), "")
            yield _DIVIDED.format(name=node.name, denominator=name or node.denominator)


_ORDERED_KINDS = (FigureKind.STACKED_BARS, FigureKind.COLUMNS_AND_LINE)
_ORDERED = Text("各地区按{name}的名次排列。", "Units are in order of their rank in {name}.")
_LESS = Text("{names}以低为优，数值越低名次越靠前。", "In {names} less is better: the lowest value ranks first.")
_BETWEEN = Text(
    "{names}为适度指标，数值离最优值（或最优区间）越近，名次越靠前。",
    "In {names} the best is in between: what is nearest to it ranks first.",
)
_DIVIDED = Text("{name}的数值已除以{denominator}。", "Values of {name} are divided by {denominator}.")
_NO_FIGURE = Text("未作此图：缺少 {what}。", "Left out, for want of {what}.")
_NO_TABLE = Text("未列此表：缺少 {what}。", "Left out, for want of {what}.")
