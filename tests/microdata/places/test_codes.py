"""Administrative codes: of today and of old, with blanks and wide digits, up to the unit that they belong to."""

from __future__ import annotations

import pickle

import pytest

from bdindex_xl.microdata.places import Doubt, Found, Gazetteer, How

from .units import city, find


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("440300", ("440000", "440300")),
        ("440305", ("440000", "440300")),
        ("440305007", ("440000", "440300")),
        ("440305007001", ("440000", "440300")),
        ("４４０３０５", ("440000", "440300")),
        (" 440305\u3000", ("440000", "440300")),
        ("440305.0", ("440000", "440300")),
        ("440000", ("440000", "")),
        ("110105", ("110000", "110100")),
        ("110000", ("110000", "110100")),
        ("110228", ("110000", "110100")),
        ("500233", ("500000", "500100")),
        ("310225", ("310000", "310100")),
        ("469005", ("460000", "")),
        ("429004", ("420000", "")),
        ("659001", ("650000", "")),
        ("419001", ("410000", "")),
        ("320571", ("320000", "320500")),
    ],
)  # fmt: skip
def test_a_code_belongs_to_the_city_and_the_province_of_its_digits(code: str, expected: tuple[str, str]) -> None:
    assert find(code).codes == expected


@pytest.mark.parametrize(
    ("code", "today"),
    [
        ("371202", "370100"),  # 莱城区, 济南 since 2019
        ("371200", "370100"),
        ("341402", "340100"),  # 居巢区, 巢湖 divided in 2011
        ("341422", "340200"),  # 无为县
        ("341423", "340500"),  # 含山县
        ("512081", "510100"),  # 简阳, 成都 since 2016
        ("341521", "340400"),  # 寿县, 淮南 since 2015
        ("340823", "340700"),  # 枞阳, 铜陵 since 2015
        ("220381", "220100"),  # 公主岭, 长春 since 2020
        ("532700", "530800"),  # 思茅地区
        ("530200", "530100"),  # 东川, 昆明 since 1999
        ("510200", "500100"),  # 重庆, when it was of 四川
        ("511200", "500100"),  # 万县
        ("652303", "650100"),  # 米泉, 乌鲁木齐 since 2007
        ("321082", "321200"),  # 泰州, of 扬州 until 1996
        ("460003", "460400"),  # 儋州
        ("542300", "540200"),
    ],
)  # fmt: skip
def test_an_old_code_belongs_to_the_city_of_today(code: str, today: str) -> None:
    assert city(code) == today


def test_a_city_that_was_divided_is_of_its_province_alone_and_listed() -> None:
    note = "可能是安徽省合肥市、安徽省芜湖市、安徽省马鞍山市，无法判定"
    assert find("341400") == Found("341400", ("340000", ""), How.CODE, Doubt.AMBIGUOUS, note)


def test_a_code_that_was_never_given_out_is_no_place() -> None:
    for code in ("518000", "999999", "000000", "440", "44030", "4403055"):
        assert find(code) == Found(code, ("", ""), How.NONE, Doubt.UNKNOWN, "无法识别地区")


def test_a_county_directly_under_a_province_is_a_unit_where_the_workbook_lists_it() -> None:
    gazetteer = Gazetteer({"city": {"420100": "武汉市", "429004": "仙桃市"}})
    assert [found.codes for found in gazetteer.lookup(["429004", "湖北省仙桃市沙嘴街道"])] == [("429004",)] * 2


def test_a_city_given_up_is_a_unit_where_the_workbook_still_lists_it() -> None:
    gazetteer = Gazetteer({"city": {"370100": "济南市", "371200": "莱芜市"}})
    values = ["371200", "371202", "山东省莱芜市莱城区", "济南市历下区"]
    assert [found.codes[0] for found in gazetteer.lookup(values)] == ["371200", "371200", "371200", "370100"]


def test_units_with_codes_of_their_own_are_found_by_code_or_name_exactly() -> None:
    gazetteer = Gazetteer({"country": {"DE": "Germany", "440305": "Nowhere", "X1": "北京分部"}}, "en")
    values = ["DE", "de", " germany ", "440305", "北京分部", "北京市海淀区", "Germany, Bonn", "440306"]
    assert [found.codes[0] for found in gazetteer.lookup(values)] == ["DE", "DE", "DE", "440305", "X1", "", "", ""]
    assert next(gazetteer.lookup(["Bonn"])).note == "names no known place"


def test_a_name_that_one_ranking_has_is_listed_for_the_other_that_knows_no_more_of_it() -> None:
    gazetteer = Gazetteer({"country": {"DE": "Germany"}, "town": {"BN": "Bonn"}}, "en")
    found = next(gazetteer.lookup(["Germany"]))
    assert found == Found("Germany", ("DE", ""), How.NAME, Doubt.COARSE, "tells no more than Germany")


def test_a_unit_of_its_own_among_divisions_is_found_by_its_name_before_the_city_that_holds_it() -> None:
    gazetteer = Gazetteer({"city": {"130100": "石家庄市", "130600": "保定市", "XA": "雄安新区"}})
    found = [
        found.codes[0]
        for found in gazetteer.lookup(["雄安新区", "XA", "河北省保定市", "河北雄安新区容城县", "保定市雄县"])
    ]
    assert found == ["XA", "XA", "130600", "XA", "130600"]


def test_places_are_sent_to_other_machines_as_their_units_alone() -> None:
    gazetteer = Gazetteer({"city": {"440300": "深圳市"}})
    list(gazetteer.lookup(["深圳南山"]))
    sent = pickle.dumps(gazetteer)
    assert len(sent) < 300
    assert list(pickle.loads(sent).lookup(["深圳南山"])) == list(gazetteer.lookup(["深圳南山"]))
