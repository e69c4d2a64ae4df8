"""A page's findings from a few lines, for tests that need findings and no extraction.

>>> kinds = {"甲公司": "Organization", "乙镇": "Place"}
>>> findings = page_of("甲公司落户乙镇。", [("甲公司", "locatedIn", "乙镇")], kinds)
>>> [c.predicate for c in findings.claims]
['locatedIn']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kg.model import (
    Article,
    Byline,
    Claim,
    Evidence,
    Findings,
    Line,
    Literal,
    LocalEntity,
    LocalKey,
    Mention,
    Page,
    Segment,
    SourceMap,
    Span,
    Status,
    When,
)
from kg.model.digest import digest

Stated = tuple[str, str, str | Literal] | tuple[str, str, str | Literal, Mapping[str, str]]


def page_of(
    body: str,
    facts: Sequence[Stated] = (),
    kinds: Mapping[str, str] | None = None,
    *,
    aliases: Mapping[str, Sequence[str]] | None = None,
    source: str = "a.txt",
    issued: date | None = None,
    headline: str = "一条消息",
    byline: Sequence[tuple[str, str]] = (("记者", "柳青"),),
    confidence: float = 0.8,
    newspaper: str | None = None,
) -> Findings:
    """Return the findings of a page with one article.

    Args:
        body: the body; names that stand in it are mentioned there.
        facts: subject, predicate, object (a name or a literal) and, if any, qualifiers; the qualifier
            `status` is the status. The evidence is the whole body.
        kinds: the class of every name; a name of no fact is an entity too.
        aliases: other names of a name.
        issued: the issue date of the page.
    """
    kinds, aliases = kinds or {}, aliases or {}
    text = f"{headline}\n{body}"
    when = None if issued is None else When(issued, issued, issued.isoformat())
    page = Page(
        id=digest(text, length=12),
        source=source,
        text=text,
        lines=(Line(headline, Span(0, len(headline))), Line(body, Span(len(headline) + 1, len(text)))),
        date=when,
        newspaper=newspaper,
    )
    span = Span(len(headline) + 1, len(text))
    article = Article(
        id=f"{page.id}-1",
        page=page.id,
        kind="news",
        headline=(headline,),
        byline=tuple(Byline(*one) for one in byline),
        date=when,
        text=text,
        body=span,
        source_map=SourceMap((Segment(0, 0, len(text)),)),
    )
    keys = {name: LocalKey(page.id, kind, name) for name, kind in kinds.items()}
    claims = []
    for subject, predicate, target, *rest in facts:
        qualifiers = dict(rest[0]) if rest else {}
        status = Status(qualifiers.pop("status", "asserted"))
        claims.append(
            Claim(
                subject=keys[subject],
                predicate=predicate,
                object=target if isinstance(target, Literal) else keys[target],
                qualifiers=tuple(sorted(qualifiers.items())),
                status=status,
                evidence=Evidence(article.id, span, "builder", confidence),
            )
        )
    entities = tuple(_local(key, aliases.get(key.name, ()), article) for key in keys.values())
    return Findings(page, (article,), entities, tuple(claims))


def _local(key: LocalKey, aliases: Sequence[str], article: Article) -> LocalEntity:
    mentions = []
    for surface in (key.name, *aliases):
        at = article.text.find(surface)
        if surface and at >= 0:
            span = Span(at, at + len(surface))
            mentions.append(Mention(article.id, surface, key.kind, span, ("builder",), 0.9))
    return LocalEntity(key, tuple(sorted(aliases)), tuple(mentions))
