"""Whatever a figure says of whatever index: every name and number in it is found again from the results."""

from __future__ import annotations

import random
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bdindex_xl.errors import SheetErrors
from bdindex_xl.figures.all import contents
from bdindex_xl.figures.content import Content
from bdindex_xl.figures.source import FigureSource
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.figure import Figure, FigureKind
from bdindex_xl.model.framework import Aggregate
from bdindex_xl.tasks.recalculate import check
from bdindex_xl.workbook import Macros, make
from tests.figures.recounted import Recount
from tests.share import random_books
from tests.support.examples import examples

pytestmark = pytest.mark.slow


def source_of(number: int) -> FigureSource:
    """The index of that number; one of the next of its kind where the engine refuses an odd combination."""
    for k in range(number, number + 100_000, 1000):
        try:
            outcome = check(FileBook.from_bytes(make(random_books.contents(k), Macros())))
        except SheetErrors:
            continue
        return FigureSource(outcome.inputs, outcome.results)
    raise AssertionError("no index that can be computed")


def figures_of(source: FigureSource, draw: random.Random) -> list[Figure]:
    """Figures of every kind, of every ranking, of some nodes, groups and numbers of units."""
    nodes = source.inputs.framework.nodes
    indicators = [node.code for node in nodes if not isinstance(node, Aggregate)]
    found = []
    for ranking in source.inputs.rankings:
        for kind in FigureKind:
            for _ in range(3):
                pool = indicators if kind in _OF_INDICATORS else [node.code for node in nodes]
                codes = tuple(draw.choice(pool) for _ in range(draw.choice([1, 2, 3])))
                grouping = draw.choice(["", "", "区域", "类别"])
                group = draw.choice(["", "", "东", "甲"]) if grouping else draw.choice(["", "", "1"])
                top, years = draw.choice([None, 1, 2, 3, 5]), draw.choice([None, 2])
                found.append(Figure("1", "", kind, "", ranking.key, codes, grouping, group, top, years))
    return found


_OF_INDICATORS = {FigureKind.SHARES, FigureKind.BY_GROUP, FigureKind.COLUMNS_AND_LINE}


@settings(examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@given(st.integers(0, 100_000))
def test_every_name_and_number_of_every_sentence_is_so(number: int) -> None:
    source = source_of(number)
    for one in contents(source, figures_of(source, random.Random(number))):
        if not isinstance(one, Content):
            continue
        for fact in one.facts:
            try:
                Recount(source, one).hold(fact.zh)
            except Exception as fault:
                raise AssertionError(f"{one.figure}: {fact.zh}") from fault
            assert told(source, said(fact.zh)) == told(source, fact.en), (one.figure, fact)  # and so is its English
        for column in one.columns:
            assert not [value for value in column.values if isinstance(value, float) and np.isnan(value)], one.figure


def told(source: FigureSource, sentence: str) -> tuple[Counter[str], Counter[str]]:
    """Names of units, nodes and groups in a sentence, and its numbers, as often as they stand there."""
    inputs = source.inputs
    names = {label for ranking in inputs.rankings for label in ranking.labels.values()}
    names |= {node.name for node in inputs.framework.nodes}
    names |= {
        group for grouping in inputs.groupings for groups in grouping.groups.values() for group in groups if group
    }
    any_name = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    numbers = re.findall(r"(?<![A-Za-z\d])\d[\d,]*(?:\.\d+)?", any_name.sub("§", sentence))
    return Counter(any_name.findall(sentence)), Counter(number.replace(",", "") for number in numbers)


def said(chinese: str) -> str:
    """A Chinese sentence with the numbers that its English has: it writes tiers as words, and “some” as “above 0”, “none” as “0”."""
    for n, word in enumerate("一二三四五六七八九", 1):
        chinese = chinese.replace(f"第{word}梯队", f"第{n}梯队")
    return re.sub("(大于|均为) 0(?![.\\d])", "", chinese)


def test_a_sentence_with_another_number_or_name_is_found() -> None:
    source = source_of(5)
    labels = list(source.inputs.rankings[0].labels.values())
    assert told(source, f"{labels[0]}居首，得分 1,204.5。") == told(source, f"{labels[0]} leads with 1,204.5.")
    assert told(source, f"{labels[0]}居首，得分 1,204.5。") != told(source, f"{labels[0]} leads with 1,204.")
    assert told(source, f"{labels[0]}居首。") != told(source, f"{labels[1]} leads.")


def test_a_recount_finds_what_is_wrong() -> None:
    source = source_of(5)
    figure = Figure("1", "", FigureKind.RANKED_BARS, ranking=source.inputs.rankings[0].key)
    content = contents(source, [figure])[0]
    assert isinstance(content, Content)
    right = content.facts[0].zh
    Recount(source, content).hold(right)
    with pytest.raises(AssertionError):
        Recount(source, content).hold(right.replace("居首的是", "居首的是某地、"))
