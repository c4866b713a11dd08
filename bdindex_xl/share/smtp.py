"""Sends a message through a mail server, over TLS or not at all, and says for certain whether it was sent.

Where SMTP leaves it open, in the moment between the end of the message and the server's word that it has it, that is
what is said. Nothing is ever sent a second time from here.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from ..language import joined, same
from ..system.plain_files import check_plain
from . import send_errors
from .account import Account, AccountError, Security
from .message import identify, recipients
from .send_errors import NotSent, PerhapsSent

TIMEOUT = 60.0  # for each answer of the server, all of it [s]
PATIENCE = 300.0  # for its word that it has the message, which it may first examine [s]
_ITSELF = "[127.0.0.1]"  # said in greeting: a computer's name may hold Chinese, and concerns nobody
_CHUNK = 1 << 16
_MOST = 1 << 13  # bytes taken from the connection at a time
_LINES = 200  # of an answer
_DIGITS = 18  # of a size in bytes: what has more is no limit to any message
_GOODBYE = 5.0  # for the last word [s]


def send(
    message: EmailMessage, account: Account, *, timeout: float = TIMEOUT, patience: float = PATIENCE
) -> dict[str, str]:
    """Send a message to all its addressees.

    Returns the addressees that the server refused, with its words for each; all others were taken.

    Raises
    ------
    AccountError
        Where the configured certificates cannot be read; nothing was sent.
    NotSent
        Where nobody gets the message.
    PerhapsSent
        Where the connection broke after all of the message and before the server confirmed it.
    """
    to = recipients(message)
    if not to:
        raise NotSent(send_errors.NO_ADDRESSEE)
    data = _on_the_wire(identify(message, account.sender))
    context = _context(account)
    with _explained(account):
        server = _connected(account, context, timeout)
        with contextlib.closing(server):
            _log_in(server, account)
            refused = _address(server, account, to, len(data))
            _hand_over(server, account, data, patience)
            _say_goodbye(server)
    return refused


def _on_the_wire(message: EmailMessage) -> bytes:
    """The message as SMTP has it: CRLF line ends, a line that starts with a point starts with two."""
    data = re.sub(rb"(?m)^\.", b"..", message.as_bytes())
    return data if data.endswith(b"\r\n") else data + b"\r\n"


def _context(account: Account) -> ssl.SSLContext:
    """TLS that checks the certificate and the host's name."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if account.ca_file:
        try:
            check_plain(Path(account.ca_file))
            context.load_verify_locations(account.ca_file)
        except (OSError, ValueError):
            raise AccountError(send_errors.BAD_CA_FILE.format(file=account.ca_file)) from None
    return context


class _TooLong(OSError):
    """A reply of more lines than any server has to say."""


class _Reply:
    """The lines of one reply of a server, all of them within the time that the connection has for it.

    `smtplib` takes lines without end, and gives each byte of a line as long as the whole.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = b""
        self.begin()

    def begin(self) -> None:
        self._lines = 0
        self._patience = self._connection.gettimeout() or TIMEOUT
        self._until = time.monotonic() + self._patience

    def readline(self, most: int) -> bytes:
        self._lines += 1
        if self._lines > _LINES:
            raise _TooLong
        while b"\n" not in self._buffer and len(self._buffer) < most:
            data = self._received()
            if not data:
                break
            self._buffer += data
        end = min(self._buffer.find(b"\n") + 1 or len(self._buffer), most)
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        return line

    def _received(self) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        try:
            return self._connection.recv(_MOST)
        finally:
            self._connection.settimeout(self._patience)

    def close(self) -> None:
        self._buffer = b""


class _Bounded(smtplib.SMTP):
    """A client that is bounded in what it hears, and for how long."""

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock:
            self.file = _Reply(self.sock)
        elif self.file is not None:
            self.file.begin()
        return super().getreply()


class _BoundedTLS(_Bounded, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


def _connected(account: Account, context: ssl.SSLContext, timeout: float) -> smtplib.SMTP:
    """An encrypted connection, greetings exchanged."""
    if account.security is Security.TLS:
        server: smtplib.SMTP = _BoundedTLS(
            account.host, account.port, local_hostname=_ITSELF, timeout=timeout, context=context
        )
    else:
        server = _Bounded(account.host, account.port, local_hostname=_ITSELF, timeout=timeout)
    try:
        server.ehlo_or_helo_if_needed()
        if account.security is Security.STARTTLS:
            if not server.has_extn("starttls"):
                raise NotSent(send_errors.NO_STARTTLS, host=account.host, port=account.port)
            server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _log_in(server: smtplib.SMTP, account: Account) -> None:
    """Say who sends. Not left to `smtplib`, which takes ASCII passwords only and shows others in its errors."""
    if not account.user:
        return
    offered = server.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, reply = server.docmd("AUTH", "PLAIN " + _plain_login(account))
    elif "LOGIN" in offered:
        code, reply = server.docmd("AUTH", "LOGIN")
        for secret in (account.user, account.password):
            if code == 334:
                code, reply = server.docmd(_base64(secret))
    else:
        raise NotSent(send_errors.NO_LOGIN, host=account.host, offered=", ".join(offered) or "—")
    if code != 235:
        why = send_errors.WRONG_PASSWORD if code == 535 else send_errors.LOGIN_REFUSED
        raise NotSent(why, host=account.host, user=same(account.user), reply=_quoted(code, reply, account))


def _address(server: smtplib.SMTP, account: Account, to: tuple[str, ...], size: int) -> dict[str, str]:
    """Name sender and addressees; returns those refused."""
    limit = server.esmtp_features.get("size", "").split(" ")[0]
    if limit.isdecimal() and len(limit) <= _DIGITS and 0 < int(limit) < size:
        raise NotSent(send_errors.TOO_LARGE, host=account.host, size=_megabytes(size), limit=_megabytes(int(limit)))
    options = [f"SIZE={size}"] if server.has_extn("size") else []
    code, reply = server.mail(account.sender.address, options)
    if code != 250:
        why = send_errors.TOO_LARGE_SAID if code == 552 else send_errors.SENDER_REFUSED
        parts = {"sender": account.sender.address, "size": _megabytes(size)}
        raise NotSent(why, host=account.host, reply=_quoted(code, reply, account), **parts)
    refused = {}
    for address in to:
        code, reply = server.rcpt(address)
        if code not in (250, 251):
            refused[address] = _quoted(code, reply, account)
    if len(refused) == len(to):
        each = [send_errors.ONE_REFUSED.format(address=same(one), reply=same(words)) for one, words in refused.items()]
        raise NotSent(send_errors.ALL_REFUSED, host=account.host, each=joined(each, zh="；", en="; "))
    return refused


def _hand_over(server: smtplib.SMTP, account: Account, data: bytes, patience: float) -> None:
    """The message itself. Until its last line is on the way, nobody can have it; after that, only the server knows."""
    code, reply = server.docmd("DATA")
    if code != 354:
        raise NotSent(send_errors.REFUSED, host=account.host, reply=_quoted(code, reply, account))
    for start in range(0, len(data), _CHUNK):
        server.send(data[start : start + _CHUNK])
    try:
        if server.sock:
            server.sock.settimeout(patience)
        server.send(b".\r\n")
        code, reply = server.getreply()
    except (OSError, KeyboardInterrupt):
        raise PerhapsSent(account.host) from None
    if 200 <= code < 300:
        return
    if code < 400:  # nothing that SMTP knows
        raise PerhapsSent(account.host)
    why = send_errors.TOO_LARGE_SAID if code == 552 else send_errors.REFUSED
    raise NotSent(why, host=account.host, size=_megabytes(len(data)), reply=_quoted(code, reply, account))


def _say_goodbye(server: smtplib.SMTP) -> None:
    """End the connection. The server has the message; how it ends changes nothing."""
    with contextlib.suppress(OSError, KeyboardInterrupt):
        if server.sock:
            server.sock.settimeout(_GOODBYE)
        server.quit()


@contextlib.contextmanager
def _explained(account: Account) -> Iterator[None]:
    """What went wrong below, in words. It is all before the end of the message: nothing was sent."""
    parts = {"host": account.host, "port": account.port}
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        why = send_errors.CERTIFICATE.get(error.verify_code, send_errors.UNTRUSTED)
        raise NotSent(why, **parts, reason=error.verify_message) from None
    except ssl.SSLError as error:
        raise NotSent(send_errors.NO_TLS, **parts, reason=error.reason or "TLS") from None
    except socket.gaierror:
        raise NotSent(send_errors.NO_HOST, **parts) from None
    except smtplib.SMTPResponseException as error:
        reply = _quoted(error.smtp_code, error.smtp_error, account)
        raise NotSent(send_errors.TURNED_AWAY, **parts, reply=reply) from None
    except smtplib.SMTPException as error:
        whys = {TimeoutError: send_errors.TIMED_OUT, _TooLong: send_errors.TALKATIVE}
        why = next((text for kind, text in whys.items() if isinstance(error.__context__, kind)), send_errors.DROPPED)
        raise NotSent(why, **parts) from None
    except TimeoutError:
        raise NotSent(send_errors.TIMED_OUT, **parts) from None
    except ConnectionRefusedError:
        raise NotSent(send_errors.NOBODY_THERE, **parts) from None
    except ConnectionError:
        raise NotSent(send_errors.DROPPED, **parts) from None
    except OSError as error:
        raise NotSent(send_errors.NO_CONNECTION, **parts, reason=error.strerror or str(error)) from None


def _quoted(code: int, reply: bytes | str, account: Account) -> str:
    """The server's words in one line. A server that quotes what it was sent must not show the password."""
    words = reply if isinstance(reply, str) else _decoded(reply)
    for secret in (_plain_login(account), _base64(account.password), account.password) if account.password else ():
        words = words.replace(secret, "***")
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return f"{code} {line[:300]}".strip() if code > 0 else line[:300]  # smtplib has -1 for what is no code


def _decoded(reply: bytes) -> str:
    try:
        return reply.decode("utf-8")
    except UnicodeDecodeError:
        return reply.decode("gb18030", "replace")


def _plain_login(account: Account) -> str:
    return _base64(f"\0{account.user}\0{account.password}")


def _base64(text: str) -> str:
    """UTF-8 as RFC 4616 has it; what the environment held in another encoding goes as it was there."""
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f}"
