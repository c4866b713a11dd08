"""Steps from raw data to scores, weights and ranks, as formulas with the values that the engine found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ...core.arrays import Array
from ...engine.compute import Result
from ...engine.prepare import normalisation_of
from ...engine.weigh import weighting_of
from ...language import Lang
from ...model.framework import Aggregate, Indicator, Node
from ...model.method import Normalisation, Scope, Weighting
from ...sheets import schema
from ...sheets.book import Formula
from ...sheets.inputs import Inputs, Ranking
from . import working_texts as texts
from .grid import FIRST, Grid, GridCell, GridColumn, here, rows_here
from .refs import SheetRef, listed
from .sources import Sources

FULL = schema.NAME_STEPS  # names of the cells of constants, in the row above the blocks
TIE = "bdx_tie_tolerance"
SHARE = "bdx_min_available"


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit in a year: a row of the normalised sheet and of the steps alike."""

    ranking: Ranking
    y: int
    u: int

    @property
    def year(self) -> int:
        return self.ranking.panel.years[self.y]


@dataclass
class Steps:
    """The grid being filled, and where each step stands; rows are counted from 0 under a header."""

    inputs: Inputs
    results: Mapping[str, Result]
    sources: Sources
    normalised: SheetRef
    normalised_first: int
    normalised_columns: tuple[int, ...]
    weights: SheetRef
    weight_cells: Mapping[tuple[str, int, str], str]
    grid: Grid
    rows: list[UnitYear] = field(default_factory=list)
    spans: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    raw: tuple[int, ...] = ()
    bounds: dict[tuple[str, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    closeness: dict[tuple[str, int, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def _place(self) -> dict[str, int]:
        """Where each node stands among those of its kind."""
        kinds: tuple[tuple[Node, ...], ...] = (self.indicators, self.aggregates)
        return {node.code: k for nodes in kinds for k, node in enumerate(nodes)}

    @property
    def lang(self) -> Lang:
        return self.inputs.lang

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.inputs.framework.indicators

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        return self.inputs.framework.aggregates

    def is_fixed(self, indicator: Indicator) -> bool:
        """Whether an indicator's ends are those of the framework sheet."""
        return normalisation_of(indicator, self.inputs.method) is Normalisation.GOALPOSTS

    def span(self, ranking: str, y: int, *, panel: bool = False) -> tuple[int, int]:
        """First and last row of a year of a ranking, or of all its years."""
        if not panel:
            return self.spans[ranking, y]
        of_all = [span for (key, _), span in self.spans.items() if key == ranking]
        return of_all[0][0], of_all[-1][1]

    def of_child(self, node: Node, first: int, last: int) -> str:
        """Scores of a node from one row to another, as the grid's own formulas name them."""
        if isinstance(node, Indicator):
            top = self.normalised_first
            return self.normalised.column(top + first, top + last, self._normalised_column(node))
        return rows_here(first, last, self.scores[node.code])

    def child_cell(self, node: Node, row: int) -> str:
        """Score of a node in one row, as the grid's own formulas name it."""
        if isinstance(node, Indicator):
            return self.normalised.cell(self.normalised_first + row, self._normalised_column(node))
        return here(row, self.scores[node.code])

    def _normalised_column(self, node: Indicator) -> int:
        return self.normalised_columns[self._place[node.code]]

    def values(self, node: Node, row: UnitYear) -> float:
        """What the engine found [to the full marks]; NaN where there is none."""
        result, scale = self.results[row.ranking.key], self.inputs.method.scale
        if isinstance(node, Indicator):
            return float(result.normalised_array[row.y, row.u, self._place[node.code]]) * scale
        return float(result.node_array[row.y, self._place[node.code], row.u]) * scale


def cached(text: str, value: float | str | None) -> Formula:
    """A formula with its value; NaN and None are empty text, as the formula gives it."""
    return Formula(text, "" if value is None or value != value else value)


def find_rows(steps: Steps) -> None:
    """A row for every year and unit that the data sheets have a row for, by ranking and year.

    And one for every unit in the year shown, since the ranking lists it, be it last and without a rank.
    """
    for ranking in steps.inputs.rankings:
        known = steps.sources.data[ranking.key].rows
        for y, year in enumerate(ranking.panel.years):
            first = len(steps.rows)
            units = enumerate(ranking.panel.units)
            steps.rows += [UnitYear(ranking, y, u) for u, code in units if y == ranking.shown or (year, code) in known]
            steps.spans[ranking.key, y] = first, len(steps.rows) - 1


def raw(steps: Steps) -> None:
    """Block 1: who and when, and the raw values."""
    lang, grid, rows = steps.lang, steps.grid, steps.rows
    grid.block(texts.RAW[lang])
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(row.year) for row in rows]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[row.ranking.key] for row in rows]))
    grid.add(GridColumn(texts.CODE[lang], "text", [row.ranking.panel.units[row.u] for row in rows]))
    grid.add(GridColumn(texts.NAME[lang], "text", [row.ranking.label(row.u) for row in rows]))
    columns = []
    for k, indicator in enumerate(steps.indicators):
        made: list[GridCell] = []
        for row in rows:
            data = steps.sources.data[row.ranking.key]
            at_row = data.rows.get((row.year, row.ranking.panel.units[row.u]))
            if at_row is None:  # the unit has no row of data in this year
                made.append("")
                continue
            at = data.sheet.cell(at_row, data.columns[k])
            made.append(cached(f'IF(ISNUMBER({at}),{at},"")', float(row.ranking.panel.values[row.y, row.u, k])))
        columns.append(grid.add(GridColumn(indicator.name, "raw", made)))
    steps.raw = tuple(columns)


def bounds(steps: Steps) -> None:
    """Block 2: the ends of normalisation, for every ranking and year."""
    lang, grid = steps.lang, steps.grid
    fixed = {steps.is_fixed(indicator) for indicator in steps.indicators}
    grid.block((texts.ENDS if len(fixed) > 1 else texts.GOALPOSTS if True in fixed else texts.BOUNDS)[lang])
    at = list(steps.spans)
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    years = {r.key: r.panel.years for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(years[key][y]) for key, y in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[key] for key, _ in at]))
    found: dict[tuple[str, int], list[tuple[str, str]]] = {place: [] for place in at}
    for k, indicator in enumerate(steps.indicators):
        ends = [_ends(steps, k, key, y) for key, y in at]
        columns = [
            grid.add(GridColumn(text.format(name=indicator.name)[lang], "raw", [pair[side] for pair in ends]))
            for side, text in enumerate((texts.LEAST, texts.GREATEST))
        ]
        for i, place in enumerate(at):
            found[place].append((here(i, columns[0]), here(i, columns[1])))
    steps.bounds = {place: tuple(pairs) for place, pairs in found.items()}


def _ends(steps: Steps, k: int, key: str, y: int) -> tuple[Formula, Formula]:
    indicator, scope = steps.indicators[k], steps.inputs.method.scope
    if steps.is_fixed(indicator):
        lower, upper = steps.sources.bounds[indicator.code]
        return cached(lower, indicator.lower), cached(upper, indicator.upper)
    panel = next(r.panel for r in steps.inputs.rankings if r.key == key)
    values: Array = panel.values[:, :, k] if scope is Scope.PANEL else panel.values[y, :, k]
    cells = rows_here(*steps.span(key, y, panel=scope is Scope.PANEL), steps.raw[k])
    there = values[~np.isnan(values)]
    least, greatest = (float(there.min()), float(there.max())) if there.size else (None, None)
    made = (cached(f'IF(COUNT({cells})=0,"",{name}({cells}))', value)
            for name, value in (("MIN", least), ("MAX", greatest)))  # fmt: skip
    return next(made), next(made)


def normalised_column(steps: Steps, k: int) -> list[Formula]:
    """The formulas of an indicator's column of the normalised sheet, which stands on another sheet than the steps."""
    sheet, indicator = steps.grid.sheet, steps.indicators[k]
    fixed = steps.is_fixed(indicator)
    prefix = sheet.cell(1, 1).partition("!")[0]
    ends = {place: [f"{prefix}!{end}" for end in pairs[k]] for place, pairs in steps.bounds.items()}
    made = []
    for i, row in enumerate(steps.rows):
        raw_cell = sheet.cell(FIRST + i, steps.raw[k])
        low, high = ends[row.ranking.key, row.y]
        over = f"({raw_cell}-{low})" if indicator.direction > 0 else f"({high}-{raw_cell})"
        score = f"{over}/({high}-{low})*{FULL}"
        held = f"MAX(0,MIN({FULL},{score}))" if fixed else f'IF({high}={low},"",{score})'
        made.append(cached(f'IF({raw_cell}="","",{held})', steps.values(indicator, row)))
    return made


def scores(steps: Steps) -> None:
    """Block 3: every aggregate's score. Columns are known beforehand: a parent may stand left of its children."""
    lang, grid = steps.lang, steps.grid
    grid.block(texts.SCORES[lang])
    steps.scores = {node.code: grid.next_column + j for j, node in enumerate(steps.aggregates)}
    for node in steps.aggregates:
        children = steps.inputs.framework.children(node.code)
        cells: list[GridCell] = []
        for i, row in enumerate(steps.rows):
            parts = [steps.child_cell(child, i) for child in children]
            weights = [steps.weight_cells[row.ranking.key, row.year, child.code] for child in children]
            cells.append(cached(_mean(parts, weights), steps.values(node, row)))
        grid.add(GridColumn(texts.SCORE.format(name=node.name)[lang], "score", cells))


def _mean(parts: Sequence[str], weights: Sequence[str]) -> str:
    pairs = list(zip(parts, weights, strict=True))
    over = "+".join(f"N({part})*{weight}" for part, weight in pairs)
    under = "+".join(f"ISNUMBER({part})*{weight}" for part, weight in pairs)
    count = f"COUNT({listed(parts)})"
    few = f"{count}+{TIE}<{SHARE}*{len(parts)}"
    return f'IF(OR({few},{under}=0),"",({over})/({under}))'


def closeness(steps: Steps) -> None:
    """Block 4: what the weights of a parent's children are made from; siblings stand below each other."""
    lang, grid, method = steps.lang, steps.grid, steps.inputs.method
    kinds = {weighting_of(parent, method) for parent in steps.aggregates}
    grid.block((texts.WEIGHTS_MIXED if len(kinds) > 1 else _NOTES[kinds.pop()])[lang])
    panel = method.weights_scope is Scope.PANEL
    families = [(node, steps.inputs.framework.children(node.code)) for node in steps.aggregates]
    at = [
        (key, y, parent, child, children)
        for key, y in steps.spans
        for parent, children in families
        for child in children
    ]
    labels = {r.key: schema.ranking_label(r.key)[lang] for r in steps.inputs.rankings}
    years = {r.key: r.panel.years for r in steps.inputs.rankings}
    grid.add(GridColumn(texts.YEAR[lang], "year", [float(years[key][y]) for key, y, *_ in at]))
    grid.add(GridColumn(texts.RANKING[lang], "text", [labels[key] for key, *_ in at]))
    grid.add(GridColumn(texts.PARENT[lang], "text", [parent.code for *_, parent, _, _ in at]))
    grid.add(GridColumn(texts.CHILD[lang], "text", [child.code for *_, child, _ in at]))
    count, distance, close = grid.next_column, grid.next_column + 1, grid.next_column + 2
    made: list[tuple[GridCell, GridCell, GridCell]] = []
    first, least = 0, None
    for i, (key, y, parent, child, children) in enumerate(at):
        if child is children[0]:
            first = i
        siblings = first, first + len(children) - 1
        cells = steps.of_child(child, *steps.span(key, y, panel=panel))
        n, d = _distance(steps, child, key, y, panel)
        if child is children[0]:
            distances = (_distance(steps, sibling, key, y, panel)[1] for sibling in children)
            least = min((found for found in distances if found is not None), default=None)
        number, far = here(i, count), here(i, distance)
        made.append((
            cached(f"COUNT({cells})", n),
            cached(f'IF({number}=0,"",(({FULL}-AVERAGE({cells}))^2+DEVSQ({cells})/{number})/{FULL}^2)', d),
            _close(steps, parent, child, number, far, rows_here(*siblings, distance), (n, d, least)),
        ))  # fmt: skip
        steps.closeness[key, years[key][y], child.code] = (
            grid.sheet.cell(FIRST + i, close),
            grid.sheet.column(FIRST + siblings[0], FIRST + siblings[1], close),
        )
    for header, role, k in ((texts.COUNT, "count", 0), (texts.DISTANCE, "value", 1), (texts.CLOSENESS, "value", 2)):
        grid.add(GridColumn(header[lang], role, [row[k] for row in made]))


_NOTES = {
    Weighting.IMPROVED_VECTOR: texts.WEIGHTS,
    Weighting.EQUAL: texts.WEIGHTS_EQUAL,
    Weighting.GIVEN: texts.WEIGHTS_GIVEN,
}


def _close(
    steps: Steps, parent: Aggregate, child: Node, number: str, far: str, siblings: str,
    found: tuple[float, float | None, float | None],
) -> Formula:  # fmt: skip
    n, d, least = found
    weighting = weighting_of(parent, steps.inputs.method)
    if weighting is Weighting.EQUAL:
        return cached(f"IF({number}=0,0,1)", float(n > 0))
    if weighting is Weighting.GIVEN:
        cell = steps.sources.given_weights[child.code]
        return cached(f"IF({number}=0,0,{cell})", float(child.weight or 0) if n else 0.0)
    value = 0.0 if d is None or least is None else float(d == 0) if least == 0 else least / d
    text = f"IF({number}=0,0,IF(MIN({siblings})=0,IF({far}=0,1,0),MIN({siblings})/{far}))"
    return cached(text, value)


def _distance(steps: Steps, child: Node, key: str, y: int, panel: bool) -> tuple[float, float | None]:
    """Number of units with a value, and their mean squared distance to the optimum."""
    result = steps.results[key]
    if isinstance(child, Indicator):
        values = result.normalised_array[:, :, steps.indicators.index(child)]
    else:
        values = result.node_array[:, steps.aggregates.index(child)]
    values = values if panel else values[y]
    there = values[~np.isnan(values)]
    return float(there.size), float(((1.0 - there) ** 2).mean()) if there.size else None
