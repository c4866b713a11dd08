"""Errors whose cause is the input or the request, never a defect here.

Each says where, what was expected and what was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .language import Lang, Text


class Severity(StrEnum):
    """What a finding means for the result."""

    FAULT = "fault"  # no result is written
    WARNING = "warning"  # a result is written, and the reader should know
    NOTE = "note"  # something was taken as plainly meant


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in the input: *sheet!cell: expected X, found Y*, and what was done."""

    severity: Severity
    sheet: str
    cell: str
    expected: Text
    found: Text
    done: Text
    kind: str = ""

    @property
    def place(self) -> str:
        """Where: ``sheet!cell``, or the sheet, or nothing when the whole workbook is meant."""
        return "!".join(part for part in (self.sheet, self.cell) if part)

    def text(self, lang: Lang) -> str:
        """The finding in a sentence."""
        sentence = _SENTENCE.format(expected=self.expected, found=self.found)[lang]
        if self.done[lang]:
            sentence += _DONE.format(done=self.done)[lang]
        return f"{self.place}{_COLON[lang]}{sentence}" if self.place else sentence


_COLON = Text("：", ": ")
_SENTENCE = Text("应为 {expected}，实为 {found}", "expected {expected}, found {found}")
_DONE = Text("；{done}", "; {done}")


class BdIndexError(Exception):
    """Base of every error that a user can mend."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message

    def text(self, lang: Lang) -> str:
        """The whole message in one language."""
        return self.message[lang]


class FrameworkError(BdIndexError, ValueError):
    """A framework, panel or method that cannot be computed; names the codes at fault."""


class FileRefused(BdIndexError):
    """A file that cannot be read or must not be replaced; says why and what to do."""


class SheetErrors(BdIndexError):
    """Every fault of a workbook's input at once, with the warnings and notes found beside them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        self.faults = tuple(f for f in self.findings if f.severity is Severity.FAULT)
        super().__init__(Text(*("\n".join(f.text(lang) for f in self.faults) for lang in ("zh", "en"))))


class SheetError(SheetErrors):
    """One fault that ends the reading at once, such as a missing table."""

    def __init__(self, finding: Finding) -> None:
        super().__init__((finding,))
        self.finding = finding
