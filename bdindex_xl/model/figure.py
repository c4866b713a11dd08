"""What a report draws: its figures and tables, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FigureKind(StrEnum):
    """What a figure shows, and how."""

    RANK_TABLE = "rank table"
    RANKED_BARS = "ranked bars"
    CHANGE = "change"
    RANKS_OVER_YEARS = "ranks over years"
    SCORES_BY_RANK = "scores by rank"
    TWO_INDICATORS = "two indicators"
    RADAR = "radar"
    STACKED_BARS = "stacked bars"
    CONTRIBUTIONS = "contributions"
    COLUMNS_AND_LINE = "columns and line"
    SHARES = "shares"
    TILE_MAP = "tile map"
    HEAT = "heat"
    BY_GROUP = "by group"
    WORD_CLOUD = "word cloud"
    WORD_TREND = "word trend"
    DISTRIBUTION = "distribution"
    FRAMEWORK = "framework"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure or table of a report.

    Attributes
    ----------
    number
        As the report counts it, such as ``3-1``.
    title
        May hold ``{year}``, ``{previous}`` and ``{top}``.
    kind
        What it shows, and how.
    chapter
        Heading of the chapter that it stands in; "" for none.
    ranking
        Key of the ranking that it is of; "" for the last one, which has the smallest units.
    nodes
        Codes of what it shows, the first of which orders it; empty for what its kind shows by itself.
    grouping
        Name of a grouping of the units; "" for none.
    group
        A group of that grouping, or the number of a tier where there is no grouping; "" for all.
    top
        How many units, the first ones; None for what its kind shows by itself.
    years
        How many years back, the shown one included; None for what its kind shows by itself.
    order
        Code of what orders the units, where that is not the first node; "" for the first node.
    """

    number: str
    title: str
    kind: FigureKind
    chapter: str = ""
    ranking: str = ""
    nodes: tuple[str, ...] = ()
    grouping: str = ""
    group: str = ""
    top: int | None = None
    years: int | None = None
    order: str = ""
