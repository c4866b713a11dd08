"""The command line. The one place where errors end: 0 done, 1 input or command at fault, 3 a defect of
ours, 130 interrupted.

Imports stay light: `bdindex --help` must not wait for numpy.
"""

from __future__ import annotations

import argparse
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import __version__, logs
from .errors import BdIndexError, SheetErrors
from .language import LANGUAGES, Lang, Text, joined, of_environment, same
from .terminal import harmless_streams
from .written import Written, recording

_ABOUT = Text(
    "工作簿里的综合指数：填写原始指标，运行一条命令，得到带排名变化的排名表。",
    "Composite indices in a workbook: fill in raw indicators, run one command, read rankings with rank changes.",
)
_COMMANDS = {
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
    "merge": Text("把各地填好的副本合并到主工作簿", "take what bureaus filled into copies over into the main workbook"),
    "robustness": Text(
        "换用其他合理的权重和方法，看排名有多稳", "how firm the rankings are under other reasonable weights and methods"
    ),
    "audit": Text(
        "审查指标：缺失、偏态、共线性、内部一致性、实际重要性",
        "look the indicators over: gaps, skew, collinearity, consistency, effective importance",
    ),
    "explain": Text(
        "解释某个地区的得分、变化，以及前进一名所需的条件",
        "why a unit stands where it does, why that changed, and what it would take to move up",
    ),
    "doctor": Text(
        "检查 Python、Excel 和工作簿能否一起工作，并说明怎样处理",
        "look whether Python, Excel and a workbook work together, and say how to mend what does not",
    ),
    "install": Text("为当前用户设置 Excel（Windows、macOS）", "set Excel up for this user (Windows, macOS)"),
    "uninstall": Text("撤销 install 所做的一切", "take back all that install did"),
    "build": Text("生成随附的 BigDataIndex.xlsm", "make the shipped BigDataIndex.xlsm"),
}
_WORDS = {
    "file": Text("工作簿（.xlsm 或 .xlsx）", "the workbook (.xlsm or .xlsx)"),
    "new file": Text("要新建的工作簿（.xlsm）", "the workbook to make (.xlsm)"),
    "from": Text(
        "含 framework.csv、units.csv 和 data.csv 的文件夹；省略则用示例数据",
        "folder with framework.csv, units.csv and data.csv; the sample without it",
    ),
    "lang": Text("工作簿的语言，默认 zh", "language of the workbook, zh by default"),
    "set": Text("设置项，可重复，如 weighting=equal", "a setting, as often as needed, such as weighting=equal"),
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
    "prefer": Text("冲突时采用哪一方；省略则都不采用", "which side to take in a conflict; neither without it"),
    "draws": Text("抽样次数，默认 1000", "draws, 1000 by default"),
    "seed": Text("随机数种子，默认 1；种子相同，结果相同", "seed, 1 by default; the same seed gives the same result"),
    "spread": Text("权重变动的幅度，默认 0.25", "how far weights vary, 0.25 by default"),
    "concentration": Text(
        "改按狄利克雷分布抽取权重，给出集中度",
        "draw weights from a Dirichlet distribution of this concentration instead",
    ),
    "noise": Text("数据噪声，以标准差为单位，默认 0", "noise on the data in standard deviations, 0 by default"),
    "alternatives": Text("一并考虑的其他选择，以逗号分隔", "other choices to take into account, separated by commas"),
    "unit": Text("地区的代码或名称，可重复", "code or name of a unit, as often as needed"),
    "year": Text("年份，默认为排名表所示的年份", "year, by default the one the ranking sheets show"),
    "examined": Text("要检查的工作簿，可省略", "the workbook to look at, if any"),
    "fix": Text("修复能够自动修复的问题", "mend what can be mended"),
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
    "usage": Text("用法：", "usage: "),
    "options": Text("选项", "options"),
    "commands": Text("命令", "commands"),
    "arguments": Text("参数", "arguments"),
    "fault": Text("命令有误：{message}。运行 {prog} --help 查看用法。", "{message}. Run {prog} --help for usage."),
}


class _Parser(argparse.ArgumentParser):
    """argparse in the reader's language, with the exit code of this program."""

    lang: Lang = "zh"

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._optionals.title = _WORDS["options"][self.lang]
        self._positionals.title = _WORDS["arguments"][self.lang]
        self.add_argument("-h", "--help", action="help", help=_WORDS["help"][self.lang])

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", _WORDS["usage"][self.lang], 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", _WORDS["usage"][self.lang], 1)

    def error(self, message: str) -> NoReturn:
        words = Text(_in_chinese(message), message)
        print(_WORDS["fault"].format(message=words, prog=self.prog)[self.lang], file=sys.stderr)
        raise SystemExit(1)


# What argparse says of a command that is off, and the same in Chinese.
_FAULTS = {
    r"(?:argument (?P<name>.+?): )?invalid choice: (?P<found>.+?) \(choose from (?P<choices>.+)\)": (
        "{name} 应为 {choices} 之一，实为 {found}"
    ),
    r"the following arguments are required: (?P<name>.+)": "缺少参数 {name}",
    r"unrecognized arguments: (?P<name>.+)": "不认识的参数 {name}",
    r"argument (?P<name>.+?): expected one argument": "{name} 后应有一个值",
}


def _in_chinese(message: str) -> str:
    for pattern, words in _FAULTS.items():
        found = re.fullmatch(pattern, message)
        if found:
            return words.format(**found.groupdict())
    return message


def parser(lang: Lang) -> argparse.ArgumentParser:
    """The parser of all commands, in a language."""
    _Parser.lang = lang
    top = _Parser(prog="bdindex", description=_ABOUT[lang])
    top.add_argument("--version", action="version", version=f"bdindex {__version__}", help=_WORDS["version"][lang])
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, title=_WORDS["commands"][lang])

    def command(name: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=_COMMANDS[name][lang], description=_COMMANDS[name][lang])
        made.add_argument("--json", action="store_true", help=_WORDS["json"][lang])
        return made

    def file(command: argparse.ArgumentParser, word: str) -> None:
        command.add_argument("file", metavar="FILE", type=Path, help=_WORDS[word][lang])

    def output(command: argparse.ArgumentParser, word: str) -> None:
        command.add_argument("-o", "--output", metavar="OUT", type=Path, help=_WORDS[word][lang])
        command.add_argument("--force", action="store_true", help=_WORDS["force output"][lang])

    new = command("new")
    file(new, "new file")
    new.add_argument("--from", dest="folder", metavar="DIR", type=Path, help=_WORDS["from"][lang])
    new.add_argument("--lang", choices=LANGUAGES, default="zh", help=_WORDS["lang"][lang])
    new.add_argument(
        "--set", dest="settings", metavar="KEY=VALUE", action="append", default=[], help=_WORDS["set"][lang]
    )
    new.add_argument("--force", action="store_true", help=_WORDS["force"][lang])
    recalculate = command("recalculate")
    file(recalculate, "file")
    output(recalculate, "output")
    file(command("check"), "file")
    share = command("share")
    file(share, "file")
    output(share, "twin")
    _share_options(share, lang)
    file(command("verify"), "file")
    diff = command("diff")
    diff.add_argument("old", metavar="OLD", type=Path, help=_WORDS["old"][lang])
    diff.add_argument("new", metavar="NEW", type=Path, help=_WORDS["new copy"][lang])
    diff.add_argument("--all", action="store_true", help=_WORDS["all"][lang])
    merge = command("merge")
    file(merge, "main")
    merge.add_argument("returned", metavar="RETURNED", type=Path, nargs="+", help=_WORDS["returned"][lang])
    merge.add_argument("--prefer", choices=("returned", "main"), help=_WORDS["prefer"][lang])
    output(merge, "output")
    robustness = command("robustness")
    file(robustness, "file")
    output(robustness, "output")
    _robustness_options(robustness, lang)
    audit = command("audit")
    file(audit, "file")
    output(audit, "output")
    explain = command("explain")
    file(explain, "file")
    output(explain, "output")
    explain.add_argument("--unit", metavar="UNIT", action="append", required=True, help=_WORDS["unit"][lang])
    explain.add_argument("--year", metavar="YEAR", type=int, help=_WORDS["year"][lang])
    doctor = command("doctor")
    doctor.add_argument("file", metavar="FILE", type=Path, nargs="?", help=_WORDS["examined"][lang])
    doctor.add_argument("--fix", action="store_true", help=_WORDS["fix"][lang])
    install = command("install")
    install.add_argument("file", metavar="FILE", type=Path, nargs="?", help=_WORDS["installed"][lang])
    install.add_argument("--force", action="store_true", help=_WORDS["take over"][lang])
    command("uninstall")
    output(command("build"), "build output")
    return top


def _share_options(share: argparse.ArgumentParser, lang: Lang) -> None:
    for flag in ("values", "pdf"):
        share.add_argument(f"--{flag}", action="store_true", help=_WORDS[flag][lang])
    share.add_argument("--only", metavar="RANKING", help=_WORDS["only"][lang])
    for flag in ("no-raw", "no-comments", "keep-hidden"):
        share.add_argument(f"--{flag}", action="store_true", help=_WORDS[flag.replace("-", " ")][lang])
    for name in ("to", "cc"):
        share.add_argument(f"--{name}", metavar="ADDRESS", action="append", default=[], help=_WORDS[name][lang])
    for name in ("subject", "body"):
        share.add_argument(f"--{name}", metavar="TEXT", help=_WORDS[name][lang])
    for flag in ("draft", "send"):
        share.add_argument(f"--{flag}", action="store_true", help=_WORDS[flag][lang])


def _robustness_options(robustness: argparse.ArgumentParser, lang: Lang) -> None:
    for name, kind in (("draws", int), ("seed", int), ("spread", float), ("concentration", float), ("noise", float)):
        robustness.add_argument(f"--{name}", metavar=name[0].upper(), type=kind, help=_WORDS[name][lang])
    for name in ("weightings", "normalisations", "aggregations", "imputations"):
        robustness.add_argument(f"--{name}", metavar="A,B", help=_WORDS["alternatives"][lang])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    with harmless_streams() as out, recording() as written:
        lang = of_environment()
        code = _run(arguments, lang, written)
        for remark in written.remarks:
            print(remark[lang], file=sys.stderr)
        if out is not None:
            out.flush()
            if out.lost is not None:
                told = _OUTPUT_LOST.format(reason=out.lost.strerror or out.lost, files=_told(written))
                print(told[lang], file=sys.stderr)
                return code or 1
        return code


def _run(arguments: Sequence[str] | None, lang: Lang, written: Written) -> int:
    """The one place where errors end."""
    options = parser(lang).parse_args(arguments)
    try:
        from . import commands

        return commands.COMMANDS[options.command](options, lang)
    except SheetErrors as errors:  # a command that names the file says more; this is the rest
        print(errors.text(lang), file=sys.stderr)
        return 1
    except BdIndexError as error:
        print(error.text(lang), file=sys.stderr)
        if written.files:
            print(_BEFORE.format(files=_files(written))[lang], file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(_STOPPED.format(files=_told(written))[lang], file=sys.stderr)
        return 130
    except Exception:
        print(_DEFECT.format(files=_told(written), log=_write_log(arguments))[lang], file=sys.stderr)
        return 3


_STOPPED = Text("已中断；{files}。", "Stopped; {files}.")
_DEFECT = Text(
    "程序出错；{files}。详情见 {log}，请把它发给维护者。",
    "This is a defect of the program; {files}. The details are in {log}: please send them to us.",
)
_OUTPUT_LOST = Text(
    "输出未能全部显示（{reason}）；{files}。", "Not all of the output could be shown ({reason}); {files}."
)
_BEFORE = Text("在此之前已写入 {files}。", "Written before that: {files}.")
_NONE_WRITTEN = Text("文件未改动", "no file was changed")
_SOME_WRITTEN = Text("此前已写入 {files}", "written before that: {files}")


def _told(written: Written) -> Text:
    """What has been written, or that nothing has."""
    return _SOME_WRITTEN.format(files=_files(written)) if written.files else _NONE_WRITTEN


def _files(written: Written) -> Text:
    return joined([same(file) for file in written.files])


def _write_log(arguments: Sequence[str] | None) -> str:
    """Path of the file with the traceback."""
    heading = f"bdindex {__version__}, Python {sys.version}\n{list(arguments or sys.argv[1:])}"
    try:
        return logs.write(heading, traceback.format_exc())
    except OSError as error:
        return f"— ({error.strerror})"
