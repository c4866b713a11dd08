"""Lines of ranks from year to year, with names at both ends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...figures.content import Content, FigureColumn, RanksForm
from ...figures.kinds.ranked import arrow
from .. import palette
from .drawing import SIZE, SMALL, Colour, Disc, Drawing, Drawn, Label, Stroke, Triangle, centred
from .look import FAINT, RULE, Look
from .metrics import text_width, widest
from .rows import on
from .scales import Axis, spread
from .sparks import sparks

_APART = 15.5  # of names
_NUMBERED = 19.0  # of discs with ranks
_GAP = 2.0  # steps for ranks that nobody has
_FAR, _MANY = 60, 34  # ranks beyond which, and how many of them for which, places are logarithmic
_TOLD = 3  # lines in colour, the greatest moves of each direction
_HEAD = 22.0
_TO_NAME = 20.0
_CHANGES = 32.0  # room for changes at the right
_LEAST_SLOPE = 64.0
_LEAST = 28.0  # pixels of a year; where names leave less, each line has a row


@dataclass(frozen=True, eq=False)
class _Lines:
    """What is drawn: names, the ranks of each over the years, the change from the first to the last year."""

    names: tuple[str, ...]
    years: tuple[FigureColumn, ...]
    paths: tuple[tuple[int | None, ...], ...]
    changes: tuple[int | None, ...]
    told: frozenset[int]
    look: Look

    @property
    def names_once(self) -> bool:
        """Whether names stand at the last year alone, for want of room."""
        return self.look.is_narrow and len(self.years) > 2

    def colour(self, row: int) -> Colour:
        """Of a name."""
        return self.look.moved(self.changes[row] or 0) if row in self.told else palette.INK


def ranks(content: Content, form: RanksForm, look: Look) -> Drawing:
    """Ranks over years, 1 on top, those that moved most in colour; a small line for each where they are far apart."""
    years = tuple(content.columns[k] for k in form.values)
    known = sorted({rank for year in years for rank in year.values if rank})
    is_far = bool(known) and (known[-1] > _FAR or len(known) > _MANY)
    if is_far and (len(years) > 2 or content.n_rows > 2 * _TOLD + _TOLD):
        return sparks(content, form, look)
    if _room(content, form, known, look) < max(_LEAST * (len(years) - 1), _LEAST_SLOPE):
        return sparks(content, form, look)
    paths = tuple(tuple(year.values[row] for year in years) for row in range(content.n_rows))
    changes = tuple(path[0] - path[-1] if path[0] and path[-1] else None for path in paths)
    names = tuple(str(name) for name in content.columns[form.name].values)
    return _drawn(_Lines(names, years, paths, changes, _told(changes), look), known, is_far)


def _room(content: Content, form: RanksForm, known: Sequence[int], look: Look) -> float:
    """What names leave for lines."""
    name = widest([str(name) for name in content.columns[form.name].values], SIZE) + 6.0
    number = widest([str(rank) for rank in known], SIZE) + _TO_NAME
    sides = 1 if look.is_narrow and len(form.values) > 2 else 2
    return look.width - sides * name - 2 * number - _CHANGES


def _told(changes: Sequence[int | None]) -> frozenset[int]:
    """Rows of the greatest moves up and down."""
    moved = [(change, row) for row, change in enumerate(changes) if change]
    up = sorted((pair for pair in moved if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
    down = sorted((pair for pair in moved if pair[0] < 0), key=lambda pair: (pair[0], pair[1]))
    return frozenset(row for _, row in up[:_TOLD] + down[:_TOLD])


def _drawn(lines: _Lines, known: Sequence[int], is_far: bool) -> Drawing:
    numbered = len(lines.years) > 2 and not is_far
    places = _far_places(known) if is_far else _near_places(known, _NUMBERED if numbered else _APART)
    bottom = max(places.values(), default=_HEAD) + 4.0
    number = widest([str(rank) for rank in known], SIZE)
    name = widest(list(lines.names), SIZE)
    before = 0.0 if lines.names_once else name + 6.0
    left, right = before + number + _TO_NAME, lines.look.width - name - number - 6.0 - _TO_NAME - _CHANGES
    across = [left + (right - left) * k / max(len(lines.years) - 1, 1) for k in range(len(lines.years))]
    shapes = list(_years(lines.years, across, known, {} if is_far else places, bottom))
    for row in sorted(range(len(lines.paths)), key=lambda row: (row in lines.told, -row)):
        shapes += _path(lines, row, across, places, numbered)
    bounds = (_HEAD + 8.0, max(bottom - 4.0, _HEAD + 8.0 + _APART * (len(lines.paths) - 1)))
    shapes += _ends(lines, 0, left, places, bounds, number)
    shapes += _ends(lines, -1, right, places, bounds, number)
    return Drawing(lines.look.width, bounds[1] + 8.0, tuple(shapes))


def _near_places(known: Sequence[int], step: float) -> dict[int, float]:
    """Height of each rank: neighbours a step apart, and a gap as wide for few missing ranks as for many."""
    found: dict[int, float] = {}
    y, before = _HEAD + 8.0, None
    for rank in known:
        y += 0.0 if before is None else step * min(rank - before, _GAP)
        found[rank], before = y, rank
    return found


def _far_places(known: Sequence[int]) -> dict[int, float]:
    top = _HEAD + 8.0
    axis = Axis(known[0], max(known[-1], known[0] + 1), top, top + 300.0, logarithmic=True)
    return {rank: axis.at(rank) for rank in known}


def _years(
    years: Sequence[FigureColumn],
    across: Sequence[float],
    known: Sequence[int],
    places: dict[int, float],
    bottom: float,
) -> Iterator[Drawn]:
    """The years and their lines, dashed where ranks are left out."""
    apart = widest([year.header for year in years], SIZE) + 4.0
    every = 1 if len(years) < 2 else max(math.ceil(apart / max(across[1] - across[0], 1.0)), 1)
    for k, (column, x) in enumerate(zip(years, across, strict=True)):
        if (len(years) - 1 - k) % every == 0:
            yield Label(x, 13.0, column.header, palette.SLATE, SIZE, "middle")
        if not places:
            yield Stroke(((x, _HEAD), (x, bottom)), RULE)
            continue
        yield Stroke(((x, _HEAD), (x, _HEAD + 8.0)), RULE)
        for above, below in pairwise(known):
            ends = ((x, places[above]), (x, places[below]))
            yield Stroke(ends, FAINT if below - above > _GAP else RULE, dashed=below - above > _GAP)


def _path(
    lines: _Lines, row: int, across: Sequence[float], places: dict[int, float], numbered: bool
) -> Iterator[Drawn]:
    """A line, broken where a year is missing, with a disc for each year."""
    path, is_told = lines.paths[row], row in lines.told
    colour = lines.look.moved(lines.changes[row] or 0) if is_told else FAINT
    run: list[tuple[float, float]] = []
    for x, rank in zip((*across, 0.0), (*path, None), strict=True):
        if rank:
            run.append((x, places[rank]))
            continue
        if len(run) > 1:
            yield Stroke(tuple(run), colour, 2.25 if is_told else 1.25)
        run = []
    radius = 8.5 if numbered else 3.5 if is_told else 2.75
    for x, rank, year in zip(across, path, lines.years, strict=True):
        if rank:
            yield Disc(x, places[rank], radius, colour, f"{lines.names[row]} {year.header}: {rank}")
            if numbered:
                yield centred(x, places[rank], Label(0, 0, str(rank), on(colour), 9.5, "middle"))


def _ends(
    lines: _Lines, year: int, x: float, places: dict[int, float], bounds: tuple[float, float], number: float
) -> Iterator[Drawn]:
    """Names and ranks at the first year (0) or the last (-1), there with the changes."""
    rows = [row for row, path in enumerate(lines.paths) if path[year]]
    side = 1 if year else -1
    wanted = [places[lines.paths[row][year] or 0] for row in rows]
    for row, y, own in zip(rows, spread(wanted, _APART - 0.5, *bounds), wanted, strict=True):
        colour = lines.colour(row)
        if abs(y - own) > 2.0:  # a thin line from a name that had to move to the point that it names
            yield Stroke(((x + side * (_TO_NAME - 3.0), y), (x + side * 9.5, own)), FAINT, 0.6)
        at_number = x + side * _TO_NAME + (number if year else 0.0)
        yield centred(at_number, y, Label(0, 0, str(lines.paths[row][year]), colour, SIZE, "end"))
        at_name = x + side * (_TO_NAME + number + 6.0)
        if year or not lines.names_once:
            yield centred(at_name, y, Label(0, 0, lines.names[row], colour, SIZE, "start" if year else "end"))
        if year:
            yield from change(lines.look.width, y, lines.changes[row], lines.look)


def change(x: float, y: float, moved: int | None, look: Look) -> Iterator[Drawn]:
    """A change of rank with its arrow, to the left of a place."""
    if moved:
        yield centred(x, y, Label(0, 0, str(abs(moved)), look.moved(moved), SMALL, "end"))
        yield Triangle(x - text_width(str(abs(moved)), SMALL) - 6.0, y, 7.0, look.moved(moved), moved > 0)
    else:
        yield centred(x, y, Label(0, 0, arrow(moved)[look.lang], palette.SLATE, SMALL, "end"))
