"""What resolving keeps of a page-local entity: a pure function of one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.model import Claim, Findings, LocalKey, Status
from kg.model.digest import digest
from kg.resolve.home import home_of
from kg.resolve.names import Name, leading_area, read_name, unlisted
from kg.resolve.tables import Tables, plain

HELD = "holdsPosition"
_NAMED = frozenset({"Organization", "Place"})


@dataclass(frozen=True, slots=True)
class Profile:
    """A page-local entity without its places on the page; all tuples are sorted.

    Attributes:
        key: which it is.
        home: the area whose paper the page is (`unlisted`), or nothing when nobody knows.
        aliases: its other names that mean the same on every page.
        printed: those of its names that the page prints.
        posts: of a person, title, class and name of the body, as the page calls it.
        around: marks of what stands in the same articles and tells namesakes apart; nothing where these are
            kept by article.
        articles: the ids of its articles.
        first, last: the days of these articles, where known.
        own: the mark that stands for it in the articles of others; of an area, around which everything
            stands, nothing.
    """

    key: LocalKey
    home: str
    aliases: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    posts: tuple[tuple[str, str, str], ...] = ()
    around: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    own: str = ""


Marks = Callable[[str], Iterable[str]]
"""Returns what stands in an article, by its id."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What resolving keeps of a page.

    Attributes:
        profiles: of all its entities, sorted by key, without what stands around them.
        marks: of each article, what stands in it and tells namesakes apart; sorted.
    """

    profiles: tuple[Profile, ...]
    marks: Mapping[str, tuple[str, ...]]


def profiles(findings: Findings, known: Tables, city: str | None = None) -> tuple[Profile, ...]:
    """Return the profiles of all entities of a page, also of those that only claims name, sorted by key.

    Args:
        city: the area whose paper the page is, when a setting says so.
    """
    found = sheet(findings, known, city)
    marks = found.marks
    return tuple(
        replace(one, around=tuple(sorted(surroundings(one, lambda id_: marks.get(id_, ())))))
        for one in found.profiles
    )


def surroundings(one: Profile, marks: Marks) -> set[str]:
    """Return what stands around a name: what its profile says, and the marks of its articles."""
    found = set(one.around)
    if one.own:
        for id_ in one.articles:
            found.update(marks(id_))
        found.discard(one.own)
    return found


def sheet(findings: Findings, known: Tables, city: str | None = None) -> Sheet:
    """Return the profiles of a page, and apart from them what stands in its articles."""
    home = _area(city, known) if city else home_of(findings, known)
    aliases: dict[LocalKey, set[str]] = defaultdict(set)
    printed: dict[LocalKey, set[str]] = defaultdict(set)
    where: dict[LocalKey, set[str]] = defaultdict(set)
    posts: dict[LocalKey, set[tuple[str, str, str]]] = defaultdict(set)
    for local in findings.entities:
        aliases[local.key] |= {name for name in local.aliases if lasts(name, known)}
        printed[local.key] |= {mention.surface for mention in local.mentions}
        where[local.key] |= {mention.article for mention in local.mentions}
    for claim in findings.claims:
        for end in (claim.subject, claim.object):
            if isinstance(end, LocalKey):
                where[end].add(claim.evidence.article)
                aliases.setdefault(end, set())
        body = claim.object
        if claim.predicate == HELD and claim.status is not Status.NEGATED and isinstance(body, LocalKey):
            posts[claim.subject].add((_title(claim), body.kind, body.name))
    names = {key: read_name(key.kind, key.name, home, known) for key in aliases}
    leaders = {
        key
        for key, held in posts.items()
        if any(leads(read_name(kind, body, home, known), known) for _, kind, body in held)
    }
    dates = {article.id: article.date for article in findings.articles}
    found = []
    for key in sorted(names):
        days = [day for id_ in where[key] if (day := dates.get(id_)) is not None and not day.period.vague]
        found.append(
            Profile(
                key=key,
                home=home,
                aliases=tuple(sorted(aliases[key])),
                printed=tuple(sorted(printed[key] & {key.name, *aliases[key]})),
                posts=tuple(sorted(posts[key])),
                articles=tuple(sorted(where[key])),
                first=min((day.start for day in days), default=None),
                last=max((day.end for day in days), default=None),
                own="" if key.kind == "Place" and not names[key].rest else mark(names[key].identity),
            )
        )
    return Sheet(tuple(found), _marks(names, where, leaders, known))


def lasts(alias: str, known: Tables) -> bool:
    """Say whether a name means the same on other pages; 市委, 该公司 and 金奖 do not."""
    text = plain(alias)
    return bool(text) and text not in known.passing and not (known.deictic and text.startswith(known.deictic))


def leads(body: Name, known: Tables) -> bool:
    """Say whether a post of a body leads an area: it is of its party, its government or the area itself."""
    if body.kind == "Place":
        return not body.rest or bool(known.town.fullmatch(body.rest))
    return body.rest in known.leading or (bool(body.town) and body.rest in known.organs)


def zone_of(body: Name, known: Tables) -> str:
    """Return the zone that a body runs (经济开发区 of 经济开发区管委会), or nothing."""
    found = known.zone.fullmatch(body.rest) if body.kind == "Organization" else None
    return found[1] if found is not None else ""


def mark(identity: str) -> str:
    """Return a short text that stands for an identity, which is only ever compared: profiles are many."""
    return digest(identity, length=12)


def _area(city: str, known: Tables) -> str:
    return leading_area("Place", plain(city), "", known)[0] or unlisted(plain(city), known)


def _title(claim: Claim) -> str:
    return plain(dict(claim.qualifiers).get("title", ""))


def _marks(
    names: Mapping[LocalKey, Name],
    where: Mapping[LocalKey, Iterable[str]],
    leaders: Iterable[LocalKey],
    known: Tables,
) -> Mapping[str, tuple[str, ...]]:
    """Return what each article names that not every article of the city names as well.

    Left out are the area and its leaders and leading bodies, and whatever has no proper place.
    """
    common = set(leaders)
    found: dict[str, set[str]] = defaultdict(set)
    for key, name in names.items():
        if key not in common and not (key.kind in _NAMED and (not name.rest or leads(name, known))):
            for id_ in where[key]:
                found[id_].add(mark(name.identity))
    return {id_: tuple(sorted(marks)) for id_, marks in found.items()}
