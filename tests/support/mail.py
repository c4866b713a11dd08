"""Mail servers on the loopback: one of a library, which takes messages, and one that follows a script and breaks off."""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

HOST, USER, PASSWORD = "localhost", "zhang@example.cn", "Pa55-w/rd=+9"


def context(authority: trustme.CA, host: str = HOST, **dates: Any) -> ssl.SSLContext:
    """TLS of a server with a certificate of this authority."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host, **dates).configure_cert(made)
    return made


def parsed(content: bytes) -> EmailMessage:
    """A message as Python's current parser has it."""
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


@dataclass
class Inbox:
    """What a server took, and who logged in how; `refuses` addressees, and says `after_data` to every message."""

    refuses: dict[str, str] = field(default_factory=dict)
    after_data: str = "250 OK"
    taken: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    logins: list[tuple[str, str, str]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.after_data.startswith("2"):
            self.taken.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        return self.after_data

    def check(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((mechanism, data.login.decode(), data.password.decode()))
        right = self.logins[-1][1:] == (USER, PASSWORD)
        return AuthResult(success=right, handled=right)  # a failure is the server's to say


@contextlib.contextmanager
def serving(inbox: Inbox, tls: ssl.SSLContext | None, *, implicit: bool = False, **options: Any) -> Iterator[int]:
    """A server that wants a login, after STARTTLS or over TLS from the first byte; yields its port."""
    starttls: dict[str, Any] = {"tls_context": tls, "require_starttls": True} if tls and not implicit else {}
    # Over TLS from the first byte, the library does not know that it is encrypted.
    wanted: dict[str, Any] = {"authenticator": inbox.check, "auth_required": True, "auth_require_tls": bool(starttls)}
    loop = asyncio.new_event_loop()

    def made() -> SMTP:
        return SMTP(inbox, loop=loop, **(wanted | starttls | options))

    begun = loop.create_server(made, "127.0.0.1", 0, ssl=tls if implicit else None)
    server = loop.run_until_complete(begun)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(_ended(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _ended(server: asyncio.Server) -> None:
    server.close()
    await server.wait_closed()
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await asyncio.sleep(0)  # for transports to close


class Script:
    """One connection of a server that says what it is told to, and keeps every line that it hears."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.heard: list[str] = []
        self._file = connection.makefile("rb")

    def say(self, *lines: str) -> None:
        self.connection.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def hear(self, start: str = "") -> str:
        line = self._file.readline().decode().removesuffix("\r\n")
        self.heard.append(line)
        assert line.upper().startswith(start), f"expected {start}, heard {line}"
        return line

    def hear_rest(self) -> None:
        """Whatever comes until the other side is gone."""
        with contextlib.suppress(OSError):
            self.heard += [line.decode().removesuffix("\r\n") for line in self._file]

    def hear_message(self) -> bytes:
        lines = []
        while (line := self._file.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def greet(self, *extensions: str) -> None:
        self.say("220 here")
        self.hear("EHLO")
        self.say("250-here", *(f"250-{one}" for one in extensions), "250 HELP")

    def up_to(self, step: str) -> None:
        """The whole dialogue with a login, up to the command that starts so, which is heard and not answered."""
        self.greet("AUTH PLAIN")
        for command, reply in (("AUTH PLAIN ", "235 welcome"), ("MAIL", "250 OK"), ("RCPT", "250 OK"), ("DATA", "354")):
            self.hear(command)
            if command.strip() == step:
                return
            self.say(reply)

    def reset(self) -> None:
        """Break off at once, without the end that TLS and TCP have."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._file.close()
        self.connection.close()


@contextlib.contextmanager
def playing(tls: ssl.SSLContext | None, play: Callable[[Script], None]) -> Iterator[tuple[int, list[str]]]:
    """A server for one connection, over TLS from the first byte where `tls` is given; yields its port and what it
    hears, which is whole when the block has ended. Raises what failed in `play`."""
    heard: list[str] = []
    failed: list[BaseException] = []

    def serve() -> None:
        try:
            connection, _ = listening.accept()
            connection.settimeout(10)
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            script = Script(connection)
            script.heard = heard
            try:
                play(script)
            finally:
                script._file.close()
                script.connection.close()
        except ssl.SSLError:
            pass  # the other side would not have this server, which the test is about
        except BaseException as error:
            failed.append(error)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield int(listening.getsockname()[1]), heard
        finally:
            thread.join(10)
    if failed:
        raise failed[0]
