"""OECD Better Life Index 2017, composites by the R package Compind 3.4 (its data BLI_2017; github.com/cran/Compind).

Its functions ci_mpi, ci_ampi (penalty NEG, reference: the mean, rounded to 3 decimals) and ci_bod.
"""

from __future__ import annotations

from typing import Any

import pytest

from bdindex_xl.model.method import Method
from tests.published import Published, off

TOPICS = [
    "housing",
    "income",
    "jobs",
    "community",
    "education",
    "environment",
    "civic",
    "health",
    "satisfaction",
    "safety",
    "worklife",
]
FRAMEWORK: list[dict[str, Any]] = [
    {"code": "BLI"},
    *({"code": topic, "parent": "BLI", "lower": 0, "upper": 10} for topic in TOPICS),
]


@pytest.mark.parametrize(
    ("aggregation", "column", "options", "within"),
    [
        ("mpi", "mpi", {}, 1e-9),
        ("mpi", "mpi", {"normalisation": "z-score"}, 1e-9),
        ("ampi", "ampi", {"decimals": 3, "scope": "panel"}, 0.0005),
        ("benefit of the doubt", "bod", {"normalisation": "goalposts", "scale": 1, "decimals": 9}, 1e-9),
    ],
)
def test_every_score_and_rank_is_that_of_compind(
    aggregation: str, column: str, options: dict[str, Any], within: float
) -> None:
    better_life = Published("bli2017", 2017)
    method = Method(weighting="equal", aggregation=aggregation, **options)
    found = better_life.built(FRAMEWORK, method)
    assert off(found, "BLI", better_life[column]) <= within
    if column != "bod":  # whose best are 1 but for the last digits
        assert better_life.mismatches(found, column, "BLI") == 0
