"""Articles that go on across pages of one issue: which parts are one, by what each page says alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from kg.hanzi.fold import fold
from kg.model import Article, Graph, Page

_ENDS = frozenset("。！？!?…”』")
_OPEN = 2.0
Issue = tuple[str, str, str]


def continued(graph: Graph) -> Mapping[str, str]:
    """Return, for the id of each article that goes on, the id of the article in which it does.

    Both pages are of one issue: they agree in paper and day, or where no day is printed in their file's
    folder and name but for the page's number. The first stands on page 1 and says 下转2版, the other stands
    on page 2 and says 上接1版. Of several between the same pages those go together whose headlines and words
    agree best and where a sentence that breaks off is taken up.
    """
    pages = {page.id: page for page in graph.pages}
    ends: dict[tuple[Issue, str, str], list[Article]] = defaultdict(list)
    starts: dict[tuple[Issue, str, str], list[Article]] = defaultdict(list)
    for article in graph.articles:
        page = pages[article.page]
        if page.number is None:
            continue
        if article.onward is not None:
            ends[issue(page), page.number, article.onward].append(article)
        if article.back is not None:
            starts[issue(page), article.back, page.number].append(article)
    found: dict[str, str] = {}
    for key in sorted(ends.keys() & starts.keys()):
        found.update(_paired(ends[key], starts[key]))
    return found


def first_parts(graph: Graph) -> Mapping[str, str]:
    """Return, for the id of each article that comes from another page, the id of its first part."""
    before = {later: earlier for earlier, later in continued(graph).items()}
    out = {}
    for later in sorted(before):
        first, seen = later, {later}
        while first in before and before[first] not in seen:
            first = before[first]
            seen.add(first)
        out[later] = first
    return out


def issue(page: Page) -> Issue:
    """Return what the pages of one issue have alike and those of others have not."""
    if page.date is not None and page.date.start == page.date.end:
        return page.newspaper or "", page.date.start.isoformat(), ""
    whole, _, _ = page.source.partition("#")
    path = PurePosixPath(whole)
    return page.newspaper or "", "", f"{path.parent}/{path.stem.rstrip('0123456789')}"


def _paired(ends: Sequence[Article], starts: Sequence[Article]) -> dict[str, str]:
    """Return the best pairs, the best first; an article goes on in one other at most."""
    scored = sorted(
        ((-_fit(end, start), end.id, start.id) for end in ends for start in starts),
    )
    found: dict[str, str] = {}
    for _, end, start in scored:
        if end not in found and start not in found.values():
            found[end] = start
    return found


def _fit(end: Article, start: Article) -> float:
    """Return how well the start of one article goes with the end of another."""
    tail, head = end.body.of(end.text).rstrip(), start.body.of(start.text).lstrip()
    broken = bool(tail) and tail[-1] not in _ENDS
    begun = bool(head) and not head.startswith(("本报讯", "本报", "■", "□"))
    decks = _alike("".join(end.headline), "".join(start.headline))
    return _OPEN * (broken and begun) + 4 * decks + 2 * _alike(end.text, start.text)


def _alike(one: str, other: str) -> float:
    """Return how much of the shorter text's pairs of characters stand in the other too, from 0 to 1."""
    a, b = _pairs(one), _pairs(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _pairs(text: str) -> set[str]:
    flat = "".join(fold(text).split())
    return {flat[i : i + 2] for i in range(len(flat) - 1)}
