"""Checks of Excel: whether it is the right one, what it does with macros, what else it loads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import FileRefused
from ..hosts.files import saving
from ..hosts.files.package import Package
from ..language import Text, joined, same
from ..system.versions import XLWINGS_VERSION
from ..workbook.vbaproject.parsing import read_project
from . import paths, trust
from .checks import NO_FILE, Check, Topic
from .machine import Machine
from .opened_project import version_in
from .registry import value

EXCEL = Topic("excel", Text("Excel", "Excel"))
WPS = Topic("wps", Text("WPS", "WPS"))
MACROS = Topic("macro settings", Text("宏设置", "macro settings"))
TRUSTED = Topic("trusted location", Text("受信任位置", "trusted location"))
ADDIN = Topic("xlwings add-in", Text("xlwings 加载项", "xlwings add-in"))

_INSTALL = Text(
    "请运行 bdindex install，并使用它放到 {folder} 的工作簿", "Run bdindex install, and use the workbook in {folder}"
)
_ASK_IT = Text("请联系管理员", "Ask your administrator")


def checks(machine: Machine, file: Path | None) -> Iterator[Check]:
    """All of them; `file` is the workbook that is to open."""
    yield _excel(machine)
    yield _wps(machine)
    yield _macros(machine, file)
    yield _trusted(machine, file)
    yield _addin(machine)


def _excel(machine: Machine) -> Check:
    if not (machine.is_windows or machine.is_macos):
        return EXCEL.elsewhere(machine.system)
    where = paths.excel(machine)
    if not where:
        remedy = Text(
            "没有 Excel 也可以用 bdindex recalculate 计算；公式和按钮需要安装 Microsoft Excel",
            "bdindex recalculate works without Excel; formulas and buttons need Microsoft Excel",
        )
        return EXCEL.fault(Text("未找到", "is not found"), remedy)
    if machine.is_windows and "windowsapps" in machine.key(where):
        # xlwings issue 1166
        remedy = Text(
            "应用商店版 Excel 无法运行工作表函数；请卸载，改装 Microsoft 365 或 Office 的桌面版",
            "Worksheet functions do not run in the Store's Excel; uninstall it, and install the desktop edition of "
            "Microsoft 365 or Office",
        )
        return EXCEL.fault(
            Text("Microsoft Store 版：{path}", "from the Microsoft Store: {path}").format(path=where), remedy
        )
    return EXCEL.ok(where)


def _wps(machine: Machine) -> Check:
    if not machine.is_windows:
        return WPS.elsewhere(machine.system)
    identifier = value(machine.registry, r"HKCR\Excel.Application\CLSID", "")
    server = value(machine.registry, rf"HKCR\CLSID\{identifier}\LocalServer32", "") if identifier else None
    if isinstance(server, str) and any(word in server.lower() for word in ("wps", "kingsoft", "et.exe")):
        # xlwings issue 2575
        remedy = Text(
            "WPS 占用了 Excel 的注册；请在 WPS 的配置工具中取消对 Microsoft Office 的兼容，或修复 Office",
            "WPS has taken Excel's registration; in its configuration tool, undo the compatibility with Microsoft "
            "Office, or have Office repaired",
        )
        return WPS.fault(Text("Excel 的自动化由 {path} 应答", "{path} answers for Excel").format(path=server), remedy)
    if machine.registry.values(r"HKCU\Software\Kingsoft\Office") is None and not machine.registry.subkeys(
        r"HKCU\Software\Kingsoft\Office"
    ):
        return WPS.ok(Text("未安装", "is not installed"))
    found = Text(
        "已安装；公式可用，按钮和工作表函数须在 Excel 中使用",
        "is installed; formulas work in it, buttons and worksheet functions in Excel only",
    )
    return WPS.ok(found)


def _macros(machine: Machine, file: Path | None) -> Check:
    if not machine.is_windows:
        return MACROS.elsewhere(machine.system)
    if file is not None and trust.is_trusted(machine, file.parent):
        return MACROS.ok(
            Text("工作簿在受信任位置，宏直接运行", "the workbook is in a trusted location, where macros run")
        )
    for version in paths.office_versions(machine):
        setting, by_policy = trust.warnings(machine, version)
        if setting not in (trust.SIGNED_ONLY, trust.NEVER):
            continue
        what = (
            Text("只运行已签名的宏", "runs signed macros only")
            if setting == trust.SIGNED_ONLY
            else Text("不运行宏", "runs no macros")
        )
        found = Text("Excel {version} {what}", "Excel {version} {what}").format(version=version, what=what)
        if by_policy:
            return MACROS.fault(
                Text("{found}（由管理员设置）", "{found}, as an administrator has set it").format(found=found), _ASK_IT
            )
        remedy = Text(
            "请在 Excel 的“文件 > 选项 > 信任中心 > 宏设置”中选择“禁用所有宏，并发出通知”，或运行 bdindex install",
            "In Excel, choose “Disable all macros with notification” under File > Options > Trust Center > Macro "
            "Settings, or run bdindex install",
        )
        return MACROS.fault(found, remedy)
    return MACROS.ok(Text("打开工作簿时可启用宏", "macros can be enabled when the workbook opens"))


def _trusted(machine: Machine, file: Path | None) -> Check:
    if not machine.is_windows:
        return TRUSTED.elsewhere(machine.system)
    if file is None:
        return TRUSTED.unneeded(NO_FILE)
    for version in paths.office_versions(machine):
        if trust.disabled(machine, version):
            found = Text("Excel {version} 已停用受信任位置", "Excel {version} trusts no location").format(
                version=version
            )
            return TRUSTED.warning(found, _ASK_IT)
    if trust.is_trusted(machine, file.parent):
        return TRUSTED.ok(str(file.parent))
    found = Text("{folder} 不是受信任位置；每次打开都须启用宏", "{folder} is none; macros are to be enabled each time")
    return TRUSTED.warning(found.format(folder=file.parent), _INSTALL.format(folder=paths.shared_folder(machine)))


def _addin(machine: Machine) -> Check:
    if not (machine.is_windows or machine.is_macos):
        return ADDIN.elsewhere(machine.system)
    candidates = [path for folder in paths.startup_folders(machine) for path in sorted(folder.glob("*.xlam"))]
    candidates += paths.registered_addins(machine) if machine.is_windows else []
    found = {path: _version(path) for path in candidates if os.path.isfile(path) and "xlwings" in path.name.casefold()}
    others = {path: version for path, version in found.items() if version != XLWINGS_VERSION}
    if not found:
        return ADDIN.ok(Text("未安装（也不需要）", "is not installed, nor needed"))
    if not others:
        return ADDIN.ok(joined([same(f"{path} ({XLWINGS_VERSION})") for path in found]))
    unknown = Text("版本不明", "of an unknown version")
    listed = joined([Text("{path}（{v}）", "{path} ({v})").format(path=p, v=v or unknown) for p, v in others.items()])
    remedy = Text(
        "工作簿自带 xlwings {needed}，不需要加载项。加载项与同一个 Python 中的 xlwings 版本须一致，否则它的函数不可用；"
        "不用时请运行 xlwings addin remove，或在 Excel 的“开发工具 > Excel 加载项”中取消",
        "The workbook brings its own xlwings {needed} and needs no add-in. An add-in must be of the version that its "
        "Python has, or its own functions fail; if nobody uses it, run xlwings addin remove, or untick it in Excel "
        "under Developer > Excel Add-ins",
    )
    return ADDIN.warning(listed, remedy.format(needed=XLWINGS_VERSION))


def _version(path: Path) -> str:
    """The version of xlwings in an add-in; "" where it cannot be told."""
    try:
        package = Package(saving.read(path))
        return version_in(read_project(package.read("xl/vbaProject.bin")), "XLWINGS_VERSION")
    except FileRefused:
        return ""
