"""How the nodes of an index hang together in one year: correlations between their scores, and their significance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..core.arrays import Array
from ..core.rank_correlation import pearson, spearman
from ..core.significance import p_values
from ..engine.compute import Result


@dataclass(frozen=True, eq=False)
class Correlations:
    """Arrays of shape (n_nodes, n_nodes), in the framework's order.

    counts : units that a pair has in common.
    pearson, spearman : correlations between scores [-1 to 1]; NaN of fewer than three units.
    pearson_p, spearman_p : two-sided p-values [0-1]; NaN on the diagonal, where there is nothing to test.
    """

    counts: Array
    pearson: Array
    pearson_p: Array
    spearman: Array
    spearman_p: Array


def correlated(result: Result, y: int) -> Correlations:
    """Correlations of one year of a result, by its place."""
    at = [result.framework.joint_codes.index(code) for code in result.framework.codes]
    scores = np.concatenate([result.normalised_array[y], result.node_array[y].T], axis=1)[:, at]
    straight, counts = pearson(scores)
    few = counts < 3
    found = [np.where(few, np.nan, one) for one in (straight, spearman(scores))]
    own = np.eye(len(at), dtype=np.bool_)
    tested = [np.where(own, np.nan, p_values(one, counts)) for one in found]
    return Correlations(counts, found[0], tested[0], found[1], tested[1])
