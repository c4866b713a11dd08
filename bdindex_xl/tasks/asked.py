"""What a robustness analysis was asked, read back from the notes over its sheets, so that it can be made again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from string import Formatter
from typing import Any

from ..analysis.robustness.uncertain import DISCRETE, Uncertainty
from ..errors import FrameworkError
from ..language import Lang, Text
from ..sheets import phrases, schema
from ..sheets.inputs import Inputs
from .robustness import BASE, LABELS, SEPARATORS, SOURCES, notes


@dataclass(frozen=True, slots=True)
class Asked:
    """What is uncertain, and the draws; `base` is of the indices by source."""

    uncertainty: Uncertainty
    n_draws: int
    base: int
    seed: int


def asked(inputs: Inputs, told: Mapping[str, str]) -> Asked | None:
    """What the notes over the sheets, by table, tell of the analysis of these inputs; None where that is not all."""
    lang = inputs.lang
    robust = _parts(schema.ROBUSTNESS.note, told.get(schema.ROBUSTNESS.table, ""), lang)
    sensitive = _parts(schema.SENSITIVITY.note, told.get(schema.SENSITIVITY.table, ""), lang)
    uncertainty = _uncertainty(robust.get("what", ""), lang)
    n_draws, seed, runs = (_whole(text) for text in (robust.get("n"), robust.get("seed"), sensitive.get("n")))
    if uncertainty is None or n_draws is None or seed is None:
        return None
    per_run = len(uncertainty.sources) + 2
    runs = BASE * per_run if schema.SENSITIVITY.table not in told else runs
    if runs is None or runs % per_run:
        return None
    made = notes(uncertainty, inputs.method, n_draws=n_draws, runs=runs, seed=seed)
    if any(made[table][lang] != text for table, text in told.items()):
        return None
    return Asked(uncertainty, n_draws, runs // per_run, seed)


def _parts(template: Text, text: str, lang: Lang) -> dict[str, str]:
    """What stands in a text for the placeholders of its template; nothing where it is another."""
    pattern = ""
    for literal, field, spec, _ in Formatter().parse(template[lang]):
        pattern += re.escape(literal).replace(r"\ ", " ?")  # Chinese leaves spaces out
        if field and spec:
            pattern += f"(?:{spec})"  # the word for one or for many
        elif field:
            pattern += f"(?P<{field}>.+?)"
    found = re.fullmatch(pattern, text)
    return found.groupdict() if found else {}


def _whole(text: str | None) -> int | None:
    plain = (text or "").replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 20 else None


def _uncertainty(text: str, lang: Lang) -> Uncertainty | None:
    """What varies, as `robustness.varied` words it."""
    changes: dict[str, Any] = {"spread": 0.0}
    try:
        for part in text.split(SEPARATORS[0][lang]) if text != phrases.VARIES_NOTHING[lang] else ():
            changes |= _part(part, lang)
        return Uncertainty(**changes)
    except (ValueError, KeyError, InvalidOperation, FrameworkError):
        return None


def _part(text: str, lang: Lang) -> dict[str, Any]:
    if found := _parts(phrases.VARIES_WEIGHTS, text, lang):
        return {"spread": float(Decimal(found["spread"].removesuffix("%")) / 100)}
    if found := _parts(phrases.VARIES_DIRICHLET, text, lang):
        return {"concentration": float(found["concentration"]), "spread": Uncertainty().spread}
    if found := _parts(phrases.VARIES_NOISE, text, lang):
        return {"noise": float(found["noise"])}
    for source, (name, _, _) in DISCRETE.items():
        found = _parts(phrases.VARIES_CHOICE, text, lang)
        if found and found["what"].strip() == SOURCES[source][lang]:
            known = {label[lang]: choice for choice, label in LABELS[source].items()}
            return {name: tuple(known[label] for label in found["alternatives"].split(SEPARATORS[1][lang]))}
    raise ValueError(text)
