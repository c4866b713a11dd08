"""The account that messages are sent from: where its entries come from, what is refused, and a password never shown."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from types import ModuleType

import pytest

from bdindex_xl.commands.catalogue import parser
from bdindex_xl.commands.parser import subparsers
from bdindex_xl.language import LANGUAGES, Lang, Text
from bdindex_xl.share import account as accounts
from bdindex_xl.share.account import Account, AccountError, Security, read_account
from bdindex_xl.share.message import Address

SECRET = "ge-heim-密码"
FULL = {
    "BDINDEX_SMTP_HOST": "smtp.example.cn",
    "BDINDEX_SMTP_USER": "zhang@example.cn",
    "BDINDEX_SMTP_PASSWORD": SECRET,
}
POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without a configuration file, and a system without a keyring."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)
    return tmp_path


def written(folder: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    """A configuration file; returns the environment that names it."""
    file = folder / "mail.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return {"BDINDEX_MAIL_CONFIG": str(file)}


def refusal(environment: dict[str, str]) -> Text:
    """What is said of a configuration; the password is in nothing that could be shown."""
    with pytest.raises(AccountError) as wrong:
        read_account(environment)
    shown = "".join([*traceback.format_exception(wrong.value), repr(wrong.value), *wrong.value.message.both()])
    assert SECRET not in shown
    return wrong.value.message


# --- where entries come from ------------------------------------------------------------------------------------------


def test_an_account_from_the_environment_alone() -> None:
    assert read_account(FULL) == Account(
        "smtp.example.cn", 587, Security.STARTTLS, Address("", "zhang@example.cn"), "zhang@example.cn", SECRET
    )


def test_an_account_from_the_file_in_its_place(home: Path) -> None:
    folder = home / ".config" / "bdindex"
    folder.mkdir(parents=True)
    text = f"""\ufeffhost = "smtp.example.cn"\r\nport = 2525\r\nsecurity = "TLS"\r\nuser = "zhang"
password = "{SECRET}"\nfrom = "张三 <zhang@example.cn>"\nca_file = '~/ca.pem'\n"""
    environment = written(folder, text)
    expected = Account(
        "smtp.example.cn", 2525, Security.TLS, Address("张三", "zhang@example.cn"), "zhang", SECRET, home / "ca.pem"
    )
    assert read_account(environment) == expected
    if os.name == "posix":
        assert read_account({}) == expected
    assert read_account({"APPDATA": str(home / ".config")} | environment) == expected


@POSIX
def test_a_file_where_it_once_was_is_found_until_there_is_one_in_its_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
    for folder, host in ((".config", "old.example.cn"), ("elsewhere", "new.example.cn")):
        (home / folder / "bdindex").mkdir(parents=True)
        written(home / folder / "bdindex", GOOD.replace("a.cn", host, 1))
        assert read_account({}).host == host


@pytest.mark.parametrize(
    ("key", "value", "field", "taken"),
    [
        ("HOST", "b.example.cn", "host", "b.example.cn"),
        ("PORT", "465", "port", 465),
        ("SECURITY", "tls", "security", Security.TLS),
        ("USER", "wang", "user", "wang"),
        ("PASSWORD", " mit Leerzeichen ", "password", " mit Leerzeichen "),
        ("FROM", "王五 <wang@example.cn>", "sender", Address("王五", "wang@example.cn")),
        ("CA_FILE", "/ca.pem", "ca_file", Path("/ca.pem")),
    ],
)
def test_the_environment_comes_before_the_file(tmp_path: Path, key: str, value: str, field: str, taken: object) -> None:
    text = (
        f'host = "a.example.cn"\nport = 25\nsecurity = "starttls"\nuser = "z"\npassword = "{SECRET}"\nfrom = "z@x.cn"\n'
    )
    environment = written(tmp_path, text)
    before, after = read_account(environment), read_account(environment | {f"BDINDEX_SMTP_{key}": value})
    assert getattr(after, field) == taken != getattr(before, field)
    assert read_account(environment | {f"BDINDEX_SMTP_{key}": ""}) == before  # empty is not set


@pytest.mark.parametrize(
    ("more", "port", "security"),
    [
        ({}, 587, Security.STARTTLS),
        ({"BDINDEX_SMTP_PORT": "465"}, 465, Security.TLS),
        ({"BDINDEX_SMTP_PORT": "994"}, 994, Security.STARTTLS),
        ({"BDINDEX_SMTP_SECURITY": "tls"}, 465, Security.TLS),
        ({"BDINDEX_SMTP_SECURITY": "tls", "BDINDEX_SMTP_PORT": "994"}, 994, Security.TLS),
    ],
)
def test_port_and_security_follow_from_each_other(more: dict[str, str], port: int, security: Security) -> None:
    account = read_account(FULL | more)
    assert (account.port, account.security) == (port, security)


def test_a_server_that_wants_no_login_needs_a_sender_alone() -> None:
    account = read_account({"BDINDEX_SMTP_HOST": "mail.intern.example.cn", "BDINDEX_SMTP_FROM": "z@example.cn"})
    assert (account.user, account.password) == ("", "")


def test_a_password_without_a_user_is_the_senders() -> None:
    environment = {"BDINDEX_SMTP_HOST": "a.cn", "BDINDEX_SMTP_FROM": "张三 <z@x.cn>", "BDINDEX_SMTP_PASSWORD": SECRET}
    assert read_account(environment).user == "z@x.cn"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("例子.中国", "xn--fsqu00a.xn--fiqs8s"), ("::1", "::1"), ("192.0.2.1", "192.0.2.1"), (" a.cn ", "a.cn")],
)
def test_hosts_of_every_kind(typed: str, read: str) -> None:
    assert read_account(FULL | {"BDINDEX_SMTP_HOST": typed}).host == read


# --- the keyring ------------------------------------------------------------------------------------------------------

WITHOUT = {key: value for key, value in FULL.items() if not key.endswith("PASSWORD")}


def keyring(monkeypatch: pytest.MonkeyPatch, kept: str | Exception | None) -> list[tuple[str, str]]:
    """A keyring that holds this for everybody; returns what it was asked for."""
    asked = []

    def get_password(service: str, user: str) -> str | None:
        asked.append((service, user))
        if isinstance(kept, Exception):
            raise kept
        return kept

    module = ModuleType("keyring")
    module.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    return asked


def test_a_password_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = keyring(monkeypatch, SECRET)
    assert read_account(WITHOUT).password == SECRET
    assert asked == [("bdindex", "zhang@example.cn")]


def test_the_keyring_is_not_opened_where_the_password_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = keyring(monkeypatch, "another")
    assert read_account(FULL).password == SECRET
    assert asked == []


@pytest.mark.parametrize("kept", [None, "", RuntimeError(f"locked {SECRET}")])
def test_a_keyring_that_has_no_password(monkeypatch: pytest.MonkeyPatch, kept: str | Exception | None) -> None:
    keyring(monkeypatch, kept)
    assert "keyring set bdindex zhang@example.cn" in refusal(WITHOUT).zh


# --- what is missing and what is wrong --------------------------------------------------------------------------------


def test_nothing_is_configured(home: Path) -> None:
    file = accounts.config_file({})
    assert home in file.parents and file.name == "mail.toml"
    assert refusal({}) == Text(
        f'没有配置发信服务器。请建立文件 {file}，写明 host、user、password、from，例如 host = "smtp.example.cn"；'
        "或设置环境变量 BDINDEX_SMTP_HOST、BDINDEX_SMTP_USER、BDINDEX_SMTP_PASSWORD、BDINDEX_SMTP_FROM。",
        f"no mail server is configured. Make the file {file} with host, user, password and from, such as "
        'host = "smtp.example.org"; or set the environment variables BDINDEX_SMTP_HOST, BDINDEX_SMTP_USER, '
        "BDINDEX_SMTP_PASSWORD and BDINDEX_SMTP_FROM.",
    )


def test_all_that_is_missing_is_named_in_one_message() -> None:
    file = accounts.config_file({})
    assert refusal({"BDINDEX_SMTP_USER": "zhang"}) == Text(
        f"发信账户的配置缺少 host、from、password。请在 {file} 中填写，"
        "或设置环境变量 BDINDEX_SMTP_HOST、BDINDEX_SMTP_FROM、BDINDEX_SMTP_PASSWORD。"
        "密码也可用 keyring set bdindex zhang 存入系统密钥环。",
        f"the account to send from lacks host, from, password. Give what is missing in {file}, "
        "or set BDINDEX_SMTP_HOST, BDINDEX_SMTP_FROM, BDINDEX_SMTP_PASSWORD in the environment. "
        "The password may also be kept in the system's keyring, with keyring set bdindex zhang.",
    )


@pytest.mark.parametrize(
    ("environment", "keys"),
    [
        ({"BDINDEX_SMTP_HOST": "a.cn"}, "from"),
        ({"BDINDEX_SMTP_FROM": "z@x.cn"}, "host"),
        ({"BDINDEX_SMTP_USER": "z@x.cn"}, "host、password"),
        ({"BDINDEX_SMTP_PASSWORD": SECRET}, "host、from"),
        ({"BDINDEX_SMTP_HOST": "a.cn", "BDINDEX_SMTP_USER": "z", "BDINDEX_SMTP_PASSWORD": SECRET}, "from"),
    ],
)
def test_what_is_missing_follows_from_what_is_there(environment: dict[str, str], keys: str) -> None:
    assert refusal(environment).zh.startswith(f"发信账户的配置缺少 {keys}。")


def test_an_entry_left_empty_in_the_file_is_missing(tmp_path: Path) -> None:
    said = refusal(written(tmp_path, 'host = ""\nuser = "zhang@example.cn"\npassword = ""\n'))
    assert said.zh.startswith("发信账户的配置缺少 host、password。")
    assert refusal(written(tmp_path, 'host = ""\n')).zh.startswith("没有配置发信服务器。")


def test_all_that_is_wrong_is_named_in_one_message() -> None:
    wrong = {"HOST": "smtp.example.cn:587", "PORT": "0", "SECURITY": "none", "FROM": "张三"}
    said = refusal(FULL | {f"BDINDEX_SMTP_{key}": value for key, value in wrong.items()})
    assert said.zh.splitlines() == [
        "BDINDEX_SMTP_SECURITY 应为 starttls 或 tls，实为“none”。",
        "BDINDEX_SMTP_HOST 应为服务器名，如 smtp.example.cn（端口另填），实为“smtp.example.cn:587”。",
        "BDINDEX_SMTP_PORT 应为 1 到 65535 的整数，实为“0”。",
        "BDINDEX_SMTP_FROM 应为一个邮件地址，实为“张三”。",
    ]
    assert said.en.splitlines() == [
        "BDINDEX_SMTP_SECURITY: expected starttls or tls, found “none”.",
        "BDINDEX_SMTP_HOST: expected a server's name such as smtp.example.org (the port apart), found “smtp.example.cn:587”.",
        "BDINDEX_SMTP_PORT: expected a whole number from 1 to 65535, found “0”.",
        "BDINDEX_SMTP_FROM: expected one e-mail address, found “张三”.",
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("host", "a b"), ("host", "https://a.cn"), ("host", "a.cn\r\nX"), ("port", "65536"), ("port", "५"),
        ("security", "ssl"), ("from", "a@x.cn, b@x.cn"),
        ("from", "张三\r\nBcc: b@y.cn <a@x.cn>"),
    ],
)  # fmt: skip
def test_an_entry_that_is_none(key: str, value: str) -> None:
    said = refusal(FULL | {f"BDINDEX_SMTP_{key.upper()}": value})
    assert said.zh.startswith(f"BDINDEX_SMTP_{key.upper()} 应为") and said.zh.endswith(f"，实为“{value}”。")


GOOD = f'host = "a.cn"\nuser = "u@a.cn"\npassword = "{SECRET}"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + 'passwort = "x"', "配置文件 {file} 中的项应为 host、port、security、user、password、from、ca_file，实有 passwort。"),
        (GOOD + 'x = "unended', '配置文件 {file} 第 4 行应为 键 = "值" 的形式。含反斜杠的路径请用单引号。'),
        (GOOD + "ca_file = \"C:\\Users\\ca.pem\"", '配置文件 {file} 第 4 行应为 键 = "值" 的形式。含反斜杠的路径请用单引号。'),
        (GOOD.replace(f'"{SECRET}"', SECRET), '配置文件 {file} 第 3 行应为 键 = "值" 的形式。含反斜杠的路径请用单引号。'),
        (GOOD.replace(f'"{SECRET}"', "12345678"), "{file}: password 应为带引号的文字。请在值的两边加引号。"),
        (GOOD + "security = 1", "{file}: security 应为带引号的文字。请在值的两边加引号。"),
        (GOOD + "port = true", "{file}: port 应为 1 到 65535 的整数，实为“True”。"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_named_and_no_password_shown(tmp_path: Path, text: str, said: str) -> None:
    environment = written(tmp_path, text)
    assert refusal(environment).zh == said.format(file=environment["BDINDEX_MAIL_CONFIG"])


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    environment = written(tmp_path, "")
    file = Path(environment["BDINDEX_MAIL_CONFIG"])
    file.write_bytes(GOOD.encode("gb18030"))
    assert refusal(environment).zh == f"配置文件 {file} 应为 UTF-8 编码。请用记事本另存为 UTF-8。"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    missing = refusal(FULL | {"BDINDEX_MAIL_CONFIG": str(tmp_path / "no.toml")})
    assert missing.zh == f"找不到 BDINDEX_MAIL_CONFIG 指定的配置文件 {tmp_path / 'no.toml'}。请检查路径。"
    assert refusal(FULL | {"BDINDEX_MAIL_CONFIG": "~nobody-of-this-name/mail.toml"}).zh.startswith("找不到")
    (tmp_path / ".config").write_text("a file where a folder is looked for")
    assert read_account(FULL).host == "smtp.example.cn"


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_file_that_others_have_access_to_is_refused(tmp_path: Path, mode: int) -> None:
    environment = written(tmp_path, GOOD, mode)
    file = environment["BDINDEX_MAIL_CONFIG"]
    assert refusal(environment) == Text(
        f"配置文件 {file} 可被其他用户访问，因此不予读取：其中可能有密码。请运行 chmod 600 {file} 后再试。",
        f"other users have access to the configuration file {file}, so it is not read: it may hold a password. "
        f"Run chmod 600 {file} and try again.",
    )
    for good in (0o600, 0o400):
        Path(file).chmod(good)
        assert read_account(environment).host == "a.cn"


@POSIX
def test_a_folder_in_its_place(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    said = refusal({"BDINDEX_MAIL_CONFIG": str(tmp_path)})
    assert said.en == f"the configuration file {tmp_path} cannot be read (Is a directory). Check its permissions."


# --- the password -----------------------------------------------------------------------------------------------------


def test_the_password_is_in_no_representation() -> None:
    account = read_account(FULL)
    assert SECRET not in repr(account) and SECRET not in str(account) and SECRET not in f"{account}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_command_takes_a_password(lang: Lang) -> None:
    """Other users of a computer see the command lines of all."""
    commands = subparsers(parser(lang))
    options = [
        option for command in commands.values() for a in command._actions for option in (*a.option_strings, a.dest)
    ]
    assert "--send" in options
    assert not [option for option in options if "pass" in option.lower() or "smtp" in option.lower()]
