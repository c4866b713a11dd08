"""The shipped workbook with a VBA project and a configuration sheet of the test's choice, put in at zip level."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from bdindex_xl import __version__
from bdindex_xl.workbook.vba import Module, Project, documents, write_project

SHIPPED = Path(__file__).resolve().parents[2] / "workbook/BigDataIndex.xlsm"
UDFS = "bdindex_xl.hosts.excel.udfs"
SETTINGS: tuple[tuple[str, str], ...] = (
    ("UDF MODULES", UDFS),
    ("USE UDF SERVER", "True"),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "False"),
)
SETTINGS += (("PYTHONPATH", "%SystemRoot%"), ("DEBUG UDFS", "False"))
FUNCTIONS = ("BDINDEX_SCORE", "BDINDEX_RANK")

_VBA, _SHEET = "xl/vbaProject.bin", "xl/worksheets/sheet99.xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def modules(
    version: str = __version__, xlwings: str = "0.37.8", functions: Sequence[str] = FUNCTIONS
) -> tuple[Module, ...]:
    """The modules of a workbook that is ours."""
    wrappers = "\n".join(
        f'Public Function {name}(a)\n    {name} = XLPy.CallUDF("{UDFS}", "{name.lower()}", Array(a))\nEnd Function'
        for name in functions
    )
    return (
        Module("xlwings", f'Public Const XLWINGS_VERSION As String = "{xlwings}"'),
        Module("BdxVersion", f'Public Const BDX_VERSION As String = "{version}"'),
        Module("BdxFunctions", wrappers),
    )


def project(*more: Module, n_sheets: int = 2, sources: Mapping[str, str] | None = None, **parts: str) -> bytes:
    given: dict[str, str] = {key: parts[key] for key in ("version", "xlwings") if key in parts}
    functions = parts["functions"].split() if "functions" in parts else FUNCTIONS
    return write_project(Project((*documents(n_sheets, sources), *modules(functions=functions, **given), *more)))


def workbook(
    path: Path, vba: bytes | None, settings: Sequence[tuple[str, str]] | None = SETTINGS, template: Path = SHIPPED
) -> Path:
    """A copy of the shipped workbook with this project and these settings; without what is None."""
    with zipfile.ZipFile(template) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    types, related = parts["[Content_Types].xml"].decode(), parts["xl/_rels/workbook.xml.rels"].decode()
    book = parts["xl/workbook.xml"].decode()
    parts.pop(_VBA, None)
    types = re.sub(r"<(Override|Default)[^>]*vbaProject[^>]*/>", "", types)
    related = re.sub(r"<Relationship [^>]*vbaProject[^>]*/>", "", related)
    book = re.sub(r'<sheet name="xlwings\.conf"[^>]*/>', "", book)
    if vba is not None:
        parts[_VBA] = vba
        types = _added(
            types, '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        )
        kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        related = _added(related, f'<Relationship Id="rIdVba" Type="{kind}" Target="vbaProject.bin"/>')
    if settings is not None:
        parts[_SHEET] = _sheet(settings).encode()
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        types = _added(types, f'<Override PartName="/{_SHEET}" ContentType="{kind}"/>')
        related = _added(related, f'<Relationship Id="rIdConf" Type="{_OFFICE}/worksheet" Target="{_SHEET[3:]}"/>')
        book = book.replace("</sheets>", '<sheet name="xlwings.conf" sheetId="999" r:id="rIdConf"/></sheets>')
    parts |= {"[Content_Types].xml": types.encode(), "xl/_rels/workbook.xml.rels": related.encode()}
    parts["xl/workbook.xml"] = book.encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.getvalue())
    return path


def _added(text: str, element: str) -> str:
    place = text.rindex("</")
    return text[:place] + element + text[place:]


def _sheet(settings: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{letter}{n}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for letter, text in zip("AB", pair, strict=True)
        )
        + "</row>"
        for n, pair in enumerate(settings, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
