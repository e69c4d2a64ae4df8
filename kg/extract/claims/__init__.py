"""Claims: what the articles of a page state, read by frames that the ontology declares."""

from kg.extract.claims.engine import find_claims, read_claims
from kg.extract.claims.reading import Reading

__all__ = ["Reading", "find_claims", "read_claims"]
