"""Which folders Excel trusts, and what it does with macros elsewhere. Windows only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import paths
from .machine import Machine
from .registry import RegistryValue, value

_POLICIES = (r"HKCU\Software\Policies\Microsoft\Office", r"HKCU\Software\Policies\Microsoft\Cloud\Office")
_LOCATIONS = r"Security\Trusted Locations"
ASK, SIGNED_ONLY, NEVER = 2, 3, 4  # VBAWarnings; 1 is always


@dataclass(frozen=True, slots=True)
class Location:
    """A trusted folder of one version of Excel."""

    key: str
    path: str
    subfolders: bool

    def holds(self, machine: Machine, folder: Path | str) -> bool:
        """Whether files in the folder are trusted."""
        return machine.within(folder, self.path) if self.subfolders else machine.same(folder, self.path)


def locations_key(version: str) -> str:
    """The key under which a user's trusted folders of a version stand."""
    return rf"{paths.excel_key(version)}\{_LOCATIONS}"


def locations(machine: Machine, version: str) -> Iterator[Location]:
    """The folders that a version trusts, those of an administrator too."""
    for key in (locations_key(version), *(rf"{policy}\{version}\Excel\{_LOCATIONS}" for policy in _POLICIES)):
        for name in machine.registry.subkeys(key):
            found = {
                known.casefold(): content
                for known, content in (machine.registry.values(rf"{key}\{name}") or {}).items()
            }
            path = found.get("path")
            if isinstance(path, str) and path:
                yield Location(rf"{key}\{name}", machine.expanded(path), found.get("allowsubfolders") == 1)


def policy(machine: Machine, version: str, part: str, name: str) -> RegistryValue | None:
    """What an administrator has set; None where nothing is."""
    told = (value(machine.registry, rf"{policies}\{version}\{part}", name) for policies in _POLICIES)
    return next((content for content in told if content is not None), None)


def disabled(machine: Machine, version: str) -> bool:
    """Whether a version trusts no folder at all."""
    by_user = value(machine.registry, locations_key(version), "AllLocationsDisabled") == 1
    return by_user or policy(machine, version, rf"Excel\{_LOCATIONS}", "AllLocationsDisabled") == 1


def users_may_add(machine: Machine, version: str) -> bool:
    """Whether folders count that users have set themselves."""
    return policy(machine, version, rf"Common\{_LOCATIONS}", "Allow User Locations") != 0


def network_allowed(machine: Machine, version: str) -> bool:
    """Whether trusted folders may lie on a network."""
    by_policy = policy(machine, version, rf"Excel\{_LOCATIONS}", "AllowNetworkLocations")
    return (
        value(machine.registry, locations_key(version), "AllowNetworkLocations") if by_policy is None else by_policy
    ) == 1


def is_trusted(machine: Machine, folder: Path | str) -> bool:
    """Whether every Excel of this user trusts files in the folder."""
    versions = paths.office_versions(machine)
    return bool(versions) and all(_trusts(machine, version, folder) for version in versions)


def _trusts(machine: Machine, version: str, folder: Path | str) -> bool:
    if disabled(machine, version) or (is_network(machine, folder) and not network_allowed(machine, version)):
        return False
    own = locations_key(version)
    return any(
        location.holds(machine, folder)
        for location in locations(machine, version)
        if users_may_add(machine, version) or not location.key.startswith(own)
    )


def warnings(machine: Machine, version: str) -> tuple[int, bool]:
    """What a version does with macros that are not trusted, and whether an administrator has set that."""
    by_policy = policy(machine, version, r"Excel\Security", "VBAWarnings")
    chosen = (
        value(machine.registry, rf"{paths.excel_key(version)}\Security", "VBAWarnings")
        if by_policy is None
        else by_policy
    )
    return (chosen if isinstance(chosen, int) else ASK), by_policy is not None


def internet_blocked(machine: Machine) -> bool:
    """Whether an administrator has forbidden macros in files from the internet; Office forbids them anyway, unless the
    file lies in a trusted location or its mark is taken off."""
    name = "blockcontentexecutionfrominternet"
    return any(policy(machine, v, r"Excel\Security", name) == 1 for v in paths.office_versions(machine))


def is_network(machine: Machine, path: Path | str) -> bool:
    """Whether a path leads to another computer: a share, or a drive letter that stands for one."""
    text = str(path).replace("\\", "/")
    if text.startswith("//"):
        return True
    drive = re.match(r"([A-Za-z]):", text)
    return bool(drive) and machine.registry.values(rf"HKCU\Network\{drive[1]}") is not None if drive else False
