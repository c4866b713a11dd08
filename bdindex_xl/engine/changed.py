"""Raw values that are not scored as they stand, and what became of them: for those who check an index, not for speed.

Follows the steps that `prepared` takes and the ends at which `normalised` holds values; computes no score.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..core.arrays import Array, Flags
from ..model.framework import Framework
from ..model.method import Method, Normalisation
from ..model.panel import Panel
from .prepare import before_imputation, imputed, normalisation_of, treated, treatments
from .seen import TWO_SIDED, as_scored, best_of
from .year_ends import ends_by_year


class Changed(NamedTuple):
    """All of shape (n_years, n_units, n_indicators); indicators in the framework's order.

    raw : values after denominators and transformations [that measure]; NaN where missing.
    used : values that scores are made of [that measure, unless transformed].
    imputed, winsorised, transformed : which values each of these made, in this order.
    above, below : which were then beyond the upper or the lower end, and held there.
    """

    raw: Array
    used: Array
    imputed: Flags
    winsorised: Flags
    transformed: Flags
    above: Flags
    below: Flags

    @property
    def any(self) -> Flags:
        """Which values are not used as they stand."""
        return self.imputed | self.winsorised | self.transformed | self.above | self.below


def changed(framework: Framework, panel: Panel, method: Method) -> Changed:
    """What was done to the raw values of a ranking. Raises FrameworkError where they cannot be computed with."""
    raw = before_imputation(framework, panel, method)
    filled = imputed(raw, panel, method)
    used = filled.copy()
    transformed = np.zeros(raw.shape, dtype=np.bool_)
    for kind, at in treatments(framework, method):
        columns = np.ascontiguousarray(filled[:, :, at])
        used[:, :, at], record = treated(columns, method, kind)
        transformed[:, :, at] = record.transformed[:, None, :] & ~np.isnan(columns)
    winsorised = ~transformed & (used != filled) & ~np.isnan(filled)
    lower, upper = (np.tile(ends, (len(raw), 1, 1)) for ends in _ends(framework, method))
    for y, k, own, _ in ends_by_year(framework, panel.years, method):
        lower[y, 0, k], upper[y, 0, k] = own.lower, own.upper
    below, above = used < lower, used > upper
    used = np.where(below, lower, np.where(above, upper, used))
    return Changed(raw, used, np.isnan(raw) & ~np.isnan(filled), winsorised, transformed, above, below)


def _ends(framework: Framework, method: Method) -> tuple[Array, Array]:
    """Between which values each indicator counts: between its goalposts, or up to its target."""
    ends = []
    for indicator, own in zip(as_scored(framework), framework.indicators, strict=True):
        kind = normalisation_of(indicator, method)
        lower, upper = -np.inf, np.inf
        if own.direction == TWO_SIDED and kind is Normalisation.GOALPOSTS and indicator.goalposts is not None:
            (low, high), most = best_of(own), indicator.goalposts.upper
            ends.append((low - most, high + most))
            continue
        if kind is Normalisation.GOALPOSTS and indicator.goalposts is not None:
            lower, upper = indicator.goalposts.lower, indicator.goalposts.upper
        elif kind is Normalisation.DISTANCE_TO_TARGET and indicator.target is not None:
            lower, upper = (lower, indicator.target) if indicator.direction > 0 else (indicator.target, upper)
        ends.append((lower, upper))
    found = np.array(ends, dtype=np.float64)
    return found[:, 0], found[:, 1]
