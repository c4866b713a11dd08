"""Goalposts by year: values are moved so that the ends of their year stand at those of the framework."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..core.arrays import Array
from ..model.framework import Framework, Goalposts, Indicator
from ..model.method import Method, Normalisation
from .seen import as_scored, transformed_values


def ends_by_year(
    framework: Framework, years: Sequence[int], method: Method
) -> Iterator[tuple[int, int, Goalposts, Goalposts]]:
    """Of all that count: places of year and indicator, the ends of that year and of the framework, transformed."""
    if not framework.goalposts_by_year:
        return
    at = {indicator.code: k for k, indicator in enumerate(framework.indicators)}
    for one in framework.goalposts_by_year:
        indicator, scored = framework.indicators[at[one.code]], as_scored(framework)[at[one.code]]
        kind = indicator.normalisation or method.normalisation
        if one.year in years and kind is Normalisation.GOALPOSTS and scored.goalposts is not None:
            both = transformed_values(indicator, np.array([one.lower, one.upper]))
            ends = Goalposts(float(both.min()), float(both.max()))
            yield list(years).index(one.year), at[one.code], ends, scored.goalposts


def ends_in(framework: Framework, indicator: Indicator, year: int) -> Goalposts | None:
    """An indicator's goalposts in a year, in its own measure."""
    own = (one for one in framework.goalposts_by_year if (one.code, one.year) == (indicator.code, year))
    return next((Goalposts(one.lower, one.upper) for one in own), indicator.goalposts)


def on_framework_ends(framework: Framework, raw: Array, years: Sequence[int], method: Method) -> Array:
    """Values between the ends of their year, as those of the framework; beyond, they are held.

    What follows, explanations and what-ifs included, then goes by the framework's ends alone.
    """
    moved = None
    for y, k, own, of_all in ends_by_year(framework, years, method):
        moved = raw.copy() if moved is None else moved
        values = raw[y, :, k]
        share = (values - own.lower) / (own.upper - own.lower)
        between = of_all.lower + share * (of_all.upper - of_all.lower)
        moved[y, :, k] = np.where(share >= 1.0, of_all.upper, np.where(share <= 0.0, of_all.lower, between))
    return raw if moved is None else moved
