"""A file of a known kind becomes pages: found, decoded, cut into its printed lines."""

from __future__ import annotations

from kg.read.find import KINDS, Source, find
from kg.read.kinds import read, read_pages
from kg.read.pages import page_of

__all__ = ["KINDS", "Source", "find", "page_of", "read", "read_pages"]
