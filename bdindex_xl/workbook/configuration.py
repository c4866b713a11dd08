"""The hidden sheet that xlwings reads its settings from, with the messages that VBA shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xlsxwriter.utility import xl_range_abs

from ..language import Lang, Text
from ..sheets.areas import quoted
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
    (
        # Where it is blank, xlwings puts the folder that Excel happens to be in before all others.
        "PYTHONPATH",
        "%SystemRoot%",
        Text(
            "也不从 Excel 的当前文件夹加载：此处填写只有管理员可写的文件夹",
            "nor from the folder that Excel happens to be in: this is one that only administrators can write to",
        ),
    ),
    (
        "DEBUG UDFS",
        "False",
        Text(
            "不使用调试服务器，即使用户的设置中打开了它",
            "no server for debugging, even where the user's settings ask for one",
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
        "Python 没有启动。请在命令行运行 bdindex doctor，它会用同样的命令启动 Python 并说明原因；还没有安装的，请按使用"
        "说明"
        "安装 Python 和 bdindex_xl，再运行 bdindex install。随后请点功能区上的任一按钮，公式会重新尝试。" + _NO_NEED.zh,
        "Python did not start. Run bdindex doctor in a terminal: it starts Python by the same command, and says why it "
        "fails. Where nothing is installed yet, install Python and bdindex_xl as the guide says, then run bdindex "
        "install. After that, click any button on the ribbon: then formulas try again. " + _NO_NEED.en,
    ),
    "forbidden": Text(
        "安全软件或管理员的规定不允许 Excel 启动 Python（如“阻止 Office 应用程序创建子进程”规则、AppLocker、杀毒软"
        "件、Citrix）。"
        "请管理员为 cmd.exe 和 bdindex doctor 所列的 Python 设例外；或不用 Excel，直接运行 bdindex recalculate。"
        + _NO_NEED.zh,
        "Security software or a rule of the administrator forbids Excel to start Python: the rule “Block all Office "
        "applications from creating child processes”, AppLocker, an antivirus program, Citrix. Ask for an exception "
        "for "
        "cmd.exe and the Python that bdindex doctor names; or work without Excel, by bdindex recalculate. "
        + _NO_NEED.en,
    ),
    "no_library": Text(
        "没有找到与本工作簿版本一致的 xlwings 组件。请在命令行运行 bdindex install；仍不行时，运行 bdindex doctor "
        "查明原因。" + _NO_NEED.zh,
        "The xlwings library of this workbook's version was not found. Run bdindex install in a terminal; where that "
        "does not help, bdindex doctor tells what is wrong. " + _NO_NEED.en,
    ),
    "code_page": Text(
        "用户文件夹的名称中有本机系统编码无法表示的字符，Excel 读不到其中的设置。请在命令行运行 bdindex install，并使用"
        "它放到"
        "英文路径下的工作簿。" + _NO_NEED.zh,
        "The name of your user folder has characters that the system's code page lacks, so that Excel cannot read the "
        "settings in it. Run bdindex install in a terminal, and use the workbook that it puts into a folder with a "
        "plain "
        "name. " + _NO_NEED.en,
    ),
    "no_package": Text(
        "Python 可以运行，但其中没有安装 bdindex_xl。请在命令行运行 bdindex install，使 Excel 使用装有它的 Python。",
        "Python works, but bdindex_xl is not installed in it. Run bdindex install in a terminal, so that Excel uses "
        "the Python that has it.",
    ),
    "old_package": Text(
        "本机的 bdindex_xl 版本过旧或安装不完整。请在新版程序的文件夹中运行 pip install .，再运行 bdindex install。",
        "The bdindex_xl installed here is too old or incomplete. Run pip install . in the folder of the new version, "
        "then bdindex install.",
    ),
    "broken_package": Text(
        "Python 可以运行，但 bdindex_xl 所需的一个包（如 numpy）缺失或无法加载。请在命令行运行 bdindex doctor 查明是哪"
        "一个；"
        "使用 conda 的，请在激活的环境中运行 bdindex install，使 Excel 也先激活它。",
        "Python works, but a package that bdindex_xl needs, such as numpy, is missing or does not load. Run bdindex "
        "doctor in a terminal, which says which one; where it is conda's, run bdindex install in the activated "
        "environment, so that Excel activates it too.",
    ),
    "gen_py": Text(
        "pywin32 的缓存已损坏。请关闭 Excel，删除 %TEMP% 中的文件夹 gen_py，再打开工作簿；它会自动重建。",
        "The cache of pywin32 is damaged. Close Excel, delete the folder gen_py in %TEMP%, and open the workbook "
        "again: "
        "it is made anew.",
    ),
    "debugging": Text(
        "xlwings 设置中的 DEBUG UDFS 是打开的：Excel 在等一个没有启动的调试服务器。请把它改为 False，或删除该行。",
        "DEBUG UDFS is on in the settings of xlwings: Excel waits for a server for debugging that nobody started. Set "
        "it "
        "to False, or delete its line.",
    ),
    "no_functions": Text(
        "Excel for Mac 不支持由 Python 提供的工作表函数；请使用按钮，或在 Windows 上打开。",
        "Excel for Mac has no worksheet functions in Python; use the buttons, or open the workbook on Windows.",
    ),
    "choose_copy": Text("选择本工作簿的另一个副本", "Choose another copy of this workbook"),
    "no_guide": Text("工作簿中没有使用说明工作表。", "The workbook has no guide sheet."),
}
MESSAGES_OF_ADDIN = MESSAGES | {
    "no_index": Text(
        "当前工作簿不是指数工作簿，或没有打开可编辑的工作簿。按钮只作用于指数工作簿；工作表函数在任何工作簿中都可以使用。\n\n"
        "要新建一个指数工作簿吗？",
        "The workbook in front is no index workbook, or none is open for editing. The buttons act on index workbooks; "
        "the worksheet functions work in every workbook.\n\nMake a new index workbook?",
    ),
    "new_name": Text("综合指数.xlsm", "Composite index.xlsm"),
}
# Words by which an error on the way to Python is known, the more particular first, and the message about it.
CAUSES = (
    ("Could not create Python process", "forbidden"),
    ("JobObject", "forbidden"),
    ("No module named 'bdindex_xl'", "no_package"),
    ("No module named 'bdindex_xl.", "old_package"),
    ("No module named 'xlwings", "old_package"),
    ("No module named '", "broken_package"),
    ("DLL load failed", "broken_package"),
    ("Unable to import required dependencies", "broken_package"),
    ("Error importing numpy", "broken_package"),
    ("gen_py", "gen_py"),
    ("xlwings64-", "no_library"),
    ("xlwings32-", "no_library"),
    ("cannot autostart server", "debugging"),
    ("COM server", "no_python"),
    ("Python process exited", "no_python"),
)
NAME = "bdx_message_{key}"
CAUSES_NAME = "bdx_causes"
_NOTE = Text(
    "xlwings 的设置（A、B 两列）和宏显示的提示；请勿改动 A 列。",
    "Settings of xlwings (columns A and B), and the messages that macros show. Leave column A as it is.",
)


def write(build: Build) -> None:
    """Make the sheet."""
    sheet = build.sheet(SHEET, styles.TAB_CHECK, landscape=True)
    for column, width in enumerate((34.0, 34.0, 80.0)):
        sheet.set_column(column, column, width)
    plain, note = build.looks.of(), build.looks.note()

    def put(row: int, column: int, text: str) -> None:
        build.put(sheet, row, column, text, note if column == 2 or text == _NOTE[build.lang] else plain)

    fill(put, build.define, build.lang, MESSAGES)
    sheet.hide()


def fill(
    put: Callable[[int, int, str], None], define: Callable[[str, str], None], lang: Lang, messages: Mapping[str, Text]
) -> None:
    """The cells of the sheet and their names. xlwings reads from A1 down to the first blank cell."""
    for row, (key, value, meaning) in enumerate(SETTINGS):
        for column, text in enumerate((key, value, meaning[lang])):
            put(row, column, text)
    first = len(SETTINGS) + 1
    put(first, 0, _NOTE[lang])
    for row, (key, message) in enumerate(messages.items(), first + 2):
        put(row, 0, key)
        put(row, 1, message[lang])
        define(NAME.format(key=key), f"={quoted(SHEET)}!{xl_range_abs(row, 1, row, 1)}")
    first += len(messages) + 2
    for row, cause in enumerate(CAUSES, first):
        for column, text in enumerate(cause):
            put(row, column, text)
    define(CAUSES_NAME, f"={quoted(SHEET)}!{xl_range_abs(first, 0, first + len(CAUSES) - 1, 1)}")


def cause(error: str) -> str | None:
    """The key of the message about an error on the way to Python; None where it is another.

    `BdxExplain` does the same in the workbook.
    """
    return next((key for words, key in CAUSES if words.casefold() in error.casefold()), None)
