"""The sheets Robustness and Sensitivity, on the shipped workbook and on small ones."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bdindex_xl import cli
from bdindex_xl.analysis.robustness.uncertain import Cancelled, Uncertainty
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.model.method import Method
from bdindex_xl.share.strip.residue import residue
from bdindex_xl.share.twin import Wanted, make
from bdindex_xl.sheets import phrases, schema
from bdindex_xl.tasks import recalculate
from bdindex_xl.tasks.robustness import RobustnessOfAll, analyse_robustness, usual
from tests.support import edit, office
from tests.support.books import small_book
from tests.support.disk import backups
from tests.support.pocket import N_CITIES, pocket_book
from tests.support.rich import Zip

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


@cache
def shipped() -> tuple[bytes, RobustnessOfAll]:
    book = FileBook.from_bytes(pocket_book())
    found = analyse_robustness(book, n_draws=500, base=64)
    return book.to_bytes(), found


def table(data: bytes, name: str) -> dict[str, list[Any]]:
    block = FileBook.from_bytes(data).read(name)
    return {header: list(column) for header, column in zip(block.header, block.columns, strict=True)}


def cell_of(data: bytes, name: str) -> str:
    return str(FileBook.from_bytes(data).cells([name])[name].value)


def test_every_ranked_unit_has_its_interval() -> None:
    data, _ = shipped()
    rows = table(data, schema.ROBUSTNESS.table)
    assert len(rows["地区"]) == 31 + N_CITIES
    assert rows["排名"][:31] == list(range(1, 32))
    low, median, high = (np.array(rows[name]) for name in ("5% 分位", "排名中位数", "95% 分位"))
    assert (np.array(rows["最好"]) <= low).all() and (low <= median).all() and (median <= high).all()
    assert (high <= np.array(rows["最差"])).all()
    assert sum(rows["居首概率"][:31]) == pytest.approx(1.0)  # nobody ties for the first place
    assert sum(rows["前十概率"][:31]) == pytest.approx(10.0)


def test_every_source_and_every_indicator_is_accounted_for() -> None:
    data, found = shipped()
    rows = table(data, schema.SENSITIVITY.table)
    for label, one in zip(("省份", "城市"), found.rankings, strict=True):
        mine = [i for i, text in enumerate(rows["榜单"]) if text == label]
        kinds = [rows["类别"][i] for i in mine]
        n_units = len(one.ranking.panel.units)
        assert kinds == ["不确定来源"] * 3 + ["去掉指标"] * 18 + ["去掉地区"] * n_units
        totals = [rows["总指数"][i] for i in mine[:3]]
        assert totals == sorted(totals, reverse=True)
        assert {rows["来源"][i] for i in mine[:3]} == {"权重", "赋权方法", "标准化方法"}
        for part in (mine[3:21], mine[21:]):
            shifts = [rows["平均位移"][i] for i in part]
            assert shifts == sorted(shifts, reverse=True)


def test_the_sheets_are_sound_and_say_what_was_varied() -> None:
    data, _ = shipped()
    assert office.validation_errors(data, ".xlsm") == []
    note = cell_of(data, schema.CELL_NOTE.format(table=schema.ROBUSTNESS.table))
    assert note.startswith("500 次抽样（种子 1）：权重在 ±25% 内变动；赋权方法取改进向量法、")


def test_a_recalculation_says_where_an_analysis_is_of_other_data() -> None:
    data, _ = shipped()
    name = schema.CELL_NOTE.format(table=schema.ROBUSTNESS.table)
    same = FileBook.from_bytes(data)
    recalculate.recalculate(same, now=None)
    assert cell_of(same.to_bytes(), name) != phrases.NOTE_STALE.zh
    block = same.read("bdx_data_province")
    changed = FileBook.from_bytes(edit.edited(data, {(block.sheet, block.cell(0, 3)): 12345.0}))
    recalculate.recalculate(changed, now=None)
    assert cell_of(changed.to_bytes(), name) == phrases.NOTE_STALE.zh


def test_no_uncertainty_gives_intervals_of_no_width(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path))
    found = analyse_robustness(book, Uncertainty(spread=0.0), n_draws=50, base=16)
    for one in found.rankings:
        np.testing.assert_array_equal(one.robustness.low, one.robustness.rank)
        np.testing.assert_array_equal(one.robustness.high, one.robustness.rank)
        assert one.sensitivity.sources == ()


def test_the_usual_follows_the_method() -> None:
    assert usual(Method()).weightings == (
        "improved vector",
        "inverse distance",
        "one minus distance",
        "inverse one plus distance",
        "equal",
    )
    assert usual(Method(weighting="entropy", scope="goalposts")).weightings == ("entropy", "equal")
    assert usual(Method(scope="goalposts")).normalisations == ()


def test_whoever_stops_it_finds_the_workbook_as_it_was(tmp_path: Path) -> None:
    book = FileBook.from_bytes(small_book(tmp_path))
    before = book.to_bytes()
    with pytest.raises(Cancelled):
        analyse_robustness(book, cancelled=lambda: True)
    assert book.to_bytes() == before


def test_a_copy_of_one_ranking_has_its_rows_alone() -> None:
    data, _ = shipped()
    made = make(data, Wanted(only="province"), now=dt.datetime(2026, 1, 1))
    assert made.found_again == ()
    assert residue(made.data, ["海北藏族自治州"]) == []
    assert set(table(made.data, schema.ROBUSTNESS.table)["榜单"]) == {"省份"}


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_writes_and_tells(book: Path, capsys: CASE) -> None:
    assert cli.main(["robustness", str(book), "--draws", "100"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("省份排名（2024 年）：100 次抽样，权重在 ±25% 内变动；")
    assert "位移来自（Sobol 指数，括号内为 5–95% 区间）：" in out and "影响最大的指标：" in out
    [kept] = backups(book)
    assert f"结果已写入 {book}\n原文件已备份为 {kept}\n" in out
    assert len(table(book.read_bytes(), schema.ROBUSTNESS.table)["地区"]) == 7


def test_few_draws_are_warned_of(book: Path, capsys: CASE) -> None:
    assert cli.main(["robustness", str(book), "--draws", "1"]) == 0
    out = capsys.readouterr().out
    assert "只抽样 1 次，区间和比例意义不大；建议至少 100 次。\n" in out
    assert "-0.00" not in out
    assert cli.main(["robustness", str(book), "--draws", "1", "--json"]) == 0
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["severity"], finding["rule"]) == ("warning", "few draws")


def test_the_same_seed_gives_the_same_figures(book: Path, capsys: CASE) -> None:
    told = []
    for seed in (7, 7, 8):
        options = ["--draws", "64", "--seed", str(seed), "--json", "-o", str(book.with_name("b.xlsm"))]
        assert cli.main(["robustness", str(book), *options]) == 0
        record = json.loads(capsys.readouterr().out)["result"]
        told.append([record["rankings"][1]["sources"], record["rankings"][1]["units"]])
    assert told[0] == told[1] != told[2]


def test_what_varies_can_be_chosen(book: Path, capsys: CASE) -> None:
    options = ["--spread", "0.1", "--weightings", "等权，熵权法", "--normalisations", "min-max", "--noise", "0.2"]
    assert cli.main(["robustness", str(book), "--draws", "64", *options]) == 0
    out = capsys.readouterr().out
    assert "权重在 ±10% 内变动；赋权方法取改进向量法、等权、熵权法；数据噪声为标准差的 0.2" in out


@pytest.mark.parametrize(
    ("name", "other", "told"),
    [
        ("weightings", "entropy", "weighting: improved vector, entropy;"),
        ("normalisations", "rank,rank", "normalisation: min-max, rank"),
        ("aggregations", "geometric", "aggregation: arithmetic, geometric"),
        ("imputations", "mean", "missing values: none, mean"),
    ],
)
def test_the_workbooks_own_method_stays_among_the_choices(
    tmp_path: Path, capsys: CASE, name: str, other: str, told: str
) -> None:
    file = tmp_path / "a.xlsm"
    file.write_bytes(small_book(tmp_path, "en"))
    assert cli.main(["robustness", str(file), "--draws", "64", f"--{name}", other]) == 0
    assert told in capsys.readouterr().out.splitlines()[0]


def test_the_workbooks_own_method_alone_leaves_no_choice(book: Path, capsys: CASE) -> None:
    assert cli.main(["robustness", str(book), "--draws", "64", "--weightings", "改进向量法"]) == 0
    assert "赋权方法" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--weightings", "魔法"], "--weightings 中的“魔法”应为 "),
    ],
)
def test_what_cannot_be_is_said(book: Path, capsys: CASE, options: list[str], words: str) -> None:
    before = book.read_bytes()
    assert cli.main(["robustness", str(book), *options]) == 1
    assert words in capsys.readouterr().err
    assert book.read_bytes() == before


def test_faults_come_first(book: Path, capsys: CASE) -> None:
    book.write_bytes(edit.edited(book.read_bytes(), {("省份数据", "D6"): "暂无"}))
    assert cli.main(["robustness", str(book)]) == 1
    assert "省份数据!D6" in capsys.readouterr().err


def test_a_workbook_without_the_sheets_is_told_of(book: Path, capsys: CASE) -> None:
    text = book.read_bytes()
    parts = Zip(text)
    name = next(n for n in parts.parts if b"bdx_robustness" in parts[n] and "tables/" in n)
    book.write_bytes(parts.change(name, "bdx_robustness", "user_robustness").to_bytes())
    assert cli.main(["robustness", str(book), "--draws", "32"]) == 0
    assert "工作簿中没有表 bdx_robustness，结果未写入" in capsys.readouterr().out
