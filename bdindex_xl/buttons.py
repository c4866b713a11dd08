"""What VBA calls for every button: the host's own actions, and those that stand above the hosts."""

from __future__ import annotations

from .hosts.excel import actions
from .share import button

ACTIONS = actions.ACTIONS | {"share": actions.telling(button.share)}


def run(action: str, version: str) -> None:
    """Do what a button stands for; see `actions.run`."""
    actions.run(action, version, ACTIONS)
