"""What missing values, ties and dear methods cost, as multiples of the same work without them, from one run.

    python benchmarks/costs.py [n_units]

Processor time of all threads, the cases of a table by turns, the least of each: what else the machine does falls on all
alike.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np

from bdindex_xl import Method, Panel, compute
from bdindex_xl.analysis.robustness.monte_carlo import robustness
from bdindex_xl.analysis.robustness.uncertain import Uncertainty
from bdindex_xl.core.correlated_weights import critic
from bdindex_xl.core.random_weights import relative, stream, uniforms
from bdindex_xl.core.rank_distribution import RankCounter
from bdindex_xl.core.weight import Families
from bdindex_xl.core.weightings import angle

N_UNITS, N_INDICATORS, MISSING = 400_000, 18, 0.05
N_DRAWS, N_DRAWN = 10_000, 337

Works = dict[str, tuple[Callable[[], object], float]]  # what to time, and the most it may take as a multiple


def by_turns(works: Works, rounds: int) -> dict[str, float]:
    """Least processor time of each [s]; the first turn does not count."""
    best = dict.fromkeys(works, float("inf"))
    for turn in range(rounds + 1):
        for name, (work, _) in works.items():
            start = time.process_time()
            work()
            if turn:
                best[name] = min(best[name], time.process_time() - start)
    return best


def show(title: str, works: Works, rounds: int = 7) -> None:
    """A table with ratios to its first line, and what they may be at most."""
    best = by_turns(works, rounds)
    base = next(iter(best.values()))
    print(f"\n{title}")
    for name, seconds in best.items():
        most = works[name][1]
        limit = f"  (at most {most})" if most else ""
        print(f"  {name:<48}{seconds * 1e3:12.2f} ms{seconds / base:9.2f} x{limit}")


def whole(n_units: int) -> None:
    """compute() on the shape of the shipped framework."""
    from run import big_data_index

    framework = big_data_index()
    codes = tuple(indicator.code for indicator in framework.indicators)
    values = np.random.default_rng(0).lognormal(size=(1, n_units, len(codes)))
    panel = Panel((2024,), tuple(map(str, range(n_units))), codes, values)
    gaps = Panel((2024,), panel.units, codes, _gappy(values))
    ranked = Method(normalisation="exponential rank")
    works: Works = {
        "compute": (lambda: compute(framework, panel), 0.0),
        "compute, 5 % missing": (lambda: compute(framework, gaps), 1.3),
        "compute, exponential rank": (lambda: compute(framework, panel, ranked), 4.0),
    }
    show(f"{n_units:,} units x {len(codes)} indicators", works)


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

    works: Works = {
        "numpy: product and sort": (lambda: np.sort(drawn @ scores.T, axis=-1), 0.0),
        "ranks counted": (lambda: RankCounter(N_DRAWN).add_scores(drawn @ scores.T), 2.5),
        "ranks counted, three units equal": (lambda: RankCounter(N_DRAWN).add_scores(drawn @ tied.T), 2.5),
        "robustness, weights drawn too, in threads": (of(scores), 0.0),
        "robustness, three units equal": (of(tied), 0.0),
    }
    show(f"{N_DRAWS:,} draws, {N_DRAWN} units x {N_INDICATORS} indicators", works)


def _gappy(values: np.ndarray) -> np.ndarray:
    return np.where(np.random.default_rng(1).random(values.shape) < MISSING, np.nan, values)


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else N_UNITS
    whole(asked)
    weights(asked)
    ties()
