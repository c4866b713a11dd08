"""What a message says and how it is spelt: news, headers, addresses, the account it is sent from."""

from __future__ import annotations

import email
import email.policy
import os
from email.header import decode_header, make_header
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import bdindex_xl as bdx
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.language import Lang
from bdindex_xl.share import message, news
from bdindex_xl.share.account import AccountError, Security, read_account
from bdindex_xl.share.message import Address, Attachment, MessageRefused
from bdindex_xl.sheets import recalculate
from bdindex_xl.sheets.inputs import Inputs, Ranking
from bdindex_xl.sheets.recalculate import Outcome

SHIPPED = Path(__file__).resolve().parents[2] / "workbook" / "BigDataIndex.xlsm"
NAN = float("nan")


@cache
def shipped() -> Outcome:
    return recalculate.recalculate(FileBook.from_bytes(SHIPPED.read_bytes()), now=None)


# --- news -------------------------------------------------------------------------------------------------------------


def test_the_news_of_the_shipped_index() -> None:
    """Ranks and changes of table 2-1 and 2-2 of the report: Guizhou up 5 to 11, Hubei up 4 to 7 and new in the ten."""
    assert news.subject(shipped()) == "中国大数据产业发展指数（2024 年）：省份、城市排名"
    lines = news.body(shipped()).splitlines()
    assert lines[0] == "各位同事："
    assert lines[2] == (
        "附件是《中国大数据产业发展指数》2024 年的计算结果，参加排名的有省份 31 个、城市 337 个。主要情况如下。"
    )
    assert lines[4:6] == ["【省份排名】2024 年，31 个地区", "前三名：北京市、广东省、江苏省。"]
    assert lines[6].startswith("比 2023 年上升最多：贵州省（第 16 名升至第 11 名，升 5 位）、")
    assert lines[8] == "新进前十：湖北省（第 7 名，上年第 11 名）。"


def outcome(values: Any, lang: Lang = "zh") -> Outcome:
    """An index of one indicator, a row a year."""
    array = np.array(values, dtype=np.float64)[:, :, None]
    units = tuple(f"u{k}" for k in range(array.shape[1]))
    years = tuple(range(2025 - len(array), 2025))
    framework = bdx.Framework.from_records([{"code": "I", "name": "指数"}, {"code": "a", "parent": "I"}])
    ranking = Ranking(
        "province", bdx.Panel(years, units, ("a",), array), tuple(f"地{k}" for k in range(len(units))), 2024
    )
    settings = {"title": "指数", "source": ""}
    inputs = Inputs(lang, settings, bdx.Method(), framework, (ranking,), (), ())
    return Outcome(inputs, {"province": bdx.compute(framework, ranking.panel)}, ())


def paragraphs(found: Outcome) -> list[str]:
    return news.body(found).split("\n\n")[2].splitlines()


def test_the_first_year_has_nothing_to_compare_with() -> None:
    assert paragraphs(outcome([[3, 2, 1]])) == [
        "【省份排名】2024 年，3 个地区",
        "前三名：地0、地1、地2。",
        "数据中没有 2024 年之前的年份，故无位次变化。",
    ]


def test_nobody_moved() -> None:
    assert paragraphs(outcome([[3, 2, 1], [6, 4, 2]]))[-1] == "与 2023 年相比，位次均无变化。"


def test_ties_are_shown_with_their_places_and_units_without_a_rank_are_counted() -> None:
    lines = paragraphs(outcome([[3, 2, 1, 0, 0], [3, 3, 1, NAN, 0]]))
    assert lines[1] == "前三名：地0（第 1 名）、地1（第 1 名）、地2（第 3 名）。"
    assert lines[-1] == "另有 1 个地区数据不足，未参加排名。"


def test_the_same_in_english() -> None:
    lines = paragraphs(outcome([[3, 2, 1], [1, 2, 3]], "en"))
    assert lines == [
        "Province ranking, 2024: 3 units",
        "First three: 地2, 地1, 地0.",
        "Up most since 2023: 地2 (from rank 3 to 1, up 2).",
        "Down most since 2023: 地0 (from rank 1 to 3, down 2).",
    ]


# --- headers ----------------------------------------------------------------------------------------------------------


def read(made: EmailMessage) -> EmailMessage:
    parsed = email.message_from_bytes(made.as_bytes(), policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_names_of_any_script_arrive_as_they_were() -> None:
    people = message.addresses(
        ['"Li, Wei" <wei@example.cn>', "国家大数据（贵州）综合试验区建设领导小组办公室 <a@example.cn>"]
    )
    name = "中国大数据产业发展指数（2024 年）分省分市排名及位次变化情况_分享.xlsx"
    made = read(message.compose(people, "关于" * 60, "正文", [Attachment(name, b"x")]))
    raw = dict(made.raw_items())["To"]
    # Not by the parser of addresses, which leaves the space between two encoded words that RFC 2047, 6.2, has ignored.
    assert str(make_header(decode_header(raw))).replace("\n", "") == (
        '"Li, Wei" <wei@example.cn>, 国家大数据（贵州）综合试验区建设领导小组办公室 <a@example.cn>'
    )
    assert made["Subject"] == "关于" * 60
    (attached,) = made.iter_attachments()
    assert attached.get_filename() == name
    assert all(line.isascii() and len(line) <= 998 for line in made.as_bytes().decode("latin-1").splitlines())


def test_who_is_named_twice_gets_it_once() -> None:
    made = message.compose(message.addresses(["a@x.cn; A@X.cn"]), "s", "b", cc=message.addresses(["a@x.cn，b@x.cn"]))
    assert message.recipients(made) == ("a@x.cn", "b@x.cn")


@pytest.mark.parametrize(
    "text", ["张三", "a@b", "a b@x.cn", "a@x..cn", "@x.cn", "a@x.cn\r\nBcc: b@y.cn <>", "名\x07字 <a@x.cn>"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(MessageRefused, match="expected e-mail addresses"):
        message.addresses([text])


def test_nobody_slips_a_header_in() -> None:
    with pytest.raises(MessageRefused, match="expected a subject of one line"):
        message.compose((), "一\r\nBcc: b@y.cn", "正文")
    sly = message.compose((Address("甲", "a@x.cn"),), "s", "b\r\n.\r\nBcc: b@y.cn", [Attachment("a\r\nX: y.xlsx", b"")])
    assert read(sly)["Bcc"] is None and read(sly)["X"] is None
    assert [part.get_filename() for part in read(sly).iter_attachments()] == ["a__X: y.xlsx"]


def test_a_draft_is_marked_as_one_and_keeps_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"old")
    backup = message.write_draft(file, message.compose((), "s", "b"))
    assert file.read_bytes().startswith(b"X-Unsent: 1\r\n")
    assert backup is not None and backup.read_bytes() == b"old"


# --- the account ------------------------------------------------------------------------------------------------------

FULL = {
    "BDINDEX_SMTP_HOST": "smtp.example.cn",
    "BDINDEX_SMTP_USER": "zhang@example.cn",
    "BDINDEX_SMTP_PASSWORD": "geheim",
}


def test_an_account_from_the_environment() -> None:
    account = read_account(FULL)
    assert (account.host, account.port, account.security) == ("smtp.example.cn", 587, Security.STARTTLS)
    assert account.sender == Address("", "zhang@example.cn")
    assert "geheim" not in repr(account)
    assert read_account(FULL | {"BDINDEX_SMTP_PORT": "465"}).security is Security.TLS


def configured(tmp_path: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    file = tmp_path / "mail.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return {"BDINDEX_MAIL_CONFIG": str(file)}


def test_an_account_from_a_file_and_the_environment_before_it(tmp_path: Path) -> None:
    text = 'host = "a.example.cn"\nport = 2525\nuser = "u"\npassword = "p"\nfrom = "张三 <z@example.cn>"\n'
    environment = configured(tmp_path, text)
    account = read_account(environment)
    assert (account.host, account.port, account.sender) == ("a.example.cn", 2525, Address("张三", "z@example.cn"))
    assert read_account(environment | {"BDINDEX_SMTP_HOST": "b.example.cn"}).host == "b.example.cn"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('host = "a.cn"\nuser = "u@a.cn"\npassword = "p"\nsecurity = "none"', "security"),
        ('host = "a.cn"\nuser = "u@a.cn"\npassword = "p"\nport = 99999', "port"),
        ('host = "a b"\nuser = "u@a.cn"\npassword = "p"', "host"),
        ('host = "a.cn"\nuser = "u"\npassword = "p"', "BDINDEX_SMTP_FROM"),
        ('host = "a.cn"\nuser = "u@a.cn"\npasswort = "geheim"', "passwort"),
        ('host = "a.cn\npassword = "geheim"', "mail.toml"),
        ('host = "a.cn"\nuser = "u@a.cn"\npassword = 12345678', "password"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_and_no_password_shown(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(AccountError) as wrong:
        read_account(configured(tmp_path, text))
    said = wrong.value.message.zh + wrong.value.message.en
    assert words in said and "geheim" not in said and "12345678" not in said


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AccountError, match="chmod"):
        read_account(configured(tmp_path, 'host = "a.cn"\nuser = "u@a.cn"\npassword = "p"\n', 0o644))
