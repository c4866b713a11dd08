"""From a workbook to `Inputs`: reads every input table, checks all of it, and reports every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

import numpy as np

from ..errors import FrameworkError, SheetErrors
from ..language import Lang
from ..model.framework import Framework, Indicator
from ..model.method import Imputation, Method
from ..model.panel import Panel, UnitWeight
from . import choices, options, schema
from .book import Readable
from .cells import heading
from .consequences import of_denominators, of_factors, of_transformations
from .faults import Report
from .inputs import Grouping, Inputs, Ranking
from .keyed_table import KeyedTable
from .read_data import PlacedData, factors_of, read_data
from .read_framework import read_framework
from .read_settings import read_settings, setting_cell
from .read_unit_weights import read_unit_weights
from .read_units import Units, read_units
from .tiers import labels_of, read_tiers


def read_inputs(book: Readable) -> Inputs:
    """All input of a workbook.

    Raises
    ------
    SheetErrors
        Lists every fault, each with sheet and cell, and the warnings and notes beside them.
    """
    report = Report(book.tables().values())
    settings, table = read_settings(book, report)
    framework, indicators = read_framework(book, settings, report)
    units = read_units(book, report)
    method = _method(settings, table, report)
    sources = _sources(book, units, indicators, framework, report)
    panels = {ranking: source.panel for ranking, source in sources.items()}
    panels = _grouped(panels, units, settings, table, report)
    weights = read_unit_weights(book, framework, units, report)
    panels = {key: _of_units(panel, units, weights) for key, panel in panels.items()}
    rankings = _rankings(sources, panels, settings, table, report)
    _check_tiers(rankings, settings.tiers, table, report)
    _check_growth(rankings, settings.growth_years, table, report)
    if report.has_faults or framework is None or units is None or method is None:
        raise SheetErrors(report.findings)
    return Inputs(
        lang=cast(Lang, settings.language),
        settings=settings,
        method=method,
        framework=framework,
        rankings=rankings,
        groupings=_groupings(units),
        findings=report.findings,
        tiles=units.tiles,
    )


def _method(settings: options.Settings, table: KeyedTable | None, report: Report) -> Method | None:
    try:
        return options.method_of(settings.by_key())
    except FrameworkError:  # of choices that are each known, one pair alone does not go together
        sheet, cell = setting_cell(table, "normalisation")
        report.add("settings clash", sheet, cell, found=choices.NORMALISATIONS[str(settings.method["normalisation"])])
        return None


def _of_units(panel: Panel, units: Units | None, weights: tuple[UnitWeight, ...]) -> Panel:
    """A panel with what is said of its single units."""
    screening = tuple((units.screening if units is not None else {}).get(code, "") for code in panel.units)
    own = tuple(one for one in weights if one.unit in panel.units)
    if not own and not any(screening):
        return panel
    return replace(panel, screening=screening if any(screening) else (), unit_weights=own)


def _grouped(
    panels: dict[str, Panel], units: Units | None, settings: options.Settings, table: KeyedTable | None, report: Report
) -> dict[str, Panel]:
    """The panels with the groups that imputation goes by, where it does."""
    if units is None or not Imputation(str(settings.method["imputation"])).record.by_group:
        return panels
    names = {heading(name): k for k, name in enumerate(units.group_names)}
    asked = settings.imputation_group
    k = names.get(heading(asked)) if asked else (0 if names else None)
    if k is None:
        sheet, cell = setting_cell(table, "imputation_group")
        report.add("setting group", sheet, cell, groups=", ".join(units.group_names) or "∅", found=asked or "∅")
        return panels
    return {
        key: replace(panel, groups=tuple(units.groups[code][k] for code in panel.units))
        for key, panel in panels.items()
    }


def _sources(
    book: Readable, units: Units | None, indicators: tuple[Indicator, ...], framework: Framework | None, report: Report
) -> dict[str, PlacedData]:
    if units is None or not indicators:
        return {}
    factors = factors_of(framework) if framework is not None else ()
    read = {ranking: read_data(book, ranking, units, indicators, report, factors) for ranking in units.rankings}
    sources = {ranking: source for ranking, source in read.items() if source is not None}
    for source in sources.values():
        of_denominators(source, indicators, report)
        of_transformations(source, indicators, report)
        of_factors(source, framework.aggregates if framework is not None else (), report)
    known = {schema.table_of(schema.DATA.table, ranking) for ranking in read}
    prefix = schema.DATA.prefix
    for name, sheet in book.tables().items():
        if name.startswith(prefix) and name not in known:
            report.add("ranking without units", sheet, found=name)
    return sources


def _rankings(
    sources: Mapping[str, PlacedData],
    panels: Mapping[str, Panel],
    settings: options.Settings,
    table: KeyedTable | None,
    report: Report,
) -> tuple[Ranking, ...]:
    """Each ranking with the year it shows: the one asked for, else the latest of all."""
    if not panels:
        return ()
    years = sorted({year for panel in panels.values() for year in panel.years})
    asked = settings.year
    if asked == "latest":
        asked = years[-1]
    elif asked not in years:
        sheet, cell = setting_cell(table, "year")
        report.add("setting year", sheet, cell, found=asked, years=", ".join(map(str, years)))
        return ()
    return tuple(_ranking(key, panel, sources[key], asked, report) for key, panel in panels.items())


def _ranking(key: str, panel: Panel, source: PlacedData, asked: int, report: Report) -> Ranking:
    sheet = source.sheet
    year = asked if asked in panel.years else max((y for y in panel.years if y < asked), default=panel.years[-1])
    ranking = Ranking(key, panel, source.names, year, source)
    if year != asked:
        report.add("year of ranking", sheet, year=asked, shown=year)
    if ranking.previous_year is None:
        report.add("no previous year", sheet, year=year)
    without = np.isnan(panel.values[ranking.shown]).all(axis=1)
    for k in np.flatnonzero(without).tolist() if not without.all() else ():
        cell = source.cell(ranking.shown, k)
        report.add("unit without data", sheet, cell, unit=ranking.label(k), year=year)
    return ranking


def _check_tiers(rankings: tuple[Ranking, ...], text: str, table: KeyedTable | None, report: Report) -> None:
    if rankings and read_tiers(text, labels_of(ranking.key for ranking in rankings)) is None:
        sheet, cell = setting_cell(table, "tiers")
        report.add("setting tiers", sheet, cell, found=text)


def _check_growth(
    rankings: tuple[Ranking, ...], n_years: str | float, table: KeyedTable | None, report: Report
) -> None:
    for ranking in rankings if not isinstance(n_years, str) else ():
        year = ranking.year - int(n_years)
        if year not in ranking.panel.years:
            sheet, cell = setting_cell(table, "growth_years")
            years = ", ".join(map(str, ranking.panel.years))
            report.add(
                "growth year missing", sheet, cell, ranking=schema.ranking_label(ranking.key), found=year, years=years
            )


def _groupings(units: Units) -> tuple[Grouping, ...]:
    return tuple(
        Grouping(
            name,
            {ranking: tuple(units.groups[code][k] for code in members) for ranking, members in units.rankings.items()},
        )
        for k, name in enumerate(units.group_names)
    )
