"""Modules: the text that a stream holds, sources and names that are refused, and files of the editor."""

from __future__ import annotations

import re

import pytest

from bdindex_xl.workbook.vba import Module, ModuleKind, documents, module_from_bas

HELLO = 'Sub helloworld()\nMsgBox "Hello, World"\nEnd Sub'
CLASS_FILE = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "Watcher"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = True
Attribute VB_Exposed = False
Attribute VB_Description = "Watches"
Option Explicit
Public WithEvents App As Application
"""


def test_documents_have_the_base_of_their_kind_and_are_predeclared() -> None:
    modules = (*documents(1), Module("Chart1", "", ModuleKind.CHARTSHEET), Module("C", "", ModuleKind.CLASS))
    for module, base in zip(modules, ("00020819", "00020820", "00020821", "FCFB3D2A"), strict=True):
        assert f'Attribute VB_Base = "0{{{base}-' in module.text
        document = module.kind.is_document
        assert f"Attribute VB_PredeclaredId = {document}\r\nAttribute VB_Exposed = {document}\r\n" in module.text


def test_documents_take_sources_by_code_name() -> None:
    workbook, sheet = documents(1, {"Sheet1": HELLO})
    assert (workbook.source, sheet.source) == ("", HELLO)
    with pytest.raises(
        ValueError, match="expected sources of ThisWorkbook and Sheet1 to Sheet1, found Sheet2, Tabelle"
    ):
        documents(1, {"Tabelle": "", "Sheet2": ""})


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_line_ends_become_cr_lf_and_the_last_line_has_one(end: str) -> None:
    for source in (f"A{end}{end}B", f"A{end}{end}B{end}"):
        assert Module("M", source).text == 'Attribute VB_Name = "M"\r\nA\r\n\r\nB\r\n'


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("Sub A()\n' caf\xe9\nEnd Sub", "M:2: expected ASCII, found 'é' (U+00E9)"),
        ("\r\n\r\r中", "M:4: expected ASCII, found '中' (U+4E2D)"),
        ("A\0", "M:1: expected ASCII, found '\\x00' (U+0000)"),
        ("A\n\x0cB", "M:2: expected ASCII, found '\\x0c' (U+000C)"),
        ("A\n" + "x" * 1024, "M:2: expected at most 1023 characters, found 1024"),
        ('Attribute VB_Name = "M"', "M:1: expected code, found the header of an exported file: use module_from_bas"),
    ],
)
def test_a_source_that_excel_would_misread_is_refused_with_module_and_line(source: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Module("M", source)


@pytest.mark.parametrize("name", ["", "1st", "_A", "a-b", "a b", "模块", "x" * 32, "M\n"])
def test_a_name_that_is_no_identifier_is_refused(name: str) -> None:
    message = f"expected a module name of 1 to 31 letters, digits and _, a letter first, found {name!r}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        Module(name)


@pytest.mark.parametrize("name", ["Sub", "end", "STRING", "Me"])
def test_a_word_of_the_language_is_no_name(name: str) -> None:
    with pytest.raises(ValueError, match=f"^expected a module name that is no word of the language, found '{name}'$"):
        Module(name)


def test_a_bas_file_gives_name_and_code() -> None:
    text = (
        'Attribute VB_Name = "Main"\r\nAttribute VB_Description = "x"\r\n\r\nOption Explicit\r\nSub A()\r\nEnd Sub\r\n'
    )
    module = module_from_bas(text)
    assert (module.name, module.kind) == ("Main", ModuleKind.STANDARD)
    assert module.text == text
    assert module_from_bas("\ufeff" + text) == module


def test_attributes_of_procedures_stay_where_they_are() -> None:
    text = 'Attribute VB_Name = "M"\r\nSub A()\r\nAttribute A.VB_Description = "does"\r\nEnd Sub\r\n'
    assert module_from_bas(text).text == text


def test_a_class_file_keeps_its_attributes_in_the_order_of_excel() -> None:
    module = module_from_bas(CLASS_FILE)
    assert (module.name, module.kind) == ("Watcher", ModuleKind.CLASS)
    assert module.text.split("\r\n") == [
        'Attribute VB_Name = "Watcher"',
        'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"',
        "Attribute VB_GlobalNameSpace = False",
        "Attribute VB_Creatable = False",
        "Attribute VB_PredeclaredId = True",
        "Attribute VB_Exposed = False",
        "Attribute VB_TemplateDerived = False",
        "Attribute VB_Customizable = False",
        'Attribute VB_Description = "Watches"',
        "Option Explicit",
        "Public WithEvents App As Application",
        "",
    ]


def test_the_text_of_any_module_gives_the_module_back() -> None:
    for module in (*documents(1, {"ThisWorkbook": HELLO}), module_from_bas(CLASS_FILE), Module("M", HELLO)):
        again = module_from_bas(module.text)
        assert (again.name, again.kind, again.text) == (module.name, module.kind, module.text)


def test_an_exported_workbook_module_is_what_the_caller_says() -> None:
    text = CLASS_FILE.replace("Watcher", "ThisWorkbook").replace("VB_Exposed = False", "VB_Exposed = True")
    assert module_from_bas(text).kind is ModuleKind.CLASS
    header = Module("ThisWorkbook", "", ModuleKind.WORKBOOK).text
    assert module_from_bas(text, ModuleKind.WORKBOOK).text.startswith(
        header + 'Attribute VB_Description = "Watches"\r\n'
    )
    with pytest.raises(ValueError, match=r"^ThisWorkbook: expected VB_Exposed = True, found False$"):
        module_from_bas(text.replace("VB_Exposed = True", "VB_Exposed = False"), ModuleKind.WORKBOOK)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Sub A()\nEnd Sub", "expected a module that begins with Attribute VB_Name = \"…\", found 'Sub A()'"),
        ("VERSION 5.00\nBegin {C62A69F0} F\nEnd", "expected a standard or class module, found 'VERSION 5.00'"),
        (
            'Attribute VB_Name = "F"\nAttribute VB_Base = "0{842E9C5E}"\n',
            'F: expected the VB_Base of a workbook, sheet or class, found "0{842E9C5E}"',
        ),
        (CLASS_FILE + "' é\n", "Watcher:13: expected ASCII, found 'é' (U+00E9)"),
    ],
)
def test_a_file_that_is_no_module_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        module_from_bas(text)


def test_an_attribute_cannot_smuggle_a_line_or_a_name_in() -> None:
    for attribute in (("VB_Description", '"a"\nSub X()'), ("VB_Description", '"é"'), ("Option", "Explicit")):
        with pytest.raises(ValueError, match=r"^M: expected an attribute of the header, found "):
            Module("M", attributes=(attribute,))
    with pytest.raises(ValueError, match=r'^M: expected VB_Name = "M", found "N"$'):
        Module("M", attributes=(("VB_Name", '"N"'),))
