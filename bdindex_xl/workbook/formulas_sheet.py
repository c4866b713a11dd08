"""The formulas sheet: live examples of the worksheet functions on the workbook's own data, then what each takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ..functions import BY_NAME, FUNCTIONS, answer, explaining, robust
from ..functions.blocks import CellRows
from ..language import Lang, Text
from ..sheets import schema
from ..sheets.areas import quoted
from ..sheets.guide import formulas_note
from . import examples, fit, styles
from . import formula_texts as texts
from .build import Build
from .cell_writing import set_height

NAME_HELP = schema.NAME_FUNCTION_HELP  # VBA reads the texts for Excel's function wizard from there
_TOP = 3  # row, counted from 0
_WIDTH, _NAMES_WIDTH = 13.0, 26.0
_TIERS = 3
_EXPLAINED = ("count", "score", "rank", "weight", "score", "score", "score")  # roles of what an explanation holds
_MOST_COLUMNS = 15  # that stand side by side after the names
_FEW_ROWS = 8  # of blocks of which two that stand below one another go onto a page
_LONGEST_FORMULA = 8192


@dataclass(frozen=True, slots=True)
class _Argument:
    """An argument as the formula has it, and its value; without a text it is left out."""

    text: str = ""
    values: Any = None


def write(build: Build) -> None:
    """Make the sheet."""
    name = schema.FORMULAS[build.lang]
    sheet = build.sheet(name, styles.TAB_CHECK, landscape=True)
    build.heading(sheet, name, formulas_note(build.facts)[build.lang], schema.FORMULAS_KEY)
    sheet.set_column(0, 0, _NAMES_WIDTH)
    sheet.set_column(1, 60, _WIDTH)
    row = _TOP
    now, before = examples.pair(build)
    if now is not None:
        row = _Examples(build, sheet, now).write(before) + 2
    _help(build, sheet, row)
    sheet.freeze_panes(2, 1)
    sheet.repeat_rows(0, 1)
    sheet.fit_to_pages(1, 0)
    note, look = formulas_note(build.facts)[build.lang], build.looks.note(wrap=True)
    sheet.merge_range(1, 0, 1, _MOST_COLUMNS, None, look)
    build.put(sheet, 1, 0, note, look)
    set_height(sheet, 1, fit.n_lines(note, _NAMES_WIDTH + _MOST_COLUMNS * _WIDTH) * build.line + 4)


class _Examples:
    """Blocks side by side, and below one another where a page would be too narrow; each with what it is, its formula
    and its headers above."""

    def __init__(self, build: Build, sheet: Worksheet, now: examples.Data) -> None:
        self._build, self._sheet, self._now = build, sheet, now
        self._row, self._column = _TOP, 0
        self._formula_lines = self._header_lines = 1
        self._breaks: list[int] = []  # rows at which a page begins

    def write(self, before: examples.Data | None) -> int:
        """Write all; returns the row after the last."""
        now = self._now
        self._build.put(self._sheet, self._row, 0, _about(self._build, now), self._build.looks.section())
        self._row += 1
        names = [indicator.name for indicator in now.indicators]
        data, directions = _Argument(now.cells(), now.values), _directions(now)
        self._column = 1
        weights = self._block("BDINDEX_WEIGHTS", names, "weight", data, directions)
        self._go_down(5)
        scores = self._block("BDINDEX_SCORE", [], "score", data, directions)
        ranks = self._block("BDINDEX_RANK", [], "rank", scores)
        if before is not None:
            earlier = _Argument(before.cells(), before.values)
            earlier = self._block("BDINDEX_SCORE", [], "score", earlier, directions, caption=texts.PREVIOUS_SCORE)
            earlier = self._block("BDINDEX_RANK", [], "rank", earlier, caption=texts.PREVIOUS_RANK)
            self._block("BDINDEX_RANKCHANGE", [], "rank change", ranks, earlier)
        self._block("BDINDEX_TIER", [], "rank", scores, _Argument(str(_TIERS), _TIERS))
        normalised = self._block("BDINDEX_NORMALISE", names, "score", data, directions)
        self._block("BDINDEX_AGGREGATE", [], "score", normalised, weights)
        self._block("BDINDEX_CONTRIBUTION", names, "score", data, directions)
        headers, blank = [_capitalised(heading[self._build.lang]) for heading in robust.HEADINGS], _Argument("", None)
        parts = [_capitalised(heading[self._build.lang]) for heading in explaining.HEADINGS]
        self._block("BDINDEX_EXPLAIN", parts, _EXPLAINED, data, _Argument("1", 1), directions)
        self._block("BDINDEX_ROBUST", headers, "rank", data, blank, blank, directions)
        if len(now.names) > _FEW_ROWS:
            self._sheet.set_h_pagebreaks(self._breaks)
        return self._row + 3 + len(now.names)

    def _block(
        self,
        name: str,
        headers: Sequence[str],
        role: str | Sequence[str],
        *arguments: _Argument,
        caption: Text | None = None,
    ) -> _Argument:
        """One function at work, from the column that is next; returns what a further formula takes from it. `role` is
        that of all its columns, or of each."""
        build = self._build
        caption = caption or BY_NAME[name].caption
        given = [argument.text for argument in arguments]
        while not given[-1]:
            given.pop()
        formula = f"={name}({','.join(given)})"
        answered = _answered(name, build.lang, *(_fixed(argument.values) for argument in arguments))
        values: CellRows = answered if not isinstance(answered, str) else [[answered]]
        if self._column > 1 and self._column + len(values[0]) > _MOST_COLUMNS + 1:
            self._go_down(len(self._now.names) + 4)
            self._breaks.append(self._row)
        row, column = self._row + 3, self._column
        headers = headers or [caption[build.lang]] * len(values[0])
        self._head(caption, formula, headers)
        roles = [role] * len(values[0]) if isinstance(role, str) else role
        looks = [build.looks.cell(one, entered=False) for one in roles]
        bottom, right = row + len(values) - 1, column + len(values[0]) - 1
        held = _with_fallback(formula, values)
        self._sheet.write_dynamic_array_formula(row, column, bottom, right, held, looks[0], values[0][0])
        for i, cells in enumerate(values):
            for j, value in enumerate(cells):
                if i or j:  # the first cell's value stands with the formula
                    build.put(self._sheet, row + i, column + j, value, looks[j])
        self._column = right + 1
        return _Argument(xl_range(row, column, bottom, right), values)

    def _go_down(self, n_rows: int) -> None:
        """Go on so many rows further down, after the names of the units."""
        self._row, self._formula_lines, self._header_lines = self._row + n_rows, 1, 1
        self._units()

    def _units(self) -> None:
        """Names of the units, by reference to the data sheet."""
        build, look = self._build, self._build.looks.cell("name", entered=False)
        self._column = 0
        self._head(texts.UNITS, "", [texts.UNITS[build.lang]])
        for i, name in enumerate(self._now.names):
            self._sheet.write_formula(self._row + 3 + i, 0, f"={self._now.name_cell(i)}", look, name)
        self._column = 1

    def _head(self, caption: Text, formula: str, headers: Sequence[str]) -> None:
        build, looks = self._build, self._build.looks
        for j, header in enumerate(headers):
            text = caption[build.lang] if j == 0 else ""
            build.put(
                self._sheet, self._row, self._column + j, text, looks.band(starts=j == 0, shrink=len(headers) == 1)
            )
            build.put(self._sheet, self._row + 2, self._column + j, header, looks.header("score"))
        self._header_lines = max(self._header_lines, *(fit.header_lines(text, _WIDTH) for text in headers))
        set_height(self._sheet, self._row + 2, build.line * self._header_lines + 4)
        if formula:
            build.put(self._sheet, self._row + 1, self._column, formula, looks.formula())
            self._formula_lines = max(self._formula_lines, fit.n_lines(formula, _WIDTH - 1))
            set_height(self._sheet, self._row + 1, self._formula_lines * build.line * 0.9)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_fallback(formula: str, values: CellRows) -> str:
    """The formula as the cell holds it: where no program knows the function, it gives the values of today, rounded.

    Programs forget the stored values of an array when they calculate, and LibreOffice does so as it opens the file.
    """
    rows = ";".join(",".join(map(_constant, cells)) for cells in values)
    # In brackets: some readers take the commas of an array for those between arguments.
    held = f"=IFERROR({formula[1:]},({{{rows}}}))"
    return held if len(held) <= _LONGEST_FORMULA else formula


def _constant(value: Any) -> str:
    if isinstance(value, int | float) and math.isfinite(value):
        return f"{value:.5g}"
    return '"{}"'.format("" if value is None else str(value).replace('"', '""'))


_answered = lru_cache(maxsize=64)(answer)  # workbooks that are made one after the other often show the same data


def _fixed(values: Any) -> Any:
    """Cells that answers can be kept by."""
    return tuple(map(tuple, values)) if isinstance(values, list | tuple) else values


def _directions(data: examples.Data) -> _Argument:
    found = data.directions()
    return _Argument() if found is None else _Argument("{" + ",".join(f"{value:g}" for value in found[0]) + "}", found)


def _about(build: Build, data: examples.Data) -> str:
    parent = build.contents.framework.node(data.indicators[0].parent)
    label = schema.ranking_label(data.ranking)
    text = texts.ABOUT.format(ranking=label, year=data.year, parent=parent.name, n=len(data.indicators))
    return text[build.lang]


def _help(build: Build, sheet: Worksheet, row: int) -> None:
    """What each function takes: a row for the function, then one for each argument."""
    looks, lang = build.looks, build.lang
    build.put(sheet, row, 0, texts.HELP[lang], looks.section())
    for j, header in enumerate(texts.HELP_HEADERS):
        build.put(sheet, row + 1, j, header[lang], looks.header("text"))
    first = row + 2
    for row, cells in enumerate(help_rows(lang), first):
        own = not cells[1]  # a function's own row
        for j, value in enumerate(cells):
            if value:
                build.put(sheet, row, j, value, looks.note() if j == 0 and not own else looks.of(bold=own))
    build.define(NAME_HELP, f"={quoted(sheet.get_name())}!{xl_range_abs(first, 0, row, 2)}")


def help_rows(lang: Lang) -> Iterator[tuple[str, str, str]]:
    """What each function takes: name, argument, text; a row for the function, where the argument is blank, then one for
    each argument. VBA tells Excel's function wizard so."""
    for function in FUNCTIONS:
        yield function.name, "", function.summary[lang]
        for argument in function.arguments:
            yield (
                function.name,
                argument.name,
                argument.help[lang] + (texts.OPTIONAL[lang] if argument.optional else ""),
            )
