"""The workbook's sheets in their order."""

from __future__ import annotations

from ..sheets import schema
from . import (
    collecting_sheets,
    configuration,
    data,
    formulas_sheet,
    guide_sheet,
    input_sheets,
    profile_sheet,
    results,
    scenario_sheets,
    settings,
)
from .build import Build


def write(build: Build) -> None:
    """Make every sheet."""
    guide_sheet.write(build)
    settings.write(build)
    input_sheets.framework(build)
    input_sheets.goalposts(build)
    input_sheets.comparisons(build)
    input_sheets.units(build)
    input_sheets.unit_weights(build)
    input_sheets.figures(build)
    scenario_sheets.write(build)
    collecting_sheets.write(build)
    for ranking in build.contents.data:
        data.write(build, ranking)
    for ranking in build.contents.data:
        results.ranking(build, ranking)
    for record in (*schema.COMPUTED, *schema.ANALYSES):
        results.one_each(build, record)
    if build.contents.rules is not None:
        results.one_each(build, schema.COLLECTION)
    if build.contents.word_list is not None:
        results.one_each(build, schema.WORDS)
    profile_sheet.write(build)
    formulas_sheet.write(build)
    for record in schema.OF_RUN:
        results.one_each(build, record)
    configuration.write(build)
