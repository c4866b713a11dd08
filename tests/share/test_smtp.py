"""Messages sent to real servers on the loopback: each arrives once, or a sentence says for certain that it did not."""

from __future__ import annotations

import base64
import logging
import re
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from bdindex_xl.share import message
from bdindex_xl.share.account import Account, Security
from bdindex_xl.share.smtp import send
from tests.share.mailing import FILE, letter, refusal
from tests.support.mail import PASSWORD, USER, Inbox, Script, parsed, playing, serving

# Over TLS from the first byte, the server does not know that it is encrypted, and warns.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")]
BODY = "各位：\n\t制表符\n  两个空格\n.\n..\n.以点开头\n" + "很长的一行" * 500 + "\n\n最后一行"
SHORT_BODY = "Dear all,\n.\n..\n.dot\nFrom here\n\nend"  # not encoded at all


@pytest.mark.parametrize("body", [BODY, SHORT_BODY], ids=["Chinese", "short"])
@pytest.mark.parametrize("security", list(Security))
def test_it_arrives_once_and_byte_for_byte(
    tls: ssl.SSLContext, account: Callable[..., Account], security: Security, body: str
) -> None:
    inbox = Inbox()
    made = letter("李四 <li@example.cn>", "wang@example.cn", cc=("赵六 <zhao@example.cn>",), body=body)
    whole = made.as_bytes()  # decides on the boundary between the parts
    with serving(inbox, tls, implicit=security is Security.TLS) as port:
        assert send(made, account(port, security=security)) == {}
    ((sender, to, content),) = inbox.taken
    assert (sender, to) == (USER, ["li@example.cn", "wang@example.cn", "zhao@example.cn"])
    assert content.partition(b"\r\n\r\n")[2] == whole.partition(b"\r\n\r\n")[2]
    assert all(len(line) <= 998 and line.isascii() for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")
    got = parsed(content)
    text = got.get_body()
    assert isinstance(text, EmailMessage)
    assert text.get_content().replace("\r\n", "\n") == body + "\n"
    (attached,) = got.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (FILE.name, FILE.data)


def test_the_header_says_who_to_whom_and_about_what(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox = Inbox()
    made = letter("李四 <li@example.cn>", "wang@example.cn", cc=("赵六 <zhao@example.cn>",))
    with serving(inbox, tls) as port:
        send(made, account(port))
    got = parsed(inbox.taken[0][2])
    assert [(one.display_name, one.addr_spec) for name in ("From", "To", "Cc") for one in got[name].addresses] == [
        ("张三", USER), ("李四", "li@example.cn"), ("", "wang@example.cn"), ("赵六", "zhao@example.cn"),
    ]  # fmt: skip
    assert got["Subject"] == "指数（2024 年）"
    assert re.fullmatch(r"<[^<>@\s]+@example\.cn>", got["Message-ID"])
    assert abs(got["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=5)
    assert sorted(got.keys()) == [
        "Cc", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To",
    ]  # fmt: skip


def test_whoever_gets_a_blind_copy_is_not_named(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox = Inbox()
    made = letter()
    made["Bcc"] = "boss@example.cn"
    with serving(inbox, tls) as port:
        send(made, account(port))
    ((_, to, content),) = inbox.taken
    assert to == ["li@example.cn", "boss@example.cn"]
    assert b"boss" not in content.lower() and b"bcc" not in content.lower()


def test_without_addressees_nobody_is_even_called(account: Callable[..., Account]) -> None:
    said = refusal(lambda: send(message.compose((), "s", "b"), account(1)))
    assert said.zh == "没有收件人。请用 --to 给出收件人地址。"


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_wrong_password_is_shown_nowhere(
    tls: ssl.SSLContext,
    account: Callable[..., Account],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    mechanism: str,
) -> None:
    inbox, wrong = Inbox(), "falsches-Passwort"
    other = "LOGIN" if mechanism == "PLAIN" else "PLAIN"
    made = account(1, password=wrong)
    with (
        serving(inbox, tls, auth_exclude_mechanism=[other]) as port,
        caplog.at_level(logging.DEBUG, logger="bdindex_xl"),
    ):
        said = refusal(lambda: send(letter(), replace(made, port=port)), wrong)
    assert inbox.logins == [(mechanism, USER, wrong)]
    assert inbox.taken == []
    assert wrong not in repr(made)
    assert not [record for record in caplog.records if record.name.startswith(("bdindex_xl", "smtplib"))]
    assert capfd.readouterr() == ("", "")
    assert said.zh == (
        "localhost 不接受 zhang@example.cn 的用户名或密码，回复“535 5.7.8 Authentication credentials invalid”。"
        "请检查；许多邮箱（QQ、163 等）要用“授权码”代替登录密码。"
    )


def test_a_server_that_repeats_the_password(tls: ssl.SSLContext, over_tls: Callable[..., Account]) -> None:
    def play(script: Script) -> None:
        script.greet("AUTH PLAIN")
        login = script.hear("AUTH PLAIN ")
        script.say(f"535-bad: {login}", f"535 no login with {PASSWORD}")
        script.hear_rest()

    with playing(tls, play) as (port, heard):
        encoded = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
        said = refusal(lambda: send(letter(), over_tls(port)), encoded)
    assert heard[1] == f"AUTH PLAIN {encoded}"
    assert said.zh.startswith(
        "localhost 不接受 zhang@example.cn 的用户名或密码，回复“535 bad: AUTH PLAIN *** no login with ***”。"
    )


def test_a_password_that_smtp_cannot_carry(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox, password = Inbox(), "另一个口令"
    with serving(inbox, tls) as port:
        said = refusal(lambda: send(letter(), account(port, password=password)), password)
    assert inbox.logins == []
    assert said.en == (
        "user and password: expected plain letters, digits and signs. Many providers ask for an app password in place "
        "of the one that opens the mailbox."
    )


def test_a_server_that_takes_no_password(tls: ssl.SSLContext, over_tls: Callable[..., Account]) -> None:
    def play(script: Script) -> None:
        script.greet("AUTH XOAUTH2 NTLM")
        script.hear_rest()

    with playing(tls, play) as (port, heard):
        said = refusal(lambda: send(letter(), over_tls(port)))
    assert heard == ["ehlo [127.0.0.1]"]
    assert said.zh == "localhost 不接受用户名和密码登录。请询问邮箱管理员。"


def test_a_server_that_wants_no_login(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox = Inbox()
    with serving(inbox, tls, auth_required=False) as port:
        assert send(letter(), account(port, user="", password="")) == {}
    assert (len(inbox.taken), inbox.logins) == (1, [])


def test_one_addressee_of_two_is_refused(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox = Inbox(refuses={"wang@example.cn": "550 no such user here"})
    with serving(inbox, tls) as port:
        refused = send(letter("li@example.cn", cc=("wang@example.cn",)), account(port))
    assert refused == {"wang@example.cn": "550 no such user here"}
    assert [to for _, to, _ in inbox.taken] == [["li@example.cn"]]


def test_all_addressees_are_refused(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox = Inbox(refuses={"li@example.cn": "550 no such user", "wang@example.cn": "451 later"})
    with serving(inbox, tls) as port:
        said = refusal(lambda: send(letter("li@example.cn", "wang@example.cn"), account(port)))
    assert said.zh == (
        "localhost 不接受任何收件人：li@example.cn（550 no such user）；wang@example.cn（451 later）。请检查地址。"
    )
    assert inbox.taken == []


def test_the_sender_is_refused_in_the_words_of_a_chinese_server(
    tls: ssl.SSLContext, over_tls: Callable[..., Account]
) -> None:
    def play(script: Script) -> None:
        script.up_to("MAIL")
        script.connection.sendall("553 发件人\t必须与登录用户一致\r\n".encode("gb18030"))
        script.hear("RSET")
        script.say("250 OK")

    with playing(tls, play) as (port, _):
        said = refusal(lambda: send(letter(), over_tls(port)))
    assert said.zh == ("localhost 没有接受邮件，回复“553 发件人 必须与登录用户一致”。请按回复处理，或询问邮箱管理员。")


def test_the_server_does_not_take_it_after_all(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    inbox = Inbox(after_data="552 too large")
    with serving(inbox, tls) as port:
        said = refusal(lambda: send(letter(), account(port)))
    assert said.zh == "localhost 没有接受邮件，回复“552 too large”。请按回复处理，或询问邮箱管理员。"
    assert inbox.taken == []


def test_a_server_that_does_not_want_to_begin(tls: ssl.SSLContext, over_tls: Callable[..., Account]) -> None:
    def play(script: Script) -> None:
        script.up_to("DATA")
        script.say("451 no room")
        script.hear_rest()

    with playing(tls, play) as (port, heard):
        said = refusal(lambda: send(letter(), over_tls(port)))
    assert said.zh == "localhost 没有接受邮件，回复“451 no room”。请按回复处理，或询问邮箱管理员。"
    assert [line for line in heard[4:] if line.upper() not in ("DATA", "RSET", "QUIT")] == []
