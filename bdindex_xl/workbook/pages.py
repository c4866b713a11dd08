"""The workbook's sheets in their order."""

from __future__ import annotations

from . import configuration, data, formulas, guide, inputs, results, settings
from .build import Build


def write(build: Build) -> None:
    """Make every sheet."""
    guide.write(build)
    settings.write(build)
    inputs.framework(build)
    inputs.comparisons(build)
    inputs.units(build)
    for ranking in build.contents.data:
        data.write(build, ranking)
    for ranking in build.contents.data:
        results.ranking(build, ranking)
    results.groups(build)
    results.weights(build)
    results.normalised(build)
    results.treated(build)
    results.robustness(build)
    results.sensitivity(build)
    results.audit(build)
    results.statistics(build)
    results.explanation(build)
    formulas.write(build)
    results.check(build)
    results.log(build)
    configuration.write(build)
