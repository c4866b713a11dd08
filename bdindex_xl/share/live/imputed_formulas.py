"""A block of the steps with estimates in place of missing values; units without any value in a year get none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from ...core.arrays import Array
from ...core.impute import impute
from ...language import Text
from ...model.method import Imputation
from ...sheets.cells import heading
from . import working_texts as texts
from .grid import GridCell, GridColumn, here, rows_here
from .working import Steps, cached


def imputed(steps: Steps, given: dict[str, Array], filled: dict[str, Array]) -> None:
    """The block; values before and after by ranking, shape (n_years, n_units, n_indicators)."""
    kind = steps.inputs.method.imputation
    steps.grid.block(texts.IMPUTED.format(label=kind.record.label, does=kind.record.does)[steps.lang])
    block = _Block(steps, given)
    steps.raw = tuple([block.column(k, filled) for k in range(len(steps.indicators))])


class _Block:
    def __init__(self, steps: Steps, given: dict[str, Array]) -> None:
        self._steps, self._given = steps, given
        self._kind = steps.inputs.method.imputation
        self._rows = range(len(steps.rows))
        self._spans = [steps.spans[row.ranking.key, row.y] for row in steps.rows]
        there = ("+".join(f"COUNT({cells})" for cells in _across(i, steps.raw)) for i in self._rows)
        counts = [float(np.isfinite(given[row.ranking.key][row.y, row.u]).sum()) for row in steps.rows]
        self._count = self._add(texts.PRESENT, "count", there, counts)
        self._group = self._groups() if self._kind.record.by_group else 0

    def column(self, k: int, filled: dict[str, Array]) -> int:
        """An indicator's column, and one before it where its estimates go by more than values and groups."""
        own, name = self._steps.raw[k], self._steps.indicators[k].name
        known = 0
        if self._kind is Imputation.PREVIOUS_YEAR:
            last = {key: impute(values, method=self._kind) for key, values in self._given.items()}
            known = self._carried(own, name, self._values(k, last))
        elif self._kind is Imputation.GROUP_MEDIAN:
            known = self._add(texts.PLACE_IN_GROUP.format(name=name), "count", *self._places(k, own))
        formulas = (
            f'IF({here(i, own)}<>"",{here(i, own)},IF({here(i, self._count)}=0,"",{self._estimate(i, own, known)}))'
            for i in self._rows
        )
        return self._add(texts.FILLED.format(name=name), "raw", formulas, self._values(k, filled))

    def _estimate(self, i: int, own: int, known: int) -> str:
        cells = rows_here(*self._spans[i], own)
        if self._kind is Imputation.PREVIOUS_YEAR:
            return here(i, known)
        middle = f"{'MEDIAN' if 'median' in self._kind else 'AVERAGE'}({cells})"
        of_all = f'IF(COUNT({cells})=0,"",{middle})'
        if not self._group:
            return of_all
        group = here(i, self._group)
        theirs = f"({rows_here(*self._spans[i], self._group)}={group})"
        n = f"SUMPRODUCT({theirs}*({cells}<=MAX({cells})))"
        found = f"SUMPRODUCT({theirs}*1,{cells})/{n}"
        if known:
            places = rows_here(*self._spans[i], known)
            low, high = (f"SUMPRODUCT({theirs}*({places}=INT(({n}+{more})/2)),{cells})" for more in (1, 2))
            found = f"({low}+{high})/2"
        return f'IF({group}="",{of_all},IF({n}=0,{of_all},{found}))'

    def _carried(self, own: int, name: str, values: Sequence[float]) -> int:
        """A column with each unit's last value up to the year."""
        column, last, formulas = self._steps.grid.next_column, dict[tuple[str, int], int](), list[str]()
        for i, row in enumerate(self._steps.rows):
            before = last.get((row.ranking.key, row.u))
            otherwise = '""' if before is None else here(before, column)
            formulas.append(f'IF({here(i, own)}<>"",{here(i, own)},{otherwise})')
            last[row.ranking.key, row.u] = i
        return self._add(texts.LAST.format(name=name), "raw", formulas, values)

    def _places(self, k: int, own: int) -> tuple[list[str], list[float]]:
        """The place of each value within its group from the least on, no two alike."""
        formulas, found = [], []
        for i, row in enumerate(self._steps.rows):
            (first, last), cell, group = self._spans[i], here(i, own), here(i, self._group)
            less = f"({rows_here(first, last, self._group)}={group})*({rows_here(first, last, own)}<{cell})"
            equal = f"({rows_here(first, i, self._group)}={group})*({rows_here(first, i, own)}={cell})"
            formulas.append(f'IF({cell}="","",SUMPRODUCT({less})+SUMPRODUCT({equal}))')
            values, groups = self._given[row.ranking.key][row.y, :, k], np.array(row.ranking.panel.groups)
            rows = [self._steps.rows[j].u for j in range(first, i + 1)]
            same = groups == groups[row.u]
            equals = sum(bool(same[u]) and values[u] == values[row.u] for u in rows)
            n = float((same & (values < values[row.u])).sum() + equals)
            found.append(n if np.isfinite(values[row.u]) else np.nan)
        return formulas, found

    def _groups(self) -> int:
        """The column of each unit's group, from the units sheet."""
        groupings, asked = self._steps.inputs.groupings, heading(self._steps.inputs.settings.imputation_group)
        name = next((one.name for one in groupings if heading(one.name) == asked), groupings[0].name)
        panels = [row.ranking.panel for row in self._steps.rows]
        units = [panel.units[row.u] for panel, row in zip(panels, self._steps.rows, strict=True)]
        at = [self._steps.sources.groups[name, unit] for unit in units]
        found = [panel.groups[row.u] for panel, row in zip(panels, self._steps.rows, strict=True)]
        return self._add(texts.GROUP, "text", (f'IF({cell}="","",{cell})' for cell in at), found)

    def _values(self, k: int, values: dict[str, Array]) -> list[float]:
        return [float(values[row.ranking.key][row.y, row.u, k]) for row in self._steps.rows]

    def _add(self, header: Text, role: str, formulas: Iterable[str], values: Sequence[float | str]) -> int:
        cells: list[GridCell] = [cached(text, value) for text, value in zip(formulas, values, strict=True)]
        return self._steps.grid.add(GridColumn(header[self._steps.lang], role, cells))


def _across(i: int, columns: Sequence[int]) -> list[str]:
    """Cells of a row: those side by side as one reference."""
    runs = groupby(enumerate(columns), key=lambda place: place[1] - place[0])
    sides = [[column for _, column in run] for _, run in runs]
    return [f"{here(i, run[0])}:{here(i, run[-1])}" for run in sides]
