"""The raw data of an index, as a frozen value: a panel. Checked when made."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..core.arrays import Array
from ..errors import FrameworkError
from ..language import Text, joined, same
from .coercion import numbers, whole_years, year_of
from .framework import Framework
from .method import Method
from .parameters import is_number

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class UnitWeight:
    """The weight of a node within its parent for one unit, in place of that for all; within the parent, the unit's
    weights are made to sum to 1."""

    unit: str
    code: str
    weight: float


@dataclass(frozen=True, eq=False)
class Panel:
    """Raw data: ``values[year, unit, indicator]`` [each indicator's measure], NaN where missing.

    A unit that is not there in a year is missing in all indicators. `groups`, one a unit and "" for none, are for
    imputation by group; `screening`, one a unit, is "in" for units that no lack of data leaves out, "out" for those
    that are left out in any case, "" for others. `unit_weights` are weights of single units. Make one with `from_frame`
    or from arrays.
    """

    years: tuple[int, ...]
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Array
    groups: tuple[str, ...] = ()
    screening: tuple[str, ...] = ()
    unit_weights: tuple[UnitWeight, ...] = ()

    def __post_init__(self) -> None:
        values = numbers(self.values)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "years", whole_years(self.years))
        for name in ("units", "indicators", "groups", "screening"):
            object.__setattr__(self, name, tuple(map(str, getattr(self, name))))
        shape = len(self.years), len(self.units), len(self.indicators)
        if values.shape != shape:
            raise FrameworkError(
                Text("数据应为 {expected} 的数组，实为 {found}", "expected an array of shape {expected}, found {found}")
                .format(expected=shape, found=values.shape)
            )  # fmt: skip
        if self.groups and len(self.groups) != len(self.units):
            raise FrameworkError(_GROUPS.format(expected=len(self.units), found=len(self.groups)))
        _check_units(self)
        if np.isinf(values).any():
            infinite = [same(self.indicators[k]) for k in np.flatnonzero(np.isinf(values).any(axis=(0, 1)))]
            raise FrameworkError(
                Text("指标应为有限的数，实有无穷大：{codes}", "expected finite numbers, found infinite ones in {codes}")
                .format(codes=joined(infinite))
            )  # fmt: skip
        if list(self.years) != sorted(set(self.years)):
            raise FrameworkError(Text("年份应递增且不重复", "expected years in ascending order, each once"))
        for what, names in ((Text("地区", "units"), self.units), (Text("指标", "indicators"), self.indicators)):
            if len(set(names)) != len(names):
                twice = joined([same(name) for name in dict.fromkeys(names) if names.count(name) > 1])
                raise FrameworkError(
                    Text("{what}应不重复，实有重复：{twice}", "expected each of the {what} once, found again: {twice}")
                    .format(what=what, twice=twice)
                )  # fmt: skip

    @classmethod
    def from_frame(
        cls, frame: pd.DataFrame, *, framework: Framework | None = None, groups: Hashable | None = None
    ) -> Panel:
        """A panel from a pandas frame with a row a unit and year, and a column per indicator code.

        Parameters
        ----------
        frame : pandas.DataFrame
            Columns ``year`` and ``unit``, in English or Chinese (``年份``, ``地区代码`` or ``地区``), or levels of the
            index of that name, as results have them; then numbers [measure of each indicator], NaN where missing.
            Years are whole numbers, texts such as “2024年”, dates or periods, of which the year is taken.
        framework : Framework, optional
            Takes its indicators and their denominators alone; other columns, of texts for instance, are left out.
        groups : name of a column, optional
            The group of each unit, such as its region; blank for none.

        Raises
        ------
        FrameworkError
            Where there is no row or a column is missing or stands twice; naming row and value where one is no year,
            unit or number; where a value is infinite, a unit stands twice in a year or in two groups.

        Examples
        --------
        >>> import pandas as pd
        >>> frame = pd.DataFrame({"年份": ["2024年"] * 2, "地区": ["x", "y"], "a": [1, 2], "region": ["east", "west"]})
        >>> panel = Panel.from_frame(frame, groups="region")
        >>> panel.years, panel.units, panel.indicators, panel.groups
        ((2024,), ('x', 'y'), ('a',), ('east', 'west'))
        """
        from .frames import panel_parts

        wanted = None if framework is None else columns_of(framework)
        return cls(*panel_parts(frame, wanted=wanted, groups=groups))

    def __repr__(self) -> str:
        years = f"{self.years[0]}–{self.years[-1]}" if self.years else "no year"
        there = 100.0 * (1.0 - float(np.isnan(self.values).mean())) if self.values.size else 0.0
        return f"<Panel {years}: units {len(self.units)}, indicators {len(self.indicators)}, {there:.1f} % filled>"


def _check_units(panel: Panel) -> None:
    """Raises FrameworkError where what is said of single units is not what it may be."""
    wrong = [same(repr(one)) for one in dict.fromkeys(panel.screening) if one not in SCREENING]
    if wrong or (panel.screening and len(panel.screening) != len(panel.units)):
        found = joined(wrong) if wrong else same(len(panel.screening))
        raise FrameworkError(_SCREENING.format(expected=len(panel.units), found=found))
    for one in panel.unit_weights:
        if not (is_number(one.weight) and math.isfinite(one.weight) and one.weight >= 0):
            raise FrameworkError(_UNIT_WEIGHT.format(unit=one.unit, code=one.code, found=repr(one.weight)))


def span_of(years: Sequence[int]) -> str:
    """First and last of some years.

    >>> span_of((2020, 2021, 2022)), span_of((2022,))
    ('2020–2022', '2022')
    """
    return "–".join(dict.fromkeys((f"{years[0]}", f"{years[-1]}")))


def place_of_year(panel: Panel, year: Any) -> int:
    """Place of a year, in any form that says one; the last if left out. Raises FrameworkError if there is none."""
    if year is None and panel.years:
        return len(panel.years) - 1
    found = year_of(year)
    if found is None or found not in panel.years:
        years = joined([same(one) for one in panel.years])
        raise FrameworkError(_NO_YEAR.format(years=years, found=same(year)))
    return panel.years.index(found)


def columns_of(framework: Framework) -> tuple[str, ...]:
    """Columns that a framework takes from the data: its indicators, then denominators and factors."""
    own = [indicator.code for indicator in framework.indicators]
    further = [i.denominator for i in framework.indicators] + [node.factor for node in framework.aggregates]
    return tuple(dict.fromkeys([*own, *filter(None, further)]))


_DEFAULT = Method()  # made once: to check all its fields takes a tenth of what a small panel does


def taken(framework: Framework, panel: Panel | pd.DataFrame, method: Method | None = None) -> tuple[Panel, Method]:
    """What an analysis is asked to work on: a frame becomes a panel, no method the default one.

    Raises FrameworkError naming what is none of these, and where there is no unit or year.
    """
    if not isinstance(framework, Framework):
        raise FrameworkError(_KIND.format(name="framework", kind="Framework", found=same(type(framework).__name__)))
    if method is not None and not isinstance(method, Method):
        raise FrameworkError(_KIND.format(name="method", kind="Method", found=same(type(method).__name__)))
    if not isinstance(panel, Panel):
        if not hasattr(panel, "columns"):
            raise FrameworkError(_KIND.format(name="panel", kind="Panel", found=same(type(panel).__name__)))
        panel = Panel.from_frame(panel, framework=framework)
    if not panel.units or not panel.years:
        raise FrameworkError(_NOBODY.format(units=len(panel.units), years=len(panel.years)))
    return panel, method or _DEFAULT


SCREENING = ("", "in", "out")
_NO_YEAR = Text("年份应为 {years} 之一，实为 {found}", "year: expected one of {years}, found {found}")
_SCREENING = Text(
    "screening 应为每个地区一个，共 {expected} 个，取 in、out 或空白，实为 {found}",
    "screening: expected {expected}, each in, out or blank, found {found}",
)
_UNIT_WEIGHT = Text(
    "地区 {unit} 的 {code} 的权重应为不小于 0 的数，实为 {found}",
    "weight of {code} for the unit {unit}: expected a number of 0 or more, found {found}",
)
_GROUPS = Text("分组应为每个地区一个，共 {expected} 个，实为 {found}", "groups: expected {expected}, found {found}")
_KIND = Text("{name} 应为 {kind}，实为 {found}", "{name}: expected a {kind}, found {found}")
_NOBODY = Text(
    "数据应至少有一个地区和一个年份，实有 {units} 个地区、{years} 个年份",
    "panel: expected at least one unit and one year, found {units} {units:unit|units} and {years} {years:year|years}",
)
