"""The one JSON document that every command prints with ``--json``, done or refused; output.schema.json describes it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ... import __version__
from ...errors import BdIndexError, Finding, Severity, SheetErrors
from ...language import Lang, Text
from ...sheets.book import Uncalculated


class Remark(NamedTuple):
    """Something found that is told in a whole sentence; `rule` names its kind and never changes."""

    severity: Severity
    rule: str
    text: Text
    sheet: str = ""
    cell: str = ""


def show(
    command: str | None,
    *,
    ok: bool,
    lang: Lang,
    file: Path | None,
    findings: Iterable[Finding | Remark] = (),
    result: Mapping[str, Any] | None = None,
) -> None:
    """Print it: texts in `lang`, missing numbers as null. `file` is what the command wrote, or else looked at."""
    record = {
        "version": __version__,
        "command": command,
        "ok": ok,
        "file": str(file) if file else None,
        "findings": [_finding(finding, lang) for finding in findings],
        "result": plain(result or {}, lang),
    }
    # Where the encoding lacks Chinese letters, escapes say the same; a lone surrogate is a byte that no encoding has.
    wide = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(record, ensure_ascii=not wide, indent=2, allow_nan=False)
    print(text.encode("utf-8", "replace").decode("utf-8"))


def refusal(error: BdIndexError) -> tuple[Finding | Remark, ...]:
    """What an error has to say, as findings."""
    if isinstance(error, SheetErrors):
        return error.findings
    return (Remark(Severity.FAULT, error.rule, error.message),)


def plain(value: Any, lang: Lang) -> Any:
    """A value as JSON has it: texts in one language, missing numbers as null, dates and formulas as text."""
    if isinstance(value, Text):
        return value[lang]
    if isinstance(value, Uncalculated):
        return f"={value.formula}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name), lang) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item, lang) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item, lang) for item in value]
    return _scalar(value.item() if hasattr(value, "item") else value)


def _scalar(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)


def _finding(finding: Finding | Remark, lang: Lang) -> dict[str, Any]:
    return {
        "severity": str(finding.severity),
        "sheet": finding.sheet or None,
        "cell": finding.cell or None,
        "rule": finding.rule if isinstance(finding, Remark) else finding.kind,
        "text": finding.text[lang] if isinstance(finding, Remark) else finding.text(lang),
    }
