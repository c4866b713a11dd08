"""The same for programs: a verification, a comparison and a merge in full, as `output.show` prints it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...copies.diff import Changes
    from ...copies.merged import Merged
    from ...copies.verify import Verdict
    from ...copies.without_raw import VerdictWithoutRaw


def of_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verification."""
    last = verdict.recorded
    return {
        "cells": verdict.n_cells,
        "run_log": last,
        "inputs_sha256": verdict.inputs.digest(),
        "inputs_changed": verdict.inputs_changed,
        "settings_changed": verdict.settings,
        "results_changed": verdict.results_changed,
        "changed_inputs": verdict.changed_inputs,
        "changed_results": verdict.tampered,
        "differences": verdict.differences,
        "missing_tables": verdict.missing,
        "deleted_tables": verdict.deleted,
        "fingerprint": str(verdict.fingerprint),
        "as_expected": verdict.as_expected,
        "deceiving": verdict.deceiving,
        "shown_differently": verdict.shown_differently,
        "sheets_not_verified": verdict.unverified,
        "analyses_not_made_again": [{"sheet": one.sheet, "why": one.why} for one in verdict.left],
    }


def of_standing(found: VerdictWithoutRaw) -> dict[str, Any]:
    """A verification of a file without raw data."""
    return {
        "fingerprint": str(found.fingerprint),
        "as_expected": found.as_expected,
        "settings_changed": found.settings,
        "deleted_tables": found.deleted,
        "deceiving": found.deceiving,
        "shown_differently": found.shown_differently,
        "sheets_not_verified": found.unverified,
    }


def of_changes(changes: Changes) -> dict[str, Any]:
    """A comparison; every part of a move says what it did to the score."""
    moves = []
    for move in changes.moves:
        parts = [asdict(part) | {"change": part.change} for part in move.parts]
        moves.append(asdict(move) | {"score_change": move.new_score - move.old_score, "parts": parts})
    return {
        "settings": changes.settings,
        "framework": changes.framework,
        "comparisons": changes.comparisons,
        "units": changes.units,
        "values": changes.values,
        "moves": moves,
        "only_in_old": changes.only_old,
        "only_in_new": changes.only_new,
        "years_without_old_data": [{"ranking": key, "year": year} for key, year in changes.unmatched],
    }


def of_merged(merged: Merged) -> dict[str, Any]:
    """A merge."""
    return {
        "changed": merged.changed,
        "settled": merged.settled,
        "rows_added": merged.rows_added,
        "taken": merged.taken,
        "conflicts": merged.conflicts,
        "left": merged.left,
    }
