"""Indicators as they come to normalisation: transformed, two-sided ones by how far they are off."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from ..core.arrays import Array, Flags
from ..core.transform import deviation, transform
from ..errors import FrameworkError
from ..language import Text, same
from ..model.framework import Framework, Goalposts, Indicator
from ..model.method import Transformation
from ..model.value_checks import TAKES

TWO_SIDED = 0  # the direction of an indicator that is best in between


def transformed(framework: Framework, raw: Array) -> Array:
    """Raw values after the transformation of each indicator. Raises FrameworkError naming those it cannot take."""
    some = _unlike(framework)[0]
    if not some:
        return raw
    made = raw.copy()
    for k in some:
        made[:, :, k] = transformed_values(framework.indicators[k], raw[:, :, k])
    return made


def transformed_values(indicator: Indicator, values: Array) -> Array:
    """One indicator's values after its transformation."""
    kind = indicator.transformation
    if kind is None:
        return values
    try:
        return transform(values, kind)
    except ValueError:
        wrong = values[~taken(kind, values) & ~np.isnan(values)]
        found = same(f"{wrong[0] if wrong.size else values[~np.isnan(values)][0]:.6g}")
        raise FrameworkError(
            _NOT_TAKEN.format(code=indicator.code, kind=kind.record.label, takes=TAKES[kind.record.takes], found=found)
        ) from None


def taken(kind: Transformation, values: Array) -> Flags:
    """Which values a transformation takes."""
    ways = {"above 0": values > 0, "0 or more": values >= 0, "all but 0": values != 0, "all": np.isfinite(values)}
    return np.asarray(ways[kind.record.takes])


@lru_cache(maxsize=64)
def _unlike(framework: Framework) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places of the indicators that are transformed, and of the two-sided ones."""
    indicators = framework.indicators
    return (
        tuple(k for k, indicator in enumerate(indicators) if indicator.transformation is not None),
        tuple(k for k, indicator in enumerate(indicators) if indicator.direction == TWO_SIDED),
    )


@lru_cache(maxsize=64)
def as_scored(framework: Framework) -> tuple[Indicator, ...]:
    """The indicators with their ends and target transformed, less being better of two-sided ones, whose ends are those
    of `deviations`."""
    return tuple(_seen(indicator) for indicator in framework.indicators)


def deviations(framework: Framework, raw: Array) -> Array:
    """Transformed values, of two-sided indicators how far they are off the best."""
    some = _unlike(framework)[1]
    if not some:
        return raw
    made = raw.copy()
    for k in some:
        made[:, :, k] = deviation(raw[:, :, k], *best_of(framework.indicators[k]))
    return made


def best_of(indicator: Indicator) -> tuple[float, float]:
    """Ends of the best interval, transformed; of a best value, twice that."""
    given = [end for end in (indicator.best_lower, indicator.best_upper) if end is not None]
    ends = transformed_values(indicator, np.array(given, dtype=np.float64))
    return float(ends.min()), float(ends.max())


def goodness(indicator: Indicator, values: Array) -> Array:
    """Numbers that rise as raw values become better."""
    made = transformed_values(indicator, values)
    if indicator.direction == TWO_SIDED:
        return -deviation(made, *best_of(indicator))
    return indicator.direction * made


def _seen(indicator: Indicator) -> Indicator:
    if indicator.transformation is None and indicator.direction != TWO_SIDED:
        return indicator
    ends = indicator.goalposts
    if ends is not None:
        both = transformed_values(indicator, np.array([ends.lower, ends.upper]))
        ends = Goalposts(float(both.min()), float(both.max()))
    target = indicator.target
    if target is not None:
        target = float(transformed_values(indicator, np.array([target]))[0])
    if indicator.direction != TWO_SIDED:
        return replace(indicator, goalposts=ends, target=target)
    lower, upper = best_of(indicator)
    if ends is not None:
        ends = Goalposts(0.0, max(lower - ends.lower, ends.upper - upper))
    return replace(indicator, direction=-1, goalposts=ends, target=None, best_lower=lower, best_upper=upper)


_NOT_TAKEN = Text(
    "指标 {code} 先取{kind}，应为{takes}，实有 {found}",
    "{code} is transformed by {kind}: expected {takes}, found {found}",
)
