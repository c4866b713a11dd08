"""Agreement with pymcdm where both define the same thing: clean positive data, one level.

The other peers' weights are compared by `benchmarks/weightings.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from pymcdm import normalizations
from pymcdm import weights as theirs
from pymcdm.methods import WSM

import bdindex_xl as bdx
from bdindex_xl.core.correlated_weights import critic
from bdindex_xl.core.weight import Families
from bdindex_xl.core.weightings import angle, entropy, gini, merec, standard_deviation


def data(seed: int) -> Any:
    random = np.random.default_rng(seed)
    return 0.05 + 0.95 * random.random((random.integers(5, 60), random.integers(2, 12)))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("ours", "peer", "scaled"),
    [
        (entropy, theirs.entropy_weights, False),
        (angle, theirs.angle_weights, False),
        (standard_deviation, theirs.standard_deviation_weights, False),
        (gini, theirs.gini_weights, False),
        (merec, lambda matrix: theirs.merec_weights(matrix, np.ones(matrix.shape[1])), False),
        (critic, theirs.critic_weights, True),  # which scales by itself: ours takes scores as they are
    ],
    ids=["entropy", "angle", "standard deviation", "Gini", "MEREC", "CRITIC"],
)
def test_weights(seed: int, ours: Callable[..., Any], peer: Callable[[Any], Any], scaled: bool) -> None:
    values = data(seed)
    matrix = (values - values.min(axis=0)) / np.ptp(values, axis=0) if scaled else values
    found = ours(matrix[None], Families.of_sizes([matrix.shape[1]]), axis=1)[0]
    np.testing.assert_allclose(found, peer(matrix), rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("kind", "peer"),
    [("min-max", normalizations.minmax_normalization), ("fraction of maximum", normalizations.linear_normalization)],
)
def test_scores(seed: int, kind: str, peer: Any) -> None:
    """Of a flat index with given weights: the weighted sum model."""
    values = data(seed)
    n = values.shape[1]
    signs = np.where(np.arange(n) % 3 == 1, -1, 1)
    given = np.random.default_rng(seed + 100).random(n) + 0.1
    records = [{"code": f"c{k}", "parent": "I", "direction": int(signs[k]), "weight": given[k]} for k in range(n)]
    framework = bdx.Framework.from_records([{"code": "I"}, *records])
    panel = bdx.Panel((2024,), tuple(map(str, range(len(values)))), tuple(f"c{k}" for k in range(n)), values[None])
    result = bdx.compute(framework, panel, bdx.Method(weighting="given", normalisation=kind))
    expected = WSM(peer)(values, given / given.sum(), signs)
    np.testing.assert_allclose(result.node_array[0, 0], expected, rtol=0, atol=1e-12)
