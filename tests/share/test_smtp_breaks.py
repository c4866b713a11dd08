"""Connections that break, and servers that never end: a sentence says whether the message has left."""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Callable

import pytest

from bdindex_xl.language import Text
from bdindex_xl.share.account import Account
from bdindex_xl.share.message import Attachment
from bdindex_xl.share.send_errors import PerhapsSent
from bdindex_xl.share.smtp import send
from tests.share.mailing import failed, letter, refusal
from tests.support.mail import Inbox, Script, parsed, playing, serving

# Over TLS from the first byte, the server does not know that it is encrypted, and warns.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")]


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
