"""What is said when a message was not sent, or may not have been: why, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import BdIndexError
from ..language import Text


class NotSent(BdIndexError):
    """The message has certainly not been sent."""

    def __init__(self, why: Text, parts: Mapping[str, object] | None = None) -> None:
        super().__init__(_NOT_SENT.format(why=why.format(**parts) if parts else why))


class PerhapsSent(BdIndexError):
    """It is not known whether the message has been sent."""

    def __init__(self, host: str) -> None:
        super().__init__(_UNKNOWN.format(host=host))


_NOT_SENT = Text("邮件没有发出：{why}", "The message was not sent: {why}")
_UNKNOWN = Text(
    "无法确定邮件是否已经发出：全文已交给 {host}，但在它确认之前连接中断。请先查看邮箱的“已发送”或询问收件人，"
    "再决定是否重发。",
    "It is not known whether the message was sent: all of it was handed to {host}, and the connection broke before the "
    "server confirmed it. Look into the account's sent mail, or ask an addressee, before you send it again.",
)
NO_ADDRESSEE = Text("没有收件人。请用 --to 给出收件人地址。", "it has no addressee. Give the addresses with --to.")
BAD_CA_FILE = Text(
    "ca_file 应为 PEM 格式的证书文件，{file} 不是，或者无法读取。请改正后再试。",
    "ca_file: expected a file of certificates in PEM form, and {file} is none or cannot be read. Mend it and try "
    "again.",
)
NO_CONNECTION = Text(
    "与 {host}（端口 {port}）的连接失败：{reason}。请检查服务器名、端口和网络，并确认 security 与端口相符（starttls "
    "一般为 587，tls 一般为 465）。",
    "the connection to {host}, port {port}, failed: {reason}. Check name, port and network, and that security fits the "
    "port (587 as a rule for starttls, 465 for tls).",
)
NO_HOST = Text("找不到该服务器", "there is no such server")
NOBODY_THERE = Text("拒绝连接", "it refuses connections")
SILENT = Text("没有及时回应", "it did not answer in time")
TALKATIVE = Text("回复过长，不像是邮件服务器", "it answers at a length that no mail server does")
BROKEN = Text("在邮件传送完毕之前中断", "it broke before the message was handed over")
NO_TLS = Text("无法加密", "it cannot be encrypted")
NO_STARTTLS = Text(
    "{host} 的端口 {port} 不支持加密（STARTTLS），因此没有登录，也没有发送任何内容。"
    "请把 security 改为 tls（一般用端口 465），或询问邮箱管理员。",
    "{host} offers no encryption (STARTTLS) at port {port}, so nobody logged in and nothing was handed over. Set "
    "security to tls (port 465 as a rule), or ask whoever runs the server.",
)
UNTRUSTED = Text(
    "{host} 的证书不可信（{reason}），可能不是真正的服务器。请检查 host 和本机日期；如果单位使用自己的证书机构，请在 "
    "ca_file 中给出其证书文件。",
    "the certificate of {host} is not to be trusted ({reason}): it may not be the real server. Check host and this "
    "computer's date; if your institution has a certificate authority of its own, name the file of its certificate in "
    "ca_file.",
)
NO_LOGIN = Text(
    "{host} 不接受用户名和密码登录。请询问邮箱管理员。",
    "{host} takes no login with user and password. Ask whoever runs the server.",
)
NOT_ASCII = Text(
    "user 和 password 应由英文字母、数字和符号组成。许多邮箱（QQ、163 等）要用“授权码”代替登录密码。",
    "user and password: expected plain letters, digits and signs. Many providers ask for an app password in place of "
    "the one that opens the mailbox.",
)
WRONG_PASSWORD = Text(
    "{host} 不接受 {user} 的用户名或密码，回复“{reply}”。请检查；许多邮箱（QQ、163 等）要用“授权码”代替登录密码。",
    "{host} does not accept user or password of {user}, and says “{reply}”. Check them; many providers ask for an "
    "app password in place of the one that opens the mailbox.",
)
ONE_REFUSED = Text("{address}（{reply}）", "{address} ({reply})")
ALL_REFUSED = Text(
    "{host} 不接受任何收件人：{each}。请检查地址。",
    "{host} accepts none of the addressees: {each}. Check the addresses.",
)
REFUSED = Text(
    "{host} 没有接受邮件，回复“{reply}”。请按回复处理，或询问邮箱管理员。",
    "{host} did not accept it, and says “{reply}”. Do as it says, or ask whoever runs the server.",
)
