"""Imputation against COINr's documented figures, plain loops and scipy's neighbours; what is there is never touched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bdindex_xl.core.impute import METHODS, impute
from tests.support.examples import examples

Array = np.ndarray[Any, Any]
nan = np.nan

# COINr, vignette "Imputation of missing data": ten units, columns Pat, CultServ, CultGood and Tourist, and what mean
# and group median make of them with the first five units one group and the last five another.
EXAMPLE = np.array(
    [
        [23.7, 0.13405, nan, 11.519],
        [583.5, 2.20754, 16.182, 24.040],
        [3.6, 0.05780, 0.985, 6.509],
        [249.8, 1.79800, nan, 17.242],
        [nan, nan, nan, 3.315],
        [64.2, 1.15292, 7.555, 26.757],
        [0.3, 0.00266, 0.046, 0.404],
        [nan, 0.08905, nan, 2.907],
        [46.5, 0.34615, 1.213, 3.370],
        [7.2, 0.03553, 1.256, 0.966],
    ]
)
HALVES = np.repeat([0, 1], 5)

SPECIAL = st.sampled_from([nan, nan, nan, 0.0, 1.0, 1.0, 5.0, -3.0, 7.5, 1000.0])
PANELS = st.tuples(st.integers(1, 4), st.integers(1, 8), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=SPECIAL)
)


def options(raw: Array, seed: int = 0) -> dict[str, Any]:
    """Something for every method: groups with gaps in their numbers, years with gaps between them."""
    rng = np.random.default_rng(seed)
    return {
        "groups": rng.choice([-1, 0, 3, 4], raw.shape[1]),
        "years": 2000 + np.cumsum(rng.integers(1, 5, raw.shape[0])),
        "neighbours": 2,
    }


def one_year(values: Array, method: str, **others: Any) -> Array:
    return impute(values[None], method=method, **others)[0]


def one_cell(values: list[float], method: str, years: list[int] | None = None) -> list[float]:
    """One unit and indicator over years."""
    raw = np.array(values, dtype=float)[:, None, None]
    return impute(raw, method=method, years=None if years is None else np.array(years)).ravel().tolist()


def test_the_mean_is_that_of_coinrs_documentation() -> None:
    filled = one_year(EXAMPLE, "mean")
    assert filled[[4, 7], 0] == pytest.approx(122.35, abs=5e-6)
    assert filled[4, 1] == pytest.approx(0.6470778, abs=5e-8)
    assert filled[[0, 3, 4, 7], 2] == pytest.approx(4.5395, abs=5e-6)


def test_the_group_median_is_that_of_coinrs_documentation() -> None:
    filled = one_year(EXAMPLE, "group median", groups=HALVES)
    assert filled[[4, 7], 0] == pytest.approx([136.75, 26.85], abs=1e-9)
    assert filled[4, 1] == pytest.approx(0.966025, abs=1e-9)
    assert filled[[0, 3, 4, 7], 2] == pytest.approx([8.5835, 8.5835, 8.5835, 1.2345], abs=1e-9)


def test_linear_in_time_holds_the_ends_as_in_coinrs_own_tests() -> None:
    # COINr, tests of impute_panel with imp_type = "linear" (rule 2 of R's approx), the years 2020 to 2022.
    years = [2020, 2021, 2022]
    assert one_cell([1, 2, 3], "linear in time", years) == [1, 2, 3]
    assert one_cell([3, nan, 5], "linear in time", years) == [3, 4, 5]
    assert one_cell([nan, 5, 6], "linear in time", years) == [5, 5, 6]
    assert one_cell([7, 8, nan], "linear in time", years) == [7, 8, 8]


def test_linear_in_time_counts_the_years_between() -> None:
    assert one_cell([1, nan, 11], "linear in time", [2010, 2011, 2020]) == [1, 2, 11]


def test_the_previous_year_is_the_last_one_with_a_value() -> None:
    assert one_cell([4, nan, nan, 6, nan], "previous year") == [4, 4, 4, 6, 6]
    filled = one_cell([nan, 2, nan], "previous year")
    assert np.isnan(filled[0]) and filled[1:] == [2, 2]


def test_a_group_without_a_value_and_a_unit_without_a_group_get_what_all_give() -> None:
    values = np.array([[1.0], [2.0], [9.0], [nan], [nan], [nan]])
    groups = np.array([0, 0, 0, 0, 7, -1])
    assert one_year(values, "group mean", groups=groups).ravel().tolist() == [1, 2, 9, 4, 4, 4]
    assert one_year(values, "group median", groups=groups).ravel().tolist() == [1, 2, 9, 2, 2, 2]
    other = np.vstack([values, [[100.0]]])  # of a group of its own
    filled = one_year(other, "group mean", groups=np.array([*groups, 8])).ravel()
    assert filled[3:].tolist() == [4, 28, 28, 100]
    assert one_year(values, "group mean", groups=np.full(6, -1)).ravel()[3:].tolist() == [4, 4, 4]
    assert one_year(values, "group median", groups=np.full(6, -1)).ravel()[3:].tolist() == [2, 2, 2]


def test_the_nearest_neighbours_by_hand() -> None:
    # In both measures unit 0 is next to unit 1, then 2; unit 3 is far off. Other measures of a column change nothing.
    values = np.array([[1.0, 10.0, nan], [2.0, 11.0, 5.0], [3.0, 14.0, 9.0], [90.0, 70.0, 400.0]])
    for scale in (np.ones(3), np.array([1000.0, 0.01, 1.0])):
        assert one_year(values * scale, "nearest neighbours", neighbours=1)[0, 2] == 5.0
        assert one_year(values * scale, "nearest neighbours", neighbours=2)[0, 2] == 7.0
        assert one_year(values * scale, "nearest neighbours", neighbours=9)[0, 2] == pytest.approx(138.0)


def test_neighbours_equally_near_are_taken_in_the_order_of_units() -> None:
    values = np.array([[0.3, nan], [0.2, 1.0], [0.4, 2.0], [0.2, 3.0], [0.4, 4.0]])
    assert one_year(values, "nearest neighbours", neighbours=1)[0, 1] == 1.0
    assert one_year(values, "nearest neighbours", neighbours=2)[0, 1] == 1.5
    assert one_year(values[[0, 2, 1, 4, 3]], "nearest neighbours", neighbours=1)[0, 1] == 2.0


def test_neighbours_share_at_least_half_of_what_the_unit_has() -> None:
    values = np.array([[1.0, 1.0, 1.0, nan], [1.0, nan, nan, 5.0], [9.0, 9.0, nan, 7.0], [0.0, 4.0, 2.0, nan]])
    assert one_year(values, "nearest neighbours", neighbours=1)[0, 3] == 7.0
    alone = np.array([[1.0, nan], [nan, 3.0], [nan, nan]])
    assert np.array_equal(one_year(alone, "nearest neighbours"), alone, equal_nan=True)


def by_loops(values: Array, neighbours: int) -> Array:
    """Nearest neighbours as the table in the documentation says, cell by cell."""
    zscores = np.full(values.shape, nan)
    for k in range(values.shape[1]):
        there = values[:, k][~np.isnan(values[:, k])]
        if there.size:
            zscores[:, k] = (values[:, k] - there.mean()) / (there.std() or 1.0)
    filled = values.copy()
    for i, k in np.argwhere(np.isnan(values)):
        near: list[tuple[float, int]] = []
        for j in range(len(values)):
            shared = [c for c in range(values.shape[1]) if not np.isnan(values[[i, j], c]).any()]
            if shared and 2 * len(shared) >= (~np.isnan(values[i])).sum() and not np.isnan(values[j, k]):
                near.append((round(float(np.mean((zscores[i, shared] - zscores[j, shared]) ** 2)), 9), j))
        if near:
            nearest = [j for _, j in sorted(near)[:neighbours]]
            filled[i, k] = np.mean(values[nearest, k])
    return filled


@pytest.mark.parametrize("seed", range(8))
def test_the_nearest_neighbours_are_those_of_plain_loops(seed: int) -> None:
    rng = np.random.default_rng(seed)
    raw = rng.lognormal(size=(2, 25, 6))
    raw[rng.random(raw.shape) < 0.3] = nan
    filled = impute(raw, method="nearest neighbours", neighbours=3)
    for year in range(2):
        assert filled[year] == pytest.approx(by_loops(raw[year], 3), nan_ok=True, rel=1e-12)


@pytest.mark.slow
@examples(150)
@given(PANELS, st.integers(0, 99))
def test_each_method_agrees_with_numpy_column_by_column(raw: Array, seed: int) -> None:
    given_ = options(raw, seed)
    groups, years = given_["groups"], given_["years"]
    filled = {method: impute(raw, method=method, **given_) for method in METHODS}
    for year, unit, k in np.argwhere(np.isnan(raw)):
        column, series = raw[year, :, k], raw[:, unit, k]
        there, when = column[~np.isnan(column)], ~np.isnan(series)
        own = column[~np.isnan(column) & (groups == groups[unit]) & (groups[unit] >= 0)]
        earlier = series[:year][when[:year]]
        expected = {
            "none": nan,
            "mean": there.mean() if there.size else nan,
            "median": np.median(there) if there.size else nan,
            "group mean": own.mean() if own.size else there.mean() if there.size else nan,
            "group median": np.median(own) if own.size else np.median(there) if there.size else nan,
            "previous year": earlier[-1] if earlier.size else nan,
            "linear in time": np.interp(years[year], years[when], series[when]) if when.any() else nan,
        }
        for method, value in expected.items():
            assert filled[method][year, unit, k] == pytest.approx(value, nan_ok=True, rel=1e-12, abs=1e-12), method


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
@examples(60)
@given(raw=PANELS, seed=st.integers(0, 99))
def test_what_is_there_is_never_touched_and_estimates_lie_among_values(method: str, raw: Array, seed: int) -> None:
    before = raw.copy()
    filled = impute(raw, method=method, **options(raw, seed))
    assert np.array_equal(raw, before, equal_nan=True) and filled is not raw and filled.shape == raw.shape
    there = ~np.isnan(raw)
    assert (filled[there] == raw[there]).all()
    low, high = np.fmin.reduce(raw, axis=(0, 1)), np.fmax.reduce(raw, axis=(0, 1))
    got = ~np.isnan(filled)
    assert ((filled >= low - 1e-9) & (filled <= high + 1e-9))[got].all()
    assert np.isnan(filled[..., np.isnan(low)]).all(), "nothing comes of nothing"


@pytest.mark.parametrize("method", METHODS)
def test_what_has_no_gap_comes_back_whole(method: str) -> None:
    raw = np.random.default_rng(2).normal(size=(3, 6, 4))
    assert np.array_equal(impute(raw, method=method, **options(raw)), raw)


@pytest.mark.parametrize("method", ["mean", "median", "group mean", "group median"])
def test_many_units_are_worked_on_in_blocks(method: str) -> None:
    raw = np.random.default_rng(3).normal(size=(2, 40_000, 2))
    raw[:, ::3, 0] = nan
    filled = impute(raw, method=method, groups=np.zeros(40_000, dtype=int))
    centre = np.nanmean(raw, axis=1) if "mean" in method else np.nanmedian(raw, axis=1)
    assert filled[:, ::3, 0] == pytest.approx(np.broadcast_to(centre[:, :1], filled[:, ::3, 0].shape), abs=1e-12)


def test_what_a_method_lacks_is_said_all_at_once() -> None:
    raw = np.zeros((2, 3, 1))
    with pytest.raises(ValueError, match="^method: expected one of none, mean, median, .*, found guess$"):
        impute(raw, method="guess")
    with pytest.raises(ValueError, match="^groups: expected one for each of 3 units, found none$"):
        impute(raw, method="group median")
    with pytest.raises(ValueError, match=r"^groups: expected one for each of 3 units, found shape \(2,\)$"):
        impute(raw, method="group mean", groups=np.array([0, 1]))
    with pytest.raises(ValueError, match="^years: expected one for each of 2, found none; neighbours: .*, found 0$"):
        impute(raw, method="linear in time", neighbours=0)
    with pytest.raises(ValueError, match=r"^years: expected one for each of 2, found shape \(3,\)$"):
        impute(raw, method="mean", years=np.array([1, 2, 3]))
    with pytest.raises(ValueError, match=r"^years: expected ascending ones, found \[2021, 2020\]$"):
        impute(raw, method="linear in time", years=np.array([2021, 2020]))
    with pytest.raises(ValueError, match="^raw: expected finite values, found an infinite one$"):
        impute(raw - np.inf, method="mean")
