"""Whether charts keep what stands in their cells, as Excel writes it: a point for each cell that holds something."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import isclose

from lxml import etree
from openpyxl.utils.cell import get_column_letter, range_boundaries

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)")


@dataclass
class _Cells:
    """The cells of a workbook, by sheet and address."""

    package: zipfile.ZipFile

    @cached_property
    def sheets(self) -> dict[str, str]:
        relations = etree.fromstring(self.package.read("xl/_rels/workbook.xml.rels"))
        targets = {one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target"))) for one in relations}
        book = etree.fromstring(self.package.read("xl/workbook.xml"))
        return {one.get("name"): targets[one.get(_ID)].lstrip("/") for one in book.iter("{*}sheet")}

    @cached_property
    def texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.package.namelist():
            return []
        return ["".join(t.text or "" for t in one.iter("{*}t")) for one in
                etree.fromstring(self.package.read("xl/sharedStrings.xml"))]  # fmt: skip

    def __post_init__(self) -> None:
        self._read: dict[str, dict[str, tuple[str, str]]] = {}

    def at(self, sheet: str, address: str) -> tuple[str, str] | None:
        """Kind and text of what a cell holds; None for a blank one."""
        if sheet not in self._read:
            root = etree.fromstring(self.package.read(self.sheets[sheet]))
            self._read[sheet] = {cell.get("r"): self._held(cell) for cell in root.iter("{*}c") if len(cell)}
        return self._read[sheet].get(address)

    def _held(self, cell: etree._Element) -> tuple[str, str]:
        kind, text = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if kind == "inlineStr":
            return "text", "".join(t.text or "" for t in cell.iter("{*}t"))
        if kind in ("s", "str"):
            return "text", self.texts[int(text)] if kind == "s" else text
        return kind, text


def of_charts(book: bytes) -> Iterator[str]:
    """Every reference whose cache is not what its cells hold."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        cells = _Cells(package)
        for part in sorted(name for name in package.namelist() if re.fullmatch(r"xl/charts/chart[^/]*\.xml", name)):
            root = etree.fromstring(package.read(part))
            for reference in root.iter("{*}numRef", "{*}strRef"):
                formula, cache = reference.findtext("{*}f") or "", reference.find("{*}numCache")
                numbers = cache is not None
                cache = cache if numbers else reference.find("{*}strCache")
                if (found := _REFERENCE.fullmatch(formula)) is None or cache is None:
                    yield f"{part}: {formula} has no cache"
                    continue
                kept = {int(point.get("idx")): point.findtext("{*}v") or "" for point in cache.iter("{*}pt")}
                title = (found[1] or found[2]).replace("''", "'")
                held = [cells.at(title, address) for address in _addresses(found[3].replace("$", ""))]
                if int(cache.find("{*}ptCount").get("val")) != len(held):
                    yield f"{part}: {formula} has {len(held)} cells, its cache says otherwise"
                wrong = [i for i, cell in enumerate(held) if not _alike(cell, kept.pop(i, None), numbers)]
                if wrong or kept:
                    yield f"{part}: {formula} keeps something else than its cells at {wrong + sorted(kept)}"


def _addresses(area: str) -> list[str]:
    left, top, right, bottom = range_boundaries(area)
    return [f"{get_column_letter(j)}{i}" for i in range(top, bottom + 1) for j in range(left, right + 1)]


def _alike(cell: tuple[str, str] | None, kept: str | None, numbers: bool) -> bool:
    kind, text = cell or ("", "")
    if kind in ("", "text") and numbers:
        return kept is None or kept == text  # years as headers of a table are texts
    if not text:  # a blank label is none, whether a point says so or not
        return not kept
    return kept is not None and (isclose(float(kept), float(text), rel_tol=1e-14) if kind == "n" else kept == text)
