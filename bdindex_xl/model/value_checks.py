"""Checks of the numbers in a framework's rows: each on its own, and beside the row's transformation and direction."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ..language import Text
from .method import Transformation
from .node_fields import BLANK, DIRECTIONS, NODE_FIELDS, Problem, is_finite, shown, shown_or_blank


def of_values(rows: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """Numbers that are none, or out of bounds, and those that do not go together."""
    return [problem for i, row in enumerate(rows) for problem in _of_row(i, row)]


def _of_row(i: int, row: Mapping[str, Any]) -> Iterator[Problem]:
    code = row["code"]
    if not (is_finite(row["direction"]) and row["direction"] in DIRECTIONS):
        yield Problem(i, "direction", code, _DIRECTION, shown(row["direction"]))
    wrong = set()
    for field in NODE_FIELDS:
        value = row[field.key]
        if field.holds == "number" and field.key != "direction" and value is not None and not field.allows(value):
            wrong.add(field.key)
            yield Problem(i, field.key, code, field.expected, shown(value))
    if not wrong & {*_OF_MEASURE}:
        told = (*_transformed(row), *_two_sided(row))
        yield from (Problem(i, key, code, expected, shown_or_blank(row[key])) for key, expected in told)
        yield from _goalposts(i, row)


def _goalposts(i: int, row: Mapping[str, Any]) -> Iterator[Problem]:
    lower, upper, code = row["lower"], row["upper"], row["code"]
    if (lower is None) != (upper is None):
        missing = "lower" if lower is None else "upper"
        yield Problem(i, missing, code, Text("与另一端成对的数", "a number, as the other end has one"), BLANK)
    elif lower is not None and not lower < upper:
        expected = Text("大于下限 {lower} 的数", "a number above the lower end {lower}").format(lower=shown(lower))
        yield Problem(i, "upper", code, expected, shown(upper))


def _transformed(row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    """Fields of an indicator's measure that its transformation cannot take."""
    kind, lower, upper = row["transformation"], row["lower"], row["upper"]
    if not isinstance(kind, Transformation):
        return
    for field in _OF_MEASURE:
        if row[field] is not None and not _TAKES[kind.record.takes](row[field], 0):
            yield field, _TAKEN.format(kind=kind.record.label, takes=TAKES[kind.record.takes])
    turns = kind in (Transformation.ABSOLUTE, Transformation.RECIPROCAL)
    if turns and lower is not None and upper is not None and lower < 0 < upper:
        yield "lower", Text("与上限同号的数", "a number of the same sign as the upper end")


def _two_sided(row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    """Best values that do not go with the direction, with each other or with the goalposts."""
    best = [row[field] for field in _BEST if row[field] is not None]
    if row["direction"] != 0:
        filled = (field for field in _BEST if row[field] is not None)
        yield from (
            (field, Text("空白（只有适度指标可填）", "a blank, as the indicator is not moderate")) for field in filled
        )
    elif not best:
        yield "best_lower", Text("最优值（适度指标应填）", "a best value, as the indicator is moderate")
    elif best[0] > best[-1]:
        yield "best_upper", Text("不小于最优下限的数", "a number not below the lower best value")
    elif None not in (row["lower"], row["upper"]) and best[0] <= row["lower"] and row["upper"] <= best[-1]:
        yield "upper", Text("大于最优值的数", "a number above the best value")


_BEST = ("best_lower", "best_upper")
_OF_MEASURE = ("lower", "upper", "target", *_BEST)
_TAKES: Mapping[str, Callable[[float, float], bool]] = {
    "above 0": operator.gt,
    "0 or more": operator.ge,
    "all but 0": operator.ne,
    "all": lambda value, _: math.isfinite(value),
}
# What a transformation takes, by `TransformationRecord.takes`.
TAKES = {
    "above 0": Text("大于 0 的数", "a number above 0"),
    "0 or more": Text("不小于 0 的数", "a number of 0 or more"),
    "all but 0": Text("不为 0 的数", "a number other than 0"),
    "all": Text("有限的数", "a finite number"),
}
_TAKEN = Text("{takes}（先取{kind}）", "{takes}, as it is transformed by {kind}")
_DIRECTION = Text("1（正向）、−1（负向）或 0（适度）", "1 (more is better), −1 (less is better) or 0 (best in between)")
