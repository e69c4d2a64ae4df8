"""Whatever happened to a page on its way to us, the articles come back as they were written."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from compose import (
    HALF,
    Piece,
    bodies_first,
    clean_page,
    heads_behind,
    interleaved,
    overprint,
    sheet_of,
    wrap,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import PIECES

from kg.layout import date_page, segment
from kg.lexicon import Lexicon
from kg.model import Article, Page
from kg.read import page_of

SLOW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OPENED = [piece for piece in PIECES if piece.paragraphs[0].startswith("本报讯")]
some = st.permutations(PIECES).flatmap(
    lambda order: st.integers(3, len(PIECES)).map(lambda count: order[:count])
)
some_opened = st.permutations(OPENED).flatmap(
    lambda order: st.integers(3, len(OPENED)).map(lambda count: order[:count])
)


def flat(text: str) -> str:
    return "".join(text.split())


def bodies(articles: Sequence[Article]) -> list[str]:
    return [flat(article.body.of(article.text)) for article in articles]


def told(article: Article) -> tuple[set[str], set[tuple[str, str]]]:
    return {flat(deck) for deck in article.headline}, {(b.role, b.name) for b in article.byline}


def written(piece: Piece) -> tuple[set[str], set[tuple[str, str]]]:
    return {flat(deck) for deck in piece.decks}, set(piece.people)


def obeys_its_map(article: Article, page: Page) -> None:
    mapped = 0
    for part in article.source_map.segments:
        printed = page.text[part.page : part.page + part.length]
        assert article.text[part.article : part.article + part.length] == printed
        mapped += part.length
    assert mapped >= len(flat(article.text))


def comes_back(text: str, pieces: Sequence[Piece], words: Lexicon) -> tuple[Article, ...]:
    page = page_of(text, "a.txt")
    articles = segment(page, words)
    assert sorted(bodies(articles)) == sorted(piece.body for piece in pieces)
    for article in articles:
        obeys_its_map(article, page)
        assert article.text == "\n".join((*article.headline, article.body.of(article.text)))
    assert [article.id for article in articles] == [f"{page.id}-{n}" for n in range(1, len(articles) + 1)]
    return articles


def as_written(articles: Sequence[Article], pieces: Sequence[Piece]) -> None:
    by_body = {piece.body: piece for piece in pieces}
    for article in articles:
        assert told(article) == written(by_body[flat(article.body.of(article.text))])


@SLOW
@given(pieces=some)
def test_an_undamaged_page(words: Lexicon, pieces: Sequence[Piece]) -> None:
    articles = comes_back(clean_page(pieces), pieces, words)
    as_written(articles, pieces)
    for article, piece in zip(articles, pieces, strict=True):
        assert article.body.of(article.text).split("\n") == list(piece.paragraphs)
        assert article.kind == ("commentary" if piece.people[0][0] == "作者" else "news")


@SLOW
@given(pieces=some, seed=st.integers(0, 10_000))
def test_narrow_columns_with_bylines_before_and_headlines_behind_the_bodies(
    words: Lexicon, pieces: Sequence[Piece], seed: int
) -> None:
    text = heads_behind(pieces, random.Random(seed), late=0)
    as_written(comes_back(text, pieces, words), pieces)


@SLOW
@given(pieces=some, seed=st.integers(0, 10_000))
def test_a_headline_at_the_end_of_the_page_and_overprinted_decks(
    words: Lexicon, pieces: Sequence[Piece], seed: int
) -> None:
    text = heads_behind(pieces, random.Random(seed), late=1, doubled=True)
    as_written(comes_back(text, pieces, words), pieces)


@SLOW
@given(pieces=some_opened, seed=st.integers(0, 10_000))
def test_all_bodies_first_and_then_all_headlines(words: Lexicon, pieces: Sequence[Piece], seed: int) -> None:
    articles = comes_back(bodies_first(pieces, random.Random(seed)), pieces, words)
    by_body = {piece.body: piece for piece in pieces}
    for article in articles:
        main = flat(by_body[flat(article.body.of(article.text))].decks[-1])
        assert main in {flat(deck) for deck in article.headline}


def test_a_byline_torn_off_is_less_sure_than_one_beside_its_body(words: Lexicon) -> None:
    less = 0
    for seed in range(6):
        rng = random.Random(seed)
        pieces = rng.sample(PIECES, 5)
        whole = segment(page_of(clean_page(pieces), "a.txt"), words)
        assert min(article.confidence for article in whole) > 0.95
        text = sheet_of("overprinted", pieces, rng).text
        sure = {
            flat(a.body.of(a.text)): a.confidence for a in segment(page_of(text, "b.txt"), words) if a.byline
        }
        torn, beside = sure.get(pieces[0].body), sure.get(pieces[-1].body)
        if torn is not None and beside is not None:
            less += torn < beside
            assert 0.0 < torn <= beside < 1.0
    assert less >= 3


def test_an_article_without_a_byline_has_nothing_to_doubt(words: Lexicon) -> None:
    bare = "\n\n".join((*PIECES[0].decks, *PIECES[0].paragraphs))
    assert [a.confidence for a in segment(page_of(bare, "a.txt"), words)] == [1.0]


def joins(lines: Sequence[str]) -> set[str]:
    return {flat(a)[-3:] + flat(b)[:3] for a, b in pairwise(lines)}


@pytest.mark.parametrize("width", [13, 16])
def test_two_columns_read_row_by_row_in_places_lose_no_character_and_read_on_more_often(
    words: Lexicon, width: int
) -> None:
    printed = healed = asked = 0
    for seed in range(4):
        rng = random.Random(seed)
        pieces = rng.sample(OPENED, 3)
        texts = [interleaved(piece, rng, width) for piece in pieces]
        text = "\n\n".join(
            f"## {piece.decks[-1]}\n\n■记者 {piece.people[0][1]}\n\n{body}"
            for piece, (body, _) in zip(pieces, texts, strict=True)
        )
        page = page_of(text, "a.md")
        articles = segment(page, words)
        assert [set(map(flat, a.headline)) for a in articles] == [{flat(p.decks[-1])} for p in pieces]
        for article, (body, lines) in zip(articles, texts, strict=True):
            obeys_its_map(article, page)
            got = flat(article.body.of(article.text))
            assert sorted(got) == sorted(flat("".join(lines)))
            wanted = joins(lines)
            asked += len(wanted)
            printed += sum(join in flat(body) for join in wanted)
            healed += sum(join in got for join in wanted)
    assert asked - healed < 0.8 * (asked - printed)


def test_a_page_in_columns_that_nothing_interleaved_stays_as_it_is(words: Lexicon) -> None:
    blocks: list[str] = []
    for piece in OPENED:
        lines = wrap([paragraph.translate(HALF) for paragraph in piece.paragraphs], 14)
        blocks += [f"## {piece.decks[-1]}", f"■记者 {piece.people[0][1]}", " ".join(lines)]
    articles = segment(page_of("\n\n".join(blocks), "a.md"), words)
    assert bodies(articles) == [flat(piece.body.translate(HALF)) for piece in OPENED]


def test_bylines_heaped_up_at_the_top_and_an_overprinted_caption(words: Lexicon) -> None:
    first, second = PIECES[0], PIECES[3]
    caption = "方知雨在试车现场，检修队员正在记录。"
    text = "\n\n".join(
        [
            "■记者 孟小冬 苏长河",
            "■记 者 乔一鸣\n通讯员 许 宁",
            "\n\n".join(first.paragraphs),
            overprint(caption, 31),
            "\n\n".join(second.paragraphs),
            "\n".join(second.decks),
            "\n".join(first.decks),
        ]
    )
    articles = {flat(a.body.of(a.text)): a for a in segment(page_of(text, "a.txt"), words)}
    assert set(articles) == {first.body, second.body, caption}
    assert told(articles[first.body]) == written(first)
    assert told(articles[second.body]) == written(second)


def test_weather_advertisement_and_captions_are_articles_of_their_own(words: Lexicon) -> None:
    text = "\n\n".join(
        [
            *PIECES[1].decks,
            "■记者 夏清和",
            *PIECES[1].paragraphs,
            "昨天，镜湖小学的学生在校园里种下向日葵。 ■摄影 王 禾 谷雨生",
            "种下一片阳光",
            "青桐驾驶学校\n地址：青桐市镜湖路8号\n招生热线：0000-1234567",
            "今天晴到多云，明天有阵雨，偏南风3级，最高气温30℃。",
        ]
    )
    articles = segment(page_of(text, "a.txt"), words)
    assert [a.kind for a in articles] == ["news", "photo", "ad", "weather"]
    assert articles[0].headline == PIECES[1].decks
    assert articles[1].headline == ("种下一片阳光",)
    assert [(b.role, b.name) for b in articles[1].byline] == [("摄影", "王禾"), ("摄影", "谷雨生")]


def test_an_editors_note_before_the_byline_opens_the_body(words: Lexicon) -> None:
    text = "\n\n".join(
        [
            "镜湖新区这一年",
            "编者按：一年过去，镜湖新区变了模样。请看本报记者的报道。",
            "■记者 石磊",
            "一年前，这里还是一片芦苇。如今，二十栋楼已经封顶。",
        ]
    )
    (article,) = segment(page_of(text, "a.txt"), words)
    assert article.body.of(article.text).startswith("编者按：")
    assert article.body.of(article.text).endswith("封顶。")
    assert [b.name for b in article.byline] == ["石磊"]


def test_what_leads_to_another_page_and_column_names_are_no_text(words: Lexicon) -> None:
    body = "本报讯 昨天，三个镇的窗口同日开张，办事不出镇。（下转2版）"
    text = "\n\n".join(["【改革进行时】", "窗口搬到家门口", "■记者 石磊", body])
    (article,) = segment(page_of(text, "a.txt"), words)
    assert article.headline == ("窗口搬到家门口",)
    assert article.text.endswith("办事不出镇。")


@pytest.mark.parametrize("text", ["", "\n\n", "。", "■", "## ", "本报讯", "（下转2版）", "一\n二\n三"])
def test_a_page_with_next_to_nothing_on_it_is_no_error(words: Lexicon, text: str) -> None:
    page = page_of(text, "a.txt")
    for article in segment(page, words):
        obeys_its_map(article, page)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text("本报讯市长说，。：“”■#（）\n 记者摄影三2年月日a", max_size=120))
def test_nonsense_keeps_the_law_of_the_map(words: Lexicon, text: str) -> None:
    page = page_of(text, "a.txt")
    for article in segment(page, words):
        obeys_its_map(article, page)


@pytest.mark.parametrize(
    ("head", "name", "number"),
    [
        ("第A01版：要闻\n2024年7月2日 星期二", "a.txt", "A1"),
        ("1版 要闻\n责任编辑：王小明  版式：李兰", "a.txt", "1"),
        ("04 综合新闻", "a.txt", "4"),
        ("第四版", "a.txt", "4"),
        ("要闻A02", "a.txt", "A2"),
        ("青桐日报 2024年7月2日 星期二 A03", "a.txt", "A3"),
        ("", "20240702-A02.txt", "A2"),
        ("", "青桐日报2024年7月2日第3版.txt", "3"),
        ("", "html/2024-07/02/node_3.htm", "3"),
        ("", "issue.pdf#page=5", "5"),
        ("", "jhrb-02.txt", "2"),
        ("", "000_d6337e3c057ec510.txt", None),
        ("2024年7月2日 星期二 今日8版", "a.txt", None),
        ("1.0版和2.0版", "20240702.txt", None),
    ],
)
def test_a_page_has_the_number_that_its_head_foot_or_file_name_gives(
    words: Lexicon, head: str, name: str, number: str | None
) -> None:
    body = "\n\n种子入库\n\n■记者 麦田\n\n本报讯 建成的资源库昨天通过验收。"
    page = date_page(page_of(head + body, name), words)
    assert page.number == number
    if head != "1.0版和2.0版":
        (article,) = segment(page, words)
        assert article.headline == ("种子入库",)


@pytest.mark.parametrize(
    ("head", "name", "newspaper", "day"),
    [
        ("青桐日报\n2024年7月1日 星期一 第210期", "a.txt", "青桐日报", "2024-07-01"),
        ("青桐市融媒体中心 主办 2025年8月27日 ◆ 星期三\n\n# 青桐版", "a.md", "青桐版", "2025-08-27"),
        ("", "qt/2024-07-01-02.txt", None, "2024-07-01"),
        ("", "20240701.txt", None, "2024-07-01"),
        ("第A01版：要闻\n2024年7月2日 星期二 农历甲辰年五月廿七", "a.txt", None, "2024-07-02"),
        ("2024年7月\n2\n星期二\n青桐日报", "a.txt", "青桐日报", "2024-07-02"),
        ("二〇二四年七月二日 星期二", "a.txt", None, "2024-07-02"),
        ("要闻版\n国内统一刊号：CN33-0000", "2024/07/02/A02.txt", None, "2024-07-02"),
        ("", "a.txt", None, "2023-05-06/.."),
        ("2024年13月1日 星期一", "a.txt", None, "2023-05-06/.."),
    ],
)
def test_paper_and_day_come_from_the_masthead_or_the_files_name(
    words: Lexicon, head: str, name: str, newspaper: str | None, day: str | None
) -> None:
    body = "\n\n种子入库\n\n■记者 麦田\n\n本报讯 2023年5月6日建成的资源库昨天通过验收。"
    page = date_page(page_of(head + body, name), words)
    assert page.newspaper == newspaper
    assert (page.date.period.shown if page.date else None) == day
    (article,) = segment(page, words)
    assert article.date == page.date
    assert article.headline == ("种子入库",)


def test_a_page_in_traditional_characters_is_laid_out_and_kept_as_printed(words: Lexicon) -> None:
    body = "本報訊 昨天，青桐市舉行農業技術比賽，六十名農技員參加。比賽設三個項目，獲獎者將參加省裏的決賽。"
    second_one = f"通訊員 趙永強\n\n新橋通車\n\n{body[:20]}新橋通車。"
    text = f"■記者 高 鳴 通訊員 蘇麗娟\n\n農技員同場比技藝\n\n{body}\n\n{second_one}"
    first, second = segment(page_of(text, "a.txt"), words)
    assert first.headline == ("農技員同場比技藝",)
    assert first.body.of(first.text) == body
    assert [(p.role, p.name) for p in first.byline] == [("记者", "高鳴"), ("通讯员", "蘇麗娟")]
    assert [(p.role, p.name) for p in second.byline] == [("通讯员", "趙永強")]
