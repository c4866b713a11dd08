"""What the report of 2024 states and the data can give, said by a sentence of one of its figures.

Each statement is one of the figures that the report publishes beside its tables; the sample is worked back from them.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bdindex_xl.figures.content import Content, LeftOut
from tests.figures.shipped import captions_of_the_report, facts_of, shipped

# By number of the figure ("T" before a table): what must stand in one of its sentences, all parts in the same one.
STATED: Sequence[tuple[str, tuple[str, ...]]] = [
    # rank changes of provinces
    ("2-2", ("上升的有", "贵州省（+5）", "湖北省（+4）", "湖南省（+4）", "下降的有", "辽宁省（−3）", "福建省（−2）")),
    ("2-2", ("名次不变的有", "北京市", "广东省", "江苏省", "浙江省", "上海市", "山东省")),
    ("2-2", ("第一梯队有北京市、广东省、江苏省、浙江省、上海市、山东省。",)),
    # rank changes of cities
    ("T2-2", ("名次不变的有", "北京市", "上海市", "深圳市", "杭州市", "广州市")),
    (
        "2-3",
        (
            "济南市（+6）",
            "合肥市（+3）",
            "青岛市（+4）",
            "郑州市（−5）",
            "南京市（−2）",
            "武汉市（−1）",
            "成都市（−2）",
        ),
    ),
    ("2-3", ("下降的有", "天津市（−1）", "重庆市（−3）")),
    ("2-5", ("产业创新", "下降的有深圳市（−2）")),
    ("3-9", ("首次", "长沙市（21 → 12）")),
    ("2-5", ("产业环境", "广州市（+5）", "杭州市（−3）")),
    ("2-6", ("产业环境", "济南市（+11）")),
    ("3-14", ("上升的有", "青岛市（+4）", "广州市（+5）", "苏州市（+5）", "济南市（+11）")),
    ("3-14", ("下降的有", "重庆市（−2）", "合肥市（−4）", "郑州市（−9）")),
    ("3-14", ("名次不变的有北京市、深圳市、上海市",)),
    ("3-2", ("名次不变的有北京市、上海市、杭州市、深圳市、广州市",)),
    ("3-2", ("上升的有", "苏州市", "合肥市", "天津市", "无锡市", "济南市", "福州市")),
    ("3-2", ("新进入前 15 名的有福州市（16 → 14）", "首次")),
    ("4-2", ("2020–2024 年", "前 5 名始终是北京市、广东省、江苏省、浙江省、上海市")),
    ("4-3", ("2020–2024 年", "前 5 名始终是北京市、上海市、深圳市、杭州市、广州市")),
    ("4-3", ("上升最多的是", "青岛市（19 → 10）", "济南市（22 → 13）")),
    ("4-3", ("逐年上升的有", "苏州市（10 → 6）", "合肥市（13 → 7）")),
    ("4-5", ("逐年上升的有", "苏州市（10 → 6）")),
    # tiers
    ("2-4", ("第一梯队有北京市、上海市、深圳市、杭州市、广州市。",)),
    ("2-4", ("第二梯队有苏州市、合肥市、南京市、武汉市、青岛市、成都市、天津市、济南市、无锡市、重庆市。",)),
    ("2-4", ("新进入第三梯队的有长春市",)),
    ("2-4", ("新进入第二梯队的有济南市",)),
    # counts and shares
    ("3-3", ("合计 8,979 家",)),
    ("3-5", ("337 个地区中有 24 个", "大数据独角兽企业数量大于 0")),
    ("3-5", ("北京市、上海市、杭州市、深圳市共 146 家，占 73%",)),
    ("3-5", ("北京市、杭州市共", "占 70.8%")),  # the report: 71 %
    ("3-10", ("专利数量", "北京市、上海市、杭州市、深圳市", "占 64.35%")),
    ("3-10", ("软件著作权数量", "北京市、上海市、杭州市、深圳市", "占 56.16%")),
    ("3-10", ("专利数量", "广州市、南京市、合肥市、东莞市、成都市、武汉市", "占 14.48%")),
    ("3-10", ("软件著作权数量", "广州市、南京市、合肥市、东莞市、成都市、武汉市", "占 20.61%")),
    ("3-11", ("合计 1,023 所，比 2023 年增加 35 所",)),
    ("3-11", ("武汉市 53、北京市 50、西安市 36、广州市 33、重庆市 32",)),
    ("3-12", ("北京市 26.59%、杭州市 11.11%、长沙市 5.45%、上海市 5.29%、武汉市 4.81%、南京市 4.65%",)),
    ("3-17", ("337 个地区中有 318 个", "占 94.4%", "增长 11.58%")),
    ("3-17", ("西部 38%、东部 27.14%、中部 24.57%、东北 10.29%",)),
    ("3-17", ("31 个地区", "全部大于 0")),
    ("3-18", ("北京市 110、深圳市 72、杭州市 39、上海市 37、济南市 35、广州市 33、青岛市 31",)),
    ("3-19", ("337 个地区中有 56 个", "占 16.6%")),  # the report: 16.7 %, which is no whole number of cities
    ("3-16", ("广东省 917、山东省 909、浙江省 599、江苏省 592、河南省 519",)),
    # where the first ones are
    ("3-1", ("前 15 个地区按区域分：东部 11 个、中部 3 个、西部 1 个",)),
    ("3-8", ("前 15 个地区按区域分：东部 8 个、中部 4 个、西部 2 个、东北 1 个",)),
    ("3-13", ("前 15 个地区按区域分：东部 10 个、中部 3 个、西部 1 个、东北 1 个",)),
    ("3-16", ("前 15 个地区按区域分：东部 7 个、中部 4 个、西部 4 个",)),
    ("T2-3", ("居首的是长三角经济圈",)),
    ("2-8", ("上升的有中卫市（+45）",)),
]


@pytest.mark.parametrize(("figure", "parts"), STATED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_the_report_states_is_said(figure: str, parts: tuple[str, ...]) -> None:
    facts = facts_of(figure, "zh")
    assert any(all(part in fact for part in parts) for fact in facts), facts


def test_every_table_and_figure_of_the_report_is_listed_and_drawn() -> None:
    made = shipped("zh")
    assert [one.figure.number for one in made if isinstance(one, LeftOut)] == []
    numbers = {("T" if isinstance(one, Content) and one.is_table else "") + one.figure.number for one in made}
    assert numbers == captions_of_the_report()


def test_both_languages_say_the_same() -> None:
    zh, en = shipped("zh"), shipped("en")
    assert [one.figure.number for one in zh] == [one.figure.number for one in en]
    for one, other in zip(zh, en, strict=True):
        assert type(one) is type(other)
        if isinstance(one, Content) and isinstance(other, Content):
            assert one.form == other.form
            assert len(one.facts) == len(other.facts)
            numbers = [column.values for column in one.columns if column.role not in {"name", "text"}]
            assert numbers == [column.values for column in other.columns if column.role not in {"name", "text"}]
