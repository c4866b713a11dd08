"""All worksheet functions: names, help for Excel's function wizard, and what computes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..language import Lang, Text, joined
from ..sheets import choices
from . import arguments, explaining, ranking, robust, scoring
from .blocks import FunctionFault


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument as the function wizard shows it."""

    name: str
    help: Text
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function. `caption` stands above it at work on the formulas sheet; one that `is_long` to compute is
    not tried out while its arguments are typed."""

    name: str
    caption: Text
    summary: Text
    arguments: tuple[Argument, ...]
    call: Callable[..., list[list[Any]]]
    is_long: bool = False


def _named(known: choices.Choices) -> Text:
    """Choices as the drop-downs name them; the first is the default."""
    first, *others = known.values()
    return joined([_DEFAULT.format(name=first), *others])


_DEFAULT = Text("{name}（默认）", "{name} (default)")
_RANGE = Argument(
    "data",
    Text(
        "原始指标：每行一个地区，每列一个指标；空白为缺失。",
        "Raw indicators: a row for each unit, a column for each indicator; blank is missing.",
    ),
)
_DIRECTIONS = Argument(
    "directions",
    Text(
        "各列的方向：1 为正向，-1 为负向；省略则全部为正向。",
        "Direction of each column: 1 where more is better, -1 where less is; all 1 if left out.",
    ),
    optional=True,
)
_WEIGHTS = Argument(
    "weights",
    Text(
        "各列的权重，会换算为合计 1；省略则按“方法”赋权。",
        "Weight of each column, rescaled to add up to 1; if left out, the method weights them.",
    ),
    optional=True,
)
_METHOD = Argument(
    "method",
    Text("赋权方法：{names}。", "Weighting: {names}.").format(names=_named(arguments.WEIGHTINGS)),
    optional=True,
)


_MAXIMUM = Argument(
    "maximum",
    Text("满分为多少，省略则为 100。", "What full marks are shown as; 100 if left out."),
    optional=True,
)


def _aggregation(name: str) -> Argument:
    return Argument(
        name,
        Text(
            "合成方法：{names}；幂平均的指数为 0.5。",
            "Aggregation: {names}; the exponent of the power mean is 0.5.",
        ).format(names=_named(choices.AGGREGATIONS)),
        optional=True,
    )


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "BDINDEX_SCORE",
        Text("得分", "Score"),
        Text(
            "由原始指标计算综合得分（0–100）：极差正规化、赋权、加权平均。",
            "Scores (0–100) from raw indicators: min-max normalisation, weights, weighted mean.",
        ),
        (_RANGE, _DIRECTIONS, _WEIGHTS, _METHOD, _MAXIMUM),
        scoring.score,
    ),
    Function(
        "BDINDEX_NORMALISE",
        Text("标准化得分", "Normalised scores"),
        Text("各指标的标准化得分（0–100）。", "Normalised scores (0–100) of the indicators."),
        (
            _RANGE,
            _DIRECTIONS,
            Argument(
                "goalposts",
                Text(
                    "固定的上下限：两行，下限在前；省略则取各列的最小值和最大值。",
                    "Fixed ends: two rows, lower first; if left out, each column's least and greatest value.",
                ),
                optional=True,
            ),
            _MAXIMUM,
        ),
        scoring.normalise,
    ),
    Function(
        "BDINDEX_WEIGHTS",
        Text("权重", "Weights"),
        Text("各指标的权重，合计为 1。", "Weights of the indicators, adding up to 1."),
        (_RANGE, _DIRECTIONS, _METHOD),
        scoring.weights,
    ),
    Function(
        "BDINDEX_AGGREGATE",
        Text("合成得分", "Aggregated score"),
        Text(
            "按权重合成得分；缺失时在其余各列间重新分配权重。",
            "Weighted means of scores; where one is missing, the others share its weight.",
        ),
        (
            Argument(
                "scores", Text("得分：每行一个地区，每列一项。", "Scores: a row for each unit, a column for each part.")
            ),
            Argument(
                "weights", Text("各列的权重，会换算为合计 1。", "Weight of each column, rescaled to add up to 1.")
            ),
            _aggregation("method"),
        ),
        scoring.aggregate,
    ),
    Function(
        "BDINDEX_RANK",
        Text("排名", "Rank"),
        Text(
            "排名：1 为最优，并列取较优名次（1、2、2、4）。",
            "Ranks: 1 is best, ties share the best place (1, 2, 2, 4).",
        ),
        (
            Argument("scores", Text("得分；多列时各列分别排名。", "Scores; several columns are ranked one by one.")),
            Argument(
                "order",
                Text(
                    "0（默认）：数值大的排在前；1：数值小的排在前。",
                    "0 (default): the greatest first; 1: the least first.",
                ),
                optional=True,
            ),
        ),
        ranking.ranks,
    ),
    Function(
        "BDINDEX_RANKCHANGE",
        Text("排名变化", "Rank change"),
        Text(
            "排名变化：上期排名减本期排名，正数为上升；上期无排名的显示“新”。",
            "Rank change: previous less current, positive moved up; “new” without a previous rank.",
        ),
        (
            Argument("current", Text("本期排名。", "Ranks now.")),
            Argument(
                "previous", Text("上期排名，与本期逐行对应。", "Ranks before, row by row beside the current ones.")
            ),
        ),
        ranking.rank_change,
    ),
    Function(
        "BDINDEX_TIER",
        Text("分档", "Tier"),
        Text("用自然断点法把得分分为 n 档，1 为最高档。", "Tiers of the scores by natural breaks, 1 the highest."),
        (
            Argument("scores", Text("一列得分。", "A column of scores.")),
            Argument("n", Text("档数，1 到 100。", "Number of tiers, 1 to 100.")),
        ),
        ranking.tiers,
    ),
    Function(
        "BDINDEX_CONTRIBUTION",
        Text("对得分的贡献", "Contribution to the score"),
        Text(
            "各指标对得分的贡献（分）；每行之和等于该行得分。",
            "Points that each indicator adds to the score; a row adds up to its score.",
        ),
        (_RANGE, _DIRECTIONS, _WEIGHTS, _METHOD, _MAXIMUM),
        scoring.contribution,
    ),
    Function(
        "BDINDEX_ROBUST",
        Text("排名的稳健性", "Robustness of the ranking"),
        Text(
            "排名的稳健性：三列，为权重和方法变动时排名的中位数、5% 和 95% 分位。",
            "How firm the ranking is, in three columns: median rank, 5% and 95%, as weights and methods vary.",
        ),
        (
            _RANGE,
            Argument("draws", Text("抽样次数，默认 1000。", "Draws, 1000 by default."), optional=True),
            Argument(
                "seed",
                Text("随机数种子，默认 1；相同则结果相同。", "Seed, 1 by default; the same gives the same."),
                optional=True,
            ),
            _DIRECTIONS,
        ),
        robust.robust,
        is_long=True,
    ),
    Function(
        "BDINDEX_EXPLAIN",
        Text("首行得分的由来", "Why the first row has its score"),
        Text(
            "某一行得分的由来：每个指标一行，列出得分、排名、权重、贡献、平均贡献和差距。",
            "Why a row has its score: a line an indicator with score, rank, weight, contribution, mean "
            "contribution, gap.",
        ),
        (
            _RANGE,
            Argument("row", Text("第几行数据，从 1 数起。", "Which row of numbers, counted from 1.")),
            _DIRECTIONS,
            _WEIGHTS,
            _METHOD,
            _aggregation("aggregation"),
            _MAXIMUM,
        ),
        explaining.explain_row,
    ),
)
BY_NAME = {function.name: function for function in FUNCTIONS}


def answer(name: str, lang: Lang, *arguments: Any) -> list[list[Any]] | str:
    """What a worksheet function shows: its block of cells, or one sentence that says what is wrong.

    Parameters
    ----------
    name
        One of `FUNCTIONS`.
    lang
        Language of headings and sentences.
    arguments
        Blocks of cells in the function's order: `blocks.Cells`, nested sequences, arrays or single values; None where
        an optional one is left out.

    Examples
    --------
    >>> answer("BDINDEX_RANK", "en", [[3.0], [5.0], [5.0]])
    [[3], [1], [1]]
    >>> answer("BDINDEX_RANK", "en", [[3.0], ["abc"]])
    'row 2, column 1 of the range: expected a number, found “abc”'
    """
    try:
        return BY_NAME[name].call(*arguments, lang=lang)
    except FunctionFault as fault:
        return fault.text(lang)
