"""Widths and lines reckoned without a font."""

from __future__ import annotations

import pytest

from bdindex_xl.workbook import fit


def test_a_chinese_character_is_as_wide_as_two_digits() -> None:
    assert fit.text_width("数据") == fit.text_width("2024") == 4


def test_the_longest_line_counts() -> None:
    assert fit.text_width("一\n一二三\n") == 6


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("产业发展水平", 12.5, 1),
        ("产业发展水平", 12, 2),
        ("产业发展水平上年排名", 8.5, 3),
        ("one two three", 30, 1),
        ("one two three", 8, 2),
        ("a\nb", 30, 2),
        ("0123456789" * 3, 10.5, 3),
    ],
)
def test_text_wraps_between_chinese_characters_and_at_spaces(text: str, width: float, lines: int) -> None:
    assert fit.n_lines(text, width) == lines


@pytest.mark.parametrize(
    "header", ["排名", "产业发展水平上年排名", "Industry environment previous rank", "Internationalisation"]
)
def test_a_header_takes_three_lines_at_most_and_no_word_is_broken(header: str) -> None:
    width = fit.header_width(header, 7)
    assert fit.header_lines(header, width) <= 3
    assert width > max(map(fit.text_width, header.split(" "))) or "产" in header


def test_a_column_is_as_wide_as_its_longest_text_within_limits() -> None:
    assert fit.column_width([], 16) == 16
    assert 24 < fit.column_width(["内蒙古自治区呼和浩特市和"], 16) < 30
    assert fit.column_width(["很长" * 50], 16) == 40


@pytest.mark.parametrize(
    ("header", "name", "lines"),
    [
        ("产业水平上年排名", "产业水平", ["产业水平", "上年排名"]),
        ("产业水平得分", "产业水平", ["产业水平", "得分"]),
        ("创新上年排名", "创新", ["创新上年", "排名"]),
        ("创新力排名变化", "创新力", ["创新力排名", "变化"]),
        ("大数据产业政策排名", "大数据产业政策", ["大数据产业政策", "排名"]),
        ("与上级的相关系数", "", ["与上级的", "相关系数"]),
        ("超过前一名所需的值", "", ["超过前一名", "所需的值"]),
        ("同组平均贡献", "", ["同组平均", "贡献"]),
    ],
)
def test_chinese_headers_break_between_words(header: str, name: str, lines: list[str]) -> None:
    width = fit.between_words(header, 7.0, name)
    assert width is not None
    for character in (1.82, 1.9):  # digits, in the faces that there are
        fits = int(width / character)
        assert [header[i : i + fits] for i in range(0, len(header), fits)] == lines


def test_headers_of_unknown_words_or_other_scripts_are_left() -> None:
    for header, name in (("Innovation rank", "Innovation"), ("产业水平 A 排名", "产业水平 A"), ("甲乙丙丁戊己", "")):
        assert fit.between_words(header, 7.0, name) is None
