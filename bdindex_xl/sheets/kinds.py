"""Every kind of fault, warning and note that the input can earn: what was expected, what was found, what was done."""

from __future__ import annotations

from ..language import Text
from .finding_kind import FAULT, FOUND, LEFT_OUT, MEANT, NONE, NOTE, NOTHING, TAKEN, WARNING, Kind
from .kinds_of_collecting import OF_COLLECTING
from .kinds_of_data import OF_DATA
from .kinds_of_figures import OF_FIGURES
from .kinds_of_imports import OF_IMPORTS
from .kinds_of_scenarios import OF_SCENARIOS

KINDS: dict[str, Kind] = {
    **OF_DATA,
    **OF_FIGURES,
    **OF_COLLECTING,
    **OF_SCENARIOS,
    **OF_IMPORTS,
    # the folder of CSV files
    "file misnamed": Kind(
        WARNING,
        Text("名为 {file} 的文件", "a file named {file}"),
        Text("“{found}”", "“{found}”"),
        Text(
            "未读取；如果就是它，请另存为该名称的 CSV 文件",
            "not read; if it is the one, save it under that name as CSV",
        ),
    ),
    "file unread": Kind(
        NOTE,
        Text("名为 {files} 的文件", "files named {files}"),
        Text("还有“{found}”", "“{found}” beside them"),
        Text("未读取", "not read"),
    ),
    # the workbook
    "table missing": Kind(
        FAULT,
        Text("名为 {table} 的表", "a table named {table}"),
        NONE,
        Text("请恢复该表，或用 bdindex new 新建工作簿", "restore it, or make a new workbook with bdindex new"),
    ),
    "result table missing": Kind(
        WARNING,
        Text("结果表 {table}", "the result table {table}"),
        NONE,
        Text("该结果未写入", "that result was not written"),
    ),
    "own note without a row": Kind(
        WARNING,
        Text("“{row}”仍在表中", "“{row}” still in the table"),
        Text("该行已不在表中，自加列“{header}”中为“{value}”", "none, and “{value}” in your own column “{header}”"),
        Text("该内容未保留，仍需要时请另行记下", "it was not kept; write it elsewhere if it is still wanted"),
    ),
    "own column mixed": Kind(
        WARNING,
        Text(
            "自加列“{header}”只含公式或只含输入的内容",
            "only formulas or only typed values in your own column “{header}”",
        ),
        Text("两者都有", "both"),
        Text(
            "各行的顺序有变，该列未随之移动，请核对",
            "the rows changed places and the column stayed; check what stands beside what",
        ),
    ),
    "ranking without units": Kind(
        WARNING, Text("地区清单中属于该榜单的地区", "units of this ranking in the list of units"), NONE, LEFT_OUT
    ),
    "table empty": Kind(FAULT, Text("至少一行", "at least one row"), NONE),
    # headers
    "column missing": Kind(FAULT, Text("“{header}”列", "a column “{header}”"), Text("没有{meant}", "none{meant}")),
    "column twice": Kind(FAULT, Text("“{header}”只有一列", "one column “{header}”"), Text("{n} 列", "{n} columns")),
    "column unknown": Kind(
        NOTE,
        Text("指标体系中的指标名称或代码", "the name or code of an indicator"),
        MEANT,
        LEFT_OUT,
    ),
    "column misspelt": Kind(
        FAULT, Text("已知的列名", "the name of a known column"), Text("“{found}”{meant}", "“{found}”{meant}")
    ),
    "header again": Kind(FAULT, Text("数据行", "a row of data"), Text("又一行标题", "the header once more")),
    "rows below": Kind(
        WARNING,
        Text("表 {table} 下方没有数据", "no data under the table {table}"),
        Text("{n} 行不属于该表", "rows that are not part of it ({n})"),
        Text(
            "未使用；如应计入，请把表格的右下角拖到这些行之下",
            "left out; to take them in, drag the table's corner over them",
        ),
    ),
    "text invisible": Kind(
        NOTE,
        Text("看得见的文字", "a text that can be seen in full"),
        Text("“{taken}”中有看不见的字符（{found}）", "“{taken}” with what cannot be seen ({found})"),
        Text("按“{taken}”处理", "taken as “{taken}”"),
    ),
    "text error": Kind(FAULT, Text("文本", "a text"), Text("错误值 {found}", "the error {found}")),
    # lines of a text file
    "row wide": Kind(FAULT, Text("{expected} 个值", "{expected} values"), Text("{found} 个{hint}", "{found}{hint}")),
    "row short": Kind(
        NOTE,
        Text("{expected} 个值", "{expected} values"),
        Text("{found} 个", "{found}"),
        Text("其余按空白处理", "the others taken as blank"),
    ),
    "quotation open": Kind(
        FAULT,
        Text('成对的引号（"）', 'quotation marks (") in pairs'),
        Text("从此行开始不成对", "one without its other from this line on"),
    ),
    "control character": Kind(
        FAULT,
        Text("可以显示的文字", "a text that can be shown"),
        Text("控制字符 {found}", "the control character {found}"),
    ),
    "text long": Kind(
        FAULT, Text("至多 {limit:,} 个字符", "{limit:,} characters at most"), Text("{found:,} 个", "{found:,}")
    ),
    # settings
    "setting unknown": Kind(WARNING, Text("已知的设置项", "a known setting"), MEANT, LEFT_OUT),
    "setting twice": Kind(FAULT, Text("“{key}”只设一次", "“{key}” once"), Text("{n} 次", "{n} times")),
    "setting missing": Kind(NOTE, Text("设置项“{key}”", "the setting “{key}”"), NONE, TAKEN),
    "setting blank": Kind(NOTE, Text("“{key}”的取值", "a value for “{key}”"), NOTHING, TAKEN),
    "setting choice": Kind(FAULT, Text("{choices}之一", "one of {choices}"), MEANT),
    "setting number": Kind(FAULT, Text("{least} 到 {most} 的数", "a number from {least} to {most}")),
    "setting whole number": Kind(FAULT, Text("{least} 到 {most} 的整数", "a whole number from {least} to {most}")),
    "setting group": Kind(
        FAULT, Text("地区清单中的分组列（{groups}）", "a group column of the list of units ({groups})")
    ),
    "setting tiers": Kind(
        WARNING,
        Text("递增的名次，如 5, 15, 25，或“自然断点 4”", "rising ranks such as 5, 15, 25, or “natural breaks 4”"),
        done=Text("按自然断点 4 处理", "taken as natural breaks 4"),
    ),
    "settings clash": Kind(
        FAULT,
        Text("极差正规化或固定上下限（标准化范围为固定上下限）", "min-max or goalposts, as the scope is “goalposts”"),
    ),
    "goalposts as scope": Kind(
        NOTE,
        Text("当年或全部年份", "year or panel"),
        FOUND,
        Text(
            "固定上下限现为一种标准化方法：已按标准化方法“固定上下限”、范围“当年”处理",
            "goalposts are a normalisation now: read as the normalisation “goalposts” with the scope “year”",
        ),
    ),
    "setting year": Kind(FAULT, Text("“最新”或数据中的年份（{years}）", "“latest” or a year of the data ({years})")),
    "year of ranking": Kind(
        WARNING,
        Text("{year} 年的数据", "data for {year}"),
        Text("没有", "none"),
        Text("该榜单显示 {shown} 年", "this ranking shows {shown}"),
    ),
    "no previous year": Kind(
        NOTE,
        Text("{year} 年之前一年的数据", "data for a year before {year}"),
        Text("没有", "none"),
        Text("不显示排名变化", "no rank changes are shown"),
    ),
    # framework
    "framework": Kind(FAULT, Text("{expected}", "{expected}"), MEANT),
    "code alike": Kind(
        FAULT,
        Text(
            "不只是大小写或全半角不同的指标代码",
            "an indicator's code that differs from others in more than case or width",
        ),
        Text("{found}（另见 {other}）", "{found}, also in {other}"),
    ),
    "goalposts of aggregate": Kind(
        WARNING,
        Text("空白（该上级指标未按固定上下限标准化）", "a blank, as it is not normalised by goalposts"),
        Text("上级指标“{name}”的 {found}", "{found} for “{name}”, which has children"),
        LEFT_OUT,
    ),
    "name twice": Kind(
        FAULT, Text("不重复的名称", "a name that stands once"), Text("{found}（共 {n} 次）", "{found} ({n} times)")
    ),
    "name blank": Kind(NOTE, Text("名称", "a name"), NOTHING, TAKEN),
    "weight missing": Kind(FAULT, Text("权重（赋权方法为给定权重）", "a weight, as the weighting is “given”"), NOTHING),
    "weight missing for mix": Kind(
        FAULT,
        Text("权重（“给定权重的比重”为 {share:g}）", "a weight, as the share of given weights is {share:g}"),
        NOTHING,
    ),
    "weights zero": Kind(
        FAULT,
        Text("{parent} 的下级权重之和大于 0", "weights of the children of {parent} that sum to more than 0"),
        Text("0", "0"),
    ),
    "goalposts missing": Kind(
        FAULT,
        Text("下限和上限（标准化方法为固定上下限）", "lower and upper, as the normalisation is “goalposts”"),
        NOTHING,
    ),
    "target missing": Kind(
        FAULT,
        Text("目标值（按与目标值的距离标准化）", "a target, as the normalisation is “distance to target”"),
        NOTHING,
    ),
    # pairwise comparisons
    "comparison code": Kind(
        FAULT,
        Text("同一上级的两个不同下级的代码", "the codes of two children of one parent"),
        Text("{first} 和 {second}{meant}", "{first} and {second}{meant}"),
    ),
    "comparison ratio": Kind(FAULT, Text("大于 0 的数，如 3 或 1/3", "a number above 0, such as 3 or 1/3")),
    "comparison twice": Kind(
        FAULT,
        Text("每两个下级只比较一次", "one comparison of each pair"),
        Text("{first} 和 {second}（另见{other}）", "{first} and {second}, also in {other}"),
    ),
    "comparison missing": Kind(
        FAULT,
        Text(
            "{parent} 的下级两两比较（层次分析法）", "comparisons of all children of {parent}, as the weighting is AHP"
        ),
        Text("缺少 {pairs}", "none of {pairs}"),
    ),
    "comparisons inconsistent": Kind(
        WARNING,
        Text("一致性比率不超过 0.1 的比较", "comparisons with a consistency ratio of 0.1 at most"),
        Text("{parent} 的下级：{found}", "{found} for the children of {parent}"),
        Text("仍按此计算", "used all the same"),
    ),
    # units
    "unit code blank": Kind(FAULT, Text("地区代码", "a unit code"), NOTHING),
    "unit code twice": Kind(
        FAULT,
        Text("不重复的地区代码", "a unit code that stands once"),
        Text("{found}（另见 {other}）", "{found}, also in {other}"),
    ),
    "unit name blank": Kind(WARNING, Text("地区名称", "a unit name"), NOTHING, TAKEN),
    "unit name twice": Kind(
        WARNING,
        Text("同一榜单中不重复的名称", "a name that stands once in its ranking"),
        Text("{found}（另见 {other}）", "{found}, also in {other}"),
        Text("按代码区分", "told apart by code"),
    ),
    "unit ranking blank": Kind(FAULT, Text("榜单", "a ranking"), NOTHING),
    "unit ranking unknown": Kind(
        FAULT, Text("已有数据的榜单", "a ranking that has data"), Text("“{found}”{meant}", "“{found}”{meant}")
    ),
    # data: what the values add up to
    "year empty": Kind(
        WARNING,
        Text("{year} 年的数据", "data for {year}"),
        Text("尚未填写", "none filled in yet"),
        Text("未计算该年", "that year is left out"),
    ),
    "year one unit": Kind(
        FAULT,
        Text("{year} 年至少两个有数据的地区", "two units with data in {year}, at least"),
        Text("{n} 个", "{n}"),
        Text("无法相互比较", "nothing to compare it with"),
    ),
    "denominator not positive": Kind(
        WARNING,
        Text("大于 0 的分母“{header}”（用于 {indicators}）", "a denominator “{header}” above 0, for {indicators}"),
        Text("{found}（{unit}，{year} 年）", "{found} ({unit}, {year})"),
        Text("这些指标按缺失处理", "these indicators are taken as missing there"),
    ),
    "denominator blank": Kind(
        WARNING,
        Text("分母“{header}”的值（用于 {indicators}）", "a value of the denominator “{header}”, for {indicators}"),
        Text("空白（{unit}，{year} 年）", "nothing ({unit}, {year})"),
        Text("这些指标按缺失处理", "these indicators are taken as missing there"),
    ),
    "indicator undivided": Kind(
        WARNING,
        Text(
            "{indicator} 在 {year} 年可用的分母“{denominator}”",
            "denominators “{denominator}” of {indicator} that can be used in {year}",
        ),
        Text("没有", "none"),
        Text("权重为 0，不计分", "its weight is 0 and it has no scores"),
    ),
    "indicator empty": Kind(
        WARNING,
        Text("{indicator} 在 {year} 年的数据", "data for {indicator} in {year}"),
        Text("全部缺失", "none at all"),
        Text("权重为 0，不计分", "its weight is 0 and it has no scores"),
    ),
    "indicator constant": Kind(
        WARNING,
        Text("{indicator} 在 {year} 年有高低之分", "values of {indicator} that differ in {year}"),
        Text("全部为 {found}", "{found} for every unit"),
        Text("权重为 0，不计分", "its weight is 0 and it has no scores"),
    ),
    "indicator without base": Kind(
        WARNING,
        Text(
            "{indicator} 的首年（{first} 年）数据大于 0，且这些地区 {year} 年也有数据",
            "values of {indicator} above 0 in {first}, the first year, of units that have one in {year}",
        ),
        Text("没有", "none"),
        Text("权重为 0，不计分", "its weight is 0 and it has no scores"),
    ),
    "indicator without scores": Kind(
        WARNING,
        Text("{indicator} 在 {year} 年的得分", "scores of {indicator} in {year}"),
        Text("没有", "none"),
        Text("权重为 0，不计分", "its weight is 0 and it has no scores"),
    ),
    "unit without data": Kind(
        WARNING,
        Text("{unit} 在 {year} 年的数据", "data for {unit} in {year}"),
        Text("没有", "none"),
        Text("不排名", "it has no rank"),
    ),
    "unit without score": Kind(
        WARNING,
        Text("{unit} 在“{parent}”下可得的下级达到 {share:.0%}", "{share:.0%} of the children of “{parent}” for {unit}"),
        Text("{n} 个中的 {there} 个（{found:.0%}，缺 {lacking}）", "{there} of {n} ({found:.0%}), without {lacking}"),
        Text("{year} 年不排名", "it has no rank in {year}"),
    ),
}
