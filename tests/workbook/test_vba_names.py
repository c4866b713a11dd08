"""Both VBA projects as each system compiles them: read by the grammar of antlr4-vba, every name declared, and once."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bdindex_xl.workbook import macro_parts, make
from bdindex_xl.workbook.addin import make_addin
from tests.support import olevba, vba_antlr, vba_platform
from tests.workbook import making

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("antlr")]  # what one process has read is read once

PROJECTS = ("workbook", "add-in")
# What modules use of VBA, of Excel and of Office, as these libraries call it.
VBA = """
Abs Array AscW Chr Choose CInt Collection CreateObject CStr DateDiff Dir Environ EOF Err Error FileCopy FreeFile GetAttr
Hex$ InStr InStrRev IsEmpty Kill LCase LCase$ Left Left$ Len Mid Mid$ MkDir MsgBox Now Randomize Replace Right$ Rnd
Split Timer Trim$ UBound UCase Val VarType VBA vbBoolean vbCr vbCritical vbCrLf vbDirectory vbExclamation vbLf vbNewLine
vbNullString vbOKOnly vbQuestion vbTextCompare vbYes vbYesNo
"""
EXCEL = """
ActiveWindow ActiveWorkbook Application ListObject Me Name Range Window Workbook Workbooks Worksheet xlDisabled xlDown
xlInterrupt xlSheetVisible IRibbonControl IRibbonUI
"""
WINDOWS = "vbSystemModal"
MAC = "AppleScriptTask MacScript"
each_project = pytest.mark.parametrize("of", PROJECTS)
each_system = pytest.mark.parametrize("system", vba_platform.CONSTANTS)


@cache
def sources(of: str) -> dict[str, str]:
    """The modules that the finished file holds; of its sheets, which have no code, the first."""
    made = make(making.contents()) if of == "workbook" else make_addin("zh")
    found = olevba.modules(making.parts(made)["xl/vbaProject.bin"])
    texts = {name: raw.decode("ascii").replace("\r\n", "\n") for name, raw in found.items()}
    return {name: text for name, text in texts.items() if not re.fullmatch(r"Sheet(?:[2-9]|\d\d)\.cls", name)}


@cache
def read(of: str, system: str) -> dict[str, list[vba_antlr.Piece]]:
    return {name: vba_antlr.pieces(name, vba_platform.compiled(text, system)) for name, text in sources(of).items()}


@each_system
@each_project
def test_a_second_parser_of_vba_finds_no_error(of: str, system: str) -> None:
    found = read(of, system)
    assert {*macro_parts.OURS} <= {name.split(".")[0] for name in found}
    assert {name: piece.errors for name, pieces in found.items() for piece in pieces if piece.errors} == {}


@each_system
@each_project
def test_every_name_is_declared(of: str, system: str) -> None:
    # Option Explicit makes Excel refuse the module otherwise, and only when somebody runs it.
    library = (VBA + EXCEL + (MAC if system == "mac" else WINDOWS)).casefold().split()
    modules = read(of, system)
    public = {*library, *(name for names in seen_by_others(modules).values() for name in names)}
    undeclared = [
        f"{module}, {scope.name}: {name}"
        for module, pieces in modules.items()
        for piece in pieces
        for scope in piece.scopes
        for name in scope.used - public - folded(scope.declared) - folded(own(pieces))
        if name != "0:"  # On Error GoTo 0
    ]
    assert undeclared == []


@each_system
@each_project
def test_no_name_is_ambiguous(of: str, system: str) -> None:
    modules = read(of, system)
    places: dict[str, list[str]] = {}
    for module, names in seen_by_others(modules).items():
        for name in names:
            places.setdefault(name, []).append(module)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
    repeated = {
        module: vba_antlr.repeated(own(pieces)) for module, pieces in modules.items() if module.endswith(".bas")
    }
    assert {module: names for module, names in repeated.items() if names} == {}
    scopes = [scope for pieces in modules.values() for piece in pieces for scope in piece.scopes]
    assert [scope.name for scope in scopes if vba_antlr.repeated(scope.declared)] == []


def own(pieces: list[vba_antlr.Piece]) -> list[str]:
    """What a module declares for all its procedures, and they themselves."""
    scopes = [scope for piece in pieces for scope in piece.scopes]
    return [name for scope in scopes for name in ([scope.name] if scope.name else scope.declared + scope.public)]


def seen_by_others(modules: dict[str, list[vba_antlr.Piece]]) -> dict[str, set[str]]:
    """Module by module, with its own name."""
    found = {}
    for module, pieces in modules.items():
        names: set[str] = set()
        if module.endswith(".bas"):
            scopes = [scope for piece in pieces for scope in piece.scopes]
            names = {name for scope in scopes for name in scope.public}
            names |= {scope.name for scope in scopes if scope.name and not scope.is_private}
        found[module] = folded([*names, module.split(".")[0]])
    return found


def folded(names: list[str]) -> set[str]:
    return {name.casefold() for name in names}


def test_the_checks_find_what_is_wrong() -> None:
    source = (
        'Attribute VB_Name = "M"\nOption Explicit\nPrivate a As Long\n'
        "Public Sub P(b As Long)\n    Dim c As Long, C As String\n    a = b + d\n    GoTo there\nEnd Sub\n"
        "Sub Q()\n    If x Then\nEnd Sub\n"
    )
    first, second = vba_antlr.pieces("M.bas", source)
    assert [scope.name for scope in first.scopes] == ["", "P"]
    assert (first.errors, vba_antlr.repeated(first.scopes[1].declared)) == ([], ["c"])
    assert first.scopes[1].used - folded(first.scopes[1].declared) - folded(own([first])) == {"d", "there:"}
    assert second.errors
