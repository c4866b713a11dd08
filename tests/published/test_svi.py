"""Social Vulnerability Index 2018 (CDC/ATSDR), 3,142 counties of the United States: places at each level.

Numbers: svi.cdc.gov, 2018 database for the United States by county. Method: its documentation: percentile ranks of 15
estimates, to four decimals; a theme is the percentile rank of their sum, the index that of all 15. Income per head is
ranked as it is and taken from 1, by which counties with the same income have the higher vulnerability. One county has no
estimates of poverty, unemployment and income.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.rank import ranks
from bdindex_xl.model.method import Method
from tests.published import Published, assert_told, misplaced, off

pytestmark = pytest.mark.slow

THEMES = {
    "1": ("POV", "UNEMP", "PCI", "NOHSDP"),
    "2": ("AGE65", "AGE17", "DISABL", "SNGPNT"),
    "3": ("MINRTY", "LIMENG"),
    "4": ("MUNIT", "MOBILE", "CROWD", "NOVEH", "GROUPQ"),
}
THEMES["SVI"] = tuple(code for theme in THEMES.values() for code in theme)
METHOD = Method(
    weighting="equal", normalisation="percentile rank", min_available=1, scale=1e4, decimals=0, round_levels=True
)


def framework(theme: str) -> list[dict[str, Any]]:
    """The index is no mean of themes, so that each of the five is one of its own."""
    records: list[dict[str, Any]] = [{"code": theme, "normalisation": "percentile rank"}]
    for code in THEMES[theme]:
        if code == "PCI":
            records.append({"code": "not PCI", "parent": theme, "direction": -1})
        records.append({"code": code, "parent": "not PCI" if code == "PCI" else theme})
    return records


@pytest.mark.parametrize(("theme", "unrounded"), [("1", 268), ("2", 422), ("3", 169), ("4", 299), ("SVI", 156)])
def test_every_theme_and_the_index_are_as_published_to_the_last_decimal_and_rank(theme: str, unrounded: int) -> None:
    svi = Published("svi2018", 2018)
    found = svi.built(framework(theme), METHOD)
    assert len(svi.units) == 3142
    assert off(found, theme, svi[theme]) < 1e-6
    assert (np.isnan(found.scores[theme].to_numpy()) == np.isnan(svi[theme])).all()
    assert misplaced(ranks(svi[theme]), found, theme) == 0
    if theme == "SVI":
        assert_told("svi2018", found, theme, scores=svi[theme], places=ranks(svi[theme]))
    plain = svi.built(framework(theme), replace(METHOD, round_levels=False, decimals=None))
    assert svi.mismatches(plain, theme, theme) == unrounded


def test_with_less_being_better_in_place_of_one_minus_the_rank_counties_of_the_same_income_differ() -> None:
    svi = Published("svi2018", 2018)
    records = [record for record in framework("1") if record["code"] != "not PCI"]
    turned = [{**one, "parent": "1", "direction": -1} if one["code"] == "PCI" else one for one in records]
    assert 1 < svi.mismatches(svi.built(turned, METHOD), "1", "1") < 3142
