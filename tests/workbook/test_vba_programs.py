"""A workbook that carries a VBA project, judged by LibreOffice and by Microsoft's Open XML SDK."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from bdindex_xl.workbook import Macros, make
from bdindex_xl.workbook.vba import Module, ModuleKind, Project, documents, write_project
from tests.support import books, office

MAIN = 'Option Explicit\n\nPublic Sub Hello()\n    If 1 < 2 And True Then MsgBox "a & b" \' done\nEnd Sub\n'
LONG = "".join(f"' line {i}, of a module that takes several chunks\n" for i in range(2000)) + MAIN


def n_sheets(book: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return sum(bool(re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)) for name in package.namelist())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that fits the small workbook: a module for each of its sheets."""
    sources = {"ThisWorkbook": MAIN.replace("Hello", "Opened"), "Sheet2": MAIN.replace("Hello", "Changed")}
    count = n_sheets(books.small_book(tmp_path_factory.mktemp("plain")))
    return Project(
        (
            *documents(count, sources),
            Module("Main", MAIN),
            Module("Long_one", LONG),
            Module("Thing", MAIN, ModuleKind.CLASS),
        )
    )


@pytest.fixture(scope="module")
def book(project: Project, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make(books.contents(tmp_path_factory.mktemp("macros")), Macros(lambda _: write_project(project)))


def test_code_names_in_the_workbook_are_the_names_of_document_modules(project: Project, book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        workbook = package.read("xl/workbook.xml").decode()
        sheets = [package.read(f"xl/worksheets/sheet{i}.xml").decode() for i in range(1, n_sheets(book) + 1)]
    found = re.findall('<workbookPr[^>]* codeName="([^"]+)"', workbook)
    found += [name for sheet in sheets for name in re.findall('<sheetPr[^>]* codeName="([^"]+)"', sheet)]
    assert found == [module.name for module in project.modules if module.kind.is_document]


def test_the_open_xml_sdk_finds_no_fault(book: bytes) -> None:
    assert office.validation_errors(book, ".xlsm") == []


def test_libreoffice_loads_every_module_with_its_kind_and_code(project: Project, book: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(office.converted(book, ".xlsm", "ods"))) as package:
        names = [name for name in package.namelist() if name.startswith("Basic/VBAProject/")]
        found = {Path(name).stem: package.read(name).decode() for name in names if "script-lb" not in name}
    assert set(found) == {module.name for module in project.modules}
    for module in project.modules:
        kind = "document" if module.kind.is_document else {ModuleKind.CLASS: "class"}.get(module.kind, "normal")
        assert f'script:moduleType="{kind}"' in found[module.name]
        assert module.source.strip() in html.unescape(found[module.name])
