"""Ranks over draws are what computing every draw by itself gives."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.analysis.robustness import draws as robust_draws
from bdindex_xl.analysis.robustness.draws import Perturbations
from bdindex_xl.analysis.robustness.monte_carlo import robustness
from bdindex_xl.analysis.robustness.uncertain import DISCRETE, Uncertainty, alternatives
from bdindex_xl.core import rank
from bdindex_xl.model.method import Weighting
from tests.analysis.indices import Array, computed, index


def with_weights(framework: bdx.Framework, weights: Array) -> bdx.Framework:
    """The framework with given weights, in joint order; equal ones where a parent has none."""
    at = dict(zip(framework.joint_codes, weights.tolist(), strict=True))
    for parent in framework.aggregates:
        codes = [child.code for child in framework.children(parent.code)]
        if not any(at[code] for code in codes):
            at |= dict.fromkeys(codes, 1.0)
    nodes = (replace(node, weight=at[node.code]) for node in framework.nodes)
    return bdx.Framework(tuple(nodes), framework.comparisons)


def draw_by_draw(
    framework: bdx.Framework, panel: bdx.Panel, method: bdx.Method, uncertainty: Uncertainty, n: int, seed: int
) -> Array:
    """Ranks in each draw among the units that have one nominally, from an index computed by itself; 0 without."""
    choices = alternatives(uncertainty, method)
    points = robust_draws.block(0, n, {source: len(of) for source, of in choices.items()}, seed=seed)
    perturbations = Perturbations(framework, uncertainty, seed=seed)
    ranked = ~np.isnan(computed(framework, panel, method)[0])
    found = np.zeros((n, len(panel.units)), dtype=np.int64)
    order = [framework.codes.index(code) for code in framework.joint_codes]
    for k in range(n):
        places = np.unravel_index(points.combination[k], [len(of) for of in choices.values()])
        fields = {DISCRETE[s][1]: of[int(p)] for p, (s, of) in zip(places, choices.items(), strict=True)}
        own = replace(method, **fields)  # type: ignore[arg-type]
        weights = computed(framework, panel, own)[1].weight_array[-1, order]
        drawn = perturbations.of(weights, np.array([k]), combination=int(points.combination[k]))[0]
        scores = computed(with_weights(framework, drawn), panel, replace(own, weighting=Weighting.GIVEN))[0]
        found[k] = rank.ranks(np.where(ranked, scores, np.nan))
    return found


def check(framework: bdx.Framework, panel: bdx.Panel, method: bdx.Method, uncertainty: Uncertainty, n: int) -> None:
    ranks = draw_by_draw(framework, panel, method, uncertainty, n, 5)
    found = robustness(framework, panel, method, uncertainty=uncertainty, n_draws=n, seed=5)
    expected = np.zeros_like(found.counts)
    for draw in ranks:
        for unit in np.flatnonzero(draw):
            expected[unit, draw[unit] - 1] += 1
    assert np.array_equal(found.counts, expected)
    order = [unit for unit in np.argsort(found.rank, kind="stable") if found.rank[unit]]
    for unit, following in pairwise(order):
        both = (ranks[:, unit] > 0) & (ranks[:, following] > 0)
        share = (ranks[both, unit] < ranks[both, following]).mean() if both.any() else np.nan
        assert found.ahead[unit] == pytest.approx(share, nan_ok=True)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_weights_around_those_found_give_what_computing_each_draw_gives(seed: int, missing: float) -> None:
    framework, panel = index(seed, missing=missing)
    check(framework, panel, bdx.Method(min_available=[0.0, 0.65][seed % 2]), Uncertainty(), 20)


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "concentration"), [(3, 2.0), (3, 60.0), (5, 1e-3), (3, 1e-3)])
def test_dirichlet_weights_give_what_computing_each_draw_gives(seed: int, concentration: float) -> None:
    # With the least concentration most weights are too small for floating point, and exactly 0.
    method = bdx.Method(min_available=0.3)
    check(*index(seed, missing=0.2), method, Uncertainty(concentration=concentration), 20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_all_choices_at_once_give_what_computing_each_draw_gives(seed: int) -> None:
    uncertainty = Uncertainty(
        weightings=("improved vector", "equal", "given", "standard deviation"), normalisations=("min-max", "rank"),
        aggregations=("arithmetic", "geometric", "median"), imputations=("none", "mean", "previous year"),
    )  # fmt: skip
    check(*index(seed + 20, missing=0.25), bdx.Method(), uncertainty, 40)


@pytest.mark.parametrize("aggregation", ["harmonic", "power mean", "copeland"])
def test_other_means_give_what_computing_each_draw_gives(aggregation: str) -> None:
    check(*index(3, missing=0.1), bdx.Method(aggregation=aggregation), Uncertainty(), 30)


@pytest.mark.parametrize("scope", ["year", "panel"])
@pytest.mark.parametrize(("normalisation", "spread"), [("min-max", 0.0), ("z-score", 0.3), ("rank", 0.3)])
def test_noise_gives_what_computing_each_noisy_panel_gives(scope: str, normalisation: str, spread: float) -> None:
    framework, panel = index(3, missing=0.1, n_years=3)
    method = bdx.Method(scope=scope, normalisation=normalisation, min_available=0.3)
    weights = computed(framework, panel, method)[1].weight_array[-1]
    order = [framework.codes.index(code) for code in framework.joint_codes]
    uncertainty, numbers = Uncertainty(spread, noise=0.2), np.arange(30)
    perturbed = Perturbations(framework, uncertainty, seed=5).of(weights[order], numbers, combination=0)
    noise = robust_draws.noise(numbers, *panel.values.shape[1:], seed=5)
    expected = np.zeros((len(panel.units), len(panel.units)), dtype=np.int64)
    for draw, own in zip(noise, np.broadcast_to(perturbed, (30, len(order))), strict=True):
        values = panel.values.copy()
        values[-1] += 0.2 * np.nanstd(panel.values[-1], axis=0) * draw
        noisy, given = replace(panel, values=values), replace(method, weighting=Weighting.GIVEN)
        scores = computed(with_weights(framework, own), noisy, given)[0]
        for unit in np.flatnonzero(~np.isnan(scores)):
            expected[unit, (scores > scores[unit] + 1e-12).sum()] += 1
    found = robustness(framework, panel, method, uncertainty=uncertainty, n_draws=30, seed=5)
    assert np.array_equal(found.counts, expected) and expected.sum() == 30 * len(panel.units)
