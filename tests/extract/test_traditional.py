"""A page in traditional characters says what the same page says in simplified ones, quoted as printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import extract
from kg.extract.printed import as_read
from kg.extract.tools import Tools
from kg.hanzi.fold import simplified
from kg.hanzi.straight import is_straight
from kg.layout import date_page, segment
from kg.model import Claim, Findings, Literal
from kg.read import page_of

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "kg" / "hanzi" / "traditional.tsv"
PAGES = sorted((ROOT / "seeds" / "pages").glob("page-*"))[:2]
KEPT = "后于里干只面松余云"  # characters of both scripts, which names of places and people have


def traditional(text: str) -> str:
    """Print a text in traditional characters and their quotation marks."""
    back: dict[int, str] = {ord("“"): "「", ord("”"): "」"}
    for line in TABLE.read_text("utf-8").splitlines()[3:]:
        character, plain = line.split("\t")
        if plain not in KEPT:
            back.setdefault(ord(plain), character)
    return text.translate(back)


def read(text: str, name: str, tools: Tools) -> Findings:
    page = date_page(page_of(text, name), tools.lexicon)
    return extract(page, segment(page, tools.lexicon), tools)


@pytest.fixture(scope="module", params=PAGES, ids=[path.stem for path in PAGES])
def both(request: pytest.FixtureRequest, mention_tools: Tools) -> tuple[Findings, Findings]:
    path: Path = request.param
    text = path.read_text("utf-8")
    return read(text, path.name, mention_tools), read(traditional(text), path.name, mention_tools)


def test_the_same_articles_things_and_facts_are_found(both: tuple[Findings, Findings]) -> None:
    plain, other = both
    assert [simplified(a.text) for a in other.articles] == [
        a.text.translate({ord("“"): "「", ord("”"): "」"}) for a in plain.articles
    ]
    assert {(e.key.kind, e.key.name) for e in other.entities} == {
        (e.key.kind, e.key.name) for e in plain.entities
    }
    assert sorted(map(said, other.claims)) == sorted(map(said, plain.claims))
    assert len(plain.claims) > 10


def said(claim: Claim) -> tuple[object, ...]:
    thing = claim.object
    told = simplified(thing.text) if isinstance(thing, Literal) else thing.name
    return claim.subject.name, claim.predicate, told, claim.qualifiers, claim.status, claim.evidence.span


def test_names_and_figures_are_quoted_as_printed(both: tuple[Findings, Findings]) -> None:
    _, other = both
    texts = {article.id: article.text for article in other.articles}
    for entity in other.entities:
        for mention in entity.mentions:
            assert mention.surface == mention.span.of(texts[mention.article])
            assert mention.surface in {entity.key.name, *entity.aliases}
    literals = [claim for claim in other.claims if isinstance(claim.object, Literal)]
    quoted = [
        c for c in literals if isinstance(c.object, Literal) and c.object.text in texts[c.evidence.article]
    ]
    assert len(quoted) == len(literals)
    assert any(
        not mention.surface.isascii() and simplified(mention.surface) != mention.surface
        for entity in other.entities
        for mention in entity.mentions
    )


def test_a_traditional_article_beside_simplified_ones_is_read_too(mention_tools: Tools) -> None:
    first = "本报讯 昨天上午，如皋市委书记何清来到石庄镇调研。"
    second = "本報訊 昨天，如臯市市長張國華會見了江蘇澄曜新材料有限公司董事長陳雲飛。"
    found = read(
        f"书记调研\n\n■记者 李明\n\n{first}\n\n市長會客\n\n■記者 趙永強\n\n{second}", "a.txt", mention_tools
    )
    names = {entity.key.name: entity for entity in found.entities}
    assert {"何清", "张国华", "陈云飞", "江苏澄曜新材料有限公司"} <= set(names)
    assert names["张国华"].aliases == ("張國華",)
    assert found.articles[0].text.endswith(first)
    assert found.articles[1].text.endswith(second)


def test_simplified_pages_are_read_as_they_are(mention_tools: Tools) -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds" / "pages").glob("page-*"))]
    texts = [text for text in texts if not is_straight(text)]
    texts.append("本报讯 昨天，书法家陳國樑来到如皋市，与市民一起写福字、画年画，欢度元宵佳节。")
    for text in texts:
        page = page_of(text, "a.txt")
        articles = segment(page, mention_tools.lexicon)
        read, told = as_read(page, articles)
        assert read is page
        assert all(a is b for a, b in zip(told, articles, strict=True))
