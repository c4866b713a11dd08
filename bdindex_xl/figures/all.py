"""What makes each kind of figure; and the figures of a workbook, made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ..language import Text
from ..model.figure import Figure, FigureKind
from .content import Content, LeftOut
from .kinds import movement, parts, places, radar, ranked, scatter, spread, words
from .source import FigureSource, Lacking
from .titles import titled

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
    FigureKind.WORD_CLOUD: words.words,
    FigureKind.WORD_TREND: words.words,
    FigureKind.DISTRIBUTION: spread.distribution,
    FigureKind.FRAMEWORK: spread.framework,
}


def contents(source: FigureSource, figures: Iterable[Figure]) -> tuple[Content | LeftOut, ...]:
    """Each figure's content; or, where something that it needs is not there, what."""
    return tuple(_content(source, figure) for figure in figures)


def _content(source: FigureSource, figure: Figure) -> Content | LeftOut:
    try:
        return MAKERS[figure.kind](source, figure)
    except Lacking as lacking:
        title = figure.title
        if figure.ranking in source.results or not figure.ranking:
            title = titled(figure, source.view(figure))
        return LeftOut(figure, title, _LEFT_OUT.format(what=lacking.what))


_LEFT_OUT = Text("未作此图：缺少 {what}。", "Left out, for want of {what}.")
