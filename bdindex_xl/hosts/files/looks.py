"""What styles.xml says of how cells look: number formats and colours, of cells and of conditional formats.

Only what can make a value look like another, or like none: faces, borders and alignment are left alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .markup import Element, root_of, utf8
from .package import Package

# Formats that every program knows by number; dates are told from numbers by their letters.
_BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;-$#,##0", 6: "$#,##0;[Red]-$#,##0",
    7: "$#,##0.00;-$#,##0.00", 8: "$#,##0.00;[Red]-$#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ $* #,##0_ ;_ $* -#,##0_ ;_ $* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ $* #,##0.00_ ;_ $* -#,##0.00_ ;_ $* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_DATE = "yyyy/m/d"  # of the numbers that are left: dates in the language of the program
# A theme lists the dark text before the light background; cells count the other way round.
_THEME = (1, 0, 3, 2, *range(4, 12))
_PALETTE = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
_OF_BODY = ("wholeTable", "firstRowStripe", "secondRowStripe", "firstColumnStripe", "secondColumnStripe", "firstColumn")
_BLACK, _WHITE = (0.0, 0.0, 0.0), (255.0, 255.0, 255.0)
_READABLE = 4.0  # points
_ALIKE = 14.0  # steps of 255 in each of red, green and blue that no reader tells apart

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class CellLook:
    """Number format, colour of the text and of the cell; None where nothing is said, or nothing that is understood.

    `tiny` tells of letters too small to read.
    """

    number_format: str | None
    text: Rgb | None
    fill: Rgb | None
    tiny: bool = False

    def hides(self, below: CellLook | None = None) -> bool:
        """Whether text looks like the cell it stands in; `below` is the look where this one says nothing."""
        text = self.text or (below.text if below else None) or _BLACK
        fill = self.fill or (below.fill if below else None) or _WHITE
        return all(abs(a - b) <= _ALIKE for a, b in zip(text, fill, strict=True))


class FileLooks:
    """The looks of a workbook, each by its number."""

    def __init__(self, package: Package, styles: str | None, theme: str | None) -> None:
        self._root = root_of(utf8(package.read(styles), styles), styles, "styleSheet") if styles else None
        self._theme = _theme(package, theme) if theme else ()

    def _listed(self, name: str) -> Sequence[Element]:
        listed = self._root.find(name) if self._root is not None else None
        return listed.children if listed is not None else ()

    @cached_property
    def _formats(self) -> Mapping[str, str]:
        return {e.attributes.get("numFmtId", ""): e.attributes.get("formatCode", "") for e in self._listed("numFmts")}

    @cached_property
    def cells(self) -> tuple[CellLook, ...]:
        """Looks of cells."""
        fonts, fills = self._listed("fonts"), self._listed("fills")
        made = []
        for xf in self._listed("cellXfs"):
            font, fill = (_nth(some, xf.attributes.get(f"{kind}Id", "0")) for some, kind in
                          ((fonts, "font"), (fills, "fill")))  # fmt: skip
            code = self._format(xf.attributes.get("numFmtId", "0"))
            made.append(CellLook(code, self._text(font), self._fill(fill, solid="fgColor"), _is_tiny(font)))
        return tuple(made) or (CellLook("General", None, None),)

    @cached_property
    def conditional(self) -> tuple[CellLook, ...]:
        """Looks that conditions, tables and table styles bring."""
        return tuple(map(self.of_dxf, self._listed("dxfs")))

    def of_dxf(self, element: Element) -> CellLook:
        """The look of a dxf element, which extensions of a sheet hold themselves."""
        found = {child.tag.rpartition("}")[2]: child for child in element.children}
        number = found.get("numFmt")
        code = number.attributes.get("formatCode") if number is not None else None
        return CellLook(code, self._text(found.get("font")), self._fill(found.get("fill"), solid="bgColor"))

    @cached_property
    def tables(self) -> Mapping[str, tuple[int, ...]]:
        """Table styles of the workbook's own, each with the numbers of the looks of its rows and columns."""
        return {
            style.attributes.get("name", ""): tuple(
                int(e.attributes["dxfId"])
                for e in style.children
                if e.attributes.get("type") in _OF_BODY and e.attributes.get("dxfId", "").isdigit()
            )
            for style in self._listed("tableStyles")
        }

    def _format(self, number: str) -> str:
        known = self._formats.get(number)
        return known if known is not None else _BUILT_IN.get(int(number) if number.isdigit() else 0, _DATE)

    def _text(self, font: Element | None) -> Rgb | None:
        colour = font.find("color") if font is not None else None
        return self._colour(colour) if colour is not None else None

    def _fill(self, fill: Element | None, *, solid: str) -> Rgb | None:
        pattern = fill.find("patternFill") if fill is not None else None
        if pattern is None or pattern.attributes.get("patternType", "solid") != "solid":
            return None
        colour = pattern.find(solid) or pattern.find("fgColor")
        return self._colour(colour) if colour is not None else None

    def _colour(self, element: Element) -> Rgb | None:
        found = element.attributes
        rgb = found.get("rgb", "")[-6:]
        if (place := found.get("theme", "")).isdigit() and int(place) < len(_THEME) <= len(self._theme):
            rgb = self._theme[_THEME[int(place)]]
        elif (index := found.get("indexed", "")).isdigit() and int(index) < 2 * len(_PALETTE):
            rgb = _PALETTE[int(index) % len(_PALETTE)]
        try:
            red, green, blue = (float(int(rgb[k : k + 2], 16)) for k in (0, 2, 4))
            tint = float(found.get("tint", "0"))
        except ValueError:
            return None
        return _tinted(red, tint), _tinted(green, tint), _tinted(blue, tint)


def _is_tiny(font: Element | None) -> bool:
    size = font.find("sz") if font is not None else None
    return size is not None and size_of(size.attributes.get("val")) < _READABLE


def size_of(text: bytes | str | None) -> float:
    """A size as the file has it; infinity where it says none, or none that is a number."""
    try:
        return float(text) if text else math.inf
    except ValueError:
        return math.inf


def _tinted(value: float, tint: float) -> float:
    return value * (1 + tint) if tint < 0 else value + (255 - value) * tint


def _nth(elements: Sequence[Element], number: str) -> Element | None:
    return elements[int(number)] if number.isdigit() and int(number) < len(elements) else None


def _theme(package: Package, part: str) -> tuple[str, ...]:
    """The twelve colours of a theme, as the part lists them."""
    root = root_of(utf8(package.read(part), part), part, "{http://schemas.openxmlformats.org/drawingml/2006/main}theme")
    scheme = next((e for e in root.within() if e.tag.endswith("}clrScheme")), None)
    colours = (next(iter(e.children), None) for e in (scheme.children if scheme is not None else ()))
    return tuple((c.attributes.get("lastClr") or c.attributes.get("val", "")) if c else "" for c in colours)
