"""What a set of figures can be proposed from: the framework and the rankings, before there is any result."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from ..language import Lang
from ..model.framework import Framework
from ..sheets import schema
from ..sheets.contents import Contents
from ..sheets.inputs import Inputs
from .tiles import is_china


@dataclass(frozen=True, slots=True)
class RankingOutline:
    """A ranking: codes of its units, number of years, the group of each unit by grouping, whether it has tiles."""

    key: str
    units: Sequence[str]
    n_years: int
    groupings: Mapping[str, Sequence[str]]
    has_tiles: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """An index: language, name, framework, rankings."""

    lang: Lang
    title: str
    framework: Framework
    rankings: Sequence[RankingOutline]


def of_inputs(inputs: Inputs) -> Outline:
    """The outline of a workbook that has been read."""
    rankings = [
        RankingOutline(
            one.key,
            one.panel.units,
            one.shown + 1,
            {grouping.name: grouping.groups[one.key] for grouping in inputs.groupings},
            has_tiles(one.panel.units, inputs.tiles),
        )
        for one in inputs.rankings
    ]
    return Outline(inputs.lang, inputs.title, inputs.framework, rankings)


def of_contents(contents: Contents) -> Outline:
    """The outline of a workbook that is being made."""
    n_own, header = len(schema.UNITS.columns), contents.units.header
    rankings = []
    for key, data in contents.data.items():
        rows = [row for row in contents.units.rows if schema.ranking_key(str(row[n_own - 1])) == key]
        groups = {header[j]: [str(row[j] or "") for row in rows] for j in range(n_own, len(header))}
        units = [str(row[0]) for row in rows]
        for name in schema.SCREENING.header.both():  # no grouping
            groups.pop(name, None)
        of_tiles = next((groups.pop(name) for name in schema.TILE.header.both() if name in groups), [])
        tiled = {unit for unit, tile in zip(units, of_tiles, strict=False) if tile}
        years = {row[0] for row in data.rows}
        rankings.append(RankingOutline(key, units, len(years), groups, has_tiles(units, tiled)))
    title = str(contents.settings.get("title", "")) or contents.framework.root.name
    return Outline(contents.lang, title, contents.framework, rankings)


def has_tiles(units: Sequence[str], tiled: Container[str]) -> bool:
    """Whether a tile map of these units can be drawn."""
    return any(unit in tiled for unit in units) or is_china(units)
