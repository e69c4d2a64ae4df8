"""Findings kept by the hash of everything they depend on, so that a page is worked on once."""

from kg.cache.codec import decode, encode, jot, read, read_all
from kg.cache.marks import mark, model_mark, page_mark
from kg.cache.store import FILE, NONE, Cache, opened

__all__ = [
    "FILE",
    "NONE",
    "Cache",
    "decode",
    "encode",
    "jot",
    "mark",
    "model_mark",
    "opened",
    "page_mark",
    "read",
    "read_all",
]
