"""Corruption Perceptions Index 2012 and 2017 (Transparency International): the mean of the sources there are, at least 3.

Numbers: transparency.org, of whole points, the sources' too: a mean of such is within half a point of what the publisher
rounded, and that within another half. In 2012 the file has 0 for a source that does not cover a country; for Sudan and
Zimbabwe, by the number of sources stated, one of these zeros is a score, the World Bank's. Ranks go by whole points; those
that differ are of countries whose mean of whole points falls on the other side of a half.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.arrays import Array
from bdindex_xl.engine.compute import Result
from bdindex_xl.model.method import Method
from tests.published import Published, assert_told, misplaced

SOURCES = {
    2012: ("AFDB", "SGI", "BTI", "IMD", "ICRG", "WB", "WEF", "WJP", "EIU", "GI", "PERC", "TI", "FH"),
    2017: ("WB", "WEF", "GI", "BTI", "AFDB", "IMD", "SGI", "WJP", "ICRG", "VDEM", "EIU", "FH", "PERC"),
}


def built(cpi: Published, **settings: Any) -> Result:
    records: list[dict[str, Any]] = [{"code": "CPI"}]
    records += [{"code": code, "parent": "CPI", "lower": 0, "upper": 100} for code in SOURCES[cpi.year]]
    options = {"min_available": 0.0, "min_children": 3, "decimals": 0, **settings}
    return cpi.built(records, Method(weighting="equal", normalisation="goalposts", **options))


@pytest.mark.parametrize(("year", "on_the_other_side", "unrounded"), [(2012, 18, 106), (2017, 7, 114)])
def test_every_score_is_within_a_point_of_that_published_as_rounded_twice(
    year: int, on_the_other_side: int, unrounded: int
) -> None:
    cpi = Published(f"cpi{year}", year)
    found = built(cpi)
    assert_told(f"cpi{year}", found, "CPI", scores=cpi["CPI"], places=cpi["rank"])
    assert (np.abs(scores(found) - cpi["CPI"]) > 0.5 + 1e-9).sum() == on_the_other_side
    assert misplaced(cpi["rank"], built(cpi, decimals=None), "CPI") == unrounded


@pytest.mark.parametrize("year", [2012, 2017])
def test_three_sources_are_asked_for_and_every_country_has_them(year: int) -> None:
    cpi = Published(f"cpi{year}", year)
    there = np.sum([~np.isnan(cpi[code]) for code in SOURCES[year]], axis=0)
    assert there.tolist() == cpi["sources"].tolist()
    assert not np.isnan(scores(built(cpi))).any()
    assert (np.isnan(scores(built(cpi, min_children=4))) == (there < 4)).all() and (there < 4).any()


def scores(result: Result) -> Array:
    return result.scores["CPI"].to_numpy() * 100
