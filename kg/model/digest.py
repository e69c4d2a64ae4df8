"""Stable digests: the same values give the same short name in every run and on every machine."""

from __future__ import annotations

import hashlib


def digest(*parts: str, length: int = 16) -> str:
    """Return hex digits of the SHA-256 over the parts, kept apart by U+001F.

    >>> digest("a", "b") == digest("ab")
    False
    >>> len(digest("平湖市", length=12))
    12
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]
