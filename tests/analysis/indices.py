"""Small indices, and what is uncertain about them, for the tests of robustness."""

from __future__ import annotations

from typing import Any

import numpy as np

import bdindex_xl as bdx
from bdindex_xl.analysis.robustness.uncertain import Uncertainty

Array = np.ndarray[Any, Any]
CERTAIN = Uncertainty(spread=0.0)


def index(seed: int, *, missing: float = 0.0, n_units: int = 7, n_years: int = 2) -> tuple[bdx.Framework, bdx.Panel]:
    """A random hierarchy of up to four levels; values with ties, gaps and now and then a constant indicator."""
    rng = np.random.default_rng(seed)
    records: list[dict[str, Any]] = [{"code": "R"}]
    waiting = [("R", 0)]
    while waiting:
        parent, depth = waiting.pop()
        for k in range(rng.integers(1 + (depth == 0), 5)):
            code = f"{parent}{k}"
            direction, weight = int(rng.choice([1, -1])), float(rng.integers(1, 5))
            records.append({"code": code, "parent": parent, "direction": direction, "weight": weight})
            if depth < 3 and rng.random() < 0.4:
                waiting.append((code, depth + 1))
    framework = bdx.Framework.from_records(records)
    codes = tuple(indicator.code for indicator in framework.indicators)
    values = rng.integers(0, 9, (n_years, n_units, len(codes))).astype(float)
    values[rng.random(values.shape) < missing] = np.nan
    values[..., rng.random(len(codes)) < 0.1] = 3.0
    years, units = tuple(range(2020, 2020 + n_years)), tuple(f"u{k}" for k in range(n_units))
    return framework, bdx.Panel(years, units, codes, values)


def two_indicators(*values: tuple[float, float]) -> tuple[bdx.Framework, bdx.Panel]:
    """Units with two indicators of weights 0.55 and 0.45."""
    framework = bdx.Framework.from_records(
        [{"code": "I"}, {"code": "a", "parent": "I", "weight": 55}, {"code": "b", "parent": "I", "weight": 45}]
    )
    names = tuple("xyzv"[: len(values)])
    return framework, bdx.Panel((2024,), names, ("a", "b"), np.array([values], dtype=float))


def computed(framework: bdx.Framework, panel: bdx.Panel, method: bdx.Method) -> tuple[Array, bdx.Result]:
    """Scores of the index in the last year."""
    result = bdx.compute(framework, panel, method)
    return result.node_array[-1, framework.aggregates.index(framework.root)], result


EVERYTHING = Uncertainty(
    weightings=("equal", "improved vector"), normalisations=("min-max", "rank"), aggregations=("arithmetic", "median"),
    imputations=("none", "mean"), noise=0.1,
)  # fmt: skip
