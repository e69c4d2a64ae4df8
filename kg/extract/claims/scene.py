"""An article as the frames see it: names in their places, lists of names, and what 该公司 means."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.extract.claims.grammar import NAME, Grammar
from kg.extract.sentences import Sentence
from kg.hanzi.dates import Date, dates
from kg.hanzi.quantity import Quantity, quantities
from kg.model import Article, LocalEntity, LocalKey, Mention

_ASIDE = re.compile(r"[（(][^（）()]{0,60}[）)]")
"""An aside: （朝鲜族） in 金某（朝鲜族）、李某."""
_OWN = "的《"
_OPENING, _CLOSING = frozenset("“‘《「"), frozenset("”’》」")
_PAUSE = re.compile(r"[，：；,:;]")


@dataclass(frozen=True, slots=True)
class Node:
    """A name, or a word that stands for one, in its place.

    `left` and `right` take in the posts beside a person's name; `said` is name, anaphor, topic (carried from
    before) or post (市长 as the name of its government, an end of nothing but holdsPosition).
    """

    start: int
    end: int
    key: LocalKey
    sure: float
    said: str = "name"
    left: int = -1
    right: int = -1

    @property
    def kind(self) -> str:
        """The class of what is named."""
        return self.key.kind


@dataclass(frozen=True, slots=True)
class _Settled:
    """What was asked of a sentence: `joined` by the starts of both nodes, `prepositions` by the left edge."""

    free: list[Node]
    named: list[Node]
    joined: dict[tuple[int, int], bool] = field(default_factory=dict)
    prepositions: dict[int, str] = field(default_factory=dict)


@dataclass
class View:
    """One sentence, from `start` to `end`, with its nodes, by place; offsets are those of the article."""

    text: str
    sentence: Sentence
    nodes: list[Node]
    grammar: Grammar
    absorbed: set[int] = field(default_factory=set)
    start: int = field(init=False)
    end: int = field(init=False)
    _settled: _Settled | None = None

    def __post_init__(self) -> None:
        self.start, self.end = self.sentence.span.start, self.sentence.span.end

    def settle(self) -> None:
        """Say that all nodes and appositions are known: from here on, nothing is worked out twice."""
        free = [n for n in self.nodes if n.start not in self.absorbed and n.said != "post"]
        self._settled = _Settled(free, [n for n in self.nodes if n.said != "post"])

    @cached_property
    def masked(self) -> str:
        """The sentence with every character of a name replaced by `NAME`."""
        chars = list(self.text[self.start : self.end])
        for node in self.nodes:
            if node.said in {"name", "post"}:
                chars[node.start - self.start : node.end - self.start] = NAME * (node.end - node.start)
        return "".join(chars)

    @cached_property
    def pauses(self) -> list[int]:
        """The offsets of the pauses between clauses."""
        found = [m.start() + self.start for m in _PAUSE.finditer(self.masked)]
        if self.sentence.headline:
            found += [self.start + i for i, c in enumerate(self.masked) if c in " \u3000"]
        return sorted(found)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures, outside of names."""
        by = self.start
        return tuple(
            Quantity(q.start + by, q.end + by, q.text, q.kind, q.value, q.unit)
            for q in quantities(self.masked)
        )

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """The dates, outside of names."""
        by = self.start
        return tuple(Date(d.start + by, d.end + by, d.text) for d in dates(self.masked))

    def clause(self, at: int) -> int:
        """Return the number of the clause that holds an offset."""
        return bisect.bisect_left(self.pauses, at)

    def clause_start(self, at: int) -> int:
        """Return where the clause that holds an offset starts."""
        number = self.clause(at)
        return self.pauses[number - 1] + 1 if number else self.start

    def clause_end(self, at: int) -> int:
        """Return where the clause that holds an offset ends, its pause not included."""
        number = self.clause(at)
        return self.pauses[number] if number < len(self.pauses) else self.end

    def free(self) -> list[Node]:
        """Return the nodes that are no part of another's apposition, and no mere posts."""
        if self._settled is not None:
            return self._settled.free
        return [n for n in self.nodes if n.start not in self.absorbed and n.said != "post"]

    def named(self) -> list[Node]:
        """Return the nodes that are no mere posts."""
        if self._settled is not None:
            return self._settled.named
        return [n for n in self.nodes if n.said != "post"]

    def between(self, left: Node, right: Node) -> str:
        """Return the text between two nodes with their posts, asides left out."""
        return _ASIDE.sub("", self.text[max(left.right, left.end) : min(right.left, right.start)])

    def linked(self, left: Node, right: Node) -> bool:
        """Say whether two neighbours stand in one list."""
        if left.kind != right.kind and {left.kind, right.kind} - {
            "Person",
            "Organization",
            "Place",
            "Project",
        }:
            return False
        if left.said == right.said == "anaphor" and left.end == right.start:
            return True  # 双方: one word for two
        gap = self.between(left, right)
        if self.grammar.link.fullmatch(gap) or (not gap and self._quoted(left, right)):
            return True
        if left.kind != "Person" or not self.grammar.comma.fullmatch(gap):
            return False
        if right.kind == "Person":
            return right.left < right.start
        return right.kind == "Organization" and bool(self.grammar.listed.match(self.text, right.end))

    def _quoted(self, left: Node, right: Node) -> bool:
        """Say whether one name's quotation mark closes where the next one's opens: “甲奖”“乙奖”."""
        return self.text[left.end - 1 : left.end] in _CLOSING and self.text[right.start] in _OPENING

    def nested(self, left: Node, right: Node) -> bool:
        """Say whether a place only says where its right neighbour is: 永安镇|督正村, 彭城镇|企业|甲公司."""
        return left.kind == "Place" and self.text[left.end : right.left].strip('“”"') in self.grammar.holds

    def group(
        self, node: Node, nodes: Sequence[Node], kinds: frozenset[str] | None = None
    ) -> tuple[Node, ...]:
        """Return the list of names that a node stands in, in the order of the text."""
        at = node.start
        i = next((k for k, n in enumerate(nodes) if n.start == at), None)
        if i is None:
            return (node,)
        first = last = i
        while first and self._joined(nodes[first - 1], nodes[first]):
            first -= 1
        while last + 1 < len(nodes) and self._joined(nodes[last], nodes[last + 1]):
            last += 1
        found = [
            n
            for k, n in enumerate(nodes[first : last + 1], first)
            if k in (i, last) or not self.nested(n, nodes[k + 1])
        ]
        return tuple(n for n in found if kinds is None or n.kind in kinds)

    def _joined(self, left: Node, right: Node) -> bool:
        if self._settled is None:
            return self.linked(left, right) or self.nested(left, right)
        known, pair = self._settled.joined, (left.start, right.start)
        if pair not in known:
            known[pair] = self.linked(left, right) or self.nested(left, right)
        return known[pair]

    def preposition(self, node: Node) -> str:
        """Return the word before a node that keeps it from being a subject, or nothing.

        A name in a place shares the word before the place: 督正村 in 位于永安镇督正村.
        """
        if self._settled is None:
            return self._preposition(node)
        known = self._settled.prepositions
        if node.left not in known:
            known[node.left] = self._preposition(node)
        return known[node.left]

    def _preposition(self, node: Node) -> str:
        while True:
            above = next((n for n in self.named() if n.end <= node.left and self.nested(n, node)), None)
            if above is None:
                break
            node = above
        before = self.masked[max(0, node.left - self.start - 4) : node.left - self.start]
        found = self.grammar.preposition.search(before)
        return found.group().rstrip('“‘"《「') if found else ""

    def opens(self, node: Node) -> bool:
        """Say whether a node opens its clause: only a date or a word of time or order stands before it.

        The places that hold it belong to it: 永安镇 in 永安镇督正村.
        """
        left = node.left
        floor = self.clause_start(left)
        held = node
        for above in reversed(self.nodes):
            if above.end > left:
                continue
            if above.start < floor or not self.nested(above, held):
                break
            held, left = above, above.left
        if any(floor <= n.start < left for n in self.nodes):
            return False
        lead = self.masked[floor - self.start : left - self.start]
        for date in self.dates:
            if floor <= date.start and date.end <= left:
                lead = lead.replace(self.text[date.start : date.end], "")
        lead = self.grammar.opening.sub("", lead)
        return len(lead) <= (10 if node.kind == "Person" else 1)

    def modifies(self, node: Node) -> bool:
        """Say whether a node only modifies what follows it."""
        at = max(node.right, node.end)
        if node.kind == "Person" and self.text.startswith(_OWN, at):
            return False  # whose work something is stands for it: 何某的《青禾》获奖
        return bool(self.grammar.modifies.match(self.masked, at - self.start))

    def counts(self, node: Node) -> bool:
        """Say whether a body or place is only that of people or bodies that are counted: 我市|33名职工."""
        return node.kind in ("Organization", "Place") and bool(
            self.grammar.counted.match(self.masked, node.end - self.start)
        )

    def says(self, node: Node) -> bool:
        """Say whether a node is said to say something: 何某表示，."""
        return bool(self.grammar.says.match(self.masked, max(node.right, node.end) - self.start))


def names_of(articles: Iterable[Article], entities: Iterable[LocalEntity]) -> dict[str, list[Node]]:
    """Return the names of each article by place; of two that overlap, the longer one."""
    found: dict[str, list[Node]] = {article.id: [] for article in articles}
    for entity in entities:
        for m in entity.mentions:
            start, end = m.span.start, m.span.end
            if m.article in found and end > start:
                node = Node(start, end, entity.key, m.confidence, _said(m), start, end)
                found[m.article].append(node)
    return {article: _apart(nodes) for article, nodes in found.items()}


def _apart(nodes: Iterable[Node]) -> list[Node]:
    out: list[Node] = []
    for node in sorted(nodes, key=lambda n: (n.start, -n.end, n.key)):
        if not out or node.start >= out[-1].end:
            out.append(node)
    return out


def _said(mention: Mention) -> str:
    """Return how a mention names: a word that only a finder of posts took for a body is a post."""
    return "post" if mention.finders == ("post",) else "name"
