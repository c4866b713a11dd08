"""Formulas that need no spreadsheet program: calls of our functions, references, links, and a text unless blank.

What the workbook's own sheets hold is of these kinds. Any other formula has no value here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ...functions import FUNCTIONS, answer
from ...language import Lang
from ...sheets.areas import Area
from ...sheets.book import Value
from .following import FormulaCell
from .settling import CellPlace

if TYPE_CHECKING:
    from .book import FileBook

# A function of the add-in is called as one of another workbook.
_CALL = re.compile(r"\s*(?:_xlfn\.|_xlws\.|\[\d+\]!)*(\w+)\((.*)\)\s*", re.S)
_NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*")
_TEXT = re.compile(r'\s*"((?:[^"]|"")*)"\s*', re.S)
_BLANK = re.compile(r'(.*)=\s*""\s*', re.S)
_NAMES = frozenset(function.name for function in FUNCTIONS)
_MOST_CELLS = 2_000_000

ValueRows = list[list[Value]]


class _NoValue(Exception):
    """A formula, or part of one, that is not computed here."""


def evaluated(
    book: FileBook, cells: Iterable[FormulaCell], lang: Lang
) -> tuple[dict[CellPlace, Value], list[FormulaCell]]:
    """Values of the cells that these formulas fill, None for a blank one; and the formulas that are not computed."""
    work = _Evaluating(book, {cell.key: cell for cell in cells}, lang)
    for cell in work.formulas.values():
        work.settle(cell)
    return work.values, work.without


class _Evaluating:
    def __init__(self, book: FileBook, formulas: Mapping[CellPlace, FormulaCell], lang: Lang) -> None:
        self.formulas = formulas
        self.values: dict[CellPlace, Value] = {}
        self.without: list[FormulaCell] = []
        self._book, self._lang = book, lang
        self._begun: set[CellPlace] = set()
        # By sheet in lower case: formulas of single cells by their place, and those of arrays.
        self._single: defaultdict[str, dict[tuple[int, int], FormulaCell]] = defaultdict(dict)
        self._arrays: defaultdict[str, list[FormulaCell]] = defaultdict(list)
        for cell in formulas.values():
            area, sheet = cell.area, cell.sheet.casefold()
            if (area.top, area.left) == (area.bottom, area.right):
                self._single[sheet][area.top, area.left] = cell
            else:
                self._arrays[sheet].append(cell)

    def settle(self, cell: FormulaCell) -> None:
        """Find what a formula's cells hold, those of formulas it reads first."""
        if cell.key in self._begun:
            return
        self._begun.add(cell.key)
        try:
            block = self._block(cell.text, cell) if cell.shift == (0, 0) else None
        except _NoValue:
            block = None
        if block is None:
            self.without.append(cell)
            return
        area = cell.area
        for i in range(area.top, area.bottom + 1):
            for j in range(area.left, area.right + 1):
                self.values[cell.sheet, i, j] = _at(block, i - area.top, j - area.left)

    def _block(self, text: str, cell: FormulaCell) -> ValueRows:
        call = _CALL.fullmatch(text)
        if call is None:
            return self._term(text, cell)
        name, arguments = call[1].upper(), _split(call[2])
        if name in _NAMES:
            found = answer(name, self._lang, *(self._argument(text, cell) for text in arguments))
            return [[found]] if isinstance(found, str) else found
        if name == "IF" and len(arguments) == 3 and (blank := _BLANK.fullmatch(arguments[0])):
            tested = self._term(blank[1], cell)[0][0]
            return self._term(arguments[1 if tested in (None, "") else 2], cell)
        if name == "IFERROR" and len(arguments) == 2:  # the second is for programs without the function in the first
            return self._block(arguments[0], cell)
        if name == "HYPERLINK" and len(arguments) == 2:
            return self._term(arguments[1], cell)
        raise _NoValue

    def _argument(self, text: str, cell: FormulaCell) -> ValueRows | None:
        if not text.strip():
            return None
        if text.strip().startswith("{"):
            rows = text.strip().strip("{}").split(";")
            return [[self._term(item, cell)[0][0] for item in row.split(",")] for row in rows]
        return self._term(text, cell)

    def _term(self, text: str, cell: FormulaCell) -> ValueRows:
        if _NUMBER.fullmatch(text):
            return [[float(text)]]
        if literal := _TEXT.fullmatch(text):
            return [[literal[1].replace('""', '"')]]
        place = self._book.area_of(text.strip(), cell.sheet)
        if place is None:
            raise _NoValue
        return self._cells(*place)

    def _cells(self, sheet: str, area: Area) -> ValueRows:
        """What stands in an area, with the values found for formulas in it."""
        if area.size > _MOST_CELLS:
            raise _NoValue
        read = list(self._read(sheet.casefold(), area))
        for other in read:
            self.settle(other)
            if other.key not in self.values:  # no value, or a circle
                raise _NoValue
        block = self._book.values(sheet, area)
        for other in read:
            both = area.common(other.area)
            for row in range(both.top, both.bottom + 1):
                for column in range(both.left, both.right + 1):
                    block[row - area.top][column - area.left] = self.values[other.sheet, row, column]
        return block

    def _read(self, sheet: str, area: Area) -> Iterator[FormulaCell]:
        """Formulas in an area of a sheet."""
        single = self._single[sheet]
        if len(single) < area.size:
            yield from (cell for cell in single.values() if cell.area.overlaps(area))
        else:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    if (row, column) in single:
                        yield single[row, column]
        yield from (cell for cell in self._arrays[sheet] if cell.area.overlaps(area))


def _at(block: ValueRows, i: int, j: int) -> Value:
    """A cell of an array's block; beyond it there is nothing, as the array is shown where it was."""
    return block[i][j] if i < len(block) and j < len(block[i]) else None


def _split(text: str) -> list[str]:
    """Arguments of a call.

    >>> _split('A1:B2,{1,-1},"a,b",')
    ['A1:B2', '{1,-1}', '"a,b"', '']
    """
    parts, depth, quote, start = [], 0, "", 0
    for i, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "," and depth == 0:
            parts.append(text[start:i])
            start = i + 1
    return [*parts, text[start:]]
