"""Macros as one system compiles them: the lines that its conditions choose. LibreOffice knows no conditions."""

from __future__ import annotations

import re

CONSTANTS = {
    "win64": {"vba7": True, "win64": True, "mac": False},
    "win32": {"vba7": True, "win64": False, "mac": False},
    "mac": {"vba7": True, "win64": False, "mac": True},
}
_LINE = re.compile(r"\s*#(If|ElseIf|Else|End If|Const)\b\s*(.*?)(?:\s+Then)?\s*(?:'.*)?$", re.IGNORECASE)


def compiled(source: str, system: str) -> str:
    """The source with the lines of other systems left out."""
    known: dict[str, object] = {**CONSTANTS[system]}
    lines: list[str] = []
    states: list[list[bool]] = []  # of each condition that is open: it holds now, it held before
    for line in source.splitlines():
        found = _LINE.match(line)
        if found is None:
            if all(now for now, _ in states):
                lines.append(line)
            continue
        word, rest = found[1].casefold(), found[2]
        if word == "const":
            name, _, value = rest.partition("=")
            known[name.strip().casefold()] = value.strip().strip('"')
        elif word == "if":
            states.append([_holds(rest, known)] * 2)
        elif word == "end if":
            states.pop()
        else:
            before = states[-1][1]
            holds = not before and (word == "else" or _holds(rest, known))
            states[-1] = [holds, before or holds]
    return "\n".join(lines) + "\n"


def _holds(condition: str, known: dict[str, object]) -> bool:
    if condition.casefold().startswith("not "):
        return not _holds(condition[4:], known)
    name, _, value = (part.strip().strip('"') for part in condition.partition("="))
    found = known.get(name.casefold(), False)
    return found == value if value else bool(found)
