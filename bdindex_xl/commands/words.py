"""What --help says of every command and option, in both languages."""

from __future__ import annotations

from ..language import Text

ABOUT = Text(
    "工作簿里的综合指数：填写原始指标，运行一条命令，得到带排名变化的排名表。",
    "Composite indices in a workbook: fill in raw indicators, run one command, read rankings with rank changes.",
)
COMMANDS = {
    "new": Text("新建工作簿（示例，或由 CSV 文件生成）", "make a workbook, from the sample or from CSV files"),
    "recalculate": Text("重新计算工作簿中的排名", "recalculate a workbook's rankings"),
    "check": Text("检查工作簿的数据，不改动文件", "check a workbook's data and change nothing"),
    "share": Text(
        "生成可分发的副本：不含宏，结果为公式；可附带 PDF 和邮件",
        "make a copy for others: no macros, results as formulas; a PDF and a message where wanted",
    ),
    "verify": Text(
        "由原始数据重算，核对文件中的结果和设置是否属实",
        "recompute from the raw data, and say whether results and settings are what they should be",
    ),
    "diff": Text(
        "比较两个副本：改了什么，名次因此怎样变化", "what changed between two copies, and what that did to ranks"
    ),
    "merge": Text("把各地填好的副本合并到主工作簿", "merge copies that bureaus have filled in into the main workbook"),
    "robustness": Text(
        "换用其他合理的权重和方法，看排名有多稳", "how firm the rankings are under other reasonable weights and methods"
    ),
    "audit": Text(
        "审查指标：缺失、偏态、共线性、内部一致性、实际重要性",
        "audit the indicators: missing values, skew, collinearity, consistency, effective importance",
    ),
    "explain": Text(
        "解释某个地区的得分、变化，以及前进一名所需的条件",
        "why a unit stands where it does, why that changed, and what it would take to move up",
    ),
    "doctor": Text(
        "检查 Python、Excel 和工作簿能否一起工作，并说明怎样处理",
        "check that Python, Excel and a workbook work together, and say how to fix what does not",
    ),
    "install": Text("为当前用户设置 Excel（Windows、macOS）", "set Excel up for this user (Windows, macOS)"),
    "uninstall": Text("撤销 install 所做的一切", "undo all that install did"),
    "build": Text("生成随附的 BigDataIndex.xlsm", "make the shipped BigDataIndex.xlsm"),
}
WORDS = {
    "file": Text("工作簿（.xlsm 或 .xlsx）", "the workbook (.xlsm or .xlsx)"),
    "new file": Text("要新建的工作簿（.xlsm）", "the workbook to make (.xlsm)"),
    "from": Text(
        "含 framework.csv、units.csv 和 data.csv 的文件夹；省略则用示例数据",
        "folder with framework.csv, units.csv and data.csv; the sample without it",
    ),
    "lang": Text("工作簿的语言，默认 zh", "language of the workbook, zh by default"),
    "set": Text(
        "设置项，可重复，如 weighting=equal；全部设置项见下",
        "a setting, repeatable, such as weighting=equal; all are listed below",
    ),
    "twin": Text(
        "副本的文件名（.xlsx），默认在原文件旁加“_分享”", "name of the copy (.xlsx), by default beside the file"
    ),
    "values": Text("全部为数值，不含公式", "values in place of all formulas"),
    "pdf": Text("另将排名表输出为 PDF（需要 LibreOffice）", "also print the ranking sheets to PDF (needs LibreOffice)"),
    "only": Text("只保留一个榜单，如 province", "keep this ranking alone, such as province"),
    "no raw": Text("不含原始数据", "leave the raw data out"),
    "no comments": Text("不含批注", "leave comments out"),
    "keep hidden": Text("保留隐藏的工作表", "keep hidden sheets"),
    "to": Text("收件人，可重复", "whom the message is for, as often as needed"),
    "cc": Text("抄送，可重复", "who gets a copy, as often as needed"),
    "subject": Text("主题，默认由指数名称和年份组成", "subject, by default the index and its year"),
    "body": Text("正文，默认说明本年的主要变化", "text, by default what changed since last year"),
    "draft": Text("生成邮件草稿（.eml）", "write the message as a draft (.eml)"),
    "send": Text(
        "通过配置的邮件服务器发送（见 README）", "send it through the mail server that is configured (see README)"
    ),
    "old": Text("较早的副本", "the earlier copy"),
    "new copy": Text("较新的副本", "the later copy"),
    "all": Text("列出全部，而不只是最主要的", "list everything, not only what matters most"),
    "main": Text("主工作簿", "the main workbook"),
    "returned": Text("交回的副本", "copies that came back"),
    "expect": Text(
        "另行公布的指纹（bdindex share 或 verify 所示）；文件须与之一致",
        "a fingerprint published elsewhere, as share and verify show it, that the file must have",
    ),
    "analyses": Text(
        "抽样次数多、需时较长的稳健性分析也重做并核对",
        "make robustness analyses of many draws again, too, which takes long, and compare them",
    ),
    "prefer": Text("冲突时采用哪一方；省略则都不采用", "which side to take in a conflict; neither without it"),
    "draws": Text("抽样次数，默认 1000", "draws, 1000 by default"),
    "seed": Text("随机数种子，默认 1；种子相同，结果相同", "seed, 1 by default; the same seed gives the same result"),
    "spread": Text("权重变动的幅度，默认 0.25", "how far weights vary, 0.25 by default"),
    "concentration": Text(
        "改按狄利克雷分布抽取权重，给出集中度",
        "draw weights from a Dirichlet distribution of this concentration instead",
    ),
    "noise": Text("数据噪声，以标准差为单位，默认 0", "noise on the data in standard deviations, 0 by default"),
    "weightings": Text(
        "除工作簿所用的方法外，一并考虑的赋权方法，以逗号分隔",
        "weightings to take into account beside the workbook's own, separated by commas",
    ),
    "normalisations": Text(
        "除工作簿所用的方法外，一并考虑的标准化方法，以逗号分隔",
        "normalisations to take into account beside the workbook's own, separated by commas",
    ),
    "aggregations": Text(
        "除工作簿所用的方法外，一并考虑的合成方法，以逗号分隔",
        "aggregations to take into account beside the workbook's own, separated by commas",
    ),
    "imputations": Text(
        "除工作簿所用的方法外，一并考虑的插补方法，以逗号分隔",
        "imputations to take into account beside the workbook's own, separated by commas",
    ),
    "unit": Text("地区的代码或名称，可重复", "code or name of a unit, as often as needed"),
    "year": Text("年份，默认为排名表所示的年份", "year, by default the one the ranking sheets show"),
    "examined": Text("要检查的工作簿，可省略", "the workbook to look at, if any"),
    "fix": Text("修复能够自动修复的问题", "fix what can be fixed automatically"),
    "installed": Text("复制到受信任文件夹的工作簿，可省略", "workbook to copy into the trusted folder, if any"),
    "take over": Text("替换已有的解释器设置", "replace an interpreter that is configured already"),
    "output": Text("结果写入该文件，原文件不变", "write to this file and leave the original as it is"),
    "json": Text("以 JSON 输出结果", "print the result as JSON"),
    "force": Text("覆盖已有文件（保留备份）", "replace a file that exists (a backup is kept)"),
    "force output": Text(
        "输出文件已存在且不是同类文件时仍覆盖（保留备份）",
        "replace an output file of another kind, too (a backup is kept)",
    ),
    "build output": Text(
        "生成的文件，默认 workbook/BigDataIndex.xlsm", "file to make, workbook/BigDataIndex.xlsm by default"
    ),
    "help": Text("显示帮助并退出", "show this help and exit"),
    "version": Text("显示版本并退出", "show the version and exit"),
    "commands": Text("命令", "commands"),
    "settings": Text("设置项（--set KEY=VALUE）：", "settings (--set KEY=VALUE):"),
    "choices": Text("各项可取的值：", "what each list may hold:"),
    "any text": Text("文字", "any text"),
    "or": Text(" 或年份", " or a year"),
}
