"""The VBA project of a workbook, ``vbaProject.bin``, written from source text. Compiles and runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from .vbaproject import streams
from .vbaproject.compound import compound_file
from .vbaproject.compression import compress
from .vbaproject.modules import Module, ModuleKind, module_from_bas
from .vbaproject.project import OFFICE, STDOLE, Project, Reference

__all__ = [
    "OFFICE",
    "STDOLE",
    "Module",
    "ModuleKind",
    "Project",
    "Reference",
    "documents",
    "module_from_bas",
    "write_project",
]

WORKBOOK = "ThisWorkbook"  # codeName of the workbook, unless XlsxWriter is told another


def write_project(project: Project) -> bytes:
    """The project as a compound file ([MS-OVBA] 2.2). The same project gives the same bytes.

    It holds source only, in the shape that [MS-OVBA] asks of writers: Excel compiles it when it opens the workbook.

    Raises
    ------
    ValueError
        Naming a module whose text cannot be compressed, which no code that a person would write comes near.
    """
    modules = {module.name: _stream(module) for module in project.modules}
    storage = {**modules, "_VBA_PROJECT": streams.VBA_PROJECT, "dir": compress(streams.dir_stream(project))}
    return compound_file(
        {
            "VBA": storage,
            "PROJECTwm": streams.names_stream(project),
            "PROJECT": streams.project_stream(project),
        }
    )


def documents(n_sheets: int, sources: Mapping[str, str] | None = None) -> tuple[Module, ...]:
    """Modules of the workbook and its worksheets, under the codeNames that XlsxWriter gives: ThisWorkbook, Sheet1, …

    Parameters
    ----------
    n_sheets
        Every sheet needs a module, also one without code.
    sources
        Code by codeName; the others are empty.

    Raises
    ------
    ValueError
        Where a source is for none of them.

    Examples
    --------
    >>> [module.name for module in documents(2)]
    ['ThisWorkbook', 'Sheet1', 'Sheet2']
    """
    sources = sources or {}
    sheets = [f"Sheet{number}" for number in range(1, n_sheets + 1)]
    if unknown := sorted(set(sources) - {WORKBOOK, *sheets}):
        raise ValueError(f"expected sources of {WORKBOOK} and Sheet1 to Sheet{n_sheets}, found {', '.join(unknown)}")
    workbook = Module(WORKBOOK, sources.get(WORKBOOK, ""), ModuleKind.WORKBOOK)
    return (workbook, *(Module(name, sources.get(name, ""), ModuleKind.WORKSHEET) for name in sheets))


@lru_cache(maxsize=64)  # every workbook has the same modules but for a few
def _stream(module: Module) -> bytes:
    try:
        return compress(module.text.encode(streams.ENCODING))
    except ValueError as cause:
        raise ValueError(f"{module.name}: {cause}") from None
