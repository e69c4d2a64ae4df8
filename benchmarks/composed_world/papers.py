"""The pages of the papers: what is told on which day, on which page, and once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from identities import PrintedPage

from composed_world import printing, stories_rule, stories_town, stories_trade
from composed_world.desk import Desk, Story, say
from composed_world.people import FIRST, public
from composed_world.printing import Draft
from composed_world.things import City, Post, Thing
from composed_world.world import World

Tell = Callable[[Desk, World], Story | None]
PAGES = 26
"""How many pages of each paper there are."""
TOLD = 0.55
"""How often a new name is told when it comes, and not only used."""
FOLLOWED, AGAIN = 8, 0.4
"""How many pages are of the day after another's, and how often these print a story of it once more."""
QUIET, NAMELESS, UNDATED = 0.06, 0.06, 0.06
"""How often a page names next to nobody, has lost its paper's name, has lost its date."""

KINDS: tuple[tuple[Tell, int], ...] = (
    (stories_rule.visit, 10),
    (stories_rule.talk, 5),
    (stories_rule.delegation, 5),
    (stories_rule.congress, 2),
    (stories_trade.profile, 9),
    (stories_trade.signing, 6),
    (stories_trade.progress, 8),
    (stories_trade.branch, 3),
    (stories_trade.union, 3),
    (stories_trade.opening, 2),
    (stories_town.campaign, 9),
    (stories_town.festival, 8),
    (stories_town.honours, 9),
    (stories_town.worker, 8),
    (stories_town.colleagues, 3),
    (stories_town.village, 7),
    (stories_town.square, 4),
    (stories_town.bureau, 8),
    (stories_town.quiet, 5),
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page before its misprints."""

    city: City
    issued: date
    drafts: tuple[Draft, ...]


def publish(world: World, rng: Random) -> list[PrintedPage]:
    """Return the pages of all papers of a world."""
    sheets = [sheet for city in world.cities for sheet in _sheets(city, world, rng)]
    things = {mark.thing.id: mark.thing for s in sheets for one in s.drafts for mark in one.marks}
    known = frozenset[str]().union(*(thing.all() for thing in things.values()))
    pages = []
    for number, sheet in enumerate(sheets):
        drafts = printing.misprint(sheet.drafts, rng, known)
        nameless = rng.random() < NAMELESS and _says_where(sheet)
        undated = rng.random() < UNDATED
        pages.append(
            PrintedPage(
                source=f"{sheet.city.id}-{number:03}.txt",
                newspaper=None if nameless else sheet.city.newspaper,
                issued=None if undated else sheet.issued,
                articles=printing.finished(drafts),
            )
        )
    return pages


def _sheets(city: City, world: World, rng: Random) -> list[_Sheet]:
    days = [FIRST + timedelta(day) for day in rng.sample(range(20, 1800, 2), PAGES - FOLLOWED)]
    days = sorted(days + [day + timedelta(1) for day in days[:FOLLOWED]])
    made: list[_Sheet] = []
    told = [(one, day) for one, day in world.renamings if one.city == city.id and rng.random() < TOLD]
    since = FIRST
    for day in days:
        drafts: list[Draft] = []
        for story in _due(city, told, since, day, rng):
            _add(drafts, printing.draft(story))
        if made and day - made[-1].issued == timedelta(1) and rng.random() < AGAIN:
            _add(drafts, _once_more(made[-1], rng))
        quiet = not drafts and rng.random() < QUIET
        want = len(drafts) + rng.choice((2, 3, 3, 4))
        for _ in range(12):
            if len(drafts) >= (2 if quiet else want):
                break
            tell = stories_town.quiet if quiet else rng.choices(*zip(*KINDS, strict=True))[0]
            one = tell(Desk(rng, city, day - timedelta(rng.randrange(1, 3))), world)
            if one is not None:
                _add(drafts, printing.draft(one))
        made.append(_Sheet(city, day, tuple(drafts)))
        since = day
    return made


def _due(city: City, told: list[tuple[Thing, date]], since: date, day: date, rng: Random) -> list[Story]:
    """Return what has to be told since the page before: new names, new people."""
    desk = Desk(rng, city, day)
    found = [
        stories_rule.renaming(Desk(rng, city, day), one, rng.randrange(6))
        for one, when in told
        if since < when <= day
    ]
    changes: list[tuple[Post, Post | None]] = []
    for post in city.posts:
        if since < post.since <= day and post.since > FIRST and public(post.body):
            old = [
                p
                for p in city.posts
                if p.body is post.body and p.title == post.title and p.until == post.since
            ]
            changes.append((post, old[0] if old else None))
    if changes:
        found.append(stories_rule.appointments(desk, changes[:4]))
    return found


def _once_more(sheet: _Sheet, rng: Random) -> Draft:
    """Return a story of a page as it was, or under another headline."""
    one = rng.choice(sheet.drafts)
    if rng.random() < 0.5:
        return one
    return printing.draft(replace(one.story, headline=say("要闻回顾")))


def _add(drafts: list[Draft], one: Draft) -> None:
    """Put an article on a page, unless it is there or makes a name ambiguous."""
    if all(one.text != other.text for other in drafts) and printing.plain([*drafts, one]):
        drafts.append(one)


def _says_where(sheet: _Sheet) -> bool:
    """Return whether a page names its city in full, so that 市委 is clear without the paper's name."""
    whole = sheet.city.core + sheet.city.unit
    return any(mark.surface == whole for one in sheet.drafts for mark in one.marks)
