"""Aggregations that hold a unit's children against those of the others: what they go by, a block of the steps, and the
scores that follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...core.ideals import DISTINGUISHING
from ...core.moments import ROUNDING
from ...core.penalties import MEAN, RANGE, SPREAD
from ...engine.rules import aggregation_of
from ...model.framework import Aggregate, Node
from ...model.method import Aggregation, Scope
from ...sheets import schema
from . import compared_values as values
from . import working_texts as texts
from .finished_formulas import first_mean
from .grid import GridColumn, here
from .mean_formulas import Pairs, number
from .working import FULL, Steps, UnitYear, cached


@dataclass(frozen=True, slots=True)
class Held:
    """Cells of one child of a unit: its score and weight, and the numbers that its score is held against."""

    score: str
    weight: str
    by: tuple[str, ...]


_HEADERS = {
    Aggregation.MPI: (texts.MEAN, texts.STEP),
    Aggregation.AMPI: (texts.REFERENCE, texts.STEP),
    Aggregation.TOPSIS: (texts.LEAST, texts.GREATEST),
    Aggregation.GREY_RELATIONAL: (texts.LEAST, texts.GREATEST),
}


def comparing(steps: Steps) -> list[Aggregate]:
    """Parents whose aggregation is such a one."""
    return [node for node in steps.aggregates if aggregation_of(node, steps.inputs.method) in _HEADERS]


def width(steps: Steps) -> int:
    """How many columns the block has."""
    parents = comparing(steps)
    n = sum(2 * len(steps.inputs.framework.children(parent.code)) for parent in parents)
    n += sum(aggregation_of(parent, steps.inputs.method) is Aggregation.GREY_RELATIONAL for parent in parents)
    return n + 2 if parents else 0


def compared(steps: Steps) -> None:
    """The block: two numbers for each child of such a parent, by ranking and year; columns of scores must be known."""
    lang, grid, parents = steps.lang, steps.grid, comparing(steps)
    if not parents:
        return
    grid.block(texts.COMPARED[lang])
    at = list(steps.spans)
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(steps.years(key)[y]) for key, y in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[key] for key, _ in at]))
    for parent in parents:
        kind = aggregation_of(parent, steps.inputs.method)
        children = steps.inputs.framework.children(parent.code)
        for child in children:
            pairs = [_BY[kind](steps, child, key, y) for key, y in at]
            found = [values.BY[kind](steps, child, key, y) for key, y in at]
            columns = [
                grid.add(GridColumn(header.format(name=child.name)[lang], "value", list(map(cached, *cells))))
                for header, *cells in zip(
                    _HEADERS[kind], zip(*pairs, strict=True), zip(*found, strict=True), strict=True
                )
            ]
            for i, (key, y) in enumerate(at):
                steps.held[key, y, child.code] = here(i, columns[0]), here(i, columns[1])
        if kind is Aggregation.GREY_RELATIONAL:
            halves = [cached(_half(steps, children, *place), values.half(steps, children, *place)) for place in at]
            column = grid.add(GridColumn(texts.HALF.format(name=parent.name)[lang], "value", halves))
            for i, (key, y) in enumerate(at):
                for child in children:
                    steps.held[key, y, child.code] += (here(i, column),)


def _scope(steps: Steps, child: Node, key: str, y: int) -> str:
    return steps.of_child(child, *steps.span(key, y, panel=steps.inputs.method.scope is Scope.PANEL))


def _standard(steps: Steps, child: Node, key: str, y: int) -> tuple[str, str]:
    """The mean, and how much of the full marks a point is worth where a standard deviation is worth a tenth."""
    cells = _scope(steps, child, key, y)
    step = f"{number(SPREAD)}/SQRT(DEVSQ({cells})/(COUNT({cells})-1))"
    return _there(cells, f"AVERAGE({cells})"), _there(cells, _unless_alike(cells, step))


def _reference(steps: Steps, child: Node, key: str, y: int) -> tuple[str, str]:
    """The mean of the first year; and how much a point is worth where the range of all years is worth 0.6."""
    of_all = steps.of_child(child, *steps.span(key, y, panel=True))
    step = f"{number(RANGE)}/(MAX({of_all})-MIN({of_all}))"
    years = [steps.of_child(child, *steps.span(key, year)) for year in range(len(steps.years(key)))]
    return first_mean(years, "0"), _there(of_all, _unless_alike(of_all, step))


def _ends(steps: Steps, child: Node, key: str, y: int) -> tuple[str, str]:
    """The worst and the best score; the best twice where they differ by rounding only."""
    cells = _scope(steps, child, key, y)
    return _there(cells, f"IF({_alike(cells)},MAX({cells}),MIN({cells}))"), _there(cells, f"MAX({cells})")


def _half(steps: Steps, children: Sequence[Node], key: str, y: int) -> str:
    """Half of the greatest way from the best there is to the worst, of children that carry weight."""
    over_years = steps.inputs.method.scope is Scope.PANEL
    years = steps.years(key) if over_years else [steps.years(key)[y]]
    spans = []
    for child in children:
        worst, best = steps.held[key, y, child.code]
        weight = "+".join(steps.weight_cells[key, year, child.code] for year in years)
        spans.append(f"IF({weight}>0,{best}-{worst},0)")
    return f"{number(DISTINGUISHING)}*MAX({','.join(spans)})"


def _there(cells: str, text: str) -> str:
    return f"IF(COUNT({cells})=0,0,{text})"


def _alike(cells: str) -> str:
    return f"MAX({cells})-MIN({cells})<={number(ROUNDING)}*MAX(ABS(MIN({cells})),ABS(MAX({cells})))"


def _unless_alike(cells: str, text: str) -> str:
    return f"IF({_alike(cells)},0,{text})"


_BY: dict[Aggregation, Callable[[Steps, Node, str, int], tuple[str, str]]] = {
    Aggregation.MPI: _standard,
    Aggregation.AMPI: _reference,
    Aggregation.TOPSIS: _ends,
    Aggregation.GREY_RELATIONAL: _ends,
}


def score(steps: Steps, parent: Aggregate, row: UnitYear, pairs: Pairs, under: str) -> tuple[str, str]:
    """The score of a unit; and on what condition there is none, if on any. `pairs`, `under` as in `mean_formulas`."""
    kind, key, y = aggregation_of(parent, steps.inputs.method), row.ranking.key, row.y
    by = (steps.held[key, y, child.code] for child in steps.inputs.framework.children(parent.code))
    children = [Held(*pair, ends) for pair, ends in zip(pairs, by, strict=True)]
    if kind is Aggregation.TOPSIS:
        return _topsis(children), f"{_told(children)}=0"
    if kind is Aggregation.GREY_RELATIONAL:
        return _grey(children, under), ""
    upward = steps.inputs.method.upward_penalty
    return _penalised(children, under, sample=kind is Aggregation.MPI, upward=upward), ""


def _penalised(children: Sequence[Held], under: str, *, sample: bool, upward: bool) -> str:
    """M ± S²/M of children that are 1 at the first number and change by the second for each point."""
    away = [f"(N({one.score})-{one.by[0]})*{one.by[1]}" for one in children]
    heard = [f"ISNUMBER({one.score})*{one.weight}" for one in children]
    mean = f"({'+'.join(f'{w}*{e}' for w, e in zip(heard, away, strict=True))})/({under})"
    squares = "+".join(f"{w}*({e})^2" for w, e in zip(heard, away, strict=True))
    variance = f"(({squares})/({under})-({mean})^2)"
    if sample:
        n = "+".join(f"({w}>0)" for w in heard)
        variance = f"IF({n}>1,{variance}*({n})/({n}-1),0)"
    whole, sign = f"({number(MEAN)}+{mean})", "+" if upward else "-"
    return f"{FULL}*({whole}{sign}IF({whole}=0,0,{variance}/ABS({whole})))"


def _told(children: Sequence[Held]) -> str:
    """How far the best there is of a unit's children is from the worst, by their weights."""
    return "+".join(f"ISNUMBER({one.score})*{one.weight}*({one.by[1]}-{one.by[0]})" for one in children)


def _topsis(children: Sequence[Held]) -> str:
    """d⁻ / (d⁺ + d⁻)."""
    below, above = (
        "SQRT("
        + "+".join(f"(ISNUMBER({one.score})*{one.weight}*(N({one.score})-{one.by[k]}))^2" for one in children)
        + ")"
        for k in (0, 1)
    )
    return f"{FULL}*{below}/({below}+{above})"


def _grey(children: Sequence[Held], under: str) -> str:
    """Σ w ξ / Σ w with ξ = half / (what a score is short of the best + half); half of the greatest way is the third."""
    half = children[0].by[2]
    grades = "+".join(
        f"ISNUMBER({one.score})*{one.weight}*{half}/(MAX({one.by[1]}-N({one.score}),0)+{half})" for one in children
    )
    return f"IF({half}=0,{FULL},{FULL}*({grades})/({under}))"
