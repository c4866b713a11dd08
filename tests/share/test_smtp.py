"""Messages sent to real servers on the loopback: each arrives once, or a sentence says for certain that it did not."""

from __future__ import annotations

import base64
import contextlib
import logging
import re
import socket
import ssl
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme

from bdindex_xl.language import Text
from bdindex_xl.share import message
from bdindex_xl.share.account import Account, AccountError, Security
from bdindex_xl.share.message import Address, Attachment
from bdindex_xl.share.send_errors import NotSent, PerhapsSent
from bdindex_xl.share.smtp import send
from tests.support.mail import HOST, PASSWORD, USER, Inbox, Script, context, parsed, playing, serving

# Over TLS from the first byte, the server does not know that it is encrypted, and warns.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")]

FILE = Attachment("指数 2024_分享.xlsx", bytes(range(256)) * 40)
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    return context(authority)


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return file


@pytest.fixture
def account(ca_file: Path) -> Callable[..., Account]:
    def made(port: int, **changes: Any) -> Account:
        sender = Address("张三", USER)
        whole = Account(HOST, port, Security.STARTTLS, sender, user=USER, password=PASSWORD, ca_file=ca_file)
        return replace(whole, **changes)

    return made


@pytest.fixture
def over_tls(account: Callable[..., Account]) -> Callable[..., Account]:
    return lambda port, **changes: account(port, security=Security.TLS, **changes)


def letter(*to: str, cc: tuple[str, ...] = (), body: str = "各位：\n正文。\n", file: Attachment = FILE) -> EmailMessage:
    people = message.addresses(to or ("李四 <li@example.cn>",))
    return message.compose(people, "指数（2024 年）", body, [file], cc=message.addresses(cc))


def refusal(work: Callable[[], object], *secrets: str) -> Text:
    """What is said where nothing was sent; no secret is in it, nor in anything else that could be shown."""
    with pytest.raises(NotSent) as caught:
        work()
    error = caught.value
    shown = "".join([*traceback.format_exception(error), repr(error), str(error.args), error.message.zh])
    for secret in (PASSWORD, *secrets):
        assert secret not in shown
    assert error.message.zh.startswith("邮件没有发出：")
    assert error.message.en.startswith("The message was not sent: ")
    return Text(error.message.zh.removeprefix("邮件没有发出："), error.message.en.split(": ", 1)[1])


def failed(port: int, reason: str) -> str:
    return (
        f"与 localhost（端口 {port}）的连接失败：{reason}。请检查服务器名、端口和网络，"
        "并确认 security 与端口相符（starttls 一般为 587，tls 一般为 465）。"
    )


# --- arrival ----------------------------------------------------------------------------------------------------------

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


# --- certificates -----------------------------------------------------------------------------------------------------


@pytest.fixture(params=list(Security))
def security(request: pytest.FixtureRequest) -> Security:
    return Security(request.param)


@pytest.mark.parametrize(
    ("host", "dates", "reason"),
    [
        (None, {}, "unable to get local issuer certificate"),
        ("mail.example.cn", {}, "Hostname mismatch, certificate is not valid for 'localhost'."),
        (HOST, {"not_after": NOW - timedelta(days=1)}, "certificate has expired"),
    ],
    ids=["authority", "host", "time"],
)
def test_a_certificate_of_another_authority_host_or_time(
    authority: trustme.CA,
    account: Callable[..., Account],
    security: Security,
    host: str | None,
    dates: dict[str, Any],
    reason: str,
) -> None:
    inbox = Inbox()
    shown = context(authority, host, **dates) if host else context(trustme.CA())
    with serving(inbox, shown, implicit=security is Security.TLS) as port:
        said = refusal(lambda: send(letter(), account(port, security=security)))
    assert said.zh == (
        f"localhost 的证书不可信（{reason}），可能不是真正的服务器。请检查 host 和本机日期；"
        "如果单位使用自己的证书机构，请在 ca_file 中给出其证书文件。"
    )
    assert (inbox.taken, inbox.logins) == ([], [])


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_a_file_of_certificates_that_is_none(
    tmp_path: Path, account: Callable[..., Account], content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(AccountError) as wrong:
        send(letter(), account(1, ca_file=file))
    assert wrong.value.message.zh == f"ca_file 应为 PEM 格式的证书文件，{file} 不是，或者无法读取。请改正后再试。"


# --- encryption -------------------------------------------------------------------------------------------------------


def test_a_server_without_starttls_hears_a_greeting_and_nothing_else(account: Callable[..., Account]) -> None:
    def play(script: Script) -> None:
        script.greet("AUTH PLAIN LOGIN")
        script.hear_rest()

    with playing(None, play) as (port, heard):
        said = refusal(lambda: send(letter(), account(port)))
    assert heard == ["ehlo [127.0.0.1]"]
    assert said.zh == (
        f"localhost 的端口 {port} 不支持加密（STARTTLS），因此没有登录，也没有发送任何内容。"
        "请把 security 改为 tls（一般用端口 465），或询问邮箱管理员。"
    )


def test_no_server_hears_what_this_computer_is_called(
    tls: ssl.SSLContext, account: Callable[..., Account], security: Security, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "张三的电脑.intern.example.cn")

    def play(script: Script) -> None:
        script.greet()
        script.hear_rest()

    with playing(tls if security is Security.TLS else None, play) as (port, heard):
        refusal(lambda: send(letter(), account(port, security=security)))
    assert heard == ["ehlo [127.0.0.1]"]


def test_a_server_that_will_not_encrypt_now(account: Callable[..., Account]) -> None:
    def play(script: Script) -> None:
        script.greet("STARTTLS", "AUTH PLAIN")
        script.hear("STARTTLS")
        script.say("454 TLS not available")
        script.hear_rest()

    with playing(None, play) as (port, heard):
        said = refusal(lambda: send(letter(), account(port)))
    assert heard == ["ehlo [127.0.0.1]", "STARTTLS"]
    assert said.zh == "localhost 没有接受邮件，回复“454 TLS not available”。请按回复处理，或询问邮箱管理员。"


def test_what_was_said_before_encryption_counts_for_nothing(account: Callable[..., Account]) -> None:
    """Whoever sits in between can put words before the handshake (CVE-2011-0411): then there is no encryption."""

    def play(script: Script) -> None:
        script.greet("STARTTLS", "AUTH PLAIN")
        script.hear("STARTTLS")
        script.say("220 go on", "250-injected", "250 AUTH XINJECTED")
        time.sleep(0.5)

    with playing(None, play) as (port, _):
        assert refusal(lambda: send(letter(), account(port))).zh == failed(port, "无法加密")


def test_an_unencrypted_server_where_tls_is_set(over_tls: Callable[..., Account]) -> None:
    with playing(None, lambda script: script.say("220 here")) as (port, _):
        said = refusal(lambda: send(letter(), over_tls(port)))
    assert said.zh == failed(port, "无法加密")


# --- logging in -------------------------------------------------------------------------------------------------------


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


# --- addressees -------------------------------------------------------------------------------------------------------


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


# --- the server's last word -------------------------------------------------------------------------------------------


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


# --- connections that break -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["AUTH PLAIN", "DATA"])
@pytest.mark.parametrize("how", ["close", "reset"])
def test_a_connection_that_breaks_before_the_data(
    tls: ssl.SSLContext, over_tls: Callable[..., Account], step: str, how: str
) -> None:
    def play(script: Script) -> None:
        script.up_to(step)
        if how == "reset":
            script.reset()

    with playing(tls, play) as (port, _):
        assert refusal(lambda: send(letter(), over_tls(port))).zh == failed(port, "在邮件传送完毕之前中断")


def test_a_connection_that_breaks_in_the_middle_of_the_data(
    tls: ssl.SSLContext, over_tls: Callable[..., Account]
) -> None:
    def play(script: Script) -> None:
        script.up_to("")
        script.hear()
        script.reset()

    # More than the buffers on both sides of the loopback hold.
    large = letter(file=Attachment("a.xlsx", bytes(20_000_000)))
    with playing(tls, play) as (port, _):
        assert refusal(lambda: send(large, over_tls(port))).zh == failed(port, "在邮件传送完毕之前中断")


UNKNOWN = Text(
    "无法确定邮件是否已经发出：全文已交给 localhost，但在它确认之前连接中断。请先查看邮箱的“已发送”或询问收件人，再决定是否重发。",
    "It is not known whether the message was sent: all of it was handed to localhost, and the connection broke before "
    "the server confirmed it. Look into the account's sent mail, or ask an addressee, before you send it again.",
)


@pytest.mark.parametrize("ending", ["close", "reset", "half a reply", "nonsense", "silence", "a line without end"])
def test_a_server_that_does_not_confirm_has_perhaps_sent_it(
    tls: ssl.SSLContext, over_tls: Callable[..., Account], ending: str
) -> None:
    received: list[bytes] = []

    def play(script: Script) -> None:
        script.up_to("")
        received.append(script.hear_message())
        if ending == "reset":
            script.reset()
        elif ending == "half a reply":
            script.say("250-I have")
        elif ending == "nonsense":
            script.say("thank you")
        elif ending == "silence":
            script.hear_rest()
        elif ending == "a line without end":
            script.say("250 " + "x" * 10_000)

    with playing(tls, play) as (port, _), pytest.raises(PerhapsSent) as caught:
        send(letter(), over_tls(port), patience=0.3)
    assert caught.value.message == UNKNOWN
    assert parsed(received[0])["Subject"] == "指数（2024 年）"


def test_a_server_that_examines_the_message_first_may_take_longer(
    tls: ssl.SSLContext, over_tls: Callable[..., Account]
) -> None:
    def play(script: Script) -> None:
        script.up_to("")
        script.hear_message()
        time.sleep(1.3)
        script.say("250 OK")
        script.hear("QUIT")
        script.say("221 bye")

    with playing(tls, play) as (port, _):
        assert send(letter(), over_tls(port), timeout=1.0, patience=10) == {}


@pytest.mark.parametrize("ending", ["close", "421", "silence"])
def test_a_server_that_takes_it_and_ends_badly_has_taken_it(
    tls: ssl.SSLContext, over_tls: Callable[..., Account], monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("bdindex_xl.share.smtp._GOODBYE", 0.2)

    def play(script: Script) -> None:
        script.up_to("")
        script.hear_message()
        script.say("250 OK")
        if ending == "421":
            script.say("421 closing")
        elif ending == "silence":
            script.hear_rest()

    with playing(tls, play) as (port, _):
        assert send(letter(), over_tls(port)) == {}


@pytest.mark.parametrize("step", ["", "DATA"])
def test_a_server_that_falls_silent(tls: ssl.SSLContext, over_tls: Callable[..., Account], step: str) -> None:
    def play(script: Script) -> None:
        if step:
            script.up_to(step)
        script.hear_rest()

    with playing(tls, play) as (port, _):
        assert refusal(lambda: send(letter(), over_tls(port), timeout=0.5)).zh == failed(port, "没有及时回应")


def test_starttls_set_where_the_server_waits_for_tls(tls: ssl.SSLContext, account: Callable[..., Account]) -> None:
    with serving(Inbox(), tls, implicit=True) as port:
        assert refusal(lambda: send(letter(), account(port), timeout=0.3)).zh == failed(port, "没有及时回应")


def test_a_server_that_turns_everybody_away(tls: ssl.SSLContext, over_tls: Callable[..., Account]) -> None:
    with playing(tls, lambda script: script.say("554 blocked: 拒绝")) as (port, _):
        said = refusal(lambda: send(letter(), over_tls(port)))
    assert said == Text(
        "localhost 没有接受邮件，回复“554 blocked: 拒绝”。请按回复处理，或询问邮箱管理员。",
        "localhost did not accept it, and says “554 blocked: 拒绝”. Do as it says, or ask whoever runs the server.",
    )


def test_nobody_is_there(account: Callable[..., Account], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    assert refusal(lambda: send(letter(), account(port))).zh == failed(port, "拒绝连接")

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    said = refusal(lambda: send(letter(), account(port, host="smtp.example.cn")))
    assert said.zh.startswith(f"与 smtp.example.cn（端口 {port}）的连接失败：找不到该服务器。")


# --- servers that never end -------------------------------------------------------------------------------------------


def endless(script: Script, line: bytes, pause: float = 0.0) -> None:
    """The same again and again, until the other side is gone."""
    with contextlib.suppress(OSError):
        while True:
            script.connection.sendall(line)
            time.sleep(pause)


@pytest.mark.parametrize("over", ["greeting", "after TLS"])
def test_a_server_that_never_stops_talking_is_left(
    tls: ssl.SSLContext, account: Callable[..., Account], over_tls: Callable[..., Account], over: str
) -> None:
    def play(script: Script) -> None:
        if over != "greeting":
            script.say("220 here")
            script.hear("EHLO")
        endless(script, b"250-" + b"x" * 1000 + b"\r\n")

    encrypted = over == "after TLS"
    with playing(tls if encrypted else None, play) as (port, _):
        said = refusal(lambda: send(letter(), (over_tls if encrypted else account)(port)))
        assert said.zh == failed(port, "回复过长，不像是邮件服务器")


@pytest.mark.parametrize("line", [b"x", b"250-x\r\n"])
def test_a_server_that_answers_byte_by_byte_has_no_more_time_than_others(
    account: Callable[..., Account], line: bytes
) -> None:
    def play(script: Script) -> None:
        endless(script, line, pause=0.02)

    begun = time.monotonic()
    with playing(None, play) as (port, _):
        said = refusal(lambda: send(letter(), account(port), timeout=0.3))
        assert said.zh == failed(port, "没有及时回应")
    assert time.monotonic() - begun < 5


def test_a_server_that_has_the_message_and_never_stops_talking_leaves_it_open(
    tls: ssl.SSLContext, over_tls: Callable[..., Account]
) -> None:
    def play(script: Script) -> None:
        script.up_to("DATA")
        script.say("354")
        script.hear_message()
        endless(script, b"250-thank you\r\n")

    with playing(tls, play) as (port, _), pytest.raises(PerhapsSent):
        send(letter(), over_tls(port))
