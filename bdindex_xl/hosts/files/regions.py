"""The cells of a sheet that a recalculation takes, and what each is to hold: result tables, and single cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from ...sheets.book import column_letters
from ...sheets.plan import PlacedTable, Plan
from .markup import escaped
from .render import Renderer
from .sheet_xml import Cell, Patterns

_CHUNK = 2048  # rows rendered at a time
_TAG_ADDRESS = re.compile(rb"""(?<=\s)r\s*=\s*["'][^"']*["']""")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of adjoining cells, and the column it starts in."""

    column: int
    text: str


class Region(Protocol):
    """Part of a sheet that is written; rows outside `top` to `bottom` are not its."""

    top: int
    bottom: int
    refits: bool  # whether a row that was as high as its text is to be as high as its new text

    def owned(self, row: int) -> frozenset[int]:
        """Columns whose old cells go."""
        ...

    def written(self) -> Iterable[int]:
        """Rows that will have cells of the region."""
        ...

    def cells(self, row: int, styles: Mapping[int, bytes]) -> list[Piece]:
        """The row's new cells; `styles` are those of the old ones."""
        ...

    def usual(self, row: int) -> re.Pattern[bytes] | None:
        """What a row that holds only the region's own cells, each in its usual style, looks like."""
        ...


def moved_cell(raw: bytes, row: int, column: int) -> str:
    """A cell at another address."""
    tag_end = raw.index(b">")
    name_end = re.match(rb"<[^\s/>]+", raw)
    at = name_end.end() if name_end else 0
    target = f'r="{column_letters(column)}{row}"'.encode()
    tag, changed = _TAG_ADDRESS.subn(target, raw[: tag_end + 1], count=1)
    moved = tag + raw[tag_end + 1 :] if changed else raw[:at] + b" " + target + raw[at:]
    return moved.decode()


class CellRegion:
    """A single cell, found by a defined name."""

    def __init__(
        self, row: int, column: int, value: Any, renderer: Renderer, prefix: str, *, refits: bool = True
    ) -> None:
        self.top = self.bottom = row
        self.refits = refits
        self._column = column
        self._tail = renderer.tail(value)
        self._prefix = prefix

    def owned(self, row: int) -> frozenset[int]:
        return frozenset((self._column,))

    def written(self) -> Iterable[int]:
        return (self.top,)

    def cells(self, row: int, styles: Mapping[int, bytes]) -> list[Piece]:
        style = styles.get(self._column, b"").decode()
        look = f' s="{style}"' if style else ""
        return [Piece(self._column, f'<{self._prefix}c r="{column_letters(self._column)}{row}"{look}{self._tail}')]

    def usual(self, row: int) -> re.Pattern[bytes] | None:
        return None


class TableRegion:
    """A result table with its band, header and totals row.

    A body row becomes one format string per run of adjoining columns, made once for each set of styles: then a row
    costs a substitution and not a loop over its cells.
    """

    refits = False

    def __init__(
        self,
        plan: Plan[PlacedTable],
        looks: Callable[[int, int], bytes],
        totals: Mapping[int, Cell],
        renderer: Renderer,
        found: Patterns,
    ) -> None:
        self._plan = plan
        self._looks = looks
        self._totals = totals
        self._renderer = renderer
        self._found = found
        self._prefix = found.prefix
        self.top = plan.top
        self.bottom = max(plan.table.area.bottom, plan.area.bottom)
        left, donors = plan.area.left, plan.layout.donors
        self._usual_styles = {
            left + k: looks(plan.table.body.top, plan.table.area.left + j) for k, j in enumerate(donors)
        }
        self._runs = _runs(plan)
        self._owned: dict[tuple[bool, bool, bool], frozenset[int]] = {}
        self._chunk = -1
        self._rendered: list[_Run] = []  # of the chunk
        self._is_whole = None not in plan.layout.slots

    def written(self) -> Iterable[int]:
        plan = self._plan
        rows = list(range(plan.body.top, plan.area.bottom + 1))
        if plan.layout.anew:
            rows += [plan.band_row] if plan.band_row else []
            rows += [plan.area.top] if plan.table.header_rows else []
        return rows

    def owned(self, row: int) -> frozenset[int]:
        plan = self._plan
        old, new = plan.table.area, plan.area
        heading = row < plan.body.top
        beyond = row > min(plan.table.body.bottom, plan.body.bottom)
        totals = bool(plan.table.totals_rows) and row in (old.bottom, new.bottom)
        kind = heading, beyond, totals
        columns = self._owned.get(kind)
        if columns is None:
            columns = plan.own | frozenset(range(new.right + 1, old.right + 1))
            if beyond and not heading:
                columns |= plan.filled.keys()
            if totals:
                columns |= frozenset(range(new.left, new.right + 1))
            self._owned[kind] = columns
        return columns

    def cells(self, row: int, styles: Mapping[int, bytes]) -> list[Piece]:
        plan = self._plan
        if row == plan.band_row:
            return self._heading(row, plan.result.band or ())
        if row < plan.body.top:
            slots = plan.layout.slots
            return self._heading(
                row, ["" if j is None else plan.layout.headers[k] for k, j in enumerate(slots)], every=True
            )
        if row <= plan.body.bottom:
            return self._body(row, styles)
        return self._moved_totals(row) if row == plan.area.bottom else []

    def usual(self, row: int) -> re.Pattern[bytes] | None:
        inside = self._plan.body.top <= row <= min(self._plan.body.bottom, self._plan.table.body.bottom)
        return self._pattern if self._is_whole and inside and not self._plan.layout.anew else None

    def _heading(self, row: int, texts: Any, *, every: bool = False) -> list[Piece]:
        """Cells of the band or the header; `every` counts texts by column, else by result column."""
        plan, pieces = self._plan, []
        for k, slot in enumerate(plan.layout.slots):
            if slot is None:
                continue
            j = k if every else slot
            text = texts[j] if j < len(texts) else ""
            style = self._looks(row, plan.table.area.left + plan.layout.donors[k])
            column = plan.area.left + k
            pieces.append(Piece(column, self._opening(column, style, row) + self._renderer.tail(text)))
        return pieces

    def _opening(self, column: int, style: bytes, row: object) -> str:
        look = f' s="{style.decode()}"' if style else ""
        return f'<{self._prefix}c r="{column_letters(column)}{row}"{look}'

    def _body(self, row: int, styles: Mapping[int, bytes]) -> list[Piece]:
        plan = self._plan
        i = row - plan.body.top
        if i // _CHUNK != self._chunk:
            self._render(i // _CHUNK)
        if plan.layout.anew:
            styles = {}
        pieces = [Piece(run.columns[0], run.cells(i % _CHUNK, row, styles)) for run in self._rendered]
        if row > plan.table.body.bottom:
            for column, formula in plan.filled.items():
                text = f"><{self._prefix}f>{escaped(formula)}</{self._prefix}f></{self._prefix}c>"
                pieces.append(Piece(column, self._opening(column, self._usual_styles[column], row) + text))
        return pieces

    def _render(self, chunk: int) -> None:
        plan, left = self._plan, self._plan.area.left
        start = chunk * _CHUNK
        stop = min(start + _CHUNK, plan.n_rows)
        self._chunk = chunk
        self._rendered = []
        for columns in self._runs:
            slots = [plan.layout.slots[column - left] or 0 for column in columns]
            made = [self._renderer.column(plan.result.columns[slot].values, start, stop) for slot in slots]
            shapes, values = zip(*made, strict=True)
            self._rendered.append(
                _Run(columns, shapes, list(zip(*values, strict=True)), self._usual_styles, self._opening)
            )

    def _moved_totals(self, row: int) -> list[Piece]:
        plan, left = self._plan, self._plan.area.left
        pieces = []
        for k, donor in enumerate(plan.layout.donors):
            cell = self._totals.get(plan.table.area.left + donor)
            if cell is not None and plan.layout.headers[k] == plan.table.header[donor]:
                pieces.append(Piece(left + k, moved_cell(cell.raw, row, left + k)))
        return pieces

    @cached_property
    def _pattern(self) -> re.Pattern[bytes]:
        p = re.escape(self._found.prefix.encode())
        content = rb"(?:<%bv>[^<]*</%bv>|<%bis><%bt(?: xml:space=.preserve.)?>[^<]*</%bt></%bis>)" % (p, p, p, p, p, p)
        cells = [
            rb'<%bc r="%b[0-9]+"%b(?: t="[A-Za-z]+")?(?:/>|>%b</%bc>)'
            % (p, column_letters(column).encode(), b' s="%b"' % style if style else b"", content, p)
            for column, style in self._usual_styles.items()
        ]
        return re.compile(rb"\s*".join(cells) + rb"\s*")


class _Run:
    """Rows of adjoining columns of a result, as cells; each row is one substitution."""

    def __init__(
        self,
        columns: tuple[int, ...],
        shapes: Sequence[str],
        values: list[tuple[Any, ...]],
        usual: Mapping[int, bytes],
        opening: Callable[[int, bytes, str], str],
    ) -> None:
        self.columns = columns
        self._shapes = shapes
        self._values = values
        self._usual = usual
        self._opening = opening
        self._formats: dict[tuple[bytes, ...], str] = {}
        self._usual_format = self._format(tuple(usual[column] for column in columns))

    def cells(self, i: int, row: int, styles: Mapping[int, bytes]) -> str:
        """The cells of a row, in styles of their own or the usual ones."""
        looks = self._usual_format
        if styles:
            looks = self._format(tuple([styles.get(column, self._usual[column]) for column in self.columns]))
        return (looks % self._values[i]).replace("\0", str(row))

    def _format(self, styles: tuple[bytes, ...]) -> str:
        """Cells with the shape of what they hold, and NUL, which no cell can hold, for the row's number."""
        made = self._formats.get(styles)
        if made is None:
            parts = zip(self.columns, styles, self._shapes, strict=True)
            made = self._formats[styles] = "".join(
                self._opening(column, look, "\0") + shape for column, look, shape in parts
            )
        return made


def _runs(plan: Plan[PlacedTable]) -> list[tuple[int, ...]]:
    """Columns of the result in groups that adjoin."""
    runs: list[list[int]] = []
    for column in sorted(plan.own):
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return [tuple(run) for run in runs]


def covers(regions: Iterable[Region], row: int) -> list[Region]:
    """Regions that take cells of a row."""
    return [region for region in regions if region.top <= row <= region.bottom]
