"""What a message says of a workbook: the shipped index word for word, and indices where something is missing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share import message, message_text
from bdindex_xl.sheets.inputs import Inputs, Ranking
from bdindex_xl.sheets.options import DEFAULTS
from bdindex_xl.tasks.recalculate import Outcome, recalculate

ROOT = Path(__file__).resolve().parents[2]
Ranks = Sequence[int | None]


@pytest.fixture(scope="module")
def shipped() -> Outcome:
    book = FileBook.from_bytes((ROOT / "workbook" / "BigDataIndex.xlsm").read_bytes())
    return recalculate(book, now=None)


def in_english(outcome: Outcome) -> Outcome:
    return replace(outcome, inputs=replace(outcome.inputs, lang="en"))


# --- the shipped index ------------------------------------------------------------------------------------------------

CHINESE = """各位同事：

附件是《中国大数据产业发展指数》2024 年的计算结果，参加排名的有省份 31 个、城市 337 个。主要情况如下：

【省份排名】2024 年，31 个地区
前三名：北京市、广东省、江苏省。
较 2023 年位次上升最多：贵州省（由第 16 位升至第 11 位，上升 5 位）、湖北省（由第 11 位升至第 7 位，上升 4 位）、湖南省（由第 17 位升至第 13 位，上升 4 位）、陕西省（由第 18 位升至第 14 位，上升 4 位）。
较 2023 年位次下降最多：江西省（由第 14 位降至第 18 位，下降 4 位）、辽宁省（由第 12 位降至第 15 位，下降 3 位）、河北省（由第 13 位降至第 16 位，下降 3 位）。
新进前十：湖北省（第 7 名，上年第 11 名）。

【城市排名】2024 年，337 个地区
前三名：北京市、上海市、深圳市。
较 2023 年位次上升最多：鸡西市（由第 288 位升至第 181 位，上升 107 位）、黑河市（由第 294 位升至第 207 位，上升 87 位）、德州市（由第 228 位升至第 151 位，上升 77 位）。
较 2023 年位次下降最多：淮安市（由第 90 位降至第 148 位，下降 58 位）、海北藏族自治州（由第 287 位降至第 319 位，下降 32 位）、咸阳市（由第 116 位降至第 142 位，下降 26 位）。
新进前十：青岛市（第 10 名，上年第 14 名）。

附件不含宏，用 Excel、WPS 表格或 LibreOffice 均可直接打开。

指纹（输入数据/排名）：{fingerprint}

数据说明：示例数据为重构数据，并非真实观测值：据《中国大数据产业发展指数报告（2024版）》公布的排名和数字反推，仅供演示。
"""
ENGLISH = """Dear colleagues,

Attached are the results of the 中国大数据产业发展指数 for 2024: 31 units in the province ranking and 337 units in the city ranking. In brief:

Province ranking, 2024: 31 units
First three: 北京市, 广东省, 江苏省.
Up most since 2023: 贵州省 (from rank 16 to 11, up 5), 湖北省 (from rank 11 to 7, up 4), 湖南省 (from rank 17 to 13, up 4), 陕西省 (from rank 18 to 14, up 4).
Down most since 2023: 江西省 (from rank 14 to 18, down 4), 辽宁省 (from rank 12 to 15, down 3), 河北省 (from rank 13 to 16, down 3).
New in the first ten: 湖北省 (rank 7, from 11).

City ranking, 2024: 337 units
First three: 北京市, 上海市, 深圳市.
Up most since 2023: 鸡西市 (from rank 288 to 181, up 107), 黑河市 (from rank 294 to 207, up 87), 德州市 (from rank 228 to 151, up 77).
Down most since 2023: 淮安市 (from rank 90 to 148, down 58), 海北藏族自治州 (from rank 287 to 319, down 32), 咸阳市 (from rank 116 to 142, down 26).
New in the first ten: 青岛市 (rank 10, from 14).

The attached copy holds no macros; it opens in Excel, WPS and LibreOffice as it is.

Fingerprint (inputs/rankings): {fingerprint}

About the data: 示例数据为重构数据，并非真实观测值：据《中国大数据产业发展指数报告（2024版）》公布的排名和数字反推，仅供演示。
"""


def test_the_whole_message_in_chinese(shipped: Outcome) -> None:
    assert message_text.subject(shipped) == "中国大数据产业发展指数（2024 年）：省份、城市排名"
    assert message_text.body(shipped) == CHINESE.format(fingerprint=shipped.fingerprint)


def test_the_whole_message_in_english(shipped: Outcome) -> None:
    assert message_text.subject(in_english(shipped)) == "中国大数据产业发展指数, 2024: province and city rankings"
    assert message_text.body(in_english(shipped)) == ENGLISH.format(fingerprint=shipped.fingerprint)


def test_it_tells_what_the_report_tells(shipped: Outcome) -> None:
    """The report's own words on ranks and rank changes of 2024, as copied into sample/published."""
    found = {
        ranking.key: message_text.ranking_moves(ranking, shipped.inputs, shipped.results[ranking.key])
        for ranking in shipped.inputs.rankings
    }
    places = {(key, place.name): place for key, one in found.items() for place in one.places}
    with (ROOT / "sample" / "published" / "changes.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (row["node"], row["from"], row["to"]) == ("BDI", "2023", "2024")]
    numbers = [row for row in rows if row["change"].lstrip("+-").isdecimal()]
    assert len(numbers) >= 3
    for row in numbers:
        assert places[row["ranking"], row["unit"]].change == int(row["change"]), row
    with (ROOT / "sample" / "published" / "ranks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (row["year"], row["node"]) == ("2024", "BDI"):
                assert places[row["ranking"], row["unit"]].rank == int(row["rank"]), row


# --- indices where something is missing -------------------------------------------------------------------------------


def outcome(
    *ranks: Ranks,
    years: tuple[int, ...] = (),
    lang: Lang = "zh",
    key: str = "province",
    title: str = "指数",
    source: str = "",
    names: tuple[str, ...] = (),
) -> Outcome:
    """An index whose units have these ranks (None: none), a list a year; the last year is shown."""
    values = np.array([[np.nan if rank is None else -rank for rank in row] for row in ranks], dtype=np.float64)[
        :, :, None
    ]
    units = tuple(f"u{k}" for k in range(values.shape[1]))
    years = years or tuple(range(2025 - len(ranks), 2025))
    framework = bdx.Framework.from_records([{"code": "I", "name": "总指数"}, {"code": "a", "parent": "I"}])
    names = names or tuple(f"地{k}" for k in range(len(units)))
    ranking = Ranking(key, bdx.Panel(years, units, ("a",), values), names, years[-1])
    method = bdx.Method(scope="panel")  # in which a unit alone in its year has a score
    inputs = Inputs(lang, replace(DEFAULTS, title=title, source=source), method, framework, (ranking,), (), ())
    return Outcome(inputs, {key: bdx.compute(framework, ranking.panel, method)}, ())


def section(found: Outcome) -> list[str]:
    """The lines on the only ranking."""
    return message_text.body(found).split("\n\n")[2].splitlines()


def test_with_one_ranking_and_nothing_on_the_data_the_message_is_short() -> None:
    found = outcome([1, 2, 3])
    assert message_text.subject(found) == "指数（2024 年）：省份排名"
    assert message_text.body(found) == (
        "各位同事：\n\n附件是《指数》2024 年的计算结果，参加排名的有省份 3 个。主要情况如下：\n\n"
        "【省份排名】2024 年，3 个地区\n前三名：地0、地1、地2。\n数据中没有 2024 年之前的年份，故无位次变化。\n\n"
        "附件不含宏，用 Excel、WPS 表格或 LibreOffice 均可直接打开。\n\n"
        f"指纹（输入数据/排名）：{found.fingerprint}\n"
    )


def test_the_same_in_english() -> None:
    found = outcome([1, 2, 3], lang="en", title="Index")
    assert message_text.subject(found) == "Index, 2024: province ranking"
    assert message_text.body(found) == (
        "Dear colleagues,\n\nAttached are the results of the Index for 2024: 3 units in the province ranking. In brief:\n\n"
        "Province ranking, 2024: 3 units\nFirst three: 地0, 地1, 地2.\nThe data hold no year before 2024 to compare with.\n\n"
        "The attached copy holds no macros; it opens in Excel, WPS and LibreOffice as it is.\n\n"
        f"Fingerprint (inputs/rankings): {found.fingerprint}\n"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "上列地区 2023 年均无排名，故无位次变化。"),
        ("en", "None of these units has a rank in 2023 to compare with."),
    ],
)
def test_nobody_had_a_rank_before(lang: Lang, words: str) -> None:
    assert section(outcome([None, None, None], [1, 2, 3], lang=lang))[2:] == [words]
    # True as well where another had one, who has none now.
    assert section(outcome([None, None, 2, 1], [1, 2, None, None], lang=lang))[2] == words


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "与 2023 年相比，位次均无变化。"), ("en", "No unit's rank has changed since 2023.")],
)
def test_nobody_moved(lang: Lang, words: str) -> None:
    assert section(outcome([1, 2, 3], [1, 2, 3], lang=lang))[2:] == [words]
    assert section(outcome([None, 1, 2], [3, 1, 2], lang=lang))[2:] == [words]


def test_only_some_rose_or_fell() -> None:
    lines = section(outcome([1, 2, 3], [1, 3, 2]))
    assert lines[2:] == [
        "较 2023 年位次上升最多：地2（由第 3 位升至第 2 位，上升 1 位）。",
        "较 2023 年位次下降最多：地1（由第 2 位降至第 3 位，下降 1 位）。",
    ]
    # The first loses its company: two share the first place, then one of them falls.
    assert section(outcome([1, 1, 3], [1, 2, 3]))[2:] == [
        "较 2023 年位次下降最多：地1（由第 1 位降至第 2 位，下降 1 位）。"
    ]


def test_units_level_with_each_other_are_shown_with_their_places() -> None:
    assert section(outcome([1, 1, 3]))[1] == "前三名：地0（第 1 名）、地1（第 1 名）、地2（第 3 名）。"
    assert (
        section(outcome([1, 2, 3, 3]))[1] == "前三名：地0（第 1 名）、地1（第 2 名）、地2（第 3 名）、地3（第 3 名）。"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "前三名：" + "、".join(f"地{k}（第 1 名）" for k in range(6)) + "，另有 2 个地区与地5并列。"),
        ("en", "First three: " + ", ".join(f"地{k} (rank 1)" for k in range(6)) + ", and 2 more units level with 地5."),
    ],
)
def test_too_many_level_with_each_other_are_counted(lang: Lang, words: str) -> None:
    assert section(outcome([1] * 8 + [9], lang=lang))[1] == words


def test_too_many_that_moved_alike_are_counted() -> None:
    before = [*range(2, 11), 1]  # nine rise by one, the tenth falls by nine
    zh, en = (section(outcome(before, list(range(1, 11)), lang=lang)) for lang in ("zh", "en"))
    assert zh[2] == (
        "较 2023 年位次上升最多：地0（由第 2 位升至第 1 位，上升 1 位）、地1（由第 3 位升至第 2 位，上升 1 位）、"
        "地2（由第 4 位升至第 3 位，上升 1 位），另有 6 个地区变动位数与地2相同。"
    )
    assert en[2].endswith("地2 (from rank 4 to 3, up 1), and 6 more units that moved as far as 地2.")


def test_who_shares_a_place_with_the_third_that_rose_has_not_risen_as_far() -> None:
    now = [1, 2, 3, 3, 5, 6, 7]
    before = [5, 6, 7, 4, 1, 2, 3]
    assert section(outcome(before, now))[2] == (
        "较 2023 年位次上升最多：地0（由第 5 位升至第 1 位，上升 4 位）、地1（由第 6 位升至第 2 位，上升 4 位）、"
        "地2（由第 7 位升至第 3 位，上升 4 位）。"
    )


@pytest.mark.parametrize(("n", "counted"), [(1, "1 个"), (2, "2 个")])
def test_units_without_a_rank_are_counted(n: int, counted: str) -> None:
    zh, en = (section(outcome([1, 2, 3] + [None] * n, lang=lang)) for lang in ("zh", "en"))
    assert zh[0] == "【省份排名】2024 年，3 个地区"
    assert zh[-1] == f"另有 {counted}地区因数据不足未参与排名。"
    assert en[-1] == f"Not ranked, for want of data: {n} unit{'s' if n > 1 else ''}."


def test_nobody_has_a_rank() -> None:
    assert section(outcome([1, 2], [None, None])) == [
        "【省份排名】2024 年，0 个地区",
        "另有 2 个地区因数据不足未参与排名。",
    ]


def test_one_unit_or_two_are_no_first_three() -> None:
    assert section(outcome([1, 2]))[1] == "名次：地0、地1。"
    assert section(outcome([1, 2], lang="en"))[:2] == ["Province ranking, 2024: 2 units", "In order: 地0, 地1."]
    assert section(outcome([1, 2], [1, None], lang="en"))[:2] == ["Province ranking, 2024: 1 unit", "In order: 地0."]


def test_among_ten_or_fewer_nobody_enters_the_first_ten() -> None:
    ten: Ranks = list(range(1, 11))
    assert not [line for line in section(outcome([None, *ten[:-1]], ten)) if "前十" in line]
    assert section(outcome([*ten, None], [*range(1, 12)]))[-1] == "新进前十：无。"
    assert section(outcome([*ten, None], [*range(1, 12)], lang="en"))[-1] == "New in the first ten: none."


ELEVEN_BEFORE: Ranks = [11, None, *range(1, 10), 10]
TWELVE: Ranks = list(range(1, 13))


@pytest.mark.parametrize(
    ("years", "lang", "words"),
    [
        ((2023, 2024), "zh", "新进前十：地0（第 1 名，上年第 11 名）、地1（第 2 名，上年无排名）。"),
        ((2022, 2024), "zh", "新进前十：地0（第 1 名，2022 年第 11 名）、地1（第 2 名，2022 年无排名）。"),
        ((2023, 2024), "en", "New in the first ten: 地0 (rank 1, from 11), 地1 (rank 2, without a rank last year)."),
        ((2022, 2024), "en", "New in the first ten: 地0 (rank 1, from 11), 地1 (rank 2, without a rank in 2022)."),
    ],
)
def test_who_is_new_in_the_first_ten(years: tuple[int, ...], lang: Lang, words: str) -> None:
    found = outcome(ELEVEN_BEFORE, TWELVE, years=years, lang=lang)
    assert section(found)[-1] == words
    assert str(years[0]) in section(found)[2]


def test_the_year_shown_is_compared_with_the_one_before_it() -> None:
    found = outcome([2, 1, 3], [1, 2, 3], [3, 2, 1])
    (ranking,) = found.inputs.rankings
    shown = replace(found, inputs=replace(found.inputs, rankings=(replace(ranking, year=2023),)))
    assert message_text.subject(shown) == "指数（2023 年）：省份排名"
    assert section(shown) == [
        "【省份排名】2023 年，3 个地区",
        "前三名：地0、地1、地2。",
        "较 2022 年位次上升最多：地0（由第 2 位升至第 1 位，上升 1 位）。",
        "较 2022 年位次下降最多：地1（由第 1 位降至第 2 位，下降 1 位）。",
    ]


# --- what cells may hold ----------------------------------------------------------------------------------------------


def test_what_a_cell_holds_never_breaks_a_line() -> None:
    found = outcome([1, 2, 3], title="大数据\n指数\r\n\u2028", source="一\n二\t三", names=("甲\n省", "乙省", "丙省"))
    assert message_text.subject(found) == "大数据 指数（2024 年）：省份排名"
    assert section(found)[1] == "前三名：甲 省、乙省、丙省。"
    assert message_text.body(found).splitlines()[-1] == "数据说明：一 二 三"
    assert message.compose((), message_text.subject(found), message_text.body(found))[
        "Subject"
    ] == message_text.subject(found)


def test_without_a_title_the_index_has_its_own_name() -> None:
    assert message_text.subject(outcome([1, 2], title="")) == "总指数（2024 年）：省份排名"


@pytest.mark.parametrize(
    ("key", "lang", "subject", "heading"),
    [
        ("县区", "zh", "指数（2024 年）：县区排名", "【县区排名】2024 年，2 个地区"),
        ("County", "zh", "指数（2024 年）：County 排名", "【County 排名】2024 年，2 个地区"),
        ("County", "en", "指数, 2024: County ranking", "County ranking, 2024: 2 units"),
    ],
)
def test_a_ranking_of_the_users_own(key: str, lang: Lang, subject: str, heading: str) -> None:
    found = outcome([1, 2], key=key, lang=lang)
    assert (message_text.subject(found), section(found)[0]) == (subject, heading)
