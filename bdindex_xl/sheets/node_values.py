"""Scores, ranks and rank changes of aggregates as columns of cells. Scores run to the full marks here."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ..core import rank
from ..core.arrays import Array
from . import schema
from .inputs import Inputs
from .layout import Spec

ColumnCells = Any  # a list or an array: as long as the table


class NodeValues:
    """Scores and ranks of one year's rows at every aggregate, and the ranks of the year before."""

    def __init__(self, inputs: Inputs, scores: Array, ranks: rank.Ranks, before: rank.Ranks | None) -> None:
        self._at = {node.code: k for k, node in enumerate(inputs.framework.aggregates)}
        self._new = schema.NEW_UNIT[inputs.lang]
        self._scores, self._ranks, self._before = shown(scores, inputs), ranks, before

    def column(self, spec: Spec, order: npt.NDArray[np.intp]) -> ColumnCells:
        """Values of one column of a node, in the order given."""
        k = self._at[str(spec.node)]
        ranks = self._ranks[k, order]
        before = None if self._before is None else self._before[k, order]
        if spec.key == "score":
            return self._scores[k, order]
        if spec.key == "rank":
            return _blank_zero(ranks)
        if before is None:
            return [None] * len(order)
        if spec.key == "previous_rank":
            return _blank_zero(before)
        changes = rank.rank_changes(ranks, before)
        unknown = np.isnan(changes)
        cells = np.where(unknown, 0.0, changes).astype(np.intp).astype(object)
        cells[unknown] = None
        cells[unknown & (ranks > 0)] = self._new
        return cells.tolist()


def shown(scores: Array, inputs: Inputs) -> Array:
    """Scores 0-1 on the scale of the sheets."""
    return inputs.method.scale * scores + 0.0  # no minus before a zero


def _blank_zero(ranks: rank.Ranks) -> list[int | None]:
    return [r or None for r in ranks.tolist()]


def best_first(ranks: rank.Ranks) -> npt.NDArray[np.intp]:
    """Order by rank, units without one last, otherwise as they stand."""
    return np.argsort(np.where(ranks > 0, ranks, np.iinfo(np.int32).max), kind="stable")


def root(inputs: Inputs) -> int:
    """The place of the index among the aggregates."""
    return inputs.framework.aggregates.index(inputs.framework.root)
