"""Messages sent to real servers on the loopback: each arrives once, or a clear sentence says that it did not."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from bdindex_xl import cli
from bdindex_xl.share import message
from bdindex_xl.share.account import Account, Security
from bdindex_xl.share.message import Address, Attachment
from bdindex_xl.share.smtp import send
from bdindex_xl.share.undelivered import NotSent, PerhapsSent
from bdindex_xl.sheets import schema
from tests.support.books import small_book

# Over TLS from the start, the server does not know that it is encrypted, and warns.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

HOST, USER, PASSWORD = "localhost", "zhang@example.cn", "Pa55-wörd-密码"
SENDER = Address("张三", "zhang@example.cn")
CASE = pytest.CaptureFixture[str]


class Inbox:
    """What a server took."""

    def __init__(self, refuses: tuple[str, ...] = (), after_data: str = "250 OK") -> None:
        self.refuses, self.after_data = refuses, after_data
        self.taken: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return "550 no such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.after_data.startswith("2"):
            self.taken.append((list(envelope.rcpt_tos), envelope.content))
        return self.after_data


class Tls(Controller):
    """A server that speaks TLS from the first byte, on a port of the system's choice."""

    def factory(self) -> SMTP:
        return SMTP(self.handler, **self.SMTP_kwargs)


def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)  # a failure is the server's to say


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return file


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(inbox: Inbox, context: ssl.SSLContext | None, *, tls: bool = False, **options: Any) -> Iterator[int]:
    """A server for a moment; yields its port."""
    options = {"authenticator": check, "auth_required": True, "auth_require_tls": context is not None} | options
    if tls:
        options |= {"auth_require_tls": False}
        server = Tls(inbox, HOST, free_port(), ssl_context=context, **options)
    else:
        more = {"tls_context": context, "require_starttls": True} if context else {}
        server = Tls(inbox, HOST, free_port(), **more, **options)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def account(port: int, ca_file: Path | None, **changes: Any) -> Account:
    made = Account(HOST, port, Security.STARTTLS, SENDER, user=USER, password=PASSWORD, ca_file=ca_file)
    return replace(made, **changes)


def letter(*to: str) -> EmailMessage:
    addressees = message.addresses(to or ("李四 <li@example.cn>",))
    body = "各位：\n.以点开头的一行\n" + "很长" * 600 + "\n"
    files = [Attachment("指数 2024_分享.xlsx", bytes(range(256)) * 40)]
    return message.compose(addressees, "指数（2024 年）", body, files, sender=SENDER)


def read(content: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@pytest.mark.parametrize("security", list(Security))
def test_it_arrives_once_and_as_it_was(authority: trustme.CA, ca_file: Path, security: Security) -> None:
    inbox = Inbox()
    context = server_context(authority.issue_cert(HOST))
    with serving(inbox, context, tls=security is Security.TLS) as port:
        refused = send(letter("李四 <li@example.cn>", "wang@example.cn"), account(port, ca_file, security=security))
    assert refused == {}
    ((to, content),) = inbox.taken
    assert to == ["li@example.cn", "wang@example.cn"]
    got = read(content)
    assert (got["Subject"], got["From"].addresses[0].display_name) == ("指数（2024 年）", "张三")
    assert got["To"].addresses[0].display_name == "李四"
    assert got["Message-ID"] and got["X-Unsent"] is None
    body = got.get_body()
    assert isinstance(body, EmailMessage)
    assert body.get_content().splitlines()[:2] == ["各位：", ".以点开头的一行"]
    (attached,) = got.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("指数 2024_分享.xlsx", bytes(range(256)) * 40)
    assert max(map(len, content.splitlines())) <= 998


def refusal(work: Callable[[], object]) -> str:
    """What is said where nothing was sent; the password is never in it."""
    with pytest.raises(NotSent) as refused:
        work()
    said: str = refused.value.message.zh
    assert said.startswith("邮件没有发出：")
    for text in (said, refused.value.message.en, repr(refused.value)):
        assert PASSWORD not in text
    return said.removeprefix("邮件没有发出：")


def test_a_certificate_of_an_unknown_authority(authority: trustme.CA) -> None:
    inbox = Inbox()
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        said = refusal(lambda: send(letter(), account(port, None)))
    assert said.startswith("localhost 的证书不可信（")
    assert inbox.taken == []


def test_a_certificate_of_another_host(authority: trustme.CA, ca_file: Path) -> None:
    inbox = Inbox()
    with serving(inbox, server_context(authority.issue_cert("mail.example.cn"))) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file)))
    assert said.startswith("对方出示的证书不属于 localhost")
    assert inbox.taken == []


def test_a_certificate_that_has_expired(authority: trustme.CA, ca_file: Path) -> None:
    inbox = Inbox()
    old = authority.issue_cert(HOST, not_after=datetime.now(UTC) - timedelta(days=1))
    with serving(inbox, server_context(old), tls=True) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file, security=Security.TLS)))
    assert said.startswith("localhost 的证书不在有效期内")
    assert inbox.taken == []


def test_a_server_without_encryption_gets_neither_password_nor_message(ca_file: Path) -> None:
    inbox = Inbox()
    seen: list[str] = []

    def note(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        seen.append(mechanism)
        return AuthResult(success=True)

    with serving(inbox, None, authenticator=note, auth_required=False) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file)))
    assert said.startswith(f"localhost 的端口 {port} 不支持加密（STARTTLS）")
    assert (inbox.taken, seen) == ([], [])


@pytest.mark.parametrize("wrong", ["x", "另一个密码"])
def test_a_wrong_password(authority: trustme.CA, ca_file: Path, wrong: str) -> None:
    inbox = Inbox()
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file, password=wrong)))
    assert said.startswith("localhost 不接受 zhang@example.cn 的用户名或密码，回复“535")
    assert inbox.taken == []


def test_one_addressee_of_two_is_refused(authority: trustme.CA, ca_file: Path) -> None:
    inbox = Inbox(refuses=("wang@example.cn",))
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        refused = send(letter("li@example.cn", "wang@example.cn"), account(port, ca_file))
    assert refused == {"wang@example.cn": "550 no such user here"}
    assert [to for to, _ in inbox.taken] == [["li@example.cn"]]


def test_all_addressees_are_refused(authority: trustme.CA, ca_file: Path) -> None:
    inbox = Inbox(refuses=("li@example.cn",))
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        said = refusal(lambda: send(letter("li@example.cn"), account(port, ca_file)))
    assert said.startswith("localhost 不接受任何收件人：li@example.cn（550 no such user here）")
    assert inbox.taken == []


@pytest.mark.parametrize("reply", ["451 try later", "554 spam"])
def test_the_server_does_not_take_it_after_all(authority: trustme.CA, ca_file: Path, reply: str) -> None:
    inbox = Inbox(after_data=reply)
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file)))
    assert said.startswith(f"localhost 没有接受邮件，回复“{reply}”")


def test_it_is_too_large_for_the_server(authority: trustme.CA, ca_file: Path) -> None:
    inbox = Inbox()
    with serving(inbox, server_context(authority.issue_cert(HOST)), data_size_limit=5000) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file)))
    assert "最多接受 0.0 MB" in said
    assert inbox.taken == []


def test_nobody_is_there() -> None:
    port = free_port()
    said = refusal(lambda: send(letter(), account(port, None)))
    assert said.startswith(f"localhost 的端口 {port} 拒绝连接")
    assert refusal(lambda: send(letter(), account(port, None, host="no-such-host.invalid"))).startswith("找不到服务器")


# --- servers that break off, which no library plays -------------------------------------------------------------------


@contextlib.contextmanager
def playing(context: ssl.SSLContext, play: Callable[[Any], None]) -> Iterator[int]:
    """A server for one connection over TLS that follows a script."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            raw, _ = listening.accept()
            with raw, context.wrap_socket(raw, server_side=True) as connection:
                play(Script(connection))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        listening.close()
        thread.join(5)


class Script:
    """Says and hears lines."""

    def __init__(self, connection: ssl.SSLSocket) -> None:
        self._file = connection.makefile("rwb")

    def say(self, *lines: str) -> None:
        self._file.write("".join(f"{line}\r\n" for line in lines).encode())
        self._file.flush()

    def hear(self, start: str) -> None:
        assert self._file.readline().decode().upper().startswith(start)

    def hear_message(self) -> None:
        while self._file.readline() not in (b".\r\n", b""):
            pass

    def up_to_data(self) -> None:
        self.say("220 here")
        self.hear("EHLO")
        self.say("250-here", "250 AUTH PLAIN")
        self.hear("AUTH PLAIN")
        self.say("235 welcome")
        self.hear("MAIL")
        self.say("250 OK")
        self.hear("RCPT")
        self.say("250 OK")
        self.hear("DATA")


def quits_before_data(script: Script) -> None:
    script.say("220 here")
    script.hear("EHLO")


def quits_at_data(script: Script) -> None:
    script.up_to_data()


def quits_at_the_end(script: Script) -> None:
    script.up_to_data()
    script.say("354 go on")
    script.hear_message()


@pytest.mark.parametrize("play", [quits_before_data, quits_at_data])
def test_a_connection_that_breaks_before_the_message_is_over(
    authority: trustme.CA, ca_file: Path, play: Callable[[Any], None]
) -> None:
    with playing(server_context(authority.issue_cert(HOST)), play) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file, security=Security.TLS)))
    assert said.startswith(f"与 localhost（端口 {port}）的连接在邮件交完之前中断")


def test_a_connection_that_breaks_before_the_server_confirms(authority: trustme.CA, ca_file: Path) -> None:
    """Nobody can know then whether it was sent, and that is said."""
    with (
        playing(server_context(authority.issue_cert(HOST)), quits_at_the_end) as port,
        pytest.raises(PerhapsSent) as unknown,
    ):
        send(letter(), account(port, ca_file, security=Security.TLS))
    assert unknown.value.message.zh.startswith("不知道邮件是否已经发出")


def test_a_server_that_says_nothing(authority: trustme.CA, ca_file: Path) -> None:
    done = threading.Event()
    with playing(server_context(authority.issue_cert(HOST)), lambda _: done.wait(10) and None) as port:
        said = refusal(lambda: send(letter(), account(port, ca_file, security=Security.TLS), timeout=0.5))
        done.set()
    assert "没有及时回应" in said


# --- from the command line --------------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BDINDEX_LANG", "zh")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    source = tmp_path / "source"
    source.mkdir()
    file = tmp_path / "指数.xlsm"
    file.write_bytes(small_book(source))
    return file


def configured(monkeypatch: pytest.MonkeyPatch, port: int, ca_file: Path, password: str = PASSWORD) -> None:
    for key, value in {
        "HOST": HOST, "PORT": port, "SECURITY": "starttls", "USER": USER, "PASSWORD": password,
        "FROM": "张三 <zhang@example.cn>", "CA_FILE": ca_file,
    }.items():  # fmt: skip
        monkeypatch.setenv(f"BDINDEX_SMTP_{key}", str(value))


def test_the_command_sends_the_copy(
    book: Path, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: CASE
) -> None:
    inbox = Inbox()
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        configured(monkeypatch, port, ca_file)
        assert cli.main(["share", str(book), "--to", "li@example.cn", "--send"]) == 0
    assert "已发送给：li@example.cn" in capsys.readouterr().out
    ((_, content),) = inbox.taken
    (attached,) = read(content).iter_attachments()
    assert attached.get_content() == book.with_name("指数_分享.xlsx").read_bytes()
    assert not book.with_name("指数_分享.eml").exists()


def test_what_could_not_be_sent_is_a_draft(
    book: Path, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: CASE
) -> None:
    with serving(Inbox(), server_context(authority.issue_cert(HOST))) as port:
        configured(monkeypatch, port, ca_file, password="falsch")
        assert cli.main(["share", str(book), "--to", "li@example.cn", "--send"]) == 1
    draft = book.with_name("指数_分享.eml")
    said = capsys.readouterr().err
    assert "的用户名或密码" in said and f"邮件草稿已保存为 {draft}。" in said and "falsch" not in said
    assert read(draft.read_bytes())["To"] == "li@example.cn"


def test_nothing_is_sent_where_something_remained(
    book: Path, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: CASE
) -> None:
    from bdindex_xl.hosts.files import FileBook
    from tests.support import edit

    settings = FileBook.from_bytes(book.read_bytes()).tables()[schema.TABLE_SETTINGS]
    book.write_bytes(edit.edited(book.read_bytes(), {(settings, "F3"): "丁市除外"}))
    inbox = Inbox()
    with serving(inbox, server_context(authority.issue_cert(HOST))) as port:
        configured(monkeypatch, port, ca_file)
        assert cli.main(["share", str(book), "--only", "province", "--to", "li@example.cn", "--send"]) == 1
    assert "邮件没有发出：应移除的内容仍见于文件中（“设置”：丁市）" in capsys.readouterr().err
    assert inbox.taken == []
