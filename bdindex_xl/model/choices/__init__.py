"""The choices of a computation: each is a name with its record."""

from .aggregation import Aggregation
from .choice import HANDBOOK, Choice
from .imputation import Imputation
from .normalisation import Normalisation
from .transformation import Transformation
from .treatment import Treatment
from .weighting import Weighting

__all__ = [
    "HANDBOOK",
    "Aggregation",
    "Choice",
    "Imputation",
    "Normalisation",
    "Transformation",
    "Treatment",
    "Weighting",
]
