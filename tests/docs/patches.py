"""Examples of code on a page, applied to a copy of the project."""

from __future__ import annotations

from pathlib import Path


def apply(text: str, root: Path) -> list[str]:
    """Apply the text of one block; returns the files it touches.

    ``+++ FILE`` begins a file, ``@@`` another place in it; lines after ``+`` are added, those after a space are there.
    """
    touched = []
    for part in text.removeprefix("+++ ").split("\n+++ "):
        name, _, body = part.partition("\n")
        path = root / name
        touched.append(name)
        old = path.read_text("utf-8") if path.exists() else ""
        for place in body.rstrip("\n").split("\n@@\n"):
            old = _added(old, place.split("\n"), name)
        path.write_text(old, "utf-8", newline="\n")
    return touched


def _added(text: str, lines: list[str], name: str) -> str:
    before = "".join(line[1:] + "\n" for line in lines if not line.startswith("+"))
    after = "".join(line[1:] + "\n" for line in lines)
    if not before:
        assert not text, f"{name}: expected a new file"
        return after
    assert text.count(before) == 1, f"{name}: expected once, found {text.count(before)} times:\n{before}"
    return text.replace(before, after)
