"""A page that is one article by the word of its file becomes that article, whatever its text looks like."""

from __future__ import annotations

from kg import lexicon
from kg.config import packed
from kg.layout import segment
from kg.model import Article, Byline
from kg.read.pages import article_page

WORDS = lexicon.load([packed("lexicon")])


def one(headline: list[str], body: str, *byline: Byline) -> Article:
    page = article_page(headline, body, "a.csv#row=2", byline=byline)
    (article,) = segment(page, WORDS)
    assert article.headline == tuple(headline)
    assert article.text == "\n".join((*headline, article.body.of(article.text)))
    for segments in article.source_map.segments:
        printed = page.text[segments.page : segments.page + segments.length]
        assert article.text[segments.article : segments.article + segments.length] == printed
    return article


def test_paragraphs_stay_as_the_file_has_them() -> None:
    article = one(["引题", "梅园开放"], "　　本报讯 昨天，梅园开放。\n\n　　“好看”\n　　游客说，明年再来。")
    assert article.body.of(article.text).split("\n") == [
        "本报讯 昨天，梅园开放。",
        "“好看”",
        "游客说，明年再来。",
    ]
    assert article.kind == "news"


def test_printed_lines_are_joined() -> None:
    text = "本报讯 昨天上午，梅园正式开\n"
    text += (
        "放，首日迎来游客三千多人次，\n比去年多出一成。\n据了解，今年梅园新种梅树六\n百株，品种有二十多个。"
    )
    article = one(["梅园开放"], text)
    assert article.body.of(article.text).split("\n") == [
        "本报讯 昨天上午，梅园正式开放，首日迎来游客三千多人次，比去年多出一成。",
        "据了解，今年梅园新种梅树六百株，品种有二十多个。",
    ]


def test_people_are_taken_from_file_and_text_each_once_with_the_printed_role() -> None:
    body = "■记者 乔一鸣 通讯员 许知远\n本报讯（记者 夏清和）昨天，梅园开放。\n负责人说，欢迎再来。"
    article = one(["梅园开放"], body, Byline("作者", "乔一鸣"), Byline("作者", "白露"))
    assert article.byline == (
        Byline("作者", "白露"),
        Byline("记者", "乔一鸣"),
        Byline("通讯员", "许知远"),
        Byline("记者", "夏清和"),
    )
    assert article.kind == "news"
    assert "■" not in article.text


def test_an_author_column_alone_does_not_make_a_commentary() -> None:
    assert one(["梅园开放"], "昨天，梅园开放。", Byline("作者", "乔一鸣")).kind == "news"
