"""The rooms of the package: their order, as the contract of imports in setup.cfg has it, and what each is for."""

from __future__ import annotations

import configparser
import re
from collections.abc import Mapping
from pathlib import Path

from bdindex_xl.language import Text

_CONTRACTS = Path(__file__).resolve().parent.parent / "setup.cfg"
ROOMS: Mapping[str, Text] = {
    "__main__": Text("`python -m bdindex_xl` 的入口", "what `python -m bdindex_xl` starts"),
    "cli": Text(
        "唯一的错误出口：每次运行都在这里结束，给出退出码",
        "the one place where errors end: every run has its exit code here",
    ),
    "buttons": Text(
        "按钮和菜单所启动的：Excel 功能区调用的函数，LibreOffice 扩展启动的进程",
        "what buttons and menus start: functions for Excel's ribbon, a process for the extension of LibreOffice",
    ),
    "commands": Text(
        "各条命令：参数、说明文字、运行、输出", "every command: its parser, its words, its run and its output"
    ),
    "setup": Text("用户的电脑：doctor、install、uninstall", "a user's computer: doctor, install and uninstall"),
    "share": Text(
        "供分发的副本：公式、应移除的内容、邮件", "the copy for others: its formulas, what must not leave, its message"
    ),
    "copies": Text(
        "对两个或多个工作簿的提问：核对、比较、合并", "what is asked of two books or more: verify, diff, merge"
    ),
    "report": Text(
        "报告：图表和表格，成为 Excel 图表、Word、PDF、网页",
        "the report: figures and tables as Excel charts, Word, PDF and a web page",
    ),
    "microdata": Text(
        "由企业、政策等记录统计原始指标：数据来源、口径、计算引擎",
        "records of companies, policies and the like, counted into raw indicators: sources, rules, engines",
    ),
    "hosts": Text(
        "打开的工作簿：关闭的文件，或 Excel、LibreOffice 中的工作簿；三者互不相知",
        "an open workbook, of a closed file, in Excel or in LibreOffice, which know nothing of each other",
    ),
    "workbook": Text(
        "新建工作簿：各表的内容、外观和宏", "makes a workbook from nothing: what stands where, looks, macros"
    ),
    "functions": Text(
        "工作表函数，写成单元格区域的普通函数", "the worksheet functions, as plain functions of blocks of cells"
    ),
    "tasks": Text(
        "对任一打开的工作簿可做的事：重新计算、新增年度、审查、稳健性、方案比较、解释",
        "what can be done to any open book: recalculate, new year, audit, robustness, scenarios, explain",
    ),
    "figures": Text(
        "图表的内容：每张图的数据、画法和如实的句子",
        "what figures show: the data of each, how it is drawn, its sentences of fact",
    ),
    "sheets": Text(
        "模型与单元格区域之间：表名、列名、读取、检查、排版",
        "between the model and blocks of cells: names, headers, reading, checks, layout",
    ),
    "analysis": Text(
        "排名有多稳，指标是否可靠，得分从何而来",
        "how firm the ranking is, how sound the indicators, why a unit stands there",
    ),
    "engine": Text(
        "`compute()`：准备、标准化、赋权、合成、排名", "`compute()`: prepare, normalise, weigh, aggregate, rank"
    ),
    "model": Text("指标体系、数据和方法，均为不可变的值", "framework, data and method, as values that do not change"),
    "core": Text("数组的运算，只用 numpy", "arrays in, arrays out; numpy alone"),
    "errors": Text("由输入或命令引起的错误", "errors whose cause is the input or the command"),
    "system": Text("终端、日志和已写入的文件", "terminal, logs, and which files were written"),
    "language": Text("两种语言的文字", "texts in the two languages"),
}


def layers() -> list[list[str]]:
    """The rooms from top to bottom; those of one layer beside each other."""
    found = configparser.ConfigParser()
    found.read(_CONTRACTS, encoding="utf-8")
    lines = found["importlinter:contract:layers"]["layers"].split("\n")
    return [re.findall(r"\w+", line.replace("bdindex_xl.", "")) for line in lines if line.strip()]


def drawn() -> str:
    """A drawing of them: a room may import what stands below it."""
    rows = ["    ".join(f"[ {room} ]" for room in layer) for layer in layers()]
    middle = max(map(len, rows)) // 2
    arrow = "\n" + " " * middle + "↓\n"
    return arrow.join((" " * (middle - len(row) // 2) + row).rstrip() for row in rows)
