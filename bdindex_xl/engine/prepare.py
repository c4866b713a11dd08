"""From a panel to raw values ready to be normalised: denominators, imputation, treatment of outliers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..core.arrays import Array, Flags
from ..core.normalise import extremes
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Framework, Indicator
from ..model.method import Imputation, Method, Normalisation, Scope, Treatment
from ..model.panel import Panel
from .seen import TWO_SIDED, transformed
from .year_ends import on_framework_ends

if TYPE_CHECKING:
    from ..core.treat import OutlierRule, Treated

# What few methods need is imported where it is needed: a recalculation imports for as long as it computes.

# Whether values are moved first, and what follows where they do not pass then.
_STAGES = {
    Treatment.WINSORISE: (True, "none"),
    Treatment.LOG: (False, "log"),
    Treatment.LOG_ALWAYS: (False, "log"),
    Treatment.GII_LOG: (False, "gii log"),
    Treatment.BOX_COX: (False, "box-cox"),
    Treatment.WINSORISE_OR_LOG: (True, "log"),
    Treatment.WINSORISE_OR_GII_LOG: (True, "gii log"),
    Treatment.WINSORISE_OR_BOX_COX: (True, "box-cox"),
}


def prepared(framework: Framework, panel: Panel, method: Method) -> Array:
    """Raw values of the framework's indicators, shape (n_years, n_units, n_indicators), ready to be normalised.

    Raises FrameworkError naming indicators without data, whose values their transformation cannot take, or whose
    treatment does not go with their goalposts.
    """
    raw = imputed(before_imputation(framework, panel, method), panel, method)
    for kind, at in treatments(framework, method):
        raw = _treated(raw, framework, method, kind, list(at))
    return on_framework_ends(framework, raw, panel.years, method)


def before_imputation(framework: Framework, panel: Panel, method: Method) -> Array:
    """Raw values after denominators and transformations, of the units that are not left out."""
    raw = transformed(framework, with_denominators(framework, panel))
    out = left_out(raw, panel, method)
    return raw if out is None else np.where(out[:, :, None], np.nan, raw)


def left_out(raw: Array, panel: Panel, method: Method) -> Flags | None:
    """Units that are left out of a year, shape (n_years, n_units): by name, or for less than `unit_available` of all
    indicators; None where all are in."""
    if not method.unit_available and not any(panel.screening):
        return None
    # Shares such as 13/20 are not exact in binary: a hair's breadth below a limit still reaches it.
    few = (~np.isnan(raw)).mean(axis=2) < method.unit_available - 1e-12
    named = np.array(panel.screening or [""] * len(panel.units))
    return np.asarray((few & (named != "in")) | (named == "out"))


@lru_cache(maxsize=64)
def treatments(framework: Framework, method: Method) -> tuple[tuple[Treatment, tuple[int, ...]], ...]:
    """Each treatment in use, and the places of its indicators."""
    kinds = [treatment_of(indicator, method) for indicator in framework.indicators]
    used = dict.fromkeys(kind for kind in kinds if kind is not Treatment.NONE)
    return tuple((kind, tuple(k for k, other in enumerate(kinds) if other is kind)) for kind in used)


def with_denominators(framework: Framework, panel: Panel) -> Array:
    """Raw values, divided where an indicator has a denominator; missing where that is not above 0."""
    wanted, divided = _columns(framework)
    missing = [code for code in (*wanted, *(name for _, name in divided)) if code not in panel.indicators]
    if missing:
        text = Text("数据中应有指标 {codes}，实无", "expected data for {codes}, found none")
        raise FrameworkError(text.format(codes=joined([same(code) for code in dict.fromkeys(missing)])))
    if wanted == panel.indicators:
        raw = panel.values
    else:
        raw = np.ascontiguousarray(panel.values[:, :, [panel.indicators.index(code) for code in wanted]])
    if divided:
        raw = raw.copy()
    for k, name in divided:
        below = panel.values[:, :, panel.indicators.index(name)]
        with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
            raw[:, :, k] = np.where(below > 0, raw[:, :, k] / below, np.nan)
        if np.isinf(raw[:, :, k]).any():
            raise FrameworkError(_QUOTIENT.format(code=same(wanted[k]), name=same(name)))
    return raw


_QUOTIENT = Text(
    "指标 {code} 除以 {name} 应为有限的数，实有无穷大",
    "{code}, divided by {name}: expected finite numbers, found infinite ones",
)


@lru_cache(maxsize=64)
def _columns(framework: Framework) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """Codes of the indicators; and the place and denominator of those that have one."""
    indicators = framework.indicators
    return tuple(i.code for i in indicators), tuple(
        (k, i.denominator) for k, i in enumerate(indicators) if i.denominator
    )


def imputed(raw: Array, panel: Panel, method: Method) -> Array:
    """The values with gaps filled; a unit that has no value at all in a year is not there, and gets none."""
    if method.imputation is Imputation.NONE:
        return raw
    from ..core.impute import impute

    absent = np.isnan(raw).all(axis=2)
    groups = None
    if method.imputation.record.by_group:
        if not panel.groups:
            raise FrameworkError(_NO_GROUPS)
        names = {name: k for k, name in enumerate(dict.fromkeys(name for name in panel.groups if name))}
        groups = np.array([names.get(name, -1) for name in panel.groups], dtype=np.intp)
    filled = impute(raw, method=method.imputation, groups=groups, years=np.array(panel.years))
    filled[absent] = np.nan
    return filled


_NO_GROUPS = Text("按组插补需要分组，数据中没有", "imputation by group needs groups, and the panel has none")


def treatment_of(indicator: Indicator, method: Method) -> Treatment:
    """The treatment that applies to an indicator."""
    return indicator.treatment or method.treatment


def treated(raw: Array, method: Method, kind: Treatment) -> tuple[Array, Treated]:
    """Indicators treated one way, and what was done to each."""
    from ..core.treat import treat

    return treat(raw, _rule(method, kind))


def _rule(method: Method, kind: Treatment) -> OutlierRule:
    from ..core.treat import OutlierRule

    first, then = _STAGES[kind]
    return OutlierRule(
        over_years=method.scope is not Scope.YEAR,
        max_winsorised=method.max_winsorised if first else 0,
        skewness_limit=method.skewness_limit,
        kurtosis_limit=method.kurtosis_limit,
        then=then,
        always=kind is Treatment.LOG_ALWAYS,
    )


def _treated(raw: Array, framework: Framework, method: Method, kind: Treatment, at: list[int]) -> Array:
    from ..core.treat import treated_values

    if kind is not Treatment.WINSORISE:
        fixed = [same(framework.indicators[k].code) for k in at if has_goalposts(framework.indicators[k], method)]
        if fixed:
            raise FrameworkError(_OTHER_MEASURE.format(codes=joined(fixed), kind=same(kind)))
    every = at == list(range(raw.shape[2]))
    columns = raw if every else np.ascontiguousarray(raw[:, :, at])
    with np.errstate(over="ignore", invalid="ignore"):
        least, most = (ends[0] for ends in extremes(columns, over_years=True))
        wide = [same(framework.indicators[k].code) for k, span in zip(at, most - least, strict=True) if np.isinf(span)]
    if wide:
        raise FrameworkError(_TOO_WIDE.format(codes=joined(wide), kind=same(kind)))
    rule = _rule(method, kind)
    try:
        made = treated_values(columns, rule)
    except ValueError:
        low = [same(framework.indicators[k].code) for j, k in enumerate(at) if not _can(columns[:, :, [j]], rule)]
        raise FrameworkError(_ABOVE_1_ONLY.format(codes=joined(low), kind=same(kind))) from None
    if every:
        return made
    raw = raw.copy()
    raw[:, :, at] = made
    return raw


def _can(column: Array, rule: OutlierRule) -> bool:
    """Whether a treatment can take an indicator."""
    from ..core.treat import treated_values

    try:
        treated_values(column, rule)
    except ValueError:
        return False
    return True


_ABOVE_1_ONLY = Text(
    "指标 {codes} 的最大值不大于 1，不能作 {kind} 处理；请换一个计量单位，如用百分数代替小数",
    "{codes}: the treatment {kind} expects a greatest value above 1; take another measure, such as per cent for shares",
)
_TOO_WIDE = Text(
    "指标 {codes} 的最大值与最小值之差超出计算范围，不能作 {kind} 处理",
    "{codes}: expected values whose range is finite for the treatment {kind}, found others",
)


_OTHER_MEASURE = Text(
    "{codes} 使用固定上下限或目标值，不能再作 {kind} 变换（变换后不再是原来的计量单位）",
    "{codes}: expected no treatment {kind} together with goalposts or a target, which are of the measure before it",
)


def normalisation_of(indicator: Indicator, method: Method) -> Normalisation:
    """The normalisation that applies to an indicator."""
    return indicator.normalisation or method.normalisation


def beyond_bounds(framework: Framework, method: Method) -> Text:
    """The normalisations in use whose scores do not lie within 0 and 1."""
    own = [node.normalisation for node in framework.aggregates if node.normalisation is not None]
    kinds = dict.fromkeys([*(normalisation_of(indicator, method) for indicator in framework.indicators), *own])
    return joined([same(kind) for kind in kinds if not kind.record.bounded])


def has_goalposts(indicator: Indicator, method: Method) -> bool:
    """Whether an indicator's scores hang on fixed values of its own measure."""
    return indicator.direction == TWO_SIDED or bool(normalisation_of(indicator, method).record.needs)
