"""How sentences of fact enumerate names, and of which units they say that they are."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ..core.arrays import Index
from ..engine.seen import TWO_SIDED
from ..language import Text, same
from ..model.framework import Aggregate, Node
from ..model.method import Transformation
from .source import RankingView

MOST = 12  # names in one enumeration


def enumerated(names: Iterable[Text | str]) -> Text:
    """Names in a row; the last ones of many are only counted."""
    found = [name if isinstance(name, Text) else same(name) for name in names]
    head = found[:MOST]
    zh, en = "、".join(one.zh for one in head), [one.en for one in head]
    if len(found) == len(head):
        return Text(zh, " and ".join(filter(None, (", ".join(en[:-1]), *en[-1:]))))
    return _AND_MORE.format(names=Text(zh, ", ".join(en)), more=len(found) - len(head), n=len(found))


def marked(name: str, mark: str | Text) -> Text:
    """A name with something in brackets, as each language writes them."""
    inner = mark if isinstance(mark, Text) else same(mark)
    return Text(f"{name}（{inner.zh}）", f"{name} ({inner.en})")


def ordinal(k: int) -> Text:
    """A small number as a tier is called.

    >>> ordinal(2).zh, ordinal(12).zh
    ('二', '12')
    """
    return Text("〇一二三四五六七八九十"[k] if k <= 10 else str(k), str(k))


def is_first(view: RankingView, node: Node, units: Index, *, ties: bool = False) -> bool:
    """Whether these are the first units of the ranking, and not those of a group.

    Where the last ties with others that are not among them, nobody can say which are the first: `ties` allows it.
    """
    ranks = view.ranks(node)[view.shown]
    found, own = np.sort(ranks[ranks > 0]), np.sort(ranks[units])
    n = len(units)
    return bool(np.array_equal(own, found[:n])) and (ties or n == len(found) or bool(found[n] > own[-1]))


def is_all(view: RankingView, node: Node, units: Index) -> bool:
    """Whether these are all units that have a rank."""
    return len(units) == int((view.ranks(node)[view.shown] > 0).sum())


def among(view: RankingView, node: Node, units: Index) -> Text:
    """Of which units a sentence is, where not of all: the first ones, or those that are shown."""
    if is_all(view, node, units):
        return same("")
    return (_OF_FIRST if is_first(view, node, units) else _OF_SHOWN).format(n=len(units))


def has_least(view: RankingView, node: Node) -> bool:
    """Whether the first at a node are those with the least: of reciprocals, where more is better.

    Nothing is said of values on both sides of 0 whose order a transformation does not keep.
    """
    if isinstance(node, Aggregate) or is_two_sided(node):
        return False
    if (node.direction < 0) == (node.transformation is Transformation.RECIPROCAL):
        return False
    return node.transformation not in _BY_SIGN or not view.below_0(node)


def is_two_sided(node: Node) -> bool:
    """Whether the first at a node are those nearest to what is best, in between."""
    return not isinstance(node, Aggregate) and node.direction == TWO_SIDED


_BY_SIGN = (Transformation.ABSOLUTE, Transformation.RECIPROCAL)  # order goes another way below 0
_AND_MORE = Text("{names}等 {n} 个", "{names} and {more} more")
_OF_FIRST = Text("前 {n} 名中", ", of the first {n}")
_OF_SHOWN = Text("所列 {n} 个地区中", ", of the {n} {n:unit|units} shown")
