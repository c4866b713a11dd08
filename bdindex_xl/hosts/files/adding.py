"""A sheet of our own added to a package, with defined names: every other part stays as it is but for the lists."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ...sheets.book import column_letters
from .markup import Edit, edited, escaped, prefix, removed, root_of, utf8
from .package import Package, packed
from .relations import CONTENT_TYPES, relations_part
from .render import Renderer
from .workbook import Workbook

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTH = '<col min="{j}" max="{j}" width="{width:g}" customWidth="1"/>'
_TIME = (2024, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column of the new sheet: width [characters], and cells by row, each with the number of its look."""

    width: float
    cells: Mapping[int, tuple[object, str]]


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to add: columns from the first on; rows up to `frozen` stay in view."""

    name: str
    columns: Sequence[NewColumn]
    frozen: int


def with_names(data: bytes, names: Mapping[str, str]) -> bytes:
    """The workbook file with these defined names in place of any so called. Raises FileRefused."""
    package = Package(data)
    workbook = Workbook(package)
    package.replace({workbook.part: packed(edited(workbook.data, _name_edits(workbook, names)))})
    return package.to_bytes()


def with_sheet(data: bytes, sheet: NewSheet, names: Mapping[str, str]) -> bytes:
    """The workbook file with one more sheet at its end, and these defined names in place of any so called.

    Raises FileRefused where the file is damaged, ValueError where it has a sheet of that name.
    """
    package = Package(data)
    workbook = Workbook(package)
    if sheet.name.casefold() in {known.name.casefold() for known in workbook.sheets}:
        raise ValueError(f"expected a new name, found the sheet {sheet.name!r}")
    part = _free_part(package)
    where = relations_part(workbook.part)
    related = utf8(package.read(where), where)
    used = set(re.findall(rb'Id="([^"]*)"', related))
    relation = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}".encode() not in used)
    target = "/" + part
    link = f'<Relationship Id="{relation}" Type="{_SHEET_RELATION}" Target="{target}"/>'
    types = utf8(package.read(CONTENT_TYPES), CONTENT_TYPES)
    override = f'<Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>'
    package.replace(
        {
            workbook.part: packed(
                edited(workbook.data, [_sheet_edit(workbook, sheet.name, relation), *_name_edits(workbook, names)])
            ),
            where: packed(_appended(related, where, "Relationships", link)),
            CONTENT_TYPES: packed(_appended(types, CONTENT_TYPES, "Types", override)),
        }
    )
    file = io.BytesIO(package.to_bytes())
    with zipfile.ZipFile(file, "a") as archive:
        entry = zipfile.ZipInfo(part, _TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, _sheet_xml(sheet, since_1904=workbook.since_1904), compresslevel=9)
    return file.getvalue()


def _free_part(package: Package) -> str:
    n = 1
    while f"xl/worksheets/sheet{n}.xml" in package:
        n += 1
    return f"xl/worksheets/sheet{n}.xml"


def _appended(data: bytes, part: str, root: str, text: str) -> bytes:
    element = root_of(data, part, root)
    at = element.close
    return edited(data, [Edit(at, at, f"{_within(data, element, text)}".encode())])


def _within(data: bytes, element: object, text: str) -> str:
    p = prefix(data, element)  # type: ignore[arg-type]
    return text.replace("<", f"<{p}", 1)


def _sheet_edit(workbook: Workbook, name: str, relation: str) -> Edit:
    sheets = workbook.root.find("sheets")
    assert sheets is not None
    ids = [int(e.attributes.get("sheetId", "0")) for e in sheets.all("sheet")]
    p = prefix(workbook.data, workbook.root)
    r = _relation_prefix(workbook.data)
    tag = f'<{p}sheet name="{escaped(name).replace(chr(34), "&quot;")}" sheetId="{max(ids) + 1}" {r}id="{relation}"/>'
    return Edit(sheets.close, sheets.close, tag.encode())


def _name_edits(workbook: Workbook, names: Mapping[str, str]) -> list[Edit]:
    if not names:
        return []
    root, p = workbook.root, prefix(workbook.data, workbook.root)
    ours = {key.casefold() for key in names}
    edits = [removed(n.element) for n in workbook.names if n.local is None and n.name.casefold() in ours]
    defined = "".join(f'<{p}definedName name="{key}">{escaped(text)}</{p}definedName>' for key, text in names.items())
    known = root.find("definedNames")
    if known is not None:
        return [*edits, Edit(known.close, known.close, defined.encode())]
    before = [child for child in root.children if child.tag in ("sheets", "functionGroups", "externalReferences")]
    at = max(child.end for child in before)
    return [Edit(at, at, f"<{p}definedNames>{defined}</{p}definedNames>".encode())]


def _relation_prefix(data: bytes) -> str:
    found = re.search(rb'xmlns:([\w.-]+)="[^"]*/officeDocument/(?:2006/)?relationships"', data)
    return f"{found[1].decode()}:" if found else "r:"


def _sheet_xml(sheet: NewSheet, *, since_1904: bool) -> bytes:
    renderer = Renderer("", since_1904=since_1904)
    rows: dict[int, list[str]] = {}
    for j, column in enumerate(sheet.columns, 1):
        letters = column_letters(j)
        for row, (value, look) in column.cells.items():
            style = f' s="{look}"' if look else ""
            rows.setdefault(row, []).append(f'<c r="{letters}{row}"{style}{renderer.tail(value)}')
    widths = "".join(
        f'<col min="{j}" max="{j}" width="{column.width:g}" customWidth="1"/>'
        for j, column in enumerate(sheet.columns, 1)
    )
    pane = (
        f'<pane ySplit="{sheet.frozen}" topLeftCell="A{sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/>'
    )
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            f'<worksheet xmlns="{_MAIN}"><sheetViews>',
            f'<sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView>',
            f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>',
            *_row_tags(rows),
            "</sheetData></worksheet>",
        )
    ).encode()


def _row_tags(rows: Mapping[int, list[str]]) -> Iterable[str]:
    for row in sorted(rows):
        yield f'<row r="{row}">'
        yield from rows[row]
        yield "</row>"
