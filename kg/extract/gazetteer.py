"""The gazetteer, as this room knows it; it lies below, because names are compared by it too."""

from kg.hanzi.gazetteer import LEVELS, Area, Gazetteer, gazetteer, short_of

__all__ = ["LEVELS", "Area", "Gazetteer", "gazetteer", "short_of"]
