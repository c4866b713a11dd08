"""What a merge took, what contradicts, and what it had no place for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..sheets.book import Value


@dataclass(frozen=True, slots=True)
class FileCell:
    """A value in a cell of a file."""

    file: str
    sheet: str
    cell: str
    value: Value

    @property
    def place(self) -> str:
        """``sheet!cell``."""
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Taken:
    """A value taken from a copy; `row_added` where the main workbook had no row for it."""

    year: int
    unit: str
    column: str
    main: FileCell
    returned: FileCell
    row_added: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Different values for one cell. `taken` was preferred: ``main`` or ``returned``; ``none`` waits for a reader.

    `formula`: the main workbook has a formula there, which is never overwritten.
    """

    year: int
    unit: str
    column: str
    main: FileCell
    returned: FileCell
    taken: Literal["main", "returned", "none"]
    formula: bool = False


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something in a copy that the main workbook has no place for, or that is no number. `kind` says which."""

    kind: str
    what: str
    at: FileCell


@dataclass
class Merged:
    """What a merge did. `changed` tells whether the main workbook is another now."""

    taken: list[Taken] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[NotTaken] = field(default_factory=list)
    rows_added: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.taken) or any(conflict.taken == "returned" for conflict in self.conflicts)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to decide. What differs elsewhere than in the data is the main workbook's to say."""
        waiting = any(left.kind != "elsewhere" for left in self.left)
        return not waiting and all(c.taken != "none" and not c.formula for c in self.conflicts)
