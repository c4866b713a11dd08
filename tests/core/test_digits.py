"""Numbers stay the same through any chain of programs that save 15, 16 or 17 digits of them; others are others."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.digits import same, saved

_NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.floats(1e-3, 1e6)
_CHAIN = st.lists(st.sampled_from([15, 16, 17]), max_size=4)


def kept(number: float, digits: int) -> float:
    """What a program reads back that has saved so many digits."""
    found = float(f"{number:.{digits}g}")
    return found if math.isfinite(found) else number


@given(_NUMBER, _CHAIN)
def test_a_number_is_the_same_after_any_chain_of_programs(number: float, chain: list[int]) -> None:
    now = number
    for digits in chain:
        now = kept(now, digits)
    assert same(number, now) and same(now, number)
    before, after = ({float(one) for one in saved(x)} for x in (number, now))
    assert after <= before  # a digest recorded before is one of those made after


def test_where_the_16th_digit_is_a_5_both_ways_to_round_are_known() -> None:
    odd = 23.464043487103847
    assert [float(x) for x in saved(odd)] == [kept(odd, 15), kept(kept(odd, 16), 15)]
    assert kept(odd, 15) != kept(kept(odd, 16), 15)


@given(st.integers(10**14, 10**15 - 2), st.integers(-30, 30))
def test_numbers_that_differ_in_the_15th_digit_are_others(digits: int, exponent: int) -> None:
    one, other = (float(f"{n}e{exponent}") for n in (digits, digits + 1))
    assert not same(one, other)


def test_missing_is_the_same_as_missing_alone_and_minus_nought_is_nought() -> None:
    assert same([np.nan, np.nan, 1.0, -0.0], [np.nan, 1.0, np.nan, 0.0]).tolist() == [True, False, False, True]
    assert not np.signbit(saved([-0.0])).any()
