"""OECD Better Life Index 2017, composites by the R package Compind 3.4 (its data BLI_2017; github.com/cran/Compind).

Its functions normalise_ci, ci_mpi, ci_ampi (penalty NEG, reference: the mean, rounded to 3 decimals) and ci_bod; its mean of
powers of exponent 0.5, 2 and -1 is broken there (1 for all).
"""

from __future__ import annotations

from typing import Any

import pytest

from bdindex_xl.model.method import Method
from tests.published import Published, off, told

TOPICS = (
    "housing", "income", "jobs", "community", "education", "environment", "civic", "health", "satisfaction", "safety",
    "worklife",
)  # fmt: skip
FRAMEWORK: list[dict[str, Any]] = [
    {"code": "BLI"},
    *({"code": topic, "parent": "BLI", "lower": 0, "upper": 10} for topic in TOPICS),
]


@pytest.mark.parametrize(
    ("aggregation", "column", "options", "within"),
    [
        ("arithmetic", "mm", {"scale": 1}, 1e-12),
        ("arithmetic", "z", {"normalisation": "z-score"}, 1e-12),
        ("arithmetic", "rk", {"normalisation": "rank", "scale": 35}, 1e-12),
        ("mpi", "mpi", {}, 1e-9),
        ("mpi", "mpi", {"normalisation": "z-score"}, 1e-9),
        ("ampi", "ampi", {"decimals": 3, "scope": "panel"}, float(told("bli2017")["largest"])),
        ("benefit of the doubt", "bod", {"normalisation": "goalposts", "scale": 1, "decimals": 9}, 1e-9),
    ],
)
def test_every_score_and_rank_is_that_of_compind(
    aggregation: str, column: str, options: dict[str, Any], within: float
) -> None:
    better_life = Published("bli2017", 2017)
    method = Method(weighting="equal", aggregation=aggregation, **options)
    found = better_life.built(FRAMEWORK, method)
    assert (told("bli2017")["units"], told("bli2017")["indicators"]) == (str(len(better_life.units)), str(len(TOPICS)))
    assert off(found, "BLI", better_life[column]) <= within
    if column != "bod":  # whose best are 1 but for the last digits
        assert str(better_life.mismatches(found, column, "BLI")) == told("bli2017")["ranks"]
