"""Unified social credit codes: the check character against another library, and the code as a second opinion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from bdindex_xl.microdata.places import Doubt, How
from bdindex_xl.microdata.places.credit import CHARACTERS, plain_code, valid

from .units import find, shipped

_REGISTERED = st.tuples(
    st.sampled_from(["91", "92", "93", "11", "52", "A1", "N2", "Y1"]),
    st.from_regex(r"[1-6][0-9]{5}", fullmatch=True),
    st.text(CHARACTERS, min_size=9, max_size=9),
).map("".join)


def checked(body: str) -> str:
    """The code of 17 characters with its check character, by the standard's formula, written out another way."""
    weighed = sum(CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + CHARACTERS[-weighed % 31]


def test_codes_of_real_organisations_are_right() -> None:
    codes = [
        "91440300708461136T",
        "914403001922038216",
        "91110000802100433B",
        "91330100799655058B",
        "121100004000000195",
    ]
    assert valid(codes).tolist() == [uscc.is_valid(code) for code in codes]
    assert valid(codes[:1]).all()


@given(_REGISTERED, st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_a_code_with_its_check_character_is_right_and_with_another_character_wrong(
    body: str, place: int, other: str
) -> None:
    code = checked(body)
    changed = code[:place] + other + code[place + 1 :]
    assert valid([code, changed]).tolist() == [True, changed == code]


@given(st.lists(st.one_of(_REGISTERED.map(checked), st.text(CHARACTERS + "IOSVZ-９", max_size=20)), max_size=20))
def test_the_check_is_that_of_another_library_wherever_the_other_takes_letters(codes: list[str]) -> None:
    digits = [code for code in codes if code[:8].isascii() and code[:8].isdigit() and code == plain_code(code)]
    assert valid(digits).tolist() == [uscc.is_valid(code) and len(code) == 18 for code in digits]


def test_letters_of_full_width_small_letters_and_blanks_are_the_same_code() -> None:
    codes = ["91440300708461136t", " ９１４４０３００７０８４６１１３６Ｔ　", "9144 0300 7084 6113 6T"]
    assert {plain_code(code) for code in codes} == {"91440300708461136T"}


def test_what_has_no_eighteen_characters_of_the_thirty_one_is_wrong() -> None:
    wrong = [
        "",
        "9",
        "91440300708461136",
        "91440300708461136TT",
        "9144030070846113I6",
        "企业440300708461136T",
        "\x7f" * 18,
    ]
    assert not valid(wrong).any()
    assert valid([]).shape == (0,)


SHENZHEN, BEIJING = checked("91440300MA5FP0000"), checked("91110105MA5FP0000")
NATION, PROVINCE = checked("91100000MA5FP0000"), checked("91440000MA5FP0000")


def test_an_address_that_the_credit_code_agrees_with_is_beyond_doubt() -> None:
    for code in (SHENZHEN, NATION, PROVINCE, "", SHENZHEN.lower()):
        assert find("深圳市南山区", credit_code=code) == find("深圳市南山区")


def test_an_address_stands_against_the_credit_code_and_the_conflict_is_listed() -> None:
    found = find("北京市海淀区上地", credit_code=SHENZHEN)
    assert (found.codes, found.how, found.doubt) == (("110000", "110100"), How.ADDRESS, Doubt.CONFLICT)
    assert found.note == "属北京市海淀区，信用代码登记地为广东省深圳市"
    other = next(shipped("en").lookup(["Beijing"], [SHENZHEN]))
    assert other.note == "is 北京市, but the credit code is of 广东省深圳市"


@pytest.mark.parametrize(
    ("value", "note"),
    [
        ("", "未填；按信用代码登记地归入广东省深圳市"),
        ("科技园一路", "无法识别地区；按信用代码登记地归入广东省深圳市"),
        ("广东省科技园", "只能判定到广东省；按信用代码登记地归入广东省深圳市"),
    ],
)
def test_a_credit_code_decides_where_there_is_no_address_and_that_is_listed(value: str, note: str) -> None:
    found = find(value, credit_code=SHENZHEN)
    assert (found.codes, found.doubt, found.note) == (("440000", "440300"), Doubt.BY_CREDIT_CODE, note)


def test_a_district_of_several_cities_is_that_of_the_credit_code_and_listed() -> None:
    found = find("朝阳区建国路88号", credit_code=BEIJING)
    assert (found.codes, found.how) == (("110000", "110100"), How.CREDIT_CODE)
    assert found.note == "可能是北京市朝阳区、吉林省长春市朝阳区，无法判定；按信用代码登记地归入北京市朝阳区"


def test_a_county_that_is_no_unit_is_not_given_to_the_city_of_the_credit_code() -> None:
    found = find("湖北省仙桃市", credit_code=checked("91420100MA5FP0000"))
    assert (found.codes, found.doubt) == (("420000", ""), Doubt.OUTSIDE)


def test_a_credit_code_that_fails_its_check_is_listed_and_decides_nothing() -> None:
    wrong = SHENZHEN[:-1] + ("0" if SHENZHEN[-1] != "0" else "1")
    found = find("", credit_code=wrong)
    assert (found.codes, found.doubt, found.note) == (
        ("", ""), Doubt.BLANK, f"未填；统一社会信用代码 {wrong} 校验不符",
    )  # fmt: skip
    assert find("深圳市", credit_code=wrong).doubt is Doubt.CHECKSUM


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["深圳市", "", "朝阳区", "440305"]), _REGISTERED.map(checked)), max_size=8))
def test_a_value_is_found_alike_alone_and_among_others(pairs: list[tuple[str, str]]) -> None:
    together = list(shipped().lookup([value for value, _ in pairs], [code for _, code in pairs]))
    assert together == [find(value, credit_code=code) for value, code in pairs]
