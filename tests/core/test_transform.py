"""Values transformed before they are scored, and how far they are off what is best."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.transform import TRANSFORMS, deviation, transform


def test_income_of_the_human_development_index_as_its_technical_note_has_it() -> None:
    # UNDP, HDR 2021/22, Technical note 1, example of Türkiye: (ln 31,033 - ln 100) / (ln 75,000 - ln 100) = 0.867.
    income, lower, upper = transform(np.array([31033.0, 100.0, 75000.0]), "ln")
    assert (income - lower) / (upper - lower) == pytest.approx(0.867, abs=5e-4)


@pytest.mark.parametrize(("name", "value"), [("ln", 0.0), ("log10", -1.0), ("square root", -1.0), ("reciprocal", 0.0)])
def test_what_a_function_does_not_take_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"expected others for {name}, found {value:g}"):
        transform(np.array([1.0, value]), name)


@given(st.sampled_from(sorted(TRANSFORMS)), st.lists(st.floats(0.01, 1e6), min_size=1, max_size=9))
def test_missing_stays_missing_and_order_stays_or_turns(name: str, values: list[float]) -> None:
    rising = np.sort(np.array([*values, np.nan]))
    made = transform(rising, name)
    assert (np.isnan(made) == np.isnan(rising)).all()
    steps = np.diff(made[:-1])
    assert (steps <= 0).all() if name == "reciprocal" else (steps >= 0).all()


def test_the_textbook_formulas_of_a_best_value_and_of_a_best_interval() -> None:
    x = np.array([2.0, 5.0, 8.0, 11.0])
    k, far = 8.0, deviation(x, 8.0, 8.0)
    assert (1 - far / far.max()).tolist() == (1 - np.abs(x - k) / np.abs(x - k).max()).tolist()
    q1, q2, least, most = 4.0, 6.0, 2.0, 11.0
    textbook = [
        1 - (q1 - v) / max(q1 - least, most - q2) if v < q1 else 1 - max(v - q2, 0) / max(q1 - least, most - q2)
        for v in x
    ]
    far = deviation(x, q1, q2)
    assert (1 - far / far.max()).tolist() == textbook == [0.6, 1.0, 0.6, 0.0]


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=9), st.floats(-1e3, 1e3), st.floats(0, 100), st.floats(0.1, 10)
)
def test_a_deviation_is_in_the_measure_and_0_in_between(
    values: list[float], lower: float, width: float, times: float
) -> None:
    x, upper = np.array(values), lower + width
    far = deviation(x, lower, upper)
    assert ((far == 0) == ((x >= lower) & (x <= upper))).all()
    assert deviation(x * times, lower * times, upper * times) == pytest.approx(far * times, abs=1e-9)
    assert deviation(-x, -upper, -lower).tolist() == far.tolist()


def test_an_interval_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="expected finite ends in order, found 2"):
        deviation(np.array([1.0]), 2.0, 1.0)
