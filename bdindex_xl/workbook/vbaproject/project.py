"""A VBA project as a value: its name, what it refers to, its modules."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from .modules import Module, ModuleKind, check_name

_LIBRARY = re.compile(r"\*\\[GH]\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}#[0-9A-F]+\.[0-9A-F]+#[^#]*#[^#]*#[^#]*")
_OF_THE_PROGRAM = ("VBA", "Excel")  # libraries that Excel itself adds
_STREAMS = ("dir",)  # a module's stream stands beside this one, under the module's name


@dataclass(frozen=True, slots=True)
class Reference:
    """A type library that the project uses.

    Parameters
    ----------
    name
        Under which code may name it.
    library
        ``*\\G{identifier}#version#language#path#description`` ([MS-OVBA] 2.1.1.8). Found by identifier and version;
        the path is a hint.
    """

    name: str
    library: str

    def __post_init__(self) -> None:
        check_name(self.name, "reference name")
        if not _LIBRARY.fullmatch(self.library) or not self.library.isascii():
            raise ValueError(
                f"{self.name}: expected *\\G{{identifier}}#version#language#path#description, found {self.library!r}"
            )


STDOLE = Reference(
    "stdole",
    r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
)
# Version 2.0 is what every Office since 2002 answers to. Without it IRibbonControl is unknown.
OFFICE = Reference(
    "Office",
    r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
    r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
)


@dataclass(frozen=True, slots=True)
class Project:
    """Everything that goes into a ``vbaProject.bin``.

    Parameters
    ----------
    modules
        In the order in which the project lists them. One is the workbook's; each sheet of the workbook has one.
    references
        In the order in which names are looked for.
    name
        Shown in the editor.

    Raises
    ------
    ValueError
        Where two things have one name, or there is not one workbook module.
    """

    modules: tuple[Module, ...]
    references: tuple[Reference, ...] = (STDOLE, OFFICE)
    name: str = "VBAProject"

    def __post_init__(self) -> None:
        check_name(self.name, "project name")
        taken: dict[str, str] = {}
        for name, what in self._names():
            if (other := taken.get(name.lower())) is not None:
                raise ValueError(f"expected names that differ, found {what} {name!r} and {other}")
            taken[name.lower()] = f"{what} {name!r}"
        workbooks = [module.name for module in self.modules if module.kind is ModuleKind.WORKBOOK]
        if len(workbooks) != 1:
            raise ValueError(f"expected one module of the workbook, found {', '.join(workbooks) or 'none'}")

    def _names(self) -> Iterator[tuple[str, str]]:
        """Names that must differ, in any case of letters."""
        yield from ((name, "stream") for name in _STREAMS)
        yield from ((name, "library") for name in _OF_THE_PROGRAM)
        yield self.name, "project"
        yield from ((reference.name, "reference") for reference in self.references)
        yield from ((module.name, "module") for module in self.modules)

    @property
    def identifier(self) -> str:
        """The project's class identifier, always the same for a name, so that a build can be repeated."""
        return f"{{{uuid.uuid5(uuid.NAMESPACE_OID, f'bdindex_xl.{self.name}')}}}".upper()
