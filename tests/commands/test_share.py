"""`bdindex share` as a user types it: files, words, exit codes."""

from __future__ import annotations

import email
import email.policy
import importlib.util
import json
import re
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from bdindex_xl import cli
from bdindex_xl.hosts.files import FileBook, open_book
from bdindex_xl.tasks import recalculate
from tests.support import edit, office
from tests.support.books import small_book
from tests.support.disk import backups

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _nobodys_account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BDINDEX_LANG", "zh")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = FileBook.from_bytes(small_book(tmp_path_factory.mktemp("source")))
    recalculate.recalculate(made, now=None)
    made.trust_values()
    return made.to_bytes()


@pytest.fixture
def book(finished: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "指数 2024.xlsm"
    file.write_bytes(finished)
    return file


def share(book: Path, *options: str) -> int:
    return cli.main(["share", str(book), *options])


def message_in(file: Path) -> EmailMessage:
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_the_twin_stands_beside_the_workbook_and_what_was_taken_out_is_listed(book: Path, capsys: CASE) -> None:
    before = book.read_bytes()
    assert share(book) == 0
    twin = book.with_name("指数 2024_分享.xlsx")
    assert capsys.readouterr().out.splitlines() == [
        f"已生成 {twin}：结果为公式，改动原始数据即随之更新。",
        f"指纹（输入数据/排名）：{_fingerprint(book)}。另行公布后，任何人可用 bdindex verify --expect 核对文件。",
        "已移除：",
        "  · VBA 工程",
        "  · 自定义功能区和加载项窗格",
        "  · 隐藏的工作表：稳健性、敏感性、审查、统计量、相关系数、解释、方案比较、各方案排名",
        "  · 宏所用的配置工作表",
        "  · 定义的名称 38 个",
        "  · “重新计算”等按钮 1 个",
        "  · 指向已移除工作表的链接 8 个（文字保留）",
        "  · 18 个公式改为数值",
    ]
    assert book.read_bytes() == before
    assert sorted(p.name for p in book.parent.iterdir() if p.is_file()) == ["指数 2024.xlsm", "指数 2024_分享.xlsx"]
    assert office.validation_errors(twin.read_bytes()) == []


def test_it_passes_verification(book: Path, capsys: CASE) -> None:
    for options in ((), ("--values",), ("--only", "省份")):
        assert share(book, *options, "-o", str(book.with_name("a.xlsx"))) == 0
        assert cli.main(["verify", str(book.with_name("a.xlsx"))]) == 0
    capsys.readouterr()


def test_a_copy_without_raw_data_is_held_against_a_fingerprint_or_nothing(book: Path, capsys: CASE) -> None:
    copy, mark = book.with_name("a.xlsx"), _fingerprint(book)
    assert share(book, "--no-raw", "-o", str(copy)) == 0
    assert "副本不含原始数据，只能与指纹的排名部分对照。" in capsys.readouterr().out
    assert cli.main(["verify", str(copy)]) == 1
    assert "结果是否由原始数据得出无从判断" in capsys.readouterr().out
    assert cli.main(["verify", str(copy), "--expect", mark]) == 0
    assert "排名和得分与给定的指纹一致。" in capsys.readouterr().out
    block = FileBook.from_bytes(copy.read_bytes()).read("bdx_ranking_province")
    copy.write_bytes(edit.edited(copy.read_bytes(), {(block.sheet, block.cell(0, 2)): 99.5}))
    assert cli.main(["verify", str(copy), "--expect", mark]) == 1
    assert "排名和得分与给定的指纹不一致" in capsys.readouterr().out


def _fingerprint(book: Path) -> str:
    return str(recalculate.recalculate(FileBook.from_bytes(book.read_bytes()), now=None).fingerprint)


def test_all_of_it_as_json(book: Path, capsys: CASE) -> None:
    assert share(book, "--draft", "--only", "city", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    record = document["result"]
    assert record["formulas"] is True
    assert document["file"] == str(book.with_name("指数 2024_分享.xlsx"))
    assert record["draft"] == str(book.with_name("指数 2024_分享.eml"))
    assert "其他榜单的工作表：省份数据、省份排名" in record["removed"]
    assert record["sent"] == [] and record["found_again"] == []


def test_a_draft_says_what_changed_and_carries_the_twin(book: Path, capsys: CASE) -> None:
    assert share(book, "--to", "张三 <zhang@example.cn>", "--cc", "li@example.cn") == 0
    draft, twin = (book.with_name(f"指数 2024_分享.{kind}") for kind in ("eml", "xlsx"))
    assert f"已生成邮件草稿 {draft}，双击即可在邮件程序中打开。" in capsys.readouterr().out
    message = message_in(draft)
    assert message["X-Unsent"] == "1"
    assert (message["To"].addresses[0].display_name, message["Cc"]) == ("张三", "li@example.cn")
    assert message["Subject"] == "总指数（2024 年）：省份、城市排名"
    body = message.get_body()
    assert isinstance(body, EmailMessage)
    assert "前三名：甲省、乙省、丙省。" in body.get_content()
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == twin.name
    assert attached.get_content() == twin.read_bytes()


def test_subject_and_body_as_wished(book: Path) -> None:
    assert share(book, "--subject", "请审阅", "--body", "第一行\n第二行") == 0
    message = message_in(book.with_name("指数 2024_分享.eml"))
    body = message.get_body()
    assert isinstance(body, EmailMessage)
    assert (message["Subject"], body.get_content().splitlines()) == ("请审阅", ["第一行", "第二行"])


def test_the_pdf_is_that_of_the_report_with_all_ranks(book: Path, capsys: CASE) -> None:
    assert share(book, "--pdf", "--draft") == 0
    pdf = book.with_name("指数 2024_分享.pdf")
    assert f"已生成 {pdf}" in capsys.readouterr().out
    assert pdf.read_bytes().startswith(b"%PDF-")
    names = [part.get_filename() for part in message_in(book.with_name("指数 2024_分享.eml")).iter_attachments()]
    assert names == ["指数 2024_分享.xlsx", "指数 2024_分享.pdf"]
    if not _has_pdftotext():
        return
    report = book.with_name("report.pdf")
    assert cli.main(["report", str(book), "-o", str(report)]) == 0
    captions = [captions_in(file) for file in (report, pdf)]
    assert captions[0] and captions[1][: len(captions[0])] == captions[0]
    assert captions[1][len(captions[0]) :] == [
        "附表 1 2024 年省份排名", "附表 2 2024 年省份分区域排名", "附表 3 2024 年城市排名", "附表 4 2024 年城市分区域排名"
    ]  # fmt: skip


def captions_in(pdf: Path) -> list[str]:
    """Of its contents."""
    told = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    entries = re.findall(r"^ *((?:图|表|附表) \S+ .*?)(?: \.)+ +\d+$", told, re.MULTILINE)
    return [" ".join(entry.split()) for entry in entries]


def test_without_the_extra_the_pdf_is_refused_before_anything_is_written(
    book: Path, capsys: CASE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert share(book, "--pdf") == 1
    assert capsys.readouterr().err.splitlines() == [
        "此形式的报告需要 typst，请安装带 report 选项的本程序：在程序文件夹中运行 pip install '.[report]'。"
    ]
    assert not book.with_name("指数 2024_分享.xlsx").exists()


def _has_pdftotext() -> bool:
    import shutil

    return shutil.which("pdftotext") is not None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("-o", "a.xlsm"), "文件不含宏，扩展名应为 .xlsx，实为“a.xlsm”。"),
        (("--only", "县区"), "工作簿中没有榜单“县区”，现有：省份、城市。"),
        (("--to", "张三"), "收件人应为邮件地址"),
        (("--subject", "一\n二"), "主题应为一行可显示的文字"),
        (("--to", "a@example.cn", "--send"), "没有配置发信服务器。"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    book: Path, capsys: CASE, options: tuple[str, ...], words: str
) -> None:
    assert share(book, *options) == 1
    assert words in capsys.readouterr().err


def test_it_does_not_replace_the_workbook_itself(book: Path, capsys: CASE) -> None:
    plain = book.with_suffix(".xlsx")
    plain.write_bytes(book.read_bytes())
    assert share(plain, "-o", str(plain)) == 1
    assert "不能覆盖工作簿本身" in capsys.readouterr().err
    assert plain.read_bytes() == book.read_bytes()


def test_faults_are_listed_and_nothing_is_made(book: Path, capsys: CASE) -> None:
    book.write_bytes(edit.edited(book.read_bytes(), {("省份数据", "D6"): "暂无"}))
    assert share(book, "--draft") == 1
    assert "省份数据!D6：应为" in capsys.readouterr().err
    assert [p.name for p in book.parent.iterdir() if p.is_file()] == [book.name]


def test_a_twin_that_was_there_is_kept_as_a_backup(book: Path, capsys: CASE) -> None:
    assert share(book) == 0
    twin = book.with_name("指数 2024_分享.xlsx")
    first = twin.read_bytes()
    assert share(book, "--values") == 0
    [kept] = backups(twin)
    assert f"原文件已备份为 {kept}" in capsys.readouterr().out
    assert kept.read_bytes() == first != twin.read_bytes()
    assert open_book(twin).tables()


def test_a_copy_alone_waits_neither_for_mail_nor_for_pictures_nor_for_draws() -> None:
    # Their import would take as long as a fifth of a copy of the shipped workbook.
    needless = ["smtplib", "ssl", "email", "xlsxwriter", "pandas", "bdindex_xl.report", "bdindex_xl.tasks.robustness"]
    text = f"import sys, bdindex_xl.commands.output.share; print([m for m in {needless} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, encoding="utf-8")
    assert told.stdout.strip() == "[]"
