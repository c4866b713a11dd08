"""Social Progress Index 2022, all countries with an index (Social Progress Imperative).

Numbers: socialprogress.org, 2022 dataset: 12 components of two decimals. Method: equal weights at both levels.
"""

from __future__ import annotations

from typing import Any

from bdindex_xl.model.method import Method
from tests.published import Published, assert_told, off


def test_every_dimension_and_rank_of_169_is_as_published() -> None:
    spi = Published("spi2022", 2022)
    records: list[dict[str, Any]] = [{"code": "SPI"}]
    for dimension in ("BHN", "FOW", "OPP"):
        records.append({"code": dimension, "parent": "SPI"})
        components = [f"{dimension}{k}" for k in (1, 2, 3, 4)]
        records += [{"code": code, "parent": dimension, "lower": 0, "upper": 100} for code in components]
    found = spi.built(records, Method(weighting="equal", normalisation="goalposts", decimals=2))
    for code in ("SPI", "BHN", "FOW", "OPP"):
        assert off(found, code, spi[code]) < 0.0076
    unrounded = spi.built(records, Method(weighting="equal", normalisation="goalposts"))
    assert_told("spi2022", unrounded, "SPI", scores=spi["SPI"], places=spi["rank"])
