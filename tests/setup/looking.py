"""How tests look at checks."""

from __future__ import annotations

from pathlib import Path

from bdindex_xl.setup.checks import Check, State
from bdindex_xl.setup.doctor import Makers, examine
from bdindex_xl.setup.machine import Machine

OK, WARNING, FAULT, NOT_APPLICABLE = State.OK, State.WARNING, State.FAULT, State.NOT_APPLICABLE


def look(machine: Machine, name: str, file: Path | None = None, makers: Makers | None = None) -> Check:
    """One check by its name."""
    return {check.name: check for check in examine(machine, file, makers)}[name]


def told(check: Check) -> tuple[State, str]:
    return check.state, check.found.en


def fix(check: Check) -> str:
    assert check.fix is not None
    return check.fix().en
