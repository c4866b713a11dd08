"""Checks of xlwings' configuration: the user's, the folder's and the workbook's, each coming before those before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import FileRefused
from ..language import Text, joined, same
from ..workbook.configuration import SETTINGS
from . import conda, conf, paths
from .checks import NO_FILE, Check, Fix, Topic
from .config_sheet import ConfigSheet
from .machine import Machine

USER = Topic("user configuration", Text("用户的 xlwings 设置", "the user's settings of xlwings"))
FOLDER = Topic("folder configuration", Text("文件夹的 xlwings 设置", "the folder's settings of xlwings"))
SHEET = Topic("configuration sheet", Text("工作簿的 xlwings 设置", "the workbook's settings of xlwings"))

_RUN_INSTALL = Text("请运行 bdindex install", "Run bdindex install")
_NONE_NAMED = Text("{path} 未指定 Python", "{path} names no Python")
_GONE = Text("{path} 指定的 Python 不存在：{named}", "{path} names a Python that is not there: {named}")
# A workbook, or what lies beside it, comes from somebody: what it asks for is not looked up in the environment.
_VARIABLES = Text(
    "{path} 指定的 Python 含环境变量，未予展开：{named}",
    "{path} names a Python by variables of the environment, which are not looked up: {named}",
)


def checks(machine: Machine, file: Path | None) -> Iterator[Check]:
    """Those of files; `file` is the workbook that is to open."""
    yield _user(machine)
    yield _folder(machine, file)


def of_sheet(machine: Machine, sheet: ConfigSheet | None) -> Check:
    """That of the workbook's configuration sheet, as far as it has one."""
    if sheet is None:
        return SHEET.fault(
            Text("没有工作表“{name}”", "there is no sheet “{name}”").format(name=paths.CONF), _MAKE_AGAIN
        )
    return _sheet(machine, sheet)


_MAKE_AGAIN = Text(
    "请用 bdindex new 重新生成工作簿，再把数据复制过去", "Make the workbook again with bdindex new, and copy the data"
)


def _user(machine: Machine) -> Check:
    if not (machine.is_windows or machine.is_macos):
        return USER.elsewhere(machine.system)
    path = paths.user_conf(machine)
    if machine.is_macos and not path.parent.is_dir():
        found = Text("Excel 还没有启动过：没有 {folder}", "Excel has never been started: there is no {folder}")
        return USER.fault(
            found.format(folder=path.parent), Text("请启动一次 Excel 再试", "Start Excel once, and try again")
        )
    try:
        found_conf = paths.read_conf(machine, path)
    except FileRefused as refused:
        return USER.fault(refused.message, Text("请检查文件权限", "Check the file's permissions"))

    def name_this() -> Text:
        return write_interpreter(machine)

    if found_conf is not None and (fault := _misread(path, found_conf)) is not None:
        return fault
    return _named(machine, path, found_conf, name_this)


def _named(machine: Machine, path: Path, found: conf.Conf | None, name_this: Fix) -> Check:
    named = paths.named_interpreter(machine, found)
    if not named:
        return USER.fault(_NONE_NAMED.format(path=path), _RUN_INSTALL, name_this)
    meant = machine.expanded(named)  # looked up alone: what a variable holds, which may be a password, is not shown
    if paths.is_this_python(machine, meant):
        activated = conda.activation(machine)
        if activated is not None and found is not None and not found.get(conda.ENVIRONMENT_KEY):
            return USER.warning(_UNACTIVATED.format(named=named), _RUN_INSTALL, name_this)
        return USER.ok(f"{path}: {named}")
    if paths.is_there(meant):
        return USER.warning(_OTHER.format(path=path, named=named, this=paths.interpreter(machine)), _FORCE)
    if "/" not in named.replace("\\", "/"):
        return USER.warning(_BY_SEARCH.format(path=path, named=named), _FORCE)
    return USER.fault(_GONE.format(path=path, named=named), _RUN_INSTALL, name_this)


_OTHER = Text(
    "{path} 指定的是另一个 Python：{named}（本程序用 {this}）", "{path} names another Python: {named}, not {this}"
)
_UNACTIVATED = Text(
    "{named} 属于 conda 环境，但 Excel 启动时不激活它，numpy 可能无法加载",
    "{named} is of a conda environment that Excel does not activate, so that numpy may not load",
)
_BY_SEARCH = Text("{path} 只写了“{named}”，由 PATH 决定", "{path} says just “{named}”, which PATH decides")
_FORCE = Text(
    "若 Excel 应使用本程序的 Python，请运行 bdindex install --force；否则请在那个 Python 中也安装 bdindex_xl",
    "If Excel is to use this Python, run bdindex install --force; else install bdindex_xl in the other as well",
)


def write_interpreter(machine: Machine) -> Text:
    """Name this Python in the user's configuration; the file as it was is kept. Raises FileRefused."""
    path = paths.user_conf(machine)
    old = paths.read_conf(machine, path) or conf.Conf(b"", machine.encoding, b"\r\n" if machine.is_windows else b"\n")
    if old.has_mark:
        old = old.without_mark()
    new = old
    for key, named in naming(machine).items():
        new = new.with_value(key, named)
    kept = conf.write(path, new, backup=True)
    done = Text("已写入 {path}", "written to {path}").format(path=path)
    return (
        Text("{done}；原文件保留为 {kept}", "{done}; the file as it was is {kept}").format(done=done, kept=kept)
        if kept
        else done
    )


def naming(machine: Machine) -> dict[str, str]:
    """The keys of the user's configuration that name this Python, with their values."""
    activated = conda.activation(machine)
    if activated is None:
        return {paths.interpreter_key(machine): str(paths.interpreter(machine))}
    root, environment = activated
    key = paths.interpreter_key(machine)
    return {key: "pythonw", conda.ROOT_KEY: root, conda.ENVIRONMENT_KEY: environment}


def _misread(path: Path, found: conf.Conf) -> Check | None:
    if found.has_mark:

        def rewrite() -> Text:
            conf.write(path, found.without_mark(), backup=True)
            return Text("已改为系统编码", "saved in the system's encoding")

        remedy = Text("请在记事本中另存为 ANSI 编码", "Save it in Notepad with the encoding ANSI")
        told = Text(
            "{path} 以 UTF-8 BOM 开头，Excel 读不出第一项",
            "{path} begins with a UTF-8 mark, so that Excel misses its first key",
        )
        return USER.fault(told.format(path=path), remedy, rewrite)
    lines = found.misread()
    if lines:
        told = Text(
            "{path} 第 {lines} 行不是一对文本，Excel 会读错其后各项",
            "{path}: line {lines} is no pair, so that Excel misreads all after it",
        )
        remedy = Text('请删除这些行；每行应为 "名称","值"', 'Delete these lines; each must be "KEY","VALUE"')
        return USER.fault(told.format(path=path, lines=joined([same(n) for n in lines[:5]])), remedy)
    return None


def _folder(machine: Machine, file: Path | None) -> Check:
    if not (machine.is_windows or machine.is_macos):
        return FOLDER.elsewhere(machine.system)
    if file is None:
        return FOLDER.unneeded(NO_FILE)
    path = file.resolve().parent / paths.CONF
    try:
        found = paths.read_conf(machine, path)
    except FileRefused as refused:
        return FOLDER.fault(refused.message, Text("请检查文件权限", "Check the file's permissions"))
    if found is None:
        return FOLDER.ok(Text("没有", "there are none"))
    named = paths.named_interpreter(machine, found)
    remedy = Text(
        "请删除其中的 INTERPRETER 行，或把工作簿移到别的文件夹",
        "Delete its INTERPRETER lines, or move the workbook to another folder",
    )
    if not named:
        told = Text(
            "{path} 优先于用户的设置，但未指定 Python", "{path} comes before the user's settings, but names no Python"
        )
        return FOLDER.ok(told.format(path=path))
    if machine.has_variables(named):
        return FOLDER.warning(_VARIABLES.format(path=path, named=named), remedy)
    if paths.is_this_python(machine, named):
        return FOLDER.ok(f"{path}: {named}")
    if paths.is_there(named):
        told = Text(
            "{path} 优先于用户的设置，指定的是 {named}", "{path} comes before the user's settings, and names {named}"
        )
        return FOLDER.warning(told.format(path=path, named=named), remedy)
    return FOLDER.fault(_GONE.format(path=path, named=named), remedy)


def _sheet(machine: Machine, sheet: ConfigSheet) -> Check:
    where = same(paths.CONF)
    twice = sorted({key for key in sheet.keys if sheet.keys.count(key) > 1})
    if twice:
        told = Text("{where} 中 {keys} 不止一行，Excel 会报错", "{where} has {keys} more than once, where Excel fails")
        remedy = Text("请每项只留一行", "Leave one line of each")
        return SHEET.fault(told.format(where=where, keys=joined([same(key) for key in twice])), remedy)
    for key, expected, _ in SETTINGS:
        value = sheet.get(key)
        if value.rstrip(";").casefold() != expected.casefold():
            told = Text(
                "{where} 中 {key} 应为 {expected}，实为“{value}”", "{where}: expected {key} {expected}, found “{value}”"
            )
            remedy = Text("请在该工作表中改正", "Mend it on that sheet")
            return SHEET.fault(told.format(where=where, key=key, expected=expected, value=value), remedy)
    named = sheet.get(paths.interpreter_key(machine)) or sheet.get("INTERPRETER")
    remedy = Text(
        "请从该工作表删除 INTERPRETER 各行：Python 的位置属于每个人自己的设置",
        "Delete the INTERPRETER lines from that sheet: where Python is belongs to each user's own settings",
    )
    if machine.has_variables(named):
        return SHEET.warning(_VARIABLES.format(path=where, named=named), remedy)
    if named and not paths.is_there(named):
        return SHEET.fault(_GONE.format(path=where, named=named), remedy)
    if named and not paths.is_this_python(machine, named):
        told = Text(
            "{where} 优先于用户的设置，指定的是 {named}", "{where} comes before the user's settings, and names {named}"
        )
        return SHEET.warning(told.format(where=where, named=named), remedy)
    if named:
        told = Text("{where} 指定的 {named} 只在本机有效", "{where} names {named}, which is on this computer only")
        return SHEET.warning(told.format(where=where, named=named), remedy)
    return SHEET.ok(joined([same(f"{key} = {sheet.get(key)}") for key, _, _ in SETTINGS]))
