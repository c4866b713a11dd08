"""Rankings without an indicator or a unit: those of the index made without it from the start."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.analysis.robustness.removal import Without, without_each_indicator, without_each_unit, without_indicator
from bdindex_xl.analysis.robustness.uncertain import Cancelled
from bdindex_xl.errors import FrameworkError
from tests.analysis.indices import Array, index, two_indicators

METHODS = [
    bdx.Method(min_available=0.4),
    bdx.Method(scope="panel", weights_scope="panel", imputation="previous year"),
    bdx.Method(weighting="given", aggregation="geometric"),
]


def ranks_of(framework: bdx.Framework, panel: bdx.Panel, method: bdx.Method) -> Array:
    """Of the index, in the panel's first year."""
    return bdx.compute(framework, panel, method).ranks.loc[panel.years[0], framework.root.code].fillna(0).to_numpy()


def records_without(framework: bdx.Framework, code: str) -> list[dict[str, object]]:
    """Those of the smaller framework, by taking childless parents out until there are none."""
    gone = {code}
    while True:
        left = [node for node in framework.nodes if node.code not in gone]
        parents = {node.parent for node in left}
        empty = {a.code for a in framework.aggregates if a.code not in gone and a.code not in parents}
        if not empty:
            break
        gone |= empty
    fields = ("code", "parent", "direction", "weight")
    return [{name: getattr(node, name, None) for name in fields} for node in left]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("method", METHODS)
def test_without_an_indicator_is_the_smaller_framework(seed: int, method: bdx.Method) -> None:
    framework, panel = index(seed, missing=0.1)
    before = ranks_of(framework, panel, method)
    found = without_each_indicator(framework, panel, method, year=panel.years[0])
    assert [one.removed for one in found] == [indicator.code for indicator in framework.indicators]
    for one in found:
        smaller = bdx.Framework.from_records(records_without(framework, one.removed))
        check(one, ranks_of(smaller, panel, method), before, panel.units)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("method", METHODS)
def test_without_a_unit_is_the_smaller_panel(seed: int, method: bdx.Method) -> None:
    framework, panel = index(seed, missing=0.1)
    panel.values[0, 2] = np.nan
    scores = bdx.compute(framework, panel, method).scores.loc[panel.years[0], framework.root.code].to_numpy()
    found = without_each_unit(framework, panel, method, year=panel.years[0])
    assert [one.removed for one in found] == [unit for k, unit in enumerate(panel.units) if k != 2]
    for one in found:
        left = [k for k, unit in enumerate(panel.units) if unit != one.removed]
        units = tuple(panel.units[k] for k in left)
        smaller = replace(panel, units=units, values=panel.values[:, left])
        now, before = np.zeros(len(scores)), np.zeros(len(scores))  # type: ignore[arg-type]
        now[left] = ranks_of(framework, smaller, method)
        before[left] = [0 if np.isnan(scores[k]) else 1 + (scores[left] > scores[k] + 1e-12).sum() for k in left]
        check(one, now, before, panel.units)


def check(found: Without, now: Array, before: Array, units: tuple[str, ...]) -> None:
    assert np.array_equal(found.ranks, now)
    both = (now > 0) & (before > 0)
    assert np.array_equal(found.changes, np.where(both, before - now, np.nan), equal_nan=True)
    away = np.abs(found.changes[both])
    assert found.largest == (away.max() if both.any() else 0)
    assert found.mean_shift == pytest.approx(away.mean() if both.any() else np.nan, nan_ok=True)
    assert (found.unit == "") == (found.largest == 0)
    if found.unit:
        assert abs(found.changes[units.index(found.unit)]) == found.largest
    assert found.top == tuple(unit for unit, place in zip(units, now, strict=True) if place == 1)
    assert found.top_changed == bool(((now == 1) != (before == 1)).any())


def test_the_last_child_takes_its_parents_and_their_comparisons_along() -> None:
    parents = {"I": None, "A": "I", "B": "I", "C": "I", "AA": "A", "a": "AA", "b": "B", "c": "C", "d": "C"}
    framework = bdx.Framework.from_records(
        [{"code": code, "parent": parent} for code, parent in parents.items()],
        [("A", "B", 2.0), ("B", "C", 3.0), ("c", "d", 1.0)],
    )
    found = without_indicator(framework, "a")
    assert found.codes == ("I", "B", "C", "b", "c", "d")
    assert [(one.first, one.second) for one in found.comparisons] == [("B", "C"), ("c", "d")]
    assert without_indicator(framework, "c").codes == ("I", "A", "B", "C", "AA", "a", "b", "d")


def test_units_below_a_removed_one_are_not_said_to_move() -> None:
    framework, panel = two_indicators((1, 1), (0.6, 0.6), (0.3, 0.3), (0, 0))
    for one in without_each_unit(framework, panel, bdx.Method(weighting="equal")):
        assert (one.largest, one.unit, one.mean_shift, one.top_changed) == (0, "", 0.0, False)
        assert sorted(one.ranks) == [0, 1, 2, 3]


def test_a_unit_can_turn_others_round_by_the_ends_of_the_scale() -> None:
    # Without v, whose 10 is the upper end of a, x has 1 and y 0 there instead of 0.1 and 0: x overtakes y.
    framework, panel = two_indicators((1, 0.6), (0, 1), (0, 0), (10, 0))
    found = {one.removed: one for one in without_each_unit(framework, panel, bdx.Method(weighting="equal"))}
    assert found["v"].ranks.tolist() == [1, 2, 3, 0]
    assert found["v"].changes[:3].tolist() == [1, -1, 0] and found["v"].top == ("x",) and found["v"].top_changed


def test_groups_go_with_their_units() -> None:
    framework, panel = two_indicators((1, np.nan), (0, 1), (0.4, 0.6), (0.2, 0))
    panel = replace(panel, groups=("east", "west", "east", "west"))
    found = without_each_unit(framework, panel, bdx.Method(imputation="group mean", weighting="equal"))
    assert [sorted(one.ranks)[0] for one in found] == [0, 0, 0, 0] and len(found) == 4


def test_progress_rises_to_the_whole_and_cancelling_ends_it() -> None:
    framework, panel = two_indicators((1, 0), (0, 1), (1, 1))
    for analysis, steps in ((without_each_indicator, 2), (without_each_unit, 3)):
        told: list[float] = []
        analysis(framework, panel, progress=told.append)
        assert told == [k / steps for k in range(steps + 1)]
        with pytest.raises(Cancelled):
            analysis(framework, panel, cancelled=iter([False, True]).__next__)


def test_an_only_indicator_cannot_be_removed() -> None:
    framework = bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}])
    panel = bdx.Panel((2024,), ("x",), ("a",), np.ones((1, 1, 1)))
    with pytest.raises(FrameworkError, match="^indicators: expected at least two to leave one out, found 1$"):
        without_each_indicator(framework, panel)


def test_an_only_unit_leaves_an_empty_ranking() -> None:
    framework, panel = two_indicators((1, 0))
    (one,) = without_each_unit(framework, panel)
    assert (one.ranks.tolist(), one.largest, one.unit, one.top, one.top_changed) == ([0], 0, "", (), False)
