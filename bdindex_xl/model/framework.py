"""The framework of an index, as frozen values: its nodes and how they are judged. Checked when made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import FrameworkError
from ..language import Text, joined, same
from .coercion import mappings
from .method import Aggregation, Normalisation, Transformation, Treatment, Weighting
from .node_fields import CHOICES, FIELDS, Problem
from .parameters import is_number
from .records import chosen, parse_records
from .yearly import YearGoalposts, check_yearly, year_goalposts

if TYPE_CHECKING:
    import pandas as pd


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
    """A node with raw data. `direction` is +1 where more is better, −1 where less is, and 0 where values from
    `best_lower` to `best_upper` are best, or that one of them that is given.

    `transformation` is what is made of values, goalposts, target and best values before everything else.

    `normalisation`, `treatment` and the `decimals` of its scores come before those of the method; `target` [measure of
    the indicator] is what full marks are given for where that is the normalisation; raw values are divided by those of
    `denominator`, a column of the panel, first.
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
    transformation: Transformation | None = None
    best_lower: float | None = None
    best_upper: float | None = None
    decimals: int | None = None

    def __post_init__(self) -> None:
        _settle_choices(self, "normalisation", "treatment", "transformation")

    @property
    def lower(self) -> float | None:
        return self.goalposts.lower if self.goalposts else None

    @property
    def upper(self) -> float | None:
        return self.goalposts.upper if self.goalposts else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A node above others. The one without a parent is the index.

    `weighting` of its children, their `aggregation` with its `exponent`, the share `min_available` of them that a unit
    must have, and the `decimals` of its score come before those of the method. Before it goes into the next level, the
    score is multiplied by `factor`, a column of the panel, and has a `normalisation` of its own, whose `goalposts` and
    `target` are on the method's scale; without one, direction −1 turns it round.
    """

    code: str
    name: str
    parent: str | None = None
    weight: float | None = None
    measure: str = ""
    weighting: Weighting | None = None
    aggregation: Aggregation | None = None
    direction: int = field(default=1, metadata={"digest": lambda direction: None if direction == 1 else direction})
    goalposts: Goalposts | None = None
    normalisation: Normalisation | None = None
    target: float | None = None
    min_available: float | None = None
    exponent: float | None = None
    factor: str = ""
    decimals: int | None = None

    def __post_init__(self) -> None:
        _settle_choices(self, "weighting", "aggregation", "normalisation")

    @property
    def lower(self) -> float | None:
        return self.goalposts.lower if self.goalposts else None

    @property
    def upper(self) -> float | None:
        return self.goalposts.upper if self.goalposts else None


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

    Make one with `from_records`, which checks everything at once. `comparisons` are for weighting by AHP;
    `goalposts_by_year` come before the goalposts of their indicators in that year.
    """

    nodes: tuple[Node, ...]
    comparisons: tuple[Comparison, ...] = ()
    goalposts_by_year: tuple[YearGoalposts, ...] = ()

    def __post_init__(self) -> None:
        parse_records([_record(node) for node in self.nodes], complain=_refuse)
        _check_comparisons(self)
        check_yearly(self.goalposts_by_year, {i.code for i in self.indicators if i.goalposts and i.direction})

    @classmethod
    def from_records(
        cls,
        records: Iterable[Mapping[str, Any]] | pd.DataFrame,
        comparisons: Iterable[tuple[str, str, float]] = (),
        goalposts_by_year: Iterable[tuple[str, int, float, float]] = (),
    ) -> Framework:
        """A framework from mappings with code, name, parent, direction, weight, lower, upper, measure.

        Parameters
        ----------
        records : mappings, or a frame
            One mapping a node, in the order in which nodes are to be shown. Only ``code`` is required; blank is
            None, ``""`` or NaN. A pandas frame with these columns will do. Nodes that are nobody's parent are
            indicators. Indicators may have normalisation, target, treatment, denominator, transformation, best_lower
            and best_upper besides; aggregates weighting, aggregation, exponent, min_available, factor, and for their
            own scores normalisation and target; both decimals.
        comparisons : tuples of two codes and a ratio, optional
            Codes of two siblings, and how many times as important the first is.
        goalposts_by_year : tuples of a code, a year and two ends, optional
            Lower and upper end of an indicator in that year, in place of its own; other years keep these.

        Raises
        ------
        FrameworkError
            Names every code at fault: missing or repeated codes, unknown parents, circles, no or several roots,
            directions other than ±1 and 0, negative weights, goalposts out of order.

        Examples
        --------
        >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I", "direction": -1}])
        >>> framework.root.code, [indicator.code for indicator in framework.indicators]
        ('I', ['a'])
        """
        rows = parse_records(mappings(records), complain=_refuse)
        parents = {row["parent"] for row in rows}
        nodes = tuple(_node(row, is_parent=row["code"] in parents) for row in rows)
        yearly = tuple(year_goalposts(one) for one in goalposts_by_year)
        return cls(nodes, tuple(_comparison(one) for one in comparisons), yearly)

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return (
            f"<Framework {self.root.code}: indicators {len(self.indicators)}, levels {1 + max(self._levels.values())}>"
        )

    @cached_property
    def _hash(self) -> int:
        return hash((self.nodes, self.comparisons, self.goalposts_by_year))

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
    return {key: getattr(node, key, None) for key in FIELDS}


def _node(row: Mapping[str, Any], *, is_parent: bool) -> Node:
    kind: type[Node] = Aggregate if is_parent else Indicator
    own = {one.name: row[one.name] for one in fields(kind) if one.name in row}
    ends = row["lower"], row["upper"]
    own |= {"direction": int(row["direction"]), "goalposts": None if None in ends else Goalposts(*ends)}
    return kind(**own)


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
