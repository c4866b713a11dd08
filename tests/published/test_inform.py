"""INFORM Risk Index, mid-2018 and 2020 (European Commission and IASC), all countries, in one framework.

Numbers: drmkc.jrc.ec.europa.eu/inform-index. Method: its methodology (JRC, 2017): risks run 0-10. Below the dimensions a
risk x is aggregated as 10 - 0.9 x, so that none is 0: by the geometric mean, and brought back; the risk is the geometric
mean of the three dimensions. Every number is rounded to one decimal before it goes into the next level. The edition of
2020 has epidemics among the natural hazards.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from bdindex_xl.model.method import Method
from tests.published import Published, assert_told, misplaced, off

HAZARDS = {2018: ("N1", "N2", "N3", "N4", "N5"), 2020: ("N1", "N2", "N3", "N4", "N5", "N6")}
METHOD = Method(weighting="given", normalisation="goalposts", aggregation="arithmetic", min_available=0, scale=10, decimals=1,
                round_levels=True)  # fmt: skip
GEOMETRIC = {
    "HE": ("NAT", "HUM"), "OV": ("HC", "CU", "RS", "FS"), "VG": ("UP", "OV"),
    "VU": ("SE", "VG"), "LC": ("INS", "INF"),
}  # fmt: skip
MEAN = {"SE": ("DD", "IQ", "AD"), "INS": ("DR", "GV"), "INF": ("CO", "PI", "AH"), "HUM": ("CR", "CI")}
# A risk x as it is aggregated, 10 - 0.9 x, and such a mean as a risk again; both are exact to two decimals.
TURNED = {"normalisation": "goalposts", "lower": 0.0, "upper": 100 / 9, "direction": -1, "decimals": 2}
BACK = {"normalisation": "goalposts", "lower": 1.0, "upper": 10.0, "direction": -1}


def framework(year: int, given: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Children of a geometric mean are turned round: indicators themselves, aggregates by a node between. Aggregates
    that are `given` are taken as the publisher has them."""
    records: list[dict[str, Any]] = [{"code": "R", "aggregation": "geometric"}]
    geometric = {"NAT": HAZARDS[year], **GEOMETRIC}

    def add(code: str, parent: str, **own: Any) -> None:
        records.append({"code": code, "parent": parent, "weight": 2 if code == "DD" else 1, **own})

    def below(parent: str) -> None:
        for child in geometric.get(parent, ()):
            if child in given or child not in (*geometric, *MEAN):
                add(child, parent, **TURNED)
                continue
            add(f"{child} turned", parent, **TURNED)
            add(child, f"{child} turned", **of(child))
            below(child)
        for child in MEAN.get(parent, ()):
            turned: dict[str, Any] = {"direction": -1, "decimals": 2} if parent == "HUM" else {}
            add(child, parent, lower=0.0, upper=100 / 7 if child == "CR" else 10.0, **turned)

    def of(code: str) -> dict[str, Any]:
        if code in geometric:
            return {"aggregation": "geometric", **BACK}
        # The greater of two: the least of them turned round, and turned back. Projected risk alone counts up to 7.
        return {"aggregation": "minimum", "direction": -1} if code == "HUM" else {}

    for dimension in ("HE", "VU", "LC"):
        add(dimension, "R", **of(dimension))
        below(dimension)
    return records


AGGREGATES = ("NAT", *GEOMETRIC, *MEAN, "R")


def test_from_20_components_all_11_aggregates_are_as_published_but_for_four_countries_hardly_at_risk() -> None:
    inform = Published("inform2018", 2018)
    found = inform.built(framework(2018), METHOD)
    beyond = {code: np.abs(found.scores[code].to_numpy() * 10 - inform[code]) > 1e-9 for code in AGGREGATES}
    assert_told("inform2018", found, "R", scores=inform["R"], places=inform["rank"])
    # Earthquake 0.1, flood 0.1 and nothing else make 0.04; the publisher, whose components are not rounded, has 0.1.
    of_nature = {inform.units[k] for k in np.flatnonzero(beyond["NAT"])}
    assert of_nature == {"BHR", "FIN", "STP", "SGP"} and off(found, "NAT", inform["NAT"]) < 0.1 + 1e-9
    assert {code for code, which in beyond.items() if which.any()} == {"NAT", "HE", "R"}
    assert {inform.units[k] for k in np.flatnonzero(beyond["HE"] | beyond["R"])} == {"BHR", "FIN", "STP"}


def test_with_natural_hazard_as_published_no_number_and_no_rank_of_191_differs() -> None:
    inform = Published("inform2018", 2018)
    found = inform.built(framework(2018, given=("NAT",)), METHOD)
    assert len(inform.units) == 191
    for code in AGGREGATES[1:]:
        assert off(found, code, inform[code]) < 1e-9
    assert inform.mismatches(found, "R", "R") == 0
    assert misplaced(inform["rank"], found, "R") == 0


def test_the_edition_of_2020_is_as_published_from_21_components_to_the_last_number_and_rank() -> None:
    inform = Published("inform2020", 2020)
    found = inform.built(framework(2020), METHOD)
    assert max(off(found, code, inform[code]) for code in AGGREGATES) < 1e-9
    assert_told("inform2020", found, "R", scores=inform["R"], places=inform["rank"])


def test_without_rounding_most_ranks_differ() -> None:
    inform = Published("inform2018", 2018)
    plain = [{k: v for k, v in one.items() if k != "decimals"} for one in framework(2018, given=("NAT",))]
    found = inform.built(plain, replace(METHOD, round_levels=False, decimals=None))
    assert inform.mismatches(found, "R", "R") > 100
