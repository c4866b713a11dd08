"""OECD Better Life Index 2017, 35 countries, against the R package Compind 3.4 (its data BLI_2017, its functions run).

Compind: Fusco, Vidoli & Sahoo, github.com/cran/Compind. Its mean of powers of exponent 0.5, 2 and -1 is broken there (1).
"""

from __future__ import annotations

from typing import Any

from bdindex_xl.model.method import Method
from tests.published import Published, off

CODES = (
    "housing", "income", "jobs", "community", "education", "environment", "civic", "health", "satisfaction", "safety",
    "worklife",
)  # fmt: skip


def test_means_of_min_max_z_scores_and_ranks_are_those_of_compind() -> None:
    bli = Published("bli2017", 2017)
    records: list[dict[str, Any]] = [{"code": "BLI"}, *({"code": code, "parent": "BLI"} for code in CODES)]
    for column, normalisation, scale in (("mm", "min-max", 1), ("z", "z-score", 100), ("rk", "rank", 35)):
        found = bli.built(records, Method(weighting="equal", normalisation=normalisation, scale=scale))
        assert off(found, "BLI", bli[column]) < 1e-12, column
        assert bli.mismatches(found, column, "BLI") == 0, column
