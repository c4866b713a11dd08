"""Worksheet functions on scores and ranks: places, their changes, tiers."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core import breaks, rank
from ..core.arrays import Array
from ..language import Lang, Text
from ..sheets import schema
from . import arguments
from .blocks import FunctionFault, GivenCells, Numbers, cells, read, read_some, rows_of

RANK_HEADING = Text("排名", "rank")
CHANGE_HEADING = Text("排名变化", "rank change")
TIER_HEADING = Text("分档", "tier")
PREVIOUS = Text("上期区域", "previous range")
ORDER = Text("次序参数", "order")
TIERS = Text("档数参数", "n")

_SHAPES = Text(
    "两个区域的大小应相同，实为 {one} 行和 {two} 行", "expected two ranges of one size, found {one} and {two} rows"
)
_WIDTHS = Text(
    "两个区域的列数应相同，实为 {one} 和 {two}", "expected two ranges of as many columns, found {one} and {two}"
)
_ONE_COLUMN = Text("区域应为一列，实为 {found} 列", "expected a range of one column, found {found}")
_MOST_TIERS = 100


def ranks(scores: Any, order: Any = None, *, lang: Lang) -> list[list[Any]]:
    """Ranks within each column, shape of the block: 1 is the greatest, or the least where `order` is 1."""
    numbers = read_some(scores)
    sign = -1.0 if arguments.whole(order, ORDER, 0, 1, default=0) else 1.0
    found = rank.ranks(np.ascontiguousarray(sign * numbers.values.T)).T
    return numbers.aligned(_places(found), RANK_HEADING[lang])


def rank_change(current: Any, previous: Any, *, lang: Lang) -> list[list[Any]]:
    """Places gained, previous - current, shape of the blocks; “new” where there is no previous rank."""
    now = read_some(current)
    before = read(previous, PREVIOUS, keep=now.values.shape[1])
    sizes = len(rows_of(current)), len(rows_of(previous))
    if sizes[0] != sizes[1] and _n_rows(current) != _n_rows(previous):
        raise FunctionFault(_SHAPES.format(one=sizes[0], two=sizes[1]))
    if before.values.shape[1] != now.values.shape[1]:
        raise FunctionFault(_WIDTHS.format(one=now.values.shape[1], two=before.values.shape[1]))
    n_rows = len(now.values)
    earlier = _rows_beside(before, len(now.headings), n_rows)
    changes = cells(earlier - now.values)
    for i, j in np.argwhere(~np.isnan(now.values) & np.isnan(earlier)):
        changes[i][j] = schema.NEW_UNIT[lang]
    return now.aligned(changes, CHANGE_HEADING[lang])


def _n_rows(argument: Any) -> int:
    """Rows that a reference names: whole columns are of one size, however far their sheets are used."""
    named = argument.n_rows if isinstance(argument, GivenCells) else None
    return len(rows_of(argument)) if named is None else named


def _rows_beside(block: Numbers, first: int, n_rows: int) -> Array:
    """Rows of a block from the `first` of its range on, whatever of it are headings or blanks at its end."""
    whole = np.full((first + n_rows, block.values.shape[1]), np.nan)
    top = len(block.headings)
    there = block.values[: max(0, len(whole) - top)]
    whole[top : top + len(there)] = there
    return whole[first:]


def tiers(scores: Any, n: Any, *, lang: Lang) -> list[list[Any]]:
    """Tiers by natural breaks, 1 the best, shape (n_rows, 1); scores that share a rank share a tier."""
    numbers = read_some(scores)
    if numbers.values.shape[1] != 1:
        raise FunctionFault(_ONE_COLUMN.format(found=numbers.values.shape[1]))
    count = arguments.whole(n, TIERS, 1, _MOST_TIERS)
    found = breaks.natural_breaks(rank.levelled(numbers.values[:, 0]), count)
    return numbers.aligned(_places(found[:, None]), TIER_HEADING[lang])


def _places(found: rank.Ranks) -> list[list[Any]]:
    """Whole numbers as cells; blank where there is none."""
    rows: list[list[Any]] = found.tolist()
    return rows if found.all() else [[value or "" for value in row] for row in rows]
