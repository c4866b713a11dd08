"""Aggregates normalised anew, turned round, with exponents, shares and factors of their own; weights by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl.analysis.decompose import explain
from bdindex_xl.analysis.robustness.monte_carlo import robustness
from bdindex_xl.analysis.robustness.uncertain import Uncertainty
from bdindex_xl.copies.diff import Copy, diff
from bdindex_xl.copies.verify import verify
from bdindex_xl.engine.compute import Result, compute
from bdindex_xl.errors import FrameworkError
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel, UnitWeight
from bdindex_xl.share.live.capacity import NoFormulas
from bdindex_xl.share.live.live_copy import live
from bdindex_xl.sheets.read import read_inputs
from bdindex_xl.tasks.recalculate import recalculate
from tests.support.books import UNITS, small_book

EQUAL = Method(weighting="equal", normalisation="goalposts", min_available=0)
NAN = float("nan")


def tree(*nodes: dict[str, Any], **root: Any) -> Framework:
    ends = {"lower": 0, "upper": 1}
    parents = {node.get("parent", "I") for node in nodes}
    return Framework.from_records(
        [{"code": "I", **root}, *({"parent": "I", **({} if n["code"] in parents else ends), **n} for n in nodes)]
    )


def built(framework: Framework, values: Sequence[Sequence[float]], method: Method = EQUAL, **panel: Any) -> Result:
    """One year; columns are the indicators, then further columns."""
    codes = tuple(indicator.code for indicator in framework.indicators)
    extra = tuple(node.factor for node in framework.aggregates if node.factor)
    units = tuple("xyzuvw"[: len(values)])
    return compute(framework, Panel((2024,), units, (*codes, *extra), np.array([values], dtype=float), **panel), method)


def scores(result: Result, code: str) -> list[float]:
    return [round(float(one), 12) for one in result.scores[code]]


TWO = ({"code": "A"}, {"code": "a", "parent": "A"}, {"code": "b", "parent": "A"}, {"code": "c"})


def test_a_negative_aggregate_is_turned_round_before_the_next_level() -> None:
    found = built(tree({"code": "A", "direction": -1}, *TWO[1:]), [[0.2, 0.4, 0.5], [1, 1, 0.5]])
    assert scores(found, "A") == [0.7, 0.0]
    assert scores(found, "I") == [0.6, 0.25]


def test_turned_round_twice_nothing_has_changed() -> None:
    once = tree(
        {"code": "A", "direction": -1}, {"code": "B", "parent": "A", "direction": -1}, {"code": "a", "parent": "B"}
    )
    assert scores(built(once, [[0.2], [0.9]]), "I") == [0.2, 0.9]


def test_a_percentile_rank_of_themes_as_the_social_vulnerability_index_has_it() -> None:
    # CDC/ATSDR SVI 2018 documentation: percentile rank = (rank - 1) / (n - 1) of the sum of a theme's percentiles.
    themes = tree({"code": "A", "normalisation": "percentile rank"}, *TWO[1:3], normalisation="percentile rank")
    found = built(themes, [[0.1, 0.3], [0.9, 0.9], [0.4, 0.4], [0.2, 0.2]])
    assert scores(found, "A") == scores(found, "I") == [0.0, 1.0, 0.666666666667, 0.0]


@pytest.mark.parametrize("kind", ["rank", "percentile rank", "borda", "exponential rank"])
@pytest.mark.parametrize("scope", ["year", "panel"])
def test_themes_that_count_as_equal_share_a_place_in_whichever_order_their_sum_was_added_up(
    kind: str, scope: str
) -> None:
    themes = tree({"code": "A", "normalisation": kind}, {"code": "a", "parent": "A"})
    method = replace(EQUAL, scope=scope)
    sums, alike = (
        scores(built(themes, [[0.3], [other], [0.9], [0.0], [NAN]], method), "A") for other in (0.1 + 0.2, 0.3)
    )
    assert sums[0] == sums[1] and sums[:4] == alike[:4] and np.isnan(sums[4])


def test_goalposts_of_an_aggregate_are_on_the_scale_that_is_shown() -> None:
    framework = tree({"code": "A", "normalisation": "goalposts", "lower": 2, "upper": 6}, *TWO[1:3])
    method = replace(EQUAL, scale=10)
    assert scores(built(framework, [[0.2, 0.2], [0.4, 0.4], [0.9, 0.9]], method), "A") == [0.0, 0.5, 1.0]


def test_z_scores_of_aggregates_are_weighed_against_the_best_there_is() -> None:
    framework = tree({"code": "A", "normalisation": "z-score"}, *TWO[1:])
    found = built(
        framework, [[0.2, 0.2, 0.1], [0.4, 0.4, 0.5], [0.9, 0.9, 0.3]], replace(EQUAL, weighting="improved vector")
    )
    assert np.mean(scores(found, "A")) == pytest.approx(0.5)
    assert float(found.weights["weight"].sum()) == pytest.approx(3.0 - 1.0 + 0.0, abs=1e-9)


def test_an_aggregate_that_is_the_same_for_all_tells_nothing_once_it_is_normalised() -> None:
    found = built(tree({"code": "A", "normalisation": "min-max"}, *TWO[1:]), [[0.5, 0.5, 0.1], [0.5, 0.5, 0.2]])
    assert np.isnan(scores(found, "A")).all() and scores(found, "I") == [0.1, 0.2]


def test_without_the_goalposts_that_it_needs_an_aggregate_is_refused_by_name() -> None:
    with pytest.raises(FrameworkError, match="expected lower and upper for A, found none"):
        built(tree({"code": "A", "normalisation": "goalposts"}, *TWO[1:]), [[0.5, 0.5, 0.1], [0.5, 0.1, 0.2]])


def test_exponents_differ_from_parent_to_parent() -> None:
    framework = tree(
        {"code": "A", "aggregation": "power mean", "exponent": 2}, *TWO[1:], aggregation="power mean", exponent=-1
    )
    found = built(framework, [[0.1, 0.7, 0.5], [0.2, 0.2, 0.2]])
    assert scores(found, "A") == [0.5, 0.2] and scores(found, "I") == [0.5, 0.2]


def test_the_share_that_is_needed_differs_from_parent_to_parent() -> None:
    values = [[0.2, NAN, 0.4], [0.2, 0.6, 0.4]]
    strict = tree({"code": "A", "min_available": 1}, *TWO[1:])
    found = built(strict, values)
    assert np.isnan(scores(found, "A")[0]) and scores(found, "I") == [0.4, 0.4]
    assert scores(built(tree(*TWO, min_available=1), values), "I")[0] == 0.3


def test_three_sources_of_thirteen_as_the_corruption_perceptions_index_has_it() -> None:
    # Transparency International, CPI 2012 methodology: a country is scored by at least three sources.
    framework = tree(*({"code": f"s{k}"} for k in range(13)))
    rows = np.full((3, 13), NAN)
    for k, n in enumerate((2, 3, 13)):
        rows[k, :n] = 0.5
    assert scores(built(framework, rows.tolist(), replace(EQUAL, min_children=3)), "I")[1:] == [0.5, 0.5]
    assert np.isnan(scores(built(framework, rows.tolist(), replace(EQUAL, min_children=3)), "I")[0])
    few = tree({"code": "a"}, {"code": "b"})
    assert np.isnan(scores(built(few, [[0.5, NAN]], replace(EQUAL, min_children=3)), "I")[0])


def test_units_with_too_few_of_all_indicators_are_left_out_but_for_those_named() -> None:
    # Cornell, INSEAD & WIPO, GII 2019, appendix: 66 % of the data, and two sub-pillars a pillar.
    values = [[0.1, 0.2, 0.3], [0.9, NAN, NAN], [0.8, NAN, NAN], [0.2, 0.4, 0.6]]
    method = Method(weighting="equal", unit_available=0.66, min_available=0)
    found = built(tree(*TWO), values, method, screening=("", "", "in", "out"))
    assert np.isnan(scores(found, "I")).tolist() == [False, True, False, True]
    # Who is out is compared with nobody: the greatest a is that of the third.
    assert scores(found, "a")[::2] == [0.0, 1.0]


def test_a_missing_weight_goes_in_equal_parts_as_the_environmental_performance_index_has_it() -> None:
    # EPI 2016, from its numbers: 25, 10, 10, 5, 25, 25 become 30, 15, 15, 10, 30 where the fifth is missing.
    weights = (25, 10, 10, 5, 25, 25)
    framework = tree(*({"code": f"k{k}", "weight": w} for k, w in enumerate(weights)))
    method = replace(EQUAL, weighting="given", missing_weights="equal")
    for k, expected in enumerate((0.30, 0.15, 0.15, 0.10, NAN, 0.30)):
        row = [0.0] * 6
        row[4], row[k] = NAN, NAN if k == 4 else 1.0
        assert scores(built(framework, [row, [1.0] * 6], method), "I")[0] == pytest.approx(0.0 if k == 4 else expected)


def test_a_missing_weight_that_is_kept_earns_nothing() -> None:
    method = replace(EQUAL, missing_weights="kept")
    assert scores(built(tree(*TWO), [[1, NAN, 1], [1, 1, 1]], method), "I") == [0.75, 1.0]
    with_geometric = replace(method, aggregation="geometric")
    assert scores(built(tree(*TWO), [[1, NAN, 1], [1, 1, 1]], with_geometric), "I") == [0.0, 1.0]


@pytest.mark.parametrize("spread", ["equal", "kept"])
@pytest.mark.parametrize("kind", ["arithmetic", "geometric", "harmonic", "power mean", "median", "minimum"])
def test_who_lacks_nothing_has_the_same_score_however_weights_are_spread(spread: str, kind: str) -> None:
    values = [[0.2, 0.4, 0.5], [0.9, NAN, 0.1], [0.3, 0.3, 0.3]]
    method = replace(EQUAL, aggregation=kind)
    plain, made = (built(tree(*TWO), values, one) for one in (method, replace(method, missing_weights=spread)))
    assert scores(made, "I")[::2] == scores(plain, "I")[::2]


def test_the_weight_of_a_child_that_nobody_has_is_spread_too() -> None:
    values = [[NAN, 1.0, 0.0], [NAN, 0.5, 0.0]]
    framework = tree({"code": "a", "weight": 2}, {"code": "b", "weight": 1}, {"code": "c", "weight": 1})
    given = replace(EQUAL, weighting="given")
    assert scores(built(framework, values, replace(given, missing_weights="kept")), "I") == [0.25, 0.125]
    assert scores(built(framework, values, replace(given, missing_weights="equal")), "I") == [0.5, 0.25]


def test_an_aggregation_that_compares_units_wants_the_same_weights_for_all() -> None:
    method = replace(EQUAL, aggregation="copeland", missing_weights="equal")
    with pytest.raises(FrameworkError, match="expected the same weights for all units, as it compares them"):
        built(tree(*TWO), [[0.2, NAN, 0.5], [0.9, 0.2, 0.1]], method)


def test_a_factor_multiplies_a_score_and_without_one_there_is_none() -> None:
    framework = tree({"code": "A", "factor": "f"}, *TWO[1:])
    found = built(
        framework, [[0.4, 0.6, 1, 0.5], [0.4, 0.6, 1, NAN], [0.4, 0.6, 1, -1], [0.4, 0.6, 1, 0], [0.4, 0.6, 1, 1]]
    )
    assert (
        scores(found, "A")[0] == 0.25
        and np.isnan(scores(found, "A")[1:3]).all()
        and scores(found, "A")[3:] == [0.0, 0.5]
    )
    assert scores(found, "I")[0] == 0.625
    with pytest.raises(FrameworkError, match="expected columns f of factors in the data, found none"):
        compute(framework, Panel((2024,), ("x",), ("a", "b", "c"), np.ones((1, 1, 3))), EQUAL)


def test_a_unit_may_have_weights_of_its_own() -> None:
    weights = (UnitWeight("y", "a", 3.0), UnitWeight("y", "b", 1.0))
    found = built(tree(*TWO), [[0.0, 1.0, 0.5], [0.0, 1.0, 0.5]], unit_weights=weights)
    assert scores(found, "A") == [0.5, 0.25]
    with pytest.raises(FrameworkError, match="weights by unit: expected codes that have a parent, found q"):
        built(tree(*TWO), [[0.0, 1.0, 0.5]], unit_weights=(UnitWeight("x", "q", 1.0),))
    with pytest.raises(FrameworkError, match="weight of a for the unit x: expected a number of 0 or more, found -1"):
        built(tree(*TWO), [[0.0, 1.0, 0.5]], unit_weights=(UnitWeight("x", "a", -1),))


OWN: list[tuple[Framework, dict[str, Any], list[list[float]]]] = [
    (tree({"code": "A", "direction": -1}, *TWO[1:]), {}, [[0.2, 0.4, 0.5], [0.9, 0.1, 0.2], [0.6, 0.6, 0.6]]),
    (tree({"code": "A", "normalisation": "rank"}, *TWO[1:]), {}, [[0.2, 0.4, 0.5], [0.9, 0.1, 0.2], [0.6, 0.6, 0.6]]),
    (tree({"code": "A", "factor": "f"}, *TWO[1:]), {}, [[0.2, 0.4, 0.5, 1], [0.9, 0.1, 0.2, 0.5], [0.6, 0.6, 0.6, 1]]),
    (tree(*TWO), {"missing_weights": "equal"}, [[0.2, NAN, 0.5], [0.9, 0.1, 0.2], [0.6, 0.6, 0.6]]),
    (tree(*TWO), {"min_children": 2}, [[0.2, NAN, 0.5], [0.9, 0.1, 0.2], [0.6, 0.6, 0.6]]),
    (tree(*TWO), {"unit_available": 0.7}, [[0.2, NAN, 0.5], [0.9, 0.1, 0.2], [0.6, 0.6, 0.6]]),
]  # fmt: skip


@pytest.mark.parametrize(("framework", "setting", "values"), OWN)
def test_draws_without_perturbation_have_the_ranks_of_the_index(
    framework: Framework, setting: dict[str, Any], values: list[list[float]]
) -> None:
    method = replace(EQUAL, **setting)
    result = built(framework, values, method)
    panel = Panel((2024,), result.units, ("a", "b", "c", "f")[: len(values[0])], np.array([values]))
    found = robustness(framework, panel, method, uncertainty=Uncertainty(spread=0.0), n_draws=4)
    ranks = result.rank_array[0, 0]
    assert found.rank.tolist() == ranks.tolist()
    some = ranks > 0
    assert found.best[some].tolist() == found.worst[some].tolist() == ranks[some].tolist()


def test_a_score_turned_round_is_explained_and_one_that_hangs_on_others_is_not() -> None:
    framework, _, values = OWN[0]
    panel = Panel((2024,), ("x", "y", "z"), ("a", "b", "c"), np.array([values]))
    found = explain(framework, panel, EQUAL, unit="x")
    assert float(found.contribution_array.sum()) == pytest.approx(found.score)
    for k, message in (
        (1, "A: expected an aggregation under which"),
        (2, "A: expected no factor, since a score times"),
    ):
        with_factor = Panel((2024,), ("x", "y", "z"), ("a", "b", "c", "f")[: len(OWN[k][2][0])], np.array([OWN[k][2]]))
        with pytest.raises(FrameworkError, match=message):
            explain(OWN[k][0], with_factor, EQUAL, unit="x")
    with pytest.raises(FrameworkError, match="expected weights of what is missing to be spread in proportion"):
        explain(tree(*TWO), panel, replace(EQUAL, missing_weights="kept"), unit="x")


def test_what_is_said_of_single_units_is_in_the_digest_and_named_by_diff(tmp_path: Path) -> None:
    units = "".join(
        f"{line},{text}\n" for line, text in zip(UNITS.splitlines(), ("筛选", "剔除", *[""] * 6), strict=True)
    )
    books = [FileBook.from_bytes(small_book(tmp_path, "zh"))]
    books += [
        FileBook.from_bytes(small_book(tmp_path, "zh", units=units, unit_weights="unit,code,weight\n120000,a1,9\n"))
    ]
    old, new = (Copy(book, read_inputs(book)) for book in books)
    assert old.inputs.digest() != new.inputs.digest()
    found = {(change.what, change.new) for change in diff(old, new).units}
    assert (("110000", "筛选"), "out") in found and (("120000", "地区权重 a1"), 9.0) in found
    recalculate(books[1], now=None)
    assert not verify(FileBook.from_bytes(books[1].to_bytes())).differences
    with pytest.raises(NoFormulas, match="筛选|Screening"):
        live(books[1].to_bytes())
