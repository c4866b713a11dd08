"""Why a unit's score is what it is: parts that add up, indicator by indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..core import attribute
from ..core.arrays import Array, Flags
from ..core.rank import ranks
from ..engine.compute import Result, compute
from ..engine.prepare import prepared, with_denominators
from ..errors import FrameworkError
from ..language import Text, same
from ..model.framework import Framework
from ..model.method import Method
from ..model.panel import Panel, place_of_year, taken
from .explained import Explanation
from .nested_parts import NestedParts, mean_scores, parts_of

if TYPE_CHECKING:
    import pandas as pd


def explain(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    unit: str,
    year: int | None = None,
) -> Explanation:
    """Why a unit's score and rank are what they are.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking. Its groups, if any, say who the unit's peers are.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    unit : str
        A code of the panel.
    year : int, optional
        Default: the panel's last.

    Returns
    -------
    Explanation
        What each indicator adds to the score [0-1], against the peers and the units next to it.

    Raises
    ------
    FrameworkError
        As `compute` does; where the unit or year is not in the panel; where a parent's score compares units, as
        Copeland's does, since it leaves no parts.

    Notes
    -----
    A score by arithmetic means is a sum: an indicator adds its weight times its score. Of other means contributions are
    what a unit of the mean scores would have, shared out by weight times score, and Winter values, that is Shapley
    values among siblings level by level, of having the unit's own scores instead: see `core.nested_shapley`. There
    `usual` and `peers` are the contributions of the mean scores.

    References
    ----------
    Winter, A value for cooperative games with levels structure of cooperation, International Journal of Game Theory 18,
    1989, 227-240, doi:10.1007/BF01268161.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y"), ("a", "b"), np.array([[[1.0, 5.0], [3.0, 1.0]]]))
    >>> found = explain(framework, panel, Method(weighting="equal"), unit="x")
    >>> found.rank, found.contributions.tolist(), found.above
    (1, [0.0, 0.5], None)
    """
    panel, method = taken(framework, panel, method)
    u, y = place_of(panel, unit, year)
    sharing = parts_of(framework, panel, method)
    result = compute(framework, panel, method)
    n, codes = len(framework.indicators), tuple(indicator.code for indicator in framework.indicators)
    scores = _joint(result, y)
    root = framework.joint_codes.index(framework.root.code)
    weights = joint_weights(result)[y : y + 1]
    applied = attribute.applied_weights(scores, weights, sharing.parents, of=root)[0, :n]
    places = result.rank_array[y, root - n]
    ranked = places > 0
    peers = ranked & np.array([bool(g) and g == panel.groups[u] for g in panel.groups] or [False] * len(ranked))
    above, below = _neighbours(panel.units, scores[0, root], u)
    score = float(scores[0, root, u])
    if sharing.additive:
        parts = attribute.contributions(scores, weights, sharing.parents, of=root)[0, :n]
        own, usual, of_peers = parts[:, u], _mean(parts, ranked), _mean(parts, peers)
        differences = _differences(scores[0, :n, u], applied[:, u], _nominal_weights(result, y), usual)
    else:
        own, usual, of_peers, differences = _shared(sharing, scores[0, :n].T, weights[0], u, ranked, peers)
    lacking = np.isnan(prepared(framework, panel, method)[y, u])
    blank = np.isnan(with_denominators(framework, panel)[y, u])
    return Explanation(
        unit, panel.years[y], score, int(places[u]), int(ranked.sum()), codes,
        scores[0, :n, u], np.asarray(ranks(scores[0, :n])[:, u]), applied[:, u], own,
        usual, of_peers, differences, float(score - usual.sum() - np.nansum(differences)),
        those(codes, lacking), those(codes, blank & ~lacking), above, below,
    )  # fmt: skip


def _shared(
    sharing: NestedParts, scores: Array, weights: Array, u: int, ranked: Flags, peers: Flags
) -> tuple[Array, Array, Array, Array]:
    """Contributions, the usual ones and those of the peers, and differences, of scores that are no sums."""
    reference = mean_scores(scores, ranked)
    there = ~np.isnan(scores[u])
    rows = [scores[u], reference, mean_scores(scores, peers), np.where(there, scores[u], reference)]
    own, usual, of_peers, filled = sharing.of(np.stack(rows), np.stack([weights] * len(rows)), reference)
    nothing = np.full(len(reference), np.nan)
    return (
        own,
        usual if ranked.any() else nothing,
        of_peers if peers.any() else nothing,
        np.where(there & ~np.isnan(own), filled - usual, np.nan),
    )


def _nominal_weights(result: Result, y: int) -> Array:
    """Weights of the indicators in the index for a unit that lacks nothing, shape (n_indicators,)."""
    at = {code: k for k, code in enumerate(result.framework.codes)}
    return result.effective_weight_array[y, [at[indicator.code] for indicator in result.framework.indicators]]


def _differences(scores: Array, applied: Array, nominal: Array, usual: Array) -> Array:
    """Contributions with nominal weights less the usual ones; NaN of indicators that do not count for the unit.

    With the weights as applied, the siblings of a missing indicator would pass for strengths, having its weight too.
    """
    counts = ~np.isnan(scores) & ((applied > 0) | (nominal == 0))
    found: Array = np.where(counts, nominal * np.where(counts, scores, 0.0) - usual, np.nan)
    return found


def those(codes: tuple[str, ...], which: Flags) -> tuple[str, ...]:
    return tuple(code for code, one in zip(codes, which, strict=True) if one)


def _joint(result: Result, y: int) -> Array:
    """Scores of all nodes in one year, shape (1, n_joint, n_units)."""
    joint: Array = np.concatenate([result.normalised_array[y].T, result.node_array[y]])[None]
    return joint


def joint_weights(result: Result) -> Array:
    """Weights within the parent in the joint order, shape (n_years, n_joint)."""
    at = {code: k for k, code in enumerate(result.framework.codes)}
    return result.weight_array[:, [at[code] for code in result.framework.joint_codes]]


def _mean(parts: Array, units: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Array:
    """Mean contribution over some units; NaN where there is none."""
    if not units.any():
        return np.full(len(parts), np.nan)
    mean: Array = parts[:, units].mean(axis=1)
    return mean


def _neighbours(
    units: tuple[str, ...], scores: Array, u: int
) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    gaps = scores - scores[u]

    def nearest(there: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[str, float] | None:
        if not there.any():
            return None
        k = int(np.where(there, np.abs(gaps), np.inf).argmin())
        return units[k], float(abs(gaps[k]))

    with np.errstate(invalid="ignore"):
        return nearest(gaps > 0), nearest(gaps < 0)


def place_of(panel: Panel, unit: str, year: int | None) -> tuple[int, int]:
    """Places of unit and year. Raises FrameworkError naming what the panel lacks."""
    if unit not in panel.units:
        raise FrameworkError(_NO_UNIT.format(unit=same(unit)))
    return panel.units.index(unit), place_of_year(panel, year)


_NO_UNIT = Text("数据中没有地区“{unit}”", "expected a unit of the data, found “{unit}”")
