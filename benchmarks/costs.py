"""What missing values, ties and dear methods cost, as multiples of the same work without them, from one run.

    python benchmarks/costs.py [n_units]

Processor time of all threads, the cases of a table by turns, the least of each: what else the machine does falls on all
alike.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bdindex_xl import Framework, Method, Panel, compute
from bdindex_xl.analysis.robustness.monte_carlo import robustness
from bdindex_xl.analysis.robustness.uncertain import Uncertainty
from bdindex_xl.core.correlated_weights import critic
from bdindex_xl.core.random_weights import relative, stream, uniforms
from bdindex_xl.core.rank_distribution import RankCounter
from bdindex_xl.core.weight import Families
from bdindex_xl.core.weightings import angle
from bdindex_xl.engine.aggregate import MOST_PROGRAMMES

N_UNITS, N_INDICATORS, MISSING = 400_000, 18, 0.05
N_DRAWS, N_DRAWN = 10_000, 337
MOST_ROUNDS = 15
MOST = 4.0  # times the default's time, of every choice that is computed at once
CHOICES = {
    "normalisation": ("exponential rank", "rank", "percentile rank", "borda", "base year", "distance to reference"),
    "aggregation": ("maximum", "minimum", "mpi", "ampi", "mean-min", "topsis", "grey relational"),
    "treatment": ("winsorise", "log always", "gii log", "winsorise or gii log"),
    "weighting": ("merec", "gini"),
    "round_levels": (True,),
    "decimals": (1,),
    "min_children": (2,),
    "unit_available": (0.5,),
}
DEAR = (
    ("aggregation", "benefit of the doubt"), ("weighting", "pca"), ("weighting", "equal importance"),
    ("treatment", "box-cox"), ("aggregation", "copeland"),
)  # fmt: skip

Works = dict[str, tuple[Callable[[], object], float]]  # what to time, and the most it may take as a multiple


def by_turns(works: Works, rounds: int) -> dict[str, float]:
    """Least processor time of each [s]; the first turn does not count."""
    best = dict.fromkeys(works, float("inf"))
    for turn in range(min(rounds, MOST_ROUNDS) + 1):
        for name, (work, _) in works.items():
            start = time.process_time()
            work()
            if turn or not MOST_ROUNDS:
                best[name] = min(best[name], time.process_time() - start)
    return best


def show(title: str, works: Works, rounds: int = 7, n_units: int = 0) -> None:
    """A table with ratios to its first line, and what they may be at most; of so many units, how many a second."""
    best = by_turns(works, rounds)
    base = next(iter(best.values()))
    print(f"\n{title}")
    for name, seconds in best.items():
        most = works[name][1]
        limit = f"  (at most {most})" if most else ""
        speed = f"{n_units / seconds:12,.0f} units/s" if n_units else ""
        print(f"  {name:<56}{seconds * 1e3:12.2f} ms{seconds / base:9.2f} x{speed}{limit}")


def whole(n_units: int) -> None:
    """compute() on the shape of the shipped framework: gaps, and every newer choice, beside the default method."""
    framework, codes, values = shape(n_units)
    panel = panel_of(codes, values)
    gaps = panel_of(codes, _gappy(values))
    works: Works = {
        "compute": (lambda: compute(framework, panel), 0.0),
        "compute, 5 % missing": (lambda: compute(framework, gaps), 1.3),
    }
    for field, chosen in CHOICES.items():
        for choice in chosen:
            works[f"{field} {choice}"] = (_computing(framework, panel, **{field: choice}), MOST)
    for one in ("equal", "kept"):
        works[f"missing_weights {one}, 5 % missing"] = (_computing(framework, gaps, missing_weights=one), MOST)
    for name, own in own_fields(framework).items():
        works[f"framework: {name}"] = (_computing(own, panel), MOST)
    factors = panel_of((*codes, "factor"), np.concatenate([values, values[:, :, :1] ** 0], axis=2))
    with_factor = _with(framework, lambda node: {"factor": "factor"} if node["code"] == "A" else {})
    works["framework: factor"] = (_computing(with_factor, factors), MOST)
    show(f"{n_units:,} units x {len(codes)} indicators", works, rounds=2 if n_units > N_UNITS else 5)


def _computing(framework: Framework, panel: Panel, **settings: Any) -> Callable[[], object]:
    method = Method(**settings)
    return lambda: compute(framework, panel, method)


def shape(n_units: int) -> tuple[Framework, tuple[str, ...], np.ndarray]:
    """The shipped framework's shape, its indicators, and values of one year."""
    from run import big_data_index

    framework = big_data_index()
    codes = tuple(indicator.code for indicator in framework.indicators)
    return framework, codes, np.random.default_rng(0).lognormal(size=(1, n_units, len(codes)))


def panel_of(codes: tuple[str, ...], values: np.ndarray) -> Panel:
    """One year of as many units as there are values."""
    return Panel((2024,), tuple(map(str, range(values.shape[1]))), codes, values)


def own_fields(framework: Framework) -> dict[str, Framework]:
    """What single nodes may have of their own, each on all of its kind."""

    def on_indicators(**fields: object) -> Framework:
        return _with(framework, lambda node: fields if node["code"] in indicators else {})

    def on_aggregates(**fields: object) -> Framework:
        return _with(framework, lambda node: {} if node["code"] in indicators or not node["parent"] else fields)

    indicators = {indicator.code for indicator in framework.indicators}
    return {
        "transformation ln": on_indicators(transformation="ln"),
        "two-sided": on_indicators(direction=0, best_lower=0.9, best_upper=1.1),
        "aggregates normalised by percentile rank": on_aggregates(normalisation="percentile rank"),
        "aggregates normalised by exponential rank": on_aggregates(normalisation="exponential rank"),
        "aggregates turned round": on_aggregates(direction=-1),
        "min_available of parents": on_aggregates(min_available=0.5),
    }


def _with(framework: Framework, further: Callable[[dict[str, object]], dict[str, object]]) -> Framework:
    nodes: list[dict[str, object]] = [{"code": node.code, "parent": node.parent} for node in framework.nodes]
    return Framework.from_records([node | further(node) for node in nodes])


def dear(n_units: int = MOST_PROGRAMMES) -> None:
    """What solves something for each unit or goes round until it settles; no more units than the first may have."""
    framework, codes, values = shape(n_units)
    panel = panel_of(codes, values)
    works: Works = {"compute": (lambda: compute(framework, panel), 0.0)}
    for field, choice in DEAR:
        works[f"{field} {choice}"] = (_computing(framework, panel, **{field: choice}), 0.0)
    show(f"{n_units:,} units x {len(codes)} indicators, what is solved or iterated", works, rounds=1, n_units=n_units)


def weights(n_units: int) -> None:
    """Weights from data, of one parent's children."""
    values = 0.05 + 0.95 * np.random.default_rng(0).random((1, n_units, N_INDICATORS)) ** 2
    gaps, families = _gappy(values), Families.of_sizes([N_INDICATORS])
    for weigh in (angle, critic):
        works: Works = {
            weigh.__name__: (lambda w=weigh: w(values, families, axis=1), 0.0),  # type: ignore[misc]
            f"{weigh.__name__}, 5 % missing": (lambda w=weigh: w(gaps, families, axis=1), 2.0),  # type: ignore[misc]
        }
        show(f"{weigh.__name__}, {n_units:,} x {N_INDICATORS}", works)


def ties() -> None:
    """Ranks over draws of the weights, of which each has ties, beside numpy's own product and sorting."""
    from montecarlo import index

    scores = np.random.default_rng(0).random((N_DRAWN, N_INDICATORS))
    given = np.full(N_INDICATORS, 1.0 / N_INDICATORS)
    drawn = relative(given, spread=0.25, uniforms=uniforms(stream(1), N_DRAWS, N_INDICATORS))
    tied = scores.copy()
    tied[:2] = scores[2]

    def of(values: np.ndarray) -> Callable[[], object]:
        framework, panel = index(values)
        method, uncertain = Method(weighting="equal"), Uncertainty(spread=0.25)
        return lambda: robustness(framework, panel, method, uncertainty=uncertain, n_draws=N_DRAWS).mean

    def product(values: np.ndarray) -> np.ndarray:
        # Small ones, of one thread each: those that numpy's library starts for large ones count while they wait.
        return np.matmul(drawn.reshape(-1, min(40, N_DRAWS), N_INDICATORS), values.T).reshape(N_DRAWS, -1)

    works: Works = {
        "numpy: product and sort": (lambda: np.sort(product(scores), axis=-1), 0.0),
        "ranks counted": (lambda: RankCounter(N_DRAWN).add_scores(product(scores)), 2.5),
        "ranks counted, three units equal": (lambda: RankCounter(N_DRAWN).add_scores(product(tied)), 2.5),
        "robustness, weights drawn too, in threads": (of(scores), 0.0),
        "robustness, three units equal": (of(tied), 0.0),
    }
    show(f"{N_DRAWS:,} draws, {N_DRAWN} units x {N_INDICATORS} indicators", works, rounds=15)


def _gappy(values: np.ndarray) -> np.ndarray:
    return np.where(np.random.default_rng(1).random(values.shape) < MISSING, np.nan, values)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else N_UNITS
    whole(asked)
    weights(asked)
    ties()
    dear()
