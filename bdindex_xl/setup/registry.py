"""The Windows registry, as far as it is needed: keys by path, values of texts and numbers."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Protocol, TypeAlias

RegistryValue: TypeAlias = "str | int"


class Registry(Protocol):
    """Keys are written ``HKCU\\Software\\…``; they and the names of values are found in any case of letters."""

    def values(self, key: str) -> Mapping[str, RegistryValue] | None:
        """Texts and numbers under a key, the key's own under ""; None where there is no such key."""

    def subkeys(self, key: str) -> tuple[str, ...]:
        """Names of the keys right under a key."""

    def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
        """Make a key, with all above it, and set values. Raises OSError."""

    def delete(self, key: str) -> None:
        """Delete a key that has no key under it. Raises OSError."""


def value(registry: Registry, key: str, name: str) -> RegistryValue | None:
    """One value; None where there is none."""
    found = registry.values(key) or {}
    return next((content for known, content in found.items() if known.casefold() == name.casefold()), None)


class NoRegistry:
    """The registry of a system that has none."""

    def values(self, key: str) -> Mapping[str, RegistryValue] | None:
        return None

    def subkeys(self, key: str) -> tuple[str, ...]:
        return ()

    def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
        raise OSError("there is no registry on this system")

    def delete(self, key: str) -> None:
        raise OSError("there is no registry on this system")


if sys.platform == "win32":
    import winreg

    _HIVES = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }

    class WindowsRegistry:
        """The registry of this Windows, as 64-bit programs see it."""

        def values(self, key: str) -> Mapping[str, RegistryValue] | None:
            try:
                with self._open(key) as handle:
                    count = winreg.QueryInfoKey(handle)[1]
                    found = [winreg.EnumValue(handle, i) for i in range(count)]
            except OSError:
                return None
            return {name: content for name, content, _ in found if isinstance(content, str | int)}

        def subkeys(self, key: str) -> tuple[str, ...]:
            try:
                with self._open(key) as handle:
                    return tuple(winreg.EnumKey(handle, i) for i in range(winreg.QueryInfoKey(handle)[0]))
            except OSError:
                return ()

        def write(self, key: str, values: Mapping[str, RegistryValue]) -> None:
            hive, path = key.split("\\", 1)
            access = winreg.KEY_WRITE | winreg.KEY_WOW64_64KEY
            with winreg.CreateKeyEx(_HIVES[hive], path, 0, access) as handle:
                for name, content in values.items():
                    kind = winreg.REG_SZ if isinstance(content, str) else winreg.REG_DWORD
                    winreg.SetValueEx(handle, name, 0, kind, content)

        def delete(self, key: str) -> None:
            hive, path = key.split("\\", 1)
            winreg.DeleteKeyEx(_HIVES[hive], path, winreg.KEY_WOW64_64KEY)

        def _open(self, key: str) -> winreg.HKEYType:
            hive, path = key.split("\\", 1)
            return winreg.OpenKeyEx(_HIVES[hive], path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY)

    def this_registry() -> Registry:
        """The registry of this computer."""
        return WindowsRegistry()

else:

    def this_registry() -> Registry:
        """The registry of this computer."""
        return NoRegistry()
