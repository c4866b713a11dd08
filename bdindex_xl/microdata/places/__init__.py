"""From what a record says of its place to the unit it counts for."""

from .gazetteer import Found, Gazetteer
from .place_texts import Doubt, How

__all__ = ["Doubt", "Found", "Gazetteer", "How"]
