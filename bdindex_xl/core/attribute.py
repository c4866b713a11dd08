"""What each indicator adds to a node's score, through the whole hierarchy; and what made a score change."""

from __future__ import annotations

import numpy as np

from .arrays import Array, Index


def applied_weights(scores: Array, weights: Array, parents: Index, *, of: int) -> Array:
    """Weights of all nodes in one node, as applied to each unit: rescaled over what it has, level by level.

    Parameters
    ----------
    scores : array, shape (n_years, n_nodes, n_units) [0-1, or any measure]
        Of indicators and aggregates alike. NaN is missing: a node that a unit has no score at carries nothing.
    weights : array, shape (n_years, n_nodes) [share of the parent]
    parents : array of int, shape (n_nodes,)
        Place of each node's parent; -1 for the root.
    of : int
        Place of the node whose score is looked into.

    Returns
    -------
    array, shape (n_years, n_nodes, n_units) [share of the node `of`]
        1 for the node itself; 0 for nodes elsewhere in the hierarchy and for those a unit lacks; NaN throughout where
        a unit has no score at `of`. Children's weights add up to their parent's.

    Raises
    ------
    ValueError
        Where the shapes do not fit, or the parents run in a circle.

    Examples
    --------
    >>> scores = np.array([[[1.0], [np.nan], [1.0]]])  # two indicators, the second missing, and their parent
    >>> applied_weights(scores, np.array([[0.75, 0.25, 1.0]]), np.array([2, 2, -1]), of=2).ravel()
    array([1., 0., 1.])
    """
    if weights.shape != scores.shape[:2] or parents.shape != scores.shape[1:2]:
        raise ValueError(f"weights, parents: expected shapes for {scores.shape[:2]} years and nodes, found others")
    carried = np.where(np.isnan(scores), 0.0, weights[:, :, None])
    totals = np.zeros_like(carried)
    below = np.flatnonzero(parents >= 0)
    for child in below:
        totals[:, parents[child]] += carried[:, child]
    of_parent = totals[:, parents]  # the root's own, which points nowhere, is not looked at
    shares = np.divide(carried, of_parent, out=np.zeros_like(carried), where=of_parent > 0)
    applied = np.zeros_like(carried)
    applied[:, of] = 1.0
    for level in _levels(parents, of):
        applied[:, level] = shares[:, level] * applied[:, parents[level]]
    return np.where(np.isnan(scores[:, of : of + 1]), np.nan, applied)


def _levels(parents: Index, of: int) -> list[Index]:
    """Descendants of a node, level by level."""
    levels: list[Index] = []
    found = np.flatnonzero(parents == of)
    while found.size:
        levels.append(found)
        if len(levels) >= parents.size:
            raise ValueError("parents: expected a tree, found a circle")
        found = np.flatnonzero(np.isin(parents, found))
    return levels


def contributions(scores: Array, weights: Array, parents: Index, *, of: int) -> Array:
    """What each indicator adds to a node's score; a unit's contributions add up to its score there.

    Parameters
    ----------
    scores, weights, parents, of
        As in `applied_weights`.

    Returns
    -------
    array, shape (n_years, n_nodes, n_units) [as the scores]
        Applied weight times score for nodes without children, 0 for aggregates: along the axis of nodes they add up
        to ``scores[:, of]``. A missing indicator adds 0; NaN throughout where a unit has no score at `of`.

    Raises
    ------
    ValueError
        As `applied_weights`.

    Examples
    --------
    >>> scores = np.array([[[0.8], [0.4], [0.7]]])
    >>> contributions(scores, np.array([[0.75, 0.25, 1.0]]), np.array([2, 2, -1]), of=2).ravel().round(3)
    array([0.6, 0.1, 0. ])
    """
    applied = applied_weights(scores, weights, parents, of=of)
    leaves = ~np.isin(np.arange(parents.size), parents)
    there = np.where(np.isnan(scores), 0.0, scores)
    parts: Array = applied * there * leaves[:, None]
    return parts


def change_parts(
    weights_before: Array, scores_before: Array, weights_after: Array, scores_after: Array
) -> tuple[Array, Array]:
    """A change of contributions as what the scores did and what the applied weights did; both add up to it.

    Parameters
    ----------
    weights_before, weights_after : arrays, same shape [share of the node]
        Applied weights.
    scores_before, scores_after : arrays, same shape [0-1, or any measure]
        NaN is missing, and adds nothing.

    Returns
    -------
    by_score, by_weight : arrays, same shape [as the scores]
        Each factor's change times the mean of the other: the Shapley value of a product of two, which favours neither.

    Raises
    ------
    ValueError
        Where the shapes differ.

    References
    ----------
    Shorrocks, Decomposition procedures for distributional analysis: a unified framework based on the Shapley value,
    Journal of Economic Inequality 11, 2013, 99-126, doi:10.1007/s10888-011-9214-z.

    Examples
    --------
    >>> half, whole = np.array([0.5]), np.array([1.0])
    >>> change_parts(half, np.array([0.2]), whole, np.array([0.4]))
    (array([0.15]), array([0.15]))
    """
    shapes = {part.shape for part in (weights_before, scores_before, weights_after, scores_after)}
    if len(shapes) != 1:
        raise ValueError(f"expected arrays of one shape, found {sorted(shapes)}")
    before, after = (np.where(np.isnan(scores), 0.0, scores) for scores in (scores_before, scores_after))
    by_score = (after - before) * (weights_before + weights_after) / 2
    by_weight = (weights_after - weights_before) * (before + after) / 2
    return by_score, by_weight
