"""Indices of multiple deprivation of England and Wales 2019, Northern Ireland 2017 and Scotland 2016, by domains' ranks.

Numbers: published ranks of seven or eight domains and of the index for every small area, 1 being the most deprived
(Ministry of Housing, Communities & Local Government; Welsh Government; Northern Ireland Statistics and Research Agency;
Scottish Government; Open Government Licence v3.0). Method: technical reports of the four: domains' places R from 0 to 1
become -c ln(1 - R (1 - e^(-100/c))), by which the most deprived tenth has half of the marks, and are added up by given
weights. The constant c is 23, and R rank / n from the least deprived, in England and Wales. Northern Ireland takes the
number by which the tenth has half exactly, 100 / ln 81, which is 22.756; Scotland counts R from 0. Both were found from
the ranks: of either, no other constant and no other way of counting leaves none.

All but England come out to the last rank. Of its 32,844 ranks, 30 differ by 1, of areas whose scores differ by less than single
precision can tell: 26 that the publisher has a tie for, and two pairs of neighbours in the other order.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.arrays import Array
from bdindex_xl.engine.compute import Result
from bdindex_xl.model.method import Method
from tests.published import Published, assert_told, misplaced

WEIGHTS: dict[str, dict[str, float]] = {
    "england": {"Income": 22.5, "Employment": 22.5, "Education": 13.5, "Health": 13.5, "Crime": 9.3,
                "Housing_and_Access": 9.3, "Environment": 9.3},
    "wales": {"Income": 22, "Employment": 22, "Health": 15, "Education": 14, "Access": 10, "Housing": 7, "Environment": 5,
              "Crime": 5},
    "northern ireland": {"Income": 25, "Employment": 25, "Health": 15, "Education": 15, "Access": 10, "Environment": 5,
                         "Crime": 5},
    "scotland": {"Income": 28, "Employment": 28, "Health": 14, "Education": 14, "Access": 9, "Crime": 5, "Housing": 2},
}  # fmt: skip
SETTINGS: dict[str, dict[str, Any]] = {"northern ireland": {"rank_constant": 22.756}, "scotland": {"first_place": 0}}
FILES = {"england": "imd2019", "wales": "wimd2019", "northern ireland": "nimdm2017", "scotland": "simd2016"}


def published(country: str) -> Published:
    return Published(FILES[country], int(FILES[country][-4:]))


def built(areas: Published, country: str, settings: dict[str, Any] | None = None, **own: Any) -> Result:
    """The index of a country by its settings, or others; `own` is what its domains are given."""
    records: list[dict[str, Any]] = [{"code": "IMD"}]
    records += [{"code": k, "parent": "IMD", "weight": w, "direction": -1, **own} for k, w in WEIGHTS[country].items()]
    further = SETTINGS.get(country, {}) if settings is None else settings
    return areas.built(records, Method(weighting="given", normalisation="exponential rank", **further))


def apart(areas: Published, result: Result) -> tuple[int, int]:
    """Ranks that are not as published, and the largest difference."""
    found = result.ranks["IMD"].to_numpy()
    return misplaced(areas["rank"], result, "IMD"), int(np.abs(found - areas["rank"]).max())


@pytest.mark.parametrize(
    ("country", "most"),
    [
        ("wales", 0),
        ("northern ireland", 0),
        pytest.param("scotland", 0, marks=pytest.mark.slow),
        pytest.param("england", 1, marks=pytest.mark.slow),
    ],
)
def test_ranks_by_the_exponential_transformation_are_those_published_or_next_to_them(country: str, most: int) -> None:
    areas = published(country)
    found = built(areas, country)
    assert apart(areas, found)[1] == most
    assert_told(FILES[country], found, "IMD", places=areas["rank"])


@pytest.mark.slow
def test_the_30_of_england_are_ties_and_neighbours_that_single_precision_cannot_tell_apart() -> None:
    areas = published("england")
    found = built(areas, "england")
    places, scores = found.ranks["IMD"].to_numpy(), found.scores["IMD"].to_numpy() * 100
    beside = dict(zip(places.tolist(), scores.tolist(), strict=True))
    differing = np.flatnonzero(places != areas["rank"])
    for k in differing:
        assert abs(beside[int(areas["rank"][k])] - scores[k]) <= 3 * np.spacing(np.float32(scores[k]))
    tied = [k for k in differing if (areas["rank"] == areas["rank"][k]).sum() == 2]
    assert (len(differing), len(tied), len(areas.units) - len(set(areas["rank"].tolist()))) == (30, 26, 26)


@pytest.mark.parametrize(
    ("country", "differing"),
    [
        ("northern ireland", (142, 5)),
        pytest.param("scotland", (1351, 7), marks=pytest.mark.slow),
    ],
)
def test_by_the_constant_and_the_places_of_england_some_ranks_are_others(
    country: str, differing: tuple[int, int]
) -> None:
    areas = published(country)
    assert apart(areas, built(areas, country, {})) == differing


def by_logarithm(areas: Published, country: str, constant: float, *, first: int) -> Result:
    """R = (n + first - rank) / n, transformed between fixed ends."""
    n, top = len(areas.units), 1 - np.exp(-100 / constant)
    for code in WEIGHTS[country]:
        places: Array = 1 - (n + first - areas[code]) / n * top
        areas = areas.with_column(code, places)
    ends = {"normalisation": "goalposts", "transformation": "ln", "lower": 1 - top, "upper": 1.0}
    return built(areas, country, **ends)


@pytest.mark.parametrize(("constant", "first"), [(23.0, 1), (23.0, 0), (22.756, 1), (1000.0, 0)])
def test_the_logarithm_between_fixed_ends_is_the_transformation_of_places(constant: float, first: int) -> None:
    areas = published("northern ireland")
    found = by_logarithm(areas, "northern ireland", constant, first=first).scores["IMD"].to_numpy()
    settings = {"rank_constant": constant, "first_place": first}
    differing = np.abs(found - built(areas, "northern ireland", settings).scores["IMD"].to_numpy()) > 1e-12
    assert differing.sum() == 4  # tied in health, where they share the mean of their places
