"""Areas that no gazetteer lists (renamed, abolished, invented), as far as a page shows them to be areas."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.hanzi.gazetteer import gazetteer

_HAN = "\u4e00-\u9fff"
_FULL = re.compile(
    rf"([{_HAN}]{{2,3}}?)([市县旗])(?![场城域民区镇值级委]|$)|([{_HAN}]{{2,3}}?)([市县旗])(?:委|$)"
)
"""A full name with which a word opens: 禾川|市|水利局, 禾川市."""
_BRANCH = re.compile(rf"（([{_HAN}]{{2,3}})）(?=有限|股份|集团)")
"""The seat in a firm's name: （禾川）有限公司."""
FULL, SHORT, ORGAN, MASTHEAD = 1.5, 1.0, 3.0, 12.0
"""What one piece of evidence weighs."""
FEWEST = 3
"""Times that a page must print a name before it can be that of an area."""


def unlisted(
    names: Mapping[str, int], organs: Iterable[str], newspaper: str, texts: Sequence[str], level: str | None
) -> dict[str, float]:
    """Return full names of areas that no gazetteer knows → how much speaks for each.

    Such a name is printed in full (禾川市) and again, in full or short; or, on a page that speaks of its own
    level, short only but as the seat of a firm too: （禾川）有限公司.

    Args:
        names: words that the lexer takes for places and organizations → how often they occur.
        organs: what stands before organs, up to the level (中共禾川市|委).
        newspaper: the newspaper's name, or "".
        texts: the page's articles.
        level: the level of areas on which the page speaks of itself.
    """
    known = gazetteer()
    weights: dict[str, float] = defaultdict(float)
    printed: dict[str, int] = defaultdict(int)
    for word, times in names.items():
        match = _FULL.match(word)
        if match is None:
            continue
        short, end = match[1] or match[3], match[2] or match[4]
        if short not in known.by_short and short + end not in known.by_name and not _opens_listed(word):
            weights[short + end] += FULL * times
            printed[short + end] += times
    if level:
        for text in texts:
            for match in _BRANCH.finditer(text):
                if not known.find(match[1]) and names.get(match[1], 0) >= FEWEST:
                    weights[match[1] + level] += SHORT
                    printed[match[1] + level] += 1
    for name in organs:
        for full in list(weights):
            if name.endswith(full):
                weights[full] += ORGAN
    for full in list(weights):
        short = full[:-1]
        weights[full] += sum(SHORT * n for word, n in names.items() if _short_of(word, short))
        if newspaper.startswith(short):
            weights[full] += MASTHEAD
        elif printed[full] + sum(n for word, n in names.items() if _short_of(word, short)) < FEWEST:
            del weights[full]
    return dict(weights)


def _opens_listed(word: str) -> bool:
    """Say whether a word opens with an area of the gazetteer."""
    known = gazetteer()
    return any(word[:n] in known.by_name or word[:n] in known.by_short for n in range(2, min(len(word), 12)))


def _short_of(word: str, short: str) -> bool:
    """Say whether a word is the short name, or a zone or body under it: 禾川, 禾川|经济开发区."""
    return word == short or (
        word.startswith(short) and len(word) > len(short) + 3 and word[len(short)] not in "市县旗"
    )
