"""Charts of a workbook as a reader of its parts sees them: what they refer to, and what they keep of it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

from .looked_at import looked_at

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class Kept:
    """A reference of a chart, and what the chart keeps of it: None where there is nothing."""

    formula: str
    values: list[str | None]


@dataclass(frozen=True)
class ChartPart:
    """A chart, with the name and the description of its frame."""

    name: str
    description: str
    root: etree._Element

    @property
    def title(self) -> str:
        found = self.root.find(f"{C}chart/{C}title")
        return "" if found is None else "".join(found.itertext()).strip()

    @property
    def kinds(self) -> list[str]:
        area = self.root.find(f"{C}chart/{C}plotArea")
        return [etree.QName(one).localname for one in area if etree.QName(one).localname.endswith("Chart")]

    @property
    def series(self) -> list[etree._Element]:
        return list(self.root.iter(f"{C}ser"))

    def kept(self) -> Iterator[Kept]:
        """Every reference with its cache."""
        for kind in ("num", "str"):
            for reference in self.root.iter(f"{C}{kind}Ref"):
                cache = reference.find(f"{C}{kind}Cache")
                values: list[str | None] = [None] * int(cache.find(f"{C}ptCount").get("val"))
                for point in cache.findall(f"{C}pt"):
                    values[int(point.get("idx"))] = point.findtext(f"{C}v")
                yield Kept(reference.findtext(f"{C}f") or "", values)


def charts(book: bytes) -> list[ChartPart]:
    """All charts, in the order of their drawings."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    found = []
    drawings = [name for name in parts if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
    for drawing in sorted(drawings, key=lambda name: int(re.findall(r"\d+", name)[0])):
        relations = etree.fromstring(parts[drawing.replace("drawings/", "drawings/_rels/") + ".rels"])
        targets = {one.get("Id"): posixpath.normpath(f"xl/drawings/{one.get('Target')}") for one in relations}
        for frame in etree.fromstring(parts[drawing]).iter(f"{_XDR}graphicFrame"):
            own = frame.find(f"{_XDR}nvGraphicFramePr/{_XDR}cNvPr")
            target = targets[next(frame.iter(f"{C}chart")).get(f"{_R}id")]
            found.append(ChartPart(own.get("name"), own.get("descr") or "", etree.fromstring(parts[target])))
    return found


def calculated(book: bytes) -> Workbook:
    """The workbook with the values of its formulas."""
    return looked_at(book, values=True)


def cells_at(workbook: Workbook, formula: str) -> list[object]:
    """What stands in the cells that a chart refers to."""
    sheet, _, address = formula.rpartition("!")
    own = workbook[sheet.strip("'").replace("''", "'")]
    left, top, right, bottom = range_boundaries(address.replace("$", ""))
    return [own.cell(row, column).value for row in range(top, bottom + 1) for column in range(left, right + 1)]
