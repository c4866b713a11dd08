"""Units in their places: tiles in a grid, cells in their groups, sums by group."""

from __future__ import annotations

import numpy as np

from ...language import Text
from ...model.figure import Figure
from ...model.framework import Aggregate, Node
from ...sheets.schema import ranking_label
from .. import facts, of_groups, sums
from ..amounts import percent
from ..content import Content, FigureColumn, HeatForm, SharesForm, TilesForm
from ..source import FigureSource, Lacking, RankingView
from ..tiles import CHINA, WITHOUT_DATA, is_china
from ..titles import titled
from ..wording import enumerated
from .parts import adding_up, headed, or_blank
from .ranked import FIRST

_LISTED = 5


def tile_map(source: FigureSource, figure: Figure) -> Content:
    """Every unit as a square in a grid, coloured by its score or value."""
    view = source.view(figure)
    node = source.node(figure.nodes[0]) if figure.nodes else source.root
    places = _tiles(view)
    values = view.values(node)[view.shown]
    units = view.ranking.panel.units
    rows = [(view.labels[u], values[u], *places[code]) for u, code in enumerate(units) if code in places]
    by_default = not source.inputs.tiles
    blanks = [(name[source.lang], np.nan, *CHINA[code]) for code, name in WITHOUT_DATA.items() if by_default]
    names, found, across, down = zip(*rows, *blanks, strict=True)
    columns = (
        FigureColumn(_UNIT[source.lang], "name", names),
        FigureColumn(headed(node, view), _role(node), or_blank(np.array(found))),
        FigureColumn(_ACROSS[source.lang], "count", across),
        FigureColumn(_DOWN[source.lang], "count", down),
    )
    notes = (_DIAGRAM, *((_NO_DATA,) if blanks else ()))
    return Content(
        figure, titled(figure, view), columns, TilesForm(0, 1, 2, 3), tuple(_told(source, view, node, figure)), notes
    )


def _told(source: FigureSource, view: RankingView, node: Node, figure: Figure) -> list[Text]:
    first = view.first(node, _LISTED)
    told = [*sums.listed(view, node, first), *sums.total(view, node), *sums.having(view, node)]
    told += of_groups.by_group(view, node, figure.grouping, view.first(node, FIRST))
    if not isinstance(node, Aggregate):
        for other in source.others(view):
            if (other.ranks(node)[other.shown] > 0).any():
                fact = sums.listed(other, node, other.first(node, _LISTED))[0]
                told.append(_IN.format(ranking=other_label(other), fact=fact))
    return told


def other_label(view: RankingView) -> Text:
    """A ranking as a sentence names it."""
    return ranking_label(view.ranking.key)


def _tiles(view: RankingView) -> dict[str, tuple[int, int]]:
    """Place of each unit's tile, across and down from 1. Raises Lacking where there is none."""
    units = view.ranking.panel.units
    own = view.source.inputs.tiles
    found = {code: own[code] for code in units if code in own}
    if not found and is_china(units):
        found = {code: CHINA[code] for code in units if code in CHINA}
    if not found:
        raise Lacking(_PLACES)
    return found


def heat(source: FigureSource, figure: Figure) -> Content:
    """The units of each group as cells coloured by score or value, best first; the first `top` only, if told."""
    view = source.view(figure)
    node = source.node(figure.nodes[0]) if figure.nodes else source.root
    grouping = figure.grouping or _first_grouping(source)
    units = view.first(node, figure.top, view.members(grouping, figure.group))
    of_unit = view.groups(grouping)
    groups = list(dict.fromkeys(of_unit[u] for u in units))
    ordered = [u for group in groups for u in units if of_unit[u] == group]
    values = view.values(node)[view.shown]
    columns = (
        FigureColumn(grouping, "name", [of_unit[u] for u in ordered]),
        FigureColumn(_UNIT[source.lang], "name", view.named(ordered)),
        FigureColumn(headed(node, view), _role(node), [float(values[u]) for u in ordered]),
        FigureColumn(_RANK[source.lang], "rank", view.ranks(node)[view.shown, ordered].tolist()),
    )
    told = [*sums.having(view, node)]
    if figure.top:
        told += [*of_groups.by_group(view, node, grouping, units), *facts.moves(view, node, units)]
    else:
        told += of_groups.firsts_by_group(view, node, grouping, units) or facts.leads(view, node, units)
        told += of_groups.having_by_group(view, node, grouping, units)
    return Content(figure, titled(figure, view, len(units)), columns, HeatForm(0, 1, 2), tuple(told))


def by_group(source: FigureSource, figure: Figure) -> Content:
    """The sum of an indicator by group, and its share; how many units have any."""
    view = source.view(figure)
    if not figure.nodes:
        raise Lacking(_INDICATOR)
    node = source.node(figure.nodes[0])
    if isinstance(node, Aggregate):
        raise Lacking(_INDICATOR)
    adding_up(view, node)
    grouping = figure.grouping or _first_grouping(source)
    of_unit, values = np.array(view.groups(grouping)), view.values(node)[view.shown]
    groups = [name for name in dict.fromkeys(of_unit.tolist()) if name]
    if not groups:
        raise Lacking(_MEMBERS.format(grouping=grouping))
    held = np.array([float(np.nansum(values[of_unit == name])) for name in groups])
    having = [int((values[of_unit == name] > 0).sum()) for name in groups]
    order = np.argsort(-held, kind="stable")
    whole = float(held.sum())
    if whole <= 0:
        raise Lacking(_MEMBERS.format(grouping=grouping))
    columns = (
        FigureColumn(grouping, "name", [groups[g] for g in order]),
        FigureColumn(headed(node, view), "value", held[order].tolist()),
        FigureColumn(_SHARE[source.lang], "share", (held[order] / whole).tolist()),
        FigureColumn(_HAVING[source.lang], "count", [having[g] for g in order]),
    )
    told = [
        _SHARES.format(
            name=node.name,
            year=view.year,
            grouping=grouping,
            names=enumerated(f"{groups[g]} {percent(held[g] / whole)}" for g in order),
        ),
        *sums.having(view, node),
    ]
    for other in source.others(view):
        told += [_IN.format(ranking=other_label(other), fact=fact) for fact in sums.having(other, node)]
    return Content(figure, titled(figure, view), columns, SharesForm(0, 2), tuple(told))


def _first_grouping(source: FigureSource) -> str:
    if not source.inputs.groupings:
        raise Lacking(_GROUPING)
    return source.inputs.groupings[0].name


def _role(node: Node) -> str:
    return "score" if isinstance(node, Aggregate) else "value"


_UNIT, _RANK, _SHARE = Text("地区", "Unit"), Text("排名", "Rank"), Text("占比", "Share")
_ACROSS, _DOWN = Text("横向位置", "Across"), Text("纵向位置", "Down")
_HAVING = Text("取值大于 0 的地区数", "Units with any")
_PLACES = Text(
    "方格位置（中国省级行政区，或地区清单中的“方格”列）",
    "places of tiles: China's provinces, or a column “Tile” of the units",
)
_INDICATOR, _GROUPING = Text("指标", "an indicator"), Text("分组列", "a group column")
_MEMBERS = Text("属于“{grouping}”的地区", "units of “{grouping}”")
_SHARES = Text("{year} 年{name}按{grouping}分的比重：{names}。", "Shares of {name} in {year} by {grouping}: {names}.")
_IN = Text("{ranking}：{fact}", "{ranking}: {fact}")
_DIAGRAM = Text(
    "方格示意图：每格一个地区，位置为大致方位，不表示边界、面积或领土范围，不是地图。",
    "A diagram, not a map: each square is a unit, roughly in its direction; no boundary, area or territory is shown.",
)
_NO_DATA = Text("台湾、香港、澳门资料暂缺。", "No data for Taiwan, Hong Kong and Macao.")
