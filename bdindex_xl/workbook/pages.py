"""The workbook's sheets in their order."""

from __future__ import annotations

from . import configuration, data, formulas_sheet, guide_sheet, input_sheets, results, settings
from .build import Build


def write(build: Build) -> None:
    """Make every sheet."""
    guide_sheet.write(build)
    settings.write(build)
    input_sheets.framework(build)
    input_sheets.comparisons(build)
    input_sheets.units(build)
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
    formulas_sheet.write(build)
    results.check(build)
    results.log(build)
    configuration.write(build)
