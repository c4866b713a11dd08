"""Elements of Word's XML."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of the name space w with attributes of it."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def text_element(tag: str, text: str) -> BaseOxmlElement:
    """One with a text whose spaces stay."""
    made = element(tag)
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made


def run(*children: BaseOxmlElement) -> BaseOxmlElement:
    """A run."""
    return element("r", *children)
