"""A set of figures for any framework: what a report shows where nobody has listed any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..language import Text
from ..model.figure import Figure, FigureKind
from ..model.framework import Node
from ..sheets.schema import ranking_label
from .outline import Outline, RankingOutline

_TOP = 15
_MANY = 30  # units from which a scatter shows more than a table
_RADAR = 3  # dimensions from which a radar shows anything


def figures(outline: Outline) -> tuple[Figure, ...]:
    """Figures of the framework, of every ranking and of every dimension, numbered by chapter."""
    dimensions = outline.framework.children(outline.framework.root.code)
    chapters = [list(_framework(outline)), *(list(_overview(outline, ranking)) for ranking in outline.rankings)]
    chapters += [list(_dimension(outline, node)) for node in dimensions]
    return tuple(
        replace(figure, number=f"{c}-{n}")
        for c, chapter in enumerate(filter(None, chapters), 1)
        for n, figure in enumerate(chapter, 1)
    )


def _framework(outline: Outline) -> Iterator[Figure]:
    title, lang = _FRAMEWORK[outline.lang], outline.lang
    yield Figure("", title, FigureKind.FRAMEWORK, title)
    yield Figure("", _DISTRIBUTION[lang], FigureKind.DISTRIBUTION, title)


def _overview(outline: Outline, ranking: RankingOutline) -> Iterator[Figure]:
    """A ranking as a whole: where its units stand, how they moved, how its groups compare."""
    label = ranking_label(ranking.key)

    def figure(title: Text, kind: FigureKind, *, grouping: str = "", group: str = "", top: int | None = None) -> Figure:
        text = title.format(index=outline.title, ranking=label, grouping=grouping)[outline.lang]
        return Figure("", text, kind, label[outline.lang], ranking.key, grouping=grouping, group=group, top=top)

    yield figure(_TABLE, FigureKind.RANK_TABLE, top=_TOP)
    yield figure(_BARS, FigureKind.RANKED_BARS, top=_TOP)
    if ranking.has_tiles:
        yield figure(_TILES, FigureKind.TILE_MAP)
    if len(ranking.units) >= _MANY:
        yield figure(_SCATTER, FigureKind.SCORES_BY_RANK)
    if len(outline.framework.children(outline.framework.root.code)) >= _RADAR:
        yield figure(_TIER, FigureKind.RADAR, group="1")
    yield figure(_PARTS, FigureKind.CONTRIBUTIONS, top=_TOP)
    if ranking.n_years > 1:
        yield figure(_YEARS, FigureKind.RANKS_OVER_YEARS, top=_TOP)
    for name, groups in ranking.groupings.items():
        if 1 < len(set(groups) - {""}) <= len(ranking.units) / 2:
            yield figure(_GROUPS, FigureKind.RANK_TABLE, grouping=name)
            yield figure(_HEAT, FigureKind.HEAT, grouping=name)


def _dimension(outline: Outline, node: Node) -> Iterator[Figure]:
    """A dimension in every ranking: its first units, and how they moved."""
    for ranking in outline.rankings:
        parts = {"name": node.name, "ranking": ranking_label(ranking.key)}
        made = Figure("", "", FigureKind.RANKED_BARS, node.name, ranking.key, (node.code,), top=_TOP)
        yield replace(made, title=_OF_DIMENSION.format(**parts)[outline.lang])
        if ranking.n_years > 1:
            yield replace(made, title=_MOVES.format(**parts)[outline.lang], kind=FigureKind.CHANGE)


_FRAMEWORK = Text("指标体系", "Framework")
_DISTRIBUTION = Text("各维度得分的分布", "How the scores in each dimension are spread")
_TABLE = Text(
    "{ranking} {index}及各维度排名（前 {{top}} 名）", "{ranking}: ranks in {index} and its dimensions, first {{top}}"
)
_BARS = Text("{ranking} {index}及排名变动（前 {{top}} 名）", "{ranking}: {index} and changes of rank, first {{top}}")
_TILES = Text("{ranking} {index}方格图", "{ranking}: {index} by place")
_SCATTER = Text("{ranking} {index}得分分布", "{ranking}: scores in {index} by rank")
_TIER = Text("{ranking} 第一梯队各维度得分", "{ranking}: scores of the first tier in each dimension")
_PARTS = Text("{ranking} {index}得分构成（前 {{top}} 名）", "{ranking}: parts of scores in {index}, first {{top}}")
_YEARS = Text("{ranking} {index}历年排名（前 {{top}} 名）", "{ranking}: ranks in {index} over the years, first {{top}}")
_GROUPS = Text("{ranking} 按 {grouping} 的排名", "{ranking}: ranks by {grouping}")
_HEAT = Text("{ranking} 按 {grouping} 的 {index}", "{ranking}: {index} by {grouping}")
_OF_DIMENSION = Text(
    "{ranking} {name}排名及变动（前 {{top}} 名）", "{ranking}: {name} and changes of rank, first {{top}}"
)
_MOVES = Text(
    "{ranking} {name}{{previous}}–{{year}} 年排名变动", "{ranking}: ranks in {name}, {{previous}} and {{year}}"
)
