"""Weights from data beside named peers: what to time, for `run.py` or alone.

    python benchmarks/weightings.py [n_units]

Peers are optional; one that is absent is left out. They weigh one matrix without missing values, children of one
parent; ours, too, here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np

from bdindex_xl.core.correlated_weights import critic, equal_importance, pca
from bdindex_xl.core.weight import Families
from bdindex_xl.core.weightings import angle, coefficient_of_variation, entropy, standard_deviation

Work = Callable[[], object]
Peer = Callable[[np.ndarray], object]

OURS = {
    "entropy": entropy,
    "critic": critic,
    "angle": angle,
    "coefficient_of_variation": coefficient_of_variation,
    "standard_deviation": standard_deviation,
    "pca": pca,
    "equal_importance": equal_importance,
}


def peers() -> dict[str, list[tuple[str, Peer]]]:
    """Peers' functions of a matrix of units x children, by the name of ours."""
    found: dict[str, list[tuple[str, Peer]]] = {name: [] for name in OURS}
    try:
        from pymcdm import weights
    except ImportError:
        pass
    else:
        found["entropy"].append(("pymcdm entropy_weights", weights.entropy_weights))
        found["critic"].append(("pymcdm critic_weights", weights.critic_weights))
        found["angle"].append(("pymcdm angle_weights", weights.angle_weights))
        found["standard_deviation"].append(("pymcdm standard_deviation_weights", weights.standard_deviation_weights))
    try:
        from skcriteria.preprocessing import weighters
    except ImportError:
        pass
    else:
        found["entropy"].append(("scikit-criteria entropy_weights", weighters.entropy_weights))
        found["critic"].append(
            ("scikit-criteria critic_weights", lambda m: weighters.critic_weights(m, np.ones(m.shape[1])))
        )
        found["standard_deviation"].append(("scikit-criteria std_weights", weighters.std_weights))
    try:
        from pyrepo_mcda import weighting_methods
    except ImportError:
        pass
    else:
        found["entropy"].append(("pyrepo-mcda entropy_weighting", weighting_methods.entropy_weighting))
        found["critic"].append(("pyrepo-mcda critic_weighting", weighting_methods.critic_weighting))
        found["angle"].append(
            ("pyrepo-mcda angle_weighting", lambda m: weighting_methods.angle_weighting(m, np.ones(m.shape[1])))
        )
        found["coefficient_of_variation"].append(
            ("pyrepo-mcda coeff_var_weighting", weighting_methods.coeff_var_weighting)
        )
        found["standard_deviation"].append(("pyrepo-mcda std_weighting", weighting_methods.std_weighting))
    return found


def rows(n_units: int, n_children: int = 18) -> list[tuple[str, list[tuple[str, Work]]]]:
    """Tables of (title, lines of (name, what to time)); the first two lines of each are ours.

    Values are positive and span 0.05 to 1, so that every peer is defined.
    """
    values = 0.05 + 0.95 * np.random.default_rng(0).random((n_units, n_children)) ** 2
    gaps = np.where(np.random.default_rng(1).random(values.shape) < 0.05, np.nan, values)
    families = Families.of_sizes([n_children])
    tables: list[tuple[str, list[tuple[str, Work]]]] = []
    theirs = peers()
    for name, weigh in OURS.items():
        lines: list[tuple[str, Work]] = [
            (f"bdindex_xl {name}", lambda w=weigh: w(values[None], families, axis=1)),  # type: ignore[misc]
            (f"bdindex_xl {name}, 5 % missing", lambda w=weigh: w(gaps[None], families, axis=1)),  # type: ignore[misc]
        ]
        lines += [(peer, lambda w=work: w(values)) for peer, work in theirs[name]]  # type: ignore[misc]
        tables.append((f"{name}, {n_units:,} x {n_children}", lines))
    return tables


def agreement(n_matrices: int = 40) -> dict[str, float]:
    """Largest difference between a peer's weights and ours, over random clean matrices, by the peer's name.

    Values span 0 to 1 in every column, as CRITIC's own normalisation would have them, but for entropy, which peers
    define for positive values alone.
    """
    largest: dict[str, float] = {}
    theirs = peers()
    for seed in range(n_matrices):
        random = np.random.default_rng(seed)
        values = 0.05 + 0.95 * random.random((random.integers(5, 60), random.integers(2, 12)))
        families = Families.of_sizes([values.shape[1]])
        scaled = (values - values.min(axis=0)) / np.ptp(values, axis=0)
        for name, weigh in OURS.items():
            matrix = scaled if name == "critic" else values
            ours = weigh(matrix[None], families, axis=1)[0]
            for peer, work in theirs[name]:
                largest[peer] = max(largest.get(peer, 0.0), float(np.abs(np.asarray(work(matrix)) - ours).max()))
    return largest


def main() -> None:
    """Print the tables; beyond 100,000 units without the peer that loops over units in Python."""
    from run import Measured, best_of, extra_memory, show

    print("largest difference from each peer's weights, 40 random clean matrices  (at most 1e-12)")
    for peer, difference in agreement().items():
        print(f"  {peer:<58}{difference:12.1e}")
    n_units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for title, lines in rows(n_units):
        slow = {"pyrepo-mcda entropy_weighting"} if n_units > 100_000 else set()
        timed = [Measured(name, best_of(work, seconds=1.0)) for name, work in lines if name not in slow]
        show(title, timed)
        print(f"  extra memory: {extra_memory(lines[0][1]) / (n_units * 18 * 8):.2f} times the input")


if __name__ == "__main__":
    main()
