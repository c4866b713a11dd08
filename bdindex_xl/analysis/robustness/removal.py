"""What a ranking owes to each indicator and to each unit: the index computed again without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from ...core.arrays import Array
from ...core.rank import Ranks, rank_changes, ranks
from ...engine.rules import index_ranked_by
from ...errors import FrameworkError
from ...language import Text
from ...model.framework import Framework
from ...model.method import Method
from ...model.panel import Panel, place_of_year, taken
from .scores import nominal
from .uncertain import Cancel, ShareDone, report

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Without:
    """The ranking without one indicator or unit. Arrays have an element a unit of the panel.

    Attributes
    ----------
    removed : str
        Code of the indicator, or the unit.
    ranks : array of int32
        0 where there is none.
    changes : array [places]
        Places gained by it, positive moved up; NaN where either rank is missing. Without a unit, the ranks before are
        those of the others among themselves: that all below it move up by one is no change.
    largest : int [places]
        Greatest distance moved, up or down, and of which `unit`; 0 and "" where no unit can be compared.
    mean_shift : float [places]
        Mean distance moved; NaN where no unit can be compared.
    top, top_changed
        Units that rank first then, and whether those are others than before.
    """

    removed: str
    ranks: Ranks
    changes: Array
    largest: int
    unit: str
    mean_shift: float
    top: tuple[str, ...]
    top_changed: bool


def without_each_indicator(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    year: int | None = None,
    progress: ShareDone | None = None,
    cancelled: Cancel | None = None,
) -> tuple[Without, ...]:
    """Rankings without each indicator, in the framework's order.

    Everything is found again, weights too. A parent that loses its last child goes with it.

    Parameters
    ----------
    framework, panel, method, year, progress, cancelled
        As for `robustness`; `cancelled` is asked before each ranking.

    Returns
    -------
    tuple of Without

    Raises
    ------
    FrameworkError
        As `compute` does, for the framework without an indicator too; where there is but one indicator, or the year is
        not in the panel.
    Cancelled
        Where `cancelled` said so.

    References
    ----------
    Becker et al., COINr: An R package for developing composite indicators, Journal of Open Source Software 7(78), 2022,
    4567, doi:10.21105/joss.04567 (remove_elements).

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[1.0, 5.0], [2.0, 1.0], [2.0, 5.0]]]))
    >>> for one in without_each_indicator(framework, panel, Method(weighting="equal")):
    ...     print(one.removed, one.ranks, one.changes, one.top)
    a [1 3 1] [ 1. -1.  0.] ('x', 'z')
    b [3 1 1] [-1.  1.  0.] ('y', 'z')
    """
    panel, method = taken(framework, panel, method)
    at = place_of_year(panel, year)
    if len(framework.indicators) < 2:
        raise FrameworkError(_ONE.format(found=len(framework.indicators)))
    before = nominal(framework, panel, method, at).ranks

    def without(code: str) -> Without:
        now = nominal(without_indicator(framework, code), panel, method, at).ranks
        return _compared(code, now, before, panel.units)

    return _each(without, [i.code for i in framework.indicators], progress, cancelled)


def without_indicator(framework: Framework, code: str) -> Framework:
    """The framework without a node, parents that then have no child, and comparisons with any of them.

    Raises FrameworkError where nothing would be left.

    >>> parents = {"I": None, "A": "I", "a": "A", "b": "I"}
    >>> framework = Framework.from_records({"code": code, "parent": parent} for code, parent in parents.items())
    >>> without_indicator(framework, "a").codes
    ('I', 'b')
    """
    gone = {code}
    while (parent := framework.node(code).parent) and {child.code for child in framework.children(parent)} <= gone:
        gone.add(code := parent)
    return replace(
        framework,
        nodes=tuple(node for node in framework.nodes if node.code not in gone),
        comparisons=tuple(one for one in framework.comparisons if not {one.first, one.second} & gone),
        goalposts_by_year=tuple(one for one in framework.goalposts_by_year if one.code not in gone),
    )


def without_each_unit(
    framework: Framework,
    panel: Panel | pd.DataFrame,
    method: Method | None = None,
    *,
    year: int | None = None,
    progress: ShareDone | None = None,
    cancelled: Cancel | None = None,
) -> tuple[Without, ...]:
    """Rankings of the others without each unit that has data in the year, in the panel's order.

    A unit can move others without being compared with them: by the ends of a normalisation or by weights that follow
    from data. It is taken out of all years.

    Parameters
    ----------
    framework, panel, method, year, progress, cancelled
        As for `robustness`; `cancelled` is asked before each ranking.

    Returns
    -------
    tuple of Without
        Its `ranks` have a 0 for the unit itself.

    Raises
    ------
    FrameworkError
        As `compute` does, without a unit too; where the year is not in the panel.
    Cancelled
        Where `cancelled` said so.

    References
    ----------
    On rank reversal by a unit that others are not compared with: Belton, Gear, On a short-coming of Saaty's method of
    analytic hierarchies, Omega 11(3), 1983, 228-230, doi:10.1016/0305-0483(83)90047-6.

    Examples
    --------
    >>> framework = Framework.from_records([{"code": "I"}, {"code": "a", "parent": "I"}, {"code": "b", "parent": "I"}])
    >>> panel = Panel((2024,), ("x", "y", "z"), ("a", "b"), np.array([[[0.0, 5.0], [2.0, 4.0], [9.0, 0.0]]]))
    >>> [(one.removed, one.largest, one.top) for one in without_each_unit(framework, panel, Method(weighting="equal"))]
    [('x', 1, ('y', 'z')), ('y', 0, ('x', 'z')), ('z', 1, ('x', 'y'))]
    """
    panel, method = taken(framework, panel, method)
    at = place_of_year(panel, year)
    codes = [panel.indicators.index(i.code) for i in framework.indicators if i.code in panel.indicators]
    published = nominal(framework, panel, method, at)

    def without(k: int) -> Without:
        others = np.delete(np.arange(len(panel.units)), k)
        now = np.zeros(len(panel.units), dtype=np.int32)
        if others.size:
            now[others] = nominal(framework, _of_units(panel, others), method, at).ranks
        scores = published.scores.copy()
        scores[k] = np.nan
        return _compared(panel.units[k], now, ranks(index_ranked_by(framework, method, scores)), panel.units)

    there = np.flatnonzero(~np.isnan(panel.values[at][:, codes]).all(axis=1))
    return _each(without, there.tolist(), progress, cancelled)


def _of_units(panel: Panel, units: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Panel:
    of_each = {name: getattr(panel, name) for name in ("units", "groups", "screening")}
    some = {name: tuple(of[k] for k in units) if of else () for name, of in of_each.items()}
    return replace(panel, **some, values=panel.values[:, units])


def _each(
    work: Callable[[T], Without], removed: Iterable[T], progress: ShareDone | None, cancelled: Cancel | None
) -> tuple[Without, ...]:
    removed, found = list(removed), []
    for k, one in enumerate(removed):
        report(k / len(removed), progress, cancelled)
        found.append(work(one))
    report(1.0, progress, None)
    return tuple(found)


def _compared(removed: str, now: Ranks, before: Ranks, units: tuple[str, ...]) -> Without:
    changes = rank_changes(now, before)
    away = np.abs(changes)
    top, previous = (tuple(units[k] for k in np.flatnonzero(of == 1)) for of in (now, before))
    if np.isnan(away).all():
        return Without(removed, now, changes, 0, "", np.nan, top, top != previous)
    most = int(np.nanargmax(away))
    unit = units[most] if away[most] else ""
    return Without(removed, now, changes, int(away[most]), unit, float(np.nanmean(away)), top, top != previous)


_ONE = Text("指标应至少有两个，实为 {found} 个", "indicators: expected at least two to leave one out, found {found}")
