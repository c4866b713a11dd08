"""The things an index is made of, as frozen values: framework, panel, method. Checked when made; computed elsewhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .errors import FrameworkError
from .language import Text, joined, same
from .records import Problem, parse_records

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


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node with raw data. `direction` is +1 where more is better and −1 where less is."""

    code: str
    name: str
    parent: str
    direction: int = 1
    weight: float | None = None
    goalposts: Goalposts | None = None
    measure: str = ""

    @property
    def lower(self) -> float | None:
        return self.goalposts.lower if self.goalposts else None

    @property
    def upper(self) -> float | None:
        return self.goalposts.upper if self.goalposts else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A node above others. The one without a parent is the index."""

    code: str
    name: str
    parent: str | None = None
    weight: float | None = None
    measure: str = ""


Node = Indicator | Aggregate


@dataclass(frozen=True)
class Framework:
    """The hierarchy of an index: one root, any depth, indicators wherever they hang.

    Make one with `from_records`, which checks everything at once.
    """

    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        parse_records([_record(node) for node in self.nodes], complain=_refuse)

    @classmethod
    def from_records(cls, records: Iterable[Mapping[str, Any]]) -> Framework:
        """A framework from mappings with code, name, parent, direction, weight, lower, upper, measure.

        Parameters
        ----------
        records
            One mapping a node, in the order in which nodes are to be shown. Only ``code`` is required; blank is
            None, ``""`` or NaN. Nodes that are nobody's parent are indicators.

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
        rows = parse_records(records, complain=_refuse)
        parents = {row["parent"] for row in rows}
        return cls(tuple(_node(row, is_parent=row["code"] in parents) for row in rows))

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.nodes)

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
        """The node of that code; KeyError where there is none."""
        return self._by_code[code]

    def children(self, code: str) -> tuple[Node, ...]:
        """Children of an aggregate, in the framework's order."""
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
        """Depth of a node: 0 for the index, 1 for its children."""
        return self._levels[code]


def _record(node: Node) -> dict[str, Any]:
    fields = {"code": node.code, "name": node.name, "parent": node.parent, "weight": node.weight}
    if isinstance(node, Indicator):
        fields |= {"direction": node.direction, "lower": node.lower, "upper": node.upper}
    return fields


def _node(row: Mapping[str, Any], *, is_parent: bool) -> Node:
    common = {key: row[key] for key in ("code", "name", "parent", "weight", "measure")}
    if is_parent:
        return Aggregate(**common)
    ends = row["lower"], row["upper"]
    goalposts = None if None in ends else Goalposts(*ends)
    return Indicator(**common, direction=int(row["direction"]), goalposts=goalposts)


def _refuse(problems: Sequence[Problem]) -> None:
    raise FrameworkError(joined([problem.text() for problem in problems], zh="；", en="; "))


@dataclass(frozen=True, eq=False)
class Panel:
    """Raw data: ``values[year, unit, indicator]`` [each indicator's measure], NaN where missing.

    A unit that is not there in a year is missing in all indicators. Make one with `from_frame` or from arrays.
    """

    years: tuple[int, ...]
    units: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Array

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=np.float64)
        object.__setattr__(self, "values", values)
        shape = len(self.years), len(self.units), len(self.indicators)
        if values.shape != shape:
            raise FrameworkError(
                Text("数据应为 {expected} 的数组，实为 {found}", "expected an array of shape {expected}, found {found}")
                .format(expected=shape, found=values.shape)
            )  # fmt: skip
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
    def from_frame(cls, frame: pd.DataFrame) -> Panel:
        """A panel from a pandas frame with columns ``year``, ``unit`` and then a column per indicator code.

        Raises
        ------
        FrameworkError
            Where a column is missing or not numeric, a value is infinite, or a unit stands twice in a year.
        """
        from .frames import panel_parts

        return cls(*panel_parts(frame))


class Weighting(StrEnum):
    """How children are weighted within their parent."""

    IMPROVED_VECTOR = "improved vector"
    EQUAL = "equal"
    GIVEN = "given"


class Normalisation(StrEnum):
    """How raw data become scores."""

    MIN_MAX = "min-max"


class Scope(StrEnum):
    """Over which values a bound or a weight is found."""

    YEAR = "year"
    PANEL = "panel"
    GOALPOSTS = "goalposts"


class Aggregation(StrEnum):
    """How children become their parent."""

    ARITHMETIC = "arithmetic"


@dataclass(frozen=True, slots=True)
class Method:
    """All choices of a computation. Strings are taken for the enums; `min_available` is a share [0–1]."""

    weighting: Weighting | str = Weighting.IMPROVED_VECTOR
    normalisation: Normalisation | str = Normalisation.MIN_MAX
    scope: Scope | str = Scope.YEAR
    weights_scope: Scope | str = Scope.YEAR
    aggregation: Aggregation | str = Aggregation.ARITHMETIC
    min_available: float = 0.65

    def __post_init__(self) -> None:
        for name, kind in _CHOICES.items():
            object.__setattr__(self, name, _choice(name, kind, getattr(self, name)))
        if self.weights_scope is Scope.GOALPOSTS:
            raise _not_one_of("weights_scope", ("year", "panel"), self.weights_scope)
        share = self.min_available
        if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
            raise FrameworkError(
                Text(
                    "min_available 应为 0 到 1 的数，实为 {found}",
                    "min_available: expected a number from 0 to 1, found {found}",
                ).format(found=repr(share))
            )


_CHOICES: dict[str, type[StrEnum]] = {
    "weighting": Weighting,
    "normalisation": Normalisation,
    "scope": Scope,
    "weights_scope": Scope,
    "aggregation": Aggregation,
}


def _choice(name: str, kind: type[StrEnum], value: str) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        raise _not_one_of(name, tuple(kind), value) from None


def _not_one_of(name: str, allowed: Iterable[str], found: object) -> FrameworkError:
    names = joined([same(choice) for choice in allowed])
    text = Text("{name} 应为 {allowed} 之一，实为 {found}", "{name}: expected one of {allowed}, found {found}")
    return FrameworkError(text.format(name=name, allowed=names, found=repr(str(found))))
