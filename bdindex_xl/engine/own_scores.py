"""What becomes of aggregates' scores before the next level: a factor, a normalisation and direction of their own, and
rounding.
"""

from __future__ import annotations

import numpy as np

from ..core.arrays import Array
from ..core.rank import TIE, levelled
from ..model.framework import Aggregate, Framework, Indicator
from ..model.method import Method, Normalisation, Scope
from . import normalise
from .of_units import OfUnits
from .rules import StageRule, decimals_of, round_to
from .stages import Stage


def finish(
    framework: Framework, stage: Stage, rule: StageRule, nodes: Array, method: Method, units: OfUnits | None
) -> None:
    """Scores of a stage's parents made what they are on the sheets, in place. Raises FrameworkError as `normalised`."""
    factors = {} if units is None else units.factors
    for k in stage.parents.tolist():
        if k in factors:
            nodes[:, k] *= factors[k]
    for kind, rows in rule.own:
        at = stage.parents[rows]
        parents = [framework.aggregates[k] for k in at]
        nodes[:, at] = _normalised(parents, kind, nodes[:, at], method)
    if rule.decimals is not None:
        nodes[:, stage.parents] = round_to(nodes[:, stage.parents], rule.decimals[:, None], method)


def finished(parent: Aggregate, scores: Array, method: Method) -> Array:
    """The same of one parent's scores, shape (n_units,), where each follows from itself alone."""
    if parent.normalisation is not None or parent.direction < 0:
        scores = _normalised([parent], parent.normalisation, scores[None, None], method)[0, 0]
    decimals = decimals_of(parent, method)
    return scores if decimals is None else round_to(scores, np.array(decimals), method)


_OF_FIXED = (Normalisation.GOALPOSTS, Normalisation.BASE_YEAR)


def _alike_or_not(scores: Array, *, over_years: bool) -> Array:
    """Scores that are exactly the same where all of a scope differ by no more than rounding: they tell nothing."""
    axes = (0, 2) if over_years else (2,)
    least, most = (end.reduce(scores, axis=axes, keepdims=True) for end in (np.fmin, np.fmax))
    return np.where((most - least <= TIE) & ~np.isnan(scores), least, scores)


def _normalised(parents: list[Aggregate], kind: Normalisation | None, scores: Array, method: Method) -> Array:
    """Scores, shape (n_years, n_parents, n_units), normalised anew or turned round."""
    if kind is None:
        turned = 1.0 - scores  # 0 for full marks but for rounding, lest a geometric mean make much of what is left
        return np.where(np.abs(turned) <= TIE, 0.0, turned)
    seen = [
        Indicator(one.code, one.name, one.parent or "", one.direction, goalposts=one.goalposts, target=one.target)
        for one in parents
    ]
    if kind.record.by_places:  # in which order a sum was added up must not decide a place
        scores = _levelled(scores, method)
    elif kind not in _OF_FIXED:
        scores = _alike_or_not(scores, over_years=method.scope is Scope.PANEL)
    values = np.ascontiguousarray(np.swapaxes(scores, 1, 2)) * method.scale  # goalposts are of the scores as shown
    made: Array = np.swapaxes(normalise.scored(seen, kind, values, method), 1, 2)
    return made


def _levelled(scores: Array, method: Method) -> Array:
    """Scores that count as equal made equal, over the scope that they are compared in."""
    if method.scope is not Scope.PANEL:
        return levelled(scores)
    n_years, n_parents, n_units = scores.shape
    together = np.swapaxes(scores, 0, 1).reshape(n_parents, n_years * n_units)
    return np.swapaxes(levelled(together).reshape(n_parents, n_years, n_units), 0, 1)
