"""How raw values make scores, by the package's own engine, and what each is worth to first order."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
from layout import INDICATORS, PACKAGE_SAMPLE, Array, Layout

import bdindex_xl as bdx

NODES = ("BDI", "A", "B", "C")
RANKINGS = ("province", "city")


@cache
def framework() -> bdx.Framework:
    frame = pd.read_csv(PACKAGE_SAMPLE / "zh" / "framework.csv", dtype={"code": str, "parent": str})
    return bdx.Framework.from_records(frame.to_dict("records"))


class Scores:
    """Scores of one year's table and, per ranking, the worth of a unit of each raw value at each node."""

    def __init__(self, layout: Layout, table: Array) -> None:
        self.values: dict[str, dict[str, Array]] = {}
        self.worth: dict[str, dict[str, Array]] = {}
        self._raw: dict[str, Array] = {}
        for ranking in RANKINGS:
            raw = self._raw[ranking] = layout.raw(table, ranking)
            panel = bdx.Panel((1,), layout.units(ranking), INDICATORS, raw[None])
            result = bdx.compute(framework(), panel, bdx.Method())
            self.values[ranking] = {node: result.scores[node].to_numpy() for node in NODES}
            self.worth[ranking] = _worth(result.weights, np.ptp(raw, axis=0))

    def at(self, ranking: str, node: str) -> Array:
        """Scores at a node, or raw values of an indicator as shares of its range."""
        if node in NODES:
            return self.values[ranking][node]
        return self._raw[ranking] @ self.worth[ranking][node]


def _worth(weights: pd.DataFrame, ranges: Array) -> dict[str, Array]:
    share: Mapping[str, float] = dict(zip(weights["child"], weights["weight"], strict=True))
    parent: Mapping[str, str] = dict(zip(weights["child"], weights["parent"], strict=True))
    worth = {}
    for node in NODES:
        values = []
        for code in INDICATORS:
            product, at = 1.0, code
            while at != node and at in parent:
                product, at = product * share[at], parent[at]
            values.append(product if at == node else 0.0)
        worth[node] = np.array(values) / ranges
    for k, code in enumerate(INDICATORS):
        worth[code] = np.eye(len(INDICATORS))[k] / ranges[k]
    return worth
