"""Published indices, built again from their public data: how far off the publisher's numbers, and how many ranks.

The numbers are facts that anyone may check; each module names their source.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

import numpy as np

from bdindex_xl.core.arrays import Array
from bdindex_xl.core.rank import ranks
from bdindex_xl.engine.compute import Result, compute
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel


class Published:
    """The numbers of one index in one year, a column each."""

    def __init__(self, name: str, year: int) -> None:
        with (Path(__file__).parent / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.year, self.units = year, tuple(row["unit"] for row in rows)
        self._columns = {key: np.array([float(row[key] or "nan") for row in rows]) for key in rows[0] if key != "unit"}

    def __getitem__(self, column: str) -> Array:
        return self._columns[column]

    def with_column(self, name: str, values: Array) -> Published:
        """The same with a column more."""
        made = copy(self)
        made._columns = {**self._columns, name: values}
        return made

    def built(self, records: Sequence[dict[str, Any]], method: Method) -> Result:
        """The index as the engine builds it."""
        framework = Framework.from_records(records)
        columns = tuple(self._columns)
        values = np.stack([self._columns[name] for name in columns], axis=-1)[None]
        return compute(framework, Panel((self.year,), self.units, columns, values), method)

    def mismatches(self, result: Result, column: str, code: str) -> int:
        """Units whose place by published scores, rounded as they are, is not that of the engine."""
        return int((ranks(self[column]) != result.ranks[code].fillna(0).to_numpy()).sum())


def off(result: Result, code: str, published: Array) -> float:
    """The largest difference from published scores, on the scale that they are shown on."""
    difference: Array = np.abs(result.scores[code].to_numpy() * result.method.scale - published)
    return float(np.nanmax(difference))
