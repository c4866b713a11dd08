"""Files and folders by their addresses, and what is refused as none."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from bdindex_xl.model.collecting import SourceKind
from tests.microdata.sources.given import faults, kinds, records, source, table


def test_files_of_a_folder_are_read_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for k in (10, 2, 1):
        (tmp_path / "in" / f"企业{k}.csv").write_text(f"a\n{k}\n", encoding="utf-8")
    for name in (".hidden.csv", "~$企业.csv", "desktop.ini"):
        (tmp_path / "in" / name).write_text("x", encoding="utf-8")
    made = table(tmp_path, source("in"))
    assert list(made.origins.values()) == ["in/企业1.csv", "in/企业2.csv", "in/企业10.csv"]
    assert records(made) == [(1,), (2,), (10,)]
    assert list(table(tmp_path, source("in\\企业1*.csv")).origins.values()) == ["in/企业1.csv", "in/企业10.csv"]


def test_a_field_is_of_one_kind_in_all_files_and_its_place_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/1.csv").write_text("code,n\n110000,1\n", encoding="utf-8")
    (tmp_path / "in/2.csv").write_text("n,code\n2.5,A1\n", encoding="gb18030")
    made = table(tmp_path, source("in"))
    assert kinds(made) == {"code": "text", "n": "number"}
    assert records(made) == [("110000", 1), ("A1", 2.5)]


def test_a_file_that_lacks_a_field_of_the_others_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/1.csv").write_text("code,amount\n1,1\n", encoding="utf-8")
    (tmp_path / "in/2.csv").write_text("code,amonut\n1,1\n", encoding="utf-8")
    missing = (
        "in/2.csv, line 1: expected a column “amount”, found none (did you mean “amonut”?)",
        "in/2.csv 第 1 行：应为“amount”列，实为没有（是否为“amonut”？）",
    )
    assert faults(tmp_path, source("in"), needed=["amount"]) == [missing]
    assert [en for en, _ in faults(tmp_path, source("in"))] == [
        "in/1.csv: expected a column “amonut”, found none (did you mean “amount”?)",
        "in/2.csv: expected a column “amount”, found none (did you mean “amonut”?)",
    ]


def test_what_else_a_folder_holds_is_said(tmp_path: Path) -> None:
    (tmp_path / "in/more").mkdir(parents=True)
    for name in ("a.csv", "b.xlsx", "说明.docx"):
        (tmp_path / "in" / name).write_text("a\n1\n", encoding="utf-8")
    told: list = []
    table(tmp_path, source("in"), told=told)
    assert [finding.text("en") for finding in told] == [
        "company: expected files of .csv, .tsv alone, found “b.xlsx” beside them; not read",
        "company: expected all files in the folder itself, found the folder “more” in it; not read",
    ]
    assert [finding.text("zh") for finding in told] == [
        "company：应为只有 .csv、.tsv 文件，实为还有“b.xlsx”；未读取",
        "company：应为数据文件直接放在该文件夹中，实为还有子文件夹“more”；未读取",
    ]
    assert [en for en, _ in faults(tmp_path, source("in/more"))] == [
        "company: expected files of .csv, .tsv in the folder, found none"
    ]


def test_brackets_and_braces_in_names_stand_for_themselves(tmp_path: Path) -> None:
    folder = tmp_path / "数据[2024]{a}"
    folder.mkdir()
    (folder / "企业[1].csv").write_text("a\n1\n", encoding="utf-8")
    duckdb.sql("SELECT 2 AS a").write_parquet(str(folder / "x.parquet"))
    assert records(table(tmp_path, source("数据[2024]{a}/企业[1].csv"))) == [(1,)]
    assert records(table(tmp_path, source("数据[2024]{a}/企业[?].csv"))) == [(1,)]
    made = table(tmp_path, source("数据[2024]{a}/x.parquet", SourceKind.PARQUET))
    assert records(made) == [(2,)]
    assert not set("[]{}*?") & set(str(made.files[0]).removeprefix(str(tmp_path)))


@pytest.mark.parametrize(
    ("where", "en", "zh"),
    [
        (
            "",
            "company: expected where the records are, found nothing",
            "company：应为文件、文件夹或数据库的位置，实为空白",
        ),
        (
            "s3://bucket/a.csv",
            "company: expected a file on this computer or a shared folder, found the address s3:…; nothing is read over the network; fetch the file first",
            "company：应为本机或共享文件夹中的文件，实为网址 s3:…；不从网络读取；请先下载到本机",
        ),
        (
            "HTTPS:\\\\host\\a.csv",
            "company: expected a file on this computer or a shared folder, found the address HTTPS:…; nothing is read over the network; fetch the file first",
            "company：应为本机或共享文件夹中的文件，实为网址 HTTPS:…；不从网络读取；请先下载到本机",
        ),
        (
            "\\\\.\\COM1",
            "company: expected a plain file or a folder, found the device or pipe \\\\.\\COM1",
            "company：应为普通文件或文件夹，实为设备或管道 \\\\.\\COM1",
        ),
        (
            "nothing.csv",
            "company: expected the file or folder nothing.csv, found none",
            "company：应为文件或文件夹 nothing.csv，实为没有",
        ),
        (
            "compny.csv",
            "company: expected the file or folder compny.csv, found none (did you mean “company.csv”?)",
            "company：应为文件或文件夹 compny.csv，实为没有（是否为“company.csv”？）",
        ),
        (
            "a*.csv",
            "company: expected the file or folder a*.csv, found none",
            "company：应为文件或文件夹 a*.csv，实为没有",
        ),
        (
            "a\0.csv",
            "company: expected a file that can be read, found one that cannot (embedded null byte)",
            "company：应为可读取的文件，实为无法读取（embedded null byte）",
        ),
    ],
)
def test_an_address_that_names_no_file_is_refused(tmp_path: Path, where: str, en: str, zh: str) -> None:
    (tmp_path / "company.csv").write_text("a\n1\n", encoding="utf-8")
    assert faults(tmp_path, source(where)) == [(en, zh)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert faults(tmp_path, source("a.csv")) == [
        (
            "company: expected a plain file or a folder, found the device or pipe a.csv",
            "company：应为普通文件或文件夹，实为设备或管道 a.csv",
        )
    ]
