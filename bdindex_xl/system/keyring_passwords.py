"""Passwords that the system's keyring keeps, where the package `keyring` is installed and finds it."""

from __future__ import annotations

KEYRING = "bdindex"  # under which name it holds them


def of_keyring(user: str) -> str:
    """The password of a user, or of an address; empty where there is none."""
    try:
        import keyring

        return keyring.get_password(KEYRING, user) or ""
    except Exception:  # not installed, none running, one that is locked: all mean no password from here
        return ""
