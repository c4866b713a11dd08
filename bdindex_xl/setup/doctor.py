"""Looks at everything that the workbook needs to work in Excel, and mends what can safely be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import BdIndexError, FileRefused
from ..language import Text
from . import (
    checks_addin,
    checks_config,
    checks_libreoffice,
    checks_office,
    checks_python,
    checks_start,
    checks_workbook,
    opened_project,
)
from .checks import NO_FILE, UNREAD, Check, Fix, State
from .config_sheet import read_sheet
from .machine import Machine
from .opened_project import FreshProject


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done about a check: or, where `failed`, why it could not be."""

    check: Check
    done: Text
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Makers:
    """What makes the parts of this version, to mend with: a workbook's VBA project, Excel's add-in, LibreOffice's."""

    project: FreshProject | None = None
    addin: Callable[[], bytes] | None = None
    extension: Callable[[], bytes] | None = None


def examine(machine: Machine, file: Path | None = None, makers: Makers | None = None) -> list[Check]:
    """All checks; those of a workbook where one is named. What `makers` make is put in by fixes."""
    makers = makers or Makers()
    return [
        *checks_python.checks(machine),
        *checks_office.checks(machine, file),
        *checks_addin.checks(machine, makers.addin),
        *checks_config.checks(machine, file),
        *checks_start.checks(machine),
        *checks_libreoffice.checks(machine, makers.extension),
        *_workbook(machine, file, makers.project),
    ]


def _workbook(machine: Machine, file: Path | None, fresh: FreshProject | None) -> Iterator[Check]:
    if file is None:
        yield checks_config.SHEET.unneeded(NO_FILE)
        yield from checks_workbook.without_file()
        return
    try:
        book = opened_project.opened(file)
        sheet = read_sheet(book)
    except FileRefused as refused:
        yield checks_config.SHEET.unneeded(UNREAD)
        yield from checks_workbook.refused(refused.about(file))
        return
    if sheet is None and not checks_workbook.takes_macros(book):
        yield checks_config.SHEET.unneeded(checks_workbook.NO_MACROS)
    else:
        yield checks_config.of_sheet(machine, sheet)
    yield from checks_workbook.checks(machine, book, fresh)


def mend(checks: list[Check]) -> list[Mended]:
    """Mend all that can be mended. Several checks may be mended in one way, which is then gone once."""
    ways: dict[Fix, Check] = {}
    for check in checks:
        if check.fix is not None:
            ways.setdefault(check.fix, check)
    return [_tried(check, fix) for fix, check in ways.items()]


def _tried(check: Check, fix: Fix) -> Mended:
    try:
        return Mended(check, fix())
    except BdIndexError as refused:
        return Mended(check, refused.message, failed=True)
    except OSError as error:
        reason = error.strerror or str(error)
        return Mended(check, Text(reason, reason), failed=True)


def all_well(checks: list[Check]) -> bool:
    """Whether nothing is at fault; warnings are no faults."""
    return all(check.state is not State.FAULT for check in checks)
