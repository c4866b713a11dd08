"""Checks that start Python by the command that Excel starts it by, and of what may forbid that. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..errors import FileRefused
from ..language import Text, same
from ..workbook import configuration
from . import conda, conf, paths
from .checks import Check, Topic
from .machine import Machine, Started
from .registry import value

PROCESSES = Topic("processes", Text("启动进程的限制", "rules about starting programs"))
START = Topic("start of python", Text("按 Excel 的方式启动 Python", "Python started as Excel starts it"))
CONTROL = Topic("control of excel", Text("控制 Excel 的权限", "permission to control Excel"))

_GUARD = r"Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
_CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a"  # Block all Office applications from creating child processes
_BLOCKS, _WARNS = ("1", "6")
_SHELL = r"HKCU\Software\Policies\Microsoft\Windows\System"
_APPLOCKER = r"HKLM\Software\Policies\Microsoft\Windows\SrpV2\Exe"

# What the functions need is imported, and nothing is served.
_WINDOWS = "import xlwings.com_server, bdindex_xl.hosts.excel.udfs; print('bdindex', bdindex_xl.__version__)"
_MACOS = "import xlwings, bdindex_xl.buttons.of_excel; print('bdindex', bdindex_xl.__version__)"
_ASK_EXCEL = (
    'if application id "com.microsoft.Excel" is running then '
    'tell application id "com.microsoft.Excel" to count workbooks'
)


def checks(machine: Machine) -> Iterator[Check]:
    """All of them."""
    yield _processes(machine)
    yield _start(machine)
    yield _control(machine)


def _processes(machine: Machine) -> Check:
    if not machine.is_windows:
        return PROCESSES.elsewhere(machine.system)
    message = configuration.MESSAGES["forbidden"]
    for key in (rf"HKLM\Software\Policies\{_GUARD}", rf"HKLM\Software\{_GUARD}"):
        rule = str(value(machine.registry, key, _CHILDREN))
        if rule == _BLOCKS:
            return PROCESSES.fault(_RULE, message)
        if rule == _WARNS:
            return PROCESSES.warning(_RULE, message)
    if value(machine.registry, _SHELL, "DisableCMD") in (1, 2):
        return PROCESSES.fault(_NO_SHELL, message)
    if value(machine.registry, _APPLOCKER, "EnforcementMode") == 1 and machine.registry.subkeys(_APPLOCKER):
        return PROCESSES.warning(_LOCKED, message)
    return PROCESSES.ok(Text("没有发现", "none is known"))


_RULE = Text(
    "Defender 的规则“阻止所有 Office 应用程序创建子进程”已启用",
    "Defender's rule “Block all Office applications from creating child processes” is in force",
)
_NO_SHELL = Text("管理员停用了 cmd.exe（DisableCMD）", "an administrator has disabled cmd.exe (DisableCMD)")
_LOCKED = Text("AppLocker 限制可以运行的程序", "AppLocker limits which programs run")


def _start(machine: Machine) -> Check:
    if not (machine.is_windows or machine.is_macos):
        return START.elsewhere(machine.system)
    try:
        found = paths.read_conf(machine, paths.user_conf(machine))
    except FileRefused as refused:
        return START.unneeded(refused.message)
    named = machine.expanded(paths.named_interpreter(machine, found))
    if not paths.is_there(named):
        return START.unneeded(Text("没有指定可用的 Python", "no Python that is there is named"))
    documents = machine.home / "Documents"  # the folder that Excel is in when it starts
    command = windows_command(machine, found, named) if machine.is_windows else f'{named} -B -c "{_MACOS}"'
    done = machine.start(
        command if machine.is_windows else ["/bin/sh", "-c", command],
        documents if documents.is_dir() else machine.home,
        {"PYTHONSAFEPATH": "1"} if machine.is_windows else {},
    )
    return _told(done, command)


def windows_command(machine: Machine, found: conf.Conf | None, named: str) -> str:
    """The command of `XLPyCommand`, in xlwings.bas, but for what Python is to do, and with a console to speak to."""
    folder, name = named.replace("\\", "/").rpartition("/")[::2]
    speaking = named[: len(folder) + 1] + name.replace("pythonw", "python")
    quoted = f'"{speaking if paths.is_there(speaking) else named}"'
    root = found.get(conda.ROOT_KEY) if found else None
    environment = found.get(conda.ENVIRONMENT_KEY) if found else None
    if found and root and environment and (found.get(paths.interpreter_key(machine)) or "pythonw") == "pythonw":
        quoted = f'"{root}\\condabin\\conda" activate {environment} && python'
    return f'cmd.exe /C "{quoted} -B -c "{_WINDOWS}""'


def _told(done: Started, command: str) -> Check:
    lines = [line.strip() for line in done.said.splitlines() if line.strip()]
    if done.code == 0 and f"bdindex {__version__}" in lines:
        return START.ok(Text("{version}，正常应答", "{version} answers").format(version=__version__))
    last = lines[-1] if lines else ""
    if done.code == 0:
        other = Text("它装有的 bdindex_xl 是另一个版本：{said}", "it has another version of bdindex_xl: {said}")
        return START.fault(other.format(said=same(last)), configuration.MESSAGES["old_package"])
    key = configuration.cause(done.said)
    if done.code is None and key is None:
        key = "forbidden"
    if key == "broken_package":
        remedy = _BROKEN
    else:
        remedy = configuration.MESSAGES[key] if key else _BY_HAND.format(command=same(command))
    said = Text("不能启动：{said}", "does not start: {said}").format(said=same(last or str(done.code)))
    return START.fault(said, remedy)


_BROKEN = Text(
    "请在程序文件夹中用该 Python 运行 -m pip install --force-reinstall .；使用 conda 的，请在激活的环境中运行 bdindex "
    "install，"
    "使 Excel 也先激活它",
    "With that Python, run -m pip install --force-reinstall . in the folder of the program; where it is conda's, run "
    "bdindex install in the activated environment, so that Excel activates it too",
)
_BY_HAND = Text(
    "请在命令行运行同样的命令查看全文：{command}", "To read all of it, run the same in a terminal: {command}"
)


def _control(machine: Machine) -> Check:
    if not machine.is_macos:
        return CONTROL.elsewhere(machine.system)
    done = machine.start(["/usr/bin/osascript", "-e", _ASK_EXCEL], Path("/"), {})
    if "-1743" in done.said:
        # xlwings issues 1146, 1262, 1693
        remedy = Text(
            "请在“系统设置 > 隐私与安全性 > 自动化”中允许终端和 Microsoft Excel 控制 Microsoft Excel",
            "Under System Settings > Privacy & Security > Automation, allow the terminal and Microsoft Excel to "
            "control "
            "Microsoft Excel",
        )
        return CONTROL.fault(Text("被拒绝（−1743）", "is refused (−1743)"), remedy)
    if done.code == 0 and done.said.strip():
        return CONTROL.ok(Text("已允许", "is given"))
    return CONTROL.unneeded(Text("Excel 没有运行", "Excel is not running"))
