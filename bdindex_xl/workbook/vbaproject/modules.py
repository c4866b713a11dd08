"""Modules of a VBA project: what each must look like, and the text that its stream holds. Writes no bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from .reserved import RESERVED

LONGEST_LINE = 1023  # characters; Excel's editor cuts a longer one in two
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_ASCII = re.compile(r"[^ -~\t]")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_ATTRIBUTE = re.compile(r"Attribute (VB_\w+) = (.*)")
# A class module as the editor exports it. Nothing of it goes into the project.
_CLASS_HEADER = re.compile(r"\s*VERSION [\d.]+ CLASS\s*\n\s*BEGIN\b.*?\n\s*END\s*\n", re.IGNORECASE | re.DOTALL)
_OTHER_HEADER = re.compile(r"\s*VERSION\b.*", re.IGNORECASE)


class ModuleKind(Enum):
    """What a module belongs to. The value is its VB_Base: the class whose instance a document module is."""

    STANDARD = ""
    CLASS = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    WORKSHEET = "0{00020820-0000-0000-C000-000000000046}"
    CHARTSHEET = "0{00020821-0000-0000-C000-000000000046}"

    @property
    def is_document(self) -> bool:
        """Whether the program owns the object, and finds its module by codeName."""
        return self not in (ModuleKind.STANDARD, ModuleKind.CLASS)


@dataclass(frozen=True, slots=True)
class Module:
    """A module's code without its header.

    Parameters
    ----------
    name
        A VBA identifier of at most 31 characters; of a document module the codeName in the workbook.
    source
        ASCII with any line ends. Other characters would be read in the code page of the reader's Windows, and be
        others there: captions belong into cells and the ribbon's XML.
    kind
        A standard module unless said otherwise.
    attributes
        Header attributes besides VB_Name and VB_Base, as (name, value as written).

    Raises
    ------
    ValueError
        Naming module and line.
    """

    name: str
    source: str = ""
    kind: ModuleKind = ModuleKind.STANDARD
    attributes: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name, "module name")
        check_lines(self.name, self.source)
        if _ATTRIBUTE.match(self.source):
            raise ValueError(f"{self.name}:1: expected code, found the header of an exported file: use module_from_bas")
        self._check_attributes()

    def _check_attributes(self) -> None:
        for name, value in self.attributes:
            line = f"Attribute {name} = {value}"
            if not _ATTRIBUTE.fullmatch(line) or not line.isprintable() or not line.isascii():
                raise ValueError(f"{self.name}: expected an attribute of the header, found {line!r}")
        fixed = {"VB_Name": f'"{self.name}"'}
        fixed |= {name: value for name, value in _defaults(self.kind) if self.kind.is_document or name == "VB_Base"}
        for name, value in self.attributes:
            if fixed.get(name, value).upper() != value.upper():
                raise ValueError(f"{self.name}: expected {name} = {fixed[name]}, found {value}")

    @property
    def text(self) -> str:
        """What the module's stream holds: header and code, every line ended by CR LF ([MS-OVBA] 2.3.4.3)."""
        attributes = {"VB_Name": f'"{self.name}"', **dict(_defaults(self.kind)), **dict(self.attributes)}
        header = "".join(f"Attribute {name} = {value}\r\n" for name, value in attributes.items())
        code = _LINE_END.sub("\r\n", self.source)
        return header + code + ("\r\n" if code and not code.endswith("\r\n") else "")


def _defaults(kind: ModuleKind) -> Iterator[tuple[str, str]]:
    """Header attributes that a module of this kind must have, in the order in which Excel writes them (3.1.3).

    A document module stands for an object that is always there and may be named from anywhere: hence predeclared and
    exposed. One for which this is not said is taken for a class without instances, and its events never run.
    """
    if kind is ModuleKind.STANDARD:
        return
    document = str(kind.is_document)
    yield "VB_Base", f'"{kind.value}"'
    yield "VB_GlobalNameSpace", "False"
    yield "VB_Creatable", "False"
    yield "VB_PredeclaredId", document
    yield "VB_Exposed", document
    yield "VB_TemplateDerived", "False"
    yield "VB_Customizable", document


def check_name(name: str, what: str) -> None:
    """Refuse what is no VBA identifier of at most 31 characters ([MS-OVBA] 2.3.1.5, [MS-VBAL] 3.3.5.2)."""
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"expected a {what} of 1 to 31 letters, digits and _, a letter first, found {name!r}")
    if name.lower() in RESERVED:
        raise ValueError(f"expected a {what} that is no word of the language, found {name!r}")


def check_lines(name: str, source: str) -> None:
    """Refuse characters that are not ASCII text, and lines longer than the editor takes."""
    for number, line in enumerate(_LINE_END.split(source), 1):
        if (found := _NOT_ASCII.search(line)) is not None:
            raise ValueError(f"{name}:{number}: expected ASCII, found {found[0]!r} (U+{ord(found[0]):04X})")
        if len(line) > LONGEST_LINE:
            raise ValueError(f"{name}:{number}: expected at most {LONGEST_LINE} characters, found {len(line)}")


@lru_cache(maxsize=32)  # every workbook that is made has the same
def module_from_bas(text: str, kind: ModuleKind | None = None) -> Module:
    """A module from the text of a .bas or .cls file, as the editor exports it or a person writes it.

    Parameters
    ----------
    text
        Begins with attributes, VB_Name among them; a class module may have its VERSION lines before them.
    kind
        By default what the header tells: VB_Base where there is one, else class or standard. An exported document
        module does not tell what it belongs to, and looks like a class.

    Raises
    ------
    ValueError
        Naming module and line of the file.
    """
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    version = _CLASS_HEADER.match(text)
    attributes, code = _header(text[version.end() :] if version else text)
    name = attributes.pop("VB_Name", "").strip('"')
    if not name:
        found = text.lstrip().split("\n", 1)[0][:60]
        raise ValueError(f'expected a module that begins with Attribute VB_Name = "…", found {found!r}')
    check_lines(name, text)
    if kind is None:
        kind = _kind(name, attributes, is_class=version is not None)
    return Module(name, code, kind, tuple(attributes.items()))


def _header(text: str) -> tuple[dict[str, str], str]:
    """Attributes at the beginning, and the code after them. Attributes of procedures are part of the code."""
    if _OTHER_HEADER.match(text):
        raise ValueError(f"expected a standard or class module, found {text.split(chr(10), 1)[0].strip()!r}")
    lines = text.lstrip("\n").split("\n")
    attributes = {}
    while lines and (attribute := _ATTRIBUTE.fullmatch(lines[0].rstrip())):
        attributes[attribute[1]] = attribute[2]
        del lines[0]
    return attributes, "\n".join(lines)


def _kind(name: str, attributes: dict[str, str], is_class: bool) -> ModuleKind:
    base = attributes.get("VB_Base")
    if base is not None:
        for kind in ModuleKind:
            if kind.value and base.strip('"').upper() == kind.value:
                return kind
        raise ValueError(f"{name}: expected the VB_Base of a workbook, sheet or class, found {base}")
    return ModuleKind.CLASS if is_class or "VB_PredeclaredId" in attributes else ModuleKind.STANDARD
