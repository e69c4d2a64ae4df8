"""One page more, one page less: what that costs on a graph of ten thousand.

    adding.py [--pages 10000] [--out FOLDER]

Every article of the sample pages is read once; pages are composed of sentences of them, each with other
people, companies, figures and a city of its own out of a hundred, so that names recur as they do in papers
of XX and taken out again, as `kg add` and `kg remove` do once a page is read. Prints seconds for store
and report, the greatest memory of the process, and how many bytes lie on disk; says whether the graph is
afterwards what it was.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kg import changes, extract_pages, pipeline, rdf
from kg.cache import opened
from kg.config import Settings
from kg.ledger import Pieces
from kg.model import (
    Article,
    Claim,
    Evidence,
    Findings,
    Line,
    LocalEntity,
    LocalKey,
    Mention,
    Page,
    Segment,
    SourceMap,
    Span,
)
from kg.model.digest import digest
from kg.pipeline import Built, Watch
from kg.report import Outcome

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = 6
CITIES = 100
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建文玲红斌鹏浩凯琳婷"
SYLLABLES = "江海河湖山川林泉溪州城阳阴东西南北安平宁康乐昌盛隆兴泰和顺永嘉庆云龙凤金银玉石"


class Sample:
    """The sentences of an article of the sample pages, with what is said in each."""

    def __init__(self, findings: Findings) -> None:
        self.pieces: list[tuple[str, list[tuple[LocalEntity, Mention]], list[Claim]]] = []
        for article in findings.articles:
            for line in _sentences(article.text):
                mentions = [
                    (entity, mention)
                    for entity in findings.entities
                    for mention in entity.mentions
                    if mention.article == article.id and line.covers(mention.span)
                ]
                claims = [
                    claim
                    for claim in findings.claims
                    if claim.evidence.article == article.id and line.covers(claim.evidence.span)
                ]
                if claims:
                    moved = [(e, replace(m, span=m.span.shift(-line.start))) for e, m in mentions]
                    told = [
                        replace(c, evidence=replace(c.evidence, span=c.evidence.span.shift(-line.start)))
                        for c in claims
                    ]
                    self.pieces.append((line.of(article.text), moved, told))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for at, char in enumerate(text):
        if char in "。！？\n":
            if at - start > 8:
                yield Span(start, at + 1)
            start = at + 1


def compose(number: int, samples: Sequence[Sample], seed: int) -> Findings:
    """Return the findings of one composed page: sentences of any article, with names of their own."""
    chance = random.Random(seed * 1_000_003 + number)
    city = number % CITIES
    pieces = [chance.choice(chance.choice(samples).pieces) for _ in range(SENTENCES)]
    names: dict[str, str] = {}
    text, mentions, claims = "综合消息\n", [], []
    for said, found, told in pieces:
        start = len(text)
        for entity, _ in found:
            whole = entity.key.name
            new = names.setdefault(whole, _other(whole, entity.key.kind, city, chance))
            for name in entity.aliases:
                short = _as_short(name, whole, new) or _other(name, entity.key.kind, city, chance)
                names.setdefault(name, short)
        line = said
        for _, mention in found:
            new = names.setdefault(mention.surface, _other(mention.surface, mention.kind, city, chance))
            line = line[: mention.span.start] + new + line[mention.span.end :]
        line = "".join(chance.choice("0123456789") if c.isdigit() else c for c in line)
        text += line
        mentions += [(e, m, start) for e, m in found]
        claims += [(c, start) for c in told]
    return _findings(f"{number:05}.txt", text, mentions, claims, names)


def _other(name: str, kind: str, city: int, chance: random.Random) -> str:
    """Return another name of the same length: one of a few of its kind in its city."""
    source = random.Random(f"{kind} {name} {city} {chance.randrange(4)}")
    if kind == "Person" and len(name) in (2, 3):
        return source.choice(SURNAMES) + "".join(source.choice(GIVEN) for _ in name[1:])
    if kind in ("Person", "Award"):
        return name
    keep = min(len(name), 4 if len(name) > 5 else 1)
    fresh = "".join(source.choice(SYLLABLES) for _ in name[:-keep])
    return fresh + name[len(name) - keep :]


def _as_short(alias: str, whole: str, new: str) -> str:
    """Return what keeps of a new name what an alias keeps of the old one; nothing when it is no short form.

    >>> _as_short("栖川", "栖川市", "江安市")
    '江安'
    """
    kept, at = "", 0
    for char in alias:
        at = whole.find(char, at) + 1
        if not at:
            return ""
        kept += new[at - 1]
    return kept


def _findings(
    source: str,
    text: str,
    found: Sequence[tuple[LocalEntity, Mention, int]],
    told: Sequence[tuple[Claim, int]],
    names: Mapping[str, str],
) -> Findings:
    page = Page(digest(text, length=12), source, text, (Line(text[:4], Span(0, 4)),))
    id_ = f"{page.id}-1"
    article = Article(
        id_,
        page.id,
        "news",
        (text[:4],),
        (),
        None,
        text,
        Span(5, len(text)),
        SourceMap((Segment(0, 0, len(text)),)),
    )

    def key(old: LocalKey) -> LocalKey:
        return LocalKey(page.id, old.kind, names.get(old.name, old.name))

    entities: dict[LocalKey, tuple[set[str], list[Mention]]] = {}
    for entity, mention, start in found:
        aliases, mentions = entities.setdefault(key(entity.key), (set(), []))
        aliases.update(names[alias] for alias in entity.aliases)
        span = mention.span.shift(start)
        mentions.append(replace(mention, article=id_, surface=span.of(text), span=span))
    claims = [
        Claim(
            key(c.subject),
            c.predicate,
            key(c.object) if isinstance(c.object, LocalKey) else c.object,
            c.qualifiers,
            c.status,
            Evidence(id_, c.evidence.span.shift(start), c.evidence.finder, c.evidence.confidence),
        )
        for c, start in told
    ]
    locals_ = [
        LocalEntity(k, tuple(sorted(a - {k.name})), tuple(sorted(m, key=lambda one: one.span)))
        for k, (a, m) in sorted(entities.items())
    ]
    return Findings(page, (article,), tuple(locals_), tuple(claims))


def said(settings: Settings) -> list[Findings]:
    """Return what the sample pages say."""
    came = extract_pages([str(ROOT / "seeds" / "pages")], settings, jobs=1)
    return [outcome.findings for outcome in came if outcome.findings is not None]


def sampled(findings: Iterable[Findings]) -> list[Sample]:
    """Return what pages say, to be composed anew."""
    return [sample for one in findings if (sample := Sample(one)).pieces]


def build(findings: Iterable[Findings], settings: Settings, out: Path, watch: Watch | None = None) -> Built:
    """Build a graph from findings as `kg build` does; what was handed on is not held."""
    with rdf.alone(out):
        return pipeline.assemble(_kept(findings, out), settings, Pieces(settings), out, watch)


def _kept(findings: Iterable[Findings], out: Path) -> Iterator[Outcome]:
    with opened(out, write=True) as cache:
        for one in findings:
            outcome = _outcome(one)
            cache.put(outcome.key or "", one)
            yield outcome


def _outcome(one: Findings) -> Outcome:
    return Outcome(one.page.source, one, key=digest(one.page.id, one.page.source, length=32))


def _state(out: Path) -> str:
    """Return the digest of all quads of a graph, in any order."""
    total = 0
    for quad in rdf.open_dataset(out).store:
        total ^= int.from_bytes(sha256(str(quad).encode()).digest(), "big")
    return f"{total:x}"


def main() -> None:
    """Compose, build, add, remove, and print what it took."""
    options = argparse.ArgumentParser()
    options.add_argument("--pages", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    settings = Settings()
    samples = sampled(said(settings))
    out = given.out or Path(tempfile.mkdtemp(prefix="kg-adding-"))
    try:
        build((compose(number, samples, given.seed) for number in range(given.pages)), settings, out)
        size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
        print(f"{time.process_time():6.1f} s  built, {size / 1e6:,.0f} MB on disk")
        before = _state(out)
        pieces = Pieces(settings)
        for number in range(given.pages, given.pages + 3):
            more = compose(number, samples, given.seed)
            for what, change in (
                ("add", changes.Change(settings, pieces, [_outcome(more)])),
                ("remove", changes.Change(settings, pieces, (), [more.page.id])),
            ):
                started, used = time.perf_counter(), time.process_time()
                with rdf.alone(out):
                    change.carry_out(out)
                seconds, busy = time.perf_counter() - started, time.process_time() - used
                print(f"{what:6} {seconds:5.2f} s ({busy:.2f} s of the processor)")
        print("the same graph as before" if _state(out) == before else "NOT the same graph as before")
        print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB at most, with the build")
    finally:
        if given.out is None:
            shutil.rmtree(out)


if __name__ == "__main__":
    sys.exit(main())
