"""Scores rounded as they are published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.rounding import rounded


def test_halves_go_away_from_zero_as_on_sheets() -> None:
    # ROUND of Excel, LibreOffice and WPS: 0.5 -> 1, 2.5 -> 3, 1.005 (whose binary is a hair less) -> 1.01.
    found = rounded(np.array([0.005, 0.025, 0.01005, 0.004999, -0.005]), 0, scale=100.0)
    assert (found * 100).round(12).tolist() == [1.0, 3.0, 1.0, 0.0, -1.0]
    assert rounded(np.array([0.01005]), 2, scale=100.0).tolist() == [0.0101]


def test_what_rounding_errors_put_below_a_half_is_that_half() -> None:
    half = 0.1 + 0.2 + 0.3185  # 0.6184999999999999 and 0.6185, by the order of the sum
    assert rounded(np.array([half, 0.6185]), 3, scale=1.0).tolist() == [0.619, 0.619]


def test_missing_stays_missing_and_nothing_is_minus_zero() -> None:
    found = rounded(np.array([np.nan, -0.001]), 2, scale=1.0)
    assert np.isnan(found[0]) and not np.signbit(found[1])


def test_decimals_may_differ_from_row_to_row() -> None:
    assert rounded(np.array([[0.1234], [0.1234]]), np.array([[1], [3]]), scale=1.0).tolist() == [[0.1], [0.123]]


@pytest.mark.parametrize(("decimals", "scale"), [(-1, 1.0), (2, 0.0), (2, float("nan"))])
def test_what_cannot_be_rounded_is_refused(decimals: int, scale: float) -> None:
    with pytest.raises(ValueError, match="expected at least 0, and above 0, found"):
        rounded(np.array([0.5]), decimals, scale=scale)


@given(
    st.lists(st.floats(-2.0, 2.0), min_size=1, max_size=20), st.integers(0, 10), st.sampled_from([0.1, 1, 10, 100, 120])
)
def test_rounding_again_changes_nothing_and_order_stays(values: list[float], decimals: int, scale: float) -> None:
    scores = np.sort(np.array(values))
    once = rounded(scores, decimals, scale=scale)
    assert (rounded(once, decimals, scale=scale) == once).all()
    assert (np.diff(once) >= 0).all()
    assert np.abs(once - scores).max() <= 0.5 / scale / 10**decimals + 2e-12
