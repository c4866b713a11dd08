"""Parts of a whole, and two measures side by side."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array, Index
from ...language import Text, same
from ...model.figure import Figure
from ...model.framework import Aggregate, Node
from .. import amounts, of_groups, sums
from ..content import BarsForm, ColumnsAndLineForm, Content, FigureColumn, SharesForm
from ..source import FigureSource, Lacking, RankingView
from ..titles import titled
from ..wording import enumerated, marked

_FIRST, _FIRST_COLUMNS, _FIRST_SHARES = 10, 20, 15


def stacked_bars(source: FigureSource, figure: Figure) -> Content:
    """Several indicators of the first units, one upon the other; `order` may be another indicator."""
    view = source.view(figure)
    if not figure.nodes:
        raise Lacking(_SOME)
    nodes = source.nodes(figure.nodes)
    by = source.node(figure.order) if figure.order else nodes[0]
    units = view.first(by, figure.top or _FIRST, view.members(figure.grouping, figure.group))
    columns = (FigureColumn(_UNIT[source.lang], "name", view.named(units)), *_of(view, nodes, units))
    told = [*sums.total(view, by), *sums.shares(view, by, units, (1, 5, len(units)))]
    among = view.members(figure.grouping, figure.group)
    told += [fact for node in nodes for fact in sums.listed(view, node, view.first(node, 3, among))]
    told += of_groups.by_group(view, by, figure.grouping, units)
    return Content(
        figure, titled(figure, view, len(units)), columns, BarsForm(0, tuple(range(1, len(columns)))), tuple(told)
    )


def contributions(source: FigureSource, figure: Figure) -> Content:
    """What each dimension adds to the score of the first units."""
    view = source.view(figure)
    parent = source.node(figure.nodes[0]) if figure.nodes else source.root
    if not isinstance(parent, Aggregate):
        raise Lacking(_PARENT.format(name=parent.name))
    units = view.first(parent, figure.top or _FIRST, view.members(figure.grouping, figure.group))
    children = source.inputs.framework.children(parent.code)
    found = added(view, parent)[units]
    columns = (
        FigureColumn(_UNIT[source.lang], "name", view.named(units)),
        *(FigureColumn(child.name, "score", or_blank(found[:, k])) for k, child in enumerate(children)),
    )
    own = {"unit": view.named(units)[0], "name": parent.name, "year": view.year}
    told, exact = (
        amounts.values(parent, [one[view.shown, units[0]]])[0] for one in (view.values(parent), view.scores(parent))
    )
    score = same(told) if told == exact else marked(told, _EXACT.format(score=exact))
    facts = (_CONTRIBUTION.format(**own, score=score, parts=enumerated(_parts(children, found[0]))),)
    form = BarsForm(0, tuple(range(1, len(columns))))
    return Content(figure, titled(figure, view, len(units)), columns, form, facts)


def added(view: RankingView, parent: Aggregate) -> Array:
    """Shape (n_units, n_children): what each child adds to a unit's score in the year shown, missing ones left out.

    Raises Lacking where scores are not weighted sums of the children's.
    """
    source = view.source
    if (parent.aggregation or source.inputs.method.aggregation) != "arithmetic":
        raise Lacking(_ARITHMETIC.format(name=parent.name))
    children = source.inputs.framework.children(parent.code)
    places = [source.inputs.framework.codes.index(child.code) for child in children]
    weights = view.result.weight_array[view.shown, places]
    scores = np.stack([view.scores(child)[view.shown] for child in children], axis=1)
    carried = ~np.isnan(scores) @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = scores * weights / carried[:, None]
    # Normalised anew, turned round, with a factor, weights by unit or of what is missing, it is another number.
    beside = np.abs(np.nansum(found, axis=1) - view.scores(parent)[view.shown])
    if np.fmax.reduce(beside, initial=0.0) > _ROUNDING * view.result.method.scale:
        raise Lacking(_ARITHMETIC.format(name=parent.name))
    return found


_ROUNDING = 0.0005  # of full marks: what one decimal of 100 leaves open


def _parts(children: tuple[Node, ...], found: Array) -> list[str]:
    return [
        f"{child.name} {amounts.number(part, 1)}"
        for child, part in zip(children, found, strict=True)
        if not np.isnan(part)
    ]


def columns_and_line(source: FigureSource, figure: Figure) -> Content:
    """Two indicators of the first units: columns, and a line on an axis of its own."""
    view = source.view(figure)
    if len(figure.nodes) < 2:
        raise Lacking(_TWO)
    nodes = source.nodes(figure.nodes[:2])
    by = source.node(figure.order) if figure.order else nodes[0]
    units = view.first(by, figure.top or _FIRST_COLUMNS, view.members(figure.grouping, figure.group))
    has = view.values(by)[view.shown, units]
    units = units[has > 0] if (has > 0).any() else units
    columns = (FigureColumn(_UNIT[source.lang], "name", view.named(units)), *_of(view, nodes, units))
    told = [fact for node in nodes for fact in (*sums.having(view, node), *_own_shares(view, node))]
    return Content(figure, titled(figure, view, len(units)), columns, ColumnsAndLineForm(0, 1, 2), tuple(told))


def shares(source: FigureSource, figure: Figure) -> Content:
    """Shares of the first units in the whole of an indicator."""
    view = source.view(figure)
    if not figure.nodes:
        raise Lacking(_SOME)
    node = source.node(figure.nodes[0])
    units = view.first(node, figure.top or _FIRST_SHARES, view.members(figure.grouping, figure.group))
    values = view.values(node)[view.shown]
    whole = adding_up(view, node)
    found = (values[units] / whole).tolist()
    columns = (
        FigureColumn(_UNIT[source.lang], "name", view.named(units)),
        FigureColumn(node.name, "value", values[units].tolist()),
        FigureColumn(_SHARE[source.lang], "share", found),
    )
    each = _EACH.format(
        name=node.name,
        year=view.year,
        names=enumerated(
            f"{name} {amounts.percent(one)}" for name, one in zip(view.named(units[:6]), found, strict=False)
        ),
    )
    told = (each, *sums.shares(view, node, units, (2, 4, len(units))), *sums.total(view, node))
    return Content(figure, titled(figure, view, len(units)), columns, SharesForm(0, 2), told)


def adding_up(view: RankingView, node: Node) -> float:
    """The whole of an indicator in the year shown. Raises Lacking where its values do not add up."""
    whole = float(np.nansum(amounts.whole(view, node)[view.shown])) if amounts.adds_up(view, node) else 0.0
    if whole <= 0:
        raise Lacking(_ADDS_UP.format(name=node.name))
    return whole


def _of(view: RankingView, nodes: tuple[Node, ...], units: Index) -> list[FigureColumn]:
    role = {True: "score", False: "value"}
    return [
        FigureColumn(
            headed(node, view), role[isinstance(node, Aggregate)], or_blank(view.values(node)[view.shown, units])
        )
        for node in nodes
    ]


def or_blank(values: Array) -> list[float | None]:
    """Values of a column, None where one is missing."""
    return [None if np.isnan(one) else one for one in values.tolist()]


def headed(node: Node, view: RankingView) -> str:
    """A node's name with its measure."""
    return _MEASURED.format(name=node.name, measure=node.measure)[view.source.lang] if node.measure else node.name


def _own_shares(view: RankingView, node: Node) -> list[Text]:
    return sums.shares(view, node, view.first(node, 10))


_UNIT, _SHARE = Text("地区", "Unit"), Text("占比", "Share")
_MEASURED = Text("{name}（{measure}）", "{name} ({measure})")
_SOME, _TWO = Text("指标", "indicators"), Text("两个指标", "two indicators")
_PARENT = Text("有下级的指标（{name} 没有）", "an aggregate, which {name} is not")
_ARITHMETIC = Text("按加权算术平均合成的{name}", "{name} as a weighted arithmetic mean")
_ADDS_UP = Text("可以加总的指标（{name} 不能）", "an indicator that adds up, which {name} does not")
_EXACT = Text("修约前 {score}", "{score} before rounding")  # which is what the parts make up
_CONTRIBUTION = Text(
    "{year} 年{unit} {name}得分 {score}，由以下各项构成：{parts}。",
    "{unit} scores {score} in {name} in {year}, made up of {parts}.",
)
_EACH = Text("{year} 年各地区{name}占全部的比重：{names}。", "Shares of {name} in {year}: {names}.")
