"""Checks of Python and its packages: what Excel will start, and whether that can answer."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..errors import FileRefused
from ..hosts import files
from ..language import Text, joined, same
from ..system.versions import XLWINGS_VERSION
from . import conda, paths
from .checks import Check, Topic
from .machine import Machine

_OLDEST = (3, 11)  # python_requires

VERSION = Topic("python version", Text("Python 版本", "Python version"))
BITNESS = Topic("bitness", Text("Excel 与 Python 的位数", "32 or 64 bits of Excel and Python"))
STORE = Topic("python edition", Text("Python 的来源", "edition of Python"))
ENVIRONMENT = Topic("virtual environment", Text("虚拟环境", "virtual environment"))
VARIABLES = Topic("environment variables", Text("环境变量", "environment variables"))
PACKAGE = Topic("package", Text("bdindex_xl", "bdindex_xl"))
XLWINGS = Topic("xlwings", Text("xlwings", "xlwings"))
DLL = Topic("xlwings dll", Text("xlwings 的 DLL", "DLL of xlwings"))
PYWIN32 = Topic("pywin32", Text("pywin32", "pywin32"))
SCRIPT = Topic("xlwings script", Text("xlwings 的 AppleScript", "AppleScript of xlwings"))

_REINSTALL = Text("请运行 {python} -m pip install {what}", "Run {python} -m pip install {what}")
# It is in no index of packages: whoever takes its name there is somebody else.
_OURS = Text(
    "请在程序文件夹中运行 {python} -m pip install --force-reinstall --no-deps .",
    "In the folder of the program, run {python} -m pip install --force-reinstall --no-deps .",
)
_NOT_INSTALLED = Text("未安装", "is not installed")


def checks(machine: Machine) -> Iterator[Check]:
    """All of them, in the order in which they build on each other."""
    yield _version(machine)
    yield _store(machine)
    yield _environment(machine)
    yield _variables(machine)
    yield _package(machine)
    yield _xlwings(machine)
    yield _bitness(machine)
    yield _dll(machine, _configured(machine))
    yield _pywin32(machine)
    yield _script(machine)


def checks_of_this_python(machine: Machine) -> Iterator[Check]:
    """Those that tell whether Excel can work with the Python that runs, whatever is configured now."""
    for check in (_version, _store, _environment, _package, _xlwings, _pywin32):
        yield check(machine)
    yield _dll(machine, str(paths.interpreter(machine)))


def checks_of_any_program(machine: Machine) -> Iterator[Check]:
    """Those of them that matter whatever program starts this Python."""
    yield _version(machine)
    yield _environment(machine)


def _pip(machine: Machine, what: str) -> Text:
    return _REINSTALL.format(python=machine.python.executable, what=what)


def _version(machine: Machine) -> Check:
    python = machine.python
    found = Text("{version}，{bits} 位，{path}", "{version}, {bits}-bit, {path}").format(
        version=".".join(map(str, python.version)), bits=python.bits, path=python.executable
    )
    if python.version >= _OLDEST:
        return VERSION.ok(found)
    oldest = ".".join(map(str, _OLDEST))
    remedy = Text("请从 python.org 安装 Python {n} 或更新版本", "Install Python {n} or newer from python.org")
    return VERSION.fault(found, remedy.format(n=oldest))


def _store(machine: Machine) -> Check:
    if not machine.is_windows:
        return STORE.elsewhere(machine.system)
    python = machine.python
    for path in (python.executable, python.base):
        if "windowsapps" in machine.key(path) or "pythonsoftwarefoundation.python" in machine.key(path):
            # xlwings issue 2371
            remedy = Text(
                "应用商店版 Python 无法运行工作表函数；请从 python.org 安装，再用它重新安装 bdindex_xl",
                "Worksheet functions do not run with the Store's Python; install Python from python.org, and "
                "bdindex_xl with that",
            )
            return STORE.fault(
                Text("Microsoft Store 版：{path}", "from the Microsoft Store: {path}").format(path=path), remedy
            )
    return STORE.ok(Text("不是 Microsoft Store 版", "not from the Microsoft Store"))


def _environment(machine: Machine) -> Check:
    python = machine.python
    if conda.is_conda(machine):
        return ENVIRONMENT.ok(Text("conda 环境 {path}", "of conda: {path}").format(path=python.prefix))
    if not python.in_environment:
        return ENVIRONMENT.ok(Text("未使用", "none is used"))
    try:
        told = (python.prefix / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        told = ""
    fields = {key.strip(): text.strip() for key, _, text in (line.partition("=") for line in told.splitlines())}
    base, made = fields.get("home", ""), fields.get("command", "").rpartition("-m venv ")[2].strip().strip('"')
    made = re.sub(r"^(?:--\S+ )+", "", made)
    again = Text(
        "请在 {folder} 重新建立虚拟环境，并重新安装 bdindex_xl",
        "Make the environment in {folder} again, and install bdindex_xl in it",
    ).format(folder=python.prefix)
    if base and not os.path.isdir(base):
        found = Text("它所依据的 Python 已不在：{base}", "the Python it was made from is gone: {base}")
        return ENVIRONMENT.fault(found.format(base=base), again)
    if Path(made).is_absolute() and not _is_one_folder(machine, Path(made), python.prefix):
        found = Text("由 {made} 移到了 {now}", "was moved from {made} to {now}")
        return ENVIRONMENT.fault(found.format(made=made, now=python.prefix), again)
    return ENVIRONMENT.ok(str(python.prefix))


def _is_one_folder(machine: Machine, one: Path, other: Path) -> bool:
    return machine.same(one, other) or (os.path.isdir(one) and os.path.isdir(other) and one.samefile(other))


def _variables(machine: Machine) -> Check:
    home = machine.variable("PYTHONHOME")
    if not home:
        return VARIABLES.ok(Text("未设置 PYTHONHOME", "PYTHONHOME is not set"))
    # xlwings issue 1653
    remedy = Text(
        "请删除环境变量 PYTHONHOME：Excel 启动的 Python 会到那里去找它的库",
        "Delete the environment variable PYTHONHOME: a Python that Excel starts looks for its library there",
    )
    return VARIABLES.warning(f"PYTHONHOME = {home}", remedy)


def _package(machine: Machine) -> Check:
    installed = machine.versions.get("bdindex_xl")
    if installed is None:
        found = Text("{version}，由源代码运行，未安装", "{version}, run from its source, not installed")
        told, remedy = found.format(version=__version__), _OURS.format(python=machine.python.executable)
        # Excel starts Python elsewhere, where the source is not found.
        if machine.is_windows or machine.is_macos:
            return PACKAGE.fault(told, remedy)
        return PACKAGE.warning(told, remedy)
    if installed != __version__:
        found = Text("运行的是 {here}，安装的是 {there}", "{here} runs, {there} is installed")
        return PACKAGE.fault(
            found.format(here=__version__, there=installed), _OURS.format(python=machine.python.executable)
        )
    return PACKAGE.ok(installed)


def _xlwings(machine: Machine) -> Check:
    installed = machine.versions.get("xlwings")
    needed = XLWINGS_VERSION
    remedy = _pip(machine, f"xlwings=={needed}")
    if installed is None and not (machine.is_windows or machine.is_macos):
        return XLWINGS.elsewhere(machine.system)
    if installed is None:
        return XLWINGS.fault(_NOT_INSTALLED, remedy)
    if installed != needed:
        found = Text("{there}，应为 {needed}", "{there}, where {needed} is needed")
        return XLWINGS.fault(found.format(there=installed, needed=needed), remedy)
    return XLWINGS.ok(installed)


def _bitness(machine: Machine) -> Check:
    if not machine.is_windows:
        return BITNESS.elsewhere(machine.system)
    office = paths.office_bits(machine)
    excel = Text("{n} 位", "{n}-bit").format(n=office) if office else Text("未知", "unknown")
    found = Text("Excel {excel}，Python {n} 位；两者不必相同", "Excel {excel}, Python {n}-bit; they need not agree")
    # They are two processes; only the DLL is of Excel's kind (xlwings issue 766).
    return BITNESS.ok(found.format(excel=excel, n=machine.python.bits))


def _configured(machine: Machine) -> str:
    """The Python that Excel starts now; "" where none is named."""
    try:
        return machine.expanded(paths.named_interpreter(machine, paths.read_conf(machine, paths.user_conf(machine))))
    except FileRefused:
        return ""


def _dll(machine: Machine, named: str) -> Check:
    if not machine.is_windows:
        return DLL.elsewhere(machine.system)
    folders = paths.dll_folders(machine, named)
    bits = paths.office_bits(machine)
    needed = [f"xlwings{n}-{XLWINGS_VERSION}.dll" for n in ((bits,) if bits else (32, 64))]
    missing = [name for name in needed if not any((folder / name).is_file() for folder in folders)]
    if not missing:
        return DLL.ok(", ".join(needed))
    others = sorted({path.name for folder in folders for path in folder.glob("xlwings*.dll")})
    found = Text("{folder} 中没有 {missing}", "{missing} is not in {folder}")
    found = found.format(missing=joined([same(name) for name in missing]), folder=folders[0])
    if others:
        other = Text("{found}，只有 {others}", "{found}; there is {others}")
        found = other.format(found=found, others=joined([same(name) for name in others]))
    # xlwings issue 2693: packages of conda have come without the DLL.
    return DLL.fault(found, _pip(machine, f"--force-reinstall --no-deps xlwings=={XLWINGS_VERSION}"))


def _pywin32(machine: Machine) -> Check:
    if not machine.is_windows:
        return PYWIN32.elsewhere(machine.system)
    installed = machine.versions.get("pywin32")
    return PYWIN32.ok(installed) if installed else PYWIN32.fault(_NOT_INSTALLED, _pip(machine, "pywin32"))


def _script(machine: Machine) -> Check:
    if not machine.is_macos:
        return SCRIPT.elsewhere(machine.system)
    source, target = paths.script_source(machine), paths.script(machine)
    if source is None or not source.is_file():
        return SCRIPT.fault(
            Text("xlwings 中没有该文件", "xlwings has none"), _pip(machine, f"xlwings=={XLWINGS_VERSION}")
        )
    wanted = source.read_bytes()
    if target.is_file() and target.read_bytes() == wanted:
        return SCRIPT.ok(str(target))

    def copy() -> Text:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.replace(target, wanted, backup=False)
        return Text("已复制到 {path}", "copied to {path}").format(path=target)

    found = Text("{path} 不存在或内容不同", "{path} is missing or another").format(path=target)
    return SCRIPT.fault(found, Text("请运行 bdindex install", "Run bdindex install"), copy)
