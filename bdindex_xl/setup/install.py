"""Sets a user up: the interpreter, a trusted folder with the workbook, xlwings' script; and takes all that back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import FileRefused
from ..hosts import files
from ..hosts.files import saving
from ..language import Text
from . import conf, marks, paths, trust
from .checks import Check, State
from .checks_config import naming
from .checks_python import checks_of_this_python
from .installation_record import Record, made_folders
from .machine import Machine
from .registry import RegistryValue
from .undoable import MadeFolder, SetKey, TookMark, Undoable, WroteFile, WroteKey, digest, packed

_DESCRIPTION = "BDIndex"  # of the trusted location


class StepOutcome(StrEnum):
    """What became of a step."""

    DONE = "done"
    ALREADY = "already"  # it was so before
    SKIPPED = "skipped"  # cannot be, and need not
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """A step, as it is told."""

    outcome: StepOutcome
    text: Text


def succeeded(lines: list[Step]) -> bool:
    """Whether no step failed."""
    return all(line.outcome is not StepOutcome.FAILED for line in lines)


def install(
    machine: Machine, workbook: Path | None = None, *, force: bool = False, addin: Callable[[], bytes] | None = None
) -> list[Step]:
    """Set this user up; `addin` makes the add-in for Excel's start-up folder. Doing it again changes nothing more.

    Nothing is changed where Python cannot do its part, or where another interpreter is configured and `force` is not
    given. A step that fails ends the rest; what was done before it is recorded.
    """
    if not (machine.is_windows or machine.is_macos):
        return [Step(StepOutcome.SKIPPED, _NO_EXCEL)]
    hindrances = list(_hindrances(machine, force))
    if hindrances:
        return [Step(StepOutcome.FAILED, text) for text in hindrances]
    return all_of(_Installation(machine, workbook, addin).steps())


def uninstall(machine: Machine) -> list[Step]:
    """Take back what the record says was done, the last first. What fails stays on record."""
    try:
        record = Record(machine)
    except FileRefused as refused:
        return [Step(StepOutcome.FAILED, refused.message)]
    if not record.exists:
        return [Step(StepOutcome.ALREADY, Text("没有安装记录，无需撤销", "nothing is recorded as installed"))]
    lines: list[Step] = []
    left: list[Undoable] = []
    for action in reversed(record.actions):
        try:
            lines.append(Step(StepOutcome.DONE, action.undo(machine)))
        except (FileRefused, OSError) as error:
            lines.append(Step(StepOutcome.FAILED, _reason(error)))
            left.insert(0, action)
    record.actions = left
    try:
        record.save() if left else record.remove()
    except (FileRefused, OSError) as error:
        lines.append(Step(StepOutcome.FAILED, _reason(error)))
    return lines


def _reason(error: FileRefused | OSError) -> Text:
    if isinstance(error, FileRefused):
        return error.message
    return Text(*(str(error),) * 2)


def renew(machine: Machine, target: Path, addin: Callable[[], bytes]) -> Text:
    """Put this version of the add-in in an older one's place; uninstall puts that back. Raises FileRefused, OSError."""
    return _Installation(machine, None, addin).renewed(target, addin())


def all_of(steps: Iterator[Step]) -> list[Step]:
    """Do one after the other, up to the first that fails."""
    lines: list[Step] = []
    try:
        lines.extend(steps)
    except (FileRefused, OSError) as error:
        lines.append(Step(StepOutcome.FAILED, _reason(error)))
    return lines


def faults_of(checks: Iterable[Check]) -> Iterator[Text]:
    """What is wrong, and how to mend it."""
    for check in checks:
        if check.state is State.FAULT:
            told = Text("{title}：{found}。{remedy}", "{title}: {found}. {remedy}")
            yield told.format(title=check.title, found=check.found, remedy=check.remedy)


def _hindrances(machine: Machine, force: bool) -> Iterator[Text]:
    yield from faults_of(checks_of_this_python(machine))
    path = paths.user_conf(machine)
    if machine.is_macos and not path.parent.is_dir():
        yield Text("请先启动一次 Excel：没有 {folder}", "start Excel once first: there is no {folder}").format(
            folder=path.parent
        )
        return
    if machine.is_macos and " " in str(paths.interpreter(machine)):
        yield _SPACES.format(folder=machine.home)
    try:
        for key, named in naming(machine).items():
            conf.Conf(b"", machine.encoding).with_value(key, named)
    except FileRefused as refused:
        yield refused.message
        return
    try:
        named = paths.named_interpreter(machine, paths.read_conf(machine, path))
    except FileRefused as refused:
        yield refused.message
        return
    bare = bool(named) and "/" not in named.replace("\\", "/")
    path_named = machine.expanded(named)
    if not force and (bare or paths.is_there(path_named)) and not paths.is_this_python(machine, path_named):
        yield _OTHERS.format(path=path, named=named)


_NO_EXCEL = Text(
    "Excel 只用于 Windows 和 macOS，这里无需设置；可直接使用 bdindex recalculate 等命令",
    "Excel runs on Windows and macOS only, so there is nothing to set up here; bdindex recalculate and the other "
    "commands work as they are",
)
_OTHERS = Text(
    "{path} 已指定另一个 Python（{named}），别的 xlwings 工作簿可能要用它；确要改用本程序的 Python，请加 --force",
    "{path} names another Python ({named}), which other workbooks of xlwings may need; to use this one instead, add "
    "--force",
)


class _Installation:
    """The steps, each written down as soon as it is done."""

    def __init__(self, machine: Machine, workbook: Path | None, addin: Callable[[], bytes] | None) -> None:
        self._machine = machine
        self._workbook = workbook
        self._addin = addin
        self._folder = paths.shared_folder(machine)

    def renewed(self, target: Path, data: bytes) -> Text:
        self._record = Record(self._machine)
        return self._put(target, data).text

    def steps(self) -> Iterator[Step]:
        self._record = Record(self._machine)
        if paths.interpreter(self._machine) == paths.wrapper(self._machine):
            yield self._wrapper()
        if self._folder == paths.plain_folder(self._machine):
            yield self._own_folder()
        yield self._interpreter()
        yield self._shared_folder()
        if self._machine.is_windows:
            yield from self._trusted()
        if self._workbook is not None:
            yield self._copy(self._workbook)
            yield from self._unmark(self._folder / self._workbook.name)
        if self._machine.is_macos:
            yield self._script()
        if self._addin is not None:
            yield self._start_up(self._addin)

    def _did(self, action: Undoable, text: Text) -> Step:
        self._record.add(action)
        return Step(StepOutcome.DONE, text)

    def _make(self, folder: Path) -> None:
        for path in made_folders(folder):
            self._record.add(MadeFolder(path))

    def _interpreter(self) -> Step:
        machine, path = self._machine, paths.user_conf(self._machine)
        try:
            return self._named(path)
        except OSError:
            if machine.is_macos or path.is_relative_to(self._folder):
                raise
            # A profile that cannot be written to: what stands beside the workbooks is read before it.
            self._make(self._folder)
            return self._named(self._folder / paths.CONF)

    def _named(self, path: Path) -> Step:
        machine = self._machine
        told = _NAMED.format(path=path, wanted=paths.interpreter(machine))
        found = paths.read_conf(machine, path)
        old = found or conf.Conf(b"", machine.encoding, b"\r\n" if machine.is_windows else b"\n")
        data = found.data if found else None
        done: list[str] = []
        for key, wanted in naming(machine).items():
            before = old.get(key) if data is not None else None
            if before is not None and machine.same(before, wanted):
                continue
            new = (old.without_mark() if old.has_mark else old).with_value(key, wanted)
            if not done:
                self._make(path.parent)
            conf.write(path, new, backup=False)
            done.append(key)
            self._record.add(SetKey(str(path), key, packed(data), digest(new.data), before, wanted))
            old, data = new, new.data
        return Step(StepOutcome.DONE if done else StepOutcome.ALREADY, told)

    def _wrapper(self) -> Step:
        """What starts a Python whose path has a space."""
        target, data = paths.wrapper(self._machine), paths.wrapper_text(self._machine).encode()
        before = target.read_bytes() if target.is_file() else None
        if before == data:
            return Step(StepOutcome.ALREADY, _COPIED.format(path=target))
        self._make(target.parent)
        step = self._write(target, data, before)
        target.chmod(0o755)
        return step

    def _shared_folder(self) -> Step:
        existed = self._folder.is_dir()
        self._make(self._folder)
        text = Text("文件夹 {folder}", "folder {folder}").format(folder=self._folder)
        return Step(StepOutcome.ALREADY if existed else StepOutcome.DONE, text)

    def _own_folder(self) -> Step:
        """A folder outside the profile, which others may read and not write to: what lies in it is trusted."""
        if self._folder.is_dir():
            return Step(StepOutcome.ALREADY, _OWN.format(folder=self._folder))
        self._make(self._folder)
        user = "\\".join(filter(None, (self._machine.variable("USERDOMAIN"), self._machine.variable("USERNAME"))))
        rights = [f"{who}:(OI)(CI)F" for who in (user, "*S-1-5-32-544", "*S-1-5-18")]  # administrators, the system
        if self._machine.run(["icacls", str(self._folder), "/inheritance:r", "/grant:r", *rights]) is None:
            raise FileRefused(_NOT_OWN.format(folder=self._folder))
        return Step(StepOutcome.DONE, _OWN.format(folder=self._folder))

    def _trusted(self) -> Iterator[Step]:
        machine = self._machine
        versions = paths.office_versions(machine)
        if not versions:
            text = Text("未找到 Excel 的设置，没有设受信任位置", "no settings of Excel, so no trusted location is set")
            yield Step(StepOutcome.SKIPPED, text)
        for version in versions:
            why = self._untrustable(version)
            if why is not None:
                yield Step(StepOutcome.SKIPPED, _UNTRUSTED.format(version=version, why=why))
            elif any(location.holds(machine, self._folder) for location in trust.locations(machine, version)):
                yield Step(StepOutcome.ALREADY, _TRUSTED.format(version=version, folder=self._folder))
            else:
                yield self._trust(version)

    def _untrustable(self, version: str) -> Text | None:
        machine = self._machine
        if trust.disabled(machine, version) or not trust.users_may_add(machine, version):
            return Text("管理员或用户的设置不允许", "settings of the administrator or the user forbid it")
        if trust.is_network(machine, self._folder) and not trust.network_allowed(machine, version):
            return Text("文件夹在网络上", "the folder is on the network")
        return None

    def _trust(self, version: str) -> Step:
        registry, parent = self._machine.registry, trust.locations_key(version)
        taken = {name.casefold() for name in registry.subkeys(parent)}
        number = next(n for n in range(len(taken) + 1) if f"location{n}" not in taken)
        key = rf"{parent}\Location{number}"
        path = str(self._folder) + ("\\" if "\\" in str(self._folder) else "/")
        values: dict[str, RegistryValue] = {"Path": path, "AllowSubFolders": 1, "Description": _DESCRIPTION}
        parts = key.split("\\")
        above = ["\\".join(parts[:n]) for n in range(2, len(parts))]
        made = [name for name in above if registry.values(name) is None]
        registry.write(key, values)
        return self._did(WroteKey(key, values, made), _TRUSTED.format(version=version, folder=self._folder))

    def _copy(self, workbook: Path) -> Step:
        data, target = saving.read(workbook), self._folder / workbook.name
        if target.exists():
            text = Text("{path} 已在，予以保留", "{path} is there already, and stays").format(path=target)
            return Step(StepOutcome.ALREADY, text)
        return self._write(target, data, None)

    def _write(self, target: Path, data: bytes, before: bytes | None) -> Step:
        files.replace(target, data, backup=False)
        return self._did(WroteFile(str(target), packed(before), digest(data)), _COPIED.format(path=target))

    def _unmark(self, file: Path) -> Iterator[Step]:
        found = marks.mark_of(self._machine, file)
        if found is not None:
            marks.unmark(self._machine, file)
            text = Text("已去除 {path} 的来源标记", "took the mark of the internet off {path}").format(path=file)
            yield self._did(TookMark(str(file), found), text)

    def _script(self) -> Step:
        source, target = paths.script_source(self._machine), paths.script(self._machine)
        if source is None:
            raise FileRefused(Text("xlwings 未安装", "xlwings is not installed"))
        return self._put(target, saving.read(source))

    def _start_up(self, addin: Callable[[], bytes]) -> Step:
        if not paths.excel(self._machine) and not paths.office_versions(self._machine):
            return Step(StepOutcome.SKIPPED, _NO_ADDIN)
        return self._put(paths.addin(self._machine), addin())

    def _put(self, target: Path, data: bytes) -> Step:
        """A file of ours at its place; what stood there is on record."""
        before = target.read_bytes() if target.is_file() else None
        if before == data:
            return Step(StepOutcome.ALREADY, _COPIED.format(path=target))
        self._make(target.parent)
        return self._write(target, data, before)


_NAMED = Text("Excel 使用的 Python：{wanted}（{path}）", "Excel uses the Python {wanted} ({path})")
_OWN = Text("文件夹 {folder} 只有您可写", "folder {folder}, which only you can write to")
_NOT_OWN = Text("无法限制文件夹 {folder} 的写入权限", "{folder}: who may write to it cannot be limited")
_SPACES = Text(
    "用户文件夹 {folder} 的路径含空格，xlwings 在 macOS 上无法启动其中的 Python；请把 Python 装到路径不含空格的文件夹",
    "the path of your folder {folder} has a space, and xlwings on macOS cannot start a Python in it; install Python in "
    "a "
    "folder whose path has none",
)
_TRUSTED = Text("Excel {version} 信任 {folder}", "Excel {version} trusts {folder}")
_UNTRUSTED = Text("Excel {version} 的受信任位置未设：{why}", "no trusted location for Excel {version}: {why}")
_NO_ADDIN = Text(
    "未找到 Excel，没有放入加载项", "Excel is not found, so the add-in is not put into its start-up folder"
)
_COPIED = Text("文件 {path}", "file {path}")
