"""Explanations add up: contributions to the score, parts of a change to the change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bdindex_xl as bdx
from bdindex_xl.analysis.decompose import explain
from bdindex_xl.analysis.explain_change import explain_change
from bdindex_xl.analysis.overtake import to_pass_next
from bdindex_xl.analysis.single_change import SingleChange, on_its_own
from tests.support.examples import examples

NAN = float("nan")
TREE = bdx.Framework.from_records(
    [
        {"code": "I"},
        {"code": "A", "parent": "I", "weight": 2},
        {"code": "B", "parent": "I", "weight": 1},
        *({"code": c, "parent": "A", "weight": 1, "lower": 0, "upper": 9} for c in "abc"),
        {"code": "d", "parent": "B", "weight": 1, "direction": -1, "lower": 0, "upper": 9},
        {"code": "e", "parent": "B", "weight": 3, "lower": 0, "upper": 9},
    ]
)
FLAT = bdx.Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])


def panel(values: Any, groups: tuple[str, ...] = ()) -> bdx.Panel:
    array = np.array(values, dtype=np.float64)
    years = tuple(range(2025 - len(array), 2025))
    units = tuple(f"u{k}" for k in range(array.shape[1]))
    return bdx.Panel(years, units, tuple("abcde"[: array.shape[2]]), array, groups)


_VALUE = st.one_of(st.none(), st.integers(0, 9).map(float), st.integers(0, 9).map(float))
_PANELS = st.integers(3, 6).flatmap(
    lambda n: st.lists(
        st.lists(st.lists(_VALUE, min_size=5, max_size=5), min_size=n, max_size=n), min_size=2, max_size=2
    )
)
_METHODS = st.builds(
    bdx.Method,
    weighting=st.sampled_from(["improved vector", "equal", "given", "entropy"]),
    scope=st.sampled_from(["year", "panel"]),
    normalisation=st.sampled_from(["min-max", "goalposts"]),
    weights_scope=st.sampled_from(["year", "panel"]),
    min_available=st.sampled_from([0.0, 0.5, 0.65]),
    aggregation=st.sampled_from(["arithmetic", "arithmetic", "geometric", "power mean", "median", "minimum"]),
)


@examples(60)
@given(_PANELS, _METHODS)
def test_parts_add_up(values: list[list[list[float | None]]], method: bdx.Method) -> None:
    data = panel([[[NAN if x is None else x for x in row] for row in year] for year in values])
    result = bdx.compute(TREE, data, method)
    for u, unit in enumerate(data.units):
        found = explain(TREE, data, method, unit=unit)
        score = result.node_array[1, 0, u]
        if np.isnan(score):
            assert found.rank == 0
            continue
        assert found.contributions.sum() == pytest.approx(score, abs=1e-12)
        assert found.weights.sum() == pytest.approx(1.0)
        against = found.differences.sum() + found.rescaling  # NaN does not count in a series' sum
        assert against == pytest.approx(score - found.usual.sum(), abs=1e-12)
        change = explain_change(TREE, data, method, unit=unit)
        if change is not None:
            total = change.own.sum() + change.others.sum() + change.weights.sum()
            if not (change.missing_before or change.missing_after):
                assert (change.gaps_array == 0).all()
            assert total == pytest.approx(score - result.node_array[0, 0, u], abs=1e-12)
            if method.weighting == "given" and method.aggregation == "arithmetic":
                assert change.weights_array == pytest.approx(np.zeros(5), abs=1e-12)
            if method.scope != "year" or method.normalisation == "goalposts":
                assert change.others_array == pytest.approx(np.zeros(5), abs=1e-12)


def test_a_change_worked_by_hand() -> None:
    """Equal weights. z goes from a: 2 of 1–3 to 2 of 1–5, that is from 1/2 to 1/4: the others did −1/8 of the score.
    b goes from 2 to 4 of 0–4, from 1/2 to 1: its own doing, +1/4."""
    data = panel([[[1, 0], [3, 4], [2, 2]], [[1, 0], [5, 4], [2, 4]]])
    found = explain_change(FLAT, data, bdx.Method(weighting="equal"), unit="u2")
    assert found is not None
    assert found.own.tolist() == [0.0, 0.25]
    assert found.others.tolist() == [-0.125, 0.0]
    assert found.weights.tolist() == [0.0, 0.0]


def test_an_end_that_a_unit_sets_is_its_own_doing() -> None:
    """The best of all goes further: its score is 1 before and after, and nobody else has done anything."""
    data = panel([[[0, 0], [2, 2], [4, 4]], [[0, 0], [2, 2], [8, 4]]])
    method = bdx.Method(weighting="equal")
    best = explain_change(FLAT, data, method, unit="u2")
    other = explain_change(FLAT, data, method, unit="u1")
    assert best is not None and other is not None
    np.testing.assert_allclose([best.own, best.others, best.weights], 0.0)
    assert (other.own.tolist(), other.others.tolist()) == ([0.0, 0.0], [-0.125, 0.0])


def test_a_unit_that_stood_still_did_nothing() -> None:
    data = panel([[[1, 3], [5, 4], [9, 2], [2, 2]], [[1, 3], [7, 1], [3, 9], [4, 4]]])
    found = explain_change(FLAT, data, unit="u0")
    assert found is not None
    np.testing.assert_allclose(found.own, 0.0, atol=1e-15)


def test_who_passed_whom() -> None:
    data = panel([[[1, 1], [2, 2], [3, 3], [4, 4]], [[9, 9], [2, 2], [8, 8], [4, 4]]])
    found = explain_change(FLAT, data, bdx.Method(weighting="equal"), unit="u2")
    assert found is not None
    assert (found.rank_before, found.rank_after) == (2, 2)
    assert (found.overtaken, found.overtaken_by) == (("u3",), ("u0",))


def test_neighbours_peers_and_missing_children() -> None:
    data = panel([[[4, 8], [2, NAN], [0, 0], [3, 4]]], groups=("e", "e", "", "w"))
    found = explain(FLAT, data, bdx.Method(weighting="equal", min_available=0.5), unit="u1")
    assert found.score == pytest.approx(0.5)
    assert found.weights.tolist() == [1.0, 0.0]
    assert found.contributions.tolist() == [0.5, 0.0]
    assert found.indicator_ranks.tolist() == [3, 0]
    assert found.above == ("u3", pytest.approx(0.125)) and found.below == ("u2", pytest.approx(0.5))
    assert found.peer_array == pytest.approx([0.5, 0.25])
    alone = explain(FLAT, data, bdx.Method(weighting="equal"), unit="u2")
    assert np.isnan(alone.peers).all()


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"unit": "x"}, "expected a unit of the data, found “x”"),
        ({"unit": "u0", "year": 1999}, "year: expected one of 2024, found 1999"),
    ],
)
def test_what_is_not_there_is_named(how: dict[str, Any], words: str) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        explain(FLAT, panel([[[1, 2], [2, 1]]]), **how)
    assert str(refused.value) == words


@pytest.mark.parametrize("year", ["2024", "2024年", 2024.0, np.int16(2024), np.datetime64("2024-05-01")])
def test_a_year_is_taken_in_every_form_that_says_one(year: Any) -> None:
    assert explain(FLAT, panel([[[1, 2], [2, 1]]]), unit="u0", year=year).year == 2024


def test_comparing_units_leaves_no_parts_and_a_first_year_no_change() -> None:
    data = panel([[[1, 2], [2, 1]]])
    with pytest.raises(bdx.FrameworkError) as refused:
        explain(FLAT, data, bdx.Method(aggregation="copeland"), unit="u0")
    assert str(refused.value) == (
        "I: expected an aggregation under which a score follows from the unit's own values; this one compares units, "
        "and leaves no parts"
    )
    with pytest.raises(bdx.FrameworkError, match="there is no year before 2024"):
        explain_change(FLAT, data, unit="u0")


def test_a_geometric_mean_is_held_against_the_mean_scores() -> None:
    """Scores of a: 0.25, 0.75, 1, 0 and of b: 0.75, 0.25, 0, 1, all with goalposts 0 and 4; the means are 1/2 each, and
    a unit of these has √(1/2 · 1/2) = 1/2, a quarter from either. u0, of √(1/4 · 3/4), by hand: turning a first gives
    √(1/4 · 1/2) − 1/2, then b the rest; b first gives √(1/2 · 3/4) − 1/2."""
    ends = {"parent": "I", "lower": 0, "upper": 4, "weight": 1}
    framework = bdx.Framework.from_records([{"code": "I"}, {"code": "a", **ends}, {"code": "b", **ends}])
    data = panel([[[1, 3], [3, 1], [4, 0], [0, 4]]])
    method = bdx.Method("given", normalisation="goalposts", aggregation="geometric")
    found = explain(framework, data, method, unit="u0")
    score, a_first, b_first = (3 / 16) ** 0.5, (1 / 8) ** 0.5 - 0.5, (3 / 8) ** 0.5 - 0.5
    of_a, of_b = (a_first + score - 0.5 - b_first) / 2, (b_first + score - 0.5 - a_first) / 2
    assert found.score == pytest.approx(score)
    assert found.usual_array == pytest.approx([0.25, 0.25])
    assert found.difference_array == pytest.approx([of_a, of_b])
    assert found.contribution_array == pytest.approx([0.25 + of_a, 0.25 + of_b])
    assert found.rescaling == pytest.approx(0.0, abs=1e-15)


# --- what it takes to pass --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "method",
    [
        bdx.Method(),
        bdx.Method(weighting="equal", scope="panel"),
        bdx.Method("entropy"),
        bdx.Method("critic", normalisation="z-score", imputation="mean", treatment="winsorise"),
        bdx.Method("inverse distance", scope="panel", imputation="linear in time"),
        bdx.Method(weights_scope="panel"),
        bdx.Method(imputation="nearest neighbours"),
    ],
)
def test_what_is_needed_is_enough_and_a_little_less_is_not(method: bdx.Method, pytestconfig: pytest.Config) -> None:
    """Of every second unit, in the long run of all.

    Less is a hair of what there is between units, as what is needed is told with a hair of the way to the best of them:
    to pass who is just ahead may take so little that such a hair is a part of it that can be told.
    """
    rng = np.random.default_rng(8)
    data = panel(rng.integers(0, 50, (2, 9, 5)).astype(float))
    tree = bdx.Framework.from_records(
        {"code": n.code, "parent": n.parent, "direction": getattr(n, "direction", 1)} for n in TREE.nodes
    )
    reached = 0
    for u in range(0, len(data.units), 1 if pytestconfig.getoption("--long") else 2):
        found = to_pass_next(tree, data, method, unit=data.units[u])

        def rank_with(value: float, k: int, u: int = u) -> int:
            values = data.values.copy()
            values[1, u, k] = value
            changed = bdx.Panel(data.years, data.units, data.indicators, values)
            return int(bdx.compute(tree, changed, method).rank_array[1, 0, u])

        for k in np.flatnonzero(~np.isnan(found.needed_array)):
            way = np.copysign(np.ptp(data.values[1, :, k]), found.needed_array[k] - found.value_array[k])
            hair = 1e-10 * way
            assert rank_with(found.needed_array[k], k) < found.rank  # type: ignore[arg-type]
            assert rank_with(found.needed_array[k] - hair, k) >= found.rank  # type: ignore[arg-type]
            reached += 1
        assert found.rank > 1 or np.isnan(found.needed_array).all()
    assert reached > 10


def test_who_is_just_ahead_is_passed_with_a_hair_of_the_way_to_the_best() -> None:
    """A thousandth of the way takes u4 past the next: a hair of the way is more than 1e-9 of what is needed, no fault."""
    data = panel(np.random.default_rng(8).integers(0, 50, (2, 6, 5)).astype(float))
    method = bdx.Method(weighting="equal", scope="panel")
    tree = bdx.Framework.from_records(
        {"code": n.code, "parent": n.parent, "direction": getattr(n, "direction", 1)} for n in TREE.nodes
    )
    found = to_pass_next(tree, data, method, unit="u4")

    def passes(value: float) -> bool:
        values = data.values.copy()
        values[1, 4, 1] = value
        rank = bdx.compute(tree, bdx.Panel(data.years, data.units, data.indicators, values), method).rank_array[1, 0, 4]
        return bool(rank < found.rank)

    needed, value = found.needed_array[1], found.value_array[1]
    way = np.copysign(np.ptp(data.values[1, :, 1]), needed - value)
    assert abs(needed - value) < abs(way) / 1000
    assert passes(needed) and passes(needed - 1e-9 * (needed - value))
    assert not passes(needed - 1e-11 * way)


def test_less_is_better_goes_down() -> None:
    framework = bdx.Framework.from_records(
        [{"code": "I"}, {"code": "a", "parent": "I", "direction": -1}, {"code": "b", "parent": "I"}]
    )
    data = panel([[[1, 5], [9, 5.5], [5, 0], [8, 10]]])
    found = to_pass_next(framework, data, bdx.Method(weighting="equal"), unit="u2")
    assert found.needed_array[0] < found.value_array[0] or np.isnan(found.needed_array[0])
    assert found.needed_array[1] > found.value_array[1]


@pytest.mark.slow
@pytest.mark.parametrize("weighting", ["improved vector", "equal", "entropy", "pca"])
@pytest.mark.parametrize("normalisation", ["min-max", "z-score", "rank"])
@pytest.mark.parametrize("missing", [0.0, 0.25])
def test_a_changed_value_ranks_as_if_all_were_computed_anew(weighting: str, normalisation: str, missing: float) -> None:
    rng = np.random.default_rng(4)
    values = rng.integers(0, 20, (2, 8, 5)).astype(float)
    values[rng.random(values.shape) < missing] = np.nan
    data, method = panel(values), bdx.Method(weighting=weighting, normalisation=normalisation, min_available=0.5)
    if weighting == "entropy" and normalisation == "z-score":
        method = bdx.Method("critic", normalisation="z-score", min_available=0.5)
    assert on_its_own(TREE, method)
    for unit in range(8):
        change = SingleChange(TREE, data, method, 1, unit, list(range(5)))
        new = np.where(np.isnan(values[1, unit]), np.nan, rng.integers(0, 20, 5))
        expected = []
        for k in range(5):
            changed = values.copy()
            changed[1, unit, k] = new[k]
            expected.append(bdx.compute(TREE, panel(changed), method).rank_array[1, 0, unit])
        assert change.ranks(new).tolist() == expected


# --- data that are not there ------------------------------------------------------------------------------------------

FOUR = bdx.Framework.from_records([{"code": "I"}, *({"code": c, "parent": "I", "weight": 1} for c in "abcd")])


def four(values: list[list[list[float | None]]]) -> bdx.Panel:
    filled = np.array([[[np.nan if v is None else v for v in unit] for unit in year] for year in values], dtype=float)
    years = tuple(range(2025 - len(filled), 2025))
    return bdx.Panel(years, tuple(f"u{k}" for k in range(filled.shape[1])), tuple("abcd"), filled)


def test_a_missing_value_is_neither_weakness_nor_cause() -> None:
    rest: list[list[float | None]] = [[0, 0, 0, 0], [10, 10, 10, 10], [5, 5, 5, 5]]
    data = four([[[5, 5, 5, 9], *rest], [[5, 5, 5, None], *rest]])
    method = bdx.Method("equal")
    found = explain(FOUR, data, method, unit="u0")
    assert found.missing == ("d",)
    # Three of four at 0.5 with a quarter of the weight each, as the three others have on average.
    assert found.differences[["a", "b", "c"]].tolist() == pytest.approx([0.125 - found.usual[c] for c in "abc"])
    assert np.isnan(found.differences["d"])
    # A third more weight for the three, and nothing where the others have their mean.
    assert found.rescaling == pytest.approx(0.125 - found.usual["d"])
    change = explain_change(FOUR, data, method, unit="u0")
    assert change is not None
    assert (change.missing_before, change.missing_after) == ((), ("d",))
    assert change.after - change.before == pytest.approx(-0.1)
    # All of it is that d is not there any more; the three stand as they stood, with more weight.
    assert change.gaps.tolist() == pytest.approx([0.5 / 12] * 3 + [-0.225])
    assert (change.own - change.gaps).tolist() == pytest.approx([0.0] * 4)


@pytest.mark.parametrize("scope", ["year", "panel"])
def test_data_that_come_and_own_change_are_told_apart(scope: str) -> None:
    rest: list[list[float | None]] = [[0, 0, 0, 0], [10, 10, 10, 10]]
    data = four([[[None, 5, 5, 5], *rest], [[10, 5, 5, 10], *rest]])
    change = explain_change(FOUR, data, bdx.Method("equal", scope=scope), unit="u0")
    assert change is not None
    assert change.missing_before == ("a",) and change.missing_after == ()
    own = change.own - change.gaps
    assert own[["a", "b", "c"]].tolist() == pytest.approx([0.0] * 3)
    assert 0.125 < own["d"] < 0.5 / 3  # with a quarter of the weight, or a third
    assert change.gaps["a"] == pytest.approx(0.25)
    assert change.own.sum() == pytest.approx(change.after - change.before)


def test_what_is_found_has_names_and_reads_well() -> None:
    data = four([[[5, 5, 5, 9], [0, 0, 0, 0], [10, 10, 10, 10]], [[5, 5, 5, 8], [0, 0, 0, 0], [10, 10, 10, 10]]])
    method = bdx.Method("equal")
    found, change = explain(FOUR, data, method, unit="u0"), explain_change(FOUR, data, method, unit="u0")
    assert change is not None
    assert found.contributions.to_dict() == pytest.approx({"a": 0.125, "b": 0.125, "c": 0.125, "d": 0.2})
    assert found.contributions.name == "contribution" and found.contributions.index.name == "indicator"
    assert repr(found).splitlines()[0] == "u0, 2024: rank 2 of 3, score 0.575"
    assert repr(change).splitlines()[0] == "u0, 2023 → 2024: rank 2 → 2, score 0.6 → 0.575"
    assert repr(to_pass_next(FOUR, data, method, unit="u0")).splitlines()[0] == "u0, 2024: rank 2"
    assert list(found.frame) == ["score", "rank", "weight", "contribution", "usual", "difference", "peers"]
    assert change.frame.index.tolist() == list("abcd")


# --- counts -----------------------------------------------------------------------------------------------------------


def test_a_count_is_told_the_next_whole_number_that_passes() -> None:
    rng = np.random.default_rng(3)
    values = rng.integers(0, 12, (2, 9, 4)).astype(float)
    values[..., 3] += 0.5
    tree = bdx.Framework.from_records(
        [{"code": "I"}, *({"code": c, "parent": "I", "direction": -1 if c == "b" else 1} for c in "abcd")]
    )
    data = bdx.Panel((2023, 2024), tuple(f"u{k}" for k in range(9)), tuple("abcd"), values)
    reached = 0
    for u, unit in enumerate(data.units):
        found = to_pass_next(tree, data, unit=unit)
        assert found.whole.tolist() == [True, True, True, False]
        np.testing.assert_array_equal(found.target_array[3], found.needed_array[3])
        for k in np.flatnonzero(~np.isnan(found.target_array[:3])):
            target, sign = found.target_array[k], -1 if k == 1 else 1
            assert target == round(target) and (target - found.value_array[k]) * sign >= 1
            for value, better in ((target, True), (target - sign, False)):
                changed = values.copy()
                changed[1, u, k] = value
                panel_ = bdx.Panel(data.years, data.units, data.indicators, changed)
                assert bool(bdx.compute(tree, panel_).rank_array[1, 0, u] < found.rank) is better
            reached += 1
    assert reached > 8
