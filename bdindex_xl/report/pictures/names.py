"""Short names of China's regions, for cells that have room for no more."""

from __future__ import annotations

import re

_PEOPLES = (
    "维吾尔|柯尔克孜|哈萨克|蒙古|土家|布依|朝鲜|哈尼|傈僳|景颇|壮|回|苗|侗|藏|羌|彝|傣|白|黎|满|瑶|土|撒拉|裕固|塔吉克"
)
_KIND = re.compile(
    rf"(?<=..)(?:(?:(?:{_PEOPLES})族?)+自治州|(?:(?:{_PEOPLES})族?)*自治区|特别行政区|地区|盟|省|市|州)$"
)


def short(name: str) -> str:
    """A name without what kind of region it is, where that is Chinese.

    >>> short("北京市"), short("内蒙古自治区"), short("新疆维吾尔自治区"), short("Beijing")
    ('北京', '内蒙古', '新疆', 'Beijing')
    >>> short("黔东南苗族侗族自治州"), short("克孜勒苏柯尔克孜自治州")
    ('黔东南', '克孜勒苏')
    """
    return _KIND.sub("", name)
