"""The account that messages are sent from: read from the environment, a configuration file and the system's keyring.

The password is never shown: not in a message, not in a `repr`.
"""

from __future__ import annotations

import importlib
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from ..errors import BdIndexError
from ..language import Text, joined, same
from . import message


class Security(StrEnum):
    """How the connection becomes encrypted. There is no third way."""

    STARTTLS = "starttls"  # by a command, before anything of ours is said
    TLS = "tls"  # from the first byte


PORTS = {Security.STARTTLS: 587, Security.TLS: 465}
VARIABLE = "BDINDEX_SMTP_{key}"
VARIABLE_FILE = "BDINDEX_MAIL_CONFIG"
KEYRING = "bdindex"  # under which name the system's keyring holds the password
KEYS = ("host", "port", "security", "user", "password", "from", "ca_file")


@dataclass(frozen=True, slots=True)
class Account:
    """A mail server and who sends. Without `user`, the server is asked to take the message from anyone."""

    host: str
    port: int
    security: Security
    sender: message.Address
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None  # certificates to trust besides the system's


class AccountError(BdIndexError):
    """A configuration that no message can be sent with; says which entry, and what it should be."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value and where it stands."""

    value: Any = field(repr=False)
    place: str


def config_file(environment: Mapping[str, str]) -> Path:
    """Where the configuration file is, or would be."""
    named = environment.get(VARIABLE_FILE)
    if named:
        return Path(named).expanduser()
    if os.name == "nt":
        roaming = environment.get("APPDATA")
        return (Path(roaming) if roaming else Path.home() / "AppData" / "Roaming") / "bdindex" / "mail.toml"
    return Path.home() / ".config" / "bdindex" / "mail.toml"


def read_account(environment: Mapping[str, str] = os.environ) -> Account:
    """The account as configured; a variable of the environment comes before the same entry of the file.

    Raises AccountError.
    """
    file = config_file(environment)
    entries = _of_file(file) if environment.get(VARIABLE_FILE) or file.exists() else {}
    for key in KEYS:
        name = VARIABLE.format(key=key.upper())
        if environment.get(name):
            entries[key] = _Entry(environment[name], name)
    if "host" not in entries:
        raise AccountError(_NO_ACCOUNT.format(file=file))
    security = _security(entries)
    user, password = _text(entries, "user"), _text(entries, "password")
    sender = _sender(entries, user)
    if password and not user:
        user = sender.address
    if user and not password:
        password = _of_keyring(user)
        if not password:
            raise AccountError(_NO_PASSWORD.format(user=same(user), file=file))
    ca_file = _text(entries, "ca_file")
    return Account(
        host=_host(entries),
        port=_port(entries, security),
        security=security,
        sender=sender,
        user=user,
        password=password,
        ca_file=Path(ca_file).expanduser() if ca_file else None,
    )


def _of_file(file: Path) -> dict[str, _Entry]:
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise AccountError(_OPEN_TO_OTHERS.format(file=file))
            table = tomllib.loads(opened.read().decode("utf-8-sig"))
    except FileNotFoundError:
        raise AccountError(_NO_FILE.format(file=file, variable=VARIABLE_FILE)) from None
    except OSError as error:
        raise AccountError(_UNREADABLE.format(file=file, reason=error.strerror or "")) from None
    except UnicodeDecodeError:  # its own text would show what stands in the file
        raise AccountError(_NOT_UTF8.format(file=file)) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise AccountError(_NOT_TOML.format(file=file, line=line[1] if line else "?")) from None
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        keys = joined([same(key) for key in KEYS])
        raise AccountError(_UNKNOWN.format(file=file, keys=keys, found=joined([same(key) for key in unknown])))
    return {key: _Entry(value, f"{file}: {key}") for key, value in table.items()}


def _of_keyring(user: str) -> str:
    """The password that the system keeps for this user, where the package `keyring` is installed and finds it."""
    try:
        return importlib.import_module("keyring").get_password(KEYRING, user) or ""
    except Exception:  # not installed, no keyring in this session, one that is locked: all mean no password from here
        return ""


def _text(entries: Mapping[str, _Entry], key: str) -> str:
    entry = entries.get(key)
    if entry is None:
        return ""
    if not isinstance(entry.value, str):
        raise AccountError(_NOT_TEXT.format(place=entry.place))
    return entry.value if key == "password" else entry.value.strip()


def _fault(entry: _Entry, expected: Text) -> AccountError:
    return AccountError(_EXPECTED.format(place=entry.place, expected=expected, found=same(entry.value)))


def _security(entries: Mapping[str, _Entry]) -> Security:
    text = _text(entries, "security").lower()
    if not text:
        port = entries.get("port")
        return Security.TLS if port and str(port.value) == str(PORTS[Security.TLS]) else Security.STARTTLS
    try:
        return Security(text)
    except ValueError:
        raise _fault(entries["security"], _A_SECURITY) from None


def _port(entries: Mapping[str, _Entry], security: Security) -> int:
    entry = entries.get("port")
    if entry is None:
        return PORTS[security]
    text = str(entry.value).strip()
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) < 65536:
        raise _fault(entry, _A_PORT)
    return int(text)


def _host(entries: Mapping[str, _Entry]) -> str:
    try:
        host = _text(entries, "host").encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:]*::?[0-9A-Fa-f:.]+", host) or host.count(":") == 1:
        raise _fault(entries["host"], _A_HOST)
    return host


def _sender(entries: Mapping[str, _Entry], user: str) -> message.Address:
    entry = entries.get("from") or (entries["user"] if "@" in user else None)
    if entry is None:
        raise AccountError(_NO_SENDER.format(variable=VARIABLE.format(key="FROM")))
    try:
        (sender,) = message.addresses([str(entry.value)])
    except (ValueError, message.MessageRefused):
        raise _fault(entry, _AN_ADDRESS) from None
    return sender


_NO_ACCOUNT = Text(
    '没有配置发信服务器。请建立文件 {file}，写明 host、user、password、from，例如 host = "smtp.example.cn"；'
    "或设置环境变量 BDINDEX_SMTP_HOST、BDINDEX_SMTP_USER、BDINDEX_SMTP_PASSWORD、BDINDEX_SMTP_FROM。",
    "no mail server is configured. Make the file {file} with host, user, password and from, such as "
    'host = "smtp.example.org"; or set the environment variables BDINDEX_SMTP_HOST, BDINDEX_SMTP_USER, '
    "BDINDEX_SMTP_PASSWORD and BDINDEX_SMTP_FROM.",
)
_NO_FILE = Text(
    "找不到 {variable} 指定的配置文件 {file}。请检查路径。",
    "there is no configuration file {file}, which {variable} names. Check the path.",
)
_UNREADABLE = Text(
    "无法读取配置文件 {file}（{reason}）。请检查权限。",
    "the configuration file {file} cannot be read ({reason}). Check its permissions.",
)
_OPEN_TO_OTHERS = Text(
    "配置文件 {file} 可被其他用户访问，因此不予读取：其中可能有密码。请运行 chmod 600 {file} 后再试。",
    "other users have access to the configuration file {file}, so it is not read: it may hold a password. "
    "Run chmod 600 {file} and try again.",
)
_NOT_UTF8 = Text(
    "配置文件 {file} 应为 UTF-8 编码。请用记事本另存为 UTF-8。",
    "expected the configuration file {file} in UTF-8. Save it as UTF-8.",
)
_NOT_TOML = Text(
    '配置文件 {file} 第 {line} 行应为 键 = "值" 的形式。含反斜杠的路径请用单引号。',
    'expected key = "value" in line {line} of the configuration file {file}. Put a path with backslashes between '
    "single quotes.",
)
_UNKNOWN = Text(
    "配置文件 {file} 中的项应为 {keys}，实有 {found}。",
    "expected the entries {keys} in the configuration file {file}, found {found}.",
)
_NOT_TEXT = Text(
    "{place} 应为带引号的文字。请在值的两边加引号。", "{place}: expected text in quotes. Put quotes around the value."
)
_EXPECTED = Text("{place} 应为 {expected}，实为“{found}”。", "{place}: expected {expected}, found “{found}”.")
_A_SECURITY = Text("starttls 或 tls", "starttls or tls")
_A_PORT = Text("1 到 65535 的整数", "a whole number from 1 to 65535")
_A_HOST = Text("服务器名，如 smtp.example.cn（端口另填）", "a server's name such as smtp.example.org (the port apart)")
_AN_ADDRESS = Text("一个邮件地址", "one e-mail address")
_NO_SENDER = Text(
    "没有配置发件人。请在配置文件中填写 from，或设置环境变量 {variable}。",
    "no sender is configured. Give from in the configuration file, or set the environment variable {variable}.",
)
_NO_PASSWORD = Text(
    "没有找到 {user} 的密码。请在 {file} 中填写 password，或设置环境变量 BDINDEX_SMTP_PASSWORD，"
    "或运行 keyring set bdindex {user} 存入系统钥匙串。",
    "no password was found for {user}. Give password in {file}, or set the environment variable "
    "BDINDEX_SMTP_PASSWORD, or keep it in the system's keyring with keyring set bdindex {user}.",
)
