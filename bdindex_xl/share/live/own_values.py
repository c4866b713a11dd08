"""The values of what aggregates' scores are made of, before they are normalised anew or rounded."""

from __future__ import annotations

import numpy as np

from ...core.arrays import Array
from ...core.weight import Families
from ...engine.aggregate import mean, weights_by_unit
from ...engine.of_units import of_units
from ...engine.rules import mean_of
from ...model.framework import Aggregate
from .working import Steps


def before_own(steps: Steps, node: Aggregate) -> dict[str, Array]:
    """Of each ranking, shape (n_years, n_units) [0-1]."""
    framework, method = steps.inputs.framework, steps.inputs.method
    children = framework.children(node.code)
    families, way = Families.of_sizes([len(children)]), mean_of(framework, node, method)
    at = [framework.codes.index(child.code) for child in children]
    joint = np.array([framework.joint_codes.index(child.code) for child in children])
    found = {}
    for ranking in steps.inputs.rankings:
        scores = np.stack([steps.found(child, ranking.key) for child in children], axis=1)
        weights = steps.results[ranking.key].weight_array[:, at]
        units = of_units(framework, ranking.panel)
        if units is not None and any(k in units.weights for k in joint.tolist()):
            weights = weights_by_unit(weights, joint, families, units, scores.shape[2])
        made = mean(way, scores, weights, families, method)[:, 0]
        k = framework.aggregates.index(node)
        found[ranking.key] = made * units.factors[k] if units is not None and k in units.factors else made
    return found
