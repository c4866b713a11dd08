"""Amounts as sentences of fact show them; which of them may be added up, and to what whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..core.arrays import Array
from ..language import Text, same
from ..model.framework import Aggregate, Node
from .source import RankingView
from .wording import enumerated

_FINEST = 6  # decimals beyond which two numbers are told apart in words


def number(value: float, decimals: int | None = None) -> str:
    """A number as a sentence shows it: two decimals, or three digits where it is below 0.1.

    >>> number(1023.0), number(18594.8213), number(0.05), number(0.000123456), number(-1.5)
    ('1,023', '18,594.82', '0.05', '0.000123', '−1.50')
    """
    value = float(value) + 0.0
    if decimals is None and 0.0 < abs(value) < 0.1:
        text = np.format_float_positional(value, precision=3, fractional=False, trim="-")
    else:
        places = (0 if value.is_integer() else 2) if decimals is None else decimals
        text = f"{round(value, places) + 0.0:,.{places}f}"
    return text.replace("-", "−")


def percent(share: float) -> str:
    """A share as a sentence shows it.

    >>> percent(0.643512), percent(0.73), percent(0.00001)
    ('64.35%', '73%', '0.001%')
    """
    text = f"{100 * share:.2f}"
    if share and not float(text):
        return np.format_float_positional(100 * share, precision=1, fractional=False, trim="-") + "%"
    return (text.rstrip("0").rstrip(".") or "0") + "%"


def signed(change: float) -> str:
    """A change with its sign.

    >>> signed(4.0), signed(-3.0)
    ('+4', '−3')
    """
    return f"{change:+.0f}".replace("-", "−")


def values(node: Node, amounts: Sequence[float]) -> list[str]:
    """Values of one node, all with as many decimals: one for scores; none for counts, else two."""
    if isinstance(node, Aggregate):
        return [number(one, 1) for one in amounts]
    found = np.asarray(amounts, dtype=np.float64)
    if (found == np.round(found)).all():
        return [number(one, 0) for one in amounts]
    small = ((found != 0.0) & (np.abs(found) < 0.1)).any()
    return [number(one) if small else number(one, 2) for one in amounts]


def are_one(node: Node, amounts: Array) -> bool:
    """Whether values that tie are the same: not on two sides of what is best."""
    return isinstance(node, Aggregate) or bool(np.ptp(amounts) <= 1e-9 * np.abs(amounts).max())


def tying(node: Node, amounts: Array) -> Text:
    """The value of units that tie; of each in turn where they have others and tie as being as far off the best."""
    each = amounts[:1] if are_one(node, amounts) else amounts
    return enumerated(values(node, each.tolist()))


def apart(node: Node, one: float, other: float) -> tuple[str, str, Text]:
    """Two values and how far they are apart, with so many decimals that the three agree.

    >>> from bdindex_xl.model.framework import Aggregate
    >>> index = Aggregate("I", "Index")
    >>> [str(text) for text in apart(index, 98.67, 70.63)], [str(text) for text in apart(index, 71.751, 71.749)]
    (['98.67', '70.63', '28.04'], ['71.751', '71.749', '0.002'])
    """
    gap = abs(one - other)
    whole = not isinstance(node, Aggregate) and float(one).is_integer() and float(other).is_integer()
    least = 1 if isinstance(node, Aggregate) else 0 if whole else 2
    for decimals in range(least, _FINEST + 1):
        shown = [round(value, decimals) for value in (one, other, gap)]
        if shown[2] and round(abs(shown[0] - shown[1]), decimals) == shown[2]:
            first, second, between = (number(value, decimals) for value in shown)
            return first, second, same(between)
    first, second = (number(value, least) for value in (one, other))
    if round(gap, least):
        return first, second, _ABOUT.format(gap=number(gap, least))
    return first, second, _ALMOST.format(least=number(10.0**-_FINEST, _FINEST))


def measure(node: Node) -> str:
    """The measure of an indicator, without a remark in brackets; "" for scores."""
    if isinstance(node, Aggregate):
        return ""
    return _REMARK.sub("", node.measure).strip() or node.measure.strip()


def measured(amount: str | Text, node: Node) -> Text:
    """An amount with its measure; in English one of what is counted goes without, as “1 exchanges” would not do."""
    text, unit = (amount if isinstance(amount, Text) else same(amount)), measure(node)
    if not unit:
        return text
    space = "" if unit[0] in "%‰°℃" else " "
    return Text(
        f"{text.zh}{space}{unit}", text.en if text.en == "1" and _PLURAL.search(unit) else f"{text.en}{space}{unit}"
    )


def may_add_up(node: Node) -> bool:
    """Whether sums of an indicator's values can mean something, by what the framework says of it."""
    if isinstance(node, Aggregate) or node.denominator:
        return False
    names = node.name, _REMARK.sub("", node.name)
    return not _NO_SUM_MEASURE.search(node.measure) and not any(map(_NO_SUM_NAME.search, names))


def adds_up(view: RankingView, node: Node) -> bool:
    """Whether sums of an indicator's values mean something.

    They do not where its measure or its name tells of a rate, an index or a mean, where it has a denominator, and where
    some values are negative.
    """
    if not may_add_up(node) or view.ranking.panel.values.size == 0:
        return False
    return not (whole(view, node) < 0).any() and not (view.values(node) < 0).any()


def whole(view: RankingView, node: Node) -> Array:
    """Shape (n_years, n_units): an indicator's values in the ranking that holds this one whole; else in this one."""
    own, within = view.values(node), view.whole()
    found = within.values(node)
    sums = [float(np.nansum(one[view.shown])) for one in (found, own)]
    holds = not np.isnan(found[view.shown]).any() and sums[0] >= sums[1] - 1e-9 * abs(sums[1])
    return found if holds else own


_ABOUT = Text("约 {gap}", "about {gap}")
_ALMOST = Text("不足 {least}", "less than {least}")
_PLURAL = re.compile(r"[a-z]{2}s$")
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_NO_SUM_MEASURE = re.compile(
    r"[%‰°℃/／每比率倍]|^分$|摄氏度|指数|名次|岁|^[天日]$|小时|分钟|\bper\b|percent|\b(index|score|points?|ratio|rate|rank|years?|days?|hours?|minutes?|times)\b",
    re.IGNORECASE,
)
_NO_SUM_NAME = re.compile(
    r"人均|户均|平均|每(?=[一二三四五六七八九十百千万亿\d])|(率|比|比重|比例|占比|密度|指数|强度|均值|中位数|得分|评分|增速|增幅)$"
    r"|\b(rates?|ratio|share|percentage|percent|average|mean|median|index|density|intensity|per|score|expectancy)\b",
    re.IGNORECASE,
)
