"""The network page: one HTML file that opens from disk without a network and shows every fact's sentence."""

from kg.publish.webpage.page import view

__all__ = ["view"]
