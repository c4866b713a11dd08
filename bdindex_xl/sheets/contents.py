"""What a new workbook is made from: the input tables as they will stand on the sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..errors import Finding
from ..language import Lang
from ..model.framework import Framework
from . import schema
from .book import Results, Value
from .cells import read_year


class InputTable(NamedTuple):
    """Header and rows of an input table."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


class Contents(NamedTuple):
    """All input of a new workbook, headers already in its language.

    `settings` maps `options.Setting.key` to the value as the code calls it; keys left out take their default.
    `units` holds `schema.UNITS.columns` and then the group columns; ``data[ranking]`` holds
    `schema.DATA.columns` and then a column per indicator, in the framework's order. `findings` are what a reader must
    know of the files it was read from. `figures` are those of its report; None for such as suit its framework. `rules`
    and `sources` say how indicators are counted from records, `word_list` which words have a say in hot words,
    `unit_weights` are weights of single units; None where there are none. `scenarios` are sets of settings to compare;
    None for usual ones. `hot_words` are a table that comes filled, with the lines over it.
    """

    lang: Lang
    settings: Mapping[str, str | float]
    framework: Framework
    units: InputTable
    data: Mapping[str, InputTable]
    findings: tuple[Finding, ...] = ()
    figures: InputTable | None = None
    rules: InputTable | None = None
    sources: InputTable | None = None
    word_list: InputTable | None = None
    unit_weights: InputTable | None = None
    scenarios: InputTable | None = None
    hot_words: Results | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """Years that the data of any ranking have, the latest first."""
        at = schema.DATA.keys.index("year")
        years = {read_year(row[at])[0] for table in self.data.values() for row in table.rows}
        return tuple(sorted((year for year in years if year is not None), reverse=True))
