"""Where findings are collected: each of a kind, with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..errors import Finding, Severity, column_of, ordered, through
from .finding_kind import Kind
from .kinds import KINDS

_PER_SHEET = 200  # findings of one kind listed for one sheet; a whole bad column must not bury the others


class Report:
    """Collects findings. The same kind in the same sheet is listed up to a limit, then one line a column.

    `sheets` are the names in the order in which findings are to be told; `kinds` what can be found.
    """

    def __init__(self, sheets: Iterable[str] = (), kinds: Mapping[str, Kind] = KINDS) -> None:
        self._kinds = kinds
        self._sheets = tuple(dict.fromkeys(sheets))
        self._findings: list[Finding] = []
        self._times: Counter[tuple[str, str]] = Counter()
        self._beyond: dict[tuple[str, str, str | None], tuple[Finding, int, str]] = {}

    def add(self, kind: str, sheet: str = "", cell: str = "", **parts: object) -> None:
        """One case of a kind; `parts` fill its texts."""
        self._times[kind, sheet] += 1
        is_beyond = self._times[kind, sheet] > _PER_SHEET
        key = kind, sheet, column_of(cell)
        if is_beyond and key in self._beyond:
            first, n, _ = self._beyond[key]
            self._beyond[key] = first, n + 1, cell
            return
        k = self._kinds[kind]
        parts = {"meant": "", **parts}
        expected, found, done = (text.format(**parts) for text in (k.expected, k.found, k.done))
        finding = Finding(k.severity, sheet, cell, expected, found, done, kind)
        if is_beyond:
            self._beyond[key] = finding, 1, cell
        else:
            self._findings.append(finding)

    def times(self, kind: str, sheet: str) -> int:
        """How often a kind has been found in a sheet."""
        return self._times[kind, sheet]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, faults first, each severity in the order of its cells."""
        more = [
            first._replace(cell=through(first.cell, last), n=n) if n > 1 else first
            for first, n, last in self._beyond.values()
        ]
        return ordered([*self._findings, *more], self._sheets)

    @property
    def has_faults(self) -> bool:
        return any(finding.severity is Severity.FAULT for finding in self._findings)
