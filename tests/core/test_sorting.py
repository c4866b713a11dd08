"""Long rows sorted as whole numbers: the order and the ties that comparing number by number gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.core.rank import TIE
from bdindex_xl.core.sorting import Sorter, sorted_in_full
from tests.core.test_rank_distribution import KINDS, adverse
from tests.support.examples import examples

Array = np.ndarray[Any, Any]


def check(row: Array) -> None:
    for within in (0.0, TIE):
        found, whole = Sorter(row.size).sort(row, within=within), sorted_in_full(row, within=within)
        assert found.there == whole.there
        assert sorted(found.order.tolist()) == list(range(row.size))
        np.testing.assert_array_equal(row[found.order], row[whole.order])
        assert found.tied.tolist() == whole.tied.tolist()


@pytest.mark.parametrize("kind", [*KINDS, "beyond floating point"])
def test_order_and_ties_are_those_of_comparing(kind: str) -> None:
    row = np.array([1e308, -1e308, 5.0, 5.0, 0.0]) if kind == "beyond floating point" else adverse(kind, 1, 900)[0]
    check(row)
    check(np.where(np.arange(row.size) % 3 == 0, np.nan, row))


@examples(150)
@given(st.lists(st.one_of(st.integers(-9, 9).map(lambda k: 0.5 + k * 4e-13), st.floats(), st.just(0.25)), min_size=1))
def test_any_numbers_are_sorted(numbers: list[float]) -> None:
    check(np.array(numbers))
