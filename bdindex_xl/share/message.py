"""The e-mail message: addresses, headers and attachments in forms that every mail program shows right. Sends nothing.

Headers are encoded here and not left to the e-mail package, whose folding of long display names and of parameters
differs from release to release.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid
from pathlib import Path
from urllib.parse import quote

from ..errors import BdIndexError, FileRefused
from ..hosts.files import replace, saving
from ..language import Text, same

POLICY = SMTP.clone(cte_type="7bit", refold_source="none")
_MEDIA = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
_ANY = "application/octet-stream"
_LONGEST = 900  # of a line that is better not broken; RFC 5322 allows 998


class MessageRefused(BdIndexError):
    """A message that cannot be made as asked; names the address, subject or file at fault."""

    rule = "message refused"


@dataclass(frozen=True, slots=True)
class Address:
    """One addressee: what is before and in the angle brackets. Raises MessageRefused where it is none."""

    name: str
    address: str

    def __post_init__(self) -> None:
        local, _, domain = self.address.rpartition("@")
        if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)) or _controls(self.name):
            found = f"{self.name} <{self.address}>" if self.name else self.address
            raise MessageRefused(_BAD_ADDRESS.format(found=same(f"“{_shown(found)}”")))

    def encoded(self) -> str:
        """As a header holds it: ASCII, in lines of its own where it is long."""
        if not self.name:
            return self.address
        name = '"' + self.name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if not _is_plain(name) or len(name) > _LONGEST:
            name = _encoded_words(self.name)
        return f"{name}\n <{self.address}>" if "\n" in name or len(name) > 40 else f"{name} <{self.address}>"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to attach, under the name that its reader sees."""

    name: str
    data: bytes = field(repr=False)


def attachment(path: Path) -> Attachment:
    """A file on disk as an attachment. Raises FileRefused."""
    try:
        return Attachment(path.name, saving.read(path))
    except FileRefused as refused:
        raise refused.about(path) from None


def addresses(texts: Iterable[str]) -> tuple[Address, ...]:
    """Addressees as people write them: ``a@b.cn``, ``张三 <a@b.cn>``, several with comma or semicolon between.

    Raises MessageRefused naming every one that is no address.

    >>> [one.address for one in addresses(["张三 <zhang@stat.cn>；li@stat.cn", '"Li, Wei" <wei@stat.cn>'])]
    ['zhang@stat.cn', 'li@stat.cn', 'wei@stat.cn']
    """
    found, bad = [], []
    for text in texts:
        for piece in filter(None, (piece.strip() for piece in _SEPARATED.findall(text))):
            one = _address(piece)
            if one:
                found.append(one)
            else:
                bad.append(piece)
    if bad:
        shown = Text("、".join(f"“{_shown(piece)}”" for piece in bad), ", ".join(f"“{_shown(piece)}”" for piece in bad))
        raise MessageRefused(_BAD_ADDRESS.format(found=shown))
    return tuple(found)


# A piece: anything up to a separator that stands in neither quotes nor angle brackets.
_SEPARATED = re.compile(r'(?:"(?:[^"\\]|\\.)*"|<[^<>]*>|[^,;，；、\r\n])+')
_NAMED = re.compile(r'(?P<name>"(?:[^"\\]|\\.)*"|[^"<>]*)\s*<\s*(?P<address>[^<>\s]+)\s*>')
_LOCAL = re.compile(r"(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})+")


def _address(text: str) -> Address | None:
    named = _NAMED.fullmatch(text)
    name, address = (named["name"].strip(), named["address"]) if named else ("", text)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    try:
        return Address(name, f"{local}@{domain}")
    except MessageRefused:
        return None


def compose(
    to: Sequence[Address],
    subject: str,
    body: str,
    attachments: Sequence[Attachment] = (),
    *,
    cc: Sequence[Address] = (),
    sender: Address | None = None,
) -> EmailMessage:
    """The whole message. Who is named twice is an addressee once; a draft may have none yet.

    Raises MessageRefused where the subject is more than a line.
    """
    once: dict[str, Address] = {}
    for one in (*to, *cc):
        once.setdefault(one.address.casefold(), one)
    if _controls(subject):
        raise MessageRefused(_BAD_SUBJECT.format(found=same(_shown(subject))))
    first = {one.address.casefold() for one in to}
    fields = {
        "From": [sender] if sender else [],
        "To": [one for key, one in once.items() if key in first],
        "Cc": [one for key, one in once.items() if key not in first],
    }
    head = [_field(name, ",\n ".join(one.encoded() for one in some)) for name, some in fields.items() if some]
    head += [
        _field("Subject", subject if _fits(subject) else _encoded_words(subject)),
        _field("Date", format_datetime(localtime())),
    ]
    message = _parsed(head)
    message.set_content(_clean(body), charset="utf-8")
    if attachments:
        message.make_mixed()
    for file in attachments:
        message.attach(_part(file))
    return message


def identify(message: EmailMessage, sender: Address) -> EmailMessage:
    """The same message to be sent now: with a sender and an identifier of its own, and no longer marked as a draft."""
    sent = _parsed(
        [
            _field("From", sender.encoded()),
            _field("Message-ID", make_msgid(domain=sender.address.rpartition("@")[2])),
            _field("Date", format_datetime(localtime())),
        ]
    )
    for name, value in message.raw_items():
        if name.casefold() not in {"from", "message-id", "date", "bcc", "x-unsent"}:
            sent.set_raw(name, value)
    sent.set_payload(message.get_payload())
    return sent


def recipients(message: EmailMessage) -> tuple[str, ...]:
    """Every address that the message is for, once. Whoever is in Bcc is one, though `identify` takes that field out."""
    some = [one.addr_spec for name in ("To", "Cc", "Bcc") if message[name] for one in message[name].addresses]
    return tuple({address.casefold(): address for address in some}.values())


def write_draft(path: Path, message: EmailMessage, like: Path | None = None) -> Path | None:
    """Write an ``.eml`` file that Outlook opens as a message to be edited and sent; returns the backup made, if any.

    It is no less private than the file `like`. Raises FileRefused.
    """
    return replace(path, b"X-Unsent: 1\r\n" + message.as_bytes(), like=like)


def _parsed(head: list[str]) -> EmailMessage:
    """A message with header fields exactly as they stand."""
    message = message_from_string("".join(head) + "\n", policy=POLICY)
    assert isinstance(message, EmailMessage)
    return message


def _field(name: str, value: str) -> str:
    return f"{name}: {value}\n"


def _part(file: Attachment) -> EmailMessage:
    """An attachment. Its name is there twice: as RFC 2231 has it, and as programs have it that do not know of that.

    Outlook before 2010 and QQ Mail take the name from ``Content-Type``, in encoded words; whoever knows RFC 2231
    takes that of ``Content-Disposition``. It is not continued over several parameters, as QQ Mail then shows a name
    of its own making.
    """
    media, shown = _MEDIA.get(Path(file.name).suffix.lower(), _ANY), _without_controls(file.name)
    if _is_plain(shown) and not set(shown) & set('"\\') and len(shown) <= _LONGEST:
        name, filename = f'name="{shown}"', f'filename="{shown}"'
    else:
        name, filename = f'name="{_encoded_words(shown)}"', _extended("filename", shown)
    part = _parsed(
        [
            _field("Content-Type", f"{media};\n {name}"),
            _field("Content-Transfer-Encoding", "base64"),
            _field("Content-Disposition", f"attachment;\n {filename}"),
        ]
    )
    part.set_payload(base64.encodebytes(file.data).decode("ascii"))
    return part


def _extended(parameter: str, text: str) -> str:
    """A parameter in the form of RFC 2231, in one piece unless that makes a line too long to be sent."""
    value = "utf-8''" + quote(text, safe="")
    if len(value) <= _LONGEST:
        return f"{parameter}*={value}"
    pieces = re.findall(r"(?:%..|[^%]){1,200}", value)
    return ";\n ".join(f"{parameter}*{i}*={piece}" for i, piece in enumerate(pieces))


def _fits(text: str) -> bool:
    """Whether a text may stand in a header field of its own as it is."""
    return _is_plain(text) and text == text.strip() and len(text) <= _LONGEST


def _encoded_words(text: str) -> str:
    """RFC 2047 encoded words, one a line; no character is cut in two."""
    words, word = [], b""
    for char in text:
        if len(word) + len(char.encode()) > _WORD:
            words.append(word)
            word = b""
        word += char.encode()
    return "\n ".join(f"=?utf-8?B?{base64.b64encode(word).decode('ascii')}?=" for word in [*words, word])


_WORD = 36  # bytes of text in an encoded word: 60 characters with its marks, so that a field's name fits beside it


def _is_plain(text: str) -> bool:
    """Whether a text can stand in a header as it is, and would not be taken for an encoded word."""
    return text.isascii() and text.isprintable() and "=?" not in text


def _clean(body: str) -> str:
    """A body with line ends of one kind, and no control characters but tabs."""
    lines = ("".join(char for char in line if char == "\t" or not _is_control(char)) for line in body.splitlines())
    return "\n".join(lines) + "\n"


def _is_control(char: str) -> bool:
    """Line ends, control characters, and what is no character at all; but not the wide space of Chinese texts."""
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}


def _controls(text: str) -> bool:
    return any(map(_is_control, text))


def _without_controls(text: str) -> str:
    return "".join("_" if _is_control(char) else char for char in text)


def _shown(text: str) -> str:
    """What a user typed, in one line of bearable length."""
    line = _without_controls(text)
    return line if len(line) <= 80 else line[:80] + "…"


_BAD_ADDRESS = Text(
    "收件人应为邮件地址，如 name@example.cn 或 张三 <name@example.cn>，实为{found}。请改正后再试。",
    "expected e-mail addresses such as name@example.org or Jane Doe <name@example.org>, found {found}. "
    "Mend them and try again.",
)
_BAD_SUBJECT = Text(
    "主题应为一行可显示的文字，实为“{found}”。请改正后再试。",
    "expected a subject of one line of printable text, found “{found}”. Mend it and try again.",
)
