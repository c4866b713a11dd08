"""Published indices, built again from their public data: how far off the publisher's numbers, and how many ranks.

The numbers are facts that anyone may check; each module names their source, and data/SOURCE.txt the file.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Any

import numpy as np

from bdindex_xl.core.arrays import Array
from bdindex_xl.core.rank import Ranks, ranks
from bdindex_xl.engine.compute import Result, compute
from bdindex_xl.model.framework import Framework
from bdindex_xl.model.method import Method
from bdindex_xl.model.panel import Panel, UnitWeight

FIGURES = Path(__file__).parents[2] / "docs" / "published.csv"


class Published:
    """The numbers of one index in one year, a column each; where units have no names, they are numbered."""

    def __init__(self, name: str, year: int) -> None:
        header, *rows = csv.reader(io.StringIO(_text(name), newline=""))
        columns = dict(zip(header, zip(*rows, strict=True), strict=True))
        self.year, self.units = year, columns.pop("unit", tuple(str(k + 1) for k in range(len(rows))))
        self._columns = {key: np.array([value or "nan" for value in values], float) for key, values in columns.items()}

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all columns."""
        return tuple(self._columns)

    def __getitem__(self, column: str) -> Array:
        return self._columns[column]

    def with_column(self, name: str, values: Array) -> Published:
        """The same with a column more."""
        made = copy(self)
        made._columns = {**self._columns, name: values}
        return made

    def built(self, records: Sequence[dict[str, Any]], method: Method, *, weights: Sequence[UnitWeight] = ()) -> Result:
        """The index as the engine builds it, some units with weights of their own."""
        return compute(Framework.from_records(records), self.panel(weights), method)

    def panel(self, weights: Sequence[UnitWeight] = ()) -> Panel:
        """The numbers as the engine takes them."""
        values = np.stack(list(self._columns.values()), axis=-1)[None]
        return Panel((self.year,), self.units, self.columns, values, unit_weights=tuple(weights))

    def mismatches(self, result: Result, column: str, code: str) -> int:
        """Units whose place by published scores, rounded as they are, is not that of the engine."""
        return misplaced(ranks(self[column]), result, code)


def misplaced(published: Array | Ranks, result: Result, code: str) -> int:
    """Units whose published rank, 0 for none, is not that of the engine."""
    return int((published != result.ranks[code].fillna(0).to_numpy()).sum())


def told(index: str) -> dict[str, str]:
    """What the page Methods tells of an index, by column."""
    with FIGURES.open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["index"] == index)


def assert_told(index: str, result: Result, code: str, *, places: Array | Ranks, scores: Array | None = None) -> None:
    """The engine's ranks, and scores, are as far from those published as the page says: no more and no less."""
    row, decimals = told(index), len(told(index)["largest"].partition(".")[2])
    largest = (
        ""
        if scores is None
        else f"{max(0.0, np.ceil(off(result, code, scores) * 10**decimals - 1e-6)) / 10**decimals:g}"
    )
    found = {
        "index": index,
        "units": str((result.ranks[code] > 0).sum()),
        "indicators": str(len(result.framework.indicators)),
        "largest": largest,
        "ranks": str(misplaced(places, result, code)),
    }
    assert found == row, found


def off(result: Result, code: str, published: Array) -> float:
    """The largest difference from published scores, on the scale that they are shown on."""
    difference: Array = np.abs(result.scores[code].to_numpy() * result.method.scale - published)
    return float(np.nanmax(difference))


def _text(name: str) -> str:
    plain = Path(__file__).parent / "data" / f"{name}.csv"
    if plain.exists():
        return plain.read_text(encoding="utf-8")
    return gzip.decompress(plain.with_suffix(".csv.gz").read_bytes()).decode()
