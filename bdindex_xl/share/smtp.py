"""Sends a message through a mail server by `smtplib`, over TLS or not at all.

Where SMTP leaves it open whether the message went, in the moment between its end and the server's word that it has it,
that is what is said. Nothing is ever sent a second time from here.
"""

from __future__ import annotations

import base64
import contextlib
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from ..language import Text, joined, same
from ..system.plain_files import check_plain
from . import send_errors
from .account import Account, AccountError, Security
from .message import identify, recipients
from .send_errors import NotSent, PerhapsSent

TIMEOUT = 60.0  # for each answer of the server, all of it [s]
PATIENCE = 300.0  # for its word that it has the message, which it may first examine [s]
_ITSELF = "[127.0.0.1]"  # said in greeting: a computer's name may hold Chinese, and concerns nobody
_MOST = 1 << 15  # bytes of an answer
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
    data = identify(message, account.sender).as_bytes()
    context = _context(account)
    with _explained(account), contextlib.closing(_connected(account, context, timeout)) as server:
        server.called, server.patience = account.host, patience
        if account.security is Security.STARTTLS:
            server.starttls(context=context)
        if account.user:
            server.login(account.user, account.password)
        refused = server.sendmail(account.sender.address, to, data)
        with contextlib.suppress(OSError, KeyboardInterrupt):  # the server has it; how it ends changes nothing
            server.wait(_GOODBYE)
            server.quit()
    return {address: _quoted(*reply, account) for address, reply in refused.items()}


def _connected(account: Account, context: ssl.SSLContext, timeout: float) -> _Server:
    place = (account.host, account.port, _ITSELF)
    if account.security is Security.TLS:
        return _ServerTLS(*place, timeout=timeout, context=context)
    return _Server(*place, timeout=timeout)


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
    """A reply longer than any server's."""


class _Reply:
    """One reply of a server, bounded in length and time.

    `smtplib` takes lines without end, and gives each byte of a line as long as the whole.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._left = connection, _MOST
        self._patience = connection.gettimeout() or TIMEOUT
        self._until = time.monotonic() + self._patience

    def readline(self, most: int) -> bytes:
        line = bytearray()
        while not line.endswith(b"\n") and len(line) < most and (byte := self._received()):
            line += byte
        return bytes(line)

    def _received(self) -> bytes:
        """The next byte, and none of what may come after the reply."""
        self._left -= 1
        if self._left < 0:
            raise _TooLong
        remaining = self._until - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        self._connection.settimeout(remaining)
        try:
            return self._connection.recv(1)
        finally:
            self._connection.settimeout(self._patience)

    def close(self) -> None:
        pass


class _Server(smtplib.SMTP):
    """A client that is bounded in what it hears, and says where it is open whether the message went."""

    called, patience = "", PATIENCE
    _handed_over = False

    def getreply(self) -> tuple[int, bytes]:
        self.file = _Reply(self.sock) if self.sock else None
        return super().getreply()

    def send(self, s: Any) -> None:
        super().send(s)
        if isinstance(s, bytes):  # commands are text; the message comes as bytes, its last line with it
            self._handed_over = True
            self.wait(self.patience)

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Until the last line of the message is on the way, nobody can have it; after that, only the server knows."""
        try:
            code, reply = super().data(msg)
        except (OSError, KeyboardInterrupt):
            if self._handed_over:
                raise PerhapsSent(self.called) from None
            raise
        if code != 250 and code < 400:  # nothing that SMTP knows
            raise PerhapsSent(self.called)
        return code, reply

    def wait(self, seconds: float) -> None:
        """How long the next replies may take."""
        if self.sock:
            self.sock.settimeout(seconds)


class _ServerTLS(_Server, smtplib.SMTP_SSL):
    """The same, over TLS from the first byte."""


@contextlib.contextmanager
def _explained(account: Account) -> Iterator[None]:
    """What went wrong below, in words. It is all before the end of the message: nothing was sent."""
    try:
        yield
    except (OSError, UnicodeEncodeError) as error:  # all of smtplib's are OSErrors
        raise NotSent(*_why(error, account)) from None


def _why(error: Exception, account: Account) -> tuple[Text, dict[str, object]]:
    """What to say of an error, and the parts of it."""
    parts: dict[str, object] = {"host": account.host, "port": account.port, "user": same(account.user)}
    if isinstance(error, UnicodeEncodeError):  # which shows the password
        return send_errors.NOT_ASCII, parts
    if isinstance(error, ssl.SSLCertVerificationError):
        return send_errors.UNTRUSTED, parts | {"reason": error.verify_message}
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        each = [
            send_errors.ONE_REFUSED.format(address=same(address), reply=same(_quoted(*reply, account)))
            for address, reply in error.recipients.items()
        ]
        return send_errors.ALL_REFUSED, parts | {"each": joined(each, zh="；", en="; ")}
    if isinstance(error, smtplib.SMTPResponseException):
        known = isinstance(error, smtplib.SMTPAuthenticationError)
        why = send_errors.WRONG_PASSWORD if known else send_errors.REFUSED
        return why, parts | {"reply": _quoted(error.smtp_code, error.smtp_error, account)}
    if isinstance(error, smtplib.SMTPNotSupportedError) and "STARTTLS" in str(error):
        return send_errors.NO_STARTTLS, parts
    if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
        return send_errors.NO_LOGIN, parts  # all that is left of them: no way of logging in that both sides know
    return send_errors.NO_CONNECTION, parts | {"reason": _reason(error)}


def _reason(error: Exception) -> Text:
    """Why there is no connection, or no more."""
    cause = error.__context__ if isinstance(error, smtplib.SMTPServerDisconnected) else error
    reasons = {
        TimeoutError: send_errors.SILENT, _TooLong: send_errors.TALKATIVE, ssl.SSLEOFError: send_errors.BROKEN,
        ssl.SSLError: send_errors.NO_TLS,
        socket.gaierror: send_errors.NO_HOST, ConnectionRefusedError: send_errors.NOBODY_THERE,
    }  # fmt: skip
    found = next((text for kind, text in reasons.items() if isinstance(cause, kind)), None)
    broken = isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError)
    return found or (send_errors.BROKEN if broken else same(getattr(error, "strerror", None) or str(error)))


def _quoted(code: int, reply: bytes | str, account: Account) -> str:
    """The server's words in one line. A server that quotes what it was sent must not show the password."""
    words = reply if isinstance(reply, str) else _decoded(reply)
    for secret in (f"\0{account.user}\0{account.password}", account.password) if account.password else ():
        words = words.replace(base64.b64encode(secret.encode("utf-8", "replace")).decode(), "***")
        words = words.replace(secret, "***")
    line = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    return f"{code} {line[:300]}".strip() if code > 0 else line[:300]  # smtplib has -1 for what is no code


def _decoded(reply: bytes) -> str:
    try:
        return reply.decode("utf-8")
    except UnicodeDecodeError:
        return reply.decode("gb18030", "replace")
