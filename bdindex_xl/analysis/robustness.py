"""How firm a ranking is: ranks over many draws of what is uncertain about the index."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..core.blocks import spread
from ..core.draws import BLOCK
from ..core.rank import Ranks
from ..method import Method
from ..model import Array, Framework, Panel
from . import robust_ranks
from .robust_draws import block
from .robust_ranks import Tally
from .robust_scores import Simulation, place_of
from .uncertain import Cancel, Progress, Source, Uncertainty, at_least, report

if TYPE_CHECKING:
    import pandas as pd

LOW, HIGH, FIRST = 0.05, 0.95, 10  # quantiles, and the places that `first_ten` counts


@dataclass(frozen=True, eq=False)
class Robustness:
    """Ranks over draws. Arrays have an element a unit of the panel; places without a rank are 0, numbers NaN.

    Attributes
    ----------
    year, units, uncertainty, n_draws, seed
        What it was computed from.
    score : array [0-1]
    rank : array of int32
        Nominal: of the index as the method has it.
    counts : array of int64, shape (n_units, n_units)
        Draws in which a unit has the rank of the column, plus one.
    mean : array
        Mean rank.
    median, low, high, best, worst : arrays of int32
        Ranks: median, 5 and 95 % quantile, least and greatest.
    first, first_ten, ahead : arrays [0-1]
        Probability to rank first, among the first ten, and before the next unit of the nominal order (NaN for the
        last). Tied units are all first, and none ahead.
    ranked : array [0-1]
        Share of the draws in which the unit has a rank; all other figures are of those draws.
    mean_shift : array
        Mean distance between the rank and the nominal one, up or down.
    """

    year: int
    units: tuple[str, ...]
    uncertainty: Uncertainty
    n_draws: int
    seed: int
    score: Array
    rank: Ranks
    counts: npt.NDArray[np.int64]
    ahead: Array

    @cached_property
    def mean(self) -> Array:
        return robust_ranks.means(self.counts, self._places)

    @cached_property
    def median(self) -> Ranks:
        return robust_ranks.quantiles(self.counts, 0.5)

    @cached_property
    def low(self) -> Ranks:
        return robust_ranks.quantiles(self.counts, LOW)

    @cached_property
    def high(self) -> Ranks:
        return robust_ranks.quantiles(self.counts, HIGH)

    @cached_property
    def best(self) -> Ranks:
        return robust_ranks.quantiles(self.counts, 0.0)

    @cached_property
    def worst(self) -> Ranks:
        return robust_ranks.quantiles(self.counts, 1.0)

    @cached_property
    def first(self) -> Array:
        return robust_ranks.means(self.counts, self._places <= 1)

    @cached_property
    def first_ten(self) -> Array:
        return robust_ranks.means(self.counts, self._places <= FIRST)

    @cached_property
    def ranked(self) -> Array:
        return np.asarray(self.counts.sum(axis=1) / self.n_draws)

    @cached_property
    def mean_shift(self) -> Array:
        return robust_ranks.means(self.counts, np.abs(self._places - self.rank[:, np.newaxis]))

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All of it, a row a unit: index (year, unit), a column per figure."""
        from ..frames import by_year_and_unit

        figures = [np.asarray(getattr(self, name), dtype=np.float64) for name in _FIGURES]
        places = [np.where(figure > 0, figure, np.nan) if name in _PLACES else figure
                  for name, figure in zip(_FIGURES, figures, strict=True)]  # fmt: skip
        return by_year_and_unit((self.year,), self.units, _FIGURES, np.stack(places, axis=-1)[np.newaxis])

    @property
    def _places(self) -> npt.NDArray[Any]:
        return np.arange(1.0, len(self.counts) + 1)


_PLACES = ("rank", "median", "low", "high", "best", "worst")
_FIGURES = (
    "score", "rank", "mean", "median", "low", "high", "best", "worst", "first", "first_ten", "ahead", "ranked",
    "mean_shift",
)  # fmt: skip


def robustness(
    framework: Framework,
    panel: Panel,
    method: Method | None = None,
    *,
    year: int | None = None,
    uncertainty: Uncertainty | None = None,
    n_draws: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Robustness:
    """Ranks of the index in one year while everything uncertain varies at once.

    Each draw takes an alternative of every choice and computes the index anew. Weights that follow from data are those
    of the drawn alternatives with the data as they are: found once for each combination, then perturbed in each draw.
    They are not found again from a draw's perturbed lower levels, nor from data with noise; what is perturbed is the
    weight that the method arrives at, whatever its source. Noise is on values as they come to normalisation, after
    denominators, imputation and treatment, and in that year alone.

    Compared are the units that have a rank nominally. Where imputation varies, one of them may have none in some draws:
    it is left out of those. A unit without a nominal rank is in no draw's ranking.

    Parameters
    ----------
    framework : Framework
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator]
    method : Method, optional
    year : int, optional
        Default: the panel's last.
    uncertainty : Uncertainty, optional
        Default: weights within a quarter of themselves.
    n_draws : int
    seed : int
        The same seed gives the same draws on every machine, whatever the number of threads. Sources of uncertainty
        have streams of their own: to add one leaves the draws of the others as they are.
    progress : function of the share done [0-1], optional
    cancelled : function without arguments, optional
        Asked between blocks of 1,024 draws a processor; True ends the analysis.

    Returns
    -------
    Robustness

    Raises
    ------
    FrameworkError
        As `compute` does, for any alternative that is drawn; where the year is not in the panel, or a number too small.
    Cancelled
        Where `cancelled` said so: a part of the draws is no result.

    References
    ----------
    Saisana, Saltelli, Tarantola, Uncertainty and sensitivity analysis techniques as tools for the quality assessment of
    composite indicators, Journal of the Royal Statistical Society A 168(2), 2005, 307-323,
    doi:10.1111/j.1467-985X.2005.00350.x; OECD/JRC, Handbook on Constructing Composite Indicators, 2008,
    doi:10.1787/9789264043466-en, step 7.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0], [2.0, 5.0]]]))
    >>> found = robustness(framework, panel, Method(weighting="equal"))
    >>> found.first.tolist(), found.best.tolist(), found.worst.tolist()
    ([0.0, 0.0, 1.0], [2, 2, 1], [3, 3, 1])
    """
    method, uncertainty = method or Method(), uncertainty or Uncertainty()
    at_least(1, n_draws=n_draws)
    at_least(0, seed=seed)
    at = place_of(panel, year)
    simulation = Simulation(framework, panel, method, uncertainty, at=at, seed=seed)
    tally = _counted(simulation, n_draws, seed, progress, cancelled)
    ranked, n_units = simulation.nominal.ranked, len(panel.units)
    counts, ahead = np.zeros((n_units, n_units), dtype=np.int64), np.full(n_units, np.nan)
    counts[ranked, : ranked.size], ahead[ranked] = tally.counts(), tally.ahead()
    nominal = simulation.nominal
    return Robustness(
        panel.years[at], panel.units, uncertainty, n_draws, seed, nominal.scores, nominal.ranks, counts, ahead
    )


def _counted(
    simulation: Simulation, n_draws: int, seed: int, progress: Progress | None, cancelled: Cancel | None
) -> Tally:
    """Ranks in all draws; a block at a time for each processor."""
    numbers = range(math.ceil(n_draws / BLOCK))
    hands = os.cpu_count() or 1
    tallies = [Tally(simulation.nominal.ranked.size) for _ in range(min(hands, len(numbers)))]

    def work(hand: int, number: int) -> None:
        points = block(number, min(BLOCK, n_draws - number * BLOCK), simulation.sizes, seed=seed)
        for _, scores in simulation.scores(points):
            tallies[hand].add(scores)

    report(0.0, progress, cancelled)
    for start in range(0, len(numbers), hands):
        spread(lambda one: work(*one), enumerate(numbers[start : start + hands]))
        report(min(1.0, (start + hands) * BLOCK / n_draws), progress, cancelled)
    for other in tallies[1:]:
        tallies[0].merge(other)
    return tallies[0]


@dataclass(frozen=True, slots=True)
class Alone:
    """What one source of uncertainty does while all others are certain.

    mean_shift: mean distance [places] between a rank and the nominal one, over draws and units. widest: greatest
    distance [places] between the 5 and 95 % quantile of a unit's ranks, and of which unit; "" where none has a rank.
    """

    source: Source
    mean_shift: float
    widest: int
    unit: str


def one_at_a_time(
    framework: Framework,
    panel: Panel,
    method: Method | None = None,
    *,
    year: int | None = None,
    uncertainty: Uncertainty | None = None,
    n_draws: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> tuple[Alone, ...]:
    """Each source of uncertainty alone, in the order of `Source`; those that are certain are left out.

    Parameters, errors and references are those of `robustness`; the draws of a source are the same as there.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0], [2.0, 5.0]]]))
    >>> [alone.widest for alone in one_at_a_time(framework, panel, Method(weighting="equal"))]
    [1]
    """
    uncertainty = uncertainty or Uncertainty()
    sources = uncertainty.sources
    found = []
    for k, source in enumerate(sources):

        def share(done: float, k: int = k) -> None:
            report((k + done) / len(sources), progress, None)

        one = robustness(
            framework, panel, method, year=year, uncertainty=uncertainty.only(source), n_draws=n_draws, seed=seed,
            progress=share, cancelled=cancelled,
        )  # fmt: skip
        found.append(_alone(source, one))
    return tuple(found)


def _alone(source: Source, found: Robustness) -> Alone:
    there = found.counts.any(axis=1)
    if not there.any():
        return Alone(source, 0.0, 0, "")
    widths = found.high - found.low
    widest = int(widths.argmax())
    return Alone(source, float(found.mean_shift[there].mean()), int(widths[widest]), found.units[widest])
