"""One open document, with what belongs to it alone."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    sheet_of_table: dict[str, int] = field(default_factory=dict)  # as asked before; forgotten when sheets move

    def __post_init__(self) -> None:
        self.formats = Formats(self.session, self.model)
        self.formulas = Formulas(self.model)

    @property
    def controller(self) -> Any:
        return self.model.CurrentController
