"""How firm a ranking is: ranks over many draws of what is uncertain about the index."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ...core.arrays import Array
from ...core.parallel import spread
from ...core.random_weights import BLOCK
from ...core.rank import Ranks
from ...model.framework import Framework
from ...model.method import Method
from ...model.panel import Panel, place_of_year, taken
from .draws import block
from .rank_counts import Places, Tally
from .scores import Simulation
from .uncertain import MOST_DRAWS, MOST_SEED, Cancel, ShareDone, Source, Uncertainty, report, within_bounds

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
    tally, ranked_units
        The ranks in all draws, of the units that have one nominally: their places in `units`, from first to last.
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
    tally: Tally
    ranked_units: npt.NDArray[np.intp]
    ahead: Array

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """Draws in which a unit has the rank of the column, plus one; made when asked for: 8 n_units² bytes."""
        counts = np.zeros((len(self.units), len(self.units)), dtype=np.int64)
        for units, found in self._places():
            counts[units[found.units], found.places - 1] = found.times
        return counts

    @property
    def mean(self) -> Array:
        return self._figures["mean"]

    @property
    def median(self) -> Ranks:
        return self._figures["median"]

    @property
    def low(self) -> Ranks:
        return self._figures["low"]

    @property
    def high(self) -> Ranks:
        return self._figures["high"]

    @property
    def best(self) -> Ranks:
        return self._figures["best"]

    @property
    def worst(self) -> Ranks:
        return self._figures["worst"]

    @property
    def first(self) -> Array:
        return self._figures["first"]

    @property
    def first_ten(self) -> Array:
        return self._figures["first_ten"]

    @property
    def ranked(self) -> Array:
        return self._figures["ranked"]

    @property
    def mean_shift(self) -> Array:
        return self._figures["mean_shift"]

    def _places(self) -> Iterator[tuple[npt.NDArray[np.intp], Places]]:
        """Ranks of some units at a time, and which those are of all."""
        for some, found in self.tally.places():
            yield self.ranked_units[some], found

    @cached_property
    def _figures(self) -> dict[str, npt.NDArray[Any]]:
        figures: dict[str, npt.NDArray[Any]] = {
            name: np.zeros(len(self.units), dtype=np.int32) if name in _PLACES else np.full(len(self.units), np.nan)
            for name in _FIGURES
        }
        figures["ranked"][:] = 0.0
        for units, found in self._places():
            away = np.abs(found.places - self.rank[units][found.units])
            figures["mean"][units], figures["mean_shift"][units] = found.mean(found.places), found.mean(away)
            figures["first"][units] = found.mean(found.places <= 1)
            figures["first_ten"][units] = found.mean(found.places <= FIRST)
            figures["ranked"][units] = found.totals / self.n_draws
            for name, level in _LEVELS.items():
                figures[name][units] = found.quantile(level)
        return figures

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All of it, a row a unit: index (year, unit), a column per figure."""
        from ...model.frames import by_year_and_unit

        figures = [np.asarray(getattr(self, name), dtype=np.float64) for name in _FIGURES]
        places = [np.where(figure > 0, figure, np.nan) if name in _PLACES else figure
                  for name, figure in zip(_FIGURES, figures, strict=True)]  # fmt: skip
        return by_year_and_unit((self.year,), self.units, _FIGURES, np.stack(places, axis=-1)[np.newaxis])

    def __repr__(self) -> str:
        head = f"{self.year}: {self.n_draws} draws, seed {self.seed}, {self.uncertainty}"
        return f"{head}\n{self.frame.droplevel('year')[list(_SHOWN)].sort_values('rank')}"


_AT_ONCE, _LEAST = 1 << 22, 64  # ranks that a processor counts at a time, and draws at least
_SHOWN = ("score", "rank", "median", "low", "high", "first", "ahead")

_LEVELS = {"median": 0.5, "low": LOW, "high": HIGH, "best": 0.0, "worst": 1.0}
_PLACES = ("rank", "median", "low", "high", "best", "worst")
_FIGURES = (
    "score", "rank", "mean", "median", "low", "high", "best", "worst", "first", "first_ten", "ahead", "ranked",
    "mean_shift",
)  # fmt: skip


def robustness(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    year: int | None = None,
    uncertainty: Uncertainty | None = None,
    n_draws: int = 1000,
    seed: int = 1,
    progress: ShareDone | None = None,
    cancelled: Cancel | None = None,
) -> Robustness:
    """How firm the ranks of one year are: each is found in many draws of everything that is uncertain.

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
        What the index is made of.
    panel : Panel, values of shape (n_years, n_units, n_indicators) [measure of each indicator], or a frame
        The raw values of one ranking; a frame is taken as by `Panel.from_frame`.
    method : Method, optional
        Default: improved vector weights, min-max by year, arithmetic means.
    year : int, optional
        Default: the panel's last.
    uncertainty : Uncertainty, optional
        Default: weights within a quarter of themselves.
    n_draws : int
        From 1 to 1,000,000.
    seed : int
        The same seed gives the same draws on every machine, whatever the number of threads. Sources of uncertainty
        have streams of their own: to add one leaves the draws of the others as they are.
    progress : function of the share done [0-1], optional
        Called between blocks of draws.
    cancelled : function without arguments, optional
        Asked between blocks of at most 1,024 draws a processor; True ends the analysis.

    Returns
    -------
    Robustness
        How often each unit has each rank, and what follows: median, interval, best, worst, shares of first and tenth.

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
    panel, method = taken(framework, panel, method)
    uncertainty = uncertainty or Uncertainty()
    within_bounds(n_draws=(n_draws, 1, MOST_DRAWS), seed=(seed, 0, MOST_SEED))
    at = place_of_year(panel, year)
    simulation = Simulation(framework, panel, method, uncertainty, at=at, seed=seed)
    tally = _counted(simulation, n_draws, seed, progress, cancelled)
    ranked, n_units = simulation.nominal.ranked, len(panel.units)
    ahead = np.full(n_units, np.nan)
    ahead[ranked] = tally.ahead()
    nominal = simulation.nominal
    return Robustness(
        panel.years[at],
        panel.units,
        uncertainty,
        n_draws,
        seed,
        nominal.scores,
        nominal.ranks,
        tally,
        ranked,
        ahead,
    )


def _counted(
    simulation: Simulation, n_draws: int, seed: int, progress: ShareDone | None, cancelled: Cancel | None
) -> Tally:
    """Ranks in all draws; a part of a block at a time for each processor."""
    n_units, hands = simulation.nominal.ranked.size, os.cpu_count() or 1
    parts = list(_parts(n_draws, max(_LEAST, _AT_ONCE // max(1, n_units))))
    tallies = [Tally(n_units, n_draws=n_draws) for _ in range(min(hands, len(parts)))]

    def work(hand: int, part: tuple[int, slice]) -> None:
        number, rows = part
        points = block(number, min(BLOCK, n_draws - number * BLOCK), simulation.sizes, seed=seed)
        for _, scores in simulation.scores(points.part(np.arange(len(points.noise))[rows])):
            tallies[hand].add(scores)

    report(0.0, progress, cancelled)
    for start in range(0, len(parts), hands):
        spread(lambda one: work(*one), enumerate(parts[start : start + hands]))
        report(min(1.0, (start + hands) / len(parts)), progress, cancelled)
    for other in tallies[1:]:
        tallies[0].merge(other)
    return tallies[0]


def _parts(n_draws: int, rows: int) -> Iterator[tuple[int, slice]]:
    """Blocks of draws by number, in parts of so many rows at most."""
    for number in range(math.ceil(n_draws / BLOCK)):
        for start in range(0, min(BLOCK, n_draws - number * BLOCK), rows):
            yield number, slice(start, start + rows)


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
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    year: int | None = None,
    uncertainty: Uncertainty | None = None,
    n_draws: int = 1000,
    seed: int = 1,
    progress: ShareDone | None = None,
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
    there = found.ranked > 0
    if not there.any():
        return Alone(source, 0.0, 0, "")
    widths = found.high - found.low
    widest = int(widths.argmax())
    return Alone(source, float(found.mean_shift[there].mean()), int(widths[widest]), found.units[widest])
