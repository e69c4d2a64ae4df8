"""A page becomes its articles: damage healed, columns put in order, headlines and bylines in their places."""

from __future__ import annotations

from kg.layout.masthead import date_page
from kg.layout.segment import segment

__all__ = ["date_page", "segment"]
