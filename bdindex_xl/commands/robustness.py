"""The command `robustness`: how firm the rankings are."""

from __future__ import annotations

import argparse

from ..analysis.robustness.uncertain import LEAST_CONCENTRATION, MOST_CONCENTRATION, MOST_DRAWS, MOST_NOISE, MOST_SEED
from ..language import Lang, Text
from .option_values import real, text, whole
from .parser import Parser

ABOUT = Text(
    "换用其他合理的权重和方法，看排名有多稳", "how firm the rankings are under other reasonable weights and methods"
)
_DRAWS = Text("抽样次数，默认 1000", "draws, 1000 by default")
_SEED = Text("随机数种子，默认 1；种子相同，结果相同", "seed, 1 by default; the same seed gives the same result")
_SPREAD = Text("权重变动的幅度，默认 0.25", "how far weights vary, 0.25 by default")
_CONCENTRATION = Text(
    "改按狄利克雷分布抽取权重，给出集中度", "draw weights from a Dirichlet distribution of this concentration instead"
)
_NOISE = Text("数据噪声，以标准差为单位，默认 0", "noise on the data in standard deviations, 0 by default")
_BESIDE = Text(
    "除工作簿所用的方法外，一并考虑的{zh}方法，以逗号分隔",
    "{en} to take into account beside the workbook's own, separated by commas",
)
_ALTERNATIVES = {"weightings": "赋权", "normalisations": "标准化", "aggregations": "合成", "imputations": "插补"}
_MOST_SPREAD = 0.999  # less than 1


def add(command: Parser) -> None:
    command.file()
    command.output()
    either, lang = command.add_mutually_exclusive_group(), command.lang
    for name, words, metavar, kind, group in (
        ("draws", _DRAWS, "N", whole(lang, 1, MOST_DRAWS), command),
        ("seed", _SEED, "SEED", whole(lang, 0, MOST_SEED), command),
        ("spread", _SPREAD, "SHARE", real(lang, 0.0, _MOST_SPREAD), either),
        ("concentration", _CONCENTRATION, "NUMBER", real(lang, LEAST_CONCENTRATION, MOST_CONCENTRATION), either),
        ("noise", _NOISE, "NUMBER", real(lang, 0.0, MOST_NOISE), command),
    ):
        group.add_argument(f"--{name}", metavar=metavar, type=kind, help=words[lang])
    for name, zh in _ALTERNATIVES.items():
        words = _BESIDE.format(zh=zh, en=name)
        command.option(f"--{name}", words=words, metavar="A,B", type=text(lang))


def more(lang: Lang) -> str:
    """What --help says below the options."""
    from .listed import alternatives

    return alternatives(lang)


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.robustness import robustness

    return robustness(options, lang)
