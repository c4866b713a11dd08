"""A sheet of our own added to a package, with defined names: every other part stays as it is but for the lists."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ...hosts.files.markup import Edit, Element, edited, escaped, prefix, removed, root_of, utf8
from ...hosts.files.package import Package, packed
from ...hosts.files.relations import CONTENT_TYPES, relations_part
from ...hosts.files.render import Renderer, in_rows, opening
from ...hosts.files.workbook import Workbook
from ...sheets.book import Value

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_RELATION = f"{_RELATIONSHIPS}/worksheet"
_DECLARED = re.compile(rb"""xmlns:([\w.-]+)\s*=\s*(["'])([^"']*/officeDocument/(?:2006/)?relationships)\2""")
_LAST_ID = 65534  # of sheets, as Excel counts them
_LEVEL = 5  # of compression: a copy goes by e-mail; level 6 takes 1.7 times as long for 4 % less
_SCALE = 60  # of the print [%]


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column of the new sheet: width [characters], cells by row, each with the number of its look, and under all of
    these a run of cells of one look from the row `first` on."""

    width: float
    cells: Mapping[int, tuple[Value, str]]
    first: int = 1
    run: Sequence[Value] = ()
    look: str = ""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to add: columns from the first on. Rows up to `frozen` stay in view and head every page. A page ends
    after each of `breaks`, columns counted from 1, and has the text `footer` at its foot.
    `merged` are addresses of cells that are one, `heights` those of rows [points] that are not of the usual height."""

    name: str
    columns: Sequence[NewColumn]
    frozen: int
    breaks: Sequence[int] = ()
    footer: str = ""
    merged: Sequence[str] = ()
    heights: Mapping[int, float] = field(default_factory=dict)


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
                edited(
                    workbook.data, [_sheet_edit(workbook, sheet.name, relation), *_name_edits(workbook, names, sheet)]
                )
            ),
            where: packed(_appended(related, where, "Relationships", link)),
            CONTENT_TYPES: packed(_appended(types, CONTENT_TYPES, "Types", override)),
        }
    )
    file = io.BytesIO(package.to_bytes())
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
        archive.open(part, "w") as written,
    ):
        for text in _sheet_xml(sheet, since_1904=workbook.since_1904):
            written.write(text.encode())
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


def _within(data: bytes, element: Element, text: str) -> str:
    p = prefix(data, element)
    return text.replace("<", f"<{p}", 1)


def _sheet_edit(workbook: Workbook, name: str, relation: str) -> Edit:
    sheets = workbook.root.find("sheets")
    assert sheets is not None
    texts = [e.attributes.get("sheetId", "") for e in sheets.all("sheet")]
    # What is no id of a sheet is left alone: programs give such a sheet another when they open the file.
    ids = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_ID))]
    free = next(n for n in range(max((n for n in ids if n < _LAST_ID), default=0) + 1, _LAST_ID + 1) if n not in ids)
    p = prefix(workbook.data, workbook.root)
    tag = f'<{p}sheet name="{escaped(name)}" sheetId="{free}" {_relation(workbook, relation)}/>'
    return Edit(sheets.close, sheets.close, tag.encode())


def _name_edits(workbook: Workbook, names: Mapping[str, str], sheet: NewSheet | None = None) -> list[Edit]:
    if not names and sheet is None:
        return []
    root, p = workbook.root, prefix(workbook.data, workbook.root)
    ours = {key.casefold() for key in names}
    edits = [removed(n.element) for n in workbook.names if n.local is None and n.name.casefold() in ours]
    defined = "".join(f'<{p}definedName name="{key}">{escaped(text)}</{p}definedName>' for key, text in names.items())
    if sheet is not None:
        defined += f'<{p}definedName name="_xlnm.Print_Titles" localSheetId="{len(workbook.sheets)}">'
        defined += f"{escaped(_titles(sheet))}</{p}definedName>"
    known = root.find("definedNames")
    if known is not None:
        return [*edits, Edit(known.close, known.close, defined.encode())]
    before = [child for child in root.children if child.tag in ("sheets", "functionGroups", "externalReferences")]
    at = max(child.end for child in before)
    return [Edit(at, at, f"<{p}definedNames>{defined}</{p}definedNames>".encode())]


def _titles(sheet: NewSheet) -> str:
    """Rows that are printed on every page. No columns: what stands in a row differs from block to block."""
    quoted = "'" + sheet.name.replace("'", "''") + "'"
    return f"{quoted}!$1:${sheet.frozen}"


def _relation(workbook: Workbook, relation: str) -> str:
    """The attribute that leads to a part: by the prefix of the root, which is in force wherever it is declared there,
    else by one that it declares itself, as programs do that declare it on every sheet."""
    root = workbook.root
    found = _DECLARED.search(workbook.data, root.start, root.inner)
    if found:
        return f'{found[1].decode()}:id="{relation}"'
    anywhere = _DECLARED.search(workbook.data)
    return f'xmlns:r="{anywhere[3].decode() if anywhere else _RELATIONSHIPS}" r:id="{relation}"'


def _sheet_xml(sheet: NewSheet, *, since_1904: bool) -> Iterator[str]:
    """The part, piece by piece, as it is long."""
    rows = _rows(sheet, Renderer("", since_1904=since_1904))
    widths = "".join(
        f'<col min="{j}" max="{j}" width="{column.width:g}" customWidth="1"/>'
        for j, column in enumerate(sheet.columns, 1)
    )
    pane = (
        f'<pane ySplit="{sheet.frozen}" topLeftCell="A{sheet.frozen + 1}" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/>'
    )
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews>'
    yield f'<sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView>'
    yield f'</sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    for row in sorted(rows):
        height = f' ht="{sheet.heights[row]:g}" customHeight="1"' if row in sheet.heights else ""
        yield f'<row r="{row}"{height}>{"".join(rows[row])}</row>'
    yield f"</sheetData>{_merged(sheet)}{_print_setup(sheet)}</worksheet>"


def _rows(sheet: NewSheet, renderer: Renderer) -> dict[int, list[str]]:
    """Cells by row. Columns beside each other whose runs stand in the same rows are written together."""
    rows: dict[int, list[str]] = defaultdict(list)
    columns = list(enumerate(sheet.columns, 1))
    for j, column in columns:
        for row, (value, look) in column.cells.items():
            rows[row].append(opening("", j, look.encode(), row) + renderer.tail(value))
    for (first, n), beside in groupby(columns, lambda one: (one[1].first, len(one[1].run))):
        cells, values = "", []
        for j, column in beside:
            shape, made = renderer.column(column.run, 0, n)
            cells += opening("", j, column.look.encode(), "\0") + shape
            values.append(made)
        for row, text in enumerate(in_rows(cells, zip(*values, strict=True), first), first):
            rows[row].append(text)
    return rows


def _merged(sheet: NewSheet) -> str:
    cells = "".join(f'<mergeCell ref="{address}"/>' for address in sheet.merged)
    return f'<mergeCells count="{len(sheet.merged)}">{cells}</mergeCells>' if cells else ""


def _print_setup(sheet: NewSheet) -> str:
    """A4 across, small, since steps are many; with page breaks where the caller has them."""
    breaks = "".join(f'<brk id="{column}" max="1048575" man="1"/>' for column in sheet.breaks)
    n = len(sheet.breaks)
    footer = f"<headerFooter><oddFooter>{escaped(sheet.footer)}</oddFooter></headerFooter>" if sheet.footer else ""
    return "".join(
        (
            '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            f'<pageSetup paperSize="9" scale="{_SCALE}" orientation="landscape"/>{footer}',
            f'<colBreaks count="{n}" manualBreakCount="{n}">{breaks}</colBreaks>' if breaks else "",
        )
    )
