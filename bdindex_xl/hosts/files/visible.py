"""A workbook of which only some sheets, or rows of a sheet, are seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .markup import edited, removed, with_attribute
from .package import Package, packed
from .sheet_xml import SheetXml
from .workbook import Workbook


def showing_only(data: bytes, names: tuple[str, ...]) -> bytes:
    """The workbook file with every other sheet hidden; at least one of `names` must be a sheet of its own.

    Hidden sheets lose their print areas: LibreOffice prints those, seen or not.

    Raises FileRefused where the file is damaged.
    """
    package = Package(data)
    workbook = Workbook(package)
    listed = workbook.root.find("sheets")
    elements = list(listed.all("sheet")) if listed is not None else []
    shown = [element.attributes.get("name") in names for element in elements]
    edits = [
        with_attribute(workbook.data, element, "state", "visible" if seen else "hidden")
        for element, seen in zip(elements, shown, strict=True)
    ]
    first = str(shown.index(True))
    views = workbook.root.find("bookViews")
    for view in views.all("workbookView") if views is not None else ():
        edits += [with_attribute(workbook.data, view, name, first) for name in ("activeTab", "firstSheet")]
    hidden = {place for place, seen in enumerate(shown) if not seen}
    areas = (name for name in workbook.names if name.name == "_xlnm.Print_Area" and name.local in hidden)
    edits += [removed(name.element) for name in areas]
    package.replace({workbook.part: packed(edited(workbook.data, edits))})
    return package.to_bytes()


def with_rows_shown(data: bytes, part: str, shown: Mapping[int, bool]) -> bytes:
    """A sheet's XML with rows shown or hidden, by their numbers; a row with anything in it is never hidden."""
    sheet = SheetXml(data, part)
    pieces, at = [sheet.head], 0
    for row in sheet.numbered():
        if row.number in shown and (shown[row.number] or all(cell.empty for cell in sheet.cells(row))):
            attributes = _HIDDEN.sub(b"", row.attributes).rstrip()
            tag = row.start + len(f"<{sheet.patterns.prefix}row")
            hidden = b"" if shown[row.number] else b' hidden="1"'
            pieces += [sheet.data[at:tag], attributes, hidden]
            at = tag + len(row.attributes)
    return b"".join([*pieces, sheet.data[at:], sheet.tail])


_HIDDEN = re.compile(rb"""\s+hidden\s*=\s*(?:"[^"]*"|'[^']*')""")
