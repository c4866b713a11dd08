"""What is said when a file is refused: why, and what to do, in both languages. Knows nothing of how files are read."""

from __future__ import annotations

from ...errors import FileRefused
from ...language import Text, same
from ...sheets import schema

_SAVE_AS = Text(
    "请在 Excel 或 WPS 中打开，另存为 .xlsx 或 .xlsm 后再试。",
    "Open it in Excel or WPS, save it as .xlsx or .xlsm, and try again.",
)
_REPAIR = Text(
    "请在 Excel 中打开并修复后重新保存，或改用备份。",
    "Open it in Excel, let it repair the file and save it again, or go back to a copy.",
)


def _refused(rule: str, zh: str, en: str, **parts: object) -> FileRefused:
    return FileRefused(Text(zh, en).format(**parts, save_as=_SAVE_AS, repair=_REPAIR), rule=rule)


def not_a_file() -> FileRefused:
    return _refused(
        "not a file",
        "这是文件夹，不是工作簿。请给出文件名。",
        "this is a folder, not a workbook. Name the file itself.",
    )


def device() -> FileRefused:
    return _refused(
        "device",
        "这是设备或管道，不是文件。请给出普通文件。",
        "this is a device or a pipe, not a file. Name a plain file.",
    )


def unreadable(reason: str) -> FileRefused:
    return _refused(
        "unreadable",
        "无法读取该文件（{reason}）。请检查权限，并确认没有其他程序正在占用它。",
        "the file cannot be read ({reason}). Check its permissions and that no other program is holding it.",
        reason=reason,
    )


def csv_file() -> FileRefused:
    return _refused(
        "csv file",
        "这是 CSV 文件，不是工作簿。请用 bdindex new NAME.xlsm --from 文件夹 由 CSV 文件生成工作簿。",
        "this is a CSV file, not a workbook. Make a workbook from CSV files with bdindex new NAME.xlsm --from FOLDER.",
    )


def not_a_workbook() -> FileRefused:
    return _refused(
        "not a workbook",
        "这不是 Excel 工作簿（.xlsx 或 .xlsm），只是取了这样的文件名。{save_as}",
        "this is not an Excel workbook (.xlsx or .xlsm), whatever its name says. {save_as}",
    )


def not_ours() -> FileRefused:
    return _refused(
        "not ours",
        "这不是 bdindex 的工作簿（没有以 {prefix} 开头的表），文件未改动。请检查文件名，或用 bdindex new 新建。",
        "this is not a workbook of bdindex (no table has a name that begins with {prefix}); it was left as it is. "
        "Check the name, or make a workbook with bdindex new.",
        prefix=schema.PREFIX,
    )


def empty_file() -> FileRefused:
    return _refused(
        "empty file", "文件是空的（0 字节）。请改用备份。", "the file is empty (0 bytes). Go back to a copy."
    )


def encrypted() -> FileRefused:
    return _refused(
        "encrypted",
        "工作簿设有打开密码。请在 Excel 中打开，在“文件 > 信息 > 保护工作簿 > 用密码进行加密”中清空密码，保存后再试。",
        "the workbook is protected by a password. Open it in Excel, clear the password under File > Info > Protect "
        "Workbook > Encrypt with Password, save it, and try again.",
    )


def old_format() -> FileRefused:
    return _refused(
        "old format",
        "这是 Excel 97–2003 的旧格式（.xls）。{save_as}",
        "this is a workbook in the old format of Excel 97–2003 (.xls). {save_as}",
    )


def binary_format() -> FileRefused:
    return _refused(
        "binary format",
        "这是二进制工作簿（.xlsb），无法处理。{save_as}",
        "this is a binary workbook (.xlsb), which cannot be handled. {save_as}",
    )


def other_format(kind: str) -> FileRefused:
    return _refused(
        "other format",
        "这是 {kind} 文件，不是 Excel 工作簿。{save_as}",
        "this is a file in the format of {kind}, not an Excel workbook. {save_as}",
        kind=kind,
    )


def truncated() -> FileRefused:
    return _refused(
        "truncated",
        "文件不完整：末尾的目录缺失，可能是下载或复制中断。请重新获取该文件，或改用备份。",
        "the file is incomplete: the directory at its end is missing, as after a broken download or copy. "
        "Fetch it again, or go back to a copy.",
    )


def damaged_zip(what: Text) -> FileRefused:
    return _refused(
        "damaged zip",
        "文件已损坏：{what}。{repair}",
        "the file is damaged: {what}. {repair}",
        what=what,
    )


def damaged(part: str, what: Text) -> FileRefused:
    return _refused(
        "damaged",
        "文件已损坏：部件 {part} {what}。{repair}",
        "the file is damaged: part {part} {what}. {repair}",
        part=part,
        what=what,
    )


def bad_xml(part: str, line: int) -> FileRefused:
    what = Text("第 {line} 行不是合法的 XML", "is not well-formed XML at line {line}").format(line=line)
    return damaged(part, what)


def bad_cell(part: str, cell: str) -> FileRefused:
    what = Text("的单元格 {cell} 内容无效", "has invalid content in cell {cell}").format(cell=cell)
    return damaged(part, what)


def bad_value(part: str, name: str, value: str) -> FileRefused:
    shown = value if len(value) <= 40 else value[:40] + "…"
    what = Text("的 {name} 值无效：“{value}”", "has an invalid {name}: “{value}”").format(name=name, value=same(shown))
    return damaged(part, what)


def missing_part(part: str) -> FileRefused:
    return damaged(part, Text("缺失", "is missing"))


def document_type(part: str) -> FileRefused:
    return _refused(
        "document type",
        "部件 {part} 含有 DOCTYPE 声明。工作簿中不应有此声明，它可被用来读取其他文件，因此不予打开。请核实文件来源。",
        "part {part} holds a DOCTYPE. No workbook has one, and it can be used to read other files, so this one is not "
        "opened. Ask where the file comes from.",
        part=part,
    )


def foreign_encoding(part: str, encoding: str) -> FileRefused:
    what = Text("的编码为 {encoding}，应为 UTF-8 或 UTF-16", "is encoded in {encoding}, not UTF-8 or UTF-16")
    return damaged(part, what.format(encoding=encoding))


def too_large(what: Text) -> FileRefused:
    return _refused(
        "too large",
        "{what}，正常的工作簿不会如此，因此不予打开。请核实文件来源，并删除多余的行、列和对象。",
        "{what}: no ordinary workbook is like that, so it is not opened. Ask where the file comes from, and delete "
        "rows, columns and objects that nobody needs.",
        what=what,
    )


def signed() -> FileRefused:
    return _refused(
        "signed",
        "工作簿带有数字签名，写入结果会使签名失效。请先在“文件 > 信息”中删除签名，或用 -o 另存到未签名的副本。",
        "the workbook carries a digital signature, which writing results would break. Remove the signature under "
        "File > Info, or recalculate an unsigned copy.",
    )


def open_elsewhere(holder: str, lock: str) -> FileRefused:
    who = Text("（{holder}）", " (by {holder})").format(holder=holder) if holder else same("")
    return _refused(
        "open elsewhere",
        "文件正被其他程序打开{who}。请先关闭它再试。如果确定没有人打开，请删除同一文件夹中的 {lock}。",
        "the file is open in another program{who}. Close it there and try again. If nobody has it open, delete {lock} "
        "beside it.",
        who=who,
        lock=lock,
    )


def held() -> FileRefused:
    return _refused(
        "held",
        "文件正被其他程序占用，无法替换。请先在那个程序中关闭它再试。",
        "another program is holding the file, so it cannot be replaced. Close it there and try again.",
    )


HOLDER = Text("{user}，电脑 {host}，进程 {process}", "{user} on {host}, process {process}")


def busy(holder: Text | None, lock: str, seconds: float) -> FileRefused:
    who = Text("（{holder}）", " ({holder})").format(holder=holder) if holder else same("")
    return _refused(
        "busy",
        "另一个 bdindex 正在处理该文件{who}，等了 {seconds} 秒仍未结束。请稍后再试。"
        "如果确定没有别人在用，请删除同一文件夹中的 {lock}。",
        "another run of bdindex is at work on the file{who}, and did not end within {seconds} seconds. Try again "
        "later. If nobody else uses it, delete {lock} beside it.",
        who=who,
        seconds=f"{seconds:.0f}",
        lock=lock,
    )


def not_permitted() -> FileRefused:
    return _refused(
        "not permitted",
        "没有替换该文件的权限，原文件未变：文件属于别人，或文件夹不允许替换。请用 -o 另存到别处。",
        "you may not replace the file, which is as it was: it is somebody else's, or its folder forbids that. Name "
        "another file with -o.",
    )


def read_only() -> FileRefused:
    return _refused(
        "read only",
        "文件是只读的。请取消只读属性，或用 -o 另存到别处。",
        "the file is read-only. Make it writable, or name another file with -o.",
    )


def read_only_folder(folder: str) -> FileRefused:
    return _refused(
        "read only folder",
        "文件夹 {folder} 不可写。请检查权限，或用 -o 另存到别处。",
        "the folder {folder} cannot be written to. Check its permissions, or name a file elsewhere with -o.",
        folder=folder,
    )


def missing_folder(folder: str) -> FileRefused:
    return _refused(
        "missing folder",
        "文件夹 {folder} 不存在。请先建立。",
        "there is no folder {folder}. Make it first.",
        folder=folder,
    )


def changed_meanwhile() -> FileRefused:
    return _refused(
        "changed meanwhile",
        "文件在计算期间被其他程序修改，因此没有写入。请重新计算。",
        "another program changed the file during the calculation, so nothing was written. Recalculate again.",
    )


def disk_full() -> FileRefused:
    return _refused(
        "disk full",
        "磁盘空间不足，没有写入，原文件未变。请清理磁盘后再试。",
        "the disk is full. Nothing was written and the file is as it was. Make room and try again.",
    )


def not_written(reason: str) -> FileRefused:
    return _refused(
        "not written",
        "无法写入（{reason}），原文件未变。",
        "the file cannot be written ({reason}). It is as it was.",
        reason=reason,
    )
