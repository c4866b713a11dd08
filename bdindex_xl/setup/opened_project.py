"""The VBA project of a workbook that is there: what is in it, whether all is ours, and a fresh one in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ..errors import FileRefused
from ..hosts import files
from ..hosts.files import saving
from ..hosts.files.markup import utf8
from ..hosts.files.package import Package, packed
from ..hosts.files.relations import relations
from ..hosts.files.workbook import Workbook
from ..language import Text, joined, same
from ..workbook.vbaproject.modules import ModuleKind
from ..workbook.vbaproject.parsing import ReadModule, ReadProject, read_project

XLWINGS_MODULE, VERSION_MODULE, WRAPPERS_MODULE = "xlwings", "BdxVersion", "BdxFunctions"

_OURS = re.compile(r"xlwings|Dictionary|Bdx\w+", re.IGNORECASE)
_FUNCTION = re.compile(r"^\s*(?:Public\s+)?Function\s+(\w+)", re.MULTILINE | re.IGNORECASE)
# Lines of a document's module that are nobody's work: blank ones, comments, and events that call what is ours.
_IDLE = re.compile(
    r"\s*(?:Option\s+\w+.*|'.*|(?:Private\s+)?Sub\s+Workbook_\w+\(.*\)|(?:Call\s+)?Bdx\w+.*|End Sub)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CodeNames:
    """Names of the modules that a workbook's parts ask for: the workbook's, and the worksheets' in their order."""

    workbook: str
    sheets: tuple[str, ...]


FreshProject: TypeAlias = Callable[[CodeNames], bytes]


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook file that was read."""

    path: Path
    data: bytes
    package: Package
    workbook: Workbook

    @property
    def vba_part(self) -> str | None:
        """The part that holds the project."""
        return self.workbook.related("vbaProject")

    def code_names(self) -> CodeNames:
        """Names of modules; "" where a sheet has none yet."""
        element = self.workbook.root.find("workbookPr")
        name = element.attributes.get("codeName", "") if element else ""
        return CodeNames(name, tuple(self._code_name(sheet.part) for sheet in self.workbook.sheets))

    def _code_name(self, part: str) -> str:
        # The properties stand at a sheet's beginning; its cells may be a hundred megabytes.
        found = re.search(
            rb"<(?:\w+:)?sheetPr\b[^>]*?\bcodeName=[\"']([^\"']*)", utf8(self.package.read(part), part)[:4000]
        )
        return found[1].decode("utf-8", "replace") if found else ""


def opened(path: Path) -> Opened:
    """A workbook file. Raises FileRefused."""
    data = saving.read(path)
    package = Package(data)
    return Opened(path, data, package, Workbook(package))


def project_of(book: Opened) -> ReadProject | None:
    """The workbook's VBA project, if it has one. Raises FileRefused where that is damaged."""
    part = book.vba_part
    return read_project(book.package.read(part)) if part else None


def version_in(project: ReadProject, constant: str, module: str = "") -> str:
    """A version that a module states as a constant; "" where there is none."""
    pattern = re.compile(rf'^\s*Public Const {constant} As String = "([^"]*)"', re.MULTILINE | re.IGNORECASE)
    for known in project.modules:
        if not module or known.name.casefold() == module.casefold():
            found = pattern.search(known.code)
            if found:
                return found[1]
    return ""


def version_number(version: str) -> tuple[int, ...]:
    """A version as it compares; what is no number in it counts as 0."""
    parts = version.split(".")
    return tuple(int(part) if part.isascii() and part.isdigit() else 0 for part in parts)


def wrappers(project: ReadProject) -> set[str]:
    """Names of the worksheet functions that the project has wrappers for."""
    module = project.module(WRAPPERS_MODULE)
    return {name.upper() for name in _FUNCTION.findall(module.code)} if module else set()


def foreign(project: ReadProject) -> list[str]:
    """Names of modules that are not ours, and of documents with code that is not."""
    return [module.name for module in project.modules if not _is_ours(module)]


def _is_ours(module: ReadModule) -> bool:
    if module.kind is None:
        return False
    if module.kind.is_document:
        return all(_IDLE.fullmatch(line) for line in module.code.splitlines())
    return bool(_OURS.fullmatch(module.name))


def replace_project(path: Path, fresh: FreshProject) -> Text:
    """Put a fresh project in place of an outdated one that holds nothing but ours; the file as it was is kept.

    Raises
    ------
    FileRefused
        Where something of the user's would be lost, or the file cannot be replaced.
    """
    with files.locked(path):
        return _with_fresh_project(path, fresh)


def _with_fresh_project(path: Path, fresh: FreshProject) -> Text:
    book = opened(path)
    project, part = project_of(book), book.vba_part
    if project is None or part is None:
        raise FileRefused(_NONE)
    if any("signature" in relation.type.lower() for relation in relations(book.package, part).values()):
        raise FileRefused(_SIGNED)
    others = foreign(project)
    if others:
        raise FileRefused(_FOREIGN.format(names=joined([same(name) for name in others])))
    names = book.code_names()
    if not names.workbook or "" in names.sheets or any(m.kind is ModuleKind.CHARTSHEET for m in project.modules):
        raise FileRefused(_UNNAMED)
    try:
        made = fresh(names)
    except ValueError:  # a code name that is no plain identifier
        raise FileRefused(_UNNAMED) from None
    modules = {module.name for module in read_project(made).modules if module.kind and module.kind.is_document}
    if modules != {names.workbook, *names.sheets}:
        raise FileRefused(_UNNAMED)
    book.package.replace({part: packed(made)})
    kept = files.replace(path, book.package.to_bytes(), expected=book.data)
    done = Text("已更换 VBA 项目", "the VBA project was replaced")
    return done if kept is None else _KEPT.format(done=done, kept=kept)


_NONE = Text("工作簿没有 VBA 项目", "the workbook has no VBA project")
_KEPT = Text("{done}；原文件保留为 {kept}", "{done}; the file as it was is {kept}")
_UNNAMED = Text(
    "工作表已有增删，或代码名称已改，新的 VBA 项目与之不符；请用 bdindex new 生成新工作簿，再把数据复制过去",
    "sheets were added or deleted, or have other code names, so that the new VBA project does not fit; make a new "
    "workbook with bdindex new and copy the data",
)
_SIGNED = Text(
    "VBA 项目带有数字签名，更换后签名失效；请先在 VBA 编辑器中删除签名",
    "the VBA project is signed, and would lose its signature; remove that in the VBA editor first",
)
_FOREIGN = Text(
    "VBA 项目中有您自己的代码（{names}），更换会丢失；请用 bdindex new 生成新工作簿，再把数据和这些模块移过去",
    "the VBA project has code of your own ({names}), which would be lost; make a new workbook with bdindex new, and "
    "move the data and these modules there",
)
