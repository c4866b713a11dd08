"""The command `scenarios`: what other settings would make of the rankings."""

from __future__ import annotations

import argparse

from ..language import Lang, Text
from .parser import Parser

ABOUT = Text(
    "比较方案：与当前设置并列的得分和排名、等级相关、最大变动",
    "compare scenarios, sets of settings side by side: scores, ranks, rank correlations, greatest move",
)
RESULT = {  # of --json, as a JSON schema
    "type": "object",
    "required": ["named", "scenarios", "rankings", "backup", "missing_tables"],
    "additionalProperties": False,
    "properties": {
        "named": {"type": "boolean", "description": "whether the workbook names the scenarios"},
        "scenarios": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "changes"],
                "additionalProperties": False,
                "properties": {"name": {"type": "string"}, "changes": {"type": "object"}},
            },
        },
        "rankings": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["ranking", "year", "scenarios"],
                "additionalProperties": False,
                "properties": {
                    "ranking": {"type": "string"},
                    "year": {"type": "integer"},
                    "scenarios": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "n": {"type": "integer", "description": "units that both rank"},
                                "spearman": {"type": ["number", "null"]},
                                "kendall": {"type": ["number", "null"]},
                                "mean_move": {"type": ["number", "null"]},
                                "moved": {"type": "integer"},
                                "greatest": {"type": "integer", "description": "positive where it is up"},
                                "unit": {"type": ["string", "null"], "description": "code of the one that moved most"},
                                "why": {"type": "string", "description": "why there is no result"},
                            },
                        },
                    },
                },
            },
        },
        "backup": {"type": ["string", "null"]},
        "missing_tables": {"type": "array", "items": {"type": "string"}},
    },
}


def add(command: Parser) -> None:
    command.file()
    command.output()


def run(options: argparse.Namespace, lang: Lang) -> int:
    from .output.scenarios import scenarios

    return scenarios(options.file, options.output, force=options.force, as_json=options.json, lang=lang)
