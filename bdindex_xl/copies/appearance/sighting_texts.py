"""What a reader is told of what is seen otherwise, in both languages."""

from __future__ import annotations

from ...language import Text

A_NUMBER = Text("数值 {value}", "the number {value}")
A_TEXT = Text("文本“{value}”", "the text “{value}”")
A_VALUE = Text("数值或文本", "a value")
FORMULA = Text("公式 ={formula}", "the formula ={formula}")
SHOWS = Text("显示为“{shown}”", "a cell that shows “{shown}”")
DISPLAYED = Text("“{shown}”（数字格式 {code}）", "“{shown}” (number format {code})")
DISPLAYED_NOTHING = Text("空白（数字格式 {code}）", "nothing (number format {code})")
BY_CONDITION = Text("条件格式使其显示为{shown}", "a conditional format that shows {shown}")
BY_TABLE = Text("表格样式使其显示为{shown}", "a table style that shows {shown}")
LEGIBLE = Text("看得见的文字", "text that can be seen")
INVISIBLE = Text("文字与底色同色", "text in the colour of its cell")
TINY = Text("字号过小，无法辨认", "letters too small to read")
INVISIBLE_BY_CONDITION = Text("条件格式使文字与底色同色", "a conditional format that gives text the colour of its cell")
INVISIBLE_BY_TABLE = Text("表格样式使文字与底色同色", "a table style that gives text the colour of its cell")
HIDDEN_BY_ICON = Text(
    "条件格式只显示图标或数据条，不显示数值", "a conditional format that shows a bar or an icon alone"
)
USUAL_ICONS = Text("图标按通常次序", "icons in their usual order")
REVERSED_ICONS = Text("图标次序相反", "icons in reversed order")

INPUT_VALUES = Text("输入值", "values that were entered")
INPUT_FORMULAS = Text("{n} 个单元格为公式，如 ={formula}", "formulas in {n} {n:cell|cells}, such as ={formula}")
INPUT_THEN = Text("固定值（结果算出时并非公式）", "a value, as when the results were computed")
STEADY = Text("不随打开文件而变的值", "a value that stays as it is")
CONSTANT = Text("与公式相符的值 {value}", "the value {value} that its formula gives")

TITLE = Text("标题“{text}”", "the heading “{text}”")
NO_TITLE = Text("没有标题", "no heading")
TITLE_UNNAMED = Text("标题无名称 {name}", "a heading without its name {name}")
TITLE_ELSEWHERE = Text("名称 {name} 指向 {place}", "the name {name} pointing to {place}")
TITLE_HIDDEN = Text("标题所在行、列已隐藏", "a heading in a hidden row or column")
LIKE_TITLE = Text("另一标题“{text}”", "another heading “{text}”")
BAND = Text("表头上方为“{text}”", "“{text}” above the header")
NO_BAND = Text("表头上方为空白", "nothing above the header")

VISIBLE_SHEET = Text("显示的工作表", "a sheet that shows")
HIDDEN_SHEET = Text("工作表已隐藏", "a hidden sheet")
ALL_ROWS = Text("表中 {n} 行全部显示", "all {n} {n:row|rows} of the table")
HIDDEN_ROWS = Text(
    "{n} 行未显示（隐藏或被筛选）", "{n} {n:row that does|rows that do} not show, hidden or filtered out"
)
ALL_COLUMNS = Text("显示的列“{header}”", "the column “{header}”")
HIDDEN_COLUMN = Text("列已隐藏", "a hidden column")
APART = Text("每个单元格各自显示", "cells that show each by itself")
MERGED = Text(
    "{area} 合并为一个单元格，其余单元格的内容看不见", "the cells {area} merged, of which the first alone shows"
)
MERGED_TWICE = Text("合并区域相互重叠", "merged cells that overlap")
OPEN_TO_VIEW = Text("单元格未被遮盖", "cells with nothing over them")
COVERED = Text("被图形“{name}”遮盖", "“{name}” lying over them")
ZEROS = Text("显示的 0", "zeros that show")
BLANK_ZEROS = Text("工作表的视图不显示 0", "a view of the sheet that shows zeros as blanks")
TABLE_ENDS = Text("表格到此为止", "nothing, for the table ends above")
ROW_BELOW = Text("看似表中一行：{text}", "what looks like a row of it: {text}")
SUMMARY_BELOW = Text("表格下方的汇总：{text}", "a summary under the table: {text}")
NO_SUCH_COLUMN = Text("结果表没有此列", "no such column")
COLUMN_LIKE_OURS = Text("看似结果列“{header}”", "“{header}”, which looks like a column of the results")
OWN_COLUMN = Text("自有列“{header}”，未核对", "a column of the reader's own, “{header}”, not verified")

ONE_TABLE = Text("结果只在“{sheet}”表", "results on the sheet “{sheet}” alone")
LOOK_ALIKE = Text("看似结果表，未核对", "what looks like a result table and is not verified")
LOOK_ALIKE_FALSE = Text("看似结果表，其中 {n} 处与结果不符，如 {place}：应为 {expected}，实为 {found}",
                        "what looks like the results and contradicts them (cells: {n}), such as {place}: "
                        "expected {expected}, found {found}")  # fmt: skip

NO_FORMULA = Text("固定值 {value}", "the constant {value}")
CALCULATED = Text("已计算的公式", "formulas that have been calculated")
UNCALCULATED = Text(
    "公式无误，但另存文件的程序未予计算，打开文件时才算出数值",
    "the right formulas, which the program that saved the file did not calculate: values come when it is opened",
)
NAME_IS = Text("名称 {name} 为 {formula}", "the name {name}, {formula}")
