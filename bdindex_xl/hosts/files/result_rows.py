"""Rows of a result as the XML of cells, by adjoining columns: a row is one substitution, not a loop over its cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from ...sheets.plan import PlacedTable, Plan
from .render import Renderer, in_rows

CHUNK = 2048  # rows rendered at a time


def runs(plan: Plan[PlacedTable]) -> list[tuple[int, ...]]:
    """Columns of the result in groups that adjoin."""
    found: list[list[int]] = []
    for column in sorted(plan.own):
        if found and found[-1][-1] == column - 1:
            found[-1].append(column)
        else:
            found.append([column])
    return [tuple(run) for run in found]


class ResultRows:
    """A chunk of rows of adjoining columns. `opening` starts a cell, by column, style and row."""

    def __init__(
        self,
        plan: Plan[PlacedTable],
        columns: tuple[int, ...],
        chunk: int,
        renderer: Renderer,
        styles: Mapping[int, bytes],
        opening: Callable[[int, bytes, str], str],
    ) -> None:
        self.columns = columns
        self._usual_styles = styles
        self._opening = opening
        start = chunk * CHUNK
        stop = min(start + CHUNK, plan.n_rows)
        self._top = plan.body.top + start
        slots = [plan.layout.slots[column - plan.area.left] or 0 for column in columns]
        made = [renderer.column(plan.result.columns[slot].values, start, stop) for slot in slots]
        self._shapes = [shape for shape, _ in made]
        self._values: list[tuple[Any, ...]] = list(zip(*(values for _, values in made), strict=True))
        self._formats: dict[tuple[bytes, ...], str] = {}

    @cached_property
    def usual(self) -> list[bytes]:
        """The cells of each row in the usual styles."""
        return [cells.encode() for cells in in_rows(self._format(()), self._values, self._top)]

    def cells(self, row: int, styles: Mapping[int, bytes]) -> str:
        """The cells of a row in styles of its own; where there are none, in the usual ones."""
        if not styles:
            return self.usual[row - self._top].decode()
        cells = self._format(tuple([styles.get(column, self._usual_styles[column]) for column in self.columns]))
        return in_rows(cells, [self._values[row - self._top]], row)[0]

    def _format(self, styles: tuple[bytes, ...]) -> str:
        """Cells with the shape of what they hold, for `in_rows`."""
        made = self._formats.get(styles)
        if made is None:
            looks = styles or [self._usual_styles[column] for column in self.columns]
            cells = zip(self.columns, looks, self._shapes, strict=True)
            made = "".join([self._opening(column, look, "\0") + shape for column, look, shape in cells])
            self._formats[styles] = made
        return made
