"""Which of the formats that there are a client likes best."""

from __future__ import annotations

from collections.abc import Mapping


def choose(accept: str | None, offers: Mapping[str, str]) -> str | None:
    """Return the media type that an Accept header prefers, or None when it accepts none of them.

    `offers` have what is ours best first; a client that likes several alike gets the first of these.

    >>> offers = {"text/html": "html", "text/turtle": "ttl"}
    >>> choose("text/turtle, */*;q=0.1", offers), choose(None, offers), choose("image/png", offers)
    ('text/turtle', 'text/html', None)
    """
    if accept is None or not accept.strip():
        return next(iter(offers), None)
    ranges = [_range(part) for part in accept.split(",")]
    best, liked = None, 0.0
    for offer in offers:
        whole = offer.partition("/")[0] + "/*"
        quality = 0.0
        for name in (offer, whole, "*/*"):  # what is said of it most exactly counts
            found = [q for kind, q in ranges if kind == name]
            if found:
                quality = max(found)
                break
        if quality > liked:
            best, liked = offer, quality
    return best


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return kind, quality if quality == quality else 0.0
