"""Addresses and areas of cells in A1 notation, within Excel's limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .book import column_letters

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")


def column_number(letters: str) -> int:
    """Number of a column, counted from 1.

    >>> column_number("AB")
    28
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def quoted(sheet: str) -> str:
    """A sheet's name as a formula holds it."""
    return "'" + sheet.replace("'", "''") + "'"


def address(row: int, column: int) -> str:
    """A1 address of a cell.

    >>> address(3, 28)
    'AB3'
    """
    return f"{column_letters(column)}{row}"


class Area(NamedTuple):
    """A rectangle of cells, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = address(self.top, self.left), address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def overlaps(self, other: Area) -> bool:
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def common(self, other: Area) -> Area:
        """The cells in both; they must overlap.

        >>> str(Area(1, 1, 4, 3).common(Area(2, 2, 9, 9)))
        'B2:C4'
        """
        return Area(
            max(self.top, other.top),
            max(self.left, other.left),
            min(self.bottom, other.bottom),
            min(self.right, other.right),
        )

    def contains(self, other: Area) -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


def parse(text: str) -> Area | None:
    """An area from its text; None where it is not one or lies beyond Excel's limits.

    >>> str(parse("$A$1:C3")), parse("A0"), parse("XFE1")
    ('A1:C3', None, None)
    """
    found = _AREA.fullmatch(text.strip())
    if found is None:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    if not (1 <= top <= bottom <= MAX_ROW and 1 <= left <= right <= MAX_COLUMN):
        return None
    return Area(top, left, bottom, right)


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow one another.

    >>> list(runs([7, 0, 5, 6]))
    [(0, 0), (5, 7)]
    """
    first = last = None
    for number in sorted(numbers):
        if last is None or number != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = number
        last = number
    if first is not None and last is not None:
        yield first, last
