"""The hidden sheet that xlwings reads its settings from, with the messages that VBA shows."""

from __future__ import annotations

from ..language import Text
from ..system.versions import UDF_MODULE
from . import styles
from .build import Build

SHEET = "xlwings.conf"  # the name that xlwings looks for

# The interpreter is not among them: it is the reader's own, and stands in the reader's own configuration.
SETTINGS = (
    ("UDF MODULES", UDF_MODULE, Text("含工作表函数的 Python 模块", "Python module of the worksheet functions")),
    ("USE UDF SERVER", "True", Text("按钮与函数共用一个 Python 进程", "buttons and functions share one Python")),
    (
        "ADD_WORKBOOK_TO_PYTHONPATH",
        "False",
        Text(
            "不从工作簿所在文件夹加载 Python 代码，以策安全",
            "no Python code is loaded from the workbook's folder, for safety",
        ),
    ),
)
_NO_NEED = Text(
    "只是查看结果时不需要 Python：工作簿中已存有计算好的数值。",
    "To read the results, no Python is needed: the workbook holds the computed values.",
)
MESSAGES = {
    "title": Text("综合指数", "Composite Index"),
    "no_python": Text(
        "没有找到可用的 Python。请安装 Python 3.11 或更新版本和 bdindex_xl，再在命令行运行 bdindex install；"
        "已经安装的，运行 bdindex doctor 查明原因。" + _NO_NEED.zh,
        "No working Python was found. Install Python 3.11 or newer and bdindex_xl, then run bdindex install in a "
        "terminal; where they are installed, bdindex doctor tells what is wrong. " + _NO_NEED.en,
    ),
    "no_library": Text(
        "没有找到与本工作簿版本一致的 xlwings 组件。请在命令行运行 bdindex install；仍不行时，运行 bdindex doctor "
        "查明原因。" + _NO_NEED.zh,
        "The xlwings library of this workbook's version was not found. Run bdindex install in a terminal; where that "
        "does not help, bdindex doctor tells what is wrong. " + _NO_NEED.en,
    ),
    "no_package": Text(
        "Python 可以运行，但其中没有安装 bdindex_xl。请在命令行运行 bdindex install，使 Excel 使用装有它的 Python。",
        "Python works, but bdindex_xl is not installed in it. Run bdindex install in a terminal, so that Excel uses "
        "the Python that has it.",
    ),
    "old_package": Text(
        "本机的 bdindex_xl 版本过旧或安装不完整。请升级：pip install --upgrade bdindex_xl，再运行 bdindex install。",
        "The bdindex_xl installed here is too old or incomplete. Upgrade it with pip install --upgrade bdindex_xl, "
        "then run bdindex install.",
    ),
    "no_functions": Text(
        "Excel for Mac 不支持由 Python 提供的工作表函数；请使用按钮，或在 Windows 上打开。",
        "Excel for Mac has no worksheet functions in Python; use the buttons, or open the workbook on Windows.",
    ),
    "choose_copy": Text("选择本工作簿的另一个副本", "Choose another copy of this workbook"),
    "no_guide": Text("工作簿中没有使用说明工作表。", "The workbook has no guide sheet."),
}
NAME = "bdx_message_{key}"
_NOTE = Text(
    "xlwings 的设置（A、B 两列）和宏显示的提示；请勿改动 A 列。",
    "Settings of xlwings (columns A and B), and the messages that macros show. Leave column A as it is.",
)


def write(build: Build) -> None:
    """Make the sheet. xlwings reads from A1 down to the first blank cell."""
    sheet = build.sheet(SHEET, styles.TAB_CHECK, landscape=True)
    for column, width in enumerate((34.0, 34.0, 80.0)):
        sheet.set_column(column, column, width)
    plain, note = build.looks.of(), build.looks.note()
    for row, (key, value, meaning) in enumerate(SETTINGS):
        for column, (text, look) in enumerate(((key, plain), (value, plain), (meaning[build.lang], note))):
            build.put(sheet, row, column, text, look)
    first = len(SETTINGS) + 1
    build.put(sheet, first, 0, _NOTE[build.lang], note)
    for row, (key, message) in enumerate(MESSAGES.items(), first + 2):
        build.put(sheet, row, 0, key, plain)
        build.put(sheet, row, 1, message[build.lang], plain)
        build.name(NAME.format(key=key), sheet, row, 1)
    sheet.hide()
