"""What holds of every division, and of whatever is written after it or before it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bdindex_xl.language import LANGUAGES, Lang
from bdindex_xl.microdata.places import Doubt, Found, How
from bdindex_xl.microdata.places.divisions import Division, by_code, chain, divisions, level_of, named_today
from bdindex_xl.microdata.places.finder import Finder
from bdindex_xl.microdata.places.found import DOUBTS
from bdindex_xl.microdata.places.short_names import short_name

from .units import shipped

FINDER = Finder(tuple(shipped().rankings.values()), "zh")
UNITS = shipped().rankings["city"]
TODAY = st.sampled_from(sorted(named_today()))
NAMED_CITIES = st.sampled_from([(code, name) for code, name in UNITS.items()])
STREETS = st.builds(
    "{}{}{}号{}".format,
    st.sampled_from(["人民", "中山", "解放", "建设", "科技", "南京", "北京", "朝阳", "长江", "和平", "吉林", "深圳"]),
    st.sampled_from(["路", "东路", "西大街", "大道", "中路", "一街", "三巷"]),
    st.integers(1, 3000),
    st.text("甲乙丙ABC座室层-0123456789（）", max_size=6),
)
BEFORE = st.sampled_from(
    ["", " ", "\u3000", "中国", "中华人民共和国", "地址：", "（", "注册地址:", "100000 ", "邮编 200000，"]
)
BETWEEN = st.sampled_from(["", " ", "\u3000", "-", "，", "·", "/", ","])


def names(code: str) -> list[str]:
    """A division of today in full, from the province down, no name twice."""
    return list(dict.fromkeys(named_today()[part] for part in reversed(chain(code))))


@given(TODAY, STREETS, BEFORE, BETWEEN)
def test_a_division_in_full_is_found_whatever_stands_before_between_and_after(
    code: str, street: str, before: str, between: str
) -> None:
    found = FINDER.find(before + between.join(names(code)) + between + street)
    assert (found.codes, found.doubt) == (FINDER.find(code).codes, FINDER.find(code).doubt)


@given(TODAY, STREETS)
def test_a_division_is_found_by_the_short_names_of_those_above(code: str, street: str) -> None:
    *above, last = names(code)
    found = FINDER.find("".join(map(short_name, above)) + last + street)
    assert found.codes == FINDER.find(code).codes


@given(NAMED_CITIES, STREETS)
def test_a_city_in_full_is_found_without_its_province(city: tuple[str, str], street: str) -> None:
    assert FINDER.find(city[1] + street).codes[1] == city[0]


@given(NAMED_CITIES)
def test_a_city_alone_is_found_by_name_and_by_code(city: tuple[str, str]) -> None:
    named, coded = FINDER.find(city[1]), FINDER.find(city[0])
    assert named.codes == coded.codes == (city[0][:2] + "0000", city[0])
    assert (named.how if city[0][2:] != "0100" else How.NAME, coded.how) == (How.NAME, How.CODE)


@given(STREETS)
def test_a_street_alone_is_no_place(street: str) -> None:
    assert FINDER.find(street) == Found(street, ("", ""), How.NONE, Doubt.UNKNOWN, "无法识别地区")


PARTS = Counter((division.code, division.name) for division in divisions())
FORMER = [d for d in divisions() if d.until is not None and PARTS[d.code, d.name] == 1]  # not divided


@given(st.sampled_from(FORMER))
def test_a_division_given_up_is_found_by_its_code_as_what_it_is_today(division: Division) -> None:
    assume(division in by_code()[division.code])
    assert FINDER.find(division.code).codes == FINDER.find(division.today).codes


@given(st.sampled_from([d for d in FORMER if d.level == 2]))
def test_a_city_given_up_is_found_by_its_name_as_what_it_is_today(division: Division) -> None:
    province = named_today()[division.code[:2] + "0000"]
    found = FINDER.find(province + division.name + "人民路1号")
    assert found.codes == FINDER.find(division.today).codes


@given(st.text(max_size=30) | st.text("广东深圳市南山区朝阳北京上海路0123456789（）·", max_size=20))
def test_any_text_is_read_and_gives_units_or_says_why_not(text: str) -> None:
    found = FINDER.find(text)
    assert found.value == text
    assert all(not code or code in units for code, units in zip(found.codes, shipped().rankings.values(), strict=True))
    assert bool(found.how) == any(found.codes)
    assert all(found.codes) or found.doubt
    assert bool(found.note) == bool(found.doubt)


def test_what_every_division_is_today_is_a_division_of_today() -> None:
    assert {d.today for d in divisions()} <= set(named_today())
    assert all(level_of(part) for code in named_today() for part in chain(code))
    assert all(chain(code)[-1][2:] == "0000" for code in named_today())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_doubt_has_its_words(lang: Lang) -> None:
    assert set(DOUBTS) == set(Doubt)
    assert all(DOUBTS[doubt][lang] for doubt in Doubt if doubt)
