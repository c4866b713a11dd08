"""What a workbook says, read and checked: everything that a computation and its result sheets need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ..core.arrays import Flags
from ..errors import Finding
from ..language import Lang
from ..model.framework import Framework
from ..model.method import Method
from ..model.panel import Panel
from .cells import heading
from .digest import BESIDE, digest_of
from .options import SETTINGS_ROWS, Settings, SettingValue
from .read_data import PlacedData
from .tiers import Tiers, labels_of, read_tiers


@dataclass(frozen=True, eq=False)
class Ranking:
    """Units ranked together. `names` follow ``panel.units``; `year` is the one shown, at `shown` in the panel.

    `source` tells where on a sheet the raw data stand, if they do.
    """

    key: str
    panel: Panel
    names: tuple[str, ...]
    year: int
    source: PlacedData | None = field(default=None, metadata=BESIDE)

    @property
    def shown(self) -> int:
        return self.panel.years.index(self.year)

    @property
    def previous_year(self) -> int | None:
        return self.panel.years[self.shown - 1] if self.shown else None

    @cached_property
    def _repeated(self) -> frozenset[str]:
        times = Counter(map(heading, self.names))
        return frozenset(name for name in self.names if times[heading(name)] > 1)

    def label(self, u: int) -> str:
        """A unit's name as readers are told it: with its code where the name repeats in the ranking.

        >>> import numpy as np
        >>> two = Ranking("district", Panel((2024,), ("1", "2"), (), np.empty((1, 2, 0))), ("朝阳", "朝阳"), 2024)
        >>> two.label(0)
        '朝阳 1'
        """
        name = self.names[u]
        return f"{name} {self.panel.units[u]}" if name in self._repeated else name

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """`label` of every unit, by its code."""
        return {code: self.label(u) for u, code in enumerate(self.panel.units)}

    def listed(self, y: int) -> Flags:
        """Which units the sheets of scores have in a year: those with any value, and in the year shown all of them."""
        found: Flags = ~np.isnan(self.panel.values[y]).all(axis=1)
        return np.ones_like(found) if y == self.shown else found

    def row(self, y: int, u: int) -> tuple[str, str]:
        """Sheet and cell of a unit's row in a year; no cell where it has none."""
        return (self.source.sheet, self.source.cell(y, u)) if self.source is not None else ("", "")


@dataclass(frozen=True, eq=False)
class Grouping:
    """A group column of the units sheet: for each ranking, the group of each unit ("" for none)."""

    name: str
    groups: Mapping[str, tuple[str, ...]]


LOOKS = {"title", "language", "change_colours", "source", "tiers"}  # settings that change no number


def _of_results(settings: Settings) -> Mapping[str, SettingValue]:
    """Settings that results follow from, by key: digests in older files were made of them so."""
    told = settings.by_key()
    new = {one.key for one in SETTINGS_ROWS if one.added and told[one.key] == one.default}  # which those had not
    return {key: value for key, value in told.items() if key not in LOOKS | new}


@dataclass(frozen=True, eq=False)
class Inputs:
    """All input of a workbook."""

    lang: Lang = field(metadata=BESIDE)
    settings: Settings = field(metadata={"digest": _of_results})
    method: Method
    framework: Framework
    rankings: tuple[Ranking, ...]
    groupings: tuple[Grouping, ...]
    findings: tuple[Finding, ...] = field(metadata=BESIDE)
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict, metadata=BESIDE)

    @property
    def title(self) -> str:
        """What the index is called: in the settings, else in the framework."""
        return self.settings.title or self.framework.root.name

    @property
    def source(self) -> str:
        """The note on the data."""
        return self.settings.source

    @property
    def tiers(self) -> Mapping[str, Tiers]:
        """The tiers of each ranking in figures."""
        return read_tiers(self.settings.tiers, labels_of(r.key for r in self.rankings)) or {}

    @property
    def years(self) -> tuple[int, ...]:
        """Years that any ranking has, the latest first."""
        return tuple(sorted({year for ranking in self.rankings for year in ranking.panel.years}, reverse=True))

    def digest(self) -> str:
        """A digest of all that the results follow from: settings, framework, units, groups and raw data."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return digest_of(self)
