"""Composes pages as scans give them: articles whose text is known, set in columns and then damaged."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

NO_START = "，。、；：！？”’）》】…,.;:!?)"  # printers never begin a line with one of these
HALF = str.maketrans("，。；：！？（）“”", ',。;:!?()""')


@dataclass(frozen=True)
class Piece:
    """An article as written: decks, people as (role, name), paragraphs."""

    decks: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "".join("".join(self.paragraphs).split())


def units(text: str) -> float:
    return sum(0.5 if c.isascii() and (c.isalnum() or c == " ") else 1.0 for c in text)


def wrap(paragraphs: Sequence[str], width: int) -> list[str]:
    """Set paragraphs in a column: first lines indented by two (the indent itself is not printed)."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line, room = "", width - 2.0
        for i, char in enumerate(paragraph):
            follows = paragraph[i + 1 : i + 2]
            full = units(line + char) > room or (
                follows and follows in NO_START and units(line + char) > room - 0.5
            )
            if full and line and char not in NO_START:
                lines.append(line)
                line, room = "", float(width)
            line += char
        lines.append(line)
    return [line.strip() for line in lines]


def columns(lines: Sequence[str], height: int) -> list[list[str]]:
    return [list(lines[i : i + height]) for i in range(0, len(lines), height)]


def byline(piece: Piece, *, narrow: bool) -> list[str]:
    """Print the people: in a narrow column one role a line, roles and names of two characters spaced out."""
    groups: dict[str, list[str]] = {}
    for role, name in piece.people:
        groups.setdefault(role, []).append(name)
    if narrow and len(groups) > 1:
        parts = [
            (role if len(role) > 2 else " ".join(role))
            + " "
            + " ".join(" ".join(name) if len(name) == 2 else name for name in names)
            for role, names in groups.items()
        ]
        return ["■" + parts[0], *parts[1:]]
    if set(groups) == {"作者"}:
        return ["■" + " ".join(groups["作者"])]
    return ["■" + " ".join(f"{role} {' '.join(names)}" for role, names in groups.items())]


def in_columns(piece: Piece, width: int, height: int) -> str:
    """Return a body in a narrow column: blank lines between paragraphs and wherever a column ends."""
    parts = columns(_marked(piece.paragraphs, width), height)
    return "\n\n".join("\n".join(part).replace("\n¶", "\n\n").replace("¶", "") for part in parts)


def _marked(paragraphs: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        first, *rest = wrap([paragraph], width)
        lines += ["¶" + first, *rest]
    return lines


def overprint(line: str, times: int) -> str:
    """Print each part of a line several times over."""
    return " ".join(part * times for part in line.split(" "))


def clean_page(pieces: Sequence[Piece]) -> str:
    """Headline, byline, paragraphs: nothing is damaged."""
    return "\n\n".join(
        "\n".join(p.decks) + "\n\n" + "\n".join(byline(p, narrow=False)) + "\n\n" + "\n\n".join(p.paragraphs)
        for p in pieces
    )


def heads_behind(pieces: Sequence[Piece], rng: random.Random, *, late: int = 1, doubled: bool = False) -> str:
    """Byline before the body, headline behind it; of some bodies only at the end of the page."""
    blocks: list[str] = []
    ends: list[str] = []
    for n, piece in enumerate(pieces):
        width, height = rng.randint(13, 22), rng.randint(9, 40)
        decks = [overprint(d, 2) if doubled and units(d) >= 6 else d for d in piece.decks]
        blocks += ["\n".join(byline(piece, narrow=width < 18)), in_columns(piece, width, height)]
        (ends if n < late else blocks).append("\n".join(decks))
    return "\n\n".join([*blocks, *ends])


def bodies_first(pieces: Sequence[Piece], rng: random.Random) -> str:
    """Bodies without bylines, then all headlines, a blank line between the decks; the last deck doubled."""
    bodies = [in_columns(p, rng.randint(13, 22), rng.randint(9, 40)) for p in pieces]
    heads = [[*p.decks[:-1], p.decks[-1] * 2 if units(p.decks[-1]) >= 6 else p.decks[-1]] for p in pieces]
    rng.shuffle(heads)
    return "\n\n".join([*bodies, *("\n\n".join(decks) for decks in heads)])


def interleaved(piece: Piece, rng: random.Random, width: int, zones: int = 1) -> tuple[str, list[str]]:
    """Print a body in two columns, some rows side by side; return the text and the lines as they read on."""
    lines = wrap([p.translate(HALF) for p in piece.paragraphs], width)
    height = (len(lines) + 1) // 2
    left, right = lines[:height], lines[height:]
    taken: set[int] = set()
    for _ in range(zones):
        start = rng.randrange(1, max(2, len(right) - 2))
        taken |= set(range(start, min(start + rng.randint(1, 3), len(right))))
    first: list[str] = []
    for row, line in enumerate(left):
        first.append(line)
        if row in taken:
            first.append(right[row])
    second = [line for row, line in enumerate(right) if row not in taken]
    return " ".join(first) + "\n\n" + " ".join(second), lines


@dataclass(frozen=True)
class Sheet:
    """A composed page: its text, what stands on it, and the printed lines of bodies in columns."""

    name: str
    text: str
    pieces: tuple[Piece, ...]
    columns: tuple[tuple[str, ...], ...] = ()


CAPTIONS = (
    "昨天，镜湖小学的学生在校园里种下向日葵，老师在一旁讲解怎样浇水施肥。",
    "昨天，白鹭洲工业园的厂房正在吊装屋架，工人们顶着烈日赶工期。据悉，厂房预计年底交付使用。",
    "近日，青桐老街的桂花开了，不少市民带着孩子前来赏花拍照。",
)
CAPTION_HEADS = ("种下一片阳光", "赶工忙", "老街桂花香")
PHOTOGRAPHERS = (("摄影", "王禾"), ("摄影", "谷雨生"))
ADVERTISEMENT = "青桐驾驶学校\n地址：青桐市镜湖路8号\n诚信、优质是我们永远的追求！\n招生热线：0000-1234567"
WEATHER = "今天晴到多云，明天有阵雨，偏南风3到4级。今天白天最高气温30℃，明天早晨最低气温22℃。"
MASTHEAD = "## 青桐新闻出版 PR C乂\n\n中共青桐市委 主办 2025年8月27日 ◆ 星期三\n\n# 青桐版\n\n\n**QINGTONG**"
LABELS = ("【改革进行时】", "图片新闻", "□改革进行时")


def caption(rng: random.Random) -> Piece:
    n = rng.randrange(len(CAPTIONS))
    return Piece((CAPTION_HEADS[n],), PHOTOGRAPHERS[: rng.randint(1, 2)], (CAPTIONS[n],))


def _photo_line(piece: Piece, *, spaced: bool) -> str:
    names = " ".join(" ".join(name) if spaced and len(name) == 2 else name for _, name in piece.people)
    return f"■摄影 {names}"


def _set_caption(piece: Piece, rng: random.Random, width: int) -> str:
    """Print a caption under a photo, its photographers behind it on the last line."""
    lines = wrap(piece.paragraphs, width)
    return "\n".join([*lines[:-1], lines[-1] + " " + _photo_line(piece, spaced=True)])


def sheet_of(kind: str, pieces: Sequence[Piece], rng: random.Random) -> Sheet:
    """Compose a page of a kind; what is drawn by lot are widths, heights, orders and damage."""
    makers = {
        "wrapped": _wrapped,
        "overprinted": _overprinted,
        "bodies-first": _bodies_first,
        "interleaved": _interleaved,
        "rough": partial(_interleaved, rough=True),
        "clean": _clean,
    }
    return makers[kind](list(pieces), rng)


def _decks(piece: Piece, rng: random.Random, doubled: float = 0.3) -> str:
    decks = [overprint(d, 2) if units(d) >= 6 and rng.random() < doubled else d for d in piece.decks]
    return "\n".join(decks)


def _endings(rng: random.Random) -> list[str]:
    return [text for text in (ADVERTISEMENT, WEATHER) if rng.random() < 0.5]


def _wrapped(pieces: list[Piece], rng: random.Random) -> Sheet:
    blocks: list[str] = []
    ends: list[str] = []
    late = rng.randint(0, 2)
    for n, piece in enumerate(pieces):
        width, height = rng.randint(13, 24), rng.randint(9, 40)
        head = _decks(piece, rng)
        body = in_columns(piece, width, height)
        if rng.random() < 0.15:
            body += "（下转2版）"
        if rng.random() < 0.2:
            blocks.append(rng.choice(LABELS))
        blocks += ["\n".join(byline(piece, narrow=width < 18)), body]
        (ends if n < late else blocks).append(head)
    told = list(pieces)
    if rng.random() < 0.6:
        photo = caption(rng)
        blocks += [_set_caption(photo, rng, rng.randint(30, 44)), photo.decks[0]]
        told.append(photo)
    return Sheet("wrapped.txt", "\n\n".join([*blocks, *ends, *_endings(rng)]), tuple(told))


def _overprinted(pieces: list[Piece], rng: random.Random) -> Sheet:
    torn = rng.randint(1, min(3, len(pieces)))
    heap = ["\n".join(byline(piece, narrow=True)) for piece in reversed(pieces[:torn])]
    blocks = ["\n\n".join(heap)]
    ends: list[str] = []
    told = list(pieces)
    for n, piece in enumerate(pieces):
        body = in_columns(piece, rng.randint(13, 24), rng.randint(9, 40))
        head = _decks(piece, rng, 0.5)
        if n < torn:
            blocks.append(body)
            ends.append(head)
        else:
            blocks += ["\n".join(byline(piece, narrow=False)), body, head]
    if rng.random() < 0.6:
        photo = caption(rng)
        times = rng.randint(3, 40)
        at = rng.randint(torn, len(blocks) - 1) if len(blocks) > torn + 1 else len(blocks)
        starts = [i for i, text in enumerate(blocks) if text.startswith("■")] + [len(blocks)]
        at = min(starts, key=lambda i: abs(i - at)) or len(blocks)
        lines = [overprint(line, times) for line in wrap(photo.paragraphs, 30)]
        blocks.insert(at, "\n".join(lines))
        told.append(Piece((), (), photo.paragraphs))
    return Sheet("overprinted.txt", "\n\n".join([*blocks, *reversed(ends), *_endings(rng)]), tuple(told))


def _bodies_first(pieces: list[Piece], rng: random.Random) -> Sheet:
    bodies = [in_columns(p, rng.randint(13, 24), rng.randint(9, 40)) for p in pieces]
    heads = [_decks(piece, rng).replace("\n", rng.choice(("\n", "\n\n"))) for piece in pieces]
    rng.shuffle(heads)
    told = [Piece(piece.decks, (), piece.paragraphs) for piece in pieces]
    text = "\n\n".join([*bodies, *heads, *_endings(rng)])
    return Sheet("bodies-first.txt", text, tuple(told))


def _clean(pieces: list[Piece], rng: random.Random) -> Sheet:
    half = rng.random() < 0.5
    blocks: list[str] = []
    told: list[Piece] = []
    for piece in pieces:
        people = "\n".join(byline(piece, narrow=False))
        paragraphs = list(piece.paragraphs)
        parts = ["\n".join(piece.decks), people, *paragraphs]
        if rng.random() < 0.2:
            parts.insert(0, rng.choice(LABELS))
        blocks.append("\n\n".join(parts))
        told.append(piece)
    if rng.random() < 0.6:
        photo = caption(rng)
        blocks.append(f"{photo.decks[0]}\n\n{photo.paragraphs[0]}\n\n{_photo_line(photo, spaced=False)}")
        told.append(photo)
    text = "\n\n".join([*blocks, *_endings(rng)])
    if half:
        text = text.translate(HALF)
        told = [
            Piece(
                tuple(d.translate(HALF) for d in p.decks),
                p.people,
                tuple(t.translate(HALF) for t in p.paragraphs),
            )
            for p in told
        ]
    return Sheet("clean.txt", text, tuple(told))


def _interleaved(pieces: list[Piece], rng: random.Random, *, rough: bool = False) -> Sheet:
    from interleave import printed

    blocks = [MASTHEAD]
    told: list[Piece] = []
    columns: list[tuple[str, ...]] = []
    for piece in pieces:
        body = printed(piece.paragraphs, rng, rough=rough)
        marks = [rng.choice(("## ", "#### ", "### ")) for _ in piece.decks]
        blocks += [mark + deck.translate(HALF) for mark, deck in zip(marks, piece.decks, strict=True)]
        blocks += ["\n".join(byline(piece, narrow=False)), body.text]
        told.append(
            Piece(tuple(d.translate(HALF) for d in piece.decks), piece.people, ("".join(body.lines),))
        )
        columns.append(body.lines)
    return Sheet("interleaved.md", "\n\n".join(blocks), tuple(told), tuple(columns))
