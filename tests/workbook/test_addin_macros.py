"""On which workbook the add-in's buttons act, and when its tab shows: its macros themselves run, in LibreOffice's Basic."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from xlsxwriter import Workbook

from bdindex_xl.workbook import macro_parts
from bdindex_xl.workbook.vba import Module, ModuleKind, Project, documents, module_from_bas, write_project
from tests.support import vba_platform
from tests.support.uno_engine.bridge import properties
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401

pytestmark = pytest.mark.slow

# In place of Excel: the workbook in front, what the user answers, and what is then called.
_PROBE = """Attribute VB_Name = "Probe"
Public front As Object
Public agrees As Boolean
Public chosen As String
Public asked As String
Public called As String
Public box As String

Function Tells(words) As String
    BdxTell CStr(words)
    Tells = asked & ">" & box
End Function

Function Asks() As String
    Click "check"
    Asks = box
End Function

Sub Bring(kind, tables)
    Set front = Nothing
    If kind = "none" Then Exit Sub
    Set front = New Book
    front.Fill kind, tables
End Sub

Sub Answers(yes, file)
    agrees = yes
    chosen = file
End Sub

Function Popup(question, seconds, title, style) As Long
    asked = question
    box = seconds & "|" & title & "|" & style
    Popup = IIf(agrees, 6, 7)
End Function

Function SaveAs(proposed, filter) As Variant
    If Len(chosen) = 0 Then SaveAs = False Else SaveAs = chosen
End Function

Function BdxMessage(key As String) As String
    BdxMessage = key
End Function

Sub BdxCall(action As String, book As Object, Optional file As Variant)
    called = action & "|"
    If Not IsMissing(file) Then called = called & file
    If book Is front Then called = called & "|front" Else called = called & "|add-in"
End Sub

Function Click(action) As String
    asked = ""
    called = ""
    BdxRun CStr(action)
    Click = asked & ">" & called
End Function

Function Shows() As Boolean
    Dim visible As Variant
    BdxAddinGetVisible Nothing, visible
    Shows = visible
End Function
"""
_BOOK = """Public Worksheets As Collection
Public HasVBProject As Boolean
Public ours As Boolean

Sub Fill(kind, tables)
    Dim page As Object
    Set Worksheets = New Collection
    HasVBProject = InStr(kind, "macros") > 0
    ours = InStr(kind, "index") > 0
    Set page = New Page
    page.Fill ""
    Worksheets.Add page
    Set page = New Page
    page.Fill tables
    Worksheets.Add page
End Sub

Function Names(name) As Object
    If Not ours Then Err.Raise 1004
    Set Names = Me
End Function
"""
_PAGE = """Public ListObjects As Collection

Sub Fill(tables)
    Dim item As Variant, table As Object
    Set ListObjects = New Collection
    If Len(tables) = 0 Then Exit Sub
    For Each item In Split(tables, ",")
        Set table = New Listed
        table.Name = item
        ListObjects.Add table
    Next item
End Sub
"""
_FOR_THE_PROBE = {
    "ActiveWorkbook": "front",
    "Application.GetSaveAsFilename": "SaveAs",
    "WScript.Popup": "Popup",
    " As Workbook": " As Object",
    " As Worksheet": " As Object",
    " As ListObject": " As Object",
    " As Name\n": " As Object\n",
    " As IRibbonControl": " As Object",
}
Run = Callable[..., Any]


def _made() -> bytes:
    """A workbook with what decides in the add-in, as Windows compiles it, and the probe in Excel's place."""
    actions = macro_parts.addin_source("BdxActions")
    run = re.search(r"^Public Sub BdxRun\(.*?^End Sub\n", actions, re.DOTALL | re.MULTILINE)
    messages = macro_parts.addin_source("BdxMessages")
    tell = re.search(r"^Public Sub BdxTell\(.*?^End Sub\n", messages, re.DOTALL | re.MULTILINE)
    assert run and tell
    texts = [macro_parts.addin_source("BdxBook"), macro_parts.addin_source("BdxAddin") + "\n" + run[0] + tell[0]]
    texts = [vba_platform.compiled(text, "win64") for text in texts]
    for words, instead in _FOR_THE_PROBE.items():
        assert words in "".join(texts)
        texts = [text.replace(words, instead) for text in texts]
    classes = {"Book": _BOOK, "Page": _PAGE, "Listed": "Public Name As String\n"}
    modules = [*map(module_from_bas, [*texts, _PROBE])]
    modules += [Module(name, text, ModuleKind.CLASS) for name, text in classes.items()]
    file = io.BytesIO()
    workbook = Workbook(file)
    workbook.add_worksheet()
    workbook.add_vba_project(io.BytesIO(write_project(Project((*documents(1), *modules)))), True)
    workbook.close()
    return file.getvalue()


@pytest.fixture
def run(excel: xw.App, tmp_path: Path) -> Iterator[Run]:
    """Calls a procedure of the probe."""
    (file := tmp_path / "probe.xlsm").write_bytes(_made())
    alive = properties(Hidden=True, MacroExecutionMode=4)
    document = excel.impl.session.desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, alive)

    def call(name: str, *arguments: Any) -> Any:
        address = f"vnd.sun.star.script:VBAProject.Probe.{name}?language=Basic&location=document"
        return document.getScriptProvider().getScript(address).invoke(arguments, (), ())[0]

    yield call
    document.close(True)


def test_buttons_act_on_the_index_workbook_in_front_and_lead_to_a_new_one_elsewhere(run: Run) -> None:
    run("Bring", "index", "mine,BDX_settings")
    assert run("Click", "check") == ">check||front"
    for kind, tables in (("none", ""), ("plain", ""), ("plain macros", "mine,my_bdx_table")):
        run("Bring", kind, tables)
        run("Answers", False, "")
        assert run("Click", "check") == "no_index>"
        run("Answers", True, "")  # and then no place
        assert run("Click", "check") == "no_index>"
        run("Answers", True, "C:\\新\\指数.xlsm")
        assert run("Click", "check") == "no_index>new|C:\\新\\指数.xlsm|add-in"


def test_what_macros_tell_and_ask_stands_before_excel(run: Run) -> None:
    # No window of Excel's owns the shell's box: unless it is that of the system, it opens behind.
    before, waits = 4096, 0  # vbSystemModal; for ever
    assert run("Tells", "综合指数") == f"综合指数>{waits}|title|{48 + before}"  # vbExclamation
    run("Bring", "none", "")
    assert run("Asks") == f"{waits}|title|{4 + 32 + before}"  # vbYesNo, vbQuestion


def test_the_tab_hides_only_beside_that_of_a_workbook_with_our_macros(run: Run) -> None:
    for kind, shows in (
        ("none", True),
        ("plain", True),
        ("plain macros", True),
        ("index", True),
        ("index macros", False),
    ):
        run("Bring", kind, "")
        assert run("Shows") is shows, kind
