"""Records as every engine scans them, wherever they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..language import Text, same


class FieldKind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TRUTH = "yes or no"


@dataclass(frozen=True, slots=True)
class RecordTable:
    """Records of one name, in files that an engine reads without further ado.

    Parameters
    ----------
    name
        As rules call it.
    files
        Parquet, on this machine or on a store that all machines of a cluster share.
    fields
        Kinds by name, in the order of the records. Every file has them all.
    origins
        What people call each file: their own file, with its sheet, or a database and its table.
    key
        Fields that tell records of one year apart, such as the unified social credit code; empty where all count.
    latest
        The field that tells which of two records of a key is the later one; empty for the later in the files.
    """

    name: str
    files: tuple[str | Path, ...]
    fields: Mapping[str, FieldKind]
    origins: Mapping[str | Path, str]
    key: tuple[str, ...] = ()
    latest: str = ""


_STANDS = Text("{file} 第 {n} 条", "{file}, record {n}")


def stands(table: RecordTable, file: int, row: int) -> Text:
    """Where a record stands, by the numbers of its file and of itself in it, from 0."""
    path = table.files[file]
    return _STANDS.format(file=same(str(table.origins.get(path, path))), n=row + 1)
