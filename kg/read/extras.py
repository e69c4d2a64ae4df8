"""What to say when the package that reads a kind of file is not installed."""

from __future__ import annotations

from kg.errors import ReadError


def missing(shown: str, kind: str, extra: str) -> ReadError:
    """Return the error that names the extra to install.

    >>> print(missing("a.pdf", "PDF", "pdf"))
    a.pdf: PDF cannot be read without the extra 'pdf'; install it: pip install 'baozhi-kg[pdf]'
    """
    return ReadError(
        shown,
        f"{kind} cannot be read without the extra {extra!r}",
        remedy=f"install it: pip install 'baozhi-kg[{extra}]'",
    )
