"""A cloud of words, and their trend."""

from __future__ import annotations

from dataclasses import replace

from bdindex_xl.figures.all import contents
from bdindex_xl.figures.content import CloudForm, Content, LeftOut, LinesForm
from bdindex_xl.model.figure import Figure, FigureKind
from bdindex_xl.model.hot_words import HotWord
from tests.support.reported import source_of

WORDS = (
    HotWord(2024, "大模型", 30, 0.3, 8.0, True),
    HotWord(2024, "数据", 50, 0.5, 0.2, False),
    HotWord(2024, "信息化", 10, 0.1, -4.0, False),
    HotWord(2024, "网格化", 0, 0.0, -6.0, False),
    HotWord(2023, "大模型", 0, 0.0, None, False),
    HotWord(2023, "数据", 40, 0.5, None, False),
    HotWord(2023, "信息化", 32, 0.4, None, False),
    HotWord(2023, "网格化", 16, 0.2, None, False),
)


def made(kind: FigureKind, words: tuple[HotWord, ...] = WORDS, **fields: object) -> Content | LeftOut:
    source = replace(source_of("zh"), words=words)
    figure = Figure("1-1", "{year}年热词", kind)
    return contents(source, [replace(figure, **fields)])[0]  # type: ignore[arg-type]


def test_both_say_where_their_words_are_from() -> None:
    source = replace(source_of("zh"), words=WORDS, words_from="由 a.csv 的 9 篇文本得出。")
    figures = [Figure("1-1", "词", kind) for kind in (FigureKind.WORD_CLOUD, FigureKind.WORD_TREND)]
    notes = [[note.zh for note in one.notes] for one in contents(source, figures) if isinstance(one, Content)]
    assert [some[-1] for some in notes] == ["由 a.csv 的 9 篇文本得出。"] * 2


def columns(content: Content) -> dict[str, list[object]]:
    return {column.header: list(column.values) for column in content.columns}


def test_a_cloud_has_the_words_of_the_year_the_most_frequent_first() -> None:
    content = made(FigureKind.WORD_CLOUD)
    assert isinstance(content, Content)
    assert content.title == "2024年热词"
    assert content.form == CloudForm(0, 1)
    assert columns(content) == {
        "词语": ["数据", "大模型", "信息化"],
        "篇数": [50, 30, 10],
        "占比": [0.5, 0.3, 0.1],
        "突出程度": [0.2, 8.0, -4.0],
    }
    assert [fact.zh for fact in content.facts] == [
        "2024 年出现最多的词是数据（50 篇，占 50.0%）、大模型（30 篇，占 30.0%）、信息化（10 篇，占 10.0%）。",
        "与此前各年相比，2024 年最突出的是大模型。",
    ]
    assert [fact.en for fact in content.facts] == [
        "Most frequent in 2024: 数据 (50 texts, 50.0%), 大模型 (30 texts, 30.0%) and 信息化 (10 texts, 10.0%).",
        "What stands out in 2024 against all earlier years: 大模型.",
    ]


def test_a_trend_has_shares_over_the_years_and_what_came_in_them() -> None:
    content = made(FigureKind.WORD_TREND, top=3)
    assert isinstance(content, Content)
    assert content.form == LinesForm(0, (1, 2))
    assert columns(content) == {
        "词语": ["数据", "大模型", "信息化"],
        "2023": [0.5, 0.0, 0.4],
        "2024": [0.5, 0.3, 0.1],
    }
    assert [fact.zh for fact in content.facts] == [
        "2023–2024 年占比上升最多的是大模型（0.0% → 30.0%）。",
        "2023–2024 年占比下降最多的是信息化（40.0% → 10.0%）。",
    ]


def test_words_of_other_years_alone_make_no_figure() -> None:
    left = made(FigureKind.WORD_CLOUD, tuple(replace(one, year=one.year - 9) for one in WORDS))
    assert isinstance(left, LeftOut)
    assert (left.why.zh, left.why.en) == ("未作此图：缺少 2024 年的热词。", "Left out, for want of hot words of 2024.")
    left = made(FigureKind.WORD_TREND, WORDS[:4])
    assert isinstance(left, LeftOut)
    assert left.why.en == "Left out, for want of hot words of two years or more."
