"""What cells and buttons do where Python does not start: the macros themselves run, in LibreOffice's Basic."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from bdindex_xl.workbook import configuration, macro_parts
from bdindex_xl.workbook.build import Build
from bdindex_xl.workbook.finished_file import begun
from bdindex_xl.workbook.sheet_names import SheetNames
from bdindex_xl.workbook.styles import Looks
from bdindex_xl.workbook.vba import Module, ModuleKind, Project, documents, module_from_bas, write_project
from tests.support import vba_platform
from tests.support.uno_engine.bridge import properties
from tests.support.uno_engine.fixtures import excel_fixture  # noqa: F401
from tests.workbook import making

# In xlwings' place: a way to Python that counts how often it is taken, and fails with the words that it is given.
_PROBE = """Attribute VB_Name = "Probe"
Public asked As Long
Public words As String
Public safe As String
Public BDX_REMEMBERED As Long
Public profile As String
Public kept As Boolean
Public safe_path As String

Function XLPy() As Object
    asked = asked + 1
    safe = safe_path
    If Len(words) > 0 Then Err.Raise 1000, "xlwings", words
    Set XLPy = New Python
End Function

Function WScript() As Object
    Set WScript = Nothing
End Function

Sub Fail(text)
    words = text
End Sub

Sub Remember(seconds)
    BDX_REMEMBERED = seconds
End Sub

Sub Live(folder)
    profile = folder
End Sub

Function Surroundings(name As String) As String
    Surroundings = profile
End Function

Function Asks() As Long
    Asks = asked
End Function

Function Safes() As String
    Safes = safe & "|" & safe_path
End Function

Function Cell() As String
    On Error GoTo failed
    Cell = BdxPy().Answer
    Exit Function
failed:
    Cell = BdxExplain(Err.Description)
End Function

Function Told(text) As String
    Told = BdxExplain(CStr(text))
End Function

Sub Ask(answer)
    kept = answer
    BdxAskWhatIsKept ThisWorkbook
End Sub

Function Offers(button As String) As Boolean
    Dim control As New Control, shown As Variant
    control.Tag = button
    BdxGetEnabled control, shown
    Offers = shown
End Function

Sub Button()
    BdxForget
End Sub
"""
_PYTHON = (
    'Function Answer() As String\n    Answer = "computed"\nEnd Function\n'
    "Function Eval(text As String) As Boolean\n    Eval = Probe.kept\nEnd Function\n"
    "Function Var(value As Boolean) As Boolean\n    Var = value\nEnd Function\n"
)
_CLASSES = {"Python": _PYTHON, "Control": "Public Tag As String\n"}
# What the probe is to decide or to see: how long a failure is remembered, what the folder of the user is called, and a
# variable of the environment, which Basic has no object for.
_FOR_THE_PROBE = {
    "Private Const BDX_REMEMBERED As Long = 300 ' seconds\n": "",
    "Environ(": "Surroundings(",
    "As IRibbonControl": "As Object",
    "As IRibbonUI": "As Object",
    'variables.Item("PYTHONSAFEPATH")': "safe_path",
    'variables.Remove "PYTHONSAFEPATH"': 'safe_path = ""',
}
Run = Callable[..., Any]


def _made(system: str) -> bytes:
    """The configuration sheet with our modules as this system compiles them, and the probe in place of xlwings."""
    sources = [macro_parts.source(name) for name in ("BdxPython", "BdxMessages", "BdxFunctions", "BdxRibbon")]
    texts = [vba_platform.compiled(source, system) for source in (*sources, _PROBE)]
    for words, instead in _FOR_THE_PROBE.items():
        assert words in "".join(texts) or system == "mac"
        texts = [text.replace(words, instead) for text in texts]
    classes = [Module(name, text, ModuleKind.CLASS) for name, text in _CLASSES.items()]
    project = write_project(Project((*documents(1), *map(module_from_bas, texts), *classes)))
    file = io.BytesIO()
    workbook = begun(file, "configuration", "en")
    contents = making.contents("en")
    configuration.write(Build(workbook, contents, Looks(workbook, "en"), SheetNames(contents.data, "en")))
    workbook.worksheets()[0].set_vba_name("Sheet1")
    workbook.set_vba_name("ThisWorkbook")
    workbook.add_vba_project(io.BytesIO(project), True)
    workbook.close()
    return file.getvalue()


@pytest.fixture
def opened(excel: xw.App, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Opens a workbook of a system, with its macros alive, and gives what calls a function of a module."""
    session, documents_open = excel.impl.session, []

    def open_book(system: str = "win64") -> Run:
        file = tmp_path / f"{system}.xlsm"
        file.write_bytes(_made(system))
        document = session.desktop.loadComponentFromURL(
            file.as_uri(), "_blank", 0, properties(Hidden=True, MacroExecutionMode=4)
        )
        documents_open.append(document)
        provider = document.getScriptProvider()

        def run(name: str, *arguments: Any, module: str = "Probe") -> Any:
            address = f"vnd.sun.star.script:VBAProject.{module}.{name}?language=Basic&location=document"
            return provider.getScript(address).invoke(arguments, (), ())[0]

        return run

    yield open_book
    for document in documents_open:
        document.close(True)


def message(key: str) -> str:
    return configuration.MESSAGES[key].en


def test_a_cell_fails_once_and_the_others_are_told_at_once(opened: Callable[..., Run]) -> None:
    run = opened()
    run("Remember", 300)
    run("Fail", "Could not activate Python COM server, hr = -2147221164")
    assert run("Cell") == message("no_python")
    assert run("Safes") == "1|"  # while Python starts it takes no code from where Excel is; after that all is as it was
    assert [run("Cell") for _ in range(12)] == [message("no_python")] * 12
    assert run("Asks") == 1
    run("Fail", "")
    assert run("Cell") == message("no_python")
    run("Button")
    assert [run("Cell"), run("Cell")] == ["computed", "computed"]
    assert run("Asks") == 3 and run("Safes") == "|"


def test_after_some_minutes_cells_try_again(opened: Callable[..., Run]) -> None:
    run = opened()
    run("Remember", 0)
    run("Fail", "Python process exited before it was possible to create the interface object.")
    assert [run("Cell"), run("Cell"), run("Asks")] == [message("no_python"), message("no_python"), 2]
    run("Fail", "")
    assert run("Cell") == "computed"


# What xlwings, its library, Python and VBA say, as found in their sources and in public reports.
SAID = {
    "Could not create Python process.\nError message: Access is denied.\nCommand: cmd.exe /K x\nWorking Dir: <unspecified>": (
        "forbidden"
    ),
    "AssignProcessToJobObject failed: 拒绝访问。": "forbidden",
    "Could not activate Python COM server, hr = -2147221164": "no_python",
    "Python process exited before it was possible to create the interface object.\nCommand: x": "no_python",
    "No command specified in the configuration, cannot autostart server": "debugging",
    "文件未找到: xlwings64-0.37.8.dll": "no_library",
    "Could not load xlwings32-0.37.8.dll from either of the following folders: \r\nC:\\a\r\n, C:\\": "no_library",
    "Traceback (most recent call last):\nModuleNotFoundError: No module named 'bdindex_xl'": "no_package",
    "ModuleNotFoundError: No module named 'bdindex_xl.hosts'": "old_package",
    "ModuleNotFoundError: No module named 'xlwings.ext'": "old_package",
    "ModuleNotFoundError: No module named 'pandas'": "broken_package",
    "ImportError: DLL load failed while importing _multiarray_umath: 找不到指定的模块。": "broken_package",
    "ImportError: Unable to import required dependencies:\nnumpy: Error importing numpy": "broken_package",
    "AttributeError: module 'win32com.gen_py.00020813-0000-0000-C000-000000000046x0x1x9' has no attribute "
    "'CLSIDToClassMap'": "gen_py",
}


def test_every_cause_has_a_message_of_its_own_and_is_known_alike_by_macros_and_by_doctor(
    opened: Callable[..., Run],
) -> None:
    run = opened()
    assert {said: run("Told", said) for said in SAID} == {said: message(key) for said, key in SAID.items()}
    assert {said: configuration.cause(said) for said in SAID} == SAID
    assert set(SAID.values()) == {key for _, key in configuration.CAUSES}
    assert run("Told", "Traceback\r\nValueError: what was wrong\r\n\r\n") == "ValueError: what was wrong"
    assert configuration.cause("ValueError: what was wrong") is None


def test_a_profile_that_the_code_page_lacks_is_told_as_the_cause_of_a_missing_library(
    opened: Callable[..., Run],
) -> None:
    run = opened()
    run("Live", "C:\\Users\\? ?")
    assert run("Told", "File not found: xlwings64-0.37.8.dll") == message("code_page")
    assert run("Told", "No module named 'numpy'") == message("broken_package")


def test_restore_is_offered_until_python_has_said_that_nothing_is_kept(opened: Callable[..., Run]) -> None:
    run = opened()
    offered = []
    for answer in (None, False, True):
        if answer is not None:
            run("Ask", answer)
        offered.append((run("Offers", "restore"), run("Offers", "recalculate")))
    assert offered == [(True, True), (False, True), (True, True)]


def test_on_a_mac_a_function_says_so_before_any_way_to_python_is_looked_for(opened: Callable[..., Run]) -> None:
    run = opened("mac")
    assert run("BDINDEX_RANK", 1, 2, module="BdxFunctions") == message("no_functions")
    assert run("Asks") == 0
