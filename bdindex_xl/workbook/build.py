"""The workbook being made, and what every sheet of it needs: page set-up, cells, tables, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.color import Color
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..errors import BdIndexError
from ..language import Lang, Text
from ..sheets import options, phrases, schema
from ..sheets.areas import quoted
from ..sheets.book import Value
from ..sheets.contents import Contents
from ..sheets.guide import Facts, is_sample
from ..sheets.layout import one_line
from . import cell_writing, fit, styles, theme
from .sheet_names import SheetNames

PAGE_WIDTH = 260.0  # characters that A4 across still shows legibly
_SMALL = 65  # scale of what is wider [%]
_SMALL_WIDTH = 215.0  # characters that a page of A4 across holds at that scale


@dataclass
class Build:
    """What the makers of sheets share."""

    workbook: Workbook
    contents: Contents
    looks: styles.Looks
    names: SheetNames
    tables: set[str] = field(default_factory=set)
    fitted: set[int] = field(default_factory=set)  # rows of the guide that are as high as their text

    @property
    def lang(self) -> Lang:
        return self.contents.lang

    @cached_property
    def facts(self) -> Facts:
        """What the guide tells of."""
        contents, names, lang = self.contents, self.names, self.lang
        sheets = {sheet.table: sheet.name[lang] for sheet in schema.ONE_EACH}
        there = {
            schema.GOALPOSTS.table: contents.framework.goalposts_by_year,
            schema.PAIRWISE.table: contents.framework.comparisons,
            schema.RULES.table: contents.rules,
            schema.SOURCES.table: contents.sources,
            schema.COLLECTION.table: contents.rules,
            schema.WORD_LIST.table: contents.word_list,
            schema.UNIT_WEIGHTS.table: contents.unit_weights,
            schema.WORDS.table: contents.word_list,
        }
        sheets = {table: name for table, name in sheets.items() if there.get(table, True)}
        for ranking in contents.data:
            sheets[schema.table_of(schema.DATA.table, ranking)] = names.data[ranking]
            sheets[schema.table_of(schema.RANKING.table, ranking)] = names.ranking[ranking]
        return Facts(
            contents.framework,
            options.method_of(contents.settings),
            tuple(contents.data),
            sheets,
            is_sample(contents.settings.get("source")),
            formulas=schema.FORMULAS[lang],
            profile=schema.PROFILE[lang],
        )

    @property
    def line(self) -> float:
        """Height of a line of text [points]."""
        return theme.FACES[self.lang].row_height

    def sheet(self, name: str, tab: Color, *, landscape: bool, gridlines: bool = False) -> Worksheet:
        """A new sheet, set up for the screen and for A4."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_tab_color(tab)
        sheet.hide_gridlines(1 if gridlines else 2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
        sheet.set_footer(phrases.FOOTER[self.lang])
        return sheet

    def heading(self, sheet: Worksheet, title: str, note: str, table: str) -> None:
        """Title and the line under it, in the first two rows of every sheet, with names by its table."""
        self.name(schema.CELL_TITLE.format(table=table), sheet, 0, 0)
        self.name(schema.CELL_NOTE.format(table=table), sheet, 1, 0)
        sheet.set_row(0, self.line * 1.7)
        self.put(sheet, 0, 0, title, self.looks.title())
        self.put(sheet, 1, 0, note, self.looks.note())

    def name(self, name: str, sheet: Worksheet, row: int, column: int) -> None:
        """Give a cell a name."""
        address = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self.define(name, f"={quoted(sheet.get_name())}!{address}")

    def define(self, name: str, formula: str) -> None:
        cell_writing.done(self.workbook.define_name(name, formula), name)

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
        """A cell. Text is written as text, whatever it begins with."""
        cell_writing.put(sheet, row, column, value, look)

    def table(
        self, sheet: Worksheet, name: str, row: int, header: Sequence[str], roles: Sequence[str], n_rows: int
    ) -> None:
        """An Excel table from its header row on. The cells are the caller's to fill, before or after."""
        if name.casefold() in self.tables:
            raise BdIndexError(_TWICE.format(name=name))
        self.tables.add(name.casefold())
        cell_writing.add_table(sheet, name, (row, 0), header, [self.looks.header(role) for role in roles], n_rows)

    def header_height(self, sheet: Worksheet, row: int, header: Sequence[str], widths: Sequence[float]) -> None:
        """Make a header row high enough for its longest text, with room for the filter buttons."""
        lines = max(fit.header_lines(text, width) for text, width in zip(header, widths, strict=True))
        cell_writing.set_height(sheet, row, (lines + 0.5) * self.line)

    def printed(
        self,
        sheet: Worksheet,
        header: tuple[int, int],
        widths: Sequence[float],
        frozen: int,
        starts: Sequence[int] = (),
        widest: float = PAGE_WIDTH,
    ) -> None:
        """One page across, headings on each; a table wider than `widest`, too wide to be legible so, runs over several
        pages, which begin at columns among `starts`: those from there to the next belong together."""
        sheet.repeat_rows(*header)
        if sum(widths) <= widest:
            sheet.fit_to_pages(1, 0)
        else:
            sheet.set_print_scale(_SMALL)
            if frozen:
                sheet.repeat_columns(0, frozen - 1)
            sheet.set_v_pagebreaks(page_starts(widths, frozen, starts))

    def validate(self, sheet: Worksheet, rows: tuple[int, int], column: int, **options: Any) -> None:
        """A validation of a table's column, with its messages cut to what Excel takes."""
        for part, limit in _MESSAGE_LIMITS.items():
            if part in options:
                options[part] = cell_writing.cut("\n".join(map(one_line, options[part].split("\n"))), limit)
        cell_writing.done(sheet.data_validation(rows[0], column, rows[1], column, options), str(options))


def page_starts(widths: Sequence[float], frozen: int, starts: Sequence[int]) -> list[int]:
    """Columns at which a new page begins, so that none is cut off from those it belongs to; counted from 0.

    >>> page_starts([20.0] * 21, 1, [5, 9, 13, 17])
    [9, 17]
    """
    found: list[int] = []
    repeated, begin = sum(widths[:frozen]), 0
    for start, end in pairwise([*starts, len(widths)]):
        if sum(widths[begin:end]) + (repeated if found else 0.0) > _SMALL_WIDTH:
            found.append(start)
            begin = start
    return found


_MESSAGE_LIMITS = {"input_title": 32, "error_title": 32, "input_message": 255, "error_message": 255}
_TWICE = Text(
    "两个榜单的名称只有大小写不同，表名 {name} 重复",
    "expected rankings that differ in more than case, found {name} twice",
)
