"""Defined names, and the sheets that hold no table of ours."""

from __future__ import annotations

from ...language import Lang, Text

GUIDE = Text("使用说明", "Guide")
FORMULAS = Text("公式", "Formulas")
FORMULAS_ABOUT = Text(
    "在本工作簿数据上演示 =BDINDEX_SCORE(区域) 等工作表函数，并列出各参数的含义。",
    "Worksheet functions such as =BDINDEX_SCORE(range) at work on this workbook's data, and what each takes.",
)
PROFILE = Text("地区画像", "Profile")
PROFILE_ABOUT = Text(
    "选择一个地区，看它历年的得分和排名、各维度与平均和最高的比较、相对优势与短板、全部指标。",
    "Choose a unit to see its scores and ranks over the years, its dimensions against mean and best, strengths and "
    "weaknesses, and all indicators.",
)
PREFIX = "bdx_"  # of all our tables and names

# Defined names of single cells that a recalculation writes.
CELL_TITLE = "bdx_title_{table}"  # heading of a result sheet
CELL_NOTE = "bdx_note_{table}"  # the line under it: years compared, source of the data
CELL_BUTTON = "bdx_button"  # guide sheet: beside the button; in a copy for others, what that copy is
CELL_STATUS = "bdx_status"  # guide sheet: when last recalculated, faults and warnings
# Guide sheet: titles, labels and texts that follow settings and sheets. FORMULAS_KEY stands for the sheet of worksheet
# functions, which has no table; STEPS_KEY for the sheet of steps that a live copy has.
CELL_GUIDE_TITLE = "bdx_guide_title_{key}"
CELL_GUIDE_LABEL = "bdx_guide_label_{key}"
CELL_GUIDE_TEXT = "bdx_guide_text_{key}"
GUIDE_OF_METHOD = ("prepare", "normalise", "weigh", "aggregate", "missing", "methods")  # keys of what tells of results
FORMULAS_KEY = "formulas"
STEPS_KEY = "steps"
PROFILE_KEY = "profile"  # of the sheet of one unit
NAME_PROFILE_RANKING = "bdx_profile_ranking"  # there: the cells in which a reader chooses
NAME_PROFILE_UNIT = "bdx_profile_unit"
NAME_PROFILE_UNITS = "bdx_profile_units"  # the units to choose from
CHART_KEY = "bdx_chart_{ranking}"  # for the caption of a ranking's chart
NAME_STEPS = "bdx_full_score"  # a cell of the sheet of steps
NAME_FUNCTION_HELP = "bdx_function_help"  # the texts of the sheet of worksheet functions
MADE_BY = "bdindex_xl"  # what reports say of their maker, each form in its own way: so the program knows its own
NAME_COPY = "bdx_copy"  # only in a copy for others: the cell that says what it is
# Defined name of the cell that holds the colour convention; conditional formats refer to it.
CELL_COLOURS = "bdx_change_colours"
# Defined names of the cells that hold the index's name and the note on the data; the guide shows them.
CELL_INDEX_NAME = "bdx_index_name"
CELL_SOURCE = "bdx_source"
# Defined name of the result tables that a copy for others was made without.
NAME_LEFT_OUT = "bdx_left_out"
# Defined names of whole columns, from which drop-downs take their lists.
NAME_CODES = "bdx_codes"  # codes of the framework
NAME_UNITS = "bdx_unit_codes"


SEVERITIES = {
    "fault": Text("错误", "Fault"),
    "warning": Text("警告", "Warning"),
    "note": Text("说明", "Note"),
}
NEW_UNIT = Text("新", "new")
LANGS: tuple[Lang, ...] = ("zh", "en")


def is_note(name: str) -> bool:
    """Whether a defined name is that of a result sheet's note."""
    return name.startswith(CELL_NOTE.format(table=""))
