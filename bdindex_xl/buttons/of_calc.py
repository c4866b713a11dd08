"""What the add-in of LibreOffice Calc starts: a process that takes a line of JSON and answers by one.

Its first line says that it is ready, or why it cannot be. It ends when the office does. An action asks for what it
needs on the way: a line with the key "ask", to which the next line that comes is the answer.
"""

from __future__ import annotations

import json
import math
import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..errors import BdIndexError, SheetErrors
from ..language import Lang, as_lang, of_environment
from ..system import logs

if TYPE_CHECKING:
    from ..hosts.libreoffice.book import CalcBook
    from ..hosts.libreoffice.values import Office

Message = Mapping[str, Any]


def main() -> int:
    """Answer until there is nobody to ask."""
    office = PipedOffice()
    try:
        import_module("bdindex_xl.functions")  # numpy with it, which may be missing or broken
    except Exception as error:
        office.say({"failed": f"{type(error).__name__}: {error}"})
        return 1
    office.say({"ready": __version__})
    while (message := office.hear()) is not None:
        lang = as_lang(message.get("lang")) or of_environment()
        try:
            answer = _computed(message, lang) if "function" in message else done(message, office, lang)
        except Exception:
            what = message.get("function") or message.get("action")
            text = logs.told(f"bdindex {__version__}, LibreOffice, {what}", traceback.format_exc())
            answer = {"answer": text[lang], "critical": True}
        office.say(answer)
    return 0


class PipedOffice:
    """The office at the other end. Whatever else is printed goes the way of errors."""

    def __init__(self) -> None:
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        sys.stdout = sys.stderr

    def say(self, message: Message) -> None:
        self._out.write(json.dumps(message, separators=(",", ":")) + "\n")
        self._out.flush()

    def hear(self) -> Message | None:
        """The next message; None at the end."""
        line = sys.stdin.buffer.readline()
        heard: Message | None = json.loads(line) if line else None
        return heard

    def ask(self, do: str, **given: Any) -> Any:
        """What the extension answers; see `hosts.libreoffice.values.Office`."""
        self.say({"ask": {"do": do, "with": given}})
        answer = self.hear()
        if answer is None or "error" in answer:
            raise RuntimeError("the office is gone" if answer is None else answer["error"])
        return answer["answer"]


def _computed(message: Message, lang: Lang) -> Message:
    """What a worksheet function shows."""
    from ..functions import GivenCells, answer

    given = (GivenCells(one["rows"], None, one["of"]) if isinstance(one, dict) else one for one in message["arguments"])
    found = answer(message["function"], lang, *given)
    return {"answer": found if isinstance(found, str) else [[_plain(cell) for cell in row] for row in found]}


def _plain(cell: Any) -> Any:
    """A cell as JSON has it; a number that is none is blank."""
    cell = cell.item() if hasattr(cell, "item") else cell
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def done(message: Message, office: Office, lang: Lang) -> Message:
    """Do what an item of the menu stands for; the text says what became of it."""
    from ..hosts.libreoffice.book import CalcBook
    from ..sheets.read_settings import language
    from ..tasks.desk import LISTING, faults_told

    book = CalcBook(office, lang)
    try:
        if message["action"] == "new":
            return {"answer": _made(message["file"], office, lang)}
        lang = language(book)
        return {"answer": _acted(message, office, CalcBook(office, lang), lang)}
    except SheetErrors as errors:
        from ..sheets import schema

        sheet = book.tables().get(schema.CHECK.table) if message["action"] in LISTING else None
        if sheet and book.is_shown(schema.CHECK.table):
            office.ask("activate", sheet=sheet)
        return {"answer": faults_told(errors, sheet, lang, message["action"]), "critical": True}
    except BdIndexError as error:
        return {"answer": error.text(lang), "critical": True}


def _made(file: str, office: Office, lang: Lang) -> str:
    from ..commands import new_book

    target = new_book.place(file)
    told = new_book.make(target, lang, lambda step: office.ask("progress", text=step[lang]))
    office.ask("open", file=str(target))
    return told


def _acted(message: Message, office: Office, book: CalcBook, lang: Lang) -> str:
    from functools import partial

    from ..commands import of_copies, of_records
    from ..hosts.libreoffice.calc_desk import CalcDesk
    from ..tasks import desk as desks

    compare = partial(of_copies.compare, other=message["file"])
    known: dict[str, desks.Action] = {
        **desks.ACTIONS, **of_copies.ACTIONS, **of_records.ACTIONS, "compare": compare,
    }  # fmt: skip
    return known[message["action"]](CalcDesk(office, book, lang, **message["document"]))


if __name__ == "__main__":
    sys.exit(main())
