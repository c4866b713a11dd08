"""The command `share`: makes the twin, its PDF and its message, sends it, and tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import BdIndexError, FileRefused, Severity
from ...hosts import files
from ...language import Lang, Text, joined, same
from ...share import share_texts as texts
from ...share.twin import Twin, Wanted, make
from . import envelope, summary
from .envelope import Remark

# What only a message or a PDF needs is imported where it is used: it takes as long as a fifth of the copy.
if TYPE_CHECKING:
    from email.message import EmailMessage

    from ...share.account import Account
    from ...share.message import Address


@dataclass(frozen=True, slots=True)
class Mail:
    """What is asked for of the message; a draft is written where anything is, or `draft` says so."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    subject: str | None = None
    body: str | None = None
    draft: bool = False
    send: bool = False

    @property
    def wanted(self) -> bool:
        return bool(self.to or self.cc or self.draft or self.send) or (self.subject, self.body) != (None, None)


class Unsent(BdIndexError):
    """A message that was not sent, or perhaps not, and is now a draft."""

    rule = "message not sent"


@dataclass(slots=True)
class Shared:
    """What there is now: files written, backups of what they replaced, and what became of the message."""

    source: Path
    twin: Path
    made: Twin
    pdf: Path | None = None
    draft: Path | None = None
    sent: tuple[str, ...] = ()
    refused: dict[str, str] = field(default_factory=dict)
    backups: list[Path] = field(default_factory=list)


def share(
    file: Path,
    target: Path | None,
    wanted: Wanted,
    mail: Mail,
    *,
    as_pdf: bool,
    force: bool = False,
    as_json: bool,
    lang: Lang,
) -> int:
    """Make what is asked for, and tell: 0 done, 1 where an addressee was refused.

    Raises
    ------
    FileRefused, SheetErrors, MessageRefused, AccountError
        Before anything is written: a file, its input, an address or a setting at fault.
    Unsent
        After the files are written, the message as a draft among them.
    """
    to, cc, account = _addressed(mail) if mail.wanted else ((), (), None)
    if as_pdf:
        from ...report.forms import FORMS

        FORMS[".pdf"].needed()
    with summary.ProgressLine(lang) as progress:
        book = progress.open(file)
        lang = progress.lang
        target = target_of(file, target, lang)
        for path in (target, target.with_suffix(".pdf") if as_pdf else None, draft_of(target) if mail.wanted else None):
            if path is not None:
                files.check_replaceable(path, force=force)
                files.check_writable(path)
        twin = make(book.to_bytes(), wanted, now=dt.datetime.now(), progress=progress)
        if as_pdf:
            progress(texts.PDF)
        printed = _printed(twin, book) if as_pdf else None
        shared = keep(twin, file, target)
        if printed is not None:
            shared.pdf = target.with_suffix(".pdf")
            _write(shared, shared.pdf, printed)
        if mail.wanted:
            composed = compose(shared, to, cc, mail, sender=account.sender if account else None)
            _post(shared, composed, account, progress)
    if as_json:
        found, result = _remarks(shared), _record(shared)
        envelope.show("share", ok=not shared.refused, lang=lang, file=shared.twin, findings=found, result=result)
    else:
        print("\n".join(told(shared, lang)))
    return 1 if shared.refused else 0


def _addressed(mail: Mail) -> tuple[tuple[Address, ...], tuple[Address, ...], Account | None]:
    """Whom the message is for, and the account that sends it; what is refused of them is so before anything is made."""
    from ...share import message
    from ...share.account import read_account

    to, cc = message.addresses(mail.to), message.addresses(mail.cc)
    message.compose(to, mail.subject or "", "", cc=cc)
    return to, cc, read_account() if mail.send else None


def _printed(twin: Twin, book: files.FileBook) -> bytes:
    from ...report.forms import write
    from .shared_figures import figures_of

    return write(figures_of(twin, book), ".pdf")


def target_of(file: Path, output: Path | None, lang: Lang) -> Path:
    """Where the twin goes: beside the workbook unless told otherwise. Raises FileRefused."""
    target = output or file.with_name(file.stem + texts.SUFFIX[lang] + ".xlsx")
    files.check_name(target, files.XLSX)
    if target.resolve() == file.resolve():
        raise FileRefused(texts.SAME_FILE.format(name=same(target.name)))
    return target


def compose(
    shared: Shared, to: tuple[Address, ...], cc: tuple[Address, ...], mail: Mail, *, sender: Address | None = None
) -> EmailMessage:
    """The message with the twin attached, and the PDF where there is one."""
    from ...share import message, message_text

    outcome = shared.made.outcome
    attached = [message.attachment(path) for path in (shared.twin, shared.pdf) if path]
    subject = message_text.subject(outcome) if mail.subject is None else mail.subject
    body = message_text.body(outcome) if mail.body is None else mail.body
    return message.compose(to, subject, body, attached, cc=cc, sender=sender)


def keep(twin: Twin, file: Path, target: Path) -> Shared:
    """Write the twin of a file. Raises FileRefused."""
    shared = Shared(file, target, twin)
    _write(shared, target, twin.data)
    return shared


def draft(shared: Shared, composed: EmailMessage) -> Path:
    """Write the message beside the twin. Raises FileRefused."""
    from ...share import message

    shared.draft = draft_of(shared.twin)
    backup = message.write_draft(shared.draft, composed, like=shared.source)
    shared.backups += [backup] if backup else []
    return shared.draft


def draft_of(twin: Path) -> Path:
    """Where the message with a twin goes."""
    return twin.with_suffix(".eml")


def _write(shared: Shared, path: Path, data: bytes) -> None:
    backup = files.replace(path, data, like=shared.source)
    shared.backups += [backup] if backup else []


def _post(shared: Shared, composed: EmailMessage, account: Account | None, progress: summary.ProgressLine) -> None:
    """Send the message, or leave it as a draft; what could not be sent is a draft too."""
    if account is None or shared.made.found_again:
        path = draft(shared, composed)
        if account is not None:
            raise Unsent(
                texts.UNSENT_FOUND_AGAIN.format(found=joined(shared.made.found_again, zh="；", en="; "), draft=path)
            )
        return
    from ...share import message
    from ...share.smtp import send

    progress(texts.SENDING)
    try:
        shared.refused = send(composed, account)
    except BdIndexError as error:
        raise Unsent(texts.DRAFT_KEPT.format(error=error.message, draft=draft(shared, composed))) from error
    shared.sent = tuple(one for one in message.recipients(composed) if one not in shared.refused)


def told(shared: Shared, lang: Lang) -> list[str]:
    """What a person reads after it."""
    made = shared.made
    lines = [(texts.MADE_LIVE if made.live else texts.MADE_VALUES).format(file=shared.twin)[lang]]
    lines += [note[lang] for note in made.notes]
    lines += [text[lang] for text in _fingerprint(made)]
    if made.removed:
        lines += [texts.REMOVED[lang], *(f"  {'·' if lang == 'zh' else '-'} {text[lang]}" for text in made.removed)]
    if made.found_again:
        lines += [texts.FOUND_AGAIN[lang], *(f"  ! {text[lang]}" for text in made.found_again)]
    if shared.pdf:
        lines.append(texts.MADE_PDF.format(file=shared.pdf)[lang])
    if shared.draft:
        lines.append(texts.MADE_DRAFT.format(file=shared.draft)[lang])
    if shared.sent:
        lines.append(texts.SENT.format(to=same(", ".join(shared.sent)))[lang])
    for address, words in shared.refused.items():
        lines.append(texts.REFUSED.format(address=same(address), reply=same(words))[lang])
    lines += [texts.BACKUP.format(file=backup)[lang] for backup in shared.backups]
    return lines


def _remarks(shared: Shared) -> Iterable[Remark]:
    yield from (Remark(Severity.NOTE, "share note", note) for note in shared.made.notes)
    yield from (Remark(Severity.WARNING, "found again", text) for text in shared.made.found_again)
    for address, words in shared.refused.items():
        text = texts.REFUSED.format(address=same(address), reply=same(words))
        yield Remark(Severity.FAULT, "addressee refused", text)


def _fingerprint(made: Twin) -> list[Text]:
    """The fingerprint, and what it covers."""
    covers = {texts.COVERS_ONLY: made.wanted.only is not None, texts.COVERS_RANKINGS: made.wanted.no_raw}
    return [texts.FINGERPRINT.format(fingerprint=made.fingerprint), *(text for text, so in covers.items() if so)]


def _record(shared: Shared) -> dict[str, Any]:
    made = shared.made
    return {
        "source": shared.source,
        "formulas": made.live,
        "fingerprint": str(made.fingerprint),
        "pdf": shared.pdf,
        "draft": shared.draft,
        "sent": shared.sent,
        "refused": shared.refused,
        "removed": made.removed,
        "notes": made.notes,
        "found_again": made.found_again,
        "backups": shared.backups,
    }
