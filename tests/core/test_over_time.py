"""Change and compound growth."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.over_time import annual_growth, change
from bdindex_xl.core.rank import TIE

SCORE = st.floats(0.001, 1000.0)


def test_growth_is_the_share_by_which_a_score_grew_each_year() -> None:
    """COINr's vignette on trends: 8 % a year from 100 is 146.93 after five."""
    found = annual_growth(np.array([100.0]), np.array([146.93280768]), 5, 100.0)
    assert found == pytest.approx(0.08, abs=1e-12)


@given(SCORE, SCORE, st.integers(1, 50))
def test_growth_compounded_over_its_years_leads_from_then_to_now(then: float, now: float, n_years: int) -> None:
    growth = annual_growth(np.array([then]), np.array([now]), n_years)
    assert then * (1.0 + growth[0]) ** n_years == pytest.approx(now, rel=1e-9, abs=2 * TIE)
    assert np.sign(growth[0]) == np.sign(change(np.array([then]), np.array([now])))[0]


@given(SCORE, SCORE, st.integers(1, 50), st.sampled_from([0.25, 4.0, 1024.0]))
def test_growth_minds_no_scale_and_change_runs_with_it(then: float, now: float, n_years: int, scale: float) -> None:
    a, b = np.array([then]), np.array([now])
    assert annual_growth(scale * a, scale * b, n_years, scale) == annual_growth(a, b, n_years)
    assert change(scale * a, scale * b, scale) == scale * change(a, b)


@given(st.one_of(st.just(np.nan), st.floats(-10.0, 0.0)), SCORE)
def test_without_two_scores_above_0_there_is_no_growth(none: float, score: float) -> None:
    a, b = np.array([none, score]), np.array([score, none])
    assert np.isnan(annual_growth(a, b, 3)).all()


def test_scores_that_share_a_rank_have_not_changed() -> None:
    then, now = np.array([30.0]), np.array([30.0 + 50 * TIE])
    assert change(then, now, 100.0) == 0.0 and annual_growth(then, now, 2, 100.0) == 0.0
    assert change(then, now, 1.0) != 0.0
