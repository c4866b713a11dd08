"""Robustness of a year whose scores hang on other years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import bdindex_xl as bdx

NODES: list[dict[str, Any]] = [
    {"code": "I"},
    {"code": "A", "parent": "I"},
    {"code": "B", "parent": "I"},
    *({"code": code, "parent": "A" if code < "c" else "B"} for code in "abcd"),
]
PANEL = bdx.Panel(
    (2022, 2023, 2024), tuple("uvwxyz"), tuple("abcd"), np.random.default_rng(1).lognormal(size=(3, 6, 4))
)


def framework(**of_a: Any) -> bdx.Framework:
    return bdx.Framework.from_records([node | of_a if node["code"] == "A" else node for node in NODES])


@pytest.mark.parametrize(
    "settings",
    [
        {"normalisation": "base year"},
        {"normalisation": "base year", "scope": "panel"},
        {"normalisation": "distance to reference", "scope": "panel"},
        {"normalisation": "min-max", "scope": "panel"},
    ],
)
@pytest.mark.parametrize("year", [2023, 2024])
def test_draws_without_uncertainty_are_the_ranking_where_the_first_year_counts(
    settings: dict[str, Any], year: int
) -> None:
    """The first year was that of the draws once: all units were first."""
    method, y = bdx.Method(weighting="equal", **settings), PANEL.years.index(year)
    ranks = bdx.compute(framework(), PANEL, method).rank_array[y, 0].tolist()
    for noise in (0.0, 1e-9):
        uncertainty = bdx.Uncertainty(spread=0.0, noise=noise)
        found = bdx.robustness(framework(), PANEL, method, year=year, uncertainty=uncertainty, n_draws=3)
        assert found.rank.tolist() == found.median.tolist() == ranks


@pytest.mark.parametrize(
    ("settings", "own", "codes"),
    [
        ({"aggregation": "ampi"}, {}, "I, A, B"),
        ({"aggregation": "topsis", "scope": "panel"}, {}, "I, A, B"),
        ({"scope": "panel"}, {"normalisation": "rank"}, "A"),
        ({}, {"normalisation": "base year"}, "A"),
    ],
)
def test_parents_that_hang_on_other_years_are_refused_by_name(
    settings: dict[str, Any], own: dict[str, Any], codes: str
) -> None:
    with pytest.raises(bdx.FrameworkError) as refused:
        bdx.robustness(framework(**own), PANEL, bdx.Method(**settings), n_draws=3)
    assert refused.value.text("en") == (
        f"{codes}: expected scores that follow from one year, since draws are of one; choose the scope year, or another "
        "method"
    )


@pytest.mark.parametrize("own", [{"direction": -1}, {"normalisation": "goalposts", "lower": 0, "upper": 80}])
def test_parents_that_follow_from_themselves_alone_are_drawn_over_all_years(own: dict[str, Any]) -> None:
    method = bdx.Method(weighting="equal", scope="panel")
    found = bdx.robustness(framework(**own), PANEL, method, uncertainty=bdx.Uncertainty(spread=0.0), n_draws=3)
    assert found.median.tolist() == bdx.compute(framework(**own), PANEL, method).rank_array[-1, 0].tolist()
