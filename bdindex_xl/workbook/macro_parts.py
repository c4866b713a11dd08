"""What makes the workbook act: the VBA project, put together from our sources and xlwings' own, and the ribbon."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .. import __version__
from ..errors import BdIndexError
from ..language import Lang, Text
from ..system.versions import XLWINGS_VERSION
from . import ribbon, vba_sources
from .vba import Module, ModuleKind, Project, documents, module_from_bas, write_project

_ADDIN = "BDIndex"  # name of the add-in's project
ADDIN_FILE = "BDIndex.xlam"  # what it is called where it is installed, in either language: users' formulas name it
OURS = ("BdxActions", "BdxBook", "BdxFunctions", "BdxMessages", "BdxPython", "BdxRibbon")
OURS_OF_ADDIN = (*OURS, "BdxAddin")
_VERSION = """Option Explicit
' The version of bdindex_xl that made this workbook.

Public Const BDX_VERSION As String = "{version}"
"""
_EXTENSIONS = re.compile(r"'Attribute VB_Name = \"Extensions\"\n.*?(?='Attribute VB_Name = \"Utils\"\n)", re.DOTALL)
_NAMED = 'ParameterString + "|" + ThisWorkbook.Name'
_MISSING = Text(
    "制作工作簿需要 xlwings {expected}，实为 {found}；请运行 pip install xlwings=={expected}",
    "making a workbook needs xlwings {expected}, found {found}; run pip install xlwings=={expected}",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that XlsxWriter does not make, such as the ribbon, related to the package as a whole."""

    path: str
    data: bytes
    relation: str  # type of the relation


@dataclass(frozen=True, slots=True)
class Macros:
    """What makes a macro workbook act: `project` gives the ``vbaProject.bin`` for so many sheets, None for none."""

    project: Callable[[int], bytes] | None = None
    parts: tuple[Part, ...] = ()


def ours(lang: Lang) -> Macros:
    """Our VBA project and our ribbon tab."""
    return Macros(project, tuple(Part(*part) for part in ribbon.parts(lang)))


def of_addin(lang: Lang) -> Macros:
    """The same of the add-in, which shares with the workbook every module that does not act otherwise there."""
    return Macros(_project_of_addin, tuple(Part(*part) for part in ribbon.parts_of_addin(lang)))


def project(n_sheets: int) -> bytes:
    """The ``vbaProject.bin`` of a workbook with so many worksheets.

    Raises
    ------
    BdIndexError
        Where xlwings is not installed in the version that the wrappers are made for.
    """
    return _project(documents(n_sheets, {"ThisWorkbook": _of_the_workbook()}), map(source, OURS), _of_xlwings())


def _project_of_addin(n_sheets: int) -> bytes:
    events = module_from_bas(addin_source("ThisWorkbook")).source
    own = documents(n_sheets, {"ThisWorkbook": events})
    return _project(own, map(addin_source, OURS_OF_ADDIN), _of_xlwings(addin=True), name=_ADDIN)


def project_for(workbook: str, sheets: Iterable[str]) -> bytes:
    """The same for a workbook whose codeNames are these: a user may have added sheets."""
    sheets_own = (Module(name, "", ModuleKind.WORKSHEET) for name in sheets)
    own = (Module(workbook, _of_the_workbook(), ModuleKind.WORKBOOK), *sheets_own)
    return _project(own, map(source, OURS), _of_xlwings())


def _project(
    own: tuple[Module, ...], ours: Iterable[str], xlwings: Iterable[Module], *, name: str = "VBAProject"
) -> bytes:
    version = Module("BdxVersion", _VERSION.format(version=__version__))
    return _written(Project((*own, *map(module_from_bas, ours), version, *xlwings), name=name))


_written = lru_cache(maxsize=4)(write_project)  # workbooks that are made one after the other have as many sheets


def _of_the_workbook() -> str:
    return module_from_bas(source("ThisWorkbook")).source


def source(name: str) -> str:
    """Text of one of our own modules."""
    return (vba_sources.folder() / f"{name}.bas").read_text("ascii")


def addin_source(name: str) -> str:
    """Text of one of the add-in's modules: its own, else the workbook's."""
    own = vba_sources.folder() / "addin" / f"{name}.bas"
    return ribbon.with_callbacks_of_addin(own.read_text("ascii") if own.is_file() else source(name))


def renew(wrappers: str) -> None:
    """Keep newly generated wrappers of the worksheet functions among the sources, where they are others."""
    if wrappers != source("BdxFunctions"):
        (vba_sources.folder() / "BdxFunctions.bas").write_text(wrappers, encoding="ascii", newline="\n")


def xlwings_folder() -> Path:
    """Where xlwings is installed; found without importing it. Raises BdIndexError where it is not."""
    spec = importlib.util.find_spec("xlwings")
    if spec is None or not spec.submodule_search_locations:
        raise BdIndexError(_MISSING.format(expected=XLWINGS_VERSION, found=Text("未安装", "none")))
    return Path(next(iter(spec.submodule_search_locations)))


def _of_xlwings(*, addin: bool = False) -> tuple[Module, ...]:
    """xlwings' own module, and the class that it needs on macOS, each with its licence in its head."""
    folder = xlwings_folder()
    text = (folder / "xlwings.bas").read_text("ascii")
    version = next((line.split()[-1] for line in text.splitlines() if line.startswith("'Version:")), "?")
    if version != XLWINGS_VERSION:
        raise BdIndexError(_MISSING.format(expected=XLWINGS_VERSION, found=version))
    # Its SQL is for users of its own; and its helpers are no worksheet functions of ours.
    text = _EXTENSIONS.sub("", text).replace("\n", "\nOption Private Module\n", 1)
    if addin:  # on macOS, Python is told the workbook by its name
        text = text.replace(_NAMED, _NAMED.replace("ThisWorkbook", "ActiveWorkbook"))
    dictionary = (folder / "addin" / "Dictionary.cls").read_text("ascii")
    return module_from_bas(text), module_from_bas(dictionary, ModuleKind.CLASS)
