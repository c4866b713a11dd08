"""Which runs of tokens are taken for words."""

from __future__ import annotations

from collections.abc import Collection

from bdindex_xl.microdata.words.candidates import words_of
from bdindex_xl.microdata.words.cutting import Cutter
from bdindex_xl.sheets.word_list import START

TITLES = [
    "数据要素市场化配置改革行动方案", "数据要素流通交易管理办法", "培育数据要素市场的实施意见", "数据要素应用行动计划", "公共数据开放管理办法",
    "公共数据共享条例", "公共数据授权运营管理办法", "公共数据授权运营实施细则", "数据资产登记办法", "推动数据资产入表的意见", "大模型产业若干措施",
    "大模型应用行动计划", "数据产业发展规划",
]  # fmt: skip


def found(texts: list[str], least: int = 2, kept: Collection[str] = ()) -> dict[str, set[int]]:
    """The texts that hold each word."""
    words = words_of(Cutter(START.genre, kept).cut(texts), least=least, kept=kept)
    held: dict[str, set[int]] = {word: set() for word in words.texts}
    for word, document in zip(words.word, words.document, strict=True):
        held[words.texts[word]].add(int(document))
    return held


def test_words_that_every_segmenter_cuts_are_found() -> None:
    words = found(TITLES)
    assert {"数据要素", "公共数据", "公共数据授权运营", "数据资产", "大模型"} <= words.keys()
    assert words["数据要素"] == {0, 1, 2, 3}
    assert words["公共数据"] == {4, 5, 6, 7}  # also in what holds it


def test_parts_that_stand_in_longer_words_alone_are_none() -> None:
    assert not {"要素", "模型", "授权", "授权运营", "资产"} & found(TITLES).keys()


def test_the_shortest_words_count_only_outside_of_longer_ones() -> None:
    words = found([*TITLES, "数据条例", "产业数据规定"])
    assert words["数据"] == {12, 13, 14}  # 数据产业 comes once, and is no word


def test_what_comes_less_often_than_asked_is_no_word_unless_it_is_kept() -> None:
    assert "数据产业" not in found(TITLES)
    assert found(TITLES, kept=["数据产业"])["数据产业"] == {12}
    assert "数据要素" in found(TITLES, least=4)
    assert "数据要素" not in found(TITLES, least=5)


def test_english_is_found_alike() -> None:
    titles = ["Notice on open data portals", "Plan for open data use", "Rules for data centres", "Open Data and artificial "
              "intelligence", "Plan for artificial intelligence", "Artificial intelligence in schools", "Rules for schools"]  # fmt: skip
    words = found(titles)
    assert words["open data"] == {0, 1, 3}
    assert words["artificial intelligence"] == {3, 4, 5}
    assert not {"open", "artificial", "intelligence"} & words.keys()


def test_no_text_has_no_word() -> None:
    assert found([]) == {}
    assert found(["2024"]) == {}
