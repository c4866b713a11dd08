"""Which source of uncertainty moves a ranking most: variance-based indices of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...core import sobol
from ...core.arrays import Array
from ...core.random_weights import BLOCK, stream
from ...core.rank import Ranks, ranks
from ...model.framework import Framework
from ...model.method import Method
from ...model.panel import Panel, place_of_year, taken
from .draws import Points, combinations
from .scores import Simulation
from .uncertain import (
    MOST_BASE,
    MOST_RESAMPLES,
    MOST_SEED,
    Cancel,
    ShareDone,
    Source,
    Uncertainty,
    report,
    within_bounds,
)

if TYPE_CHECKING:
    import pandas as pd

LEVEL = 0.9  # of the intervals: from 5 to 95 %

# Streams apart from those of the sources.
_DESIGN, _SHIFT, _RANKS = (len(Source) + k for k in range(3))


@dataclass(frozen=True, eq=False)
class Indices:
    """Sobol' indices of an output, a row a source [share of the variance].

    Attributes
    ----------
    first, total : arrays, shape (n_sources,) or (n_sources, n_units)
        Share that the source accounts for alone, and with all its interactions. Estimates: they may lie a little
        outside 0 to 1.
    first_ends, total_ends : arrays, shape (2, *that)
        Ends of the bootstrap interval, from 5 to 95 %.
    """

    first: Array
    total: Array
    first_ends: Array
    total_ends: Array


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Sensitivity of a ranking.

    Attributes
    ----------
    year, units, uncertainty, n, seed
        What it was computed from.
    sources : tuple of Source
        Those that are uncertain; may be none.
    mean_shift : float [places]
        Mean of the average absolute rank shift over the base points.
    shift : Indices, arrays of shape (n_sources,)
        Of the average absolute rank shift.
    ranks : Indices, arrays of shape (n_sources, n_units)
        Of each unit's rank; NaN for a unit that has none at some point. 0 for a rank that never changes.
    """

    year: int
    units: tuple[str, ...]
    uncertainty: Uncertainty
    n: int
    seed: int
    sources: tuple[Source, ...]
    mean_shift: float
    shift: Indices
    ranks: Indices

    @property
    def frame(self) -> pd.DataFrame:
        """Indices of the average absolute rank shift and the ends of their intervals, a row a source."""
        from ...model.frames import by_source

        of = self.shift
        columns = {"first": of.first, "first_low": of.first_ends[0], "first_high": of.first_ends[1],
                   "total": of.total, "total_low": of.total_ends[0], "total_high": of.total_ends[1]}  # fmt: skip
        return by_source([str(source) for source in self.sources], columns)

    def __repr__(self) -> str:
        head = f"{self.year}: n {self.n}, seed {self.seed}, mean shift {self.mean_shift:.4g} places, {self.uncertainty}"
        return f"{head}\n{self.frame}"


def sensitivity(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    year: int | None = None,
    uncertainty: Uncertainty | None = None,
    n: int = 512,
    seed: int = 1,
    resamples: int = 1000,
    progress: ShareDone | None = None,
    cancelled: Cancel | None = None,
) -> Sensitivity:
    """Sobol' indices of every uncertain source, for the ranking as a whole and for each unit's rank.

    A source is one input, uniform in 0 to 1. That of a choice is cut into as many equal parts as there are
    alternatives. That of many numbers drawn together, all weights or all noise, is cut into 2 n parts, each standing
    for one of 2 n perturbations drawn beforehand, as in COINr: what the index then says is the share of the group. As
    neighbouring numbers stand for unlike perturbations, nothing but the base points' even spread over them is lost.

    The average absolute rank shift is the mean over units of the distance between rank and nominal rank. Units, weights
    and noise are those of `robustness`; n (sources + 2) rankings are computed.

    Parameters
    ----------
    framework : Framework
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking; a frame is taken as by `Panel.from_frame`.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    year : int, optional
        Default: the panel's last.
    uncertainty : Uncertainty, optional
        Default: weights within a quarter of themselves.
    n : int
        Base points; a power of two fills the space most evenly.
    seed : int
        The same seed gives the same figures on every machine.
    resamples : int
        Of the bootstrap, for the intervals.
    progress : function of the share done [0-1], optional
        Called between blocks of rankings.
    cancelled : function without arguments, optional
        True ends the analysis.

    Returns
    -------
    Sensitivity
        First-order and total index of each source, with intervals, for the average shift and for each unit.

    Raises
    ------
    FrameworkError, Cancelled
        As `robustness` does.

    References
    ----------
    Saisana, Saltelli, Tarantola, Journal of the Royal Statistical Society A 168(2), 2005, 307-323,
    doi:10.1111/j.1467-985X.2005.00350.x; Becker et al., COINr: An R package for developing composite indicators,
    Journal of Open Source Software 7(78), 2022, 4567, doi:10.21105/joss.04567; for the estimators, `core.sobol`.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0], [2.0, 5.0]]]))
    >>> both = Uncertainty(normalisations=("min-max", "rank"))
    >>> found = sensitivity(framework, panel, Method(weighting="equal"), uncertainty=both)
    >>> found.sources, found.ranks.total[:, 2].tolist()
    ((<Source.WEIGHTS: 'weights'>, <Source.NORMALISATION: 'normalisation'>), [0.0, 0.0])
    """
    panel, method = taken(framework, panel, method)
    uncertainty = uncertainty or Uncertainty()
    within_bounds(n=(n, 1, MOST_BASE), resamples=(resamples, 1, MOST_RESAMPLES), seed=(seed, 0, MOST_SEED))
    at = place_of_year(panel, year)
    simulation = Simulation(framework, panel, method, uncertainty, at=at, seed=seed)
    sources, d = uncertainty.sources, len(uncertainty.sources)
    design = np.empty((0, 0))
    if sources:
        a, b, ab = sobol.design(n, d, stream(seed, _DESIGN))
        design = np.concatenate([a, b, ab.reshape(-1, d)])
    found = _ranks(simulation, _points(design, sources, simulation.sizes, 2 * n), progress, cancelled)
    nominal = simulation.nominal
    away = np.abs(found - nominal.ranks[nominal.ranked]).astype(np.float64)
    there = found > 0
    counts = there.sum(axis=1)
    shifts = np.divide((away * there).sum(axis=1), counts, out=np.zeros(len(found)), where=counts > 0)
    always = there.all(axis=0)
    of_ranks = _indices(found[:, always].astype(np.float64), n, d, seed, resamples, _RANKS)
    return Sensitivity(
        panel.years[at], panel.units, uncertainty, n, seed, sources,
        float(shifts[: 2 * n].mean()) if sources else 0.0,
        _indices(shifts, n, d, seed, resamples, _SHIFT),
        _widened(of_ranks, nominal.ranked[always], len(panel.units)),
    )  # fmt: skip


def _points(design: Array, sources: tuple[Source, ...], sizes: dict[Source, int], n_drawn: int) -> Points:
    """Draws that the rows of a design stand for, an input a source."""
    cuts = {source: np.zeros(len(design)) for source in Source}
    cuts.update({source: design[:, k] for k, source in enumerate(sources)})
    of_weights, of_noise = ((cuts[s] * n_drawn).astype(np.intp) for s in (Source.WEIGHTS, Source.NOISE))
    return Points(combinations(cuts, sizes), of_weights, of_noise)


def _ranks(simulation: Simulation, points: Points, progress: ShareDone | None, cancelled: Cancel | None) -> Ranks:
    """Ranks of the ranked units in each draw, shape (n, n_ranked); 0 without."""
    n = len(points.noise)
    found = np.zeros((n, simulation.nominal.ranked.size), dtype=np.int32)
    # Sorted by combination, a part has few of them.
    order = np.argsort(points.combination, kind="stable")
    report(0.0, progress, cancelled)
    for start in range(0, n if found.size else 0, BLOCK):
        rows = order[start : start + BLOCK]
        for some, scores in simulation.scores(points.part(rows)):
            found[rows[some]] = ranks(scores)
        report(min(1.0, (start + BLOCK) / n), progress, cancelled)
    return found


def _indices(outputs: Array, n: int, d: int, seed: int, resamples: int, number: int) -> Indices:
    """Indices of outputs at the points of a design: base samples, then mixed ones. Shape (n (d + 2), ...)."""
    shape = (d, *outputs.shape[1:])
    if not d or not outputs.size:
        return Indices(np.zeros(shape), np.zeros(shape), np.zeros((2, *shape)), np.zeros((2, *shape)))
    at = outputs[:n], outputs[n : 2 * n], outputs[2 * n :].reshape(d, n, *outputs.shape[1:])
    ends = sobol.bootstrap(*at, rng=stream(seed, number), resamples=resamples, level=LEVEL)
    return Indices(*sobol.indices(*at), *ends)


def _widened(found: Indices, units: Ranks | np.ndarray[tuple[int], np.dtype[np.intp]], n_units: int) -> Indices:
    """The indices at their units' places among all, NaN for the others."""

    def wide(values: Array) -> Array:
        out = np.full((*values.shape[:-1], n_units), np.nan)
        out[..., units] = values
        return out

    return Indices(wide(found.first), wide(found.total), wide(found.first_ends), wide(found.total_ends))
