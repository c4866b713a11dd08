"""What an installation does, each as a value that can be written down, read back and undone.

Undoing takes back only what is still as it was left: what the user has changed since is theirs.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..errors import FileRefused
from ..hosts import files
from ..language import Text
from . import conf, marks, paths
from .machine import Machine
from .registry import RegistryValue, value

_CHANGED = Text("{path} 后来改动过，予以保留", "{path} has changed since, and stays")
_REMOVED = Text("已删除 {path}", "{path} is removed")
_RESTORED = Text("已恢复 {path}", "{path} is as it was")
_GONE = Text("{path} 已不存在", "{path} is gone already")


def digest(data: bytes) -> str:
    """What a file's bytes are known by."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes | None) -> str | None:
    """Bytes as a text that goes into a record."""
    return None if data is None else base64.b64encode(data).decode("ascii")


@dataclass(frozen=True, slots=True)
class MadeFolder:
    """A folder that was not there before."""

    path: str

    def undo(self, machine: Machine) -> Text:
        folder = Path(self.path)
        if not folder.is_dir():
            return _GONE.format(path=folder)
        if any(folder.iterdir()):
            return Text("{path} 不是空的，予以保留", "{path} is not empty, and stays").format(path=folder)
        folder.rmdir()
        return _REMOVED.format(path=folder)


@dataclass(frozen=True, slots=True)
class WroteFile:
    """A file that was made or replaced: its bytes before, and what those after are known by."""

    path: str
    before: str | None
    after: str

    def undo(self, machine: Machine) -> Text:
        file = Path(self.path)
        if not file.is_file():
            return _GONE.format(path=file)
        if digest(file.read_bytes()) != self.after:
            return _CHANGED.format(path=file)
        return _put_back(file, self.before)


def _put_back(file: Path, before: str | None) -> Text:
    if before is None:
        file.unlink()
        return _REMOVED.format(path=file)
    files.replace(file, base64.b64decode(before), backup=False)
    return _RESTORED.format(path=file)


@dataclass(frozen=True, slots=True)
class SetKey:
    """A key set in a configuration file: the file's bytes before, and the key's value before and after."""

    path: str
    key: str
    before: str | None
    after: str
    value_before: str | None
    value: str

    def undo(self, machine: Machine) -> Text:
        file = Path(self.path)
        found = paths.read_conf(machine, file)
        if found is None:
            return _GONE.format(path=file)
        if digest(found.data) == self.after:
            return _put_back(file, self.before)
        # Other lines have changed since: only ours is taken back.
        if found.get(self.key) != self.value:
            return _CHANGED.format(path=file)
        old = self.value_before
        conf.write(file, found.without(self.key) if old is None else found.with_value(self.key, old), backup=False)
        return Text("已取回 {path} 中的 {key}", "{key} in {path} is as it was").format(path=file, key=self.key)


@dataclass(frozen=True, slots=True)
class WroteKey:
    """A key of the registry that was not there before; `made` are the keys above it that were not there either."""

    key: str
    values: dict[str, RegistryValue]
    made: list[str]

    def undo(self, machine: Machine) -> Text:
        registry = machine.registry
        if registry.values(self.key) is None:
            return _GONE.format(path=self.key)
        if any(value(registry, self.key, name) != content for name, content in self.values.items()):
            return _CHANGED.format(path=self.key)
        for key in (self.key, *reversed(self.made)):
            if not registry.subkeys(key) and (key == self.key or not registry.values(key)):
                registry.delete(key)
        return _REMOVED.format(path=self.key)


@dataclass(frozen=True, slots=True)
class TookMark:
    """The mark of the internet, taken off a file."""

    path: str
    mark: str

    def undo(self, machine: Machine) -> Text:
        file = Path(self.path)
        if not file.is_file():
            return _GONE.format(path=file)
        marks.mark(machine, file, self.mark)
        return Text("已恢复 {path} 的来源标记", "{path} has its mark of the internet again").format(path=file)


@dataclass(frozen=True, slots=True)
class AddedExtension:
    """An extension that LibreOffice took; `options` say for whom."""

    unopkg: str
    identifier: str
    options: list[str]

    def undo(self, machine: Machine) -> Text:
        listed = machine.run([self.unopkg, "list", *self.options])
        if listed is not None and self.identifier not in listed:
            return _GONE.format(path=self.identifier)
        if machine.run([self.unopkg, "remove", *self.options, self.identifier]) is None:
            raise FileRefused(_KEPT.format(name=self.identifier))
        return _REMOVED.format(path=self.identifier)


_KEPT = Text(
    "LibreOffice 没有移除扩展 {name}；请关闭 LibreOffice，再试一次",
    "LibreOffice did not remove the extension {name}; close it and try again",
)

Undoable = MadeFolder | WroteFile | SetKey | WroteKey | TookMark | AddedExtension
KINDS: dict[str, type[Undoable]] = {
    kind.__name__: kind for kind in (MadeFolder, WroteFile, SetKey, WroteKey, TookMark, AddedExtension)
}
