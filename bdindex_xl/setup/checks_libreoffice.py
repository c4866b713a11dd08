"""Check of LibreOffice's extension: whether the Python that it was told of starts, with this program in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from .. import __version__
from ..errors import FileRefused
from ..language import Text, same
from . import libreoffice, paths
from .checks import Check, Topic
from .install import StepOutcome
from .machine import Machine

LIBREOFFICE = Topic("libreoffice", Text("LibreOffice 扩展所用的 Python", "Python of the extension for LibreOffice"))

_NONE = Text("未为 LibreOffice 安装扩展", "the extension for LibreOffice is not installed")
_GONE = Text("{path} 指定的 {python} 不存在", "{python}, which {path} names, is not there")
_OLD = Text("{python} 中是 {found}，安装的是 {here}", "{python} has version {found}, where {here} is installed")
_OLD_EXTENSION = Text(
    "LibreOffice 中的扩展为 {found}，安装的是 {here}",
    "the extension in LibreOffice is of version {found}, where {here} is installed",
)
_AGAIN = Text("请运行 bdindex install --libreoffice", "Run bdindex install --libreoffice")


def checks(machine: Machine, extension: Callable[[], bytes] | None = None) -> Iterator[Check]:
    """The one check that there is. `extension` makes that of this version, to be registered anew."""
    fix = partial(_renew, machine, extension) if extension is not None else None
    path = libreoffice.settings(machine)
    if not path.is_file():
        yield LIBREOFFICE.unneeded(_NONE)
        return
    python = path.read_text(encoding="utf-8", errors="replace").strip()
    if not paths.is_there(python):
        yield LIBREOFFICE.fault(_GONE.format(path=path, python=python or same("—")), _AGAIN, fix)
        return
    found = libreoffice.loaded(machine, python)
    if found is None:
        yield LIBREOFFICE.fault(libreoffice.NOT_LOADED.format(python=python), _AGAIN, fix)
    elif found != __version__:
        yield LIBREOFFICE.warning(_OLD.format(python=python, found=found, here=__version__), _AGAIN, fix)
    elif (old := libreoffice.registered(machine)) not in (None, __version__):
        yield LIBREOFFICE.fault(_OLD_EXTENSION.format(found=old, here=__version__), _AGAIN, fix)
    else:
        yield LIBREOFFICE.ok(python)


def _renew(machine: Machine, extension: Callable[[], bytes]) -> Text:
    """What install does, once more. Raises FileRefused."""
    steps = libreoffice.install(machine, extension)
    for step in steps:
        if step.outcome is StepOutcome.FAILED:
            raise FileRefused(step.text)
    return steps[-1].text
