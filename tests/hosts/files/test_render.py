"""A column rendered at once says what its cells say one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bdindex_xl.hosts.files.render import Renderer

RENDERER = Renderer("x:", since_1904=False)


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        ([0.1, 1e300, 0.0, 2.0**60], "><x:v>%r</x:v></x:c>"),
        (np.array([0.1, -3.0, 1 / 3]), "><x:v>%r</x:v></x:c>"),
        ([np.float64(2.5), 1.5], "><x:v>%r</x:v></x:c>"),
        ([1, 2, -(2**53) + 1], "><x:v>%r</x:v></x:c>"),
        ([1, 2**53], "%s"),
        ([1, 10**400], "%s"),
        ([0.5, 1], "%s"),
        ([True, 1], "%s"),
        ([0.5, float("nan")], "%s"),
        ([0.5, float("inf")], "%s"),
        ([1e308, 1e308], "%s"),
        ([0.5, 5e-324], "%s"),
        ([0.5, None], "%s"),
        (["a", "", "a", "%s"], "%s"),
        ([], "%s"),
    ],
)
def test_a_column_of_plain_numbers_goes_in_as_it_is_and_any_other_cell_by_cell(values: Any, shape: str) -> None:
    made, cells = RENDERER.column(values, 0, len(values))
    assert made == shape
    assert [made % cell for cell in cells] == [RENDERER.tail(value) for value in values]


def test_values_beyond_the_end_of_a_column_are_blank() -> None:
    assert RENDERER.column([1.5, 2.5], 1, 4) == ("%s", ["><x:v>2.5</x:v></x:c>", "/>", "/>"])
