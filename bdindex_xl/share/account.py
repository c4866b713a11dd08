"""The account that messages are sent from: read from the environment, a configuration file and the system's keyring.

The password is never shown: not in a message, not in a `repr`.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import platformdirs

from ..errors import BdIndexError
from ..language import Text, joined, same
from ..system.keyring_passwords import KEYRING, of_keyring
from ..system.plain_files import check_plain
from . import message


class Security(StrEnum):
    """How the connection becomes encrypted. There is no third way."""

    STARTTLS = "starttls"  # by a command, before anything of ours is said
    TLS = "tls"  # from the first byte


PORTS = {Security.STARTTLS: 587, Security.TLS: 465}
VARIABLE = "BDINDEX_SMTP_{key}"
VARIABLE_FILE = "BDINDEX_MAIL_CONFIG"
_Entries: TypeAlias = dict[str, tuple[Any, str]]  # each value and where it stands
T = TypeVar("T")
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
    """A configuration that no message can be sent with; says of every entry at fault what it should be."""

    rule = "account"


def config_file(environment: Mapping[str, str]) -> Path:
    """Where the configuration file is, or would be."""
    named = environment.get(VARIABLE_FILE)
    if named:
        return _path(named)
    file = platformdirs.user_config_path("bdindex", appauthor=False, roaming=True) / "mail.toml"
    before = _path("~/.config/bdindex/mail.toml")  # on every system but Windows, once
    return before if before.exists() and not file.exists() else file


def _path(text: str) -> Path:
    """A path as typed; one in a home that cannot be found stays as it is, where `Path.expanduser` breaks off."""
    return Path(os.path.expanduser(text))


def read_account(environment: Mapping[str, str] = os.environ) -> Account:
    """The account as configured; a variable of the environment comes before the same entry of the file.

    Raises AccountError.
    """
    file = config_file(environment)
    table = _of_file(file, must_exist=bool(environment.get(VARIABLE_FILE)))
    entries = {key: (value, f"{file}: {key}") for key, value in table.items()}
    names = {key: VARIABLE.format(key=key.upper()) for key in KEYS}
    entries |= {key: (environment[name], name) for key, name in names.items() if environment.get(name)}
    entries = {key: entry for key, entry in entries.items() if entry[0] != ""}
    if not entries:
        raise AccountError(_NO_ACCOUNT.format(file=file))
    return _account(_complete(entries, file))


def _complete(entries: _Entries, file: Path) -> _Entries:
    """The entries with those that follow from others. Raises AccountError naming all that are missing."""
    user = str(entries["user"][0]) if "user" in entries else ""
    whole = dict(entries)
    if "@" in user:
        whole.setdefault("from", entries["user"])
    if user and "password" not in whole and (kept := of_keyring(user)):
        whole["password"] = kept, KEYRING
    needed = ("host", "from", "password") if user else ("host", "from")
    missing = [key for key in needed if key not in whole]
    if missing:
        variables = joined([same(VARIABLE.format(key=key.upper())) for key in missing])
        advice = _KEYRING.format(user=same(user)) if "password" in missing else same("")
        keys = joined([same(key) for key in missing])
        raise AccountError(_MISSING.format(keys=keys, file=file, variables=variables, advice=advice))
    return whole


def _account(entries: _Entries) -> Account:
    """The account that the entries give. Raises AccountError naming all that are wrong."""
    faults: list[Text] = []

    def taken(key: str, read: Callable[[str], T], default: T) -> T:
        value, place = entries.get(key, ("", ""))
        if key != "port" and not isinstance(value, str):
            faults.append(_NOT_TEXT.format(place=place))
        elif value != "":
            try:
                return read(str(value))
            except (ValueError, message.MessageRefused):
                faults.append(_EXPECTED.format(place=place, expected=_A[key], found=same(value)))
        return default

    by_port = str(entries.get("port", ("",))[0]) == str(PORTS[Security.TLS])
    security = taken("security", _security, Security.TLS if by_port else Security.STARTTLS)
    host = taken("host", _host, "")
    port = taken("port", _port, PORTS[security])
    user, password = taken("user", str.strip, ""), taken("password", str, "")
    sender = taken("from", _sender, None)
    ca_file = taken("ca_file", _path, None)
    if faults or sender is None:
        raise AccountError(joined(faults, zh="\n", en="\n"))
    return Account(host, port, security, sender, user or (sender.address if password else ""), password, ca_file)


def _of_file(file: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        check_plain(file)
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise AccountError(_OPEN_TO_OTHERS.format(file=file))
            text = opened.read().decode("utf-8-sig")
        table = tomllib.loads(text)
    except (FileNotFoundError, NotADirectoryError):
        if not must_exist:
            return {}
        raise AccountError(_NO_FILE.format(file=file, variable=VARIABLE_FILE)) from None
    except OSError as error:
        raise AccountError(_UNREADABLE.format(file=file, reason=error.strerror or "")) from None
    except UnicodeDecodeError:  # its own text would show what stands in the file
        raise AccountError(_NOT_UTF8.format(file=file)) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))  # or at the end of the document
        last = len(text.rstrip().splitlines())
        raise AccountError(_NOT_TOML.format(file=file, line=line[1] if line else last)) from None
    unknown = sorted(set(table) - set(KEYS))
    if unknown:
        keys = joined([same(key) for key in KEYS])
        raise AccountError(_UNKNOWN.format(file=file, keys=keys, found=joined([same(key) for key in unknown])))
    return table


def _security(text: str) -> Security:
    return Security(text.strip().lower())


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text.strip()) or not 0 < int(text) < 65536:
        raise ValueError
    return int(text)


def _host(text: str) -> str:
    host = text.strip().encode("idna").decode("ascii")  # a UnicodeError is a ValueError
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9A-Fa-f:]*::?[0-9A-Fa-f:.]+", host) or host.count(":") == 1:
        raise ValueError
    return host


def _sender(text: str) -> message.Address:
    (sender,) = message.addresses([text])
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
_A = {
    "security": Text("starttls 或 tls", "starttls or tls"),
    "port": Text("1 到 65535 的整数", "a whole number from 1 to 65535"),
    "host": Text(
        "服务器名，如 smtp.example.cn（端口另填）", "a server's name such as smtp.example.org (the port apart)"
    ),
    "from": Text("一个邮件地址", "one e-mail address"),
}
_MISSING = Text(
    "发信账户的配置缺少 {keys}。请在 {file} 中填写，或设置环境变量 {variables}。{advice}",
    "the account to send from lacks {keys}. Give what is missing in {file}, or set {variables} in the environment."
    "{advice}",
)
_KEYRING = Text(
    "密码也可用 keyring set " + KEYRING + " {user} 存入系统密钥环。",
    " The password may also be kept in the system's keyring, with keyring set " + KEYRING + " {user}.",
)
