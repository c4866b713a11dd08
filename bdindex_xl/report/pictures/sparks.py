"""Ranks over years as rows: a small line each, all on one scale, with the ranks beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ...figures.content import Content, FigureColumn, RanksForm
from ...figures.kinds.ranked import arrow
from ...language import Text
from .. import palette
from .drawing import SMALL, Colour, Disc, Drawing, Drawn, Label, Stroke
from .look import Look
from .rows import HEADER_TO_ROWS, Entries, Rows, rows

_TALL = 17.0  # of the greatest way that a rank goes


def sparks(content: Content, form: RanksForm, look: Look) -> Drawing:
    """A row for each: name, ranks, change, and its way. The same ratio of ranks is as steep in every row."""
    years = [content.columns[k] for k in form.values]
    names = content.columns[form.name]
    shown_years = [years[0], years[-1]] if look.is_narrow else years
    changes = [
        first - last if first and last else None for first, last in zip(years[0].values, years[-1].values, strict=True)
    ]
    entries = [
        Entries(names.header, [str(name) for name in names.values], is_name=True),
        *(Entries(year.header, [str(rank) if rank else "–" for rank in year.values]) for year in shown_years),
        Entries(_CHANGE[look.lang], [arrow(one)[look.lang] for one in changes], changes=changes),
    ]
    made = rows(entries, look)
    shapes: list[Drawn] = [*made.shapes]
    left, right = made.right + 10.0, look.width - 6.0
    base = made.head - HEADER_TO_ROWS - 3.0
    shapes.append(Label(left - 4.0, base, years[0].header, palette.SLATE, SMALL))
    shapes.append(Label(look.width, base, years[-1].header, palette.SLATE, SMALL, "end"))
    for k in range(content.n_rows):
        shapes += _way(made, k, years, str(names.values[k]), (left, right), _scale(years), look.moved(changes[k] or 0))
    return Drawing(look.width, made.bottom + 4.0, tuple(shapes))


def _scale(years: Sequence[FigureColumn]) -> float:
    """Pixels of a rank's logarithm: the greatest way takes its row."""
    ways = [0.05]
    for path in zip(*(year.values for year in years), strict=True):
        found = [rank for rank in path if rank]
        ways.append(math.log(max(found) / min(found)) if found else 0.0)
    return _TALL / max(ways)


def _way(
    made: Rows,
    k: int,
    years: Sequence[FigureColumn],
    name: str,
    room: tuple[float, float],
    scale: float,
    colour: Colour,
) -> Iterator[Drawn]:
    left, right = room
    path = [year.values[k] for year in years]
    found = [rank for rank in path if rank]
    if not found:
        return
    middle = math.sqrt(max(found) * min(found))
    across = [left + (right - left) * j / max(len(path) - 1, 1) for j in range(len(path))]
    points = [
        (x, made.middle(k) + math.log(rank / middle) * scale, f"{name} {year.header}: {rank}")
        for x, rank, year in zip(across, path, years, strict=True)
        if rank
    ]
    yield Stroke(tuple((x, y) for x, y, _ in points), colour, 1.75)
    for x, y, tip in points:
        yield Disc(x, y, 3.25 if x == across[-1] else 2.25, colour, tip)


_CHANGE = Text("变化", "Change")
