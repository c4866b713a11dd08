"""Correlations of orders and their significance, against SciPy's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bdindex_xl.core.rank_correlation import kendall, pearson, spearman
from bdindex_xl.core.significance import p_values

NAN = float("nan")
_VALUE = st.one_of(st.none(), st.integers(-4, 4).map(float), st.floats(-100, 100))
_COLUMNS = st.integers(3, 12).flatmap(
    lambda n: st.lists(st.lists(_VALUE, min_size=n, max_size=n), min_size=3, max_size=3)
)


def both(x: Any, y: Any) -> tuple[Any, Any]:
    there = ~(np.isnan(x) | np.isnan(y))
    return x[there], y[there]


@given(_COLUMNS)
def test_every_pair_is_of_the_units_that_have_both(columns: list[list[float | None]]) -> None:
    units = np.array([[NAN if x is None else x for x in column] for column in columns]).T
    straight, counts = pearson(units)
    ranked = spearman(units)
    for i in range(3):
        for j in range(3):
            x, y = both(units[:, i], units[:, j])
            assert counts[i, j] == len(x)
            if len(set(x)) > 1 and len(set(y)) > 1:
                assert ranked[i, j] == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
                assert kendall(units[:, i], units[:, j]) == pytest.approx(stats.kendalltau(x, y).statistic, abs=1e-12)
                if np.ptp(x) > 1e-6 and np.ptp(y) > 1e-6:
                    assert straight[i, j] == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-6)
            else:
                assert np.isnan(ranked[i, j]) and np.isnan(kendall(units[:, i], units[:, j]))


@given(st.floats(-1, 1), st.integers(3, 40_000))
def test_significance_is_that_of_students_t(correlation: float, n: int) -> None:
    found = p_values(np.array([correlation]), np.array([float(n)]))[0]
    left = 1 - correlation * correlation
    expected = stats.beta(max(n - 2, 1) / 2, 0.5).cdf(left) if left else 0.0
    assert found == pytest.approx(expected, rel=1e-7, abs=1e-290)


def test_too_few_units_are_not_tested() -> None:
    assert np.isnan(p_values(np.array([0.5, NAN]), np.array([2.0, 9.0]))).all()
    with pytest.raises(ValueError, match="counts: expected shape"):
        p_values(np.zeros(2), np.zeros(3))
    with pytest.raises(ValueError, match="of one length"):
        kendall(np.zeros(2), np.zeros(3))
