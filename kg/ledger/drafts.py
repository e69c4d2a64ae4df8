"""What a ledger and a store hold of a page, whatever other pages say: made where the page is read.

It travels as bytes, so that who puts the pages together need not read what each of them says.
"""

from __future__ import annotations

import pickle
import zlib
from io import BytesIO
from itertools import chain
from typing import NamedTuple

from kg import cache
from kg.cache import jot
from kg.config import Settings
from kg.ledger.pieces import Pieces, shared, stub
from kg.ledger.tables import number
from kg.model import Article, Claim, Findings, Literal, LocalKey
from kg.model.digest import digest
from kg.rdf.project import printed, sheet
from kg.rdf.sorting import written
from kg.resolve import Profile, Sheet, meant

_LEVEL = 1
"""How hard drafts are pressed: they are ten times as long as what they are made of, and soon read."""


class KeyDraft(NamedTuple):
    """A page-local entity: its key, what it is called by, its profile, its articles, and its blocks."""

    key: bytes
    called: int
    profile: bytes
    articles: str
    blocks: list[int]


class ArticleDraft(NamedTuple):
    """An article without its words: what stands in it for telling people apart, what its prints share."""

    id: str
    stub: bytes
    marks: str
    bands: list[int]


class ClaimDraft(NamedTuple):
    """A claim; its ends are places among the page's keys.

    `meant` stands for all that tells its fact from others about the same two, `words` is what it rests on.
    """

    article: str
    subject: int
    object: int | None
    claim: bytes
    words: bytes | None
    meant: int


class Draft(NamedTuple):
    """All of a page: its id, its rows, and the quads of its articles and its own as N-Quads."""

    page: str
    keys: list[KeyDraft]
    articles: list[ArticleDraft]
    claims: list[ClaimDraft]
    lines: bytes


def draft(findings: Findings, pieces: Pieces, *, lines: bool = True) -> Draft:
    """Return what a ledger and a store hold of a page; who writes its quads himself needs no lines."""
    found = pieces.sheet(findings)
    places = {profile.key: place for place, profile in enumerate(found.profiles)}
    texts = {article.id: article.text for article in findings.articles}
    quads = chain(sheet(findings.page, pieces.base), *(printed(a, pieces.base) for a in findings.articles))
    return Draft(
        findings.page.id,
        [_key(profile, pieces) for profile in found.profiles],
        [_article(article, found) for article in findings.articles],
        [_claim(claim, places, texts.get(claim.evidence.article), pieces) for claim in findings.claims],
        written(quads) if lines else b"",
    )


def _key(profile: Profile, pieces: Pieces) -> KeyDraft:
    blocks = pieces.blocks(profile)
    called = number(repr(blocks))
    return KeyDraft(jot(profile.key), called, jot(profile), " ".join(profile.articles), blocks)


def _article(article: Article, found: Sheet) -> ArticleDraft:
    marks = " ".join(found.marks.get(article.id, ()))
    return ArticleDraft(article.id, jot(stub(article)), marks, sorted(shared(article)))


def _claim(claim: Claim, places: dict[LocalKey, int], text: str | None, pieces: Pieces) -> ClaimDraft:
    words = None if text is None else claim.evidence.span.of(text).encode("utf-8", "surrogatepass")
    target = None if isinstance(claim.object, Literal) else places[claim.object]
    said = number(meant(claim, pieces.symmetric))
    return ClaimDraft(claim.evidence.article, places[claim.subject], target, jot(claim), words, said)


def drafted(settings: Settings) -> str:
    """Return the digest of what drafts depend on besides findings and city; all graphs depend on it."""
    return digest(cache.mark(settings, whole=True), settings.base, repr(settings.resolving), length=32)


def pack(one: Draft) -> bytes:
    """Return a draft as bytes."""
    plain = (one.page, *([tuple(row) for row in rows] for rows in one[1:4]), one.lines)
    return zlib.compress(pickle.dumps(plain, protocol=5), _LEVEL)


def unpack(data: bytes) -> Draft:
    """Return the draft that `pack` made bytes of; no code is run to read it.

    Raises:
        ValueError: it is none.
    """
    try:
        page, keys, articles, claims, lines = _Plain(BytesIO(zlib.decompress(data))).load()
        return Draft(
            page, [KeyDraft(*k) for k in keys], [ArticleDraft(*a) for a in articles],
            [ClaimDraft(*c) for c in claims], lines,
        )  # fmt: skip
    except (zlib.error, pickle.UnpicklingError, EOFError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"no draft: {error}") from error


class _Plain(pickle.Unpickler):
    """Reads numbers, texts, bytes and lists of these, and refuses everything that has a class."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name}")
