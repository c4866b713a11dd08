"""Check of our own add-in: whether Excel loads one, and whether that is of the version that is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from .. import __version__
from ..errors import FileRefused
from ..hosts.files import saving
from ..hosts.files.package import Package
from ..language import Text, joined, same
from ..system.versions import XLWINGS_VERSION
from ..workbook.vbaproject.parsing import read_project
from . import paths
from .checks import Check, Fix, Topic
from .install import renew
from .machine import Machine
from .opened_project import VERSION_MODULE, XLWINGS_MODULE, version_in, version_number

ADDIN = Topic("add-in", Text("本程序的加载项", "add-in of this program"))

_NONE = Text(
    "未安装；函数和按钮只在自带它们的工作簿中可用，运行 bdindex install 后在所有工作簿中可用",
    "is not installed; functions and buttons are in workbooks that bring them, and after bdindex install in all",
)
_RENEW = Text("请关闭 Excel，再运行 bdindex install", "Close Excel, and run bdindex install")
_UPGRADE = Text("请升级 bdindex_xl", "Upgrade bdindex_xl")
_OLD = Text("{path} 为 {inside}，安装的是 {here}", "{path} is of version {inside}, where {here} is installed")
_DAMAGED = Text("{path} 无法读取", "{path} cannot be read")
_TWICE = Text("Excel 同时加载 {paths}", "Excel loads several: {paths}")
_KEEP_ONE = Text("请只保留 {path}", "Keep {path} alone")


def checks(machine: Machine, addin: Callable[[], bytes] | None = None) -> Iterator[Check]:
    """The one check that there is. `addin` makes the add-in of this version, for where Excel starts an older one."""
    if not (machine.is_windows or machine.is_macos):
        yield ADDIN.elsewhere(machine.system)
        return
    found = list(_loaded(machine))
    if not found:
        yield ADDIN.ok(_NONE)
        return
    for path in found:
        is_ours = path.parent in paths.startup_folders(machine)
        fault = _fault(machine, path, partial(renew, machine, path, addin) if addin is not None and is_ours else None)
        if fault is not None:
            yield fault
            return
    if len(found) > 1:
        told = _TWICE.format(paths=joined([same(str(path)) for path in found]))
        yield ADDIN.warning(told, _KEEP_ONE.format(path=found[0]))
        return
    yield ADDIN.ok(f"{found[0]} ({__version__})")


def _loaded(machine: Machine) -> Iterator[Path]:
    """Our add-ins that Excel loads: those in its start-up folders, then those that the user has ticked."""
    candidates = [path for folder in paths.startup_folders(machine) for path in sorted(folder.glob("*.xlam"))]
    candidates += paths.registered_addins(machine) if machine.is_windows else []
    yield from (path for path in candidates if path.name.casefold().startswith("bdindex") and path.is_file())


def _fault(machine: Machine, path: Path, fix: Fix | None) -> Check | None:
    """What is wrong with an add-in; `fix` puts that of this version in its place."""
    try:
        project = read_project(Package(saving.read(path)).read("xl/vbaProject.bin"))
    except FileRefused:
        return ADDIN.fault(_DAMAGED.format(path=path), _RENEW, fix)
    inside = version_in(project, "BDX_VERSION", VERSION_MODULE)
    if inside != __version__:
        told = _OLD.format(path=path, inside=inside or "?", here=__version__)
        if version_number(inside) > version_number(__version__):
            return ADDIN.fault(told, _UPGRADE)
        return ADDIN.fault(told, _RENEW, fix)
    xlwings, installed = version_in(project, "XLWINGS_VERSION", XLWINGS_MODULE), machine.versions.get("xlwings")
    if xlwings != (installed or XLWINGS_VERSION):
        told = _OLD.format(path=path, inside=f"xlwings {xlwings or '?'}", here=f"xlwings {installed}")
        return ADDIN.fault(told, _RENEW, fix)
    return None
