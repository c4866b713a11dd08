"""The sheet Profile: one unit on a page of A4, in plain formulas and native charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from ..language import Text
from ..sheets import phrases, schema
from ..sheets.areas import quoted
from ..sheets.cells import read_text
from . import fit, results, styles, theme
from . import profile_texts as texts
from .build import Build
from .cell_writing import set_height
from .profile_formulas import ProfilePad, axes, text
from .profile_picked import NAMED, PickedRow, PickedUnit

_COLUMNS, _WIDTH = 12, 8.6
_PAD = _COLUMNS + 2  # its first column, counted from 1
_MOST_YEARS, _FEWEST_YEARS = 10, 5
_MOST_AXES, _ENOUGH_DIMENSIONS = 12, 5
_CHART_ROWS, _CHART_WIDTH = 13, 392  # pixels
_CHOICES = "$B$4", "$H$4"  # cells of the ranking and of the unit
_ONE_PAGE = 40  # indicators that fit on one


@dataclass(frozen=True, slots=True)
class _Field:
    """Cells side by side that look like one: from which column to which, counted from 1; header, role."""

    first: int
    last: int
    header: Text
    role: str


@dataclass
class _Page:
    """The page, written downwards; rows are counted from 1."""

    build: Build
    sheet: Worksheet
    row: int = 1

    def put(self, first: int, last: int, value: str, look: Format) -> None:
        """A text across columns."""
        self._merge(first, last, look)
        self.build.put(self.sheet, self.row - 1, first - 1, value, look)

    def formula(self, first: int, last: int, formula: str, look: Format) -> None:
        """A formula across columns."""
        self._merge(first, last, look)
        self.sheet.write_formula(self.row - 1, first - 1, f"={formula}", look, "")

    def _merge(self, first: int, last: int, look: Format) -> None:
        if last > first:
            self.sheet.merge_range(self.row - 1, first - 1, self.row - 1, last - 1, None, look)

    def section(self, title: Text, first: int = 1, last: int = _COLUMNS) -> None:
        look = self.build.looks.section()
        self.put(first, first, title[self.build.lang], look)
        for column in range(first, last):
            self.sheet.write_blank(self.row - 1, column, None, look)

    def header(self, fields: Sequence[_Field]) -> None:
        for one in fields:
            self.put(one.first, one.last, one.header[self.build.lang], self.build.looks.header(one.role))

    def cells(self, fields: Sequence[_Field], formulas: Sequence[str], **extra: Any) -> None:
        for one, formula in zip(fields, formulas, strict=True):
            fitted = {"shrink": True} if one.role in ("name", "text") else {}
            look = self.build.looks.cell(one.role, entered=False, **(fitted | extra))
            self.formula(one.first, one.last, formula, look)
            if one.role == "rank change":
                results.change_colours(self.build, self.sheet, self.row - 1, one.first - 1)


def write(build: Build) -> None:
    """Make the sheet."""
    name = schema.PROFILE[build.lang]
    sheet = build.sheet(name, styles.TAB_RESULT, landscape=False)
    build.heading(sheet, name, phrases.PROFILE_FOLLOWS[build.lang], schema.PROFILE_KEY)
    sheet.set_column(0, _COLUMNS - 1, _WIDTH)
    pad = ProfilePad(_PAD)
    picked = PickedUnit(build, pad, *_CHOICES)
    page = _Page(build, sheet)
    _choices(page, picked)
    _facts(page, picked)
    years = picked.years(_n_years(build))
    _years(page, years)
    framework = build.contents.framework
    indicators = picked.indicators(_wholes(build))
    by_code = dict(zip((one.code for one in framework.indicators), indicators, strict=True))
    dimensions = framework.children(framework.root.code)
    below = {node.code: framework.children(node.code) for node in framework.aggregates}
    on_radar = picked.axes(axes(dimensions, below, _MOST_AXES, _ENOUGH_DIMENSIONS))
    _charts(page, years, on_radar)
    _dimensions(page, picked.dimensions(by_code))
    _chosen(page, indicators)
    _indicators(page, indicators, picked)
    for (row, column), formula in pad.cells.items():
        sheet.write_formula(row - 1, column - 1, f"={formula}", None, "")
    last = max(column for _, column in pad.cells)
    sheet.set_column(_PAD - 1, last - 1, None, None, {"hidden": True})
    sheet.print_area(0, 0, page.row - 1, _COLUMNS - 1)
    sheet.fit_to_pages(1, 1 if len(indicators) <= _ONE_PAGE else 0)
    sheet.repeat_rows(0, 1)
    sheet.freeze_panes(4, 0)
    sheet.set_selection(3, 7, 3, 7)


def _choices(page: _Page, picked: PickedUnit) -> None:
    build, sheet, lang = page.build, page.sheet, page.build.lang
    page.row = 4
    entered = build.looks.cell("name", entered=True, bold=True)
    key, unit = _first(build)
    chosen = (1, 2, 5, texts.RANKING, key), (7, 8, _COLUMNS, texts.UNIT, unit)
    for (label, first, last, caption, value), name in zip(
        chosen, (schema.NAME_PROFILE_RANKING, schema.NAME_PROFILE_UNIT), strict=True
    ):
        page.put(label, label, caption[lang], build.looks.of(bold=True))
        page.put(first, last, value, entered)
        build.name(name, sheet, 3, first - 1)
    here = quoted(sheet.get_name())
    history = picked.history
    name_column = f"{here}!{history.place('name')}"
    first_row, n = f"{here}!{picked.first}", f"{here}!{picked.n_listed}"
    # A range from one INDEX to another would do in Excel; some readers take its colon for part of a function's name.
    build.define(schema.NAME_PROFILE_UNITS, f"=OFFSET({history.cell(first_row, name_column)},0,0,{n},1)")
    labels = f"={picked.labels[0]}:{picked.labels[-1]}"
    for column, source, caption, message in (
        (1, labels, texts.RANKING, texts.RANKING_HELP),
        (7, f"={schema.NAME_PROFILE_UNITS}", texts.UNIT, texts.UNIT_HELP),
    ):
        build.validate(
            sheet, (3, 3), column, validate="list", source=source, input_title=caption[lang],
            input_message=message[lang], error_title=caption[lang], error_message=message[lang],
        )  # fmt: skip
    page.row = 5
    fault = build.looks.of(font_color=theme.VERMILION)
    changed = f'IF({picked.changed()},{text(texts.CHANGED[lang])},"")'
    page.formula(1, _COLUMNS, f"IF({picked.row}=0,{text(texts.UNKNOWN[lang])},{changed})", fault)


def _first(build: Build) -> tuple[str, str]:
    """The ranking and the unit that a new workbook shows: the first ones."""
    key = next(iter(build.contents.data))
    own = schema.UNITS.keys
    rows = [row for row in build.contents.units.rows if schema.ranking_key(str(row[own.index("ranking")])) == key]
    return schema.ranking_label(key)[build.lang], read_text(rows[0][own.index("name")]) if rows else ""


def _facts(page: _Page, picked: PickedUnit) -> None:
    fields = [
        _Field(1, 2, texts.YEAR, "year"), _Field(3, 4, texts.SCORE, "score"), _Field(5, 6, texts.RANK, "rank"),
        _Field(7, 8, texts.CHANGE, "rank change"), _Field(9, 12, texts.RANKED, "rank"),
    ]  # fmt: skip
    page.row = 6
    page.header(fields)
    page.row = 7
    year, n_ranked = (f'IF({picked.row}=0,"",{cell})' for cell in (picked.year, picked.n_ranked))
    page.cells(fields, [year, picked.score, picked.rank, picked.change, n_ranked], align="center", indent=0, bold=True)


def _years(page: _Page, years: Sequence[PickedRow]) -> None:
    build, lang = page.build, page.build.lang
    page.row = 9
    page.section(texts.YEARS, last=2 + len(years))
    for caption, key in (
        (texts.YEAR, "year"),
        (texts.SCORE, "score"),
        (texts.RANK, "rank"),
        (texts.CHANGE, "rank_change"),
    ):
        page.row += 1
        head = key == "year"
        look = build.looks.header("text") if head else build.looks.cell("text", entered=False, bold=True)
        page.put(1, 2, caption[lang], look)
        role = key.replace("_", " ")
        for j, row in enumerate(years, 3):
            own = build.looks.header("year") if head else build.looks.cell(role, entered=False)
            page.formula(j, j, row[key], own)
            if role == "rank change":
                results.change_colours(build, page.sheet, page.row - 1, j - 1)


def _n_years(build: Build) -> int:
    years = {row[0] for table in build.contents.data.values() for row in table.rows}
    return max(min(len(years), _MOST_YEARS), _FEWEST_YEARS)


def _charts(page: _Page, years: Sequence[PickedRow], on_radar: Sequence[PickedRow]) -> None:
    build, sheet, lang = page.build, page.sheet, page.build.lang
    page.row += 2
    top, name = page.row - 1, sheet.get_name()

    def span(rows: Sequence[PickedRow], key: str) -> list[Any]:
        cells = [xl_cell_to_rowcol(row[key].replace("$", "")) for row in rows]
        return [name, *cells[0], *cells[-1]]

    line = build.workbook.add_chart({"type": "line"})
    line.add_series({
        "name": texts.RANK[lang], "categories": span(years, "year"), "values": span(years, "drawn"),
        "line": {"color": theme.BLUE, "width": 2.25},
        "marker": {"type": "circle", "size": 7, "fill": {"color": theme.BLUE}, "border": {"color": theme.WHITE}},
        "data_labels": {"value": True, "position": "above", "font": {"size": 9, "color": theme.INK}},
    })  # fmt: skip
    line.set_y_axis({
        "reverse": True, "min": 1, "label_position": "none", "line": {"none": True},
        "major_gridlines": {"visible": False},
    })  # fmt: skip
    line.set_plotarea({"layout": _UNDER_TITLE})  # first ranks are labelled above the line, which is at the top then
    line.set_x_axis({"num_font": {"size": 9}, "label_position": "high", "line": {"color": theme.RULE}})
    line.set_legend({"none": True})
    _insert(page, line, top, 0, texts.RANKS_CHART)
    if on_radar:
        radar = build.workbook.add_chart({"type": "radar"})
        for key, caption, colour, width in (
            ("best", texts.BEST, theme.OCHRE, 1.25), ("mean", texts.MEAN, theme.SLATE, 1.25),
            ("score", texts.UNIT, theme.BLUE, 2.5),
        ):  # fmt: skip
            series = f"={quoted(name)}!{_CHOICES[1]}" if key == "score" else caption[lang]
            radar.add_series({
                "name": series, "categories": span(on_radar, "name"), "values": span(on_radar, key),
                "line": {"color": colour, "width": width},
            })  # fmt: skip
        radar.set_legend({"position": "bottom", "font": {"size": 9}})
        radar.set_y_axis({"min": 0, "num_font": {"size": 8, "color": theme.SLATE},
                          "major_gridlines": {"visible": True, "line": {"color": theme.RULE}}})  # fmt: skip
        _insert(page, radar, top, _COLUMNS // 2, texts.RADAR_CHART)
    for row in range(top, top + _CHART_ROWS):
        sheet.set_row(row, build.line)
    page.row += _CHART_ROWS


_UNDER_TITLE = {"x": 0.04, "y": 0.24, "width": 0.92, "height": 0.6}


def _insert(page: _Page, chart: Any, row: int, column: int, title: Text) -> None:
    told = title[page.build.lang]
    chart.set_title({"name": told, "overlay": False, "name_font": {"size": 11, "bold": True, "color": theme.INK}})
    chart.set_chartarea({"border": {"color": theme.RULE}})
    chart.show_hidden_data()
    chart.set_size({"width": _CHART_WIDTH, "height": round(_CHART_ROWS * page.build.line * 4 / 3) - 6})
    page.sheet.insert_chart(row, column, chart, {"object_position": 2, "description": told, "x_offset": 2})


def _dimensions(page: _Page, dimensions: Sequence[PickedRow]) -> None:
    fields = [
        _Field(1, 4, texts.PART, "name"), _Field(5, 5, texts.SCORE, "score"), _Field(6, 6, texts.RANK, "rank"),
        _Field(7, 7, texts.CHANGE, "rank change"), _Field(8, 8, texts.MEAN, "score"),
        _Field(9, 10, texts.WEIGHT, "weight"), _Field(11, 12, texts.ADDED, "score"),
    ]  # fmt: skip
    page.row += 1
    page.section(texts.PARTS)
    page.row += 1
    page.header(fields)
    for row in dimensions:
        page.row += 1
        weight = f'IF({row["weight"]}=0,"",{row["weight"]})'
        page.cells(
            fields, [row["name"], row["score"], row["rank"], row["rank_change"], row["mean"], weight, row["added"]]
        )


def _chosen(page: _Page, indicators: Sequence[PickedRow]) -> None:
    """Strengths and weaknesses, side by side."""
    page.row += 2
    halves = (("strength", texts.STRENGTHS, 1), ("weakness", texts.WEAKNESSES, 7))
    for _, title, first in halves:
        page.section(title, first, first + 5)
    page.row += 1
    fields = {
        key: [_Field(first, first + 3, texts.INDICATOR, "name"), _Field(first + 4, first + 4, texts.RANK, "rank"),
              _Field(first + 5, first + 5, texts.GAP, "score")]
        for key, _, first in halves
    }  # fmt: skip
    for one in fields.values():
        page.header(one)
    for k in range(1, NAMED + 1):
        page.row += 1
        for key, columns in fields.items():
            page.cells(columns, [_of_place(indicators, key, k, what) for what in ("name", "rank", "gap")])


def _of_place(indicators: Sequence[PickedRow], key: str, k: int, what: str) -> str:
    places, cells = (f"{indicators[0][one]}:{indicators[-1][one]}" for one in (key, what))
    return f'IFERROR(INDEX({cells},MATCH({k},{places},0)),"")'


def _indicators(page: _Page, indicators: Sequence[PickedRow], picked: PickedUnit) -> None:
    fields = [
        _Field(1, 4, texts.INDICATOR, "name"), _Field(5, 6, texts.VALUE, "raw"), _Field(7, 8, texts.MEASURE, "text"),
        _Field(9, 9, texts.RANK, "rank"), _Field(10, 10, texts.SHARE, "share"), _Field(11, 11, texts.SCORE, "score"),
        _Field(12, 12, texts.MEAN, "score"),
    ]  # fmt: skip
    page.row += 2
    page.section(texts.INDICATORS)
    page.row += 1
    page.header(fields)
    for row in indicators:
        page.row += 1
        value = f"$E${page.row}"
        share = f'IF(OR({value}="",{picked.kind}=0),"",IF({row["total"]}<=0,"",{value}/{row["total"]}))'
        measure = row["measure"]
        page.cells(fields, [row["name"], row["value"], measure, row["rank"], share, row["score"], row["mean"]])
    _notes(page, picked)


def _notes(page: _Page, picked: PickedUnit) -> None:
    """How indicators are chosen, and the note on the data: the page may be printed and passed on alone."""
    build, note = page.build, page.build.looks.note(wrap=True)
    page.row += 1
    page.put(1, _COLUMNS, texts.HOW.format(n=NAMED)[build.lang], note)
    page.sheet.set_row(page.row - 1, build.line * 3)
    page.row += 1
    page.formula(1, _COLUMNS, picked.note, note)
    source = str(build.contents.settings.get("source") or "")
    set_height(page.sheet, page.row - 1, build.line * max(2, fit.n_lines(source, _COLUMNS * _WIDTH)))


def _wholes(build: Build) -> list[int]:
    """For each ranking, the one whose units hold its units: in that one values add up to the whole."""
    own, units = schema.UNITS.keys, build.contents.units
    keys = list(build.contents.data)
    of = [schema.ranking_key(str(row[own.index("ranking")])) for row in units.rows]
    names = {key: {read_text(row[1]) for row, one in zip(units.rows, of, strict=True) if one == key} for key in keys}
    found = []
    for k, key in enumerate(keys):
        for j in range(len(schema.UNITS.columns), len(units.header)):
            groups = {read_text(row[j]) for row, one in zip(units.rows, of, strict=True) if one == key} - {""}
            holding = [i for i, other in enumerate(keys) if i != k and groups and groups <= names[other]]
            if holding:
                k = holding[0]
                break
        found.append(k)
    return found
