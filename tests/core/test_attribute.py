"""Contributions add up to the engine's scores at every node, whatever a unit lacks."""

from __future__ import annotations

import numpy as np
import pytest

from bdindex_xl.core import attribute
from bdindex_xl.engine.compute import Result, compute
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel

RNG = np.random.default_rng(11)


def some_framework(rng: np.random.Generator) -> Framework:
    """A tree of any shape: indicators hang at any level, some of less-is-better, all with weights."""
    n = int(rng.integers(3, 30))
    parents = [int(rng.integers(0, k)) if k else None for k in range(n)]
    leaves = set(range(n)) - {p for p in parents if p is not None}
    return Framework.from_records(
        [
            {
                "code": f"n{k}",
                "parent": None if parents[k] is None else f"n{parents[k]}",
                "direction": int(rng.choice([-1, 1])) if k in leaves else None,
                "weight": float(rng.random() + 0.1),
            }
            for k in range(n)
        ]
    )


def some_result(seed: int) -> Result:
    rng = np.random.default_rng(seed)
    framework = some_framework(rng)
    codes = tuple(indicator.code for indicator in framework.indicators)
    values = rng.lognormal(size=(3, 9, len(codes)))
    values[rng.random(values.shape) < rng.choice([0.0, 0.1, 0.4])] = np.nan
    panel = Panel((2021, 2022, 2023), tuple("abcdefghi"), codes, values)
    weighting = str(rng.choice(["improved vector", "equal", "given"]))
    return compute(framework, panel, Method(weighting=weighting, min_available=float(rng.choice([0.0, 0.5, 0.65]))))


def joint(result: Result) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, weights and parents of all nodes, in the framework's order."""
    framework = result.framework
    scores = result.scores.to_numpy().reshape(len(result.years), len(result.units), -1)
    codes = framework.codes
    parents = [framework.node(code).parent for code in codes]
    return (
        np.moveaxis(scores, 2, 1),
        result.weight_array,
        np.array([-1 if parent is None else codes.index(parent) for parent in parents]),
    )


@pytest.mark.parametrize("seed", range(60))
def test_contributions_add_up_to_the_score_of_every_node(seed: int) -> None:
    result = some_result(seed)
    scores, weights, parents = joint(result)
    for aggregate in result.framework.aggregates:
        at = result.framework.codes.index(aggregate.code)
        parts = attribute.contributions(scores, weights, parents, of=at)
        assert np.allclose(parts.sum(axis=1), scores[:, at], rtol=0, atol=1e-12, equal_nan=True)
        assert (np.isnan(parts).all(axis=1) == np.isnan(scores[:, at])).all()


@pytest.mark.parametrize("seed", range(20))
def test_the_applied_weights_of_the_indicators_sum_to_1(seed: int) -> None:
    result = some_result(seed)
    scores, weights, parents = joint(result)
    applied = attribute.applied_weights(scores, weights, parents, of=int(np.flatnonzero(parents < 0)[0]))
    leaves = ~np.isin(np.arange(parents.size), parents)
    sums = applied[:, leaves].sum(axis=1)
    assert np.allclose(sums[~np.isnan(sums)], 1.0, atol=1e-12)
    assert not applied[np.isnan(scores) & ~np.isnan(applied)].any(), "what a unit lacks carries nothing"


def test_weights_are_rescaled_level_by_level() -> None:
    # I = A (0.5), B (0.5); A = a (0.2), b (0.3), c (0.5); B = d (1). Without c, a and b carry 0.4 and 0.6 of A.
    scores = np.array([0.9, 0.4, np.nan, 0.5, 0.6, 0.5, 0.55])[None, :, None]
    weights = np.array([[0.2, 0.3, 0.5, 1.0, 0.5, 0.5, 1.0]])
    parents = np.array([4, 4, 4, 5, 6, 6, -1])
    parts = attribute.contributions(scores, weights, parents, of=6).ravel()
    assert parts == pytest.approx([0.5 * 0.4 * 0.9, 0.5 * 0.6 * 0.4, 0, 0.5 * 0.5, 0, 0, 0], abs=1e-15)
    of_a = attribute.contributions(scores, weights, parents, of=4).ravel()
    assert of_a == pytest.approx([0.4 * 0.9, 0.6 * 0.4, 0, 0, 0, 0, 0], abs=1e-15)


def test_parts_of_a_change_add_up_to_it() -> None:
    w0, z0, w1, z1 = RNG.random((4, 50))
    z0[:5], z1[5:10] = np.nan, np.nan
    by_score, by_weight = attribute.change_parts(w0, z0, w1, z1)
    assert by_score + by_weight == pytest.approx(w1 * np.nan_to_num(z1) - w0 * np.nan_to_num(z0), abs=1e-15)
    assert not attribute.change_parts(w0, z0, w0, z1)[1].any(), "the same weights do nothing"
    assert not attribute.change_parts(w0, z0, w1, z0)[0].any(), "the same scores do nothing"


def test_shapes_that_do_not_fit_and_circles_are_refused() -> None:
    ones = np.ones((1, 2, 3))
    with pytest.raises(ValueError, match="expected shapes"):
        attribute.applied_weights(ones, np.ones((1, 3)), np.array([-1, 0]), of=0)
    with pytest.raises(ValueError, match="found a circle"):
        attribute.applied_weights(ones, np.ones((1, 2)), np.array([1, 0]), of=0)
    with pytest.raises(ValueError, match="arrays of one shape"):
        attribute.change_parts(np.ones(2), np.ones(2), np.ones(3), np.ones(2))
