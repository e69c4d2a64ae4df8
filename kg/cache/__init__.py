"""Findings kept by the hash of everything they depend on, so that a page is worked on once."""

from kg.cache.codec import decode, encode, jot, read
from kg.cache.marks import mark, page_mark
from kg.cache.store import FILE, NONE, Cache, opened

__all__ = ["FILE", "NONE", "Cache", "decode", "encode", "jot", "mark", "opened", "page_mark", "read"]
