"""`bdindex share --send`, as a user types it: the copy arrives, or a draft of the message stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from bdindex_xl import cli
from bdindex_xl.hosts.files import FileBook
from bdindex_xl.sheets import schema
from tests.support import edit
from tests.support.books import small_book
from tests.support.mail import HOST, PASSWORD, USER, Inbox, context, parsed, serving

pytestmark = pytest.mark.slow

CASE = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    return file


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
    with serving(inbox, context(authority)) as port:
        configured(monkeypatch, port, ca_file)
        assert cli.main(["share", str(book), "--to", "li@example.cn", "--send"]) == 0
    assert "已发送给：li@example.cn" in capsys.readouterr().out
    ((_, _, content),) = inbox.taken
    (attached,) = parsed(content).iter_attachments()
    assert attached.get_content() == book.with_name("指数_分享.xlsx").read_bytes()
    assert not book.with_name("指数_分享.eml").exists()


def test_what_could_not_be_sent_is_a_draft(
    book: Path, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: CASE
) -> None:
    with serving(Inbox(), context(authority)) as port:
        configured(monkeypatch, port, ca_file, password="falsch")
        assert cli.main(["share", str(book), "--to", "li@example.cn", "--send"]) == 1
    draft = book.with_name("指数_分享.eml")
    said = capsys.readouterr().err
    assert "的用户名或密码" in said and f"邮件草稿已保存为 {draft}。" in said and "falsch" not in said
    assert parsed(draft.read_bytes())["To"] == "li@example.cn"


def test_nothing_is_sent_where_something_remained(
    book: Path, authority: trustme.CA, ca_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: CASE
) -> None:
    settings = FileBook.from_bytes(book.read_bytes()).tables()[schema.SETTINGS.table]
    book.write_bytes(edit.edited(book.read_bytes(), {(settings, "F3"): "丁市除外"}))
    inbox = Inbox()
    with serving(inbox, context(authority)) as port:
        configured(monkeypatch, port, ca_file)
        assert cli.main(["share", str(book), "--only", "province", "--to", "li@example.cn", "--send"]) == 1
    assert "邮件没有发出：应移除的内容仍见于文件中（“设置”：丁市）" in capsys.readouterr().err
    assert inbox.taken == []
