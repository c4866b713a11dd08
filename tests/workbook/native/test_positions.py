"""Labels keep their order, their distance and their room."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bdindex_xl.workbook.native.positions import Scale, spots, spread

_PLACES = st.lists(st.floats(0.0, 500.0), max_size=40)


@given(_PLACES)
def test_places_keep_their_order_and_their_distance_within_the_limits(wanted: list[float]) -> None:
    found = spread(wanted, 12.0, 0.0, 500.0)
    gap = min(12.0, 500.0 / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    assert all(found[b] - found[a] >= gap - 1e-6 for a, b in pairwise(order))
    assert all(-1e-6 <= one <= 500.0 + 1e-6 for one in found)


@given(_PLACES)
def test_places_far_enough_apart_are_left_where_they_are(wanted: list[float]) -> None:
    apart = sorted(wanted)
    if all(b - a >= 12.0 for a, b in pairwise(apart)):
        assert spread(apart, 12.0, 0.0, 500.0) == pytest.approx(apart)


@given(st.floats(0.0, 1.0), st.booleans())
def test_a_scale_gives_back_what_it_was_asked_for(part: float, logarithmic: bool) -> None:
    scale = Scale(2.0, 300.0, logarithmic)
    assert math.isclose(scale.part(scale.value(part)), part, abs_tol=1e-9)


def test_a_name_with_room_stands_beside_its_point() -> None:
    (spot,) = spots([(100.0, 100.0)], ["name"], [(100.0, 100.0)], (400.0, 300.0))
    assert (spot.x, spot.y, spot.side) == (105.0, 100.0, "right")


def test_names_of_points_in_a_crowd_do_not_cover_each_other() -> None:
    points = [(100.0 + 4 * k, 150.0) for k in range(12)]
    found = spots(points, ["北京市"] * 12, points, (400.0, 300.0))
    boxes = [(spot.x, spot.y, spot.side) for spot in found]
    assert len(set(boxes)) == 12 and all(0 <= y <= 300 for _, y, _ in boxes)
