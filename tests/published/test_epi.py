"""Environmental Performance Index 2016 (Yale and Columbia University), 180 countries, from 21 indicators.

Numbers: sedac.ciesin.columbia.edu, doi:10.7927/H4FX77CS, 2016 EPI, of two decimals; weights are in its sheet of the
framework. The category Climate and Energy is taken as published: its two trends do not give it by any weights.

Categories that do not apply are weighed in a way of its own, found from the published scores: fisheries, climate, forests
and agriculture go in this order, the weight of each in equal parts to the five others, also to those that are gone, by
which it is lost. Where one category is missing, that is what missing weights in equal parts are; where several are, the
weights of those countries are given, and what they lack keeps its own.

In the file Guatemala and Honduras have each other's indicator of water treatment, and each other's category of forests.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from bdindex_xl.core.arrays import Array
from bdindex_xl.engine.compute import Result
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import UnitWeight
from tests.published import Published, assert_told, misplaced, off

TREE: dict[str, dict[str, float]] = {
    "EPI": {"EH": 50, "EV": 50},
    "EH": {"HI": 33, "AQ": 33, "WS": 33},
    "EV": {"WR": 25, "AG": 10, "FO": 10, "FI": 5, "BH": 25, "CE": 25},
    "HI": {"ERE": 100},
    "AQ": {"HA": 30, "PA": 30, "PMX": 30, "NO2": 10},
    "HA": {"HAQ": 50, "HAQr": 50},
    "PA": {"PM": 50, "PMr": 50},
    "WS": {"US": 50, "UD": 50},
    "US": {"SAN": 50, "SANr": 50},
    "UD": {"DW": 50, "DWr": 50},
    "WR": {"WWT": 100},
    "AG": {"NUE": 75, "NB": 25},
    "FO": {"TCL": 100},
    "FI": {"FS": 100},
    "BH": {"TPAn": 20, "TPAg": 20, "MPA": 20, "SPn": 20, "SPg": 20},
}
CATEGORIES = ("HI", "AQ", "WS", "WR", "AG", "FO", "FI", "BH")
GO_IN_THIS_ORDER = ("FI", "CE", "FO", "AG")
METHOD = Method(weighting="given", normalisation="goalposts", min_available=0, missing_weights="equal", decimals=2)


def framework() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = [{"code": "EPI"}]
    for parent, children in TREE.items():
        for code, weight in children.items():
            ends = {} if code in TREE else {"lower": 0, "upper": 100}
            records.append({"code": code, "parent": parent, "weight": weight, **ends})
    return records


def put_right() -> Published:
    """The file, Guatemala and Honduras with the water treatment that their category and index have."""
    epi = Published("epi2016", 2016)
    return epi.with_column("WWT", epi["WR"])


def lacking(epi: Published) -> Array:
    """How many categories each country lacks."""
    found: Array = np.sum([np.isnan(epi[code]) for code in GO_IN_THIS_ORDER], axis=0)
    return found


def of_single_countries(epi: Published) -> list[UnitWeight]:
    made = []
    for k, unit in enumerate(epi.units):
        weights = dict(TREE["EV"])
        gone = [code for code in GO_IN_THIS_ORDER if np.isnan(epi[code][k])]
        for code in gone:
            part = weights.pop(code) / 5
            weights = {other: weight + part for other, weight in weights.items()}
        # What is missing keeps its weight: all that is lost goes to one of those.
        lost = dict.fromkeys(gone, 0.0) | {code: 100 - sum(weights.values()) for code in gone[:1]}
        made += [UnitWeight(unit, code, weight) for code, weight in (weights | lost).items()]
        for code in TREE["BH"]:
            made.append(UnitWeight(unit, code, float(not np.isnan(epi[code][k]))))
    return made


def differences(epi: Published, found: Result, code: str) -> Array:
    return np.abs(found.scores[code].to_numpy() * 100 - epi[code])


def test_every_category_is_as_published_to_two_decimals_but_for_two_columns_of_two_countries() -> None:
    epi = Published("epi2016", 2016)
    found = epi.built(framework(), METHOD)
    assert len(epi.units) == 180
    beyond = {code: np.flatnonzero(differences(epi, found, code) > 0.0076) for code in ("EH", *CATEGORIES)}
    assert {code: [epi.units[k] for k in which] for code, which in beyond.items() if which.size} == {
        "WR": ["GTM", "HND"],
        "FO": ["GTM", "HND"],
    }


def test_with_missing_weights_in_equal_parts_who_lacks_one_category_at_most_is_as_published() -> None:
    epi = put_right()
    found = epi.built(framework(), METHOD)
    few = lacking(epi) <= 1
    assert few.sum() == 123
    assert differences(epi, found, "EPI")[few].max() < 0.0061
    assert (differences(epi, found, "EPI")[~few] > 0.0061).all()
    in_proportion = epi.built(framework(), replace(METHOD, missing_weights="proportional"))
    assert (differences(epi, in_proportion, "EPI") > 0.0061).sum() == 113


def test_by_the_weights_of_each_country_every_score_and_rank_of_180_is_as_published() -> None:
    epi = put_right()
    method = replace(METHOD, missing_weights="kept")
    found = epi.built(framework(), method, weights=of_single_countries(epi))
    assert off(found, "EV", epi["EV"]) < 0.0076
    assert_told("epi2016", found, "EPI", scores=epi["EPI"], places=epi["rank"])


@pytest.mark.parametrize(("spread", "ranks"), [("proportional", 124), ("equal", 111), ("kept", 174)])
def test_by_weights_that_are_the_same_for_all_most_ranks_differ(spread: str, ranks: int) -> None:
    epi = put_right()
    found = epi.built(framework(), replace(METHOD, missing_weights=spread))
    assert misplaced(epi["rank"], found, "EPI") == ranks
