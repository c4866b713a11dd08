"""Checks of a workbook file: its VBA project, where it lies, and the mark of the internet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..errors import FileRefused
from ..hosts.files.relations import CONTENT_TYPES
from ..language import Text, joined, same
from ..system.versions import XLWINGS_VERSION
from ..workbook.vbaproject.parsing import ReadProject
from . import marks, opened_project, paths, trust
from .checks import NO_FILE, NOTHING, UNREAD, Check, Fix, Topic
from .machine import Machine
from .opened_project import FreshProject, Opened

FILE = Topic("workbook", Text("工作簿", "workbook"))
VBA = Topic("vba project", Text("VBA 项目", "VBA project"))
XLWINGS = Topic("xlwings module", Text("工作簿中的 xlwings", "xlwings in the workbook"))
VERSION = Topic("workbook version", Text("工作簿的版本", "version of the workbook"))
WRAPPERS = Topic("worksheet functions", Text("工作表函数", "worksheet functions"))
MARK = Topic("mark of the internet", Text("来自互联网的标记", "mark of the internet"))
PLACE = Topic("place of the workbook", Text("工作簿的位置", "place of the workbook"))

_NO_PROJECT = Text("没有 VBA 项目", "there is no VBA project")
NO_MACROS = Text("该文件不含宏", "the file takes no macros")


def without_file() -> Iterator[Check]:
    """The same checks where no workbook was named."""
    yield from (topic.unneeded(NO_FILE) for topic in (FILE, VBA, XLWINGS, VERSION, WRAPPERS, MARK, PLACE))


def refused(refusal: FileRefused) -> Iterator[Check]:
    """The same checks of a file that cannot be read."""
    yield FILE.fault(refusal.message, NOTHING)
    yield from (topic.unneeded(UNREAD) for topic in (VBA, XLWINGS, VERSION, WRAPPERS, MARK, PLACE))


def checks(machine: Machine, book: Opened, fresh: FreshProject | None) -> Iterator[Check]:
    """All of them; `fresh` makes the project that this version would put in."""
    yield _kind(book)
    try:
        found = opened_project.project_of(book)
    except FileRefused as refusal:
        yield VBA.fault(refusal.message, NOTHING)
        found = None
    else:
        yield _project(found) if found or takes_macros(book) else VBA.unneeded(NO_MACROS)
    if found is None:
        yield from (topic.unneeded(_NO_PROJECT) for topic in (XLWINGS, VERSION, WRAPPERS))
    else:
        fix = _fix(book, fresh)
        yield _xlwings(machine, found, fix)
        yield _version(found, fix)
        yield _wrappers(machine, found, fix)
    yield _mark(machine, book.path)
    yield _place(machine, book.path)


def _fix(book: Opened, fresh: FreshProject | None) -> Fix | None:
    """Replaces the project, where it can be replaced. The last word has `replace_project`."""
    if fresh is None:
        return None
    return lambda: opened_project.replace_project(book.path, fresh)


def takes_macros(book: Opened) -> bool:
    """Whether it is of the kind that may hold a VBA project; a copy for others is not, and lacks nothing."""
    return b"macroenabled" in book.package.read(CONTENT_TYPES).lower()


def _kind(book: Opened) -> Check:
    if takes_macros(book) and book.path.suffix.lower() in (".xlsm", ".xltm", ".xlam"):
        return FILE.ok(str(book.path))
    found = Text("{path} 不是启用宏的工作簿（.xlsm）", "{path} is no macro workbook (.xlsm)").format(path=book.path)
    remedy = Text(
        "bdindex recalculate 可用；公式和按钮请用 bdindex new 生成 .xlsm，再把数据复制过去",
        "bdindex recalculate works on it; for formulas and buttons make an .xlsm with bdindex new, and copy the data",
    )
    return FILE.warning(found, remedy)


def _project(found: ReadProject | None) -> Check:
    if found is None:
        remedy = Text(
            "bdindex recalculate 可用；公式和按钮请用 bdindex new 重新生成工作簿，再把数据复制过去",
            "bdindex recalculate works on it; for formulas and buttons make the workbook again with bdindex new, and "
            "copy the data",
        )
        return VBA.fault(_NO_PROJECT, remedy)
    told = Text("{n} 个模块", "{n} {n:module|modules}").format(n=len(found.modules))
    others = opened_project.foreign(found)
    if others:
        more = Text("{told}，其中您自己的：{names}", "{told}, of them your own: {names}")
        told = more.format(told=told, names=joined([same(name) for name in others]))
    return VBA.ok(told)


_UPDATE = Text(
    "请运行 bdindex doctor 文件 --fix 更换 VBA 项目", "Run bdindex doctor FILE --fix, which replaces the VBA project"
)
_REMAKE = Text(
    "请用 bdindex new 重新生成工作簿，再把数据复制过去", "Make the workbook again with bdindex new, and copy the data"
)


def _remedy(fix: Fix | None) -> Text:
    return _UPDATE if fix else _REMAKE


def _xlwings(machine: Machine, found: ReadProject, fix: Fix | None) -> Check:
    inside = opened_project.version_in(found, "XLWINGS_VERSION", opened_project.XLWINGS_MODULE)
    installed = machine.versions.get("xlwings", XLWINGS_VERSION)
    if not inside:
        told = Text("没有模块 xlwings 或其版本", "there is no module xlwings, or it states no version")
        return XLWINGS.fault(told, _remedy(fix), fix)
    if inside == installed:
        return XLWINGS.ok(inside)
    told = Text("工作簿中为 {inside}，安装的是 {installed}", "{inside} in the workbook, {installed} installed")
    told = told.format(inside=inside, installed=installed)
    if inside == XLWINGS_VERSION:
        remedy = Text("请安装 xlwings=={needed}", "Install xlwings=={needed}").format(needed=XLWINGS_VERSION)
        return XLWINGS.fault(told, remedy)
    return XLWINGS.fault(told, _remedy(fix), fix)


def _version(found: ReadProject, fix: Fix | None) -> Check:
    inside = opened_project.version_in(found, "BDX_VERSION", opened_project.VERSION_MODULE)
    if not inside:
        return VERSION.fault(
            Text("没有模块 BdxVersion 或其版本", "there is no module BdxVersion, or it states no version"),
            _remedy(fix),
            fix,
        )
    if inside == __version__:
        return VERSION.ok(inside)
    told = Text("工作簿由 {inside} 生成，安装的是 {here}", "made by {inside}, where {here} is installed")
    told = told.format(inside=inside, here=__version__)
    if opened_project.version_number(inside) > opened_project.version_number(__version__):
        return VERSION.fault(told, Text("请升级 bdindex_xl", "Upgrade bdindex_xl"))
    return VERSION.fault(told, _remedy(fix), fix)


def _wrappers(machine: Machine, found: ReadProject, fix: Fix | None) -> Check:
    if machine.functions is None:
        return WRAPPERS.unneeded(Text("本版本没有工作表函数", "this version has no worksheet functions"))
    there, needed = opened_project.wrappers(found), {name.upper() for name in machine.functions}
    missing = sorted(needed - there)
    if missing:
        told = Text("缺少 {names}", "missing: {names}").format(names=joined([same(name) for name in missing]))
        return WRAPPERS.fault(told, _remedy(fix), fix)
    return WRAPPERS.ok(Text("{n} 个，齐全", "all {n} are there").format(n=len(needed)))


def _mark(machine: Machine, file: Path) -> Check:
    if not (machine.is_windows or machine.is_macos):
        return MARK.elsewhere(machine.system)
    found = marks.mark_of(machine, file)
    if found is None or (machine.is_windows and marks.zone(found) < marks.INTERNET):
        return MARK.ok(Text("没有", "there is none"))

    def unmark() -> Text:
        marks.unmark(machine, file)
        return Text("已解除", "taken off")

    if machine.is_macos:
        remedy = Text("如打不开，请用 --fix 去除", "If it does not open, take it off with --fix")
        return MARK.warning(Text("文件带隔离标记", "the file is in quarantine"), remedy, unmark)
    if trust.is_trusted(machine, file.parent):
        return MARK.ok(Text("有，但文件在受信任位置", "it is there, but the file is in a trusted location"))
    told = Text(
        "文件来自互联网，Office 会禁用其中的宏", "the file is from the internet, where Office blocks its macros"
    )
    remedy = Text(
        "若信任发件人：右键 > 属性 > 解除锁定，或用 --fix",
        "If you trust the sender: right-click, Properties, Unblock; or use --fix",
    )
    if trust.internet_blocked(machine):
        told = Text("{told}（管理员也如此规定）", "{told}, and an administrator's policy says so too").format(told=told)
    return MARK.fault(told, remedy, unmark)


def _place(machine: Machine, file: Path) -> Check:
    path = file.resolve()
    remedy = Text(
        "用按钮和公式时请把工作簿放到本机文件夹，如 {folder}",
        "For buttons and formulas, keep it in a local folder such as {folder}",
    ).format(folder=paths.shared_folder(machine))
    if cloud := paths.cloud_folder(machine, path):
        # xlwings issues 2427 and 2652: Excel gives the address on the web for the path.
        told = Text(
            "在 OneDrive 或 SharePoint 同步的文件夹 {folder} 中",
            "in {folder}, which OneDrive or SharePoint keeps in step",
        )
        return PLACE.warning(told.format(folder=cloud), remedy)
    if machine.is_windows and trust.is_network(machine, path):
        return PLACE.warning(Text("在网络位置 {folder}", "on the network: {folder}").format(folder=path.parent), remedy)
    if machine.is_windows and "content.outlook" in machine.key(path):
        return PLACE.warning(Text("是从邮件中直接打开的临时文件", "a temporary file, opened right from a mail"), remedy)
    return PLACE.ok(str(path.parent))
