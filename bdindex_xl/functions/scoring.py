"""Worksheet functions that go from raw indicators to scores: a flat index, computed by the engine itself."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from ..core import contribute
from ..core.arrays import Array
from ..core.weight import Families
from ..engine.aggregate import mean
from ..engine.compute import Result, compute
from ..engine.rules import Mean
from ..errors import FrameworkError
from ..language import Lang, Text, joined, same
from ..model.framework import Framework
from ..model.method import Aggregation, Method, Normalisation, Weighting
from ..model.panel import Panel
from ..sheets import choices
from . import arguments
from .blocks import TOO_LARGE, FunctionFault, Numbers, cells, given, read_some

SCORE_HEADING = Text("得分", "score")
_MIN_AVAILABLE = Method().min_available

_ONE_ROW = Text("区域应有两行以上数值，实有 1 行", "expected two or more rows of numbers in the range, found 1")
_CONSTANT = Text(
    "第 {columns} 列的数值全部相同，不含信息，其余指标不足 65%",
    "column {columns}: all values are the same, which tells nothing, and the others are fewer than 65%",
)
_NO_WEIGHT = Text("有差异的列权重均为 0", "the columns whose values differ all have weight 0")
_BELOW_0 = Text("{method}要求得分不小于 0", "{method}: expected scores of 0 or more")
_FEW = Text("没有一行有 65% 以上的指标", "no row has 65% of the indicators or more")


def score(
    range_: Any, directions: Any = None, weights: Any = None, method: Any = None, maximum: Any = None, *, lang: Lang
) -> list[list[Any]]:
    """Scores [0 to full marks] of the rows of a block, shape (n_rows, 1)."""
    full = arguments.maximum(maximum)
    numbers, result = _index(range_, directions, weights, method)
    return numbers.aligned(_points(_scores(result)[:, None], full), SCORE_HEADING[lang])


def normalise(
    range_: Any, directions: Any = None, goalposts: Any = None, maximum: Any = None, *, lang: Lang
) -> list[list[Any]]:
    """Normalised values [0 to full marks], shape of the block."""
    full = arguments.maximum(maximum)
    numbers = read_some(range_)
    n = numbers.values.shape[1]
    ends = arguments.goalposts(goalposts, n) if given(goalposts) else None
    result = _computed(numbers, arguments.directions(directions, n), None, Weighting.EQUAL, ends)
    return numbers.aligned(_points(result.normalised_array[0], full))


def weights(range_: Any, directions: Any = None, method: Any = None, *, lang: Lang) -> list[list[Any]]:
    """Weights [share] of the columns of a block, shape (1, n_columns)."""
    _, result = _index(range_, directions, None, method)
    found = result.weight_array[:, 1:]
    if not found.any():
        raise FunctionFault(_why_none(result))
    return cells(found)


def aggregate(scores: Any, weights: Any, method: Any = None, *, lang: Lang) -> list[list[Any]]:
    """Weighted means of scores, in their measure, shape (n_rows, 1)."""
    numbers = read_some(scores)
    shares = arguments.weights(weights, numbers.values.shape[1])
    kind = Aggregation(arguments.choice(method, choices.AGGREGATIONS, Aggregation.ARITHMETIC))
    plain = Method()
    try:
        found = mean(
            Mean(kind, plain.exponent, plain.min_available),
            numbers.values.T[None],
            shares[None],
            Families.of_sizes([shares.size]),
            plain,
        )[0, 0]
    except FrameworkError as error:
        raise FunctionFault(error.message) from None
    except ValueError:
        raise FunctionFault(_BELOW_0.format(method=choices.AGGREGATIONS[kind])) from None
    return numbers.aligned(cells(found[:, None]), SCORE_HEADING[lang])


def contribution(
    range_: Any, directions: Any = None, weights: Any = None, method: Any = None, maximum: Any = None, *, lang: Lang
) -> list[list[Any]]:
    """Points that each indicator adds to each score, shape of the block; a row adds up to its score."""
    full = arguments.maximum(maximum)
    numbers, result = _index(range_, directions, weights, method)
    _scores(result)  # says why where there is none
    shares = result.weight_array[0, 1:]
    parts = contribute.contributions(result.normalised_array[0], shares, min_available=_MIN_AVAILABLE)
    return numbers.aligned(_points(parts, full))


def _index(range_: Any, directions: Any, weights: Any, method: Any) -> tuple[Numbers, Result]:
    numbers = read_some(range_)
    n = numbers.values.shape[1]
    signs = arguments.directions(directions, n)
    weighting = Weighting(arguments.choice(method, arguments.WEIGHTINGS, Weighting.IMPROVED_VECTOR))
    own = tuple(arguments.weights(weights, n).tolist()) if given(weights) else None
    return numbers, _computed(numbers, signs, own, Weighting.GIVEN if own else weighting, None)


def _computed(
    numbers: Numbers,
    directions: tuple[int, ...],
    weights: tuple[float, ...] | None,
    weighting: Weighting,
    ends: tuple[tuple[float, float], ...] | None,
) -> Result:
    framework = flat(directions, weights, ends)
    method = Method(weighting=weighting, normalisation=Normalisation.GOALPOSTS if ends else Normalisation.MIN_MAX)
    n_rows, n_columns = numbers.values.shape
    panel = Panel((0,), names(n_rows), names(n_columns), numbers.values[None])
    try:
        return compute(framework, panel, method)
    except FrameworkError as error:  # of data, numbers beyond what can be subtracted alone are left
        raise FunctionFault(error.message if error.settings else TOO_LARGE) from None


@lru_cache(maxsize=64)
def flat(
    directions: tuple[int, ...],
    weights: tuple[float, ...] | None,
    ends: tuple[tuple[float, float], ...] | None,
) -> Framework:
    """An index whose indicators are the columns."""
    records: list[dict[str, Any]] = [{"code": "index"}]
    for k, (code, direction) in enumerate(zip(names(len(directions)), directions, strict=True)):
        record: dict[str, Any] = {"code": code, "parent": "index", "direction": direction}
        record |= {"weight": weights[k]} if weights else {}
        record |= dict(zip(("lower", "upper"), ends[k], strict=True)) if ends else {}
        records.append(record)
    return Framework.from_records(records)


@lru_cache(maxsize=16)
def names(n: int) -> tuple[str, ...]:
    return tuple(map(str, range(n)))


def _scores(result: Result) -> Array:
    scores: Array = result.node_array[0, 0]
    if np.isnan(scores).all():
        raise FunctionFault(_why_none(result))
    return scores


def _why_none(result: Result) -> Text:
    """Why no row has a score."""
    empty = np.isnan(result.normalised_array[0]).all(axis=0)
    if len(result.units) == 1:
        return _ONE_ROW
    if (~empty).mean() < _MIN_AVAILABLE - 1e-12:
        return _CONSTANT.format(columns=joined([same(k + 1) for k in np.flatnonzero(empty)]))
    return _FEW if result.weight_array[0, 1:].any() else _NO_WEIGHT


def _points(scores: Array, full: float) -> list[list[Any]]:
    return cells(scores * full + 0.0)  # no negative zero
