"""The database of invented records: made twice it is the same; counted again, by other means, it gives the sample."""

from __future__ import annotations

import filecmp
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bdindex_xl.cli import main
from bdindex_xl.hosts.files import open_book
from bdindex_xl.microdata.words.finding import WorkbookWords, find
from bdindex_xl.microdata.words.texts import YearlyTexts, read_texts
from bdindex_xl.model.hot_words import HotWord
from bdindex_xl.sheets import schema
from bdindex_xl.sheets.word_list import START
from bdindex_xl.sheets.words_table import read_hot_words, read_origin
from tests.sample import index

pytestmark = pytest.mark.slow

SCRIPT = index.ROOT / "sample" / "records.py"
SAMPLE = index.ROOT / "bdindex_xl" / "sheets" / "sample"
YEARS = range(2020, 2025)
YUAN = {"元": 1, "万元": 10**4, "亿元": 10**8}
WEIGHTS = [*(pow(3, k, 31) for k in range(17)), 1]  # GB 32100-2015
MADE = "8a813fb405ff93951b8d6b094577cafaeae6962db0fac61ba7eaa90efb631106"  # all but the workbook, whose bytes depend on the system's zlib
CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COUNTIES = {"济源": "41", "仙桃": "42", "潜江": "42", "天门": "42", "琼海": "46", "文昌": "46", "万宁": "46", "澄迈": "46",
            "石河子": "65", "五家渠": "65"}  # fmt: skip


def made(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records") / "made"
    assert made(folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def companies(folder: Path) -> pd.DataFrame:
    """As they stand, the corrections last."""
    files = sorted((folder / "companies").glob("*.csv"))
    return pd.concat([read(file) for file in files], ignore_index=True)


def read(file: Path, encoding: str = "utf-8") -> pd.DataFrame:
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding=encoding)


def test_on_every_system_they_are_the_same_byte_for_byte(folder: Path) -> None:
    """Chance is that of `random()` alone, which no version of Python may change. (A new digest: they are others now.)"""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.csv")):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode() + file.read_bytes())
    assert digest.hexdigest() == MADE


def test_made_again_they_are_the_same_byte_for_byte(folder: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """In the long run; else the test above tells of all files but one."""
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    assert len(files) == 13
    assert [file.name for file in files if file.suffix != ".csv"] == ["README.md", "exchanges.xlsx"]
    if not pytestconfig.getoption("--long"):
        return
    assert made(tmp_path / "again").returncode == 0
    files = sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    assert len(files) == 13
    assert sorted(file.relative_to(tmp_path / "again") for file in (tmp_path / "again").rglob("*.*")) == files
    assert filecmp.cmpfiles(folder, tmp_path / "again", list(map(str, files)), shallow=False)[1:] == ([], [])


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    run = made(tmp_path)
    assert run.returncode == 2
    assert run.stderr.endswith(f"error: {tmp_path}: expected a new or empty folder, found something in it\n")


def test_counted_again_by_other_means_they_give_the_sample_exactly(folder: Path, companies: pd.DataFrame) -> None:
    companies = companies[companies["年份"] != ""].sort_values("更新时间", kind="stable")
    companies = companies.drop_duplicates(["年份", "统一社会信用代码"], keep="last")
    companies["unit"] = placed(companies["行政区划代码"], companies["注册地址"])
    companies["year"] = companies["年份"].astype(int)
    is_listed, is_unicorn = companies["上市"] == "是", companies["独角兽"] == "是"
    worth = companies["市值单位"].map(YUAN) * pd.to_numeric(companies["市值"]) / 1e8
    counts = {
        "A11": companies["统一社会信用代码"] != "",
        "A12": is_listed,
        "A13": is_unicorn,
        "A14": companies["瞪羚"] == "是",
        "A15": companies["高新技术"] == "是",
        "A21": worth.where(is_listed),
        "A22": pd.to_numeric(companies["估值"]).where(is_unicorn),
        "A24": companies["网站"] != "",
        "B11": companies["专利"].astype(int),
        "B12": companies["软件著作权"].astype(int),
        "B22": pd.to_numeric(companies["技术人员"]).where(is_listed),
    }
    found = companies[["year", "unit"]].assign(**counts).groupby(["year", "unit"]).sum()

    rounds = read(folder / "financings.csv")
    rounds = rounds[rounds["日期"] != ""]
    rounds["year"] = rounds["日期"].str[:4].astype(int)
    where = companies.set_index(["year", "统一社会信用代码"])["unit"]
    rounds["unit"] = where.reindex(pd.MultiIndex.from_frame(rounds[["year", "统一社会信用代码"]])).to_numpy()
    rounds["A23"] = rounds["单位"].map(YUAN) * pd.to_numeric(rounds["金额"]) / 1e8
    found["A23"] = rounds.groupby(["year", "unit"])["A23"].sum()

    agencies = read(folder / "agencies.csv").assign(C21=1)
    agencies["year"], agencies["unit"] = agencies["年份"].astype(int), agencies["地区代码"]
    found = found.join(agencies.groupby(["year", "unit"])["C21"].sum(), how="outer")

    policies = read(folder / "policies.csv").query("地区 != '全国'")
    universities = read(folder / "universities.csv", "gb18030")
    found = found.join(stock(policies[policies["类型"] == "政策"], "发布日期", "C11"), how="outer")
    found = found.join(stock(policies[policies["类型"] == "法规"], "发布日期", "C12"), how="outer")
    found = found.join(stock(read(folder / "organisations.csv"), "成立日期", "C22"), how="outer")
    exchanges = pd.read_excel(folder / "exchanges.xlsx", dtype=str)
    found = found.join(stock(exchanges, "成立日期", "C23"), how="outer")
    universities["地区代码"] = placed(pd.Series("", universities.index), universities["所在地"])
    found = found.join(stock(universities, "开设年份", "B21"), how="outer").fillna(0)

    sample = pd.read_csv(SAMPLE / "data.csv", dtype={"unit": str}).set_index(["year", "unit"])
    province = found.index.get_level_values("unit").str[:2] + "0000"
    provinces = found.groupby([found.index.get_level_values("year"), province]).sum()
    everywhere = pd.concat([found[~found.index.get_level_values("unit").str.endswith("0000")], provinces])
    everywhere = everywhere.rename_axis(["year", "unit"]).reindex(sample.index, fill_value=0)[sample.columns]
    np.testing.assert_array_equal(everywhere.round(2).to_numpy(), sample.to_numpy())


def placed(codes: pd.Series, addresses: pd.Series) -> pd.Series:
    """City of the sample by code, else by the names in the address; the province, for what lies in none of them."""
    units = pd.read_csv(SAMPLE / "zh" / "units.csv", dtype=str).query("ranking == 'city'")
    names: dict[str, str] = dict(zip(units["name"], units["code"], strict=True))
    cities = set(names.values())

    def place(code: str, address: str) -> str | None:
        if code.startswith("3712"):
            return "370100"
        if code:
            return code[:4] + "00" if code[:4] + "00" in cities else code[:2] + "0000"
        inside = [city for name, city in names.items() if name in address[: len(name) + 8]]
        if inside:
            return max(inside, key=lambda city: address.find(city))
        return next((county + "0000" for name, county in COUNTIES.items() if name in address), None)

    return pd.Series([place(*pair) for pair in zip(codes, addresses, strict=True)], codes.index)


def stock(records: pd.DataFrame, field: str, code: str) -> pd.Series:
    """How many there are of each place at the end of each year."""
    years = records[field].str[:4].astype(int)
    return pd.concat({y: records[years <= y].groupby("地区代码").size() for y in YEARS}, names=["year", "unit"]).rename(
        code
    )


def test_what_is_amiss_in_them_is_as_told(folder: Path, companies: pd.DataFrame) -> None:
    told = (folder / "README.md").read_text(encoding="utf-8")
    rounds, policies = read(folder / "financings.csv"), read(folder / "policies.csv")
    here = companies[(companies["行政区划代码"] != "") & (companies["年份"] != "")]
    moved = here.drop_duplicates(["年份", "统一社会信用代码"]).groupby("统一社会信用代码")["行政区划代码"].nunique()
    assert {
        "companies": [
            int(companies.duplicated(["年份", "统一社会信用代码"]).sum())
            - len(read(folder / "companies/corrections.csv")),
            len(read(folder / "companies/corrections.csv")),
            int(((companies["注册地址"].str.match("示例路")) & (companies["年份"] != "")).sum()),
            int((companies["年份"] == "").sum()),
            int((moved > 1).sum()),
        ],
        "financings": [
            int((rounds["日期"] == "").sum()),
            int((~rounds["统一社会信用代码"].isin(companies["统一社会信用代码"])).sum()),
            int((rounds["单位"] == "万美元").sum()),
            int((rounds["金额"] == "").sum()),
        ],
        "policies": [int((policies["地区"] == "全国").sum())],
    } == {
        each: [int(n) for n in re.findall(r"(?<![\d–])\d+(?= (?:repeated|more|without a|moved|of |in ))", line)]
        for each, line in re.findall(r"^- (Companies|Financings|Policies): (.*)$", told, re.M)
        for each in [each.lower()]
    }


def test_all_credit_codes_but_one_have_the_right_check_character_and_are_given_to_nobody(
    companies: pd.DataFrame,
) -> None:
    codes = companies["统一社会信用代码"].unique()
    wrong = [c for c in codes if sum(CHARACTERS.index(one) * w for one, w in zip(c, WEIGHTS, strict=True)) % 31]
    assert wrong == list(companies[companies["注册地址"].str.match("示例路")]["统一社会信用代码"][1:2])
    assert {code[8:10] for code in codes} == {"XX"}
    assert companies["名称"].str.contains("示例").all()


@pytest.fixture(scope="module")
def texts(folder: Path) -> YearlyTexts:
    return read_texts(folder / "policies.csv")


@pytest.fixture(scope="module")
def found(texts: YearlyTexts) -> tuple[HotWord, ...]:
    return find(texts, WorkbookWords(START, frozenset()))


def test_words_that_the_report_names_come_out_first_in_their_year(found: tuple[HotWord, ...]) -> None:
    """Report, 3.3 and 4.1: 数据要素 and 人工智能 in 2023; 大模型, 公共数据授权运营, 数据资产入表 and 数据产业 in 2024."""
    first = {year: [one.word for one in found if one.year == year] for year in YEARS}
    assert first[2023][:2] == ["数据要素", "人工智能"]
    assert {"大模型", "公共数据授权运营", "数据资产入表", "数据产业"} <= set(first[2024][:5])
    falling = {one.word: one.z for one in found if one.year == 2024}
    assert all((falling[word] or 0) < -3 for word in ("信息化", "政务服务", "工业互联网", "大数据"))
    assert not {"的", "关于", "方案", "实施意见", "贵州", "贵州省", "陕西"} & set(first[2024])


def test_the_hot_words_that_come_with_the_sample_are_those_of_its_policies(
    found: tuple[HotWord, ...], texts: YearlyTexts
) -> None:
    shipped = pd.read_csv(SAMPLE / "hot_words.csv")
    n = Counter(texts.years.tolist())
    assert [*zip(*(shipped[name] for name in ("year", "word", "documents", "texts")), strict=True)] == [
        (one.year, one.word, one.documents, n[one.year]) for one in found
    ]
    z = [np.nan if one.z is None else one.z for one in found]
    np.testing.assert_allclose(shipped["z"], z, rtol=1e-9)  # logarithms differ in the last digit from system to system
    for lang, name in (("zh", "BigDataIndex.xlsm"), ("en", "BigDataIndex.en.xlsm")):
        book = open_book(index.ROOT / "workbook" / name)
        assert [(one.year, one.word, one.documents) for one in read_hot_words(book)] == [
            (one.year, one.word, one.documents) for one in found
        ]
        assert book.is_shown(schema.WORDS.table)
        assert (
            read_origin(book)
            == {
                "zh": "由虚构的政策标题和正文（11,160 篇，由 sample/records.py 生成）得出，并非真实政策，仅供演示。",
                "en": "Found in invented titles and texts of policies (11,160, made by sample/records.py), not in real ones; for "
                "demonstration only.",
            }[lang]
        )


@pytest.mark.slow
def test_collected_they_change_no_cell_of_the_shipped_workbook(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = index.ROOT / "workbook" / "BigDataIndex.xlsm"
    assert main(["collect", str(book), "--from", str(folder), "--dry-run", "--json"]) == 0
    result = json.loads(capsys.readouterr().out)["result"]
    assert result["changed"] == []
    assert (result["indicators"], len(result["tables"])) == (18, 7)
    told: dict[tuple[str, str], int] = {}
    for one in result["records"]:  # the number of each comes before its examples
        told.setdefault((one["table"], one["what"]), one["n"])
    assert {key: n for key, n in told.items() if key in AMISS} == AMISS
    assert told["企业", "已统计"] + 60 + 8 + 2 == told["企业", "记录"]


AMISS = {  # as the README that comes with the records tells
    ("企业", "重复（以较新的为准）"): 60,
    ("企业", "没有地区"): 8,
    ("企业", "没有年份"): 2,
    ("企业", "信用代码校验不符"): 1,
    ("企业", "信用代码登记地不同"): 24,  # of those that moved, in the years since
    ("融资", "没有年份"): 3,
    ("融资", "没有地区"): 4,
    ("融资", "计量单位不明（A23）"): 6,
    ("政策", "没有地区"): 6,
}


@pytest.mark.slow
def test_collected_for_a_workbook_without_raw_data_they_give_the_sample_exactly(
    folder: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Of two years, in the long run of all."""
    shutil.copytree(SAMPLE / "en", tmp_path / "index")
    sample = pd.read_csv(SAMPLE / "data.csv", dtype={"unit": str})
    sample = sample[pytestconfig.getoption("--long") | (sample["year"] > 2022)].reset_index(drop=True)
    blank = sample[["year", "unit"]].reindex(columns=sample.columns)
    blank.to_csv(tmp_path / "index" / "data.csv", index=False)
    book = tmp_path / "index.xlsm"
    assert main(["new", str(book), "--from", str(tmp_path / "index"), "--lang", "en"]) == 0
    assert main(["collect", str(book), "--from", str(folder)]) == 0
    found = open_book(book)
    tables = [found.read(schema.table_of(schema.DATA.table, ranking)) for ranking in ("province", "city")]
    columns = len(schema.DATA.columns)
    rows = {
        (int(table.columns[0][i]), str(table.columns[1][i])): [float(column[i]) for column in table.columns[columns:]]
        for table in tables
        for i in range(table.n_rows)
    }
    assert len(rows) == len(sample)
    expected = [[*row] for row in sample.iloc[:, 2:].to_numpy().tolist()]
    assert [rows[year, unit] for year, unit in zip(sample["year"], sample["unit"], strict=True)] == expected
