"""Ranks over many draws of the weights, beside numpy's own sorting and named peers, as ratios measured in one run.

    python benchmarks/montecarlo.py

The floor is what no way of ranking by numpy in one thread can do without: the weighted sums of all draws (which numpy's
library may spread over threads: a twentieth of the time) and their sorting, which says nothing yet of who stands where.
Peers compute and rank draw by draw; they are timed on 200 draws and scaled to the number of ours. Absent ones are left
out.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from bdindex_xl import Framework, Method, Panel
from bdindex_xl.analysis.robustness.monte_carlo import robustness
from bdindex_xl.analysis.robustness.uncertain import Uncertainty
from bdindex_xl.core import sobol
from bdindex_xl.core.random_weights import dirichlet, relative, stream, uniforms
from bdindex_xl.core.rank import ranks
from bdindex_xl.core.rank_distribution import RankCounter

N_UNITS, N_INDICATORS, N_DRAWS, N_PEER = 337, 18, 10_000, 200
N_POINTS, RESAMPLES, MOST_ROUNDS = 1024, 1000, 15
LIMIT, PEERS = 4.0, 8.0


def best_of_each(works: dict[str, Callable[[], object]], *, rounds: int = 15) -> dict[str, float]:
    """Least time of each [s], by turns, so that what else the machine does falls on all alike."""
    best = dict.fromkeys(works, float("inf"))
    for turn in range(min(rounds, MOST_ROUNDS) + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if turn or not MOST_ROUNDS:
                best[name] = min(best[name], time.perf_counter() - start)
    return best


def peers(scores: np.ndarray, weights: np.ndarray) -> dict[str, Callable[[], object]]:
    """Their own weighted sum and rank, once a draw, then counted."""
    types = np.ones(N_INDICATORS)
    found: dict[str, Callable[[], object]] = {}

    def looping(method: Callable[[np.ndarray], np.ndarray]) -> Callable[[], object]:
        def work() -> None:
            counts, units = np.zeros((N_UNITS, N_UNITS), dtype=np.int64), np.arange(N_UNITS)
            for draw in weights:
                counts[units, method(draw).astype(np.int64) - 1] += 1

        return work

    try:
        from pymcdm import methods, normalizations
        from pymcdm.helpers import rrankdata
    except ImportError:
        pass
    else:
        weighted = methods.WSM(normalizations.minmax_normalization)
        found["pymcdm WSM, rrankdata"] = looping(lambda draw: rrankdata(weighted(scores, draw, types)))
        try:
            from pysensmcda import smaa
        except ImportError:
            pass
        else:
            found["pysensmcda smaa on pymcdm WSM"] = lambda: smaa.rank_acceptability(
                smaa.simulate(weighted, scores, types, weights=weights, store="accumulate")
            )
    try:
        from pyrepo_mcda.additions import rank_preferences
        from pyrepo_mcda.mcda_methods import SAW
    except ImportError:
        pass
    else:
        saw = SAW()
        found["pyrepo-mcda SAW, rank_preferences"] = looping(
            lambda draw: rank_preferences(saw(scores, draw, types), reverse=True)
        )
    return found


def index(scores: np.ndarray) -> tuple[Framework, Panel]:
    """A flat index of one year."""
    codes = [f"c{k}" for k in range(N_INDICATORS)]
    framework = Framework.from_records([{"code": "I"}, *({"code": code, "parent": "I"} for code in codes)])
    return framework, Panel((2024,), tuple(f"u{k}" for k in range(N_UNITS)), tuple(codes), scores[np.newaxis])


def ranking() -> None:
    """The full distribution of ranks, as `robustness` counts it."""
    scores = np.random.default_rng(0).random((N_UNITS, N_INDICATORS))
    given, numbers = np.full(N_INDICATORS, 1.0 / N_INDICATORS), stream(1)
    weights = relative(given, spread=0.25, uniforms=uniforms(numbers, N_DRAWS, N_INDICATORS))
    tied, gappy = scores.copy(), np.where(np.random.default_rng(2).random(scores.shape) < 0.05, np.nan, scores)
    tied[:2] = scores[2]

    def whole(values: np.ndarray) -> Callable[[], object]:
        framework, panel = index(values)
        method = Method(weighting="equal")
        uncertain = Uncertainty(spread=0.25)
        return lambda: robustness(framework, panel, method, uncertainty=uncertain, n_draws=N_DRAWS).mean

    def one_thread() -> None:
        counter = RankCounter(N_UNITS)
        counter.add_scores(weights @ scores.T)

    floor = "numpy, one thread: product and sort"
    works: dict[str, Callable[[], object]] = {
        "robustness": whole(scores),
        "robustness, three units equal": whole(tied),
        "robustness, 5 % missing": whole(gappy),
        "RankCounter.add_scores, one thread": one_thread,
        "core.rank.ranks alone": lambda: ranks(weights @ scores.T),
        "numpy: product and argsort": lambda: np.argsort(weights @ scores.T, axis=-1),
        floor: lambda: np.sort(weights @ scores.T, axis=-1),
    }
    times = best_of_each(works, rounds=5)
    slow = best_of_each(peers(scores, weights[:N_PEER]), rounds=2)
    times |= {f"{name} ({N_PEER} draws, scaled)": time * N_DRAWS / N_PEER for name, time in slow.items()}
    show(f"{N_DRAWS:,} draws, {N_UNITS} units x {N_INDICATORS} indicators", times, floor)
    ours = times["robustness"]
    print(f"  to the floor: {ours / times[floor]:.2f} (at most {LIMIT})")
    if slow:
        print(f"  best peer to ours: {min(slow.values()) * N_DRAWS / N_PEER / ours:.0f} (at least {PEERS:.0f})")


def drawing() -> None:
    """Making the weights."""
    given = np.full(N_INDICATORS, 1.0 / N_INDICATORS)
    numbers, plain = stream(1), np.random.default_rng(1)
    floor = "numpy: dirichlet, whose stream may change"
    times = best_of_each(
        {
            "relative": lambda: relative(given, spread=0.25, uniforms=uniforms(numbers, N_DRAWS, N_INDICATORS)),
            "dirichlet": lambda: dirichlet(given, concentration=50.0, rng=numbers, n=N_DRAWS),
            floor: lambda: plain.dirichlet(50.0 * given, N_DRAWS),
        }
    )
    show(f"{N_DRAWS:,} draws of {N_INDICATORS} weights", times, floor)


def sensitivity() -> None:
    """Indices and their intervals, for the ranks of all units."""
    a, b, ab = sobol.design(N_POINTS, N_INDICATORS, stream(1))
    mixing = np.random.default_rng(0).random((N_INDICATORS, N_UNITS))
    outputs = np.sin(3 * a) @ mixing, np.sin(3 * b) @ mixing, np.sin(3 * ab) @ mixing
    single = outputs[0][:, 0], outputs[1][:, 0], outputs[2][..., 0]
    floor = f"indices, {N_UNITS} outputs"
    times = best_of_each(
        {
            "design": lambda: sobol.design(N_POINTS, N_INDICATORS, stream(1)),
            floor: lambda: sobol.indices(*outputs),
            f"bootstrap, {RESAMPLES:,} resamples, 1 output": lambda: sobol.bootstrap(
                *single, rng=stream(2), resamples=RESAMPLES
            ),
            f"bootstrap, {RESAMPLES:,} resamples, {N_UNITS} outputs": lambda: sobol.bootstrap(
                *outputs, rng=stream(2), resamples=RESAMPLES
            ),
        },
        rounds=2,
    )
    show(f"sensitivity, {N_POINTS:,} points, {N_INDICATORS} inputs", times, floor)


def show(title: str, times: dict[str, float], floor: str) -> None:
    """A table with ratios to one of its lines."""
    print(f"\n{title}  (x: times as long as '{floor}')")
    for name, seconds in times.items():
        print(f"  {name:<58}{seconds * 1e3:12.2f} ms{seconds / times[floor]:9.2f} x")


if __name__ == "__main__":
    ranking()
    drawing()
    sensitivity()
