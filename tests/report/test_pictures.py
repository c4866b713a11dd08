"""Pictures: well-formed, complete, the same every time; no text on another and none beyond the page."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bdindex_xl.errors import FileRefused
from bdindex_xl.figures.content import Content, RanksForm, ScatterForm
from bdindex_xl.language import Lang
from bdindex_xl.report import palette, pictures
from bdindex_xl.report.pictures import faces
from bdindex_xl.report.pictures.drawing import MARGIN, Label
from bdindex_xl.report.pictures.look import Look
from bdindex_xl.report.pictures.metrics import text_width
from bdindex_xl.report.pictures.of_forms import DRAWERS, drawing
from bdindex_xl.report.shown import shown
from bdindex_xl.workbook.native.colours import HEAT
from tests.report.drawn import ANY_NAME, ANY_NUMBER, EVERY_FORM, KINDS, content, of_any, tall
from tests.support.examples import examples

WIDTHS = (pictures.WIDE, pictures.NARROW)
every_form = pytest.mark.parametrize("one", EVERY_FORM.values(), ids=list(EVERY_FORM))
SVG = "{http://www.w3.org/2000/svg}"


def parsed(one: Content, lang: Lang = "zh", width: float = pictures.WIDE) -> etree._Element:
    return etree.fromstring(pictures.svg(one, lang, width=width).encode())


def boxes(one: Content, width: float) -> list[tuple[Label, tuple[float, float, float, float]]]:
    """Every text and the room that it takes: left, top, right, bottom."""
    found = []
    for shape in drawing(one, Look("zh", width)).shapes:
        if isinstance(shape, Label):
            wide = text_width(shape.text, shape.size, shape.bold)
            left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            found.append((shape, (left, shape.y - 0.74 * shape.size, left + wide, shape.y + 0.02 * shape.size)))
    return found


def test_every_form_is_drawn() -> None:
    assert {type(one.form) for one in EVERY_FORM.values()} == set(DRAWERS)


@every_form
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_picture_tells_what_it_is_and_its_first_fact(one: Content, lang: Lang) -> None:
    root = parsed(one, lang)
    assert (root.get("role"), root.get("lang")) == ("img", {"zh": "zh-CN", "en": "en"}[lang])
    label = {"zh": "图 1-1", "en": "Figure 1-1"}[lang]
    assert [root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")] == [f"{label}  标题 <b>", "A & B is first."]


@every_form
@pytest.mark.parametrize("width", WIDTHS)
def test_every_value_stands_in_the_picture(one: Content, width: float) -> None:
    texts = "\n".join(parsed(one, width=width).itertext())
    hidden = one.form.labels if isinstance(one.form, RanksForm) else ()
    for k, column in enumerate(one.columns):
        if column.role in ("score", "value", "share", "weight", "rank") and k not in hidden:
            for text, value in zip(shown(column, "zh"), column.values, strict=True):
                assert value is None or re.search(rf"(?<![\d.,]){re.escape(text)}(?!\d|[.,]\d)", texts), (
                    column.header,
                    text,
                )


@every_form
@pytest.mark.parametrize("width", WIDTHS)
def test_no_text_lies_on_another_or_beyond_the_page(one: Content, width: float) -> None:
    made = drawing(one, Look("zh", width))
    found = boxes(one, width)
    for label, (left, top, right, bottom) in found:
        assert left >= -MARGIN - 0.5 and right <= width + MARGIN + 0.5, label
        assert top >= -MARGIN - 0.5 and bottom <= made.height + MARGIN, label
    for (one_label, a), (other, b) in combinations(found, 2):
        overlap = min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
        assert not overlap, (one_label.text, other.text)


@every_form
def test_the_same_figure_gives_the_same_bytes(one: Content) -> None:
    assert pictures.svg(one, "zh") == pictures.svg(one, "zh")
    assert "nan" not in pictures.svg(one, "zh").lower()


@examples(120)
@given(
    st.sampled_from(KINDS), st.lists(st.sampled_from(ANY_NAME), min_size=1, max_size=24),
    st.lists(st.sampled_from(ANY_NUMBER), min_size=1, max_size=7), st.sampled_from(WIDTHS),
)  # fmt: skip
def test_whatever_the_names_and_numbers_nothing_lies_on_another(
    kind: str, names: list[str], numbers: list[float | None], width: float
) -> None:
    one = of_any(kind, names, numbers)
    test_no_text_lies_on_another_or_beyond_the_page(one, width)
    etree.fromstring(pictures.svg(one, "en", width=width).encode())


@every_form
def test_a_value_that_is_not_a_number_is_drawn_like_a_blank(one: Content) -> None:
    blank = [replace(column, values=[math.nan if v is None else v for v in column.values]) for column in one.columns]
    assert pictures.svg(replace(one, columns=tuple(blank)), "zh") == pictures.svg(one, "zh")


def test_names_at_the_ends_of_lines_stay_apart_however_many() -> None:
    for n in (2, 9, 20, 33):
        for years in (2, 5):
            for far in (1, 3, 10):
                test_no_text_lies_on_another_or_beyond_the_page(tall(n, years, far), pictures.WIDE)


def test_a_year_without_a_rank_breaks_the_line_and_names_who_is_new() -> None:
    one = content(
        RanksForm(0, (1, 2, 3), (4, 5)), ("地区", "name", ("甲", "乙")), ("2022", "rank", (None, 1)),
        ("2023", "rank", (2, None)), ("2024", "rank", (1, 2)), ("起", "name", ("", "")), ("终", "name", ("", "")),
    )  # fmt: skip
    root = parsed(one)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts.count("新") == 1 and texts.count("甲") == 1 and texts.count("乙") == 2
    tips = [title.text for title in root.iter(f"{SVG}title")]
    assert {"甲 2023: 2", "甲 2024: 1", "乙 2022: 1", "乙 2024: 2"} <= set(tips) and "乙 2023: None" not in tips


def test_crowded_points_keep_their_names_apart() -> None:
    rng = np.random.default_rng(5)
    n = 300
    one = content(
        ScatterForm(1, 0, (2,), 25, True), ("排名", "rank", list(range(1, n + 1))),
        ("地区", "name", [f"呼和浩特{k}" for k in range(n)]),
        ("指数", "score", sorted(rng.exponential(8.0, n).tolist(), reverse=True)),
    )  # fmt: skip
    for width in WIDTHS:
        test_no_text_lies_on_another_or_beyond_the_page(one, width)
    named = [label.text for label, _ in boxes(one, pictures.WIDE) if label.text.startswith("呼和浩特")]
    assert named == [f"呼和浩特{k}" for k in range(25)]


def test_colours_of_change_follow_the_setting() -> None:
    one = EVERY_FORM["bars"]
    red, green = (f'<polygon points="{{}}" class="f{palette.RISE_OR_FALL[own]}"' for own in (True, False))

    def up(svg: str) -> set[str]:
        found = re.findall(r'<polygon points="([\d.]+),([\d.]+) [\d.]+,[\d.]+ [\d.]+,([\d.]+)" class="f(\w+)"', svg)
        return {colour for _, base, tip, colour in found if float(tip) < float(base)}

    assert red != green
    assert up(pictures.svg(one, "zh", red_up=True)) == {palette.RISE_OR_FALL[True]}
    assert up(pictures.svg(one, "zh", red_up=False)) == {palette.RISE_OR_FALL[False]}


def test_series_are_told_apart_in_grey_where_they_meet() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = bytes.fromhex(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert all(abs(lightness(a) - lightness(b)) > 25 for a, b in zip(palette.SERIES, palette.SERIES[1:], strict=False))
    assert [lightness(one) for one in HEAT] == sorted(map(lightness, HEAT), reverse=True)


def test_text_on_cells_has_contrast() -> None:
    def luminance(colour: str) -> float:
        parts = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in bytes.fromhex(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for at in np.linspace(0, 1, 41):
        colour = palette.between(float(at))
        ink = luminance("FFFFFF" if palette.is_dark(colour) else "1B2B43")
        high, low = max(ink, luminance(colour)), min(ink, luminance(colour))
        assert (high + 0.05) / (low + 0.05) > 3.4, (at, colour)


def test_without_a_chinese_face_pictures_say_what_to_install() -> None:
    with pytest.raises(FileRefused) as refused:
        faces.require("北京", {"Arial"})
    assert refused.value.rule == "no Chinese face"
    faces.require("Beijing", {"Arial"})
    faces.require("北京", {"Arial", "SimHei"})
