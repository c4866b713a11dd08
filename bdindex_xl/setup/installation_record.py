"""The record of an installation: a JSON file of its actions, in the order in which they were done."""

from __future__ import annotations

import contextlib
import dataclasses
import json
from pathlib import Path
from typing import Any

from ..errors import FileRefused
from ..hosts import files
from ..language import Text
from . import paths
from .machine import Machine
from .undoable import KINDS, Undoable

_DAMAGED = Text(
    "安装记录 {path} 已损坏。请删除它，再运行 bdindex install",
    "the record of the installation, {path}, is damaged. Delete it, and run bdindex install again",
)


class Record:
    """What has been done, on disk at every moment."""

    def __init__(self, machine: Machine) -> None:
        self._path = paths.record(machine)
        self._folders: list[str] = []
        self.actions: list[Undoable] = []
        if self.exists:
            self._read()

    @property
    def exists(self) -> bool:
        return self._path.is_file()

    def _read(self) -> None:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            self._folders = [str(folder) for folder in told["folders"]]
            self.actions = [_action(fields) for fields in told["actions"]]
        except (OSError, ValueError, KeyError, TypeError):
            raise FileRefused(_DAMAGED.format(path=self._path)) from None

    def add(self, action: Undoable) -> None:
        """Write down what has just been done. Raises FileRefused, OSError."""
        self.actions.append(action)
        self.save()

    def save(self) -> None:
        """Write the record as it stands. Raises FileRefused, OSError."""
        self._folders += made_folders(self._path.parent)
        told = {"folders": self._folders, "actions": [_fields(action) for action in self.actions]}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        files.replace(self._path, text.encode(), backup=False)

    def remove(self) -> None:
        """Delete the record, with the folders that were made for it. Raises OSError."""
        self._path.unlink(missing_ok=True)
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):  # something else is in it by now
                Path(folder).rmdir()


def made_folders(folder: Path) -> list[str]:
    """Make a folder with all above it; those that were not there, from the top down. Raises OSError."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [str(path) for path in reversed(missing)]


def _fields(action: Undoable) -> dict[str, Any]:
    return {"kind": type(action).__name__, **dataclasses.asdict(action)}


def _action(fields: dict[str, Any]) -> Undoable:
    kind = KINDS[fields["kind"]]
    return kind(**{name: content for name, content in fields.items() if name != "kind"})
