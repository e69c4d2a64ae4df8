"""Which addresses may be shown as links: what a page or a file says of itself is hostile until checked."""

from __future__ import annotations

from urllib.parse import urlsplit

_LONGEST = 2_000
_NEVER = frozenset('<>"{}|\\^`')


def opens(address: str) -> bool:
    """Say whether an address is an absolute http or https IRI that can be opened safely.

    It names a host and neither a user nor a password, and holds no white space, control or direction
    characters and nothing else that an IRI must not hold.

    >>> opens("https://paper.example.org/正文?id=1"), opens("javascript:alert(1)"), opens("//e.org/a")
    (True, False, False)
    """
    if len(address) > _LONGEST or any(c.isspace() or not c.isprintable() or c in _NEVER for c in address):
        return False
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
