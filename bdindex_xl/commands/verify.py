"""The command `verify`: whether a file says what its raw data give."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text(
    "由原始数据重算，核对文件中的结果和设置是否属实",
    "recompute from the raw data, and say whether results and settings are what they should be",
)
_EXPECT = Text(
    "另行公布的指纹（bdindex share 或 verify 所示）；文件须与之一致",
    "a fingerprint published elsewhere, as share and verify show it, that the file must have",
)
_ANALYSES = Text(
    "抽样次数多、需时较长的稳健性分析也重做并核对",
    "make robustness analyses of many draws again, too, which takes long, and compare them",
)


def add(command: Parser) -> None:
    command.file()
    command.option("--expect", words=_EXPECT, metavar="FINGERPRINT")
    command.flag("--analyses", words=_ANALYSES)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from ..share.live.anew import remade
    from .output.verify import verify

    return verify(
        options.file,
        remake=remade,
        expect=options.expect,
        all_analyses=options.analyses,
        as_json=options.json,
        lang=lang,
    )
