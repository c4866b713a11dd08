"""The arguments beside the data: directions, weights, methods, goalposts, counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..core.arrays import Array
from ..language import Text, joined
from ..model.method import PARAMETERS, Weighting
from ..sheets import choices
from ..sheets.cells import choice_of, heading, read_number, read_text
from ..sheets.excel_errors import error_of
from .blocks import FunctionFault, given, read, rows_of, shown

DIRECTIONS = Text("方向参数", "directions")
WEIGHTS = Text("权重参数", "weights")
GOALPOSTS = Text("上下限参数", "goalposts")
METHOD = Text("方法参数", "method")
MAXIMUM = Text("满分参数", "maximum")

_POSITIVE = {"1", "+1", "+", "正", "正向", "positive", "up"}
_NEGATIVE = {"-1", "-", "负", "负向", "逆", "逆向", "negative", "down", "−1", "−"}
# Every weighting that needs no more than the data.
WEIGHTINGS: choices.Choices = {kind: choices.WEIGHTINGS[kind] for kind in Weighting if not kind.record.judged}

_ALIASES = {
    "等权重": "等权",
    "equalweights": "equal",
    "arithmeticmean": "arithmetic",
    "geometricmean": "geometric",
    "harmonicmean": "harmonic",
    "算术平均": "加权算术平均",
    "几何平均": "加权几何平均",
    "调和平均": "加权调和平均",
    "幂平均": "加权幂平均",
    "中位数": "加权中位数",
}
_COUNT = Text(
    "{what}应有 {expected} 个值，每列一个，实有 {found} 个", "{what}: expected {expected}, one a column, found {found}"
)
_DIRECTION = Text(
    "{what}第 {k} 个应为 1（正向）或 -1（负向），实为“{found}”",
    "{what}, number {k}: expected 1 (more is better) or -1 (less is better), found “{found}”",
)
_NEGATIVE_WEIGHT = Text(
    "{what}第 {k} 个应不小于 0，实为 {found}", "{what}, number {k}: expected 0 or more, found {found}"
)
_NO_WEIGHT = Text("{what}之和应大于 0", "{what}: expected a sum above 0, found none")
_ENDS = Text(
    "{what}应有两行（下限、上限）{n} 列，实为 {found}",
    "{what}: expected two rows (lower, upper) of {n} {n:column|columns}, found {found}",
)
_ORDER = Text(
    "{what}第 {k} 列的下限应小于上限，实为 {lower} 和 {upper}",
    "{what}, column {k}: expected lower below upper, found {lower} and {upper}",
)
_ONE_OF = Text("{what}应为 {choices}之一，实为“{found}”", "{what}: expected one of {choices}, found “{found}”")
_SCALE = Text("{what}应为 {expected}，实为“{found}”", "{what}: expected {expected}, found “{found}”")
_WHOLE = Text(
    "{what}应为 {least} 到 {most} 的整数，实为“{found}”",
    "{what}: expected a whole number from {least} to {most}, found “{found}”",
)


def directions(argument: Any, n: int) -> tuple[int, ...]:
    """One of +1 and -1 for each of `n` columns; one value serves all, a blank is +1."""
    if not given(argument):
        return (1,) * n
    values = _flat(argument)
    values = values * n if len(values) == 1 else _per_column(argument, DIRECTIONS, n)
    return tuple(_direction(value, k) for k, value in enumerate(values, 1))


def _direction(value: Any, k: int) -> int:
    text = _text(value)
    plain = heading(text).removesuffix("指标")
    if plain in _POSITIVE or not text:
        return 1
    if plain in _NEGATIVE:
        return -1
    raise FunctionFault(_DIRECTION.format(what=DIRECTIONS, k=k, found=shown(text)))


def weights(argument: Any, n: int) -> Array:
    """A weight for each of `n` columns [share, summing to 1]; a blank is 0."""
    values = _per_column(argument, WEIGHTS, n)
    found = read([values], WEIGHTS, keep=n).values.ravel() if given(argument) else np.zeros(n)
    found = np.where(np.isnan(found), 0.0, found)
    if (found < 0).any():
        k = int(np.flatnonzero(found < 0)[0])
        raise FunctionFault(_NEGATIVE_WEIGHT.format(what=WEIGHTS, k=k + 1, found=f"{found[k]:g}"))
    # By the largest first, so that the sum of two weights of 1e308 is none beyond what there is.
    found = found / (found.max(initial=0.0) or 1.0) if found.max(initial=0.0) > 1e300 else found
    total = found.sum()
    if not total > 0:
        raise FunctionFault(_NO_WEIGHT.format(what=WEIGHTS))
    shares: Array = found / total
    return shares


def goalposts(argument: Any, n: int) -> tuple[tuple[float, float], ...]:
    """Lower and upper end of each of `n` columns, from two rows, or two columns."""
    ends = read(argument, GOALPOSTS, keep=n).values
    if ends.shape != (2, n) and ends.shape == (n, 2):
        ends = ends.T
    if ends.shape != (2, n) or np.isnan(ends).any():
        raise FunctionFault(_ENDS.format(what=GOALPOSTS, n=n, found=f"{ends.shape[0]} × {ends.shape[1]}"))
    for k in np.flatnonzero(ends[0] >= ends[1]):
        lower, upper = (f"{end:g}" for end in ends[:, k])
        raise FunctionFault(_ORDER.format(what=GOALPOSTS, k=k + 1, lower=lower, upper=upper))
    return tuple((float(lower), float(upper)) for lower, upper in ends.T)


def choice(argument: Any, known: Mapping[str, Text], default: str) -> str:
    """What the code calls one of several methods, named in either language."""
    text = _text(next(iter(_flat(argument)), None))
    if not text:
        return default
    found = choice_of(known, _ALIASES.get(heading(text), text)) or choice_of(known, text + "法")
    if found is None:
        names = joined(list(known.values()), "、", ", ")
        raise FunctionFault(_ONE_OF.format(what=METHOD, choices=names, found=shown(text)))
    return found


def whole(argument: Any, what: Text, least: int, most: int, default: int | None = None) -> int:
    """A whole number within bounds."""
    value = next(iter(_flat(argument)), None)
    if (value is None or value == "") and default is not None:
        return default
    number = read(argument, what).values
    if number.size != 1 or not float(number[0, 0]).is_integer() or not least <= number[0, 0] <= most:
        raise FunctionFault(_WHOLE.format(what=what, least=least, most=most, found=shown(_text(value))))
    return int(number[0, 0])


def maximum(argument: Any) -> float:
    """What full marks are shown as."""
    text, record = _text(next(iter(_flat(argument)), None)), PARAMETERS["scale"]
    if not text:
        return float(record.default)
    number = read_number(text).number
    least, most = record.limits or (0.0, 0.0)
    if not least <= number <= most:
        raise FunctionFault(_SCALE.format(what=MAXIMUM, expected=record.expected, found=shown(text)))
    return number


def _per_column(argument: Any, what: Text, n: int) -> list[Any]:
    """Values of a row or a column, one for each of `n` columns; blanks beyond do not count."""
    values, whole_length = _flat(argument), sum(len(row) for row in rows_of(argument))
    if len(values) < n <= whole_length:
        values += [None] * (n - len(values))
    if len(values) != n:
        raise FunctionFault(_COUNT.format(what=what, expected=n, found=len(values)))
    return values


def _flat(argument: Any) -> list[Any]:
    """Values of a row or a column; blanks at the end of a long reference are left out."""
    values = [value for row in rows_of(argument) for value in row]
    while len(values) > 1 and (values[-1] is None or values[-1] == ""):
        values.pop()
    return values


def _text(value: Any) -> str:
    if error := error_of(value):
        return error
    return read_text(float(value) if isinstance(value, int) and not isinstance(value, bool) else value)
