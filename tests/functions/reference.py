"""Scores of a flat index by the public interface, to compare the worksheet functions with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bdindex_xl import Framework, Method, Panel, Result, compute


def flat_index(
    values: np.ndarray[Any, Any],
    directions: Sequence[int] | None = None,
    weights: Sequence[float] | None = None,
    weighting: str = "improved vector",
) -> Result:
    """The index whose indicators are the columns."""
    n = values.shape[1]
    records: list[dict[str, Any]] = [{"code": "I"}]
    for k in range(n):
        record: dict[str, Any] = {"code": f"c{k}", "parent": "I", "direction": directions[k] if directions else 1}
        records.append(record | ({"weight": weights[k]} if weights else {}))
    panel = Panel((2024,), tuple(map(str, range(len(values)))), tuple(f"c{k}" for k in range(n)), values[None])
    return compute(Framework.from_records(records), panel, Method(weighting="given" if weights else weighting))


def flat_scores(values: np.ndarray[Any, Any], **choices: Any) -> np.ndarray[Any, Any]:
    """Scores [0-100] of the rows."""
    scores: np.ndarray[Any, Any] = flat_index(values, **choices).scores["I"].to_numpy() * 100
    return scores
