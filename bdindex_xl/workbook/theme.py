"""The workbook's theme: a few colours and one pair of faces per language. Cells refer to it, so a user may change it.

Faces are those that come with every Office since 2010 on Windows and macOS. In Excel a whole cell has one face, so in
the Chinese workbook the Latin face is the Chinese one too: digits and characters then look alike in every column.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from xlsxwriter.color import Color

from ..language import Lang


@dataclass(frozen=True, slots=True)
class Faces:
    """The body face, its size [points], and the East Asian face for text that the body face lacks."""

    latin: str
    east_asian: str
    size: float
    row_height: float  # of one line [points]


FACES: dict[Lang, Faces] = {
    "zh": Faces("Microsoft YaHei", "Microsoft YaHei", 10, 16.5),
    "en": Faces("Calibri", "Microsoft YaHei", 11, 15),
}

# Name in the theme, colour. Order and names are fixed by the file format.
COLOURS = {
    "dk2": "20344F",  # ink: headings
    "lt2": "FCF8EA",  # cream: cells to fill in
    "accent1": "2A5783",  # blue: headers, bars, what is entered
    "accent2": "A8361A",  # vermilion: faults, and one side of a rank change
    "accent3": "13846C",  # bluish green, lighter than the vermilion: the other side, told apart in grey too
    "accent4": "B58428",  # ochre: warnings, tabs of input sheets
    "accent5": "5A6B7E",  # slate: notes
    "accent6": "7C5C86",  # purple: one more colour of charts
    "hlink": "2A5783",
    "folHlink": "5A6B7E",
}


# Places of the theme's colours as a cell counts them, with XlsxWriter's steps of lightness.
WHITE = Color.theme(0, 0)
RULE = Color.theme(0, 2)
TEXT = Color.theme(1, 0)
CREAM = Color.theme(2, 0)
CREAM_RULE = Color.theme(2, 1)
INK = Color.theme(3, 0)
BLUE = Color.theme(4, 0)
BLUE_PALE = Color.theme(4, 1)
BLUE_LIGHT = Color.theme(4, 2)
VERMILION = Color.theme(5, 0)
VERMILION_PALE = Color.theme(5, 1)
GREEN = Color.theme(6, 0)
OCHRE = Color.theme(7, 0)
OCHRE_PALE = Color.theme(7, 1)
SLATE = Color.theme(8, 0)


def theme_xml(lang: Lang) -> str:
    """The theme part for workbooks in that language."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{rgb}"/></a:{name}>' for name, rgb in COLOURS.items())
    fonts = "".join(_font(kind, FACES[lang]) for kind in ("major", "minor"))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="BigDataIndex">'
        '<a:themeElements><a:clrScheme name="BigDataIndex">'
        '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>'
        '<a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>'
        f'{colours}</a:clrScheme><a:fontScheme name="BigDataIndex">{fonts}</a:fontScheme>{_EFFECTS}'
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _font(kind: str, faces: Faces) -> str:
    east_asian = quoteattr(faces.east_asian)
    return (
        f"<a:{kind}Font><a:latin typeface={quoteattr(faces.latin)}/><a:ea typeface={east_asian}/>"
        f'<a:cs typeface=""/><a:font script="Hans" typeface={east_asian}/></a:{kind}Font>'
    )


_SOLID = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINES = "".join(
    f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{_SOLID}<a:prstDash val="solid"/></a:ln>'
    for width in (6350, 12700, 19050)
)
# The format asks for three of each kind; plain ones keep shapes and charts flat.
_EFFECTS = (
    f'<a:fmtScheme name="BigDataIndex"><a:fillStyleLst>{_SOLID * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{_LINES}</a:lnStyleLst>"
    f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_SOLID * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
