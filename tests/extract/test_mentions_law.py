"""What holds for the mentions of every page, whatever it prints."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from naming import article_of, entities_of

from kg.extract.tools import Tools

# fmt: off
PIECES = st.sampled_from([
    "市委书记何清", "副市长", "，", "。", "、", "来到", "青禾镇", "石桥村", "出席", "“青禾杯”",
    "乡村篮球赛", "开幕式", "江苏澄曜新材料", "（如皋）", "有限公司", "一期", "投资14亿元", "获评",
    "全国文明村", "与", "施特凡·克劳泽", "我市", "全市", "市", "局", "“", "”", "（", "A3标段",
    "北川宜久一行", "的", "项目", "组织部长", "习近平总书记", "年产3万吨", "\n", " ", "\ud800", "𠮷",
    "e\u0301",
])
# fmt: on
TEXT = st.lists(PIECES | st.text(max_size=3), max_size=25).map("".join)


@settings(max_examples=120)
@given(st.lists(TEXT, max_size=3), TEXT)
def test_every_mention_covers_what_it_says(mention_tools: Tools, bodies: list[str], headline: str) -> None:
    articles = [
        article_of(body, headline.replace("\n", ""), number=number) for number, body in enumerate(bodies, 1)
    ]
    texts = {article.id: article.text for article in articles}
    entities = entities_of(mention_tools, *articles)
    keys = [entity.key for entity in entities]
    assert keys == sorted(set(keys))
    for entity in entities:
        assert entity.mentions
        assert entity.key.name not in entity.aliases
        assert list(entity.aliases) == sorted(set(entity.aliases))
        for mention in entity.mentions:
            assert mention.span.of(texts[mention.article]) == mention.surface
            assert 0.0 < mention.confidence <= 1.0
            assert mention.finders


@settings(max_examples=15)
@given(TEXT)
def test_the_same_page_names_the_same(mention_tools: Tools, body: str) -> None:
    article = article_of(body)
    assert entities_of(mention_tools, article) == entities_of(mention_tools, article)


@settings(max_examples=40)
@given(st.lists(TEXT, min_size=2, max_size=4))
def test_the_order_of_the_articles_changes_nothing(mention_tools: Tools, bodies: list[str]) -> None:
    articles = [article_of(body, number=number) for number, body in enumerate(bodies, 1)]
    assert entities_of(mention_tools, *articles) == entities_of(mention_tools, *reversed(articles))


def test_a_page_without_articles_names_nothing(mention_tools: Tools) -> None:
    assert entities_of(mention_tools) == ()


def test_advertisements_and_the_weather_name_nothing(mention_tools: Tools) -> None:
    body = "如皋市青禾驾校地址：如皋市如城街道。"
    assert entities_of(mention_tools, article_of(body, kind="ad"), article_of(body, kind="weather")) == ()
