"""No letter leaves over a connection that is not encrypted, to a server that is not proven to be the one asked for."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from bdindex_xl.share.account import Account, AccountError, Security
from bdindex_xl.share.smtp import send
from tests.share.mailing import NOW, failed, letter, refusal
from tests.support.mail import HOST, Inbox, Script, context, playing, serving

# Over TLS from the first byte, the server does not know that it is encrypted, and warns.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")]


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
