"""What all pages say becomes one graph: names that mean the same are one entity, facts keep all evidence."""

from kg.resolve.resolve import resolve

__all__ = ["resolve"]
