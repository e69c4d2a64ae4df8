"""Straight marks become those of Chinese print, in place, and extraction reads both alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg.lexicon
import kg.ontology
from kg.config import packed
from kg.extract import Tools, extract
from kg.hanzi.fold import fold
from kg.hanzi.straight import in_print, is_straight
from kg.layout import segment
from kg.model import Findings
from kg.read import page_of

PAGE = Path(__file__).parents[2] / "seeds" / "pages" / "page-1-wrapped.txt"
STRAIGHT = str.maketrans("，；：？！（）“”‘’", ",;:?!()\"\"''")


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ('他说:"好",大家笑了。', "他说：“好”，大家笑了。"),
        ("甲岭(如皋)有限公司", "甲岭（如皋）有限公司"),
        ("\"获得'甲岭工匠'是荣誉\"", "“获得‘甲岭工匠’是荣誉”"),
        ("共1,000人,9:30开会", "共1,000人，9:30开会"),
        ("see (beta), it's 5' long", "see (beta), it's 5' long"),
        ('只有一个"的一行\n下一"行', '只有一个"的一行\n下一"行'),
    ],
)
def test_marks_beside_han_characters_become_wide(printed: str, read: str) -> None:
    assert in_print(printed) == read


@given(st.text(alphabet="甲乙ab1 ,:;?!()\"'\n，“”"))
def test_only_marks_change_and_every_place_stays(text: str) -> None:
    read = in_print(text)
    assert len(read) == len(text)
    assert fold(read) == fold(text)
    assert is_straight(text) or read == text


def test_a_page_with_straight_marks_says_what_the_page_says() -> None:
    tools = Tools(kg.ontology.load(packed("ontology")), kg.lexicon.load([packed("lexicon")]))
    text = PAGE.read_text("utf-8")

    def read(text: str) -> Findings:
        page = page_of(text, "a.txt")
        return extract(page, segment(page, tools.lexicon), tools)

    printed, straight = read(text), read(text.translate(STRAIGHT))
    assert text.translate(STRAIGHT) != text

    def said(found: Findings) -> set[tuple[str, str, str]]:
        ends = ((c, getattr(c.object, "name", None) or c.object.text) for c in found.claims)
        return {(fold(c.subject.name), c.predicate, fold(end)) for c, end in ends}

    assert said(straight) == said(printed)
    for entity in straight.entities:
        for mention in entity.mentions:
            (article,) = (a for a in straight.articles if a.id == mention.article)
            assert mention.span.of(article.text) == mention.surface
