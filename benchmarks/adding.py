"""One page more, one page less: what that costs on a graph of ten thousand.

    adding.py [--pages 10000] [--out FOLDER]

Every article of the sample pages is read once; pages are composed of sentences of them as the papers of a
hundred cities would print them: each under its masthead and date, with the city, people, companies, towns
and villages of its own, which its pages name again and again, and with the same provinces, neighbours and
nationwide names in all of them. Then single pages are added and taken out again, as `kg add` and `kg remove`
do once a page is read. Prints seconds for store and report, the greatest memory of the process, and how many
bytes lie on disk; says whether the graph is afterwards what it was.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from kg import changes, extract_pages, pipeline, rdf
from kg.cache import opened
from kg.config import Settings
from kg.hanzi.gazetteer import Area, gazetteer
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
    When,
)
from kg.model.digest import digest
from kg.pipeline import Built, Watch
from kg.report import Outcome

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = 6
CITIES = 100
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建文玲红斌鹏浩凯琳婷"
BRAND = "恒宏瑞盛泰嘉海天华兴隆新诚信德广源祥顺通达丰茂康宁安和远博雅锦绣凯旋腾飞峰岳林森润泽浩鼎"
LAND = "石桥沈庄东西南北新黄金白青双三里塘港湖溪山林竹梅杨柳周陈李王钱孙曹潘徐浦泾浜墩堰坝渡湾沙洋河"
COMPANY = re.compile(r"(?:安徽|..镇)(?P<stem>..).*(?:公司|合作社)")
SETTLED = re.compile(r"(?P<stem>..)(?:镇|乡|街道|村|社区|[湖河山]|水库|)")
KNOWN = (0, 0, 0, 0, 1, 1, 2, 3)
"""Which of its four people for one of the samples a city's paper names, the first the oftenest."""
HOME, PREFECTURE, PROVINCE = "栖川", "宣城", "安徽"
"""Where the sample pages are at home. What lies elsewhere bears the same name in all papers."""
FIRST = date(2023, 1, 2)


class Sample:
    """The sentences of a sample page with what is said in each, and what its local names are made of."""

    def __init__(self, findings: Findings) -> None:
        self.stems = dict(_stems(findings))
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


def _stems(findings: Findings) -> Iterator[tuple[str, str]]:
    """Yield what tells companies and towns from others of their sort, and the characters used instead."""
    near = gazetteer().by_short.keys() - {PROVINCE}
    names = [(e.key.kind, e.key.name) for e in findings.entities if not e.key.name.startswith(HOME)]
    shared = "".join(name for _, name in names if name[:2] in near)
    for kind, name in names:
        pattern, chars = (COMPANY, BRAND) if kind == "Organization" else (SETTLED, LAND)
        found = pattern.fullmatch(name) if kind in ("Organization", "Place") else None
        if found and found["stem"] not in near and found["stem"] not in shared:
            yield found["stem"], chars


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for at, char in enumerate(text):
        if char in "。！？\n":
            if at - start > 8:
                yield Span(start, at + 1)
            start = at + 1


def compose(number: int, samples: Sequence[Sample], seed: int) -> Findings:
    """Return the findings of one composed page: sentences of any article, told by the paper of a city."""
    chance = random.Random(seed * 1_000_003 + number)
    city = cities()[number % CITIES]
    pieces = [chance.choice(chance.choice(samples).pieces) for _ in range(SENTENCES)]
    tell = Teller(city, samples, chance)
    day = FIRST + timedelta(days=number // CITIES)
    head = f"{city.short}日报 {day.year}年{day.month}月{day.day}日"
    text, mentions, claims = f"{head}\n综合消息\n", [], []
    for said, found, told in pieces:
        start = len(text)
        line = [chance.choice("0123456789") if c.isdigit() else c for c in said]
        for _, mention in found:
            line[mention.span.start : mention.span.end] = tell.name(mention.surface, mention.kind)
        text += "".join(line)
        mentions += [(e, m, start) for e, m in found]
        claims += [(c, start) for c in told]
    issue = Issue(f"{number:05}.txt", f"{city.short}日报", When(day, day, head), len(head))
    return _findings(issue, text, mentions, claims, tell)


@cache
def cities() -> tuple[Area, ...]:
    """Return the cities whose papers are composed: of county level, in provinces and prefectures."""
    found = (areas[0] for _, areas in sorted(gazetteer().by_name.items()) if len(areas) == 1)
    wanted = [
        area
        for area in found
        if area.rank == 3 and area.name.endswith("市") and {*map(len, _over(area))} == {3}
    ]
    return tuple(random.Random("cities").sample(wanted, CITIES))


def _over(area: Area) -> tuple[str, str, str]:
    return area.name, area.prefecture or "", area.province or ""


class Teller:
    """Says what the names of the samples are on one page of a city's paper; none gets longer or shorter."""

    def __init__(self, city: Area, samples: Iterable[Sample], chance: random.Random) -> None:
        self._city, self._chance = city.short, chance
        over = (name[:2] for name in _over(city))
        self._said: dict[str, str] = dict(zip((HOME, PREFECTURE, PROVINCE), over, strict=True))
        self._stems = {stem: chars for sample in samples for stem, chars in sample.stems.items()}
        self._local = re.compile("|".join((*self._said, *sorted(self._stems))))

    def name(self, name: str, kind: str) -> str:
        """Return who or what is named for somebody or something of the samples."""
        if kind != "Person":
            return self._local.sub(lambda found: self._stem(found[0]), name)
        if len(name) not in (2, 3):
            return name
        if name not in self._said:
            source = random.Random(f"{name} {self._city} {self._chance.choice(KNOWN)}")
            self._said[name] = source.choice(SURNAMES) + "".join(source.choice(GIVEN) for _ in name[1:])
        return self._said[name]

    def _stem(self, stem: str) -> str:
        """Return the brand of one of a few companies of the city; of a town, its name in the city."""
        if stem not in self._said:
            chars = self._stems[stem]
            one = self._chance.choice(KNOWN) if chars is BRAND else 0
            self._said[stem] = "".join(random.Random(f"{stem} {self._city} {one}").sample(chars, len(stem)))
        return self._said[stem]


@dataclass(frozen=True)
class Issue:
    """The page's source, the paper, its day, and how long the masthead is."""

    source: str
    paper: str
    day: When
    head: int


def _findings(
    issue: Issue,
    text: str,
    found: Sequence[tuple[LocalEntity, Mention, int]],
    told: Sequence[tuple[Claim, int]],
    tell: Teller,
) -> Findings:
    line = Line(text[: issue.head], Span(0, issue.head))
    id_ = digest(text, length=12)
    page = Page(id_, issue.source, text, (line,), date=issue.day, newspaper=issue.paper)
    title = Span(issue.head + 1, issue.head + 5)
    article = Article(
        f"{id_}-1",
        id_,
        "news",
        (title.of(text),),
        (),
        issue.day,
        text,
        Span(title.end + 1, len(text)),
        SourceMap((Segment(0, 0, len(text)),)),
    )

    def key(old: LocalKey) -> LocalKey:
        return LocalKey(id_, old.kind, tell.name(old.name, old.kind))

    entities: dict[LocalKey, tuple[set[str], list[Mention]]] = {}
    for entity, mention, start in found:
        aliases, mentions = entities.setdefault(key(entity.key), (set(), []))
        aliases.update(tell.name(alias, entity.key.kind) for alias in entity.aliases)
        span = mention.span.shift(start)
        mentions.append(replace(mention, article=article.id, surface=span.of(text), span=span))
    claims = [
        Claim(
            key(c.subject),
            c.predicate,
            key(c.object) if isinstance(c.object, LocalKey) else c.object,
            c.qualifiers,
            c.status,
            Evidence(article.id, c.evidence.span.shift(start), c.evidence.finder, c.evidence.confidence),
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
