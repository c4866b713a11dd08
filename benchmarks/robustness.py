"""Robustness of a whole index, beside numpy's own product and sorting and a loop over compute, as ratios of one run.

    python benchmarks/robustness.py

The floor is what no ranking by numpy in one thread can do without: the weighted sums of all draws over the indicators
and their sorting. The loop computes the index draw by draw from given weights; it is timed on 20 draws and scaled.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from bdindex_xl import Framework, Method, Panel, compute
from bdindex_xl.analysis.robustness.monte_carlo import one_at_a_time, robustness
from bdindex_xl.analysis.robustness.removal import without_each_indicator, without_each_unit
from bdindex_xl.analysis.robustness.sensitivity import sensitivity
from bdindex_xl.analysis.robustness.uncertain import Uncertainty

N_UNITS, N_DRAWS, N_LOOP, LIMIT = 337, 1000, 20, 0.3
UNIT_DRAWS = 10_000_000
N_POINTS, RESAMPLES, MOST_ROUNDS = 512, 1000, 5

NORMALISATIONS = ("min-max", "z-score", "rank", "distance to maximum")
WEIGHTS = Uncertainty(spread=0.25)
BOTH = Uncertainty(spread=0.25, normalisations=NORMALISATIONS)
ALL = Uncertainty(
    weightings=("improved vector", "equal", "critic"), normalisations=("min-max", "rank"), imputations=("none", "mean"),
    aggregations=("arithmetic", "geometric"),
)  # fmt: skip


def index(*, missing: float = 0.0) -> tuple[Framework, Panel]:
    """An index of 18 indicators below 6 aggregates below 3 below the index; five years."""
    records: list[dict[str, str]] = [{"code": "R"}]
    for top in "ABC":
        records.append({"code": top, "parent": "R"})
        for middle in "12":
            records.append({"code": top + middle, "parent": top})
            records.extend({"code": f"{top}{middle}{k}", "parent": top + middle} for k in range(3))
    framework = Framework.from_records(records)
    codes = tuple(indicator.code for indicator in framework.indicators)
    rng = np.random.default_rng(0)
    values = rng.lognormal(size=(5, N_UNITS, len(codes)))
    values[rng.random(values.shape) < missing] = np.nan
    return framework, Panel(tuple(range(2020, 2025)), tuple(f"u{k}" for k in range(N_UNITS)), codes, values)


def best_of(work: Callable[[], object], rounds: int = 5) -> float:
    """Least time [s]; the first call does not count."""
    times = []
    for _ in range(min(rounds, MOST_ROUNDS) + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times[1:] or times)


def looping(framework: Framework, panel: Panel) -> Callable[[], object]:
    """The index draw by draw, its weights given in the framework."""
    rng = np.random.default_rng(1)
    latest = Panel(panel.years[-1:], panel.units, panel.indicators, panel.values[-1:])

    def work() -> None:
        for draw in range(N_LOOP):
            factors = rng.uniform(0.75, 1.25, len(framework.nodes))
            records = [
                {"code": node.code, "parent": node.parent, "weight": float(factor)}
                for node, factor in zip(framework.nodes, factors, strict=True)
            ]
            method = Method(weighting="given", normalisation=NORMALISATIONS[draw % len(NORMALISATIONS)])
            compute(Framework.from_records(records), latest, method)

    return work


def speed() -> None:
    """1,000 draws, and what else the analysis offers."""
    framework, panel = index()
    gappy = index(missing=0.05)[1]
    scores = compute(framework, panel).normalised_array[-1]
    weights = np.random.default_rng(1).dirichlet(np.full(18, 10.0), N_DRAWS)
    floor = "numpy, one thread: product and sort"
    works: dict[str, Callable[[], object]] = {
        floor: lambda: np.sort(weights @ scores.T, axis=-1),
        "weights": lambda: robustness(framework, panel, uncertainty=WEIGHTS),
        "weights, Dirichlet": lambda: robustness(framework, panel, uncertainty=Uncertainty(concentration=50.0)),
        "weights x 4 normalisations": lambda: robustness(framework, panel, uncertainty=BOTH),
        "weights x 4 normalisations, 5 % missing": lambda: robustness(framework, gappy, uncertainty=BOTH),
        "weights, geometric means": lambda: robustness(framework, panel, Method(aggregation="geometric")),
        "all five sources, 24 combinations, 5 % missing": lambda: robustness(framework, gappy, uncertainty=ALL),
        "weights and noise": lambda: robustness(framework, panel, uncertainty=Uncertainty(noise=0.05)),
        "one at a time, weights and normalisation": lambda: one_at_a_time(framework, panel, uncertainty=BOTH),
        f"sensitivity, {N_POINTS} points x (2 + 2)": lambda: sensitivity(
            framework, panel, uncertainty=BOTH, n=N_POINTS, resamples=RESAMPLES
        ),
        "without each indicator": lambda: without_each_indicator(framework, panel),
        "without each unit": lambda: without_each_unit(framework, panel),
    }
    times = {name: best_of(work, rounds=2 if "each unit" in name or "noise" in name else 5)
             for name, work in works.items()}  # fmt: skip
    times[f"loop over compute ({N_LOOP} draws, scaled)"] = best_of(looping(framework, panel), 1) * N_DRAWS / N_LOOP
    print(f"{N_DRAWS:,} draws, {N_UNITS} units x 18 indicators  (x: times as long as '{floor}')")
    for name, seconds in times.items():
        print(f"  {name:<58}{seconds * 1e3:12.2f} ms{seconds / times[floor]:9.2f} x")
    print(f"  weights x 4 normalisations takes {times['weights x 4 normalisations']:.3f} s (at most {LIMIT})")


def memory() -> None:
    """Most memory held, which must not grow with the draws."""
    framework, panel = index()
    print(f"\nmemory, {N_UNITS} units, weights x 4 normalisations")
    for unit_draws in (UNIT_DRAWS // 10, UNIT_DRAWS):
        tracemalloc.start()
        robustness(framework, panel, uncertainty=BOTH, n_draws=unit_draws // N_UNITS)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        start = time.perf_counter()
        robustness(framework, panel, uncertainty=BOTH, n_draws=unit_draws // N_UNITS)
        print(f"  {unit_draws:>12,} unit-draws{time.perf_counter() - start:10.2f} s{peak / 2**20:10.1f} MiB")


if __name__ == "__main__":
    speed()
    memory()
