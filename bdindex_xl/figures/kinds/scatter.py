"""Points: scores by rank, one indicator by another."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...language import Text
from ...model.figure import Figure
from .. import facts, sums
from ..content import Content, FigureColumn, ScatterForm
from ..source import FigureSource, Lacking
from ..titles import titled
from ..wording import ordinal

_LABELLED = 20
_AMONG = (4, 10)  # of the first so many together, and of those after them


def scores_by_rank(source: FigureSource, figure: Figure) -> Content:
    """Scores of all units by rank, tiers apart; ranks on a logarithmic axis."""
    view = source.view(figure)
    node = source.node(figure.nodes[0]) if figure.nodes else source.root
    units = view.several(view.first(node, None, view.members(figure.grouping, figure.group)))
    ranks, scores = view.ranks(node)[view.shown, units], view.values(node)[view.shown, units]
    tier = view.tier[units]
    tiers = sorted(set(tier.tolist()) - {0})
    of_tiers = [
        FigureColumn(
            (_REST if k == view.rest else _TIER.format(k=ordinal(k)))[source.lang],
            "score",
            [score if own == k else None for score, own in zip(scores.tolist(), tier.tolist(), strict=True)],
        )
        for k in tiers
    ]
    columns = (
        FigureColumn(_RANK[source.lang], "rank", ranks.tolist()),
        FigureColumn(_UNIT[source.lang], "name", view.named(units)),
        *of_tiers,
    )
    form = ScatterForm(1, 0, tuple(range(2, 2 + len(tiers))), figure.top or _LABELLED, logarithmic_x=True)
    told = [*facts.leads(view, node, units), *(facts.tiers(view) if node == source.root else ())]
    return Content(figure, titled(figure, view), columns, form, tuple(told))


def two_indicators(source: FigureSource, figure: Figure) -> Content:
    """One node by another, of every unit that has both."""
    view = source.view(figure)
    if len(figure.nodes) < 2:
        raise Lacking(_TWO)
    across, up = source.nodes(figure.nodes[:2])
    x, y = view.values(across)[view.shown], view.values(up)[view.shown]
    both = ~np.isnan(x) & ~np.isnan(y) & view.members(figure.grouping, figure.group)
    units = view.first(across, None, both)
    some_left_out = False
    positive = bool((x[units] > 0).any() and (y[units] > 0).any()) and _wide(x[units]) and _wide(y[units])
    if positive:  # a logarithmic axis has no place for 0
        above = (x[units] > 0) & (y[units] > 0)
        units, some_left_out = units[above], not above.all()
    units = view.several(units)
    columns = (
        FigureColumn(_UNIT[source.lang], "name", view.named(units)),
        FigureColumn(across.name, "value", x[units].tolist()),
        FigureColumn(up.name, "value", y[units].tolist()),
    )
    form = ScatterForm(0, 1, (2,), figure.top or _LABELLED, logarithmic_x=positive, logarithmic_y=positive)
    told = []
    for first, last in ((0, _AMONG[0]), _AMONG):
        for node in (across, up):
            told += sums.shares(view, node, units[first:last], (last - first,))
    notes = ((_WITHOUT_ZEROS if some_left_out else _LOGARITHMIC),) if positive else ()
    return Content(figure, titled(figure, view), columns, form, tuple(told), notes)


def _wide(values: Array) -> bool:
    """Whether values are so far apart that a logarithmic axis shows them better."""
    positive = values[values > 0]
    return bool(positive.size) and bool((values >= 0).all()) and float(positive.max() / positive.min()) > 100.0


_RANK, _UNIT = Text("排名", "Rank"), Text("地区", "Unit")
_TIER, _REST = Text("第{k}梯队", "Tier {k}"), Text("其余", "Others")
_TWO = Text("两个指标", "two indicators")
_LOGARITHMIC = Text("坐标轴为对数刻度。", "Both axes are logarithmic.")
_WITHOUT_ZEROS = Text("坐标轴为对数刻度，未含取值为 0 的地区。", "Both axes are logarithmic; units at 0 are left out.")
