"""What single units bring to the aggregates beside their children's scores: factors, and weights of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ..core.arrays import Array
from ..errors import FrameworkError
from ..language import Text, joined, same
from ..model.framework import Framework
from ..model.panel import Panel


class OfUnits(NamedTuple):
    """Factors, shape (n_years or 1, n_units), by the place of the aggregate; weights, shape (n_units,) and NaN where a
    unit has none of its own, by the joint place of the child."""

    factors: Mapping[int, Array]
    weights: Mapping[int, Array]

    def in_year(self, y: int) -> OfUnits:
        """The same of one year alone."""
        return self._replace(factors={k: factor[y : y + 1] for k, factor in self.factors.items()})


def of_units(framework: Framework, panel: Panel) -> OfUnits | None:
    """What units bring; None where they bring nothing. Raises FrameworkError naming columns that the data lack."""
    wanted = _factors(framework)
    if not wanted and not panel.unit_weights:
        return None
    missing = [same(name) for _, name in wanted if name not in panel.indicators]
    if missing:
        raise FrameworkError(_NO_FACTOR.format(names=joined(missing)))
    factors = {}
    for k, name in wanted:
        values = panel.values[:, :, panel.indicators.index(name)]
        factors[k] = np.where(values >= 0, values, np.nan)  # what is below 0 is no factor
    return OfUnits(factors, _weights(framework, panel))


def _weights(framework: Framework, panel: Panel) -> Mapping[int, Array]:
    at = {code: k for k, code in enumerate(framework.joint_codes)}
    units = {unit: u for u, unit in enumerate(panel.units)}
    unknown = [same(one.code) for one in panel.unit_weights if one.code not in at or one.code == framework.root.code]
    if unknown:
        raise FrameworkError(_NO_NODE.format(codes=joined(list(dict.fromkeys(unknown)))))
    found: dict[int, Array] = {}
    for one in panel.unit_weights:
        if one.unit in units:
            found.setdefault(at[one.code], np.full(len(units), np.nan))[units[one.unit]] = one.weight
    return found


@lru_cache(maxsize=64)
def _factors(framework: Framework) -> tuple[tuple[int, str], ...]:
    return tuple((k, node.factor) for k, node in enumerate(framework.aggregates) if node.factor)


_NO_FACTOR = Text("数据中应有系数列 {names}，实无", "expected columns {names} of factors in the data, found none")
_NO_NODE = Text(
    "地区权重应为指标体系中有上级的代码，实为 {codes}",
    "weights by unit: expected codes that have a parent, found {codes}",
)
