"""Places in English, by the names of the units of a workbook in English."""

from __future__ import annotations

import pytest

from bdindex_xl.microdata.places import Doubt, How

from .units import find


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Shenzhen", ("440000", "440300")),
        ("shenzhen city", ("440000", "440300")),
        ("Guangdong", ("440000", "")),
        ("Guangdong Province, P.R. China", ("440000", "")),
        ("Nanshan District, Shenzhen, Guangdong, China", ("440000", "440300")),
        ("Guangdong; Shenzhen", ("440000", "440300")),
        ("1 Keyuan Road, Shenzhen 518057", ("440000", "440300")),
        ("100 Nanjing Road, Shanghai", ("310000", "310100")),
        ("100 Nanjing Road Shanghai", ("310000", "310100")),
        ("Beijing", ("110000", "110100")),
        ("Chaoyang, Beijing", ("110000", "110100")),
        ("Chaoyang, Liaoning", ("210000", "211300")),
        ("Suzhou (Anhui)", ("340000", "341300")),
        ("Suzhou, Jiangsu", ("320000", "320500")),
        ("Jiangsu, Suzhou", ("320000", "320500")),
        ("Suzhou Industrial Park, Suzhou, Jiangsu", ("320000", "320500")),
        ("Jilin City", ("220000", "220200")),
        ("Jilin, Jilin", ("220000", "220200")),
        ("Jilin", ("220000", "")),
        ("Hainan", ("460000", "")),
        ("Hainan Tibetan Autonomous Prefecture", ("630000", "632500")),
        ("Yanji, Yanbian, Jilin", ("220000", "222400")),
        ("Urumqi, Xinjiang", ("650000", "650100")),
        ("Ürümqi", ("650000", "650100")),
        ("Xi’an High-tech Zone, Xian, Shaanxi", ("610000", "610100")),
        ("Luliang, Shanxi", ("140000", "141100")),
        ("Inner Mongolia Autonomous Region", ("150000", "")),
        ("Ulanqab, Inner Mongolia", ("150000", "150900")),
        ("Inner Mongolia, Hohhot", ("150000", "150100")),
        ("440305", ("440000", "440300")),
        ("深圳市南山区", ("440000", "440300")),
        ("Nanjing Road 100", ("", "")),
        ("Shenzhen Road", ("", "")),
        ("Paris, France", ("", "")),
    ],
)
def test_an_address_in_english_is_of_the_units_that_it_names(address: str, expected: tuple[str, str]) -> None:
    assert find(address, "en").codes == expected


def test_a_name_of_two_cities_is_listed_with_both() -> None:
    found = find("Suzhou, China", "en")
    assert (found.codes, found.how, found.doubt) == (("", ""), How.NONE, Doubt.AMBIGUOUS)
    assert found.note == "may be 江苏省苏州市, 安徽省宿州市"
