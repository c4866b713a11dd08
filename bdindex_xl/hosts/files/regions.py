"""The cells of a sheet that a recalculation takes, and what each is to hold: result tables, and single cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any, NamedTuple, Protocol

from ...sheets.book import column_letters
from ...sheets.plan import PlacedTable, Plan
from .markup import escaped
from .render import Renderer, opening
from .result_rows import CHUNK, ResultRows, runs
from .sheet_xml import Cell, Patterns

_TAG_ADDRESS = re.compile(rb"""(?<=\s)r\s*=\s*["'][^"']*["']""")


class Piece(NamedTuple):
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

    def usual(self, row: int) -> bytes | None:
        """The row's new cells, each in its usual style, where none but these can stand there."""
        ...

    def usual_rows(self) -> Iterator[tuple[int, list[bytes]]]:
        """All that `usual` gives: the first row of a chunk, and the cells of each of its rows."""
        ...

    @property
    def pattern(self) -> re.Pattern[bytes] | None:
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


class OddRegion:
    """A region of cells here and there: none of its rows is known whole before the old one is looked at."""

    pattern = None

    def usual(self, row: int) -> bytes | None:
        return None

    def usual_rows(self) -> Iterator[tuple[int, list[bytes]]]:
        return iter(())


class CellRegion(OddRegion):
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
        start = opening(self._prefix, self._column, styles.get(self._column, b""), row)
        return [Piece(self._column, start + self._tail)]


class TableRegion:
    """A result table with its band, header and totals row."""

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
        # No method: what it renders would keep the region, and so itself, until Python looks for such circles.
        self._opening = partial(opening, found.prefix)
        self.top = plan.top
        self.bottom = max(plan.table.area.bottom, plan.area.bottom)
        left, donors = plan.area.left, plan.layout.donors
        self._usual_styles = {
            left + k: looks(plan.table.body.top, plan.table.area.left + j) for k, j in enumerate(donors)
        }
        self._runs = runs(plan)
        self._owned: dict[tuple[bool, bool, bool], frozenset[int]] = {}
        self._chunk = -1
        self._rendered: list[ResultRows] = []  # of the chunk
        is_whole = None not in plan.layout.slots and not plan.layout.anew
        self._usual = range(plan.body.top, min(plan.body.bottom, plan.table.body.bottom) + 1 if is_whole else 0)

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

    def usual(self, row: int) -> bytes | None:
        return self._rows(row)[0].usual[(row - self._usual.start) % CHUNK] if row in self._usual else None

    def usual_rows(self) -> Iterator[tuple[int, list[bytes]]]:
        for top in self._usual[::CHUNK]:
            yield top, self._rows(top)[0].usual[: self._usual.stop - top]

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

    def _body(self, row: int, styles: Mapping[int, bytes]) -> list[Piece]:
        plan = self._plan
        if plan.layout.anew:
            styles = {}
        pieces = [Piece(rows.columns[0], rows.cells(row, styles)) for rows in self._rows(row)]
        if row > plan.table.body.bottom:
            for column, formula in plan.filled.items():
                text = f"><{self._prefix}f>{escaped(formula)}</{self._prefix}f></{self._prefix}c>"
                pieces.append(Piece(column, self._opening(column, self._usual_styles[column], row) + text))
        return pieces

    def _rows(self, row: int) -> list[ResultRows]:
        """The chunk of rows in which a row is, run by run."""
        chunk = (row - self._plan.body.top) // CHUNK
        if chunk != self._chunk:
            self._chunk = chunk
            self._rendered = [
                ResultRows(self._plan, columns, chunk, self._renderer, self._usual_styles, self._opening)
                for columns in self._runs
            ]
        return self._rendered

    def _moved_totals(self, row: int) -> list[Piece]:
        plan, left = self._plan, self._plan.area.left
        pieces = []
        for k, donor in enumerate(plan.layout.donors):
            cell = self._totals.get(plan.table.area.left + donor)
            if cell is not None and plan.layout.headers[k] == plan.table.header[donor]:
                pieces.append(Piece(left + k, moved_cell(cell.raw, row, left + k)))
        return pieces

    @cached_property
    def pattern(self) -> re.Pattern[bytes]:
        p = re.escape(self._found.prefix.encode())
        content = rb"(?:<%bv>[^<]*</%bv>|<%bis><%bt(?: xml:space=.preserve.)?>[^<]*</%bt></%bis>)" % (p, p, p, p, p, p)
        cells = [
            rb'<%bc r="%b[0-9]+"%b(?: t="[A-Za-z]+")?(?:/>|>%b</%bc>)'
            % (p, column_letters(column).encode(), b' s="%b"' % style if style else b"", content, p)
            for column, style in self._usual_styles.items()
        ]
        return re.compile(rb"\s*".join(cells) + rb"\s*")


def covers(regions: Iterable[Region], row: int) -> list[Region]:
    """Regions that take cells of a row."""
    return [region for region in regions if region.top <= row <= region.bottom]
