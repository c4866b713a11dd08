"""What a check finds, and how it is put together. Looks at nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..language import Text, same
from .machine import System

NOTHING = same("")
Fix = Callable[[], Text]  # mends, and says what it did; raises FileRefused or OSError where it cannot


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARNING = "warning"  # works, and may surprise
    FAULT = "fault"  # something does not work
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Parameters
    ----------
    name
        For programs; stays the same from version to version.
    title
        The same for people.
    found
        What is there.
    remedy
        How a user mends it, where something is to mend.
    fix
        Mends it at once, where that is safe.
    """

    name: str
    title: Text
    state: State
    found: Text
    remedy: Text = NOTHING
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that is looked at; gives its check in each state."""

    name: str
    title: Text

    def ok(self, found: Text | str) -> Check:
        return self._check(State.OK, found)

    def warning(self, found: Text | str, remedy: Text, fix: Fix | None = None) -> Check:
        return self._check(State.WARNING, found, remedy, fix)

    def fault(self, found: Text | str, remedy: Text, fix: Fix | None = None) -> Check:
        return self._check(State.FAULT, found, remedy, fix)

    def elsewhere(self, system: System) -> Check:
        """It means nothing on this system."""
        return self._check(State.NOT_APPLICABLE, _ELSEWHERE.format(system=system.text))

    def unneeded(self, why: Text) -> Check:
        """It means nothing as things are."""
        return self._check(State.NOT_APPLICABLE, why)

    def _check(self, state: State, found: Text | str, remedy: Text = NOTHING, fix: Fix | None = None) -> Check:
        return Check(self.name, self.title, state, same(found) if isinstance(found, str) else found, remedy, fix)


_ELSEWHERE = Text("{system} 上不适用", "not applicable on {system}")
NO_FILE = Text("未指定工作簿", "no workbook was named")
UNREAD = Text("无法读取工作簿", "the workbook cannot be read")
