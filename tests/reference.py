"""The method once more, written as slowly and plainly as it reads: loops, one unit at a time. For comparison only."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Rows = Mapping[tuple[int, str], Mapping[str, float]]


def present(values: Sequence[float]) -> list[float]:
    return [v for v in values if not math.isnan(v)]


def normalise(
    raw: Rows, code: str, direction: int, scope: str, ends: tuple[float, float] | None
) -> dict[tuple[int, str], float]:
    scores = {}
    for (year, unit), row in raw.items():
        pool = present([r[code] for (y, _), r in raw.items() if scope == "panel" or y == year])
        lower, upper = ends if scope == "goalposts" and ends else (min(pool), max(pool)) if pool else (0.0, 0.0)
        x = row[code]
        if math.isnan(x) or lower == upper:
            scores[year, unit] = math.nan
            continue
        z = (x - lower) / (upper - lower) if direction > 0 else (upper - x) / (upper - lower)
        scores[year, unit] = min(1.0, max(0.0, z)) if scope == "goalposts" else z
    return scores


def weigh(
    columns: Mapping[str, Sequence[float]], weighting: str, given: Mapping[str, float | None]
) -> dict[str, float]:
    alive = [child for child, values in columns.items() if present(values)]
    if weighting == "equal":
        importance = dict.fromkeys(alive, 1.0)
    elif weighting == "given":
        importance = {child: float(given[child] or 0.0) for child in alive}
    else:
        squared = {c: sum((1 - z) ** 2 for z in present(columns[c])) / len(present(columns[c])) for c in alive}
        if any(d == 0 for d in squared.values()):
            importance = {c: 1.0 if d == 0 else 0.0 for c, d in squared.items()}
        else:
            importance = {c: 1 / d for c, d in squared.items()}
    total = sum(importance.values())
    return {child: importance.get(child, 0.0) / total if total else 0.0 for child in columns}


def compute(records: Sequence[Mapping[str, object]], raw: Rows, **method: object) -> tuple[dict, dict, dict]:
    """Scores and ranks by (year, unit, code), weights by (year, code)."""
    weighting, scope = method.get("weighting", "improved vector"), str(method.get("scope", "year"))
    weights_scope, least = method.get("weights_scope", "year"), float(method.get("min_available", 0.65))  # type: ignore[arg-type]
    children: dict[str, list[str]] = {}
    for r in records:
        if r.get("parent"):
            children.setdefault(str(r["parent"]), []).append(str(r["code"]))
    by_code = {str(r["code"]): r for r in records}
    scores: dict[str, dict[tuple[int, str], float]] = {}
    weights: dict[tuple[int, str], float] = {}
    years = sorted({year for year, _ in raw})

    def visit(code: str) -> None:
        record = by_code[code]
        if code not in children:
            ends = (record.get("lower"), record.get("upper"))
            scores[code] = normalise(raw, code, int(record.get("direction") or 1), scope, ends)  # type: ignore[arg-type, call-overload]
            return
        for child in children[code]:
            visit(child)
        given = {child: by_code[child].get("weight") for child in children[code]}
        scores[code] = {}
        for year in years:
            columns = {
                child: [z for (y, _), z in scores[child].items() if weights_scope == "panel" or y == year]
                for child in children[code]
            }
            w = weigh(columns, str(weighting), given)  # type: ignore[arg-type]
            weights.update({(year, child): w[child] for child in w})
            for key in (k for k in raw if k[0] == year):
                have = [c for c in children[code] if not math.isnan(scores[c][key])]
                total = sum(w[c] for c in have)
                enough = len(have) / len(children[code]) >= least - 1e-12
                scores[code][key] = (
                    sum(w[c] * scores[c][key] for c in have) / total if enough and total > 0 else math.nan
                )
                if record.get("direction") == -1:
                    scores[code][key] = 1.0 - scores[code][key]

    visit(next(str(r["code"]) for r in records if not r.get("parent")))
    ranks = {}
    for code, column in scores.items():
        for (year, unit), z in column.items():
            if not math.isnan(z):
                others = [v for (y, _), v in column.items() if y == year]
                ranks[year, unit, code] = 1 + sum(v > z + 1e-12 for v in present(others))
    return {(y, u, c): z for c, column in scores.items() for (y, u), z in column.items()}, ranks, weights
