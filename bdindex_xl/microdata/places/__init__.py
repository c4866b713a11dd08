"""From what a record says of its place to the units it counts for."""

from .found import Doubt, Found, How
from .gazetteer import Gazetteer

__all__ = ["Doubt", "Found", "Gazetteer", "How"]
