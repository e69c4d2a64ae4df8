"""Saved web pages of several makes give the article that they show, with what they say of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from invented_stories import STORIES, Story

from kg import lexicon
from kg.config import packed
from kg.model import Byline, Page
from kg.read import Source, read_pages

MENU = "".join(
    f'<li><a href="/{n}.html">{n}</a></li>' for n in ("首页", "要闻", "民生", "文体", "专题", "视频")
)
OTHERS = "".join(f'<li><a href="/n{i}.html">{s.title}</a></li>' for i, s in enumerate(STORIES[1:]))
FOOT = "<div class='footer'><p>版权所有 青禾市融媒体中心 未经授权不得转载</p><p>备案号 0000000</p></div>"


def paragraphs(story: Story, indent: str = "　　") -> str:
    return "".join(f"<p>{indent}{text}</p>" for text in story.paragraphs)


def news_site(story: Story) -> str:
    """A usual news site: h1, a line with day, source and people, the text, a list of other news."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title}-青禾新闻网</title>
<link rel="canonical" href="https://news.example.org/2024/03/a.html"></head><body>
<div class="nav"><ul>{MENU}</ul></div>
<div class="main"><h1>{story.title}</h1>
<div class="info"><span>{story.date} 08:12</span> <span>来源：青禾日报</span></div>
<div class="content">{paragraphs(story)}</div></div>
<div class="side"><h3>相关新闻</h3><ul>{OTHERS}</ul></div>{FOOT}</body></html>"""


def e_paper(story: Story) -> str:
    """A digital newspaper: everything of note in a comment, the text in an element of its own."""
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>青禾日报数字报</title></head>
<body><!--enpproperty <articleid>1</articleid><date>{story.date} 00:00:00:0</date>
<author>{story.author}</author><title>{story.title}</title><keyword></keyword><subtitle></subtitle><introtitle></introtitle>/enpproperty-->
<table><tr><td><ul>{MENU}</ul></td><td><table><tr><td class="font01">{story.title}</td></tr>
<tr><td><div id="ozoom"><founder-content><!--enpcontent-->{paragraphs(story)}<!--/enpcontent-->
</founder-content></div></td></tr></table></td></tr></table>{FOOT}</body></html>"""


def government(story: Story) -> str:
    """A page of a public body, with the names that are prescribed for its head."""
    return f"""<html><head><meta charset="gbk"><title>青禾市人民政府</title>
<meta name="SiteName" content="青禾市人民政府"><meta name="ArticleTitle" content="{story.title}">
<meta name="PubDate" content="{story.date} 09:30"><meta name="ContentSource" content="青禾日报">
<meta name="Author" content="{story.author}"></head><body><ul>{MENU}</ul>
<div id="zoom" class="article">{paragraphs(story, "")}</div>{FOOT}</body></html>"""


def account(story: Story) -> str:
    """A post of an account in a messenger, text in sections and spans, saved by a browser."""
    text = "".join(
        f"<section><span style='font-size:16px'>{part}</span></section>" for part in story.paragraphs
    )
    return f"""<!DOCTYPE html>
<!-- saved from url=(0034)https://mp.example.org/s/abc?x=1 -->
<html><head><meta charset="utf-8"><title></title></head><body>
<h1 id="activity-name"> {story.title} </h1><div><a id="js_name"> 青禾发布 </a>
<em id="publish_time">{story.date}</em></div>
<div id="js_content">{text}</div><script>var a = "<p>没有</p>";</script></body></html>"""


MAKES: dict[str, tuple[Callable[[Story], str], str]] = {
    "news site": (news_site, "utf-8"),
    "e-paper": (e_paper, "gb18030"),
    "public body": (government, "gbk"),
    "account": (account, "utf-8"),
}


def read(path: Path) -> Page:
    (page,) = read_pages(Source(name=path.name, path=path), lexicon.load([packed("lexicon")]))
    assert isinstance(page, Page), str(page)
    return page


@pytest.mark.parametrize("story", STORIES, ids=[s.author for s in STORIES])
@pytest.mark.parametrize("make", MAKES)
def test_a_saved_page_gives_its_article_and_nothing_else(tmp_path: Path, make: str, story: Story) -> None:
    write, encoding = MAKES[make]
    path = tmp_path / "a.html"
    path.write_text(write(story), encoding)
    page = read(path)
    assert page.given is not None
    assert page.given.headline == (story.title,)
    lines = [line.strip() for line in page.text.split("\n")]
    assert lines == [story.title, *story.paragraphs]
    assert page.date is not None
    assert page.date.start.isoformat() == story.date


def test_a_saved_page_keeps_its_address_its_paper_and_its_people(tmp_path: Path) -> None:
    pages = {}
    for make, (write, encoding) in MAKES.items():
        path = tmp_path / "a.htm"
        path.write_text(write(STORIES[0]), encoding)
        pages[make] = read(path)
    both = (Byline("记者", "乔一鸣"), Byline("通讯员", "许知远"))
    assert pages["news site"].address == "https://news.example.org/2024/03/a.html"
    assert pages["news site"].newspaper == "青禾日报"
    assert pages["account"].address == "https://mp.example.org/s/abc?x=1"
    assert pages["account"].newspaper == "青禾发布"
    assert pages["public body"].newspaper == "青禾日报"
    assert pages["public body"].given.byline == both
    assert pages["e-paper"].given.byline == both
    assert pages["e-paper"].encoding == "gb18030"


def test_the_line_below_the_headline_says_paper_and_people(tmp_path: Path) -> None:
    told = "<span>来源：青禾日报</span> <span>记者：乔一鸣</span> <span>编辑：白露</span>"
    story = STORIES[0]
    path = tmp_path / "a.html"
    path.write_text(news_site(story).replace("<span>来源：青禾日报</span>", told), "utf-8")
    page = read(path)
    assert page.newspaper == "青禾日报"
    assert page.given.byline == (Byline("记者", "乔一鸣"),)


def test_the_host_of_a_page_is_no_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(news_site(STORIES[0]).replace("<span>来源：青禾日报</span>", ""), "utf-8")
    assert read(path).newspaper is None
