"""Human Development Index 2021, all countries (UNDP, Human Development Report 2021/22).

Numbers: composite indices, complete time series, hdr.undp.org. Method: Technical note 1 of the report: goalposts of 20
and 85 years, 0 and 18, 0 and 15 years, 100 and 75,000 dollars in logarithms; education is the arithmetic mean of its two
indices, the index the geometric mean of three; values of three decimals decide ranks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.rank import ranks
from bdindex_xl.model.method import Method
from tests.published import Published, assert_told

FRAMEWORK: list[dict[str, Any]] = [
    {"code": "HDI"},
    {"code": "E", "parent": "HDI", "aggregation": "arithmetic"},
    {"code": "le", "parent": "HDI", "lower": 20, "upper": 85},
    {"code": "eys", "parent": "E", "lower": 0, "upper": 18},
    {"code": "mys", "parent": "E", "lower": 0, "upper": 15},
    {"code": "gnipc", "parent": "HDI", "lower": 100, "upper": 75000, "transformation": "ln"},
]
METHOD = Method(
    weighting="equal", normalisation="goalposts", aggregation="geometric", min_available=1, scale=1, decimals=3
)


def test_every_value_is_as_published_to_its_three_decimals_and_so_is_every_rank() -> None:
    hdi = Published("hdi2021", 2021)
    found = hdi.built(FRAMEWORK, METHOD)
    assert_told("hdi2021", found, "HDI", scores=hdi["hdi"], places=ranks(hdi["hdi"]))


def test_without_rounding_29_ranks_differ_by_ties_alone() -> None:
    hdi = Published("hdi2021", 2021)
    found = hdi.built(FRAMEWORK, replace(METHOD, decimals=None))
    assert hdi.mismatches(found, "hdi", "HDI") == 29


def test_who_lacks_a_dimension_has_no_value() -> None:
    hdi = Published("hdi2021", 2021)
    found = hdi.built(FRAMEWORK, METHOD)
    assert (np.isnan(found.scores["HDI"].to_numpy()) == np.isnan(hdi["hdi"])).all()
    assert found.scores["gnipc"].to_numpy()[0] == pytest.approx(np.log(hdi["gnipc"][0] / 100) / np.log(750), abs=1e-12)
