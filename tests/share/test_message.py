"""Messages as other programs read them: Python's parser, RFC 2047 and RFC 2231 by hand, and what no header may hold."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bdindex_xl.errors import FileRefused
from bdindex_xl.language import Text
from bdindex_xl.share import message
from bdindex_xl.share.message import Address, Attachment, MessageRefused
from tests.support.examples import examples
from tests.support.mail import parsed

NAME = "中国大数据产业发展指数（2024 年）_分享.xlsx"
BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0", "\x07"]


def header(content: bytes, name: str) -> str:
    """A header field as it stands, its lines joined (RFC 5322, 2.2.3)."""
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    (found,) = re.findall(rf"(?:^|\r\n){name}: ([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", head)
    return str(found).replace("\r\n", "")


def encoded_words(text: str) -> str:
    """Encoded words decoded after RFC 2047: white space between two of them does not count."""
    joined = re.sub(r"(?<=\?=)[ \t]+(?==\?)", "", text)
    return re.sub(r"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=", lambda m: base64.b64decode(m[1]).decode("utf-8"), joined)


def part(content: bytes, media: str) -> bytes:
    """The part of that type, from its header on."""
    (found,) = (one for one in re.split(rb"\r\n--=+[0-9]+==(?:--)?\r\n", content) if media.encode() in one)
    return found.removeprefix(b"\r\n")


SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- what arrives -----------------------------------------------------------------------------------------------------


def test_a_whole_message_in_its_parts() -> None:
    people = (Address("张三", "zhang@example.cn"), Address("", "li@example.cn"))
    made = message.compose(
        people, "请审阅：指数", "各位：\n正文。", [Attachment(NAME, b"\0\1")], cc=(Address("Li, Wei", "wei@example.cn"),),
        sender=Address("王五", "wang@example.cn"),
    )  # fmt: skip
    content = made.as_bytes()
    assert [header(content, name) for name in ("From", "To", "Cc", "Subject", "MIME-Version")] == [
        "=?utf-8?B?546L5LqU?= <wang@example.cn>",
        "=?utf-8?B?5byg5LiJ?= <zhang@example.cn>, li@example.cn",
        '"Li, Wei" <wei@example.cn>',
        "=?utf-8?B?6K+35a6h6ZiF77ya5oyH5pWw?=",
        "1.0",
    ]
    got = parsed(content)
    assert got.get_content_type() == "multipart/mixed"
    assert [one.get_content_type() for one in got.iter_parts()] == ["text/plain", SHEET]
    assert got.defects == []


def test_a_file_name_stands_in_both_forms() -> None:
    """RFC 2231 in one piece in Content-Disposition, encoded words in Content-Type for programs that know only those."""
    content = message.compose((), "s", "b", [Attachment(NAME, b"x")]).as_bytes()
    found = part(content, SHEET)
    disposition = re.fullmatch(
        r"attachment; filename\*=utf-8''([A-Za-z0-9%._-]+)", header(found, "Content-Disposition")
    )
    assert disposition is not None and unquote(disposition[1]) == NAME
    named = re.fullmatch(rf'{SHEET}; name="(.*)"', header(found, "Content-Type"))
    assert named is not None and named[1].isascii() and encoded_words(named[1]) == NAME
    (attached,) = parsed(content).iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (NAME, b"x")


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("index 2024.xlsx", SHEET),
        ("INDEX.XLSX", SHEET),
        ("ranking.pdf", "application/pdf"),
        ("notes", "application/octet-stream"),
    ],
)
def test_a_plain_file_name_stands_as_it_is(name: str, media: str) -> None:
    found = part(message.compose((), "s", "b", [Attachment(name, b"x")]).as_bytes(), media)
    assert header(found, "Content-Type") == f'{media}; name="{name}"'
    assert header(found, "Content-Disposition") == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    "name", ['a"b.xlsx', "a\\b.xlsx", "=?utf-8?q?a?=.xlsx", "年" * 80 + ".xlsx", "年" * 400, "a" * 2000]
)
def test_an_odd_file_name_arrives_as_it_was(name: str) -> None:
    content = message.compose((), "s", "b", [Attachment(name, b"x")]).as_bytes()
    (attached,) = parsed(content).iter_attachments()
    assert attached.get_filename() == name
    assert max(map(len, content.split(b"\r\n"))) <= 998


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=120)


@given(WORDS, WORDS)
@example("=?utf-8?B?5byg?=", "=?utf-8?B?5byg?=")
@example('"\\', " \\ ")
@example("a" * 1500, "b" * 3000)
@example("年𠮷" * 20, "𠮷" * 20)
@example("\u3000张 三\u3000", " 空 格 ")
@examples(150)
def test_every_name_and_subject_can_be_read_back(name: str, subject: str) -> None:
    content = message.compose((Address(name, "a@example.cn"),), subject, "b").as_bytes()
    assert encoded_words(header(content, "Subject")) == subject
    shown = header(content, "To").removesuffix("a@example.cn>").removesuffix("<").rstrip(" ") if name else ""
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', shown)
    assert (re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else encoded_words(shown)) == name
    assert parsed(content)["To"].addresses[0].addr_spec == "a@example.cn"
    for line in content.split(b"\r\n"):
        assert len(line) <= 998 and line.isascii()
        assert len(line) <= 76 or b"=?" not in line  # RFC 2047, 2


@pytest.mark.parametrize(
    ("body", "arrives"),
    [
        ("", "\n"),
        ("a\r\nb\rc", "a\nb\nc\n"),
        ("制表符\t和全角空格\u3000", "制表符\t和全角空格\u3000\n"),
        ("a\0b\x07c\x1b", "abc\n"),
        (".\n..\nFrom me\n", ".\n..\nFrom me\n"),
        ("长" * 3000, "长" * 3000 + "\n"),
        ("x" * 3000, "x" * 3000 + "\n"),
        ("末尾空格 \n\n\n", "末尾空格 \n\n\n"),
        ("\ud800𠮷", "𠮷\n"),
    ],
)
def test_a_body_arrives_without_what_mail_must_not_hold(body: str, arrives: str) -> None:
    content = message.compose((), "s", body).as_bytes()
    assert parsed(content).get_content().replace("\r\n", "\n") == arrives
    assert max(map(len, content.split(b"\r\n"))) <= 998


# --- headers that nobody slips in -------------------------------------------------------------------------------------

REFUSED_SUBJECT = Text(
    "主题应为一行可显示的文字，实为“一_Bcc: b@y.cn”。请改正后再试。",
    "expected a subject of one line of printable text, found “一_Bcc: b@y.cn”. Mend it and try again.",
)


def test_a_subject_of_two_lines_is_refused_in_both_languages() -> None:
    with pytest.raises(MessageRefused) as refused:
        message.compose((), "一\nBcc: b@y.cn", "正文")
    assert refused.value.message == REFUSED_SUBJECT


@pytest.mark.parametrize("end", BREAKS)
def test_no_line_ends_in_what_a_header_holds(end: str) -> None:
    sly = f"甲{end}Bcc: b@y.cn"
    with pytest.raises(MessageRefused, match="expected a subject of one line"):
        message.compose((), sly, "正文")
    for name, address in ((sly, "a@x.cn"), ("甲", f"a@x.cn{end}"), ("甲", f"a{end}Bcc: b@y.cn"), ("", f"a@x.cn{end}b")):
        with pytest.raises(MessageRefused, match="expected e-mail addresses"):
            Address(name, address)
    with pytest.raises(MessageRefused, match="expected e-mail addresses"):
        message.addresses([f'"{sly}" <a@x.cn>'])


@pytest.mark.parametrize("end", BREAKS)
def test_a_file_name_of_two_lines_comes_in_one(end: str) -> None:
    """Such a file may exist, and its user cannot be asked to rename what was made of it."""
    content = message.compose((), "s", "b", [Attachment(f"a{end}Bcc: b@y.cn.xlsx", b"x")]).as_bytes()
    assert b"\r\nBcc" not in content and b"\0" not in content
    (attached,) = parsed(content).iter_attachments()
    assert attached.get_filename() == "a" + "_" * len(end) + "Bcc: b@y.cn.xlsx"


@pytest.mark.parametrize("body", ["a\r\n\r\n--==\r\nBcc: b@y.cn", "\n.\r\nMAIL FROM:<b@y.cn>\r\n"])
def test_a_body_stays_a_body(body: str) -> None:
    got = parsed(message.compose((), "s", body, [Attachment("a.xlsx", b"x")]).as_bytes())
    assert (got["Bcc"], len(list(got.iter_parts()))) == (None, 2)


# --- addressees -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a@example.cn", [("", "a@example.cn")]),
        ("<a@example.cn>", [("", "a@example.cn")]),
        (" 张三<a@example.cn> ", [("张三", "a@example.cn")]),
        ('"Li, Wei" <a@example.cn>, b@example.cn', [("Li, Wei", "a@example.cn"), ("", "b@example.cn")]),
        (r'"say \"hi\"" <a@example.cn>', [('say "hi"', "a@example.cn")]),
        (
            "a@example.cn；b@example.cn，c@example.cn、d@example.cn;e@example.cn",
            [("", f"{x}@example.cn") for x in "abcde"],
        ),
        ("a@example.cn\nb@example.cn", [("", "a@example.cn"), ("", "b@example.cn")]),
        ("办公室 <bgs@例子.中国>", [("办公室", "bgs@xn--fsqu00a.xn--fiqs8s")]),
        ("first.last+tag@mail.example.org", [("", "first.last+tag@mail.example.org")]),
        (" ，; ", []),
    ],
)
def test_addressees_as_people_type_them(typed: str, read: list[tuple[str, str]]) -> None:
    assert [(one.name, one.address) for one in message.addresses([typed])] == read


@pytest.mark.parametrize(
    "typed",
    ["张三", "a@b", "a b@x.cn", "a@x..cn", "@x.cn", "a@", "a@-x.cn", ".a@x.cn", "a..b@x.cn", "张三@x.cn", "甲 <a@x.cn",
     "甲 <a@x.cn> 乙", "a@x.cn>", "a" * 65 + "@x.cn", "a@" + "x" * 64 + ".cn", "a@" + "x." * 130 + "cn"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(MessageRefused, match="expected e-mail addresses"):
        message.addresses([typed])


def test_all_that_are_wrong_are_named_at_once() -> None:
    with pytest.raises(MessageRefused) as refused:
        message.addresses(["张三, a@example.cn", "b@"])
    assert refused.value.message == Text(
        "收件人应为邮件地址，如 name@example.cn 或 张三 <name@example.cn>，实为“张三”、“b@”。请改正后再试。",
        "expected e-mail addresses such as name@example.org or Jane Doe <name@example.org>, found “张三”, “b@”. "
        "Mend them and try again.",
    )


def test_who_is_named_twice_gets_it_once() -> None:
    to, cc = message.addresses(["a@x.cn; A@X.cn"]), message.addresses(["a@x.cn，b@x.cn，B@x.cn"])
    made = message.compose(to, "s", "b", cc=cc)
    assert message.recipients(made) == ("a@x.cn", "b@x.cn")
    assert (header(made.as_bytes(), "To"), header(made.as_bytes(), "Cc")) == ("a@x.cn", "b@x.cn")


# --- drafts and what is sent ------------------------------------------------------------------------------------------


def test_a_draft_is_one_that_outlook_lets_you_edit(tmp_path: Path) -> None:
    file = tmp_path / "指数.eml"
    made = message.compose(message.addresses(["张三 <a@x.cn>"]), "指数", "正文", [Attachment(NAME, b"x")])
    assert message.write_draft(file, made) is None
    content = file.read_bytes()
    assert content.startswith(b"X-Unsent: 1\r\nTo: ")
    assert b"\n" not in content.replace(b"\r\n", b"") and content.isascii()
    got = parsed(content)
    assert (got["X-Unsent"], got["Subject"], got["From"], got["Message-ID"]) == ("1", "指数", None, None)
    kept = message.write_draft(file, message.compose((), "s", "b"))
    assert kept is not None and kept.read_bytes() == content
    assert parsed(file.read_bytes())["To"] is None


def test_what_is_sent_is_no_draft_and_has_its_own_sender() -> None:
    made = message.compose(message.addresses(["a@x.cn"]), "指数", "正文", sender=Address("旧", "old@x.cn"))
    made["X-Unsent"], made["Bcc"], made["X-Other"] = "1", "boss@x.cn", "stays"
    sent = message.identify(made, Address("新", "new@example.cn"))
    assert isinstance(sent, EmailMessage)
    got = parsed(sent.as_bytes())
    assert [str(one) for one in got["From"].addresses] == ["新 <new@example.cn>"]
    assert (got["X-Unsent"], got["Bcc"], got["X-Other"]) == (None, None, "stays")
    assert got["Message-ID"].endswith("@example.cn>")
    assert message.recipients(made) == ("a@x.cn", "boss@x.cn")


def test_a_file_to_attach(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_bytes(b"\0\1")
    assert message.attachment(file) == Attachment(NAME, b"\0\1")
    assert repr(message.attachment(file)) == f"Attachment(name='{NAME}')"
    with pytest.raises(FileRefused, match=r"gone\.xlsx: there is no such file"):
        message.attachment(tmp_path / "gone.xlsx")
