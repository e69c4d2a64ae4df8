"""The sentence and the paragraph around a piece of evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span

# A sentence with its closing marks: 他说：“好。” is one, 好！真好！ are two.
_SENTENCE = re.compile(r"[^。！？!?…]+(?:[。！？!?…]+[”’』」）)]*)?|[。！？!?…]+[”’』」）)]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a stretch of a text stands; `said` lies in `sentence`, and that in `paragraph`."""

    paragraph: Span
    sentence: Span
    said: Span


def passage(text: str, said: Span) -> Passage:
    """Return the paragraph (or paragraphs) and the sentences that a stretch of a text touches.

    >>> found = passage("标题\\n他来了。他走访了企业。天晴。", Span(8, 10))
    >>> found.sentence.of("标题\\n他来了。他走访了企业。天晴。")
    '他走访了企业。'
    """
    start = text.rfind("\n", 0, said.start) + 1
    stop = text.find("\n", max(said.end, start))
    paragraph = Span(start, len(text) if stop < 0 else stop)
    first, last = said.start, said.end
    for match in _SENTENCE.finditer(text, paragraph.start, paragraph.end):
        if match.start() <= said.start < match.end():
            first = match.start()
        if match.start() < said.end <= match.end():
            last = match.end()
    while first < said.start and text[first].isspace():
        first += 1
    return Passage(paragraph, Span(first, last), said)
