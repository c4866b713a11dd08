"""The names that addresses use for a division: in full, and short."""

from __future__ import annotations

import re

from .divisions import Division, level_of

_PEOPLES = (
    "蒙古族|蒙古|回族|回|藏族|藏|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族|傈僳族|"
    "佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|毛难族|仡佬族|锡伯族|锡伯|"
    "阿昌族|普米族|塔吉克|怒族|乌孜别克|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔|独龙族|鄂伦春|赫哲族|门巴族|珞巴族|基诺族|各族"
)
_KINDS = "特别行政区|自治区|自治州|自治县|自治旗|联合旗|地区|林区|矿区|新区|特区|行政区|省|市|县|区|旗|盟"
_SHORT = re.compile(rf"(?:{_PEOPLES})*(?:{_KINDS})$")
_OTHERS = {  # what is said for a long name, by code
    "150000": ("内蒙", "内蒙古区"),
    "450000": ("广西省",),
    "540000": ("西藏省",),
    "640000": ("宁夏省",),
    "650000": ("新疆省",),
    "152200": ("兴安",),
    "152500": ("锡盟",),
    "152900": ("阿盟",),
    "422800": ("恩施州",),
    "532800": ("版纳",),
    "652700": ("博州",),
    "652800": ("巴音郭楞州",),
    "653000": ("克州", "克孜勒苏"),
    "710000": ("台湾",),
    "810000": ("香港",),
    "820000": ("澳门",),
}


def short_name(name: str) -> str:
    """A name without its kind and peoples; the name itself where less than two characters would be left.

    >>> [short_name(name) for name in ("深圳市", "恩施土家族苗族自治州", "回民区", "沙县", "浦东新区")]
    ['深圳', '恩施', '回民', '沙县', '浦东']
    """
    found = _SHORT.search(name, 2)
    return name[: found.start()] if found else name


def short_names(division: Division) -> frozenset[str]:
    """All that a division is called but its name in full."""
    name, short = division.name, short_name(division.name)
    names = {short, *_OTHERS.get(division.code, ())}
    if name.endswith(("自治区", "自治州", "自治县", "自治旗", "地区", "盟")) and short != name:
        names |= {short + ending for ending in _ENDINGS[level_of(division.code)]}
    return frozenset(names - {name})


_ENDINGS = {1: ("自治区",), 2: ("州", "自治州"), 3: ("县", "自治县")}
