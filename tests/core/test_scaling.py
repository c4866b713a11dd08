"""Normalisations against COINr's documented figures, scipy and brute force; and what holds for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bdindex_xl.core import rank_scaling, scaling
from bdindex_xl.core.normalise import data_bounds, min_max
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
Scaling = Callable[..., Array]

RANKED: dict[str, Scaling] = {
    "rank": rank_scaling.rank_score,
    "percentile": rank_scaling.percentile_rank,
    "exponential": rank_scaling.exponential_rank,
    "borda": rank_scaling.borda,
}
AFFINE: dict[str, Scaling] = {
    "z": scaling.z_score,
    **RANKED,
    "maximum": scaling.distance_to_maximum,
}
ALL: dict[str, Scaling] = {**AFFINE, "fraction": scaling.fraction_of_maximum}

NUMBERS = st.lists(st.one_of(st.integers(1, 9), st.none()), min_size=1, max_size=12)


def scored(name: str, numbers: Any, direction: int = 1, **how: Any) -> Array:
    """One indicator in one year."""
    raw = np.array(numbers, dtype=float).reshape(1, -1, 1)
    return ALL[name](raw, direction=np.array([direction]), over_years=False, **how).ravel()


def towards(numbers: Any, target: float, direction: int, **how: Any) -> list[float]:
    raw = np.array(numbers, dtype=float).reshape(1, -1, 1)
    return scaling.distance_to_target(
        raw, direction=np.array([direction]), over_years=False, target=np.array([target]), **how
    ).ravel().tolist()  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "target", "direction", "cap", "expected"),
    [
        # COINr, tests/testthat/test-normalise.R, "dist2targ".
        ([0, 5, 11], 10, 1, False, [0, 0.5, 1.1]),
        ([0, 5, 11], 10, 1, True, [0, 0.5, 1]),
        ([-1, 1, 10], 0, -1, False, [1.1, 0.9, 0]),
        ([-1, 1, 10], 0, -1, True, [1, 0.9, 0]),
    ],
)
def test_coinrs_distances_to_a_target(
    numbers: list[int], target: float, direction: int, cap: bool, expected: list[float]
) -> None:
    assert towards(numbers, target, direction, cap=cap) == pytest.approx(expected, rel=1e-14, abs=1e-15)


def test_coinrs_z_scores_have_the_mean_and_sample_deviation_asked_for() -> None:
    # COINr, tests/testthat/test-normalise.R, "norm_num": x <- 1:10, m_sd = c(5, 2); sd() of R divides by n - 1.
    scores = scored("z", range(1, 11), mean=5.0, sd=2.0)
    assert scores.mean() == pytest.approx(5, rel=1e-14, abs=0)
    assert np.std(scores, ddof=1) == pytest.approx(2, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("name", "numbers", "direction", "expected"),
    [
        # By hand: 2 is tied twice, 7 is best or worst.
        ("rank", [2, 7, 2, 5, None], 1, [1.5, 4, 1.5, 3, None]),
        ("rank", [2, 7, 2, 5, None], -1, [3.5, 1, 3.5, 2, None]),
        ("borda", [2, 7, 2, 5, None], 1, [0.5, 3, 0.5, 2, None]),
        ("percentile", [2, 7, 2, 5, None], 1, [0, 1, 0, 2 / 3, None]),
        ("percentile", [2, 7, 2, 5, None], -1, [2 / 3, 0, 2 / 3, 1 / 3, None]),
        ("z", [1, 2, 3, None], -1, [1, 0, -1, None]),
        ("maximum", [2, 3, 6], -1, [1, 0.75, 0]),
        # COINr: 1 - (ref - x) / (ref - min); for -1 of the values turned round.
        ("fraction", [1, 2, 4, None], 1, [0.25, 0.5, 1, None]),
        ("fraction", [1, 2, 4, None], -1, [1, 0.5, 0.25, None]),
        ("fraction", [0, 2, 4], 1, [0, 0.5, 1]),
    ],
)
def test_the_numbers_worked_by_hand(name: str, numbers: Any, direction: int, expected: Any) -> None:
    np.testing.assert_allclose(scored(name, numbers, direction), np.array(expected, float), rtol=1e-14, atol=1e-15)


@examples(150)
@given(NUMBERS, st.sampled_from([1, -1]))
def test_scipy_ranks_and_standardises_alike(numbers: list[Any], direction: int) -> None:
    values = direction * np.array(numbers, dtype=float)
    n = np.count_nonzero(~np.isnan(values))
    if len(set(values[~np.isnan(values)])) < 2:
        assert all(np.isnan(scored(name, numbers, direction)).all() for name in ALL)
        return
    by = {how: stats.rankdata(values, how, nan_policy="omit") for how in ("average", "min")}
    expected = {
        "rank": by["average"],
        "borda": by["average"] - 1,
        "percentile": (by["min"] - 1) / (n - 1),
        "z": stats.zscore(values, ddof=1, nan_policy="omit"),
    }
    for name, wanted in expected.items():
        np.testing.assert_allclose(scored(name, numbers, direction), wanted, rtol=1e-12, atol=1e-13)


@examples(60)
@given(NUMBERS, st.booleans())
def test_distance_to_maximum_is_min_max(numbers: list[Any], over_years: bool) -> None:
    raw = np.array([numbers, numbers[::-1]], dtype=float)[:, :, None] * np.array([1.0, 0.1])
    direction = np.array([1, -1])
    expected = min_max(raw, *data_bounds(raw, over_years=over_years), direction=direction)
    assert np.array_equal(
        scaling.distance_to_maximum(raw, direction=direction, over_years=over_years), expected, equal_nan=True
    )


def test_a_target_of_the_best_value_is_the_distance_to_the_maximum() -> None:
    raw = np.random.default_rng(2).random((2, 9, 2))
    direction = np.array([1, -1])
    for years in (slice(0, 1), slice(1, 2)):
        best = np.array([raw[years, :, 0].max(), raw[years, :, 1].min()])
        how: dict[str, Any] = {"direction": direction, "over_years": False}
        wanted = scaling.distance_to_maximum(raw[years], **how)
        np.testing.assert_array_equal(scaling.distance_to_target(raw[years], target=best, **how), wanted)


@pytest.mark.parametrize("name", ALL)
@examples(60)
@given(numbers=NUMBERS, direction=st.sampled_from([1, -1]), turn=st.randoms(use_true_random=False))
def test_gaps_stay_better_scores_more_and_the_order_of_units_does_not_matter(
    name: str, numbers: list[Any], direction: int, turn: Any
) -> None:
    values = np.array(numbers, dtype=float)
    before = values.copy()
    scores = scored(name, values, direction)
    assert np.array_equal(values, before, equal_nan=True), "the raw values stay as they are"
    there = ~np.isnan(values)
    told = len(set(values[there])) > 1
    assert np.array_equal(~np.isnan(scores), there & told)
    if not told:
        return
    worse = (values * direction)[:, None] < values * direction
    assert (scores[:, None] < scores)[worse].all(), "a better value scores more"
    assert len(set(zip(scores[there], values[there], strict=True))) == len(set(values[there])), "equal ones the same"
    order = turn.sample(range(len(values)), len(values))
    np.testing.assert_allclose(scored(name, values[order], direction), scores[order], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("name", AFFINE)
@examples(50)
@given(
    numbers=NUMBERS,
    direction=st.sampled_from([1, -1]),
    measure=st.sampled_from([(1.0, -500.0), (1e-3, 0.0), (1e150, 7.0)]),
)
def test_the_measure_of_an_indicator_does_not_matter_and_a_reversed_one_is_a_negated_one(
    name: str, numbers: list[Any], direction: int, measure: tuple[float, float]
) -> None:
    values = np.array(numbers, dtype=float)
    scores = scored(name, values, direction)
    factor, shift = measure
    np.testing.assert_allclose(scored(name, values * factor + shift, direction), scores, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(scored(name, -values, -direction), scores, rtol=1e-12, atol=1e-12)


@examples(50)
@given(NUMBERS)
def test_a_fraction_knows_no_measure_but_a_zero_and_a_reversed_one_is_that_of_reciprocals(numbers: list[Any]) -> None:
    values = np.array(numbers, dtype=float)
    for direction in (1, -1):
        scores = scored("fraction", values, direction)
        np.testing.assert_allclose(scored("fraction", values * 1e-7, direction), scores, rtol=1e-12)
        np.testing.assert_allclose(scored("fraction", 1 / values, -direction), scores, rtol=1e-12)
        assert np.isnan(scores).all() or np.nanmax(scores) == 1


@examples(50)
@given(NUMBERS.filter(lambda n: len({v for v in n if v is not None}) > 1))
def test_borda_points_add_up_to_the_same_and_turn_round(numbers: list[Any]) -> None:
    n = sum(v is not None for v in numbers)
    points = scored("borda", numbers)
    assert np.nansum(points) == n * (n - 1) / 2
    np.testing.assert_array_equal(scored("borda", numbers, -1), n - 1 - points)


@pytest.mark.parametrize("name", ALL)
def test_all_years_together_are_one_long_year_and_indicators_do_not_touch_each_other(name: str) -> None:
    rng = np.random.default_rng(4)
    raw = rng.integers(1, 30, (3, 20, 4)).astype(float)
    raw[rng.random(raw.shape) < 0.1] = np.nan
    raw[:, 0] = 15.0
    direction = np.array([1, -1, -1, 1])
    together = ALL[name](raw, direction=direction, over_years=True)
    alone = ALL[name](raw, direction=direction, over_years=False)
    for k in range(4):
        np.testing.assert_allclose(
            scored(name, raw[:, :, k], direction[k]), together[:, :, k].ravel(), rtol=1e-13, atol=1e-15
        )
        for year in range(3):
            np.testing.assert_allclose(
                scored(name, raw[year, :, k], direction[k]), alone[year, :, k], rtol=1e-13, atol=1e-15
            )
    assert together.flags.c_contiguous and alone.flags.c_contiguous


def test_many_values_are_ranked_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    raw = rng.lognormal(size=(2, 60, 7))
    raw[:, :, :3] = rng.integers(0, 50, (2, 60, 3))
    raw[rng.random(raw.shape) < 0.1], raw[:, :, 5], raw[:, :, 6] = np.nan, 4.0, np.nan
    how: dict[str, Any] = {"direction": np.array([1, -1, 1, 1, -1, 1, 1]), "over_years": False}
    few = [scale(raw, **how) for scale in (rank_scaling.borda, rank_scaling.exponential_rank)]
    monkeypatch.setattr(rank_scaling, "LONG", 10)
    for scale, expected in zip((rank_scaling.borda, rank_scaling.exponential_rank), few, strict=True):
        np.testing.assert_array_equal(scale(raw, **how), expected)
        np.testing.assert_array_equal(scale(np.asfortranarray(raw), **how), expected)


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("over_years", [False, True])
def test_without_units_or_indicators_there_are_no_scores(name: str, over_years: bool) -> None:
    for shape in ((2, 0, 3), (2, 3, 0)):
        scores = ALL[name](np.empty(shape), direction=np.ones(shape[2]), over_years=over_years)
        assert scores.shape == shape


def test_z_scores_keep_their_precision_far_from_zero_and_at_any_size() -> None:
    small = np.array([1.0, 2.0, 4.0, 8.0])
    expected = stats.zscore(small, ddof=1)
    for values in (small * 1e300, small * 1e-300, small + 2.0**40):
        np.testing.assert_allclose(scored("z", values), expected, rtol=1e-13)


@pytest.mark.parametrize("name", ALL)
def test_infinite_values_and_other_directions_are_refused(name: str) -> None:
    for bad in (np.inf, -np.inf):
        with pytest.raises(ValueError, match="^raw: expected finite values"):
            scored(name, [1.0, 2.0, bad, np.nan])
    for direction in (0, 2):
        with pytest.raises(ValueError, match=r"^direction: expected \+1 or -1 for every indicator$"):
            scored(name, [1.0, 2.0], direction)


@pytest.mark.parametrize("target", [1.0, 0.5, np.nan, np.inf])
def test_a_target_that_all_have_reached_is_refused(target: float) -> None:
    message = rf"^target: expected a finite number beyond the worst value, found {target} against 1.0 \(column 1\)$"
    with pytest.raises(ValueError, match=message):
        towards([1, 2], target, 1)
    if target == 1.0:
        with pytest.raises(ValueError, match=r"found 2.0 against 2.0 \(column 1\)$"):
            towards([1, 2], 2.0, -1)
    assert np.isnan(towards([3, 3], target, 1)).all(), "a constant indicator tells nothing, target or not"


def test_options_that_are_none_are_refused() -> None:
    raw = np.array([[[1.0, -1.0, 0.0], [2.0, 2.0, 5.0]]])
    with pytest.raises(ValueError, match=r"found -1.0 \(column 2\), 0.0 \(column 3\)$"):
        scaling.fraction_of_maximum(raw, direction=np.array([1, 1, -1]), over_years=False)
    with pytest.raises(ValueError, match=r"^mean, sd: expected finite numbers, sd above 0, found 0.0, 0.0$"):
        scored("z", [1, 2], sd=0.0)
    with pytest.raises(ValueError, match=r"^target: expected shape \(3,\), found \(1,\)$"):
        scaling.distance_to_target(raw, direction=np.ones(3), over_years=False, target=np.array([1.0]))


def test_exponential_ranks_are_those_of_the_indices_of_deprivation() -> None:
    # Technical report 2019: the most deprived of N areas has 100; the most deprived tenth 50 and more.
    scores = scored("exponential", np.arange(32844.0))
    assert scores[-1] == pytest.approx(1, abs=1e-12) and scores[0] == pytest.approx(0, abs=1e-4)
    assert (scores >= 0.5).mean() == pytest.approx(0.1, abs=0.003)
    places = np.array([1.5, 4, 1.5, 3]) / 4
    expected = -23 * np.log(1 - places * (1 - np.exp(-100 / 23))) / 100
    np.testing.assert_allclose(scored("exponential", [2, 7, 2, 5]), expected, rtol=0, atol=1e-14)
    # By 100 / ln 81 nine tenths of the places have half exactly; counted from 0, the worst has nothing.
    tenths = scored("exponential", np.arange(11.0), constant=100 / np.log(81), first=0)
    np.testing.assert_allclose(tenths[:1], [0], atol=0)
    assert scored("exponential", np.arange(10.0), constant=100 / np.log(81))[8] == pytest.approx(0.5, abs=1e-14)
    expected = -10 * np.log(1 - (places - 0.25) * (1 - np.exp(-10))) / 100
    np.testing.assert_allclose(
        scored("exponential", [2, 7, 2, 5], constant=10.0, first=0), expected, rtol=0, atol=1e-14
    )
    with pytest.raises(ValueError, match=r"^constant: expected a number above 0, found 0.0$"):
        scored("exponential", [1, 2], constant=0.0)


def referred(numbers: Any, direction: int = 1, *, over_years: bool = False) -> list[Any]:
    """Scores by the distance to the mean; numbers by year."""
    raw = np.array(numbers, dtype=float)[:, :, None]
    found = scaling.distance_to_reference(raw, direction=np.array([direction]), over_years=over_years)
    return [[None if np.isnan(one) else round(one, 12) for one in year] for year in found[:, :, 0].tolist()]


def test_the_reference_is_the_mean_of_the_units() -> None:
    # By hand; COINr's n_dist2ref has 1 - (reference - x) / (reference - min).
    assert referred([[2, 3, 7, None]]) == [[0, 0.5, 2.5, None]]
    assert referred([[2, 3, 7, None]], -1) == [[round(5 / 3, 12), round(4 / 3, 12), 0, None]]
    assert referred([[3, 3]]) == [[None, None]]
    assert referred([[2, 4], [3, 6]], over_years=True) == [[0, 2], [1, 4]]
    assert referred([[None, None], [2, 4], [3, 6]], over_years=True) == [[None, None], [0, 2], [1, 4]]
    assert referred([[2, 2], [3, 6]], over_years=True) == [[None, None], [None, None]]


def based(numbers: Any, direction: int = 1) -> list[Any]:
    raw = np.array(numbers, dtype=float)[:, :, None]
    found = scaling.base_year(raw, direction=np.array([direction]), over_years=False)
    return [[None if np.isnan(one) else one for one in year] for year in found[:, :, 0].tolist()]


def test_a_base_year_compares_units_with_themselves() -> None:
    assert based([[2, 10, None, 0], [3, 5, 4, 1], [None, 20, 4, 0]]) == [
        [1, 1, None, None],
        [1.5, 0.5, None, None],
        [None, 2, None, None],
    ]
    assert based([[2, 10], [4, 5]], -1) == [[1, 1], [0.5, 2]]
    assert based([[5, 5], [5, 5]]) == [[1, 1], [1, 1]]
    for wrong, direction in (([[1, 2], [-1, 3]], 1), ([[1, 2], [0, 3]], -1)):
        with pytest.raises(ValueError, match="^raw: expected values of at least 0, above 0 with direction -1, found "):
            based(wrong, direction)
    with pytest.raises(
        ValueError, match=r"^raw: expected at most 1e\+100 times the first year's value, found 1e\+200$"
    ):
        based([[1e-100], [1e100]])
