"""How tests look at checks."""

from __future__ import annotations

from pathlib import Path

from bdindex_xl.setup.checks import Check, State
from bdindex_xl.setup.doctor import examine
from bdindex_xl.setup.machine import Machine
from bdindex_xl.setup.opened_project import FreshProject

OK, WARNING, FAULT, NOT_APPLICABLE = State.OK, State.WARNING, State.FAULT, State.NOT_APPLICABLE


def look(machine: Machine, name: str, file: Path | None = None, fresh: FreshProject | None = None) -> Check:
    """One check by its name."""
    return {check.name: check for check in examine(machine, file, fresh)}[name]


def told(check: Check) -> tuple[State, str]:
    return check.state, check.found.en


def fix(check: Check) -> str:
    assert check.fix is not None
    return check.fix().en
