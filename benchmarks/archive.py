"""Composes an archive of newspaper pages of any size from the articles of training/corpus.

    .venv/bin/python benchmarks/archive.py FOLDER [--pages 1000] [--seed 1] [--cities 8] [--articles 5]

Every article is put together from paragraphs of several articles of the corpus, and what they name is
somebody else in every city: people, companies and villages get names that the city's papers print again and
again, the county-level city itself is a real one, figures are others, and days fit the issue. One page in a
hundred prints an article of an earlier page again. FOLDER/pages holds a text file a page, a thousand in each
folder; FOLDER/truth.tsv holds what every name on every page truly is: page, class, name, identity. The same
arguments give the same bytes, and a smaller archive is the beginning of a larger one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "layout"))

from compose import Piece, clean_page, heads_behind  # noqa: E402

from kg.config import packed  # noqa: E402
from kg.hanzi.gazetteer import gazetteer  # noqa: E402
from kg.lexicon import load  # noqa: E402
from kg.train.corpus import Form, occurrences  # noqa: E402

FRESH = 0.35
"""How often a paper names somebody for the first time; else whom it named, the oftener the likelier."""
TRIES = 20
"""How often somebody else is looked for when an article has named who was drawn."""
AGAIN = 0.01
"""How many pages print an article of an earlier page again."""
COMPANY = re.compile(r"(公司|集团|厂|合作社|工作室|农场|酒店|超市|股份)$")
SETTLED = re.compile(r"^(..?)(镇|乡|街道|村|社区)$")
BRAND = "恒宏瑞盛泰嘉海天华兴隆新诚信德广源祥顺通达丰茂康宁安和远博雅锦绣凯旋腾飞峰岳林森润泽浩鼎"
LAND = "石桥沈庄东西南北新黄金白青双三里塘港湖溪山林竹梅杨柳周陈李王钱孙曹潘徐浦泾浜墩堰坝渡湾沙洋河"
FIGURE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(?![\d.]*[年月日时点分:：号届])")
DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日")


@dataclass(frozen=True)
class Source:
    """An article of the corpus: its city, its names, and what is printed of it."""

    city: str
    forms: tuple[Form, ...]
    piece: Piece


@dataclass
class City:
    """A city whose papers are composed: what its papers named so far, the same name as often as it came."""

    name: str
    said: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def pick(self, kind: str, rng: random.Random, fresh: str) -> tuple[str, str]:
        """Return a name and who bears it: somebody known, or somebody new of the fresh name."""
        known = self.said[kind]
        if known and rng.random() >= FRESH:
            found = rng.choice(known)
        else:
            found = (fresh, f"{self.name}/{kind}/{len(known)}")
        known.append(found)
        return found


Named = tuple[str, str, str]
"""Class, name and identity."""


def main() -> None:
    """Write an archive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cities", type=int, default=8)
    parser.add_argument("--articles", type=int, default=5, help="of a page, on average")
    given = parser.parse_args()
    characters = write(given.folder, given.pages, given.seed, given.cities, given.articles)
    print(f"{given.pages:,} pages, {characters:,} characters in {given.folder / 'pages'}")


def write(folder: Path, pages: int, seed: int = 1, cities: int = 8, articles: int = 5) -> int:
    """Write pages and their truth into a folder; return how many characters the pages have."""
    characters = 0
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "truth.tsv").open("w", encoding="utf-8") as truth:
        truth.write("page\tclass\tname\tidentity\n")
        for number, (text, named) in enumerate(compose(pages, seed, cities, articles)):
            below = folder / "pages" / f"{number // 1000:03}"
            below.mkdir(parents=True, exist_ok=True)
            (below / f"{number:06}.txt").write_text(text, "utf-8")
            truth.writelines(f"{number:06}\t{kind}\t{name}\t{who}\n" for kind, name, who in named)
            characters += len(text)
    return characters


def compose(pages: int, seed: int, cities: int, articles: int) -> Iterator[tuple[str, list[Named]]]:
    """Yield pages with what they name."""
    rng = random.Random(f"archive {seed}")
    sources = corpus()
    lexicon = load([packed("lexicon")])
    surnames = [row["word"] for row in lexicon.table("surnames").where(use="common")]
    given = "".join(n[1:] for s in sources for f, kind, n in s.forms if kind == "Person" and len(n) in (2, 3))
    towns = sorted(
        name for name, areas in gazetteer().by_name.items()
        if len(name) == 3 and name.endswith("市") and len(areas) == 1 and areas[0].rank == 3
    )  # fmt: skip
    places = [City(name) for name in rng.sample(towns, cities)]
    world = World(rng, sources, surnames, given)
    printed: list[tuple[Piece, list[Named]]] = []
    first = date(2023, 1, 2)
    for number in range(pages):
        city = rng.choice(places)
        issue = first + timedelta(days=number // (2 * cities))
        told = [world.article(city, issue) for _ in range(rng.randint(articles - 2, articles + 2))]
        if printed and rng.random() < AGAIN:
            told.append(rng.choice(printed))
        if rng.random() < 0.05 and len(printed) < 1000:
            printed.append(told[0])
        pieces = [piece for piece, _ in told]
        body = clean_page(pieces) if rng.random() < 0.6 else heads_behind(pieces, rng, late=rng.randint(0, 1))
        week = "一二三四五六日"[issue.weekday()]
        day = f"{issue.year}年{issue.month}月{issue.day}日 星期{week}"
        head = f"{city.name[:-1]}日报 {day} 第{rng.randint(1, 8)}版"
        yield f"{head}\n\n{body}\n", sorted({one for _, named in told for one in named})


class World:
    """What is drawn from, in the order in which it is drawn."""

    def __init__(self, rng: random.Random, sources: list[Source], surnames: list[str], given: str) -> None:
        self.rng, self.sources, self.surnames, self.given = rng, sources, surnames, given

    def article(self, city: City, issue: date) -> tuple[Piece, list[Named]]:
        """Return an article of a city's paper and what it names."""
        lead, *others = self.rng.sample(self.sources, self.rng.randint(3, 5))
        named: set[Named] = set()
        tell = Teller(self, city, issue, lead, named)
        decks = tuple(map(tell.of, lead.piece.decks))
        people = tuple((role, tell.person(name)) for role, name in lead.piece.people)
        paragraphs = [tell.of(lead.piece.paragraphs[0])]
        for source in others:
            tell = Teller(self, city, issue, source, named)
            paragraphs += [tell.of(text) for text in self._some(source.piece.paragraphs)]
        return Piece(decks, people, tuple(paragraphs)), sorted(named)

    def _some(self, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
        at = self.rng.randrange(len(paragraphs))
        return paragraphs[at : at + self.rng.randint(1, 2)]

    def fresh(self, kind: str) -> str:
        """Return a name, or what tells one name from others."""
        rng = self.rng
        if kind == "Person":
            return rng.choice(self.surnames) + "".join(rng.choices(self.given, k=1 + (rng.random() < 0.7)))
        return "".join(rng.sample(BRAND if kind == "Organization" else LAND, 2))


class Teller:
    """Tells paragraphs of one article of the corpus as a paper of another city would."""

    def __init__(self, world: World, city: City, issue: date, source: Source, named: set[Named]) -> None:
        self.world, self.city, self.source, self.named = world, city, source, named
        day = issue - timedelta(days=world.rng.randint(0, 3))
        self.day = f"{day.month}月{day.day}日"
        self.people: dict[str, tuple[str, str]] = {}
        self.stems: dict[str, tuple[str, str]] = {}
        for form, kind, name in source.forms:
            stem = _stem(form, kind, name, source.city)
            if stem and stem not in self.stems:
                self.stems[stem] = city.pick(kind, world.rng, world.fresh(kind))

    def person(self, name: str) -> str:
        """Return who is printed for somebody."""
        if len(name) not in (2, 3):
            return name
        if name not in self.people:
            taken = {other for other, _ in self.people.values()}
            for _ in range(TRIES):
                found = self.city.pick("Person", self.world.rng, self.world.fresh("Person"))
                if found[0] not in taken:
                    break
            self.people[name] = found
        return self.people[name][0]

    def of(self, text: str) -> str:
        """Return what is printed for a text of the corpus, and note what it names."""
        parts, done = [], 0
        for start, end, form in occurrences(text, self.source.forms):
            parts += [self._plain(text[done:start]), self._name(form)]
            done = end
        return "".join([*parts, self._plain(text[done:])])

    def _name(self, form: Form) -> str:
        printed, kind, name = form
        if kind == "Person":
            other = self.person(name)
            self.named.add((kind, other, self.people[name][1] if name in self.people else name))
            return other if printed == name else printed.replace(name[0], other[0], 1)
        new, who = self._place(name), ""
        for stem, (other, identity) in self.stems.items():
            if stem in name:
                new, who = new.replace(stem, other), f"{who}{identity}"
        self.named.add((kind, new, f"{self.city.name}/{who}/{name if who else new}"))
        printed = self._place(printed)
        for stem, (other, _) in self.stems.items():
            printed = printed.replace(stem, other)
        return printed

    def _place(self, text: str) -> str:
        old = self.source.city[:-1]
        return text.replace(old, self.city.name[:-1]) if len(old) > 1 else text

    def _plain(self, text: str) -> str:
        text = DAY.sub(self.day, self._place(text))
        return FIGURE.sub(self._figure, text)

    def _figure(self, match: re.Match[str]) -> str:
        rng = self.world.rng
        whole, _, rest = match[1].partition(".")
        digits = str(rng.randint(1, 9)) + "".join(rng.choices("0123456789", k=len(whole) - 1))
        return digits + ("." + "".join(rng.choices("123456789", k=len(rest))) if rest else "")


def _stem(form: str, kind: str, name: str, city: str) -> str:
    """Return what tells a company or a village from others of its sort: 恒达 of 海宁恒达电子有限公司."""
    if form != name:
        return ""
    if kind == "Organization" and COMPANY.search(name) and len(name) > 5:
        rest = name.removeprefix(city[:-1]).lstrip("市县区省")
        short = gazetteer().by_short
        return rest[2:4] if rest[:2] in short else rest[:2]
    match = SETTLED.match(name) if kind == "Place" else None
    return match[1] if match and len(match[1]) == 2 else ""


def corpus() -> list[Source]:
    """Return the articles of training/corpus whose paper is of a city."""
    found = []
    for path in sorted((ROOT / "training" / "corpus").glob("w*/*.json")):
        data = json.loads(path.read_text("utf-8"))
        text = (path.parent / "articles" / f"{path.stem}.txt").read_text("utf-8")
        city, article = data.get("city") or "", data["articles"][0]
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        first, last = _line(lines, article["body_starts"], 0), _line(lines, article["body_ends"], 1)
        people = tuple((one["role"], one["name"]) for one in article["byline"])
        if len(data["articles"]) > 1 or len(city) != 3 or not people or not article["headline"]:
            continue
        if first is None or last is None or last < first:
            continue
        flat = "".join(text.split())
        forms = {
            (form, entity["type"], entity["name"])
            for entity in article["entities"]
            for form in (entity["name"], *entity.get("aliases", ()))
            if len(form) > 1 and form in flat
        }
        ordered = tuple(sorted(forms, key=lambda form: (-len(form[0]), form)))
        decks = tuple(article["headline"])
        found.append(Source(city, ordered, Piece(decks, people, tuple(lines[first : last + 1]))))
    return found


def _line(lines: list[str], edge: str, end: int) -> int | None:
    """Return the line that begins or ends as the edge of a body does."""
    wanted = "".join(edge.split())
    for number, line in enumerate(lines):
        flat = "".join(line.split())
        if flat.endswith(wanted[-6:]) if end else flat.startswith(wanted[:8]):
            return number
    return None


if __name__ == "__main__":
    main()
