"""compute(): from a framework, raw data and a method to scores, weights and ranks.

Reads top to bottom as the method does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..core import rank as rank_
from ..core.arrays import Array
from ..model.framework import Framework
from ..model.method import Method
from ..model.panel import Panel, span_of, taken
from .aggregate import aggregated, children_of
from .normalise import normalised
from .of_units import of_units
from .prepare import prepared
from .rules import ranked_by
from .stages import stages
from .weigh import Children
from .weigh import weights as weights_of

if TYPE_CHECKING:
    import pandas as pd

_FIRST = 10  # units that are shown of a result


@dataclass(frozen=True, eq=False)
class Result:
    """What `compute` found. Arrays for programs that are in a hurry, frames for people.

    Attributes
    ----------
    framework, method, years, units
        What it was computed from; axes of the arrays follow `years` and `units`.
    normalised_array : array, shape (n_years, n_units, n_indicators) [0-1]
    node_array : array, shape (n_years, n_aggregates, n_units) [0-1]
        Scores of the aggregates, in the framework's order.
    rank_array : array of int32, shape (n_years, n_aggregates, n_units)
        0 where there is no score.
    weight_array, effective_weight_array : arrays, shape (n_years, n_nodes) [share of the parent, of the index]
        In the framework's order; 1 for the index itself.
    """

    framework: Framework
    method: Method
    years: tuple[int, ...]
    units: tuple[str, ...]
    normalised_array: Array
    node_array: Array
    rank_array: rank_.Ranks
    weight_array: Array
    effective_weight_array: Array

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Scores [0-1]: index (year, unit), a column per framework code; an indicator's is its normalised value."""
        return self._frame(self._by_node(self.normalised_array, np.moveaxis(self.node_array, 1, 2)))

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Ranks within each year: index (year, unit), a column per framework code; floats, NaN where no score is."""
        return self._frame(np.where(self._all_ranks > 0, self._all_ranks, np.nan))

    @cached_property
    def rank_changes(self) -> pd.DataFrame:
        """Places gained on the year before in the data: positive moved up, NaN in the first year and for new units."""
        changes = np.full(self._all_ranks.shape, np.nan)
        changes[1:] = rank_.rank_changes(self._all_ranks[1:], self._all_ranks[:-1])
        return self._frame(changes)

    @cached_property
    def normalised(self) -> pd.DataFrame:
        """Normalised values [0-1]: index (year, unit), a column per indicator code."""
        return self._frame(self.normalised_array, tuple(i.code for i in self.framework.indicators))

    @cached_property
    def weights(self) -> pd.DataFrame:
        """Columns year, parent, child, weight [share of the parent], effective_weight [share of the index]."""
        from ..model.frames import weights_by_year

        below = {k: (node.parent, node.code) for k, node in enumerate(self.framework.nodes) if node.parent is not None}
        at = list(below)
        return weights_by_year(self.years, below.values(), self.weight_array[:, at], self.effective_weight_array[:, at])

    @cached_property
    def _all_ranks(self) -> rank_.Ranks:
        of_indicators = rank_.ranks(np.moveaxis(self.normalised_array, 2, 1))
        return self._by_node(np.moveaxis(of_indicators, 1, 2), np.moveaxis(self.rank_array, 1, 2))

    def _by_node(self, indicators: npt.NDArray[Any], aggregates: npt.NDArray[Any]) -> npt.NDArray[Any]:
        joint = np.concatenate([indicators, aggregates], axis=-1)
        return joint[..., _places(self.framework)]

    def _frame(self, values: Array, codes: tuple[str, ...] | None = None) -> pd.DataFrame:
        from ..model.frames import by_year_and_unit

        # Adding 0 turns -0.0 into 0.0.
        return by_year_and_unit(self.years, self.units, codes or self.framework.codes, values + 0.0)

    @property
    def _last(self) -> pd.DataFrame:
        """The index in the last year: units by rank, those without one last."""
        from ..model.frames import by_year_and_unit

        root, columns = self.framework.root.code, ("score", "rank", "change")
        found = [of[root].to_numpy()[-len(self.units) :] for of in (self.scores, self.ranks, self.rank_changes)]
        last = by_year_and_unit(self.years[-1:], self.units, columns, np.stack(found, axis=-1))
        return last.droplevel("year").sort_values("rank", kind="stable")

    @property
    def _head(self) -> str:
        framework, method, years = self.framework, self.method, self.years
        ranked = int((self.rank_array[-1, framework.aggregates.index(framework.root)] > 0).sum())
        how = f"{method.normalisation}, {method.weighting}, {method.aggregation}"
        those = f"{ranked} of {len(self.units)} units ranked in {years[-1]}"
        return f"{framework.root.code}, {span_of(years)}: {those} ({how})"

    def __repr__(self) -> str:
        return f"{self._head}\n{self._last.head(_FIRST)}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(self._head)}</p>{self._last.head(_FIRST).to_html()}"


def compute(framework: Framework, panel: Panel | pd.DataFrame, method: Method | None = None) -> Result:
    """Compute an index: normalise, weight and aggregate level by level, rank.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        A pandas frame is taken as by `Panel.from_frame`. Must hold every indicator of the framework; others are left
        out. One ranking a panel: units are compared with each other, so provinces and cities go in separately.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.

    Returns
    -------
    Result
        Scores run 0-1. A unit without enough data has no score and no rank: NaN. Where no unit has, as with a single
        unit or indicators that are the same for all, there are no ranks at all, and that is no error.

    Raises
    ------
    FrameworkError
        Where framework, panel or method is none, or there is no unit or year. Names the codes at fault: indicators
        without data, or without the goalposts or target that their normalisation needs; children without the weight or
        comparison that their parent's weighting needs; values that a treatment, imputation, normalisation, weighting
        or aggregation cannot take, with the setting.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0]]]))
    >>> compute(framework, panel).node_array.ravel()
    array([0.5, 0.5])
    """
    panel, method = taken(framework, panel, method)
    raw = prepared(framework, panel, method)
    found = normalised(framework, raw, method)
    plan, units = stages(framework), of_units(framework, panel)
    n_indicators = len(framework.indicators)
    n_joint = n_indicators + len(framework.aggregates)
    nodes = np.empty((raw.shape[0], n_joint - n_indicators, raw.shape[1]))
    # Of every node, indicators first: squared distance to the optimum, units with a value, weight in its parent.
    distances, present = (
        np.concatenate([part, np.zeros((len(raw), nodes.shape[1]))], axis=1) for part in (found.distances, found.counts)
    )
    weights = np.ones((raw.shape[0], n_joint))
    effective = np.ones_like(weights)
    for stage in plan:
        children = Children(
            distances[:, stage.children], present[:, stage.children], partial(children_of, stage, found.scores, nodes)
        )
        weights[:, stage.children] = weights_of(framework, stage, children, method)
        rows = n_indicators + stage.parents
        distances[:, rows], present[:, rows] = aggregated(
            framework, stage, weights, found.scores, nodes, method, bounded=found.bounded, units=units
        )
    for stage in reversed(plan):
        effective[:, stage.children] = (
            weights[:, stage.children] * effective[:, n_indicators + stage.parents[stage.families.owner]]
        )
    places = _places(framework)
    ranks = rank_.ranks(ranked_by(framework, method, nodes))
    return Result(
        framework, method, panel.years, panel.units, found.scores, nodes, ranks,
        weights[:, places], effective[:, places],
    )  # fmt: skip


def _places(framework: Framework) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Place of each node of the framework in a joint array of indicators, then aggregates."""
    at = {code: k for k, code in enumerate(framework.joint_codes)}
    return np.array([at[code] for code in framework.codes], dtype=np.intp)
