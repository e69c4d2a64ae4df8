"""Counting right, wrong and missed over pairs of annotated and predicted pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import ontology as ontology_
from kg.config import packed
from kg.errors import InputError
from kg.evaluate.pages import AnnotatedPage, FactKey, Json, Rules, fold, load, pair, turned

BODILESS = frozenset({"ad", "weather", "notice"})


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of right, wrong and missed by group, and a line for every error."""

    tally: Mapping[str, Mapping[str, int]]
    errors: tuple[str, ...]

    def figures(self, group: str) -> tuple[float, float, float]:
        """Return precision, recall and F1 of a group, 0 where nothing was counted."""
        c = self.tally.get(group, {})
        right, wrong, missed = (c.get(k, 0) for k in ("right", "wrong", "missed"))
        p = right / (right + wrong) if right + wrong else 0.0
        r = right / (right + missed) if right + missed else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0


class _Count:
    """Collects the counts and errors of all pages."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.errors: list[str] = []

    def page(self, name: str, gold: AnnotatedPage, predicted: AnnotatedPage) -> None:
        pairs = pair(gold, predicted)
        self._entities(name, gold, predicted, pairs)
        self._facts(name, gold, predicted, pairs)
        self._articles(name, gold.articles, predicted.articles)

    def _entities(
        self, name: str, gold: AnnotatedPage, predicted: AnnotatedPage, pairs: Mapping[int, int]
    ) -> None:
        found = set(pairs.values())
        for i, kind in enumerate(gold.types):
            if not gold.optional[i]:
                self.tally["entity " + kind]["right" if i in found else "missed"] += 1
                if i not in found:
                    self.errors.append(f"{name} missed {kind}: {gold.names[i]}")
        for j, kind in enumerate(predicted.types):
            if j not in pairs:
                self.tally["entity " + kind]["wrong"] += 1
                self.errors.append(f"{name} wrong {kind}: {predicted.names[j]}")

    def _facts(
        self, name: str, gold: AnnotatedPage, predicted: AnnotatedPage, pairs: Mapping[int, int]
    ) -> None:
        want = {turned(key, self.rules): raw for key, raw in gold.facts.items()}
        seen: set[FactKey] = set()
        for (s, p, o), raw in predicted.facts.items():
            ends = [pairs.get(end, f"?{end}") if isinstance(end, int) else end for end in (s, o)]
            key = turned((ends[0], p, ends[1]), self.rules)
            if key not in want or key in seen:
                self.tally["fact " + p]["wrong"] += 1
                self.errors.append(f"{name} wrong fact: {_sentence(raw)}")
                continue
            seen.add(key)
            if not want[key].get("optional"):
                self.tally["fact " + p]["right"] += 1
                self._qualifiers(name, want[key], raw)
        for key, raw in want.items():
            if key not in seen and not raw.get("optional"):
                self.tally["fact " + key[1]]["missed"] += 1
                self.errors.append(f"{name} missed fact: {_sentence(raw)}")

    def _qualifiers(self, name: str, want: Json, raw: Json) -> None:
        asked, said = (f.get("q", {}) for f in (want, raw))
        if asked.get("status") != said.get("status"):
            self.tally["status"]["missed"] += bool(asked.get("status"))
            self.tally["status"]["wrong"] += bool(said.get("status"))
            self.errors.append(
                f"{name} status: {_sentence(raw)} {said.get('status')} ≠ {asked.get('status')}"
            )
        elif said.get("status"):
            self.tally["status"]["right"] += 1
        if want["p"] == "holdsPosition":
            titles = asked.get("titles", [asked.get("title", "")])
            same = fold(said.get("title", "")) in map(fold, titles)
            self.tally["title"]["right" if same else "wrong"] += 1
            if not same:
                self.errors.append(f"{name} title: {raw['s']} {said.get('title')} ≠ {asked.get('title')}")

    def _articles(self, name: str, gold: Sequence[Json], predicted: Iterable[Json]) -> None:
        left = list(predicted)
        for article in gold:
            if article.get("kind") in BODILESS:
                continue
            hit = next((a for a in left if _ends(a) == _ends(article)), None)
            self.tally["article"]["right" if hit is not None else "missed"] += 1
            if hit is None:
                first = "".join(article["headline"][:1])
                self.errors.append(
                    f"{name} missed article: {first} {article['body_starts']}…{article['body_ends']}"
                )
                continue
            left.remove(hit)
            self._headline(name, article.get("headline", ()), hit.get("headline", ()))
            names, found = ({fold(b["name"]) for b in a.get("byline", ())} for a in (article, hit))
            for key, people in (
                ("right", names & found),
                ("missed", names - found),
                ("wrong", found - names),
            ):
                self.tally["byline"][key] += len(people)
        self.tally["article"]["wrong"] += sum(a.get("kind") not in BODILESS for a in left)

    def _headline(self, name: str, want: Sequence[str], got: Sequence[str]) -> None:
        if want:
            decks = {fold(h) for h in want} & {fold(h) for h in got}
            right = bool(decks) or fold("".join(want)) == fold("".join(got))
            self.tally["headline"]["right" if right else "missed"] += 1
            if not right:
                self.errors.append(f"{name} headline: {' / '.join(got)} ≠ {' / '.join(want)}")


def _ends(article: Json) -> tuple[str, str]:
    return fold(article.get("body_starts", ""))[:8], fold(article.get("body_ends", ""))[-6:]


def _sentence(raw: Json) -> str:
    return f"{raw['s']} {raw['p']} {raw['o']} | {raw.get('evidence', '')}"


def score(gold: Path, predicted: Path, ontology: ontology_.Ontology | None = None) -> Scores:
    """Compare a folder (or file) of predictions with a folder (or file) of annotations.

    Pages are paired by file name; gold `000.json` also pairs with `000_anything.json`. A gold folder
    without such files may hold folders of them. Which predicates are symmetric or end in a literal is
    read off the ontology, by default the shipped one.

    Raises:
        InputError: there is no annotation, or a file is no annotation.
    """
    rules = Rules.of(ontology or ontology_.load(packed("ontology")))
    count = _Count(rules)
    for file, other in pairs_of(gold, predicted):
        if other is None:
            count.errors.append(f"{file.stem} no prediction")
        empty = AnnotatedPage({"articles": []}, rules)
        count.page(file.stem, load(file, rules), empty if other is None else load(other, rules))
    for group, total in (("entity ", "ENTITIES"), ("fact ", "FACTS")):
        for name in [n for n in count.tally if n.startswith(group)]:
            count.tally[total].update(count.tally[name])
    return Scores(dict(count.tally), tuple(count.errors))


def pairs_of(gold: Path, predicted: Path) -> Iterator[tuple[Path, Path | None]]:
    """Yield each annotation with its prediction, or with None where there is none."""
    files = annotated_files(gold)
    for file in files:
        other = predicted
        if predicted.is_dir():
            other = next(iter(sorted(predicted.glob(file.stem + "[._]*json"))), predicted / file.name)
        yield file, other if other.exists() else None


def annotated_files(gold: Path) -> list[Path]:
    """Return the annotation files of a folder, of its folders, or the one file itself.

    Raises:
        InputError: there is none.
    """
    files = (sorted(gold.glob("*.json")) or sorted(gold.glob("*/*.json"))) if gold.is_dir() else [gold]
    if not files or not all(f.exists() for f in files):
        raise InputError(str(gold), "no annotation here", remedy="give a folder of PAGE.json files or one")
    return files


def render(scores: Scores) -> str:
    """Return the figures as a table, a row a group."""
    lines = [f"{'':28}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'wrong':>7}{'missed':>7}"]
    for name in sorted(scores.tally):
        c = scores.tally[name]
        p, r, f = scores.figures(name)
        counts = "".join(f"{c.get(k, 0):7}" for k in ("right", "wrong", "missed"))
        lines.append(f"{name:28}{p:7.3f}{r:7.3f}{f:7.3f}{counts}")
    return "\n".join(lines)
