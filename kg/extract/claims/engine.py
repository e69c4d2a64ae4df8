"""The frame engine: sentences, names and frames become claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from kg.extract.claims import cues as cue
from kg.extract.claims.anaphora import views
from kg.extract.claims.appointments import appoint
from kg.extract.claims.appositions import attach
from kg.extract.claims.bodies import Bodies
from kg.extract.claims.collect import Collector
from kg.extract.claims.company import company, couples
from kg.extract.claims.follows import follow
from kg.extract.claims.frames import Frame, Frames, Slot
from kg.extract.claims.given import Given
from kg.extract.claims.leads import read_stops
from kg.extract.claims.lists import Heading, read_lists
from kg.extract.claims.measures import read_measures
from kg.extract.claims.memory import End, Figure, Hit, Memory
from kg.extract.claims.posts import read_posts
from kg.extract.claims.qualify import qualifiers
from kg.extract.claims.reading import Reading
from kg.extract.claims.scene import Node, View, names_of
from kg.extract.claims.shapes import read_chains, read_figures, read_inside
from kg.extract.claims.slots import READERS
from kg.extract.claims.titles import Titles, titles
from kg.extract.claims.triggers import SHORT, hits_of
from kg.extract.tools import Tools
from kg.model import Article, Claim, LocalEntity, Page, Status

_EACH = re.compile("分别|分获|依次")
"""甲、乙分别获得一等奖、二等奖."""
_COUNTED = re.compile("[三四五六七八九十](?:家|方|地|县|市|区|镇|乡|村|校|所|院|国|省|个)")
"""What counts the sides of what is done together: 三家 in 甲、乙、丙三家共建."""
_EACH_REACH = 60
"""How far before a trigger 分别 may stand: 甲、乙分别投资3亿元、2亿元，建设…."""


def find_claims(
    page: Page, articles: Iterable[Article], entities: Sequence[LocalEntity], tools: Tools
) -> tuple[tuple[Claim, ...], tuple[LocalEntity, ...]]:
    """Return what the articles of a page state about its entities, and entities that only claims needed.

    Posts that name no body are of the city of `tools`, when it has one.
    Claims are in the order of the articles, then of their evidence. Each is stated once per article.

    Raises:
        OntologyError: the frames are malformed.
    """
    readings, made = read_claims(page, articles, entities, tools)
    return tuple(claim for reading in readings for claim in reading.claims), made


def read_claims(
    page: Page, articles: Iterable[Article], entities: Sequence[LocalEntity], tools: Tools
) -> tuple[tuple[Reading, ...], tuple[LocalEntity, ...]]:
    """Return the same with all that the frames said, before one of several claims was chosen.

    Raises:
        OntologyError: the frames are malformed.
    """
    articles = [article for article in articles if article.kind not in {"ad", "weather"}]
    bodies = Bodies(page.id, entities, tools.city, tools.prepared(titles))
    given = Given.of(entities, tools, bodies)
    names = names_of(articles, entities)
    readings = tuple(_read(article, names[article.id], given) for article in articles)
    return readings, bodies.made()


def _read(article: Article, names: Sequence[Node], given: Given) -> Reading:
    frames, of, known, cues, bodies = given.frames, given.shapes, given.known, given.cues, given.bodies
    out = Collector(article, given.places)
    every = views(article, names, given.forms, given.grammar)
    coming = [n for view in every for n in view.nodes if n.kind == "Event"]
    memory = Memory(article.text[: article.body.start], frames.contested, coming, views=every)
    seen = [n for n in reversed([n for v in every for n in v.nodes]) if _small(n, given.known)]
    headings: dict[str, Heading | None] = {}
    beside = [f for f in of["post"] if not f.triggers]
    sentences = [v for v in every if v.nodes]
    for view in sentences:
        speaker = cue.speaker(view, cues)
        for frame in beside:
            for held in read_posts(view, known, bodies, seen, memory.topic.get("Organization", ())):
                out.post(frame, held, speaker)
        for frame in of["chain"]:
            read_chains(view, frame, given.places, out)
        attach(view, known)
        view.settle()
        for frame in of["list"]:
            headings[frame.name] = read_lists(view, frame, headings.get(frame.name), out)
        for frame in of["inside"]:
            read_inside(view, frame, given.held_by, given.places, out)
        for frame in of["figure"]:
            read_figures(view, frame, out)
        acted = False
        if view.sentence.headline:
            _announce(view, frames, memory)
        for frame in of["stop"]:
            read_stops(view, frame, memory, out)
        for hits in hits_of(view, frames, given.cutter):
            hits = _appointed(view, hits, memory, cues, known, bodies, seen, speaker, out)
            done = _apply(view, hits, memory, cues, known, frames.shared, speaker, out)
            acted = acted or bool(done & frames.shared)
            memory.activity = next((n for n in sorted(done & frames.shared)), memory.activity)
        for hit, node, figure in read_measures(view, of["measure"], memory, out.figures):
            meant = cue.status(view, hit.start, figure.start, cues)
            extra = qualifiers(view, hit, figure, speaker, known)
            if meant is not None and extra is not None:
                out.clause(view, hit, node, figure, meant, extra)
        _remember(view, memory, acted)
        memory.before = [n for n in view.named() if n.said == "name"]
        memory.now += 1
        follow(view, of["follows"], out.fresh(), given.forms, memory, out)
        seen += [n for n in view.nodes if n.said == "name"]
    return Reading(article, tuple(sentences), tuple(out.told), tuple(out.claims()))


def _small(node: Node, known: Titles) -> bool:
    """Say whether a village or town is named: it may be the one whose posts stand before its first name."""
    return node.kind == "Place" and node.said == "name" and node.key.name.endswith(known.small)


def _announce(view: View, frames: Frames, memory: Memory) -> None:
    """Take a headline's word: 栾某带队检查安全生产 makes what follows a visit of his."""
    for frame in frames.of("clause"):
        if frame.need is not None and frame.need.search(view.masked):
            people = [n for n in view.free() if n.kind in frame.predicate.domain and not view.preposition(n)]
            memory.begin(frame.predicate.name, people)


def _appointed(
    view: View,
    hits: Sequence[Hit],
    memory: Memory,
    cues: cue.Cues,
    known: Titles,
    bodies: Bodies,
    seen: Sequence[Node],
    speaker: str | None,
    out: Collector,
) -> list[Hit]:
    """Read the posts that a trigger gives, and return the frames that are left to try."""
    found = appoint(view, hits, memory, known, bodies, seen)
    left = [h for h in hits if h.frame.shape == "clause"]
    if found is None:
        return left
    hit, posts = found
    status = cue.status(view, hit.start, hit.end, cues)
    if status is None:
        return left
    said = Status(hit.frame.status) if hit.frame.status and status is Status.ASSERTED else status
    if said is Status.ASSERTED and cue.once(view, hit.start, cues):
        said = Status.FORMER
    for held in posts:
        out.post(hit.frame, replace(held, status=held.status if said is Status.ASSERTED else said), speaker)
    return [h for h in left if h.frame.predicate != hit.frame.predicate]


def _apply(
    view: View,
    hits: Sequence[Hit],
    memory: Memory,
    cues: cue.Cues,
    known: Titles,
    shared: frozenset[str],
    speaker: str | None,
    out: Collector,
) -> set[str]:
    """Try the frames of a trigger; of the frames of a predicate, the first that finds both ends wins."""
    done: set[str] = set()
    waiting: dict[str, list[End]] = {}
    for hit in hits:
        frame = hit.frame
        name = frame.predicate.name
        if name in done or _lacks(view, hit, memory):
            continue
        subjects = _fill(view, hit, frame.subject, frame.predicate.domain, memory)
        if name in shared:
            subjects = [*subjects, *company(view, hit, subjects, memory)]
        objects = _fill(view, hit, frame.object, frame.predicate.range, memory)
        each = subjects if frame.object and frame.object[0].place == "both" and len(subjects) > 1 else []
        if each:
            subjects, objects = each[:1], each[1:]
        objects = [o for o in objects if not any(_same_end(o, s) for s in subjects[:1])]
        taken = {(o.start, o.end) for o in objects}
        subjects = [s for s in subjects if (s.start, s.end) not in taken or isinstance(s, Figure)]
        if subjects and not objects and name in shared and len(hit.word) > SHORT:
            waiting[name] = subjects
        if not subjects or not objects:
            continue
        status = cue.status(view, hit.start, hit.end, cues)
        if status is None:
            continue
        if frame.status and status is Status.ASSERTED:
            status = Status(frame.status)
        for subject, end in _pairs(view, hit, subjects, objects, each):
            extra = qualifiers(view, hit, end, speaker, known)
            if isinstance(subject, Node) and extra is not None:
                out.clause(view, hit, subject, end, _as_candidate(view, end, status, cues), extra)
                done.add(name)
        if name in done:
            _note(frame, subjects, objects, memory)
    for name, subjects in waiting.items() if not done else ():
        memory.begin(name, subjects)
    return done


def _as_candidate(view: View, end: End, status: Status, cues: cue.Cues) -> Status:
    """Return the status of a claim: planned for an honour that somebody is a candidate for."""
    award = isinstance(end, Node) and end.kind == "Award" and status is Status.ASSERTED
    return Status.PLANNED if award and cue.candidate(view, end.start, end.end, cues) else status


def _pairs(
    view: View, hit: Hit, subjects: Sequence[End], objects: Sequence[End], sides: Sequence[End]
) -> Iterable[tuple[End, End]]:
    """Yield each subject with each object, or one with one where the text says 分别.

    Of several sides that are counted, each goes with each: 甲、乙、丙三家.
    """
    if len(sides) > 2 and _COUNTED.search(view.text, sides[-1].end, max(sides[-1].end, hit.end)):
        return combinations(sides, 2)
    if hit.frame.predicate.symmetric and (found := couples(view, hit)):
        return found
    if len(subjects) > 1 and (len(subjects) == len(objects) or isinstance(objects[0], Figure)):
        begin = max([view.start, *(s.end for s in subjects if s.end <= hit.start)])
        begin = max(min(begin, hit.start - 12), hit.start - _EACH_REACH)
        if _EACH.search(view.text[max(begin, view.start) : hit.end + 4]):
            return zip(subjects, objects, strict=False)
    return ((s, o) for s in subjects for o in objects)


def _note(frame: Frame, subjects: Sequence[End], objects: Sequence[End], memory: Memory) -> None:
    """Keep who did what to whom, for 参加 and 随后 behind it; who takes part joins who did it before."""
    name = frame.predicate.name
    joins = any(slot.place == "same" for slot in frame.object)
    before = memory.subjects.get(name, ()) if joins else ()
    memory.subjects[name] = (*before, *(n for n in subjects if isinstance(n, Node)))
    memory.take(name, [n for n in objects if isinstance(n, Node)])


def _lacks(view: View, hit: Hit, memory: Memory) -> bool:
    """Say whether the words that a frame needs are missing, or have an object of their own."""
    need = hit.frame.need
    if need is None or hit.frame.predicate.literal:
        return False  # of figures they are the units
    if view.grammar.visits.search(view.text, view.clause_start(hit.start), hit.start):
        return False
    found = list(need.finditer(view.text, hit.end, view.end))
    if not found:
        return memory.activity != hit.frame.predicate.name and not need.search(memory.headline)
    at = found[-1].end()
    if view.clause(at) != view.clause(hit.end):
        return False
    stop = view.clause_end(at)
    kinds = hit.frame.predicate.range
    return any(
        at <= n.start < min(stop, at + 20) and n.kind in kinds and not view.modifies(n) for n in view.free()
    )


def _same_end(a: End, b: End) -> bool:
    return isinstance(a, Node) and isinstance(b, Node) and a.key == b.key


def _fill(view: View, hit: Hit, slots: Sequence[Slot], kinds: frozenset[str], memory: Memory) -> list[End]:
    for slot in slots:
        wanted = frozenset(slot.kinds) & kinds if slot.kinds and kinds else frozenset(slot.kinds) or kinds
        found = READERS[slot.place](view, hit, wanted, memory)
        if found:
            return list(found)
    return []


def _remember(view: View, memory: Memory, acted: bool) -> None:
    """Keep the subjects of a sentence for the sentences after it."""
    memory.events += [n for n in view.nodes if n.kind == "Event"]
    if not acted and any(n.kind == "Event" and n.said == "name" for n in view.nodes):
        memory.activity = ""
    spoken: dict[str, tuple[Node, ...]] = {}
    free = view.free()
    for node in free:
        if node.kind in spoken or view.preposition(node) or view.modifies(node):
            continue
        spoken[node.kind] = tuple(n for n in view.group(node, free) if n.kind == node.kind)
    for node in view.named():
        if node.start in view.absorbed and node.kind == "Organization" and node.kind not in spoken:
            spoken[node.kind] = (node,)
    for node in free:
        if node.kind not in spoken and node.kind not in memory.topic:
            spoken[node.kind] = (node,)
    for kind, nodes in sorted(spoken.items(), key=lambda item: -item[1][0].start):
        memory.speak(kind, nodes)
