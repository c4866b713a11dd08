"""Fragile States Index 2010 (The Fund for Peace), all 177 countries: the sum of 12 indicators of 0 to 10.

Numbers: fragilestatesindex.org, with one decimal. Of scores the same to it, one pair is told apart by the publisher:
Albania is 121st and Ghana 122nd; all others share a rank.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bdindex_xl.model.method import Method
from tests.published import Published, assert_told

CODES = ("C1", "C2", "C3", "E1", "E2", "E3", "P1", "P2", "P3", "S1", "S2", "X1")


def test_every_sum_of_12_is_as_published_and_so_is_every_rank_but_that_of_a_tie_told_apart() -> None:
    fsi = Published("fsi2010", 2010)
    records: list[dict[str, Any]] = [{"code": "FSI"}]
    records += [{"code": code, "parent": "FSI", "lower": 0, "upper": 10} for code in CODES]
    found = fsi.built(records, Method(weighting="equal", normalisation="goalposts", scale=120, decimals=1))
    assert_told("fsi2010", found, "FSI", scores=fsi["FSI"], places=fsi["rank"])
    apart = np.flatnonzero(fsi["rank"] != found.ranks["FSI"].to_numpy())
    assert [(fsi.units[k], fsi["rank"][k], fsi["FSI"][k] == fsi["FSI"][k - 1]) for k in apart] == [("Ghana", 122, True)]
