"""Looks of charts: faces follow the theme, colours too where it has them; what is told apart is so without colour."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.color import Color

from ...sheets.layout import one_line
from .. import theme
from ..cell_writing import cut
from .block import Cells
from .colours import HEAT_OF_CELLS, SERIES, is_dark, of_theme

WIDTH = 1088  # pixels of a chart
MOST_SERIES = 255  # of a chart
LONGEST_TITLE = 255  # characters that Excel keeps of a title
SMALL, USUAL, LARGE = 8, 9, 12  # points

HEAT = dict(zip(("min_color", "mid_color", "max_color"), (f"#{one}" for one in HEAT_OF_CELLS), strict=True))
_MARKERS = ("circle", "square", "triangle", "diamond")


@dataclass(frozen=True, slots=True)
class Ink:
    """Makes charts of a workbook; `spelt` are the names that number formats of its cells spell."""

    workbook: Workbook
    spelt: set[str] = field(default_factory=set)

    def chart(self, kind: str, subtype: str = "") -> Chart:
        """A chart without a title, on which missing values are gaps."""
        options = {"type": kind} | ({"subtype": subtype} if subtype else {})
        chart = self.workbook.add_chart(options)
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"color": theme.RULE}})
        chart.show_hidden_data()
        return chart


def series(values: Cells, categories: Cells | None, name: list[Any] | str, **look: Any) -> dict[str, Any]:
    """A series as XlsxWriter takes it."""
    made: dict[str, Any] = {"name": name, "values": values.place, "values_data": values.data}
    if categories is not None:
        made |= {"categories": categories.place, "categories_data": categories.data}
    return made | look


def title(chart: Chart, text: str) -> None:
    """The title as text, cut to what Excel keeps."""
    titled(chart, plain(text, LONGEST_TITLE))


def plain(text: str, limit: int) -> str:
    """A text on one line, cut, that XlsxWriter does not take for the address of a cell.

    >>> plain("=Go!A1", 20), plain("Up! Yes", 5)
    ('=Go! A1', 'Up! …')
    """
    return cut(_ADDRESS.sub("! ", one_line(text)), limit)


_ADDRESS = re.compile(r"!(?=\$?[A-Z]+\$?\d)")


def titled(chart: Chart, name: str) -> None:
    """The title, or the reference to a cell that holds it."""
    chart.set_title({"name": name, "overlay": False, "name_font": font(LARGE, theme.INK) | {"bold": True}})


def font(size: float = USUAL, colour: Color | str = theme.TEXT) -> dict[str, Any]:
    return {"size": size, "color": colour}


def colour(k: int) -> Color | str:
    """Of the k-th series."""
    return of_theme(SERIES[k % len(SERIES)])


def on(k: int) -> Color:
    """Of text on the k-th series."""
    return theme.WHITE if reads_on_white(k) else theme.TEXT


def reads_on_white(k: int) -> bool:
    """Whether text of the k-th series' colour can be read."""
    return is_dark(SERIES[k % len(SERIES)])


def marker(k: int, size: int = 6) -> dict[str, Any]:
    """Of the k-th series."""
    shown = colour(k)
    return {
        "type": _MARKERS[k % len(_MARKERS)], "size": size, "fill": {"color": shown},
        "border": {"color": theme.WHITE, "width": 0.5},
    }  # fmt: skip


def line(k: int, width: float = 2.0) -> dict[str, Any]:
    """Of the k-th series: dashed where the colours have been used up."""
    return {"color": colour(k), "width": width} | ({"dash_type": "dash"} if k >= len(SERIES) else {})


NO_MARK: dict[str, Any] = {"line": {"none": True}, "marker": {"type": "none"}}
HIDDEN: dict[str, Any] = {"visible": False, "major_gridlines": {"visible": False}}
GRID = {"visible": True, "line": {"color": theme.RULE, "width": 0.5}}


def legend(chart: Chart, position: str = "bottom", without: list[int] | None = None) -> None:
    """A legend, without the series that only carry labels."""
    chart.set_legend({"position": position, "font": font(), "delete_series": without or []})


def axis(name: str = "", *, grid: bool = False, **options: Any) -> dict[str, Any]:
    """An axis with its name, on a thin line."""
    made: dict[str, Any] = {
        "num_font": font(), "line": {"color": theme.RULE}, "major_tick_mark": "none", "minor_tick_mark": "none",
        "major_gridlines": GRID if grid else {"visible": False},
    }  # fmt: skip
    if name:
        made |= {"name": plain(name, _LONGEST_NAME), "name_font": font(USUAL, theme.SLATE) | {"bold": False}}
    return made | options


_LONGEST_NAME = 60  # characters of an axis's name
