"""Global Health Security Index 2019 and 2021 (NTI, Johns Hopkins, Economist Impact): 195 countries, 171 questions.

Numbers: ghsindex.org, dataset of the edition of 2021, with one decimal; its 140 aggregates with the index are means of equal weights.
Questions answered by a number come with one decimal, and so does what is compared with them: the publisher's own sums,
that were not rounded, cannot be had. Ranks are those of the scores published, as no others are in the file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bdindex_xl.core.rank import ranks
from bdindex_xl.model.method import Method
from tests.published import Published, assert_told, off

pytestmark = pytest.mark.slow


def parent_of(code: str) -> str:
    """1.1.1a is of 1.1.1, that of 1.1, and that of 1."""
    if code[-1].isalpha():
        return code[:-1]
    return code.rsplit(".", 1)[0] if "." in code else "GHS"


def framework(codes: tuple[str, ...]) -> list[dict[str, Any]]:
    ends = {"lower": 0, "upper": 100}
    nodes = [{"code": code, "parent": parent_of(code), **(ends if code[-1].isalpha() else {})} for code in codes]
    return [{"code": "GHS"}, *nodes]


@pytest.mark.parametrize(("year", "worst", "unrounded"), [(2019, 0.0751, 43), (2021, 0.0801, 33)])
def test_all_140_scores_are_as_published_to_rounding_and_all_ranks_but_of_sums_next_to_a_half(
    year: int, worst: float, unrounded: int
) -> None:
    ghs = Published(f"ghs{year}", year)
    codes = tuple(code for code in ghs.columns if code != "GHS")
    aggregates = [code for code in codes if not code[-1].isalpha()]
    assert len(aggregates) == 139
    method = Method(weighting="equal", normalisation="goalposts", decimals=1)
    found = ghs.built(framework(codes), method)
    assert_told(f"ghs{year}", found, "GHS", scores=ghs["GHS"], places=ranks(ghs["GHS"]))
    assert 0.05 < max(off(found, code, ghs[code]) for code in aggregates) < worst
    assert ghs.mismatches(ghs.built(framework(codes), replace(method, decimals=None)), "GHS", "GHS") == unrounded
