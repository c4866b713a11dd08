"""The same for programs: a verification, a comparison and a merge as JSON, everything listed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from typing import Any

from .. import __version__
from ..sheets.book import Uncalculated
from .diff import Changes
from .merged import Merged
from .verify import Verdict


def show(record: dict[str, Any]) -> None:
    """Print a record."""
    print(json.dumps({"version": __version__} | record, ensure_ascii=False, indent=2, allow_nan=False))


def of_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verification."""
    last = verdict.recorded
    return {
        "ok": verdict.ok,
        "cells": verdict.n_cells,
        "run_log": _plain(last) if last else None,
        "inputs_sha256": verdict.inputs.digest(),
        "inputs_changed": verdict.inputs_changed,
        "rounded_by_another_program": verdict.rounded,
        "settings_changed": _plain(verdict.settings),
        "results_changed": verdict.results_changed,
        "changed_inputs": _plain(verdict.changed_inputs),
        "changed_results": _plain(verdict.tampered),
        "differences": _plain(verdict.differences),
        "missing_tables": list(verdict.missing),
    }


def of_changes(changes: Changes) -> dict[str, Any]:
    """A comparison; every part of a move says what it did to the score."""
    moves = []
    for move in changes.moves:
        parts = [_plain(part) | {"change": part.change} for part in move.parts]
        moves.append(_plain(move) | {"score_change": _plain(move.new_score - move.old_score), "parts": parts})
    return {
        "settings": _plain(changes.settings),
        "framework": _plain(changes.framework),
        "units": _plain(changes.units),
        "values": _plain(changes.values),
        "moves": moves,
        "years_without_old_data": [{"ranking": key, "year": year} for key, year in changes.unmatched],
    }


def of_merged(merged: Merged) -> dict[str, Any]:
    """A merge."""
    return {
        "changed": merged.changed,
        "settled": merged.settled,
        "rows_added": merged.rows_added,
        "taken": _plain(merged.taken),
        "conflicts": _plain(merged.conflicts),
        "left": _plain(merged.left),
    }


def _plain(value: Any) -> Any:
    """Values that JSON has: missing numbers as null, dates and errors as text."""
    if isinstance(value, Uncalculated):
        return f"={value.formula}"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value.isoformat() if isinstance(value, dt.datetime) else value
