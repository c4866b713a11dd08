"""As much of JSON Schema as the schema of our output needs; what it does not know, it refuses."""

from __future__ import annotations

from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}
_NOTES = {"$schema", "$defs", "title", "description"}
_KNOWN = {"type", "required", "properties", "additionalProperties", "items", "enum", "const", "maxProperties"}
_KNOWN |= {"allOf", "anyOf", "if", "then", "$ref"}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any] | None = None, at: str = "") -> list[str]:
    """Every place where a value is not as a schema says."""
    root = schema if root is None else root
    assert not set(schema) - _NOTES - _KNOWN, schema
    found = [f"{at}: {fault}" for fault in _own_faults(value, schema)]
    for name, inner in schema.get("properties", {}).items():
        if isinstance(value, dict) and name in value:
            found += faults(value[name], inner, root, f"{at}.{name}")
    if isinstance(value, list):
        for k, item in enumerate(value):
            found += faults(item, schema.get("items", {}), root, f"{at}[{k}]")
    if "$ref" in schema:
        found += faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    for one in schema.get("allOf", []):
        found += faults(value, one, root, at)
    if "if" in schema and not faults(value, schema["if"], root, at):
        found += faults(value, schema["then"], root, at)
    tried = [faults(value, one, root, at) for one in schema.get("anyOf", [])]
    return found + (tried[-1] if tried and all(tried) else [])


def _own_faults(value: Any, schema: dict[str, Any]) -> list[str]:
    found = []
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_is(value, name) for name in types):
        return [f"expected {types}, found {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"expected one of {schema['enum']}, found {value!r}")
    if "const" in schema and value != schema["const"]:
        found.append(f"expected {schema['const']!r}, found {value!r}")
    if isinstance(value, dict):
        found += [f"no {name}" for name in schema.get("required", []) if name not in value]
        if schema.get("additionalProperties") is False:
            found += [f"unknown {name}" for name in value if name not in schema["properties"]]
        if len(value) > schema.get("maxProperties", len(value)):
            found.append(f"expected at most {schema['maxProperties']} properties, found {len(value)}")
    return found


def _is(value: Any, name: str) -> bool:
    return isinstance(value, _TYPES[name]) and not (isinstance(value, bool) and name in ("integer", "number"))
