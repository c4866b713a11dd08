"""compute() against the method written plainly, over random frameworks and panels, and its laws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import bdindex_xl as bdx
from tests import reference
from tests.support.examples import examples


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[dict], bdx.Panel, dict]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    records: list[dict] = [{"code": "R"}]
    open_nodes = [("R", 0)]
    while open_nodes:
        parent, depth = open_nodes.pop()
        for k in range(rng.integers(1, 5)):
            code = f"{parent}{k}"
            node = {
                "code": code,
                "parent": parent,
                "direction": int(rng.choice([1, -1])),
                "weight": float(rng.integers(1, 5)),
            }
            node |= {"lower": -1.0, "upper": 6.0}
            records.append(node)
            if depth < 3 and rng.random() < 0.4:
                open_nodes.append((code, depth + 1))
    parents = {r.get("parent") for r in records}
    codes = [r["code"] for r in records if r["code"] not in parents]
    n_years, n_units = rng.integers(1, 4), rng.integers(1, 9)
    values = rng.integers(0, 6, (n_years, n_units, len(codes))).astype(float)
    values[rng.random(values.shape) < draw(st.sampled_from([0.0, 0.2]))] = np.nan
    values[..., rng.random(len(codes)) < 0.1] = 3.0
    panel = bdx.Panel(tuple(range(2020, 2020 + n_years)), tuple(f"u{k}" for k in range(n_units)), tuple(codes), values)
    method = {
        "weighting": draw(st.sampled_from(["improved vector", "equal", "given"])),
        "scope": draw(st.sampled_from(["year", "panel", "goalposts"])),
        "weights_scope": draw(st.sampled_from(["year", "panel"])),
        "min_available": draw(st.sampled_from([0.0, 0.5, 0.65, 1.0])),
    }
    return records, panel, method


@pytest.mark.slow
@examples(150)
@given(cases())
def test_compute_does_what_the_method_written_plainly_does(case: tuple[list[dict], bdx.Panel, dict]) -> None:
    records, panel, method = case
    raw = {
        (y, u): dict(zip(panel.indicators, panel.values[i, j], strict=True))
        for i, y in enumerate(panel.years)
        for j, u in enumerate(panel.units)
    }
    scores, ranks, weights = reference.compute(records, raw, **method)
    result: Any = bdx.compute(bdx.Framework.from_records(records), panel, bdx.Method(**method))
    for (year, unit, code), z in scores.items():
        assert result.scores.loc[(year, unit), code] == pytest.approx(z, abs=1e-12, nan_ok=True), code
        rank = ranks.get((year, unit, code), np.nan)
        assert result.ranks.loc[(year, unit), code] == pytest.approx(rank, nan_ok=True), code
    found = result.weights.set_index(["year", "child"])["weight"]
    for key, w in weights.items():
        assert found[key] == pytest.approx(w, abs=1e-12)
