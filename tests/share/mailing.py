"""What tests of sending share: a letter, and what a refusal says."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bdindex_xl.language import Text
from bdindex_xl.share import message
from bdindex_xl.share.message import Attachment
from bdindex_xl.share.send_errors import NotSent
from tests.support.mail import PASSWORD

FILE = Attachment("指数 2024_分享.xlsx", bytes(range(256)) * 40)
NOW = datetime.now(UTC)


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
