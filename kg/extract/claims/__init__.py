"""Claims: what the articles of a page state, read by frames that the ontology declares."""

from kg.extract.claims.engine import find_claims

__all__ = ["find_claims"]
