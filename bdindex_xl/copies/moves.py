"""Which units moved between two copies of a workbook, and which indicators moved them, to the last digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np

from ..analysis.nested_parts import NestedParts, comparing, mean_scores, parents_of
from ..core import attribute
from ..core.arrays import Array, Flags
from ..engine.compute import Result, compute
from ..engine.prepare import with_denominators
from ..engine.rules import levels
from ..sheets.inputs import Inputs, Ranking


class There(StrEnum):
    """What a copy has of an indicator of a unit."""

    VALUE = "value"
    IMPUTED = "imputed"  # no value, and one stands in for it
    MISSING = "missing"  # no value, and no score
    UNSCORED = "unscored"  # a value, and no score: it is the same for all
    ABSENT = "absent"  # no such indicator


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """What one indicator did to a unit's score [to full marks]; `change` is by its values and its weight together.

    `old` and `new` say what the copies have of it. A value that came or went is no rise and no fall of one.
    """

    indicator: str
    name: str
    by_score: float
    by_weight: float
    old: There
    new: There

    @property
    def change(self) -> float:
        return self.by_score + self.by_weight


@dataclass(frozen=True, slots=True)
class Move:
    """A unit whose rank in the index changed, or that has one in one copy only.

    Scores run to full marks. `parts` add up to the change of the score. Where a copy has no score for the unit, or
    where scores compare units or are aggregated in another way than in the other copy and so leave no parts, they are
    the indicators whose data came or went, and their numbers are NaN.
    """

    ranking: str
    year: int
    unit: str
    name: str
    old_rank: int | None
    new_rank: int | None
    old_score: float
    new_score: float
    parts: tuple[IndicatorPart, ...]


@dataclass(frozen=True, eq=False)
class _Year:
    """One year of a ranking: scores, ranks and what each indicator carries, by unit."""

    result: Result
    y: int
    weights: Array  # (n_joint,)
    applied: Array  # (n_joint, n_units)
    scores: Array  # (n_joint, n_units)
    blank: Flags  # (n_indicators, n_units): raw data that are not there
    root: int

    def unit(self, code: str) -> int | None:
        return self.result.units.index(code) if code in self.result.units else None


def _year(inputs: Inputs, ranking: Ranking, year: int) -> _Year:
    result = compute(inputs.framework, ranking.panel, inputs.method)
    framework, y = inputs.framework, result.years.index(year)
    scores = np.concatenate([result.normalised_array[y].T, result.node_array[y]])
    joint = framework.joint_codes
    weights = result.weight_array[y][[framework.codes.index(code) for code in joint]]
    root = joint.index(framework.root.code)
    applied = attribute.applied_weights(scores[None], weights[None], parents_of(framework), of=root)[0]
    blank = np.isnan(with_denominators(framework, ranking.panel)[y].T)
    return _Year(result, y, weights, applied, scores, blank, root)


def moves_between(old: Inputs, former: Ranking, new: Inputs, ranking: Ranking) -> list[Move]:
    """Units of a ranking whose rank in the index, in the year it shows, is not that of the old copy; most first."""
    a, b = _year(old, former, ranking.year), _year(new, ranking, ranking.year)
    names = {**former.labels, **ranking.labels}
    parts_of = _sharing(old, new)
    moves = []
    for code in dict.fromkeys((*ranking.panel.units, *former.panel.units)):
        (old_rank, old_score), (new_rank, new_score) = (_placed(side, inputs, code) for side, inputs in
                                                        ((a, old), (b, new)))  # fmt: skip
        if old_rank != new_rank:
            parts = parts_of(a, old, b, new, code) if old_rank and new_rank else _came_and_went(a, old, b, new, code)
            scores = old.method.scale * old_score, new.method.scale * new_score
            moves.append(Move(ranking.key, ranking.year, code, names[code], old_rank, new_rank, *scores, parts))
    return sorted(moves, key=_size, reverse=True)


_PartsOf = Callable[[_Year, Inputs, _Year, Inputs, str], tuple[IndicatorPart, ...]]


def _sharing(old: Inputs, new: Inputs) -> _PartsOf:
    """What tells a change of scores apart by indicator: it hangs on how both copies are aggregated."""
    by_unit = any(ranking.panel.unit_weights for one in (old, new) for ranking in one.rankings)
    if (
        by_unit
        or old.method.scale != new.method.scale
        or any(comparing(one.framework, one.method) for one in (old, new))
    ):
        return _came_and_went
    sides = [NestedParts(inputs.framework, inputs.method) for inputs in (old, new)]
    if all(side.additive for side in sides):
        return _parts
    return partial(_nested_parts, sides[1]) if _way(old) == _way(new) else _came_and_went


def _way(inputs: Inputs) -> tuple[object, ...]:
    """How scores follow from those of the indicators, but for the weights."""
    framework = inputs.framework
    return framework.joint_codes, tuple(node.parent for node in framework.nodes), levels(framework, inputs.method)


def _size(move: Move) -> float:
    if move.old_rank is None or move.new_rank is None:
        return float("inf")
    return abs(move.old_rank - move.new_rank)


def _placed(year: _Year, inputs: Inputs, code: str) -> tuple[int | None, float]:
    u = year.unit(code)
    if u is None:
        return None, float("nan")
    k = year.root - len(inputs.framework.indicators)
    return int(year.result.rank_array[year.y, k, u]) or None, float(year.scores[year.root, u])


def _parts(a: _Year, old: Inputs, b: _Year, new: Inputs, code: str) -> tuple[IndicatorPart, ...]:
    """What each indicator of either copy did to a unit's score, most first."""
    sides = _sides(a, old, b, new, code)
    names = _names(old, new)
    codes = list(dict.fromkeys((*sides[1], *sides[0])))
    both = [[side.get(c, (0.0, np.nan, There.ABSENT)) for c in codes] for side in sides]
    (w0, z0), (w1, z1) = (np.array([one[:2] for one in side]).T for side in both)
    by_score, by_weight = (new.method.scale * by for by in attribute.change_parts(w0, z0, w1, z1))
    there = [(c, both[0][k][2], both[1][k][2]) for k, c in enumerate(codes)]
    return _sorted(names, there, by_score, by_weight)


def _nested_parts(
    sharing: NestedParts, a: _Year, old: Inputs, b: _Year, new: Inputs, code: str
) -> tuple[IndicatorPart, ...]:
    """The same of scores that are no sums: each state of scores and weights is shared out as `explain` does."""
    was, now = _sides(a, old, b, new, code)
    z0, z1 = (np.array([score for _, score, _ in side.values()]) for side in (was, now))
    reference = (_usual(a) + _usual(b)) / 2
    states = sharing.of(np.stack([z0, z1, z0, z1]), np.stack([a.weights, a.weights, b.weights, b.weights]), reference)
    if np.isnan(states).any():
        return _came_and_went(a, old, b, new, code)
    by_score = new.method.scale * (states[1] - states[0] + states[3] - states[2]) / 2
    by_weight = new.method.scale * (states[2] - states[0] + states[3] - states[1]) / 2
    there = [(key, was[key][2], now[key][2]) for key in now]
    return _sorted(_names(old, new), there, by_score, by_weight)


def _usual(year: _Year) -> Array:
    n = len(year.blank)
    return mean_scores(year.scores[:n].T, year.result.rank_array[year.y, year.root - n] > 0)


def _names(old: Inputs, new: Inputs) -> dict[str, str]:
    return {node.code: node.name for inputs in (old, new) for node in inputs.framework.indicators}


def _sorted(
    names: dict[str, str], there: list[tuple[str, There, There]], by_score: Array, by_weight: Array
) -> tuple[IndicatorPart, ...]:
    """Parts that are any, the greatest first."""
    numbers = zip(there, by_score.tolist(), by_weight.tolist(), strict=True)
    parts = [IndicatorPart(code, names[code], x, w, was, now) for (code, was, now), x, w in numbers if x or w]
    return tuple(sorted(parts, key=lambda part: -abs(part.change)))


def _came_and_went(a: _Year, old: Inputs, b: _Year, new: Inputs, code: str) -> tuple[IndicatorPart, ...]:
    """Indicators that both copies have and of which one alone has a value of the unit."""
    if a.unit(code) is None or b.unit(code) is None:
        return ()
    was, now = _sides(a, old, b, new, code)
    names = {node.code: node.name for node in new.framework.indicators}
    both = ((key, was[key][2], there) for key, (_, _, there) in now.items() if key in was)
    nan = float("nan")
    return tuple(
        IndicatorPart(key, names[key], nan, nan, x, y) for key, x, y in both if (x in _BLANK) is not (y in _BLANK)
    )


_BLANK = (There.MISSING, There.IMPUTED)


def _sides(a: _Year, old: Inputs, b: _Year, new: Inputs, code: str) -> list[dict[str, tuple[float, float, There]]]:
    """What `_side` has of each indicator, in either copy; nothing in a copy that lacks the unit."""
    sides = []
    for year, inputs in ((a, old), (b, new)):
        u = year.unit(code)
        indicators = inputs.framework.indicators if u is not None else ()
        sides.append({i.code: _side(year, k, u) for k, i in enumerate(indicators) if u is not None})
    return sides


def _side(year: _Year, k: int, u: int) -> tuple[float, float, There]:
    """Applied weight, score and what is there of an indicator of a unit."""
    score, blank = float(year.scores[k, u]), bool(year.blank[k, u])
    unscored, scored = (There.MISSING, There.IMPUTED) if blank else (There.UNSCORED, There.VALUE)
    there = unscored if np.isnan(score) else scored
    return float(year.applied[k, u]), score, there
