"""One piece of a page: a body, the decks of a headline, a byline, or other matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.layout.genre import Genre
from kg.layout.lines import Clean
from kg.model import Byline


@dataclass(frozen=True, slots=True)
class Story:
    """One piece of a page in its order: a body, the decks of a headline, a byline, or other matter.

    Attributes:
        kind: body, head, byline, label, ad or weather.
        lines: its lines in the order of the page.
        credit: of a body, the byline printed behind it.
        opened: of a body, whether it begins with the words that open one.
    """

    kind: str
    lines: tuple[Clean, ...]
    credit: tuple[Byline, ...] = ()
    opened: bool = False
    subheads: frozenset[int] = frozenset()  # numbers of lines that are paragraphs of their own

    @property
    def caption(self) -> bool:
        """Whether it is printed over a photo, as scans show by giving it many times over."""
        return self.kind == "body" and self.lines[0].overprinted

    @property
    def text(self) -> str:
        """The lines, put together without a break."""
        return "".join(line.text for line in self.lines)


def of_photo(person: Byline) -> bool:
    """Say whether somebody is named for a photo."""
    return "摄" in person.role


def with_notes(done: Sequence[Story], genre: Genre) -> list[Story]:
    """Join an editor's note to the body that follows behind the byline."""
    result = list(done)
    for i, story in enumerate(done):
        if story.kind != "body" or story.credit or not genre.opens_note(story.text):
            continue
        for j in range(i + 1, len(done)):
            if done[j].kind == "body":
                shift = len(story.lines)
                subheads = story.subheads | {n + shift for n in done[j].subheads}
                result[j] = replace(done[j], lines=story.lines + done[j].lines, subheads=frozenset(subheads))
                del result[i]
                return with_notes(result, genre) if i + 1 < len(result) else result
            if done[j].kind != "byline":
                break
    return result
