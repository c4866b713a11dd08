"""A set of figures for any framework: what a report shows where nobody has listed any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..language import Text
from ..model.figure import Figure, FigureKind
from ..sheets.schema import ranking_label
from .source import FigureSource, RankingView
from .tiles import is_china

_TOP = 15
_MANY = 30  # units from which a scatter shows more than a table
_RADAR = 3  # dimensions from which a radar shows anything


def figures(source: FigureSource) -> tuple[Figure, ...]:
    """Figures of the framework, of every ranking and of every dimension, numbered by chapter."""
    views = [source.of(ranking) for ranking in source.inputs.rankings]
    chapters = [list(_framework(source)), *(list(_overview(source, view)) for view in views)]
    chapters += [list(_dimension(source, views, code)) for code in (node.code for node in source.dimensions)]
    return tuple(
        replace(figure, number=f"{c}-{n}")
        for c, chapter in enumerate(filter(None, chapters), 1)
        for n, figure in enumerate(chapter, 1)
    )


def _framework(source: FigureSource) -> Iterator[Figure]:
    title, lang = _FRAMEWORK[source.lang], source.lang
    yield Figure("", title, FigureKind.FRAMEWORK, title)
    yield Figure("", _DISTRIBUTION[lang], FigureKind.DISTRIBUTION, title)


def _overview(source: FigureSource, view: RankingView) -> Iterator[Figure]:
    """A ranking as a whole: where its units stand, how they moved, how its groups compare."""
    lang, ranking, index = source.lang, view.ranking.key, source.inputs.title
    chapter = ranking_label(ranking)[lang]

    def figure(title: Text, kind: FigureKind, *, grouping: str = "", group: str = "", top: int | None = None) -> Figure:
        text = title.format(index=index, ranking=ranking_label(ranking), grouping=grouping)[lang]
        return Figure("", text, kind, chapter, ranking, grouping=grouping, group=group, top=top)

    yield figure(_TABLE, FigureKind.RANK_TABLE, top=_TOP)
    yield figure(_BARS, FigureKind.RANKED_BARS, top=_TOP)
    if is_china(view.ranking.panel.units):
        yield figure(_TILES, FigureKind.TILE_MAP)
    if len(view.labels) >= _MANY:
        yield figure(_SCATTER, FigureKind.SCORES_BY_RANK)
    if len(source.dimensions) >= _RADAR:
        yield figure(_TIER, FigureKind.RADAR, group="1")
    yield figure(_PARTS, FigureKind.CONTRIBUTIONS, top=_TOP)
    if view.shown:
        yield figure(_YEARS, FigureKind.RANKS_OVER_YEARS, top=_TOP)
    for grouping in source.inputs.groupings:
        groups = set(grouping.groups[ranking]) - {""}
        if 1 < len(groups) <= len(view.labels) / 2:
            yield figure(_GROUPS, FigureKind.RANK_TABLE, grouping=grouping.name)
            yield figure(_HEAT, FigureKind.HEAT, grouping=grouping.name)


def _dimension(source: FigureSource, views: list[RankingView], code: str) -> Iterator[Figure]:
    """A dimension in every ranking: its first units, and how they moved."""
    lang, name = source.lang, source.node(code).name
    for view in views:
        parts = {"name": name, "ranking": ranking_label(view.ranking.key)}
        made = Figure("", "", FigureKind.RANKED_BARS, name, view.ranking.key, (code,), top=_TOP)
        yield replace(made, title=_OF_DIMENSION.format(**parts)[lang])
        if view.shown:
            yield replace(made, title=_MOVES.format(**parts)[lang], kind=FigureKind.CHANGE)


_FRAMEWORK = Text("指标体系", "Framework")
_DISTRIBUTION = Text("各维度得分的分布", "How the scores in each dimension are spread")
_TABLE = Text(
    "{ranking}{index}及各维度排名（前 {{top}} 名）", "{ranking}: ranks in {index} and its dimensions, first {{top}}"
)
_BARS = Text("{ranking}{index}及排名变动（前 {{top}} 名）", "{ranking}: {index} and changes of rank, first {{top}}")
_TILES = Text("{ranking}{index}方格图", "{ranking}: {index} by place")
_SCATTER = Text("{ranking}{index}得分分布", "{ranking}: scores in {index} by rank")
_TIER = Text("{ranking}第一梯队各维度得分", "{ranking}: scores of the first tier in each dimension")
_PARTS = Text("{ranking}{index}得分构成（前 {{top}} 名）", "{ranking}: parts of scores in {index}, first {{top}}")
_YEARS = Text("{ranking}{index}历年排名（前 {{top}} 名）", "{ranking}: ranks in {index} over the years, first {{top}}")
_GROUPS = Text("{ranking}按{grouping}的排名", "{ranking}: ranks by {grouping}")
_HEAT = Text("{ranking}按{grouping}的{index}", "{ranking}: {index} by {grouping}")
_OF_DIMENSION = Text(
    "{ranking}{name}排名及变动（前 {{top}} 名）", "{ranking}: {name} and changes of rank, first {{top}}"
)
_MOVES = Text(
    "{ranking}{name}{{previous}}–{{year}} 年排名变动", "{ranking}: ranks in {name}, {{previous}} and {{year}}"
)
