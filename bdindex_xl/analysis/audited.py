"""What an audit looks for, and what it found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ..core.arrays import Array
from ..model.framework import Framework
from ..model.panel import span_of

if TYPE_CHECKING:
    import pandas as pd

FIGURES = (
    "n", "availability", "zeros", "unique", "minimum", "maximum", "mean", "median", "deviation", "skewness", "kurtosis",
    "outliers",
)  # fmt: skip
_COLUMNS = ("n", "availability", "minimum", "median", "maximum", "skewness", "outliers")  # that a printed audit shows
_SHOWN = 10  # flags that it shows


class Rule(StrEnum):
    """What earns a flag."""

    AVAILABILITY = "availability"
    ZEROS = "zeros"
    UNIQUE = "unique"
    OUTLIERS = "outliers"
    COLLINEAR = "collinear"
    NEGATIVE = "negative"
    WEAK = "weak"
    ELSEWHERE = "elsewhere"
    ALPHA = "alpha"
    DIMENSIONS = "dimensions"
    IMPORTANCE = "importance"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where flags begin, and whose limits they are.

    availability, zeros, unique : shares [0-1] below which, above which and below which an indicator is flagged: COINr,
        get_stats (Becker et al., Journal of Open Source Software 7(78), 2022, 4567, doi:10.21105/joss.04567).
    skewness, kurtosis : both beyond which outliers are likely: COINr, and the JRC's COIN Tool.
    collinear, negative, weak : correlations above which two siblings say the same, below which they work against each
        other, and below which a child does not show in its parent: COINr, plot_corr. (An indicator that correlates more
        with another parent than with its own is flagged without a limit: OECD/JRC Handbook, step 4.)
    alpha : Cronbach's alpha below which children do not measure one thing: Nunnally, Psychometric Theory, 1978.
    eigenvalue : above which a principal component counts; more than one is more than one thing: Kaiser, Educational
        and Psychological Measurement 20, 1960, 141-151, doi:10.1177/001316446002000116.
    importance : by how many times a child's importance may differ from its weight. The measure, squared correlations
        with the parent, is that of Paruolo, Saisana & Saltelli, Journal of the Royal Statistical Society A 176(3),
        2013, 609-634, doi:10.1111/j.1467-985X.2012.01059.x; the factor is ours.
    """

    availability: float = 0.65
    zeros: float = 0.5
    unique: float = 0.5
    skewness: float = 2.0
    kurtosis: float = 3.5
    collinear: float = 0.9
    negative: float = -0.4
    weak: float = 0.3
    alpha: float = 0.7
    eigenvalue: float = 1.0
    importance: float = 2.0


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at: rule, year, code of the indicator, aggregate or unit, and of the other one of a pair.

    `value` is what was found, `limit` what it is held against.
    """

    rule: Rule
    year: int
    code: str
    other: str
    value: float
    limit: float


@dataclass(frozen=True, eq=False)
class Audit:
    """What was found, by year.

    Attributes
    ----------
    years, units, framework
        Axes of the arrays.
    n, availability, zeros, unique, minimum, maximum, mean, median, deviation, skewness, kurtosis, outliers
        Arrays, shape (n_years, n_indicators), of raw values after denominators: units with a value, their share, the
        shares of zeros and of different values among them, the usual statistics (standard deviation with divisor
        n - 1), and how many values lie beyond 1.5 interquartile ranges from the quartiles. NaN where too few.
    correlation : array, shape (n_years, n_nodes)
        Of each node's score with its parent's, in the framework's order; NaN for the index.
    weight, importance : arrays, shape (n_years, n_nodes) [share of the parent]
        Nominal weight, and squared correlation with the parent as a share of its siblings'.
    alpha, raw_alpha, explained : arrays, shape (n_years, n_aggregates)
        Cronbach's alpha of the children's scores, standardised (of their correlations) and raw (of their covariances,
        as COINr's get_cronbach has it), and the share of their variance that the first principal component explains;
        NaN for a single child.
    components : array of int, shape (n_years, n_aggregates)
        Eigenvalues above 1.
    unit_availability : array, shape (n_years, n_units) [0-1]
        Share of the indicators that a unit has.
    flags : tuple of Flag
        In the order of `Rule`, then by year and node.
    """

    years: tuple[int, ...]
    units: tuple[str, ...]
    framework: Framework
    n: Array
    availability: Array
    zeros: Array
    unique: Array
    minimum: Array
    maximum: Array
    mean: Array
    median: Array
    deviation: Array
    skewness: Array
    kurtosis: Array
    outliers: Array
    correlation: Array
    weight: Array
    importance: Array
    alpha: Array
    raw_alpha: Array
    explained: Array
    components: npt.NDArray[np.intp]
    unit_availability: Array
    flags: tuple[Flag, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """Statistics of the raw values: index (year, indicator), a column a figure."""
        from ..model.frames import by_year_and_unit

        codes = tuple(indicator.code for indicator in self.framework.indicators)
        figures = np.stack([getattr(self, name) for name in FIGURES], axis=-1)
        return by_year_and_unit(self.years, codes, FIGURES, figures).rename_axis(["year", "indicator"])

    def __repr__(self) -> str:
        head = f"{self.framework.root.code}, {span_of(self.years)}: {len(self.flags)} flags"
        last = self.frame.loc[self.years[-1]][list(_COLUMNS)]
        flags = (f"{flag.year} {flag.code} {flag.other}".rstrip() + f": {flag.rule}, {flag.value:.4g} ({flag.limit:g})"
                 for flag in self.flags[:_SHOWN])  # fmt: skip
        more = f"and {len(self.flags) - _SHOWN} more" if len(self.flags) > _SHOWN else ""
        return "\n".join(filter(None, (head, str(last), *flags, more)))
