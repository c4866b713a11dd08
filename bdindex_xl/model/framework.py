"""The things an index is made of, as frozen values: framework and panel. Checked when made; computed elsewhere."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ..errors import FrameworkError
from ..language import Text, joined, same
from .arguments import mappings, numbers, whole_years
from .method import Aggregation, Method, Normalisation, Treatment, Weighting, is_number
from .records import CHOICES, FIELDS, Problem, chosen, parse_records

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Goalposts:
    """Fixed ends of normalisation [measure of the indicator]; ``lower < upper``."""

    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lower) and math.isfinite(self.upper) and self.lower < self.upper):
            raise FrameworkError(
                Text(
                    "下限应小于上限，实为 {lower} 和 {upper}", "expected lower below upper, found {lower} and {upper}"
                ).format(lower=self.lower, upper=self.upper)
            )
        if not math.isfinite(self.upper - self.lower):
            raise FrameworkError(_TOO_FAR.format(lower=self.lower, upper=self.upper))


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node with raw data. `direction` is +1 where more is better and −1 where less is.

    `normalisation` and `treatment` come before those of the method; `target` [measure of the indicator] is what full
    marks are given for where that is the normalisation; raw values are divided by those of `denominator`, a column of
    the panel, first.
    """

    code: str
    name: str
    parent: str
    direction: int = 1
    weight: float | None = None
    goalposts: Goalposts | None = None
    measure: str = ""
    normalisation: Normalisation | None = None
    target: float | None = None
    treatment: Treatment | None = None
    denominator: str = ""

    def __post_init__(self) -> None:
        _settle_choices(self, "normalisation", "treatment")

    @property
    def lower(self) -> float | None:
        return self.goalposts.lower if self.goalposts else None

    @property
    def upper(self) -> float | None:
        return self.goalposts.upper if self.goalposts else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A node above others. The one without a parent is the index.

    `weighting` of its children and their `aggregation` come before those of the method.
    """

    code: str
    name: str
    parent: str | None = None
    weight: float | None = None
    measure: str = ""
    weighting: Weighting | None = None
    aggregation: Aggregation | None = None

    def __post_init__(self) -> None:
        _settle_choices(self, "weighting", "aggregation")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One judgement of two siblings: the first is `ratio` times as important as the second."""

    first: str
    second: str
    ratio: float


Node = Indicator | Aggregate


def _settle_choices(node: Node, *names: str) -> None:
    """Choices given as text become the enums; those that are none stay, to be refused with all of the framework."""
    for name in names:
        object.__setattr__(node, name, chosen(getattr(node, name), CHOICES[name]))


@dataclass(frozen=True)
class Framework:
    """The hierarchy of an index: one root, any depth, indicators wherever they hang.

    Make one with `from_records`, which checks everything at once. `comparisons` are for weighting by AHP.
    """

    nodes: tuple[Node, ...]
    comparisons: tuple[Comparison, ...] = ()

    def __post_init__(self) -> None:
        parse_records([_record(node) for node in self.nodes], complain=_refuse)
        _check_comparisons(self)

    @classmethod
    def from_records(
        cls, records: Iterable[Mapping[str, Any]] | pd.DataFrame, comparisons: Iterable[tuple[str, str, float]] = ()
    ) -> Framework:
        """A framework from mappings with code, name, parent, direction, weight, lower, upper, measure.

        Parameters
        ----------
        records : mappings, or a frame
            One mapping a node, in the order in which nodes are to be shown. Only ``code`` is required; blank is
            None, ``""`` or NaN. A pandas frame with these columns will do. Nodes that are nobody's parent are
            indicators. Indicators may have normalisation, target, treatment and denominator besides; aggregates
            weighting and aggregation.
        comparisons : tuples of two codes and a ratio, optional
            Codes of two siblings, and how many times as important the first is.

        Raises
        ------
        FrameworkError
            Names every code at fault: missing or repeated codes, unknown parents, circles, no or several roots,
            directions other than ±1, negative weights, goalposts out of order.

        Examples
        --------
        >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I", "direction": -1}])
        >>> framework.root.code, [indicator.code for indicator in framework.indicators]
        ('I', ['a'])
        """
        rows = parse_records(mappings(records), complain=_refuse)
        parents = {row["parent"] for row in rows}
        nodes = tuple(_node(row, is_parent=row["code"] in parents) for row in rows)
        return cls(nodes, tuple(_comparison(one) for one in comparisons))

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return (
            f"<Framework {self.root.code}: indicators {len(self.indicators)}, levels {1 + max(self._levels.values())}>"
        )

    @cached_property
    def _hash(self) -> int:
        return hash((self.nodes, self.comparisons))

    @cached_property
    def root(self) -> Aggregate:
        return next(node for node in self.aggregates if node.parent is None)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Indicator))

    @cached_property
    def aggregates(self) -> tuple[Aggregate, ...]:
        return tuple(node for node in self.nodes if isinstance(node, Aggregate))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes, in the framework's order."""
        return tuple(node.code for node in self.nodes)

    @cached_property
    def joint_codes(self) -> tuple[str, ...]:
        """All codes, indicators first, then aggregates: the order of arrays that hold both."""
        return (*(node.code for node in self.indicators), *(node.code for node in self.aggregates))

    @cached_property
    def _by_code(self) -> dict[str, Node]:
        return {node.code: node for node in self.nodes}

    @cached_property
    def _children(self) -> dict[str, tuple[Node, ...]]:
        return {a.code: tuple(n for n in self.nodes if n.parent == a.code) for a in self.aggregates}

    def node(self, code: str) -> Node:
        """The node of that code.

        Parameters
        ----------
        code : str
            Of an indicator or an aggregate.

        Returns
        -------
        Indicator or Aggregate
            The node itself.

        Raises
        ------
        KeyError
            Where there is none of that code.
        """
        return self._by_code[code]

    def children(self, code: str) -> tuple[Node, ...]:
        """Children of an aggregate, in the framework's order.

        Parameters
        ----------
        code : str
            Of the aggregate.

        Returns
        -------
        tuple of Indicator or Aggregate
            Its children.

        Raises
        ------
        KeyError
            Where there is no aggregate of that code.
        """
        return self._children[code]

    @cached_property
    def _levels(self) -> dict[str, int]:
        levels: dict[str, int] = {}
        waiting = [(self.root.code, 0)]
        for code, level in waiting:
            levels[code] = level
            waiting.extend((child.code, level + 1) for child in self._children.get(code, ()))
        return levels

    def level(self, code: str) -> int:
        """Depth of a node: 0 for the index, 1 for its children.

        Parameters
        ----------
        code : str
            Of the node.

        Returns
        -------
        int
            The number of nodes above it.

        Raises
        ------
        KeyError
            Where there is no node of that code.
        """
        return self._levels[code]


def _comparison(one: Any) -> Comparison:
    if isinstance(one, str) or not isinstance(one, Sequence) or len(one) != 3 or not is_number(one[2]):
        raise FrameworkError(_NO_COMPARISON.format(found=same(repr(one)[:60])))
    return Comparison(str(one[0]), str(one[1]), float(one[2]))


_NO_COMPARISON = Text(
    "成对比较应为两个代码和一个比值，实为 {found}", "comparisons: expected two codes and a ratio, found {found}"
)


def _record(node: Node) -> dict[str, Any]:
    return {field: getattr(node, field, None) for field in FIELDS}


def _node(row: Mapping[str, Any], *, is_parent: bool) -> Node:
    common = {key: row[key] for key in ("code", "name", "parent", "weight", "measure")}
    if is_parent:
        return Aggregate(**common, weighting=row["weighting"], aggregation=row["aggregation"])
    ends = row["lower"], row["upper"]
    goalposts = None if None in ends else Goalposts(*ends)
    own = {key: row[key] for key in ("normalisation", "target", "treatment", "denominator")}
    return Indicator(**common, direction=int(row["direction"]), goalposts=goalposts, **own)


def _check_comparisons(framework: Framework) -> None:
    """Raises FrameworkError naming codes that are no siblings, and ratios that are no positive numbers."""
    parents = {node.code: node.parent for node in framework.nodes}
    faults = []
    for one in framework.comparisons:
        pair = joined([same(one.first), same(one.second)])
        if one.first not in parents or parents[one.first] is None or parents.get(one.second) != parents[one.first]:
            faults.append(_NO_SIBLINGS.format(pair=pair))
        elif not (math.isfinite(one.ratio) and one.ratio > 0):
            faults.append(_NO_RATIO.format(pair=pair, found=one.ratio))
        elif not 1.0 / MOST_RATIO <= one.ratio <= MOST_RATIO:
            faults.append(_RATIO.format(pair=pair, most=MOST_RATIO, least=1.0 / MOST_RATIO, found=one.ratio))
    if faults:
        raise FrameworkError(joined(faults, zh="；", en="; "))


MOST_RATIO = 1e9  # far beyond any scale of judgements, Saaty's ending at 9
_TOO_FAR = Text(
    "上下限之差应为有限的数，实为 {lower} 和 {upper}",
    "expected lower and upper whose difference is finite, found {lower} and {upper}",
)
_RATIO = Text(
    "{pair} 的重要性之比应为 {least:g} 到 {most:g}，实为 {found}",
    "{pair}: expected a ratio from {least:g} to {most:g}, found {found}",
)
_NO_SIBLINGS = Text(
    "成对比较应在同一上级的两个下级之间，实为 {pair}", "comparisons: expected two children of one parent, found {pair}"
)
_NO_RATIO = Text("{pair} 的重要性之比应为正数，实为 {found}", "{pair}: expected a ratio above 0, found {found}")


def _refuse(problems: Sequence[Problem]) -> None:
    raise FrameworkError(joined([problem.text() for problem in problems], zh="；", en="; "))


@dataclass(frozen=True, eq=False)
class Panel:
    """Raw data: ``values[year, unit, indicator]`` [each indicator's measure], NaN where missing.

    A unit that is not there in a year is missing in all indicators. `groups`, one a unit and "" for none, are for
    imputation by group. Make one with `from_frame` or from arrays.
    """

    years: tuple[int, ...]
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Array
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        values = numbers(self.values)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "years", whole_years(self.years))
        for name in ("units", "indicators", "groups"):
            object.__setattr__(self, name, tuple(map(str, getattr(self, name))))
        shape = len(self.years), len(self.units), len(self.indicators)
        if values.shape != shape:
            raise FrameworkError(
                Text("数据应为 {expected} 的数组，实为 {found}", "expected an array of shape {expected}, found {found}")
                .format(expected=shape, found=values.shape)
            )  # fmt: skip
        if self.groups and len(self.groups) != len(self.units):
            raise FrameworkError(_GROUPS.format(expected=len(self.units), found=len(self.groups)))
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


def columns_of(framework: Framework) -> tuple[str, ...]:
    """Columns that a framework takes from the data: its indicators, then denominators."""
    own = [indicator.code for indicator in framework.indicators]
    return tuple(dict.fromkeys([*own, *(i.denominator for i in framework.indicators if i.denominator)]))


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
    return panel, method or Method()


_GROUPS = Text("分组应为每个地区一个，共 {expected} 个，实为 {found}", "groups: expected {expected}, found {found}")
_KIND = Text("{name} 应为 {kind}，实为 {found}", "{name}: expected a {kind}, found {found}")
_NOBODY = Text(
    "数据应至少有一个地区和一个年份，实有 {units} 个地区、{years} 个年份",
    "panel: expected at least one unit and one year, found {units} {units:unit|units} and {years} {years:year|years}",
)
