"""The streams that describe a project: dir, PROJECT, PROJECTwm and _VBA_PROJECT ([MS-OVBA] 2.3). Not compressed."""

from __future__ import annotations

import struct

from .encryption import encrypt
from .modules import Module, ModuleKind
from .project import Project, Reference

ENCODING = "ascii"  # names and sources are; the code page that the project states is one that agrees
_CODE_PAGE = 1252
_ENGLISH = 0x409
_WINDOWS = 1  # the 32-bit kind is what 64-bit Excel writes too
_VERSION = (1361024421, 6)  # free to choose
_NO_COOKIE = 0xFFFF
_UNPROTECTED, _NO_PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"
_SEEDS = (0x07, 0x0E, 0x15)  # any three bytes; these are of the example in 3.1.6

# 2.3.4.1: without a performance cache, the version says to compile from source in whichever Excel opens the file.
VBA_PROJECT = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 1)


def dir_stream(project: Project) -> bytes:
    """Records on the project, its references and its modules (2.3.4.2)."""
    return b"".join(
        (
            _information(project),
            *map(_reference, project.references),
            _short(0x000F, len(project.modules)),
            _short(0x0013, _NO_COOKIE),
            *map(_module, project.modules),
            _record(0x0010),
        )
    )


def _information(project: Project) -> bytes:
    """PROJECTINFORMATION (2.3.4.2.1)."""
    return b"".join(
        (
            _long(0x0001, _WINDOWS),
            _long(0x0002, _ENGLISH),
            _long(0x0014, _ENGLISH),
            _short(0x0003, _CODE_PAGE),
            _record(0x0004, project.name.encode(ENCODING)),
            _text(0x0005, 0x0040, ""),  # description
            _record(0x0006) + _record(0x003D),  # path of a help file, twice
            _long(0x0007, 0),  # help context
            _long(0x0008, 0),  # flags
            struct.pack("<HIIH", 0x0009, 4, *_VERSION),
            _text(0x000C, 0x003C, ""),  # constants of conditional compilation
        )
    )


def _reference(reference: Reference) -> bytes:
    """REFERENCENAME and REFERENCEREGISTERED (2.3.4.2.2)."""
    library = reference.library.encode(ENCODING)
    registered = struct.pack("<I", len(library)) + library + bytes(6)
    return _text(0x0016, 0x003E, reference.name) + _record(0x000D, registered)


def _module(module: Module) -> bytes:
    """MODULE (2.3.4.2.3.2)."""
    return b"".join(
        (
            _text(0x0019, 0x0047, module.name),
            _text(0x001A, 0x0032, module.name),  # name of its stream
            _text(0x001C, 0x0048, ""),  # description
            _long(0x0031, 0),  # where the source begins: with no cache before it, at once
            _long(0x001E, 0),  # help context
            _short(0x002C, _NO_COOKIE),
            _record(0x0021 if module.kind is ModuleKind.STANDARD else 0x0022),
            _record(0x002B),
        )
    )


def _record(code: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", code, len(data)) + data


def _short(code: int, number: int) -> bytes:
    return _record(code, struct.pack("<H", number))


def _long(code: int, number: int) -> bytes:
    return _record(code, struct.pack("<I", number))


def _text(code: int, unicode_code: int, text: str) -> bytes:
    """A text in the project's code page and again in UTF-16."""
    return _record(code, text.encode(ENCODING)) + _record(unicode_code, text.encode("utf-16-le"))


def project_stream(project: Project) -> bytes:
    """The project's properties as lines of text (2.3.1)."""
    protection = (_UNPROTECTED, _NO_PASSWORD, _VISIBLE)
    cmg, dpb, gc = (encrypt(data, project.identifier, seed) for data, seed in zip(protection, _SEEDS, strict=True))
    lines = (
        f'ID="{project.identifier}"',
        *map(_item, project.modules),
        f'Name="{project.name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{cmg}"',
        f'DPB="{dpb}"',
        f'GC="{gc}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in project.modules),  # its window is closed
    )
    return "".join(f"{line}\r\n" for line in lines).encode(ENCODING)


def _item(module: Module) -> str:
    """A module's line among the properties (2.3.1.3)."""
    if module.kind.is_document:
        return f"Document={module.name}/&H00000000"
    return f"{'Class' if module.kind is ModuleKind.CLASS else 'Module'}={module.name}"


def names_stream(project: Project) -> bytes:
    """PROJECTwm: every module's name in both encodings, each closed by a null, and nulls at the end (2.3.3)."""
    names = (
        module.name.encode(ENCODING) + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in project.modules
    )
    return b"".join(names) + b"\0\0"
