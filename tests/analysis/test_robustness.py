"""Ranks over draws: what computing every draw by itself gives, known probabilities, and what must not matter."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.analysis.robustness import draws as robust_draws
from bdindex_xl.analysis.robustness import rank_counts
from bdindex_xl.analysis.robustness.draws import Perturbations
from bdindex_xl.analysis.robustness.monte_carlo import Robustness, one_at_a_time, robustness
from bdindex_xl.analysis.robustness.uncertain import DISCRETE, Cancelled, Source, Uncertainty
from bdindex_xl.core.random_weights import stream
from bdindex_xl.errors import FrameworkError
from bdindex_xl.model.method import Aggregation
from tests.analysis.indices import CERTAIN, EVERYTHING, computed, index, two_indicators


@pytest.mark.parametrize("missing", [0.0, 0.2])
def test_without_uncertainty_every_interval_has_zero_width(missing: float) -> None:
    framework, panel = index(1, missing=missing)
    found = robustness(framework, panel, uncertainty=CERTAIN, n_draws=100)
    scores, result = computed(framework, panel, bdx.Method())
    ranks = result.rank_array[-1, framework.aggregates.index(framework.root)]
    assert found.score == pytest.approx(scores, nan_ok=True)
    for places in (found.rank, found.low, found.median, found.high, found.best, found.worst):
        assert np.array_equal(places, ranks)
    there = ranks > 0
    assert np.array_equal(found.mean[there], ranks[there])
    assert np.array_equal(found.first[there], ranks[there] == 1)
    assert set(found.ahead[~np.isnan(found.ahead)]) <= {0.0, 1.0}
    assert not found.mean_shift[there].any()
    assert one_at_a_time(framework, panel, uncertainty=CERTAIN) == ()


def test_the_probability_of_being_first_is_that_worked_by_hand() -> None:
    # x has score a and y has score b. x is first where 0.55 (1 + u/4) > 0.45 (1 + v/4), u and v uniform in -1 to 1,
    # that is v < 8/9 + 11/9 u; of the square, 12/11 in u times a mean share of 2/3, and 10/11 whole: 18/11 of 2.
    framework, panel = two_indicators((1, 0), (0, 1))
    found = robustness(framework, panel, bdx.Method(weighting="given"), n_draws=40_000)
    assert found.first == pytest.approx([9 / 11, 2 / 11], abs=0.006)
    assert found.ahead[0] == found.first[0]
    assert found.mean == pytest.approx([13 / 11, 20 / 11], abs=0.006)
    assert found.mean_shift == pytest.approx([2 / 11, 2 / 11], abs=0.006)


def test_dirichlet_weights_of_two_are_uniform_with_concentration_two() -> None:
    # z, at 0.6 in both, is first where neither weight is above 0.6: a fifth of the simplex.
    framework, panel = two_indicators((1, 0), (0, 1), (0.6, 0.6))
    uniform = Uncertainty(concentration=2.0)
    found = robustness(framework, panel, bdx.Method(weighting="equal"), uncertainty=uniform, n_draws=40_000)
    assert found.first == pytest.approx([0.4, 0.4, 0.2], abs=0.008)


def test_noise_has_the_standard_deviation_asked_for() -> None:
    # Two values a distance d apart deviate by d/2 each; noise of one deviation turns them round where a normal number
    # of deviation d/sqrt(2) exceeds d: with probability 1 - Phi(sqrt(2)) = 0.0786.
    framework = bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}])
    panel = bdx.Panel((2024,), ("x", "y"), ("a",), np.array([[[7.0], [3.0]]]))
    found = robustness(framework, panel, uncertainty=Uncertainty(0.0, noise=1.0), n_draws=10_000)
    assert found.first == pytest.approx([0.9214, 0.0786], abs=0.009)


def test_normal_numbers_have_the_moments_of_the_distribution() -> None:
    found = robust_draws.normals(stream(3), 400_001)
    assert found.shape == (400_001,)
    assert [(found**k).mean() for k in (1, 2, 3, 4)] == pytest.approx([0, 1, 0, 3], abs=0.03)
    assert (np.abs(found) < 1.959964).mean() == pytest.approx(0.95, abs=0.002)
    assert abs(np.corrcoef(found[:-1], found[1:])[0, 1]) < 0.006


def test_alternatives_are_equally_likely() -> None:
    # By the mean x leads, 0.6 to 0.5 and 0.5; by the worse of the two z does, 0.5 to 0.2 and 0.
    framework, panel = two_indicators((1, 0.2), (0, 1), (0.5, 0.5), (0, 0))
    uncertainty = replace(CERTAIN, aggregations=("arithmetic", "minimum"))
    found = robustness(framework, panel, bdx.Method(weighting="equal"), uncertainty=uncertainty, n_draws=20_000)
    assert found.first == pytest.approx([0.5, 0, 0.5, 0], abs=0.012)


def test_a_unit_is_left_out_of_the_draws_in_which_it_has_no_score() -> None:
    framework, panel = two_indicators((np.nan, 2), (1, 1), (0, 0))
    # x, with the mean of the others, has 0.55 x 0.5 + 0.45 = 0.725, and y 0.55 + 0.45 x 0.5 = 0.775.
    method = bdx.Method(weighting="given", imputation="mean")
    uncertainty = replace(CERTAIN, imputations=("none", "mean"))
    found = robustness(framework, panel, method, uncertainty=uncertainty, n_draws=2000)
    assert found.rank.tolist() == [2, 1, 3]
    assert found.ranked[0] == pytest.approx(0.5, abs=0.04) and found.ranked[1:].tolist() == [1.0, 1.0]
    assert [found.best[0], found.worst[0], found.mean[0], found.mean_shift[0]] == [2, 2, 2, 0]
    with_x = found.counts[0, 1]
    assert found.counts[2].tolist() == [0, 2000 - with_x, with_x]
    assert found.ahead[:2].tolist() == [1.0, 1.0] and np.isnan(found.ahead[2])


def test_a_unit_without_a_rank_stays_without() -> None:
    framework, panel = two_indicators((np.nan, 2), (1, 1), (0, 0))
    uncertainty = Uncertainty(imputations=("none", "mean"))
    found = robustness(framework, panel, uncertainty=uncertainty, n_draws=50)
    figures = [getattr(found, name)[0] for name in ("mean", "first", "first_ten", "ahead", "mean_shift", "score")]
    assert np.isnan(figures).all()
    assert [getattr(found, name)[0] for name in ("rank", "low", "high", "best", "worst", "median")] == [0] * 6
    assert found.counts[1:].sum() == 100 and found.ranked[0] == 0
    row = found.frame.loc[(2024, "x")]
    assert row.drop("ranked").isna().all() and row["ranked"] == 0  # type: ignore[call-overload]


def test_no_unit_with_a_rank_is_no_error() -> None:
    framework, panel = two_indicators((np.nan, np.nan), (np.nan, np.nan))
    assert robustness(framework, panel, n_draws=10).rank.tolist() == [0, 0]
    alone = one_at_a_time(framework, panel, n_draws=10)
    assert [(one.source, one.mean_shift, one.widest, one.unit) for one in alone] == [(Source.WEIGHTS, 0.0, 0, "")]


def same(one: Robustness, other: Robustness) -> bool:
    return bool(np.array_equal(one.counts, other.counts) and np.array_equal(one.ahead, other.ahead, equal_nan=True))


def test_a_seed_gives_the_same_draws_and_another_others(monkeypatch: pytest.MonkeyPatch) -> None:
    framework, panel = index(2, missing=0.1)
    found = {}
    for processors, seed in ((1, 1), (3, 1), (1, 2)):
        monkeypatch.setattr(os, "cpu_count", lambda n=processors: n)
        found[processors, seed] = robustness(
            framework, panel, uncertainty=replace(EVERYTHING, noise=0.0), n_draws=4000, seed=seed
        )
    assert same(found[1, 1], found[3, 1]) and not same(found[1, 1], found[1, 2])


def test_to_add_a_source_leaves_the_draws_of_the_others() -> None:
    sizes = dict.fromkeys(DISCRETE, 1)
    of_one = robust_draws.block(2, 500, sizes | {Source.NORMALISATION: 3}, seed=1).combination
    of_two = robust_draws.block(2, 500, sizes | {Source.NORMALISATION: 3, Source.MISSING_VALUES: 2}, seed=1).combination
    assert np.array_equal(of_two // 2, of_one) and set(of_one) == {0, 1, 2}


def test_perturbed_weights_stay_within_the_spread_and_sum_to_one() -> None:
    framework, _ = index(5)
    n_joint = len(framework.joint_codes)
    weights, siblings = np.ones(n_joint), {}
    for parent in framework.aggregates:
        children = [framework.joint_codes.index(child.code) for child in framework.children(parent.code)]
        siblings[parent.code] = children
        weights[children] = 1 / len(children)
    numbers = np.array([1023, 1024, 7, 5000])
    drawn = Perturbations(framework, Uncertainty(0.2), seed=1).of(weights, numbers, combination=0)
    for children in siblings.values():
        assert drawn[:, children].sum(axis=1) == pytest.approx(1)
        share = drawn[:, children] * len(children)
        assert (share >= 0.8 / 1.2 - 1e-12).all() and (share <= 1.2 / 0.8 + 1e-12).all()
        assert len(children) == 1 or np.ptp(share, axis=0).min() > 0.01
    again = Perturbations(framework, Uncertainty(0.2), seed=1).of(weights, numbers[::-1], combination=3)
    assert np.array_equal(again[::-1], drawn)


def test_each_source_alone_is_the_analysis_with_the_others_certain() -> None:
    framework, panel = index(6, missing=0.1)
    found = one_at_a_time(framework, panel, uncertainty=EVERYTHING, n_draws=80, seed=3)
    assert [one.source for one in found] == list(Source)
    one = robustness(
        framework, panel, n_draws=80, seed=3, uncertainty=replace(CERTAIN, normalisations=("min-max", "rank"))
    )
    alone = found[list(Source).index(Source.NORMALISATION)]
    there = one.rank > 0
    widths = (one.high - one.low)[there]
    places = np.arange(1, len(panel.units) + 1)
    shifts = [one.counts[k] @ np.abs(places - one.rank[k]) / 80 for k in np.flatnonzero(there)]
    assert (alone.widest, alone.mean_shift) == (widths.max(), pytest.approx(np.mean(shifts)))
    assert one.high[panel.units.index(alone.unit)] - one.low[panel.units.index(alone.unit)] == alone.widest


@pytest.mark.parametrize("whole", [EVERYTHING, Uncertainty(concentration=9.0, noise=0.2)])
def test_one_source_leaves_the_others_certain(whole: Uncertainty) -> None:
    for source in whole.sources:
        only = whole.only(source)
        assert only.sources == (source,)
        kept = {Source.WEIGHTS: ("spread", "concentration"), Source.NOISE: ("noise",)}
        names = kept[source] if source in kept else DISCRETE[source][:1]
        assert all(getattr(only, name) == getattr(whole, name) for name in names)


def test_a_node_s_own_choice_is_not_varied() -> None:
    framework, panel = two_indicators((1, 0), (0, 1), (0.3, 0.4))
    root = replace(framework.root, aggregation=Aggregation.MINIMUM)
    nodes = tuple(root if node.code == "I" else node for node in framework.nodes)
    found = robustness(
        bdx.Framework(nodes), panel, uncertainty=replace(CERTAIN, aggregations=("arithmetic", "median")), n_draws=20
    )
    assert np.array_equal(found.low, found.high) and found.rank.tolist() == [2, 2, 1]


def test_progress_rises_to_the_whole_and_cancelling_ends_it() -> None:
    framework, panel = two_indicators((1, 0), (0, 1))
    told: list[float] = []
    one_at_a_time(
        framework,
        panel,
        uncertainty=Uncertainty(normalisations=("min-max", "rank")),
        n_draws=5000,
        progress=told.append,
    )
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1 and len(set(told)) > 4
    with pytest.raises(Cancelled):
        robustness(framework, panel, n_draws=10**6, cancelled=iter([False, False, True]).__next__)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda f, p: Uncertainty(spread=1.0), "spread: expected at least 0 and less than 1, found 1.0"),
        (lambda f, p: Uncertainty(concentration=0.0), "concentration: expected a positive number or none, found 0.0"),
        (
            lambda f, p: Uncertainty(concentration=1e10),
            "concentration: expected a number from 0.001 to 1e+09 or none, found 10000000000.0",
        ),
        (lambda f, p: Uncertainty(noise=1e4), "noise: expected at most 1000, found 10000.0"),
        (
            lambda f, p: robustness(f, p, n_draws=10**7),
            "n_draws: expected a whole number from 1 to 1000000, found 10000000",
        ),
        (
            lambda f, p: robustness(f, p, n_draws=2.5),  # type: ignore[arg-type]
            "n_draws: expected a whole number from 1 to 1000000, found 2.5",
        ),
        (lambda f, p: Uncertainty(noise=np.nan), "noise: expected a number of at least 0, found nan"),
        (
            lambda f, p: Uncertainty(aggregations=("median", "median")),
            "aggregations: expected each alternative once, found median, median",
        ),
        (lambda f, p: robustness(f, p, n_draws=0), "n_draws: expected at least 1, found 0"),
        (lambda f, p: robustness(f, p, seed=-1), "seed: expected at least 0, found -1"),
        (lambda f, p: robustness(f, p, year=1999), "year: expected one of 2024, found 1999"),
        (
            lambda f, p: robustness(f, p, uncertainty=Uncertainty(normalisations=("goalposts",))),
            "expected lower and upper for a, b, found none",
        ),
    ],
)
def test_what_cannot_be_is_refused(make: Any, message: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        make(*two_indicators((1, 0), (0, 1)))
    assert str(caught.value) == message


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_ranks_that_are_kept_say_what_counts_say(missing: float, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    values = rng.integers(0, 4, (1, 40, 5)).astype(float)
    values[rng.random(values.shape) < missing] = np.nan
    framework = bdx.Framework.from_records([{"code": "I"}, *({"code": c, "parent": "I"} for c in "abcde")])
    panel = bdx.Panel((2024,), tuple(f"u{k}" for k in range(40)), tuple("abcde"), values)
    uncertain = Uncertainty(weightings=("equal", "entropy"), imputations=("none", "mean"))
    counted = robustness(framework, panel, uncertainty=uncertain, n_draws=300)
    monkeypatch.setattr(rank_counts, "_DENSE", 4)
    monkeypatch.setattr(rank_counts, "_AT_ONCE", 2000)
    kept = robustness(framework, panel, uncertainty=uncertain, n_draws=300)
    assert np.array_equal(kept.counts, counted.counts)
    assert np.array_equal(kept.frame.to_numpy(), counted.frame.to_numpy(), equal_nan=True)


def test_memory_does_not_grow_with_the_square_of_the_units() -> None:
    framework = bdx.Framework.from_records([{"code": "I"}, *({"code": c, "parent": "I"} for c in "ab")])
    values = np.random.default_rng(1).random((1, 20_000, 2))
    panel = bdx.Panel((2024,), tuple(map(str, range(20_000))), ("a", "b"), values)
    tracemalloc.start()
    found = robustness(framework, panel, n_draws=70)
    assert found.mean_shift.size == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 300e6  # the table of counts alone would take 3.2 GB
