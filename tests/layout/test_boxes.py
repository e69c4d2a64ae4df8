"""Pages set in columns and printed as PDF give back the articles that were set."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from press import Area, Piece, Sheet, wrapped

from kg import lexicon
from kg.config import packed
from kg.layout import segment
from kg.model import Article, Page
from kg.read import Source, read_pages

WORDS = lexicon.load([packed("lexicon")])
PLAIN = re.compile("■(?: ?(?:记者|通讯员|见习记者) [^ /]{2,4})+")
TEXTS = (
    "本报讯 昨天上午，青禾市举行春季重点项目集中开工仪式，总投资126亿元的32个项目同时动工。",
    "此次开工的项目涵盖先进制造、现代物流、民生保障等领域，其中产业项目18个，计划总投资80亿元。",
    "走进柳溪镇梅园，红梅次第绽放，游客三三两两穿行其间，拍照留念，村里的民宿周末都订满了。",
    "近年来，柳溪镇依托梅园发展乡村旅游，带动周边三个村的农户增收，去年接待游客8.6万人次。",
    "市教育局负责人表示，将继续推进书香校园建设，让更多孩子爱上阅读，养成终身学习的习惯。",
    "经过笔试、演讲、现场问答三个环节的角逐，实验小学学生罗小满获得一等奖，大家报以热烈掌声。",
    "家住东湖社区的七旬老人宋桂香说，以前买菜回来要歇三次，现在一分钟就到家门口，方便多了。",
    "市住房和城乡建设局介绍，今年计划完成加装电梯150台，目前已有68台开工建设，41台投入使用。",
    "记者从市水利局获悉，全长十二公里的清溪河整治工程已完成总工程量的七成，预计汛期前完工。",
    "下一步，青禾市将紧盯时间节点，优化服务保障，加快推动项目建设，确保早竣工、早投产、早见效。",
    "在云岭精密轴承产业园的车间里，十几台机械臂正有序作业，一批订单将在本周发往国外客户手中。",
    "志愿者们逐户上门，听取意见，化解分歧，帮助居民办理各项手续，得到了居民的一致好评和支持。",
)
HEADS = (
    ("引领新风尚 迈出新步伐", "青禾市三十二个项目集中开工"),
    ("柳溪梅园迎来盛花期",),
    ("书香满校园", "中小学生阅读大赛落下帷幕"),
    ("老旧小区加装电梯提速",),
    ("清溪河整治工程汛期前完工",),
    ("轴承产业园赶订单忙生产",),
)
PEOPLE = (
    "■记者 乔一鸣",
    "■记者 夏清和 通讯员 许知远",
    "■通讯员 季云帆",
    "■见习记者 白露",
    "■记者 顾长庚",
    "■记者 韩立冬",
)


def pieces(seed: int, count: int, lengths: tuple[int, int] = (5, 11)) -> list[Piece]:
    """Return invented articles; every one has its own paragraphs."""
    pick = random.Random(seed)
    made = []
    for n in range(count):
        texts = pick.sample(TEXTS, pick.randint(*lengths))
        made.append(
            Piece(
                HEADS[n],
                PEOPLE[n],
                tuple(f"{t[:-1]}，这是第{n + 1}篇的第{i + 1}段。" for i, t in enumerate(texts)),
            )
        )
    return made


def page_of(sheet: Sheet, folder: Path) -> Page:
    path = folder / "page.pdf"
    path.write_bytes(sheet.pdf())
    (page,) = read_pages(Source(path=path, name="page.pdf"), WORDS)
    assert isinstance(page, Page), str(page)
    return page


def squeezed(text: str) -> str:
    return "".join(text.split())


def gives(page: Page, wanted: list[Piece]) -> None:
    """The articles of a page are these, whole and in order; their offsets lead back to the page."""
    found = {
        squeezed(a.headline[-1]) if a.headline else "": a for a in segment(page, WORDS) if a.kind != "photo"
    }
    assert set(found) == {squeezed(piece.decks[-1]) for piece in wanted}
    for piece in wanted:
        article = found[squeezed(piece.decks[-1])]
        assert [squeezed(deck) for deck in article.headline] == [squeezed(deck) for deck in piece.decks]
        assert [squeezed(t) for t in article.body.of(article.text).split("\n")] == [
            squeezed(p) for p in piece.paragraphs
        ]
        words = piece.byline.lstrip("■").split()
        assert [(p.role, p.name) for p in article.byline] == list(zip(words[::2], words[1::2], strict=True))
        leads_back(article, page)


def leads_back(article: Article, page: Page) -> None:
    for part in article.source_map.segments:
        here = article.text[part.article : part.article + part.length]
        assert here == page.text[part.page : part.page + part.length]


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
def test_one_article_under_its_headline(tmp_path: Path, columns: int) -> None:
    (piece,) = pieces(columns, 1, (10, 12))
    sheet = Sheet()
    sheet.set(piece, Area(40, 60, 700 if columns > 2 else 170 * columns, columns))
    gives(page_of(sheet, tmp_path), [piece])


@pytest.mark.parametrize("seed", range(4))
def test_articles_one_below_the_other(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed)
    made, sheet, top = pieces(seed, 3), Sheet(), 50.0
    for piece in made:
        top = sheet.set(piece, Area(40, top, 700, pick.randint(2, 5))) + 25
    gives(page_of(sheet, tmp_path), made)


@pytest.mark.parametrize("seed", range(4))
def test_articles_side_by_side(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed + 50)
    made, sheet = pieces(seed, 4), Sheet()
    width = 345
    top = 50.0
    for row in (made[:2], made[2:]):
        downs = [
            sheet.set(p, Area(40 + n * (width + 16), top, width, pick.choice([2, 3]), head=20))
            for n, p in enumerate(row)
        ]
        top = max(downs) + 24
    gives(page_of(sheet, tmp_path), made)


@pytest.mark.parametrize("under", [1, 2, 3])
def test_a_headline_over_some_of_the_columns_beside_another_article_above(tmp_path: Path, under: int) -> None:
    made, sheet = pieces(under, 2, (8, 11)), Sheet()
    top = sheet.set(made[0], Area(40, 50, 700, 4)) + 24
    sheet.set(made[1], Area(40, top, 700, 4, under=under))
    gives(page_of(sheet, tmp_path), made)


@pytest.mark.parametrize("seed", range(3))
def test_a_framed_article_in_the_columns_of_another(tmp_path: Path, seed: int) -> None:
    outer, inner = pieces(seed, 2, (4, 5))
    outer = Piece(
        outer.decks, outer.byline, tuple(f"{t}{u}" for t, u in zip(TEXTS[:10], TEXTS[2:], strict=False))
    )
    sheet = Sheet()
    width, gutter, size = 700.0, 1.6 * 9, 9.0
    column = (width - 3 * gutter) / 4
    right = 40 + 2 * (column + gutter)
    down = sheet.set(inner, Area(right + 10, 300, 2 * column + gutter - 20, 2, head=18))
    sheet.frame(right, 290, 2 * column + gutter, down - 290 + 10)
    sheet.line(outer.decks[0], 200, 50, 18)
    sheet.line(outer.decks[1], 150, 75, 26)
    lines = wrapped(outer, int(column / size))
    tops = [
        (40.0, 120.0, 1000.0),
        (40 + column + gutter, 120.0, 1000.0),
        (right, 120.0, 275.0),
        (right + column + gutter, 120.0, 275.0),
    ]
    room = (len(lines) - 2 * 11) // 2 + 1
    for left, top, bottom in tops:
        last = min(bottom, top + room * 13.05)
        while lines and top + 9 <= last:
            text = lines.pop(0)
            sheet.line(text.strip(), left + (len(text) - len(text.lstrip())) * size, top, size)
            top += 13.05
    assert not lines
    gives(page_of(sheet, tmp_path), [outer, inner])


def test_a_picture_with_its_caption_inside_the_columns(tmp_path: Path) -> None:
    (piece,) = pieces(3, 1, (10, 12))
    sheet = Sheet()
    sheet.set(piece, Area(40, 60, 700, 4, picture=8, caption="项目开工现场。 ■摄影 陶秀英"))
    page = page_of(sheet, tmp_path)
    gives(page, [piece])
    (photo,) = (a for a in segment(page, WORDS) if a.kind == "photo")
    assert photo.text == "项目开工现场。"
    assert [p.name for p in photo.byline] == ["陶秀英"]


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_vertical_headline_beside_its_columns(tmp_path: Path, side: str) -> None:
    made, sheet = pieces(9, 2, (8, 9)), Sheet()
    top = sheet.set(made[0], Area(40, 50, 700, 4)) + 30
    body = Piece((), made[1].byline, made[1].paragraphs)
    sheet.set(body, Area(90 if side == "left" else 40, top, 600, 3))
    (deck,) = made[1].decks
    for n, char in enumerate(deck):
        sheet.line(char, 50 if side == "left" else 655, top + 5 + n * 22, 20)
    gives(page_of(sheet, tmp_path), made)


def test_the_masthead_gives_paper_and_day_and_belongs_to_no_article(tmp_path: Path) -> None:
    made, sheet = pieces(5, 2), Sheet()
    sheet.line("青禾日报", 40, 20, 40)
    sheet.line("2024年3月12日 星期二 农历甲辰年二月初三 总第3186期", 300, 30, 8)
    top = sheet.set(made[0], Area(40, 100, 700, 4)) + 24
    sheet.set(made[1], Area(40, top, 700, 4))
    page = page_of(sheet, tmp_path)
    gives(page, made)
    article = segment(page, WORDS)[0]
    assert article.date is not None
    assert article.date.start.isoformat() == "2024-03-12"


@pytest.mark.parametrize("seed", range(6))
def test_pages_of_longer_articles(tmp_path: Path, shared: Path, seed: int) -> None:
    folder = shared / "gold" / "own"
    if not folder.is_dir():
        pytest.skip("the invented articles of the gold are not here")
    pick = random.Random(seed)
    made = [own_piece(path) for path in pick.sample(sorted(folder.glob("w*/articles/*.txt")), 40)]
    made = [p for p in made if p is not None and 300 < sum(map(len, p.paragraphs)) < 1200][:4]
    sheet, top = Sheet(), 40.0
    for pair in (made[:2], made[2:]):
        wide = pick.choice([0.5, 0.4, 0.6])
        widths = (700 * wide - 10, 700 * (1 - wide) - 10)
        downs = [
            sheet.set(
                p,
                Area(40 if n == 0 else 40 + 700 * wide + 10, top, w, max(1, int(w // 135)), size=8, head=18),
            )
            for n, (p, w) in enumerate(zip(pair, widths, strict=True))
        ]
        top = max(downs) + 22
    gives(page_of(sheet, tmp_path), made)


def own_piece(path: Path) -> Piece | None:
    """Return one of the gold's own articles, when it has a plain headline and byline."""
    head, _, body = path.read_text("utf-8").strip().partition("\n\n")
    *decks, byline = head.split("\n")
    texts = [t.strip() for t in body.split("\n") if t.strip()]
    plain = PLAIN.fullmatch(byline) is not None and all(4 <= len(d) <= 24 for d in decks)
    whole = all(t.endswith("。") and " " not in t.replace("本报讯 ", "") for t in texts)
    return Piece(tuple(decks), byline, tuple(texts)) if decks and plain and whole else None
