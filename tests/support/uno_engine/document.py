"""One open document, with what belongs to it alone.

LibreOffice's objects are kept once they have been asked for: each new one costs several calls between two processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .formats import Formats
from .formulas import Formulas
from .session import Session


@dataclass(eq=False)
class Document:
    """A spreadsheet document of LibreOffice."""

    session: Session
    model: Any
    formats: Formats = field(init=False)
    formulas: Formulas = field(init=False)
    hidden_totals: dict[str, Any] = field(default_factory=dict)  # by table: what its hidden totals row holds
    sheet_of_table: dict[str, int] = field(default_factory=dict)  # as asked before, until all is forgotten
    _sheets: dict[str, Any] = field(default_factory=dict)  # by name
    _notes: dict[int, Any] = field(default_factory=dict)  # by the index of a sheet
    _tables: dict[str, Any] = field(default_factory=dict)
    _names: dict[int, tuple[Any, Any]] = field(default_factory=dict)  # by the id of who holds them, with the holder

    def __post_init__(self) -> None:
        self.formats = Formats(self.session, self.model)
        self.formulas = Formulas(self.model)

    @cached_property
    def sheets(self) -> Any:
        return self.model.Sheets

    @cached_property
    def tables(self) -> Any:
        return self.model.DatabaseRanges

    def sheet(self, name: str) -> Any:
        if name not in self._sheets:
            self._sheets[name] = self.sheets.getByName(name)
        return self._sheets[name]

    def table(self, name: str) -> Any:
        if name not in self._tables:
            self._tables[name] = self.tables.getByName(name)
        return self._tables[name]

    def names(self, holder: Any) -> Any:
        """The names that the document or a sheet holds."""
        if id(holder) not in self._names:
            self._names[id(holder)] = holder, holder.NamedRanges
        return self._names[id(holder)][1]

    def notes(self, sheet: int) -> Any:
        if sheet not in self._notes:
            self._notes[sheet] = self.sheets.getByIndex(sheet).Annotations
        return self._notes[sheet]

    def forget(self) -> None:
        """Sheets are about to come, go or move, or these or tables to have other names."""
        for kept in (self.sheet_of_table, self._sheets, self._notes, self._tables):
            kept.clear()

    @property
    def controller(self) -> Any:
        return self.model.CurrentController
