"""The schema of what commands print, as the commands have it: their names, and what the result of each holds.

A command says what its result holds in `RESULT`; of those whose results are long, the schema itself has it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bdindex_xl.commands.catalogue import COMMANDS

FILE = Path(__file__).resolve().parents[1] / "bdindex_xl" / "commands" / "output.schema.json"


def renewed(text: str) -> str:
    """The schema made anew. Exits where nothing says what a command's result holds."""
    schema: dict[str, Any] = json.loads(text)
    results = {name: getattr(command, "RESULT", schema["$defs"].get(name)) for name, command in COMMANDS.items()}
    if missing := [name for name, result in results.items() if result is None]:
        raise SystemExit(f"expected RESULT, what the JSON of a command holds, in {', '.join(missing)}; found none")
    schema["properties"]["command"]["enum"] = [*COMMANDS, None]
    schema["allOf"] = [_of(name) for name in COMMANDS]
    schema["$defs"] = results
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _of(name: str) -> dict[str, Any]:
    """What holds of a document of that command: a refusal has no result."""
    result = {"anyOf": [{"maxProperties": 0}, {"$ref": f"#/$defs/{name}"}]}
    return {"if": {"properties": {"command": {"const": name}}}, "then": {"properties": {"result": result}}}
