"""The ribbon tab as Excel reads it, with its texts in the workbook's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Template
from xml.sax.saxutils import escape

from ..language import Lang, Text
from . import vba_sources

TEXTS = {
    "tab": Text("综合指数", "Composite Index"),
    "group_index": Text("指数", "Index"),
    "group_data": Text("数据", "Data"),
    "group_analysis": Text("分析", "Analysis"),
    "group_more": Text("更多", "More"),
    "recalculate": Text("重新计算指数", "Recalculate Index"),
    "recalculate_tip": Text(
        "读取数据，计算得分、权重和排名，写入各结果表。数据有误时结果保持原样，并逐条列出问题。",
        "Reads the data, computes scores, weights and ranks, and writes the result sheets. Where the data are at fault "
        "the results stay as they are, and all that is wrong is listed.",
    ),
    "restore": Text("恢复上次结果", "Restore Results"),
    "restore_tip": Text(
        "把各结果表恢复到上一次重新计算之前的样子。",
        "Puts the result sheets back to what they were before the last recalculation.",
    ),
    "check": Text("检查数据", "Check Data"),
    "check_tip": Text(
        "检查设置、指标体系、地区和数据，逐条列出问题，不改动结果。",
        "Checks settings, framework, units and data, lists what it finds, and changes no result.",
    ),
    "new_year": Text("新增年度", "New Year"),
    "new_year_tip": Text(
        "在各数据表末尾为全部地区各加一行，年份为最近一年的下一年，数值留空待填。",
        "Adds a row for every unit to each data sheet, for the year after the latest, with blank values to fill in.",
    ),
    "collect": Text("归集数据", "Collect"),
    "collect_tip": Text(
        "按“指标口径”和“数据来源”两表由企业、融资、政策等记录统计原始指标，写入数据表并重新计算；每处改动列在“归集报告”表。",
        "Counts raw indicators from records of companies, financings, policies, as the sheets Rules and Sources say, "
        "writes them to the data sheets and recalculates. Every change is listed on the sheet Collection.",
    ),
    "group_copies": Text("核对", "Verification"),
    "verify": Text("核对结果", "Verify Results"),
    "verify_tip": Text(
        "由原始数据重新计算，核对设置、得分、排名、变化和读者所见是否属实，不改动工作簿。",
        "Computes everything again from the raw data, and says whether settings, scores, ranks, changes and what a "
        "reader sees of them are what they should be. Changes nothing.",
    ),
    "compare": Text("与文件比较", "Compare with File"),
    "compare_tip": Text(
        "选择本工作簿的另一个副本：说明从那个副本到现在改了什么，名次因此怎样变化。不改动工作簿。",
        "Choose another copy of this workbook: what changed from there to here, and what that did to ranks. Changes "
        "nothing.",
    ),
    "report": Text("生成报告", "Make Report"),
    "report_tip": Text(
        "把“图表”表所列的图和表画成一个 Excel 报告，存于工作簿旁并打开；图可自行修改、复制。",
        "Draws the figures and tables that the sheet Figures lists, as a workbook beside this one, and opens it; its "
        "charts can be changed and copied.",
    ),
    "share": Text("邮件分享", "Share by E-mail"),
    "share_tip": Text(
        "生成不含宏的工作簿副本，并附在邮件草稿中。", "Makes a copy without macros and attaches it to a draft message."
    ),
    "robustness": Text("稳健性分析", "Robustness"),
    "robustness_tip": Text(
        "换用其他合理的权重和方法，看各地区排名的变动范围和来源，结果另列两表。按 Esc 停止。",
        "How far ranks vary under other reasonable weights and methods, and why, on two sheets of their own. Esc stops "
        "it.",
    ),
    "audit": Text("指标审查", "Audit"),
    "audit_tip": Text(
        "检查各指标的缺失、偏态、共线性和实际重要性，结果另列两表。",
        "Looks at gaps, skew, collinearity and effective importance of the indicators, on two sheets of their own.",
    ),
    "scenarios": Text("方案比较", "Scenarios"),
    "scenarios_tip": Text(
        "按“方案”表所列的几组设置分别计算，与当前设置的得分和排名并列对照，结果另列两表。",
        "Computes the index by the sets of settings that the sheet Scenarios names, and puts scores and ranks beside "
        "those by the settings, on two sheets of their own.",
    ),
    "explain": Text("解释", "Explain"),
    "explain_tip": Text(
        "说明所选行的地区得分从何而来、为何变化、怎样才能前进一名，结果另列一表。",
        "Why the unit in the selected row stands where it does, why that changed, and what it would take to move up, "
        "on a sheet of its own.",
    ),
    "group_start": Text("新建", "New"),
    "new": Text("新建指数工作簿", "New Index Workbook"),
    "new_tip": Text(
        "在您选择的位置生成一个指数工作簿并打开。其中是示例指数，可换成自己的指标体系、地区和数据。",
        "Makes an index workbook at a place of your choice, and opens it. It holds the sample index, to be replaced by "
        "your own framework, units and data.",
    ),
    "help": Text("帮助", "Help"),
    "help_tip": Text("打开使用说明。", "Opens the guide."),
}
# Excel 2010 and later read the second; the first is for 2007 and for programs that know no other.
_PARTS = (
    (
        "customUI/customUI.xml",
        "http://schemas.microsoft.com/office/2006/01/customui",
        "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    ),
    (
        "customUI/customUI14.xml",
        "http://schemas.microsoft.com/office/2009/07/customui",
        "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
    ),
)


def parts(lang: Lang) -> Iterator[tuple[str, bytes, str]]:
    """Path, content and type of relation of each of the ribbon's parts, for an index workbook."""
    return _parts(lang, {"tab_id": "bdxTab", "tab_visible": "", "more": ""})


def parts_of_addin(lang: Lang) -> Iterator[tuple[str, bytes, str]]:
    """The same for the add-in: its tab hides beside that of an index workbook, and has a button for a new one."""
    more = Template((vba_sources.folder() / "addin" / "group.xml").read_text("utf-8")).substitute(_texts(lang))
    own = {"tab_id": "bdxAddinTab", "tab_visible": ' getVisible="BdxGetVisible"', "more": more.rstrip()}
    for path, content, relation in _parts(lang, own):
        yield path, with_callbacks_of_addin(content.decode()).encode(), relation


def with_callbacks_of_addin(text: str) -> str:
    """Ribbon or VBA with names of callbacks that no workbook has: of two projects with one name, Excel may call either.

    >>> with_callbacks_of_addin("onAction='BdxOnAction'")
    "onAction='BdxAddinOnAction'"
    """
    return re.sub(r"\bBdx(?=(?:On|Get)[A-Z])", "BdxAddin", text)


def _parts(lang: Lang, own: dict[str, str]) -> Iterator[tuple[str, bytes, str]]:
    template = Template((vba_sources.folder() / "customUI.xml").read_text("utf-8"))
    for path, namespace, relation in _PARTS:
        yield path, template.substitute(_texts(lang), **own, namespace=namespace).encode(), relation


def _texts(lang: Lang) -> dict[str, str]:
    return {key: escape(text[lang], {'"': "&quot;"}) for key, text in TEXTS.items()}
