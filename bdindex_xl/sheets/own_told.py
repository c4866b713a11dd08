"""What a workbook says of settings and nodes that go beyond a choice of each kind: nothing where there are none."""

from __future__ import annotations

from collections.abc import Sequence

from ..language import Text, joined, same
from ..model.framework import Aggregate, Framework
from ..model.method import Method, MissingWeights
from . import choices

_NAMED = 6  # nodes named; more are counted
_SOME = Text("{names}等 {n} 项", "{names} and others, {n} in all")


def counted(names: Sequence[Text], n: int) -> Text:
    """Names, and how many there are where these are not all."""
    listed = joined(list(names))
    return listed if n <= len(names) else _SOME.format(names=listed, n=n)


def of_scores(framework: Framework) -> list[Text]:
    """What becomes of aggregates' scores before the next level."""
    nodes = framework.aggregates
    powers = [(node, node.exponent) for node in nodes if node.exponent is not None]
    factors = [(node, node.factor) for node in nodes if node.factor]
    again = [(node, choices.NORMALISATIONS[node.normalisation]) for node in nodes if node.normalisation is not None]
    told = [
        template.format(parts=_parts([_OF.format(node=node.name, what=what) for node, what in found]))
        for template, found in ((_EXPONENTS, powers), (_FACTORS, factors), (_AGAIN, again))
        if found
    ]
    turned = [same(node.name) for node in nodes if node.direction < 0]
    return [*told, *([_TURNED.format(names=_parts(turned))] if turned else [])]


def of_missing(framework: Framework, method: Method) -> list[Text]:
    """Which units have no score, beside those that lack more than the share of children that the method allows."""
    own = [(node, node.min_available) for node in framework.aggregates if node.min_available is not None]
    told = []
    if own:
        shares = [_OF.format(node=node.name, what=f"{100 * share:g}%") for node, share in own]
        told.append(_OWN_SHARES.format(parts=_parts(shares)))
    if method.min_children:
        told.append(_FEWEST.format(n=method.min_children))
    if method.unit_available:
        told.append(_LEFT_OUT.format(share=f"{100 * method.unit_available:g}%"))
    return told


def spread_of(method: Method) -> Text:
    """Where the weight of what is missing goes."""
    return _SPREAD[method.missing_weights]


def has_own(node: Aggregate) -> bool:
    """Whether anything is done to an aggregate's score that no choice of the method does."""
    return bool(node.factor) or node.normalisation is not None or node.direction < 0


def _parts(parts: Sequence[Text]) -> Text:
    return counted(parts[:_NAMED], len(parts))


_OF = Text("{node}（{what}）", "{node} ({what})")
_EXPONENTS = Text("幂平均指数另有规定：{parts}。", "Other exponents of the power mean: {parts}.")
_FACTORS = Text("得分再乘以系数：{parts}。", "Scores multiplied by a factor then: {parts}.")
_AGAIN = Text(
    "得分先再标准化，再合成上一级：{parts}。", "Scores normalised anew before they go into the next level: {parts}."
)
_TURNED = Text(
    "{names}的得分为负向，反向后合成上一级。", "Scores of {names} are turned round before they go into the next level."
)
_OWN_SHARES = Text("最低可得比例另有规定：{parts}。", "Other least shares of the children: {parts}.")
_FEWEST = Text(
    "可得的下级指标少于 {n} 个（或不足全部）时也不计分。",
    "Nor is there with fewer than {n} children, or with less than all of a parent that has fewer.",
)
_LEFT_OUT = Text(
    "可得的指标不足全部指标 {share} 的地区当年不参加，筛选为保留的除外。",
    "A unit with less than {share} of all indicators is left out of that year, but for those screened in.",
)
_SPREAD = {
    MissingWeights.PROPORTIONAL: Text(
        "其余下级指标的权重按比例放大。", "The weights of the children at hand are rescaled."
    ),
    MissingWeights.EQUAL: Text(
        "缺失的下级指标的权重由其余下级平均分担。", "The weight of a missing child goes to the others in equal parts."
    ),
    MissingWeights.KEPT: Text(
        "缺失的下级指标的权重不由其余下级分担，该项不得分。",
        "The weight of a missing child goes nowhere: it earns nothing.",
    ),
}
