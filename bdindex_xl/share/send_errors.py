"""What is said when a message was not sent, or may not have been: why, and what to do, in both languages."""

from __future__ import annotations

from ..errors import BdIndexError
from ..language import Text


class NotSent(BdIndexError):
    """The message has certainly not been sent."""

    def __init__(self, why: Text, **parts: object) -> None:
        super().__init__(_NOT_SENT.format(why=why.format(**parts)))


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
NO_HOST = Text(
    "找不到服务器 {host}。请检查服务器名和网络连接。",
    "there is no server {host} to be found. Check its name and the network.",
)
NOBODY_THERE = Text(
    "{host} 的端口 {port} 拒绝连接。请检查服务器名和端口（starttls 一般为 587，tls 一般为 465）。",
    "{host} refuses connections at port {port}. Check name and port (587 as a rule for starttls, 465 for tls).",
)
NO_CONNECTION = Text(
    "无法连接 {host} 的端口 {port}（{reason}）。请检查网络连接。",
    "there is no connection to {host}, port {port} ({reason}). Check the network.",
)
TIMED_OUT = Text(
    "{host} 的端口 {port} 没有及时回应。请检查网络，并确认 security 与端口相符（starttls 一般为 587，tls 一般为 "
    "465）。",
    "{host} did not answer in time at port {port}. Check the network, and that security fits the port (587 as a rule "
    "for starttls, 465 for tls).",
)
TALKATIVE = Text(
    "{host}（端口 {port}）的回复过长，不像是邮件服务器。请检查服务器名和端口。",
    "{host}, port {port}, answers at a length that no mail server does. Check name and port.",
)
DROPPED = Text(
    "与 {host}（端口 {port}）的连接在邮件传送完毕之前中断。请稍后再试。",
    "the connection to {host}, port {port}, broke before the message was handed over. Try again later.",
)
TURNED_AWAY = Text(
    "{host}（端口 {port}）拒绝服务，回复“{reply}”。请稍后再试，或询问邮箱管理员。",
    "{host}, port {port}, turned us away with “{reply}”. Try again later, or ask whoever runs the server.",
)
NO_STARTTLS = Text(
    "{host} 的端口 {port} 不支持加密（STARTTLS），因此没有登录，也没有发送任何内容。"
    "请把 security 改为 tls（一般用端口 465），或询问邮箱管理员。",
    "{host} offers no encryption (STARTTLS) at port {port}, so nobody logged in and nothing was handed over. Set "
    "security to tls (port 465 as a rule), or ask whoever runs the server.",
)
NO_TLS = Text(
    "与 {host}（端口 {port}）无法建立加密连接（{reason}）。"
    "请确认 security 与端口相符（starttls 一般为 587，tls 一般为 465）。",
    "no encrypted connection to {host}, port {port}, came about ({reason}). Check that security fits the port (587 "
    "as a rule for starttls, 465 for tls).",
)
_EXPIRED = Text(
    "{host} 的证书不在有效期内。请检查本机日期；日期无误时请邮箱管理员更换证书。",
    "the certificate of {host} is not valid at this date. Check this computer's date; if it is right, whoever runs the "
    "server must renew the certificate.",
)
_OTHER_HOST = Text(
    "对方出示的证书不属于 {host}，可能不是真正的服务器。请检查 host 是否与证书上的名称一致。",
    "the certificate shown is not that of {host}: it may not be the real server. Check that host is the name in the "
    "certificate.",
)
UNTRUSTED = Text(
    "{host} 的证书不可信（{reason}），可能不是真正的服务器。如果单位使用自己的证书机构，请在 ca_file "
    "中给出其证书文件。",
    "the certificate of {host} is not to be trusted ({reason}): it may not be the real server. If your institution has "
    "a certificate authority of its own, name the file of its certificate in ca_file.",
)
CERTIFICATE = {9: _EXPIRED, 10: _EXPIRED, 62: _OTHER_HOST, 64: _OTHER_HOST}  # by OpenSSL's number of the fault
NO_LOGIN = Text(
    "{host} 不接受用户名和密码登录（它提供的方式：{offered}）。请询问邮箱管理员。",
    "{host} takes no login with user and password (it offers: {offered}). Ask whoever runs the server.",
)
WRONG_PASSWORD = Text(
    "{host} 不接受 {user} 的用户名或密码，回复“{reply}”。请检查；许多邮箱（QQ、163 等）要用“授权码”代替登录密码。",
    "{host} does not accept user or password of {user}, and says “{reply}”. Check them; many providers ask for an "
    "app password in place of the one that opens the mailbox.",
)
LOGIN_REFUSED = Text(
    "{host} 拒绝登录，回复“{reply}”。请按回复处理，或询问邮箱管理员。",
    "{host} refused the login with “{reply}”. Do as it says, or ask whoever runs the server.",
)
SENDER_REFUSED = Text(
    "{host} 不接受发件人 {sender}，回复“{reply}”。请把 from 改为该账户自己的地址。",
    "{host} does not accept {sender} as sender, and says “{reply}”. Set from to the account's own address.",
)
TOO_LARGE = Text(
    "邮件有 {size} MB，{host} 最多接受 {limit} MB。请减少附件，或另行传送文件。",
    "it has {size} MB, and {host} takes {limit} MB at most. Attach less, or pass the file on another way.",
)
TOO_LARGE_SAID = Text(
    "邮件有 {size} MB，{host} 认为过大，回复“{reply}”。请减少附件，或另行传送文件。",
    "it has {size} MB, which is too large for {host}: it says “{reply}”. Attach less, or pass the file on another way.",
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
