"""Looks by role. Number formats come from the schema, colours and faces from the theme; nothing here knows a sheet."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.color import Color
from xlsxwriter.format import Format

from ..language import Lang
from ..sheets.roles import ROLES, TEXTUAL
from . import theme

TABLE_STYLE = "Table Style Medium 2"  # a column that a user adds gets a header like ours

TAB_INPUT, TAB_RESULT, TAB_CHECK, TAB_GUIDE = theme.OCHRE, theme.BLUE, theme.SLATE, theme.INK
BAR = theme.BLUE_PALE
# Correlations from a bound on, the strongest first; blue and orange are told apart by the colour-blind too.
HEAT = {0.9: "#92C5DE", 0.6: "#BCDCEB", 0.3: "#E4F1F7", -0.6: "#F4B183", -0.3: "#FBE3D3"}

# Roles whose values are text, even where they look like numbers.
_LEFT = TEXTUAL | {"value"}
_CENTRE = {"year", "rank", "previous rank", "rank change"}
_WRAPPED = {"long text", "value"}
_INDENTED = _LEFT | {"score"}  # a space between what is flush and the next column


class Looks:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook, lang: Lang) -> None:
        self._workbook = workbook
        self._size = theme.FACES[lang].size
        self._made: dict[frozenset[tuple[str, object]], Format] = {}

    def of(self, **properties: Any) -> Format:
        """The format with these properties; everything is centred vertically unless told otherwise."""
        properties = {"valign": "vcenter", **properties}
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    # --- headings

    def title(self, *, shrink: bool = False) -> Format:
        """A sheet's title, set smaller where it would not fit into its cell."""
        extra = {"shrink": True} if shrink else {}
        return self.of(font_scheme="major", font_size=self._size + 6, bold=True, font_color=theme.INK, **extra)

    def cover(self) -> Format:
        return self.of(font_scheme="major", font_size=self._size + 12, bold=True, font_color=theme.INK)

    def section(self) -> Format:
        return self.of(
            font_scheme="major", font_size=self._size + 2, bold=True, font_color=theme.BLUE, bottom=1,
            bottom_color=theme.BLUE, valign="bottom",
        )  # fmt: skip

    def note(self, *, wrap: bool = False) -> Format:
        extra = {"text_wrap": True, "valign": "top"} if wrap else {}
        return self.of(font_color=theme.SLATE, **extra)

    def band(self, *, starts: bool, shrink: bool = False) -> Format:
        """The row above a header that says to which aggregate columns belong; with `shrink` all fits the cell."""
        edge = {"left": 1, "left_color": theme.WHITE} if starts else {}
        fits = {"shrink": True} if shrink else {}
        return self.of(bold=True, font_color=theme.INK, bg_color=theme.BLUE_PALE, **edge, **fits)

    def header(self, role: str) -> Format:
        align = "left" if role in _LEFT else "center"
        return self.of(
            bold=True, font_color=theme.WHITE, bg_color=theme.BLUE, text_wrap=True, align=align, border=1,
            border_color=theme.WHITE, indent=1 if role in _LEFT else 0,
        )  # fmt: skip

    def caption(self) -> Format:
        """Small print above a column of data: code and measure."""
        return self.of(font_color=theme.SLATE, font_size=self._size - 2, text_wrap=True, align="center")

    def formula(self) -> Format:
        """A formula shown as text."""
        return self.of(font_color=theme.BLUE, font_size=self._size - 2, text_wrap=True, valign="top")

    def status(self, *, label: bool) -> Format:
        return self.of(bg_color=theme.BLUE_PALE, bold=label, text_wrap=True, indent=0 if label else 1)

    def link(self, colour: Color) -> Format:
        """The name of a sheet, with its tab's colour beside it."""
        return self.of(
            font_color=theme.BLUE, underline=1, left=5, left_color=colour, align="left", valign="top", indent=1
        )

    # --- cells of tables

    def cell(self, role: str, *, entered: bool, starts: bool = False, num_format: str = "", **extra: Any) -> Format:
        """A body cell. What a user enters is blue on cream; what is computed is black on white."""
        properties: dict[str, Any] = {
            "num_format": num_format or ROLES[role].number_format,
            "align": "left" if role in _LEFT else "center" if role in _CENTRE else "right",
            "bottom": 1,
            "bottom_color": theme.CREAM_RULE if entered else theme.RULE,
        }
        if role in _WRAPPED:
            properties["text_wrap"] = True
        if role in _INDENTED:
            properties["indent"] = 1
        if starts:
            properties |= {"left": 1, "left_color": theme.BLUE_LIGHT}
        if entered:
            properties |= {"font_color": theme.BLUE, "bg_color": theme.CREAM, "left": 1, "right": 1}
            properties |= {"left_color": theme.CREAM_RULE, "right_color": theme.CREAM_RULE}
        return self.of(**(properties | {name: value for name, value in extra.items() if value is not None}))

    # --- changes that conditions bring

    def red(self) -> Format:
        return self._condition(font_color=theme.VERMILION, bold=True)

    def green(self) -> Format:
        return self._condition(font_color=theme.GREEN, bold=True)

    def muted(self, **extra: Any) -> Format:
        return self._condition(font_color=theme.SLATE, **extra)

    def heat(self, colour: str) -> Format:
        return self._condition(bg_color=colour)

    def strong(self) -> Format:
        return self._condition(bold=True)

    def begins(self, **extra: Any) -> Format:
        """The first row of what belongs together, with a rule above."""
        return self._condition(top=1, top_color=theme.BLUE, **extra)

    def fault(self) -> Format:
        return self._condition(font_color=theme.VERMILION, bg_color=theme.VERMILION_PALE)

    def warning(self) -> Format:
        return self._condition(bg_color=theme.OCHRE_PALE)

    def _condition(self, **properties: Any) -> Format:
        # A conditional format changes only what it names: no alignment, no face.
        key = frozenset({"condition": True, **properties}.items())
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
