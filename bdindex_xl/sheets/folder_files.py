"""Which files of a folder are read, whatever the case of their names, and which look as if they were meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable

from ..errors import FileRefused
from ..language import Text, joined, same
from ..model import typed
from ..model.records import suggested
from .faults import Report

_KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods")  # suffixes of files that may hold tables


def found_in(
    folder: Traversable, names: Mapping[str, str], needed: Iterable[str], report: Report
) -> dict[str, Traversable]:
    """The files by table, of those that `names` has for the tables; others that hold tables are told of.

    Raises FileRefused where the folder is none, or lacks a file that is needed, with the name that is nearest to it.
    """
    if not folder.is_dir():
        raise FileRefused((_NO_FOLDER if folder.is_file() else _NOWHERE).format(folder=folder), rule="no such folder")
    entries = {entry.name: entry for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)}
    found: dict[str, Traversable] = {}
    for table, name in names.items():
        alike = (entry for entry in entries.values() if entry.name.casefold() == name)
        entry = entries.get(name) or next(alike, None)
        if entry is not None and not entry.is_file():
            raise FileRefused(_IS_FOLDER.format(file=entry))
        if entry is not None:
            found[table] = entry
    read = {entry.name for entry in found.values()}
    others = [name for name, entry in entries.items() if name not in read and _holds_tables(entry)]
    for table in needed:
        if table not in found:
            meant = suggested(names[table], [name for name in others if _meant(name, names.values()) == names[table]])
            raise FileRefused(_MISSING.format(file=folder / names[table], meant=meant), rule="no such file")
    for name in others:
        wanted = _meant(name, names.values())
        if wanted and wanted not in map(str.casefold, read):
            report.add("file misnamed", found=name, file=wanted)
        elif name.casefold().endswith(".csv"):
            report.add("file unread", found=name, files=joined([same(one) for one in names.values()]))
    return found


def _holds_tables(entry: Traversable) -> bool:
    return entry.name.casefold().endswith(_KINDS) and entry.is_file()


def _meant(name: str, names: Iterable[str]) -> str:
    """The file that one of this name may be meant for; empty where there is none."""
    stems = {one.partition(".")[0]: one for one in names}
    near = typed.nearest(name.partition(".")[0], stems, 1)
    return stems[near[0]] if near else ""


_NOWHERE = Text(
    "找不到文件夹 {folder}。请检查路径和名称。", "{folder}: there is no such folder. Check the path and the name."
)
_NO_FOLDER = Text(
    "{folder} 是文件，不是文件夹。请给出各 CSV 文件所在的文件夹。",
    "{folder}: this is a file, not a folder. Name the folder that holds the CSV files.",
)
_IS_FOLDER = Text("{file} 应为文件，实为文件夹", "{file}: expected a file, found a folder")
_MISSING = Text(
    "应有文件 {file}，实无{meant}；请把它放入该文件夹",
    "expected the file {file}, found none{meant}; put it into the folder",
)
