"""The command `share`: a copy for others, with a PDF and a message where wanted."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from . import option_values
from .parser import Parser

ABOUT = Text(
    "生成可分发的副本：不含宏，结果为公式；可附带 PDF 和邮件",
    "make a copy for others: no macros, results as formulas; a PDF and a message where wanted",
)
_OUTPUT = Text("副本的文件名（.xlsx），默认在原文件旁加“_分享”", "name of the copy (.xlsx), by default beside the file")
_FLAGS = {
    "values": Text("全部为数值，不含公式", "values in place of all formulas"),
    "pdf": Text(
        "另将报告的图表和全部排名输出为 PDF（需要 report 选项）",
        "also print the report's figures and all ranks to PDF (needs the extra report)",
    ),
    "no-raw": Text("不含原始数据", "leave the raw data out"),
    "no-comments": Text("不含批注", "leave comments out"),
    "keep-hidden": Text("保留隐藏的工作表", "keep hidden sheets"),
}
_ONLY = Text("只保留一个榜单，如 province", "keep this ranking alone, such as province")
_ADDRESSES = {
    "to": Text("收件人，可重复", "whom the message is for, as often as needed"),
    "cc": Text("抄送，可重复", "who gets a copy, as often as needed"),
}
_TEXTS = {
    "subject": Text("主题，默认由指数名称和年份组成", "subject, by default the index and its year"),
    "body": Text("正文，默认说明本年的主要变化", "text, by default what changed since last year"),
}
_WAYS = {
    "draft": Text("生成邮件草稿（.eml）", "write the message as a draft (.eml)"),
    "send": Text(
        "通过配置的邮件服务器发送（见 README）", "send it through the mail server that is configured (see README)"
    ),
}


def add(command: Parser) -> None:
    command.file()
    command.output(_OUTPUT)
    text = option_values.text(command.lang)
    for name in ("values", "pdf"):
        command.flag(f"--{name}", words=_FLAGS[name])
    command.option("--only", words=_ONLY, metavar="RANKING", type=text)
    for name in ("no-raw", "no-comments", "keep-hidden"):
        command.flag(f"--{name}", words=_FLAGS[name])
    for name, words in _ADDRESSES.items():
        command.option(f"--{name}", words=words, metavar="ADDRESS", action="append", default=[], type=text)
    for name, words in _TEXTS.items():
        command.option(f"--{name}", words=words, metavar="TEXT", type=text)
    for name, words in _WAYS.items():
        command.flag(f"--{name}", words=words)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..share.twin import Wanted
    from ..sheets import schema
    from .output.share import Mail, share

    wanted = Wanted(
        values=options.values,
        only=schema.ranking_key(options.only) if options.only else None,
        no_raw=options.no_raw,
        keep_comments=not options.no_comments,
        keep_hidden=options.keep_hidden,
    )
    to, cc = tuple(options.to), tuple(options.cc)
    mail = Mail(to, cc, options.subject, options.body, draft=options.draft, send=options.send)
    return share(
        options.file,
        options.output,
        wanted,
        mail,
        as_pdf=options.pdf,
        force=options.force,
        as_json=options.json,
        lang=lang,
    )
