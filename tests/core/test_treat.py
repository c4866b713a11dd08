"""Outlier treatment against COINr's documented figures and scipy; and that no treatment turns the order of units."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bdindex_xl.core.outlier_logs import TRANSFORMATIONS, box_cox, gii_log, log_shifted
from bdindex_xl.core.parallel import BLOCK
from bdindex_xl.core.skewness import skewness, skewness_and_kurtosis
from bdindex_xl.core.treat import OutlierRule, Treated, treat, treated_values
from bdindex_xl.core.winsorising import winsorise
from tests.support.examples import examples

Array = np.ndarray[Any, Any]

# Most values small, some far away on either side, some missing, some equal.
NUMBERS = st.one_of(st.integers(0, 12), st.sampled_from([-5000, -300, 400, 9000]), st.none())
COLUMNS = st.lists(NUMBERS, min_size=1, max_size=40)
THEN = st.sampled_from(sorted(set(TRANSFORMATIONS) - {"gii log"}))  # which takes no values below 1 alone


def column(numbers: list[Any]) -> Array:
    return np.array(numbers, dtype=float)


def treated(values: Array, **options: Any) -> tuple[Array, Treated]:
    """One indicator in one year."""
    after, record = treat(values.reshape(1, -1, 1), OutlierRule(over_years=False, **options))
    return after.ravel(), record


def far_out(n: int, far: int) -> Array:
    """Values 1 to n and some outliers, each farther."""
    return column([*range(1, n + 1), *(1000.0 * 3**k for k in range(far))])


def test_the_example_of_coinrs_documentation() -> None:
    # COINr, vignette "Outlier Treatment": of x <- c(1:10, 30, 100), skew 3.063241 and kurt 9.741391, one point is
    # winsorised, which leaves skew 1.712038 and kurt 1.815781.
    after, record = treated(column([*range(1, 11), 30, 100]), max_winsorised=2)
    assert after.tolist() == [*range(1, 11), 30, 30]
    assert record.winsorised.item() == 1 and record.passed.item() and not record.transformed.item()
    figures = (record.skewness_before, record.kurtosis_before, record.skewness_after, record.kurtosis_after)
    assert [f.item() for f in figures] == pytest.approx([3.063241, 9.741391, 1.712038, 1.815781], abs=5e-7)


def test_points_are_moved_one_at_a_time_until_the_indicator_is_within_the_limits() -> None:
    # By hand: with 1 of the 2 outliers moved both are 1000, skew 2.97 and kurtosis 7.56; with 2 moved all is even.
    after, record = treated(far_out(22, 2))
    assert after.tolist() == [*range(1, 23), 22, 22]
    assert record.winsorised.item() == 2 and record.passed.item()


def test_a_negative_skew_is_winsorised_at_the_lower_end() -> None:
    values = -far_out(22, 2)
    after, record = treated(values)
    assert after.tolist() == [-v for v in [*range(1, 23), 22, 22]]
    assert record.winsorised.item() == 2


def test_the_side_is_that_of_the_skew_at_each_step() -> None:
    # Skew 0.67; with 9000 moved to 30 it is -5.7, so that -8000 is next.
    after, record = treated(column([*range(1, 31), 9000, -8000]), skewness_limit=0.5)
    assert after.tolist() == [*range(1, 31), 30, 1]
    assert record.winsorised.item() == 2 and record.passed.item()


@pytest.mark.parametrize("turn", [1.0, -1.0])
def test_what_winsorising_does_not_cure_is_transformed_from_the_raw_values(turn: float) -> None:
    values = turn * far_out(60, 7)
    span = 1000.0 * 3**6 - 1
    expected = turn * np.log(np.abs(values) - 1 + 0.01 * span)
    after, record = treated(values)
    assert after == pytest.approx(expected, rel=1e-13)
    assert record.transformed.item() and record.winsorised.item() == 0


def test_without_a_second_stage_the_winsorised_values_stay_though_they_do_not_pass() -> None:
    after, record = treated(far_out(60, 7), then="none")
    assert np.flatnonzero(after != far_out(60, 7)).tolist() == [62, 63, 64, 65, 66]
    assert after.max() == 3000.0
    assert record.winsorised.item() == 5 and not record.passed.item() and not record.transformed.item()


def test_winsorising_leaves_no_indicator_without_differences() -> None:
    # One value in fifty: moved inward it would be like all others, and the indicator would tell nothing.
    values = column([0.0] * 49 + [7.0])
    assert np.array_equal(treated(values, then="none")[0], values)
    after, record = treated(values)
    assert record.transformed.item() and len(np.unique(after)) == 2


def test_limits_are_ends_that_still_pass() -> None:
    values = column([*range(1, 11), 30, 100])
    g1, g2 = (float(g) for g in skewness_and_kurtosis(values, axis=0))
    for limits in ({"skewness_limit": g1}, {"kurtosis_limit": g2}):
        assert np.array_equal(treated(values, **limits)[0], values)
    below = {"skewness_limit": np.nextafter(g1, 0), "kurtosis_limit": np.nextafter(g2, 0)}
    assert treated(values, **below)[1].winsorised.item() > 0


def test_years_are_treated_each_on_its_own_or_all_together() -> None:
    raw = np.stack([column([*range(1, 11), 30, 100]), column([*range(1, 11), 30, 40])])[:, :, None]
    alone, record = treat(raw, OutlierRule(over_years=False))
    assert record.winsorised.tolist() == [[1], [0]] and alone[1].tolist() == raw[1].tolist()
    together, record = treat(raw, OutlierRule(over_years=True))
    assert record.winsorised.tolist() == [[1], [0]] and together[0, 11, 0] == 40.0
    assert record.skewness_before[0] == record.skewness_before[1] == skewness(raw.ravel(), axis=0)
    lone = np.concatenate([raw[:1], np.ones((1, 12, 1))])
    assert treat(lone, OutlierRule(over_years=True, max_winsorised=0))[1].transformed.tolist() == [[True], [True]]


def test_indicators_with_too_little_to_tell_are_left_alone() -> None:
    raw = np.full((1, 5, 4), np.nan)
    raw[0, :2, 1], raw[0, :, 2], raw[0, :3, 3] = [1, 9], 4.0, [0, 0, 1e9]
    for then in TRANSFORMATIONS:
        after, record = treat(raw, OutlierRule(over_years=False, then=then))
        assert np.array_equal(after, raw, equal_nan=True)
        assert record.passed.all() and not record.winsorised.any() and not record.transformed.any()


@examples(300)
@given(COLUMNS, THEN, st.integers(0, 6), st.booleans())
def test_order_is_kept_gaps_stay_and_the_record_says_what_was_done(
    numbers: list[Any], then: str, most: int, over_years: bool
) -> None:
    raw = column([*numbers, *reversed(numbers)]).reshape(2, -1, 1)
    before = raw.copy()
    after, record = treat(raw, OutlierRule(over_years=over_years, max_winsorised=most, then=then))
    assert np.array_equal(raw, before, equal_nan=True), "the raw values stay as they are"
    alone = treated_values(raw, OutlierRule(over_years=over_years, max_winsorised=most, then=then))
    assert np.array_equal(alone, after, equal_nan=True)
    assert (np.isnan(after) == np.isnan(raw)).all()
    for year in [slice(0, 2)] if over_years else [slice(0, 1), slice(1, 2)]:
        given_, got = raw[year].ravel(), after[year].ravel()
        there = ~np.isnan(given_)
        in_order = got[there][np.argsort(given_[there], kind="stable")]
        assert (np.diff(in_order) >= 0).all()
        assert all(len(set(got[given_ == value])) == 1 for value in given_[there]), "equal values stay equal"
        assert record.winsorised[year].sum() <= most
        g1, g2 = skewness_and_kurtosis(got, axis=0)
        recorded = record.skewness_after[year][0, 0], record.kurtosis_after[year][0, 0]
        assert np.allclose(recorded, (g1, g2), rtol=1e-12, atol=1e-12, equal_nan=True)
        assert record.passed[year].all() == (not (abs(g1) > 2 and g2 > 3.5))
    changed = ((after != raw) & ~np.isnan(raw)).sum(axis=1)
    assert (record.winsorised == np.where(record.transformed, 0, changed)).all()


@examples(100)
@given(COLUMNS, THEN, st.sampled_from([0.001, 7.0, 1e6]))
def test_the_measure_of_an_indicator_does_not_matter(numbers: list[Any], then: str, scale: float) -> None:
    values = column(numbers)
    one, record = treated(values, then=then)
    other, same = treated(values * scale, then=then)
    assert record.winsorised == same.winsorised and record.transformed == same.transformed
    moved = one - np.fmin.reduce(one), other - np.fmin.reduce(other)  # a logarithm turns scale into shift
    factor = 1.0 if record.transformed.item() else scale
    assert np.allclose(moved[0] * factor, moved[1], rtol=1e-6, atol=1e-5 * factor, equal_nan=True)


@examples(150)
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30), st.integers(0, 10), st.integers(0, 10))
def test_scipy_winsorises_alike(numbers: list[int], low: int, high: int) -> None:
    values = column(numbers)
    if low + high >= len(values):
        with pytest.raises(ValueError, match=f"fewer than the {len(values)} values, found {high}, {low}"):
            winsorise(values, highest=high, lowest=low)
        return
    share = (low / len(values) + 1e-9, high / len(values) + 1e-9)  # scipy rounds down
    if sum(share) < 1:
        assert np.array_equal(winsorise(values, highest=high, lowest=low), stats.mstats.winsorize(values, share))


@pytest.mark.parametrize("lmbda", [-1.5, 0.0, 1e-9, 0.5, 1.0, 3.0, None])
def test_scipy_gives_the_same_box_cox(lmbda: float | None) -> None:
    for seed in range(5):
        rng = np.random.default_rng(seed)
        values = rng.gamma(0.5 + seed, size=200) * 10.0 ** rng.integers(-9, 9)
        shifted = (values - values.min()) / np.ptp(values) + 0.01
        expected = stats.boxcox(shifted, lmbda) if lmbda is not None else stats.boxcox(shifted)[0]
        tolerance = 1e-12 if lmbda is not None else 1e-5
        assert box_cox(values, lmbda) == pytest.approx(expected, rel=tolerance, abs=tolerance)


def test_box_cox_of_power_0_is_the_logarithm() -> None:
    values = np.random.default_rng(1).lognormal(size=50)
    assert box_cox(values, 0.0) == pytest.approx(log_shifted(values) - np.log(np.ptp(values)), abs=1e-12)


@pytest.mark.parametrize("transform", [log_shifted, box_cox])
@pytest.mark.parametrize("values", [[], [np.nan], [2.0], [3.0, np.nan, 3.0]])
def test_without_differences_nothing_is_transformed(transform: Any, values: list[float]) -> None:
    assert np.array_equal(transform(column(values)), column(values), equal_nan=True)


@pytest.mark.parametrize("values", [[1.0, np.inf], [-1.7e308, 1.7e308], [-np.inf, np.inf]])
def test_infinite_values_are_refused(values: list[float]) -> None:
    for work in (log_shifted, box_cox, treated):
        with pytest.raises(ValueError, match="values: expected finite values whose range is finite"):
            work(column(values))


def test_options_that_are_none_are_refused() -> None:
    raw = np.zeros((1, 3, 1))
    with pytest.raises(ValueError, match="^max_winsorised: expected at least 0, found -1$"):
        treat(raw, OutlierRule(over_years=False, max_winsorised=-1))
    with pytest.raises(ValueError, match="^then: expected one of log, gii log, box-cox, none, found sqrt$"):
        treat(raw, OutlierRule(over_years=False, then="sqrt"))
    with pytest.raises(ValueError, match="^highest, lowest: expected at least 0 and fewer than the 2 values"):
        winsorise(np.array([1.0, 2.0]), highest=-1)


def test_the_gii_log_is_that_of_coinr() -> None:
    # COINr, R/treat.R, log_GII: log((max - 1) * (x - min) / (max - min) + 1).
    values = np.array([3.0, 4.0, 5.0, 200.0, np.nan])
    expected = np.log(199 * (values - 3) / 197 + 1)
    np.testing.assert_allclose(gii_log(values), expected, rtol=1e-14)
    turned = np.array([1.0, 195.0, 198.0, 200.0])
    np.testing.assert_allclose(gii_log(turned), -np.log(199 * (200 - turned) / 199 + 1), rtol=1e-14, atol=1e-15)
    assert gii_log(np.array([0.5, 0.5])).tolist() == [0.5, 0.5]
    with pytest.raises(ValueError, match=r"^values: expected a greatest value above 1 for the gii log, found 0\.9$"):
        gii_log(np.array([0.1, 0.9]))


def test_always_treats_what_is_within_the_limits_too() -> None:
    raw = np.arange(1.0, 9.0).reshape(1, 8, 1)
    plain, _ = treat(raw, OutlierRule(over_years=False, max_winsorised=0))
    treated, record = treat(raw, OutlierRule(over_years=False, max_winsorised=0, always=True))
    assert plain.tolist() == raw.tolist() and record.transformed.tolist() == [[True]]
    np.testing.assert_allclose(treated.ravel(), log_shifted(raw.ravel()), rtol=0, atol=0)


def test_indicators_of_many_units_are_treated_as_each_is_alone() -> None:
    raw = np.random.default_rng(4).lognormal(size=(2, BLOCK + 40, 3))
    raw[:, :, 1] = np.random.default_rng(5).random(raw.shape[:2])  # within the limits
    raw[0, ::7] = np.nan
    for then, most in (("log", 0), ("gii log", 0), ("none", 3)):
        after, record = treat(raw, OutlierRule(over_years=False, max_winsorised=most, then=then))
        for year, k in np.ndindex(2, 3):
            one, of_one = treat(
                raw[year : year + 1, :, [k]], OutlierRule(over_years=False, max_winsorised=most, then=then)
            )
            np.testing.assert_allclose(after[year, :, k], one[0, :, 0], rtol=1e-14)
            np.testing.assert_allclose(record.skewness_after[year, k], of_one.skewness_after[0, 0], rtol=1e-10)
            assert record.winsorised[year, k] == of_one.winsorised[0, 0] == (0 if most == 0 or k == 1 else most)
        assert np.array_equal(
            treated_values(raw, OutlierRule(over_years=False, max_winsorised=most, then=then)), after, equal_nan=True
        )
