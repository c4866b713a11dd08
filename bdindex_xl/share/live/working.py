"""Steps from raw data to scores, weights and ranks, as formulas with the values that the engine found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...core.arrays import Array
from ...engine.compute import Result
from ...language import Lang
from ...model.framework import Aggregate, Indicator, Node
from ...sheets import schema
from ...sheets.book import Formula
from ...sheets.inputs import Inputs, Ranking
from .grid import Grid, here, rows_here
from .refs import AnyRow, SheetRef, in_rows
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
    def back(self) -> int:
        """How many years before the one shown."""
        return self.ranking.shown - self.y

    @property
    def year(self) -> int:
        return self.ranking.panel.years[self.y]


@dataclass
class Steps:
    """The grid being filled, and where each step stands; rows are counted from 0 under a header.

    `raw` are the columns of indicators as far as they are written, `entered` those of all data as they came in, by code
    or header; `seen` are the values that normalisation goes by, of each ranking; `scores` are columns of
    aggregates, `before` those of scores that are normalised anew, or rounded, into these. `held`
    are the cells that a child's scores are held against, by ranking, place of the year and code.
    """

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
    entered: dict[str, int] = field(default_factory=dict)
    seen: dict[str, Array] = field(default_factory=dict)
    bounds: dict[tuple[str, int], tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    held: dict[tuple[str, int, str], tuple[str, ...]] = field(default_factory=dict)
    closeness: dict[tuple[str, int, str], tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def _place(self) -> dict[str, int]:
        """Where each node stands among those of its kind."""
        kinds: tuple[tuple[Node, ...], ...] = (self.indicators, self.aggregates)
        return {node.code: k for nodes in kinds for k, node in enumerate(nodes)}

    @cached_property
    def _at(self) -> dict[tuple[str, int, int], int]:
        return {(row.ranking.key, row.y, row.u): i for i, row in enumerate(self.rows)}

    def place_of(self, ranking: str, y: int, u: int) -> int | None:
        """Row of a unit in a year, once rows are found."""
        return self._at.get((ranking, y, u))

    @cached_property
    def before_rows(self) -> list[int | None]:
        """For each row, that of its unit in the year before."""
        return [self.place_of(row.ranking.key, row.y - 1, row.u) for row in self.rows]

    @property
    def lang(self) -> Lang:
        return self.inputs.lang

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.inputs.framework.indicators

    @property
    def aggregates(self) -> tuple[Aggregate, ...]:
        return self.inputs.framework.aggregates

    def years(self, ranking: str) -> tuple[int, ...]:
        """Years of a ranking's data."""
        return self.results[ranking].years

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

    @cached_property
    def _places(self) -> dict[str, tuple[Array, Array]]:
        """Years and units of the rows of each ranking, by their places in its arrays."""
        of = {r.key: [row for row in self.rows if row.ranking is r] for r in self.inputs.rankings}
        return {
            key: (np.array([r.y for r in rows], int), np.array([r.u for r in rows], int)) for key, rows in of.items()
        }

    def by_row(self, of_ranking: Callable[[str], NDArray[Any]]) -> NDArray[Any]:
        """What each row holds of the arrays of rankings, shape (n_years, n_units)."""
        return np.concatenate([of_ranking(key)[places] for key, places in self._places.items()])

    def values(self, node: Node) -> Array:
        """What the engine found, row by row [to the full marks]; NaN where there is none."""
        found: Array = self.by_row(lambda ranking: self.found(node, ranking)) * self.inputs.method.scale
        return found

    def ranks(self, k: int) -> list[int]:
        """The rank of each row's unit at the k-th aggregate; 0 where there is none."""
        found: list[int] = self.by_row(lambda ranking: self.results[ranking].rank_array[:, k]).tolist()
        return found

    def texts(self, write: Callable[[int, UnitYear], str], apart: Collection[int] = ()) -> list[str]:
        """A formula for every row, made once for all rows of a year of a ranking, which differ in their number alone;
        but for those `apart`."""
        made: list[str] = []
        for first, last in self.spans.values():
            rows = range(first, last + 1)
            like = next((i for i in rows if i not in apart), None)
            made += [""] * len(rows) if like is None else in_rows(write(AnyRow(), self.rows[like]), rows)
        for i in apart:
            made[i] = write(i, self.rows[i])
        return made

    def found(self, node: Node, ranking: str) -> Array:
        """Scores that the engine found, shape (n_years, n_units) [0-1]."""
        result, k = self.results[ranking], self._place[node.code]
        found: Array = result.normalised_array[:, :, k] if isinstance(node, Indicator) else result.node_array[:, k]
        return found


def all_cached(texts: Iterable[str], values: Array) -> list[Formula]:
    """Formulas with their values."""
    return [cached(text, value) for text, value in zip(texts, values.tolist(), strict=True)]


def cached(text: str, value: float | str | None) -> Formula:
    """A formula with its value; NaN and None are empty text, as the formula gives it."""
    return Formula(text, "" if value is None or value != value else value)


def find_rows(steps: Steps) -> None:
    """A row for every year and unit that the sheets of scores list, by ranking and year."""
    for ranking in steps.inputs.rankings:
        for y in range(len(ranking.panel.years)):
            first = len(steps.rows)
            steps.rows += [UnitYear(ranking, y, u) for u in ranking.listed(y).nonzero()[0].tolist()]
            steps.spans[ranking.key, y] = first, len(steps.rows) - 1
