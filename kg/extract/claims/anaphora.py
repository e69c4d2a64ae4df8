"""What words mean that take up a name: 该公司, 他, 前者, 双方."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kg.extract.claims.grammar import Grammar
from kg.extract.claims.scene import Node, View
from kg.extract.sentences import split
from kg.model import Article, LocalKey
from kg.table import Row

_BACK = 8
"""How many sentences back a name may stand that a word takes up."""
_FAR = 16
"""How many, when nothing else in the article ends like the word."""
_WHOLE = 120
"""How many are looked at for that: all of an article, but for texts that are none."""
_NEAR = 4
"""How many of them are searched for a name that ends like the word: 集团 takes up 甲集团 before 乙公司."""
_POINTS = ("该", "这家", "这个", "这项", "这座", "本次", "此次", "本届")
_SIDES = ("Organization|Place", "Person", "Project", "Event")
"""Which classes can be two sides, those of one line together."""


def views(
    article: Article, nodes: Sequence[Node], forms: Mapping[LocalKey, tuple[str, ...]], words: Grammar
) -> list[View]:
    """Return the sentences of an article with their names, words that take up a name resolved.

    Args:
        nodes: the names of the article by place, none overlapping another.
        forms: all names of what is named on the page.
        words: the words that take up names.
    """
    starts = [n.start for n in nodes]
    out: list[View] = []
    seen: list[list[Node]] = []
    former: tuple[Node, ...] = ()
    for sentence in (s for s in split(article) if not s.broken):
        first, last = sentence.span.start, sentence.span.end
        some = nodes[bisect_left(starts, first) : bisect_left(starts, last)]
        inside = [n for n in some if n.end <= last]
        view = View(article.text, sentence, inside, words)
        bodies = [n for n in inside if n.said != "post"]
        strong = [n for n in bodies if not (view.preposition(n) or view.modifies(n))]
        extra: list[Node] = []
        for found in words.anaphor.finditer(view.masked):
            start, end = found.start() + view.start, found.end() + view.start
            row = words.meanings[found.group()]
            if row["where"] == "start" and not words.start.search(view.masked[: found.start()]):
                continue
            if row["where"] in {"first", "second", "both"}:
                sides = former if row["where"] == "second" else ()
                sides = sides or _sides(row, start, [*out[-_BACK:], view])
                former = sides if row["where"] == "first" else ()
                extra += _stands(start, end, sides, row["where"])
                continue
            here = sorted((n for n in bodies if n.end <= start), key=view.modifies)
            meant = _meant(row, found.group(), [*seen[-_WHOLE:], here], forms)
            if meant is not None:
                extra += _stands(start, end, (meant,), "first")
        view.nodes = sorted([*inside, *extra], key=lambda n: n.start)
        seen.append([*strong, *(n for n in bodies if n not in strong)])
        out.append(view)
    return out


def _stands(start: int, end: int, meant: Sequence[Node], which: str) -> Iterator[Node]:
    """Yield the nodes of a word that stands for one name, or for two of them half each."""
    if not meant:
        return
    if which == "both":
        middle = (start + end) // 2
        for node, left, right in zip(meant, (start, middle), (middle, end), strict=True):
            yield Node(left, right, node.key, node.sure * 0.85, "anaphor", left, right)
        return
    node = meant[-1] if which == "second" else meant[0]
    yield Node(start, end, node.key, node.sure * 0.85, "anaphor", start, end)


def _meant(
    row: Row, word: str, sentences: Sequence[Sequence[Node]], forms: Mapping[LocalKey, tuple[str, ...]]
) -> Node | None:
    """Return the name that a word can stand for: in the last sentence that has one, its subject first.

    A name near by that ends like the word itself comes before all others. One that is further back is meant
    when no other of all that the article has named ends like the word.
    """
    kinds = row["kind"].split("|")
    endings = () if row["endings"] == "-" else tuple(row["endings"].split())
    bare = next((word.removeprefix(p) for p in _POINTS if word.startswith(p)), word)
    searches: list[tuple[tuple[str, ...], int]] = [(endings, _BACK + 1)]
    if bare in endings:
        searches.insert(0, ((bare,), _NEAR))

    def fits(node: Node, wanted: tuple[str, ...]) -> bool:
        named = forms.get(node.key, (node.key.name,))
        like = not wanted or node.kind == "Person" or any(f.rstrip('”"').endswith(wanted) for f in named)
        return node.kind in kinds and like

    for wanted, back in searches:
        for sentence in reversed(sentences[-back:]):
            for node in sentence:
                if fits(node, wanted):
                    return node
    if not endings:
        return None
    far = {n.key: (at, n) for at, some in enumerate(sentences) for n in some if fits(n, endings)}
    if len(far) != 1:
        return None
    ((at, node),) = far.values()
    return node if at >= len(sentences) - _FAR else None


def _sides(row: Row, at: int, seen: Sequence[View]) -> tuple[Node, ...]:
    """Return the two names spoken of last as sides: 甲 and 乙 in 甲与乙签约, 甲、乙两个项目."""
    kinds = set(row["kind"].split("|"))
    for view in reversed(seen):
        before = [n for n in view.nodes if n.end <= at and n.said != "post" and n.kind in kinds]
        for line in _SIDES:
            nodes = [n for n in before if n.kind in line.split("|")]
            found = _with(view, nodes) or _listed(view, nodes)
            if found:
                return found
    return ()


def _with(view: View, nodes: Sequence[Node]) -> tuple[Node, ...]:
    for i in range(len(nodes) - 1, 0, -1):
        if view.preposition(nodes[i]) in view.grammar.roles["with"]:
            head = nodes[i - 1]
            if head.key != nodes[i].key:
                return head, nodes[i]
    return ()


def _listed(view: View, nodes: Sequence[Node]) -> tuple[Node, ...]:
    pairs = [(a, b) for a, b in pairwise(nodes) if a.kind == b.kind and a.key != b.key and view.linked(a, b)]
    return pairs[-1] if len(pairs) == 1 else ()
