"""Texts cut into tokens and runs."""

from __future__ import annotations

from bdindex_xl.microdata.words.cutting import Cutter, Tokens
from bdindex_xl.sheets.word_list import START


def runs(tokens: Tokens) -> list[list[list[str]]]:
    """Words by text and run."""
    found: list[dict[int, list[str]]] = [{} for _ in range(tokens.n_documents)]
    for token, run, document in zip(tokens.token, tokens.run, tokens.document, strict=True):
        found[document].setdefault(int(run), []).append(tokens.vocabulary[token])
    return [list(one.values()) for one in found]


def test_words_of_the_genre_and_names_of_places_cut_a_text_and_years_do() -> None:
    cutter = Cutter(START.genre, names=["杭州市", "杭州"])
    cut = cutter.cut(
        [
            "杭州市数据要素市场化配置改革行动方案（2023—2025年）",
            "关于促进杭州2024年度人工智能与机器人产业发展的若干措施",
        ]
    )
    assert runs(cut) == [
        [["数据", "要素", "市场化", "配置"]],
        [["人工", "智能"], ["机器人", "产业"]],
    ]


def test_a_short_name_within_another_word_does_not_cut_it() -> None:
    assert runs(Cutter((), names=["大同", "大同市"]).cut(["重大同步工程", "大同工程"])) == [
        [["重大", "同步", "工程"]],
        [["工程"]],
    ]


def test_words_to_keep_stay_whole_and_are_stronger_than_the_genre() -> None:
    cutter = Cutter(["管理"], ["数据管理", "Open Data"])
    assert runs(cutter.cut(["政务数据管理平台管理", "an Open  data portal"])) == [
        [["政务", "数据管理", "平台"]],
        [["an", "Open data", "portal"]],
    ]


def test_other_scripts_are_cut_at_spaces_and_written_as_they_mostly_are() -> None:
    cutter = Cutter(["action plan", "for", "on"])
    cut = cutter.cut(["Action Plan for 5G and AI", "AI大模型, ai and e-government", "ＡＩ ON Überwachung"])
    assert runs(cut) == [
        [["5G", "and", "AI"]],
        [["AI", "大", "模型"], ["AI", "and", "e-government"]],
        [["AI"], ["Überwachung"]],
    ]


def test_nothing_gives_nothing() -> None:
    assert runs(Cutter(()).cut([])) == []
    assert runs(Cutter(()).cut(["", "2024—2026", "！"])) == [[], [], []]
