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


def test_a_column_of_a_short_chinese_name_holds_the_name_on_its_first_line() -> None:
    assert fit.breaks_after("产业水平上年排名", "产业水平")
    assert fit.width_to_break("产业水平") == 8.2
    for header, name in (
        ("创新排名变化", "创新"),  # what follows is wider than the name
        ("大数据产业政策排名", "大数据产业政策"),
        ("Innovation rank", "Innovation"),
        ("产业水平 A 排名", "产业水平 A"),
    ):
        assert not fit.breaks_after(header, name)
