"""From fragments to the bodies of articles: what continues, what begins, what only stands between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.layout.blocks import Fragment
from kg.layout.genre import Genre, flat
from kg.layout.lines import Clean, without_tail
from kg.layout.story import Story, of_photo, with_notes
from kg.layout.traced import units
from kg.model import Byline

_CAPTION = 200  # a caption is at most so long
_NOTE = 300  # and an editor's note
_START = 40  # characters of a text by which its kind is told
_OVER = 1.5  # a headline is so much wider than the columns around it
_PAUSED = 5.0  # and with a comma in it, so much
_OTHER_WIDTH = 2.5  # columns of one body differ in width by less
_TALL = 4  # so many lines show how wide a column is
_NARROW = 30.0  # a page is set in columns when its text lines are mostly narrower than this


@dataclass(slots=True)
class _State:
    done: list[Story] = field(default_factory=list)
    lines: list[Clean] = field(default_factory=list)
    subheads: set[int] = field(default_factory=set)
    ended: bool = False  # the body is at its end: a tail was printed (下转2版)
    caption: bool = False  # the last fragment was an overprinted caption
    fresh: bool = True  # a byline or headline stood in between
    last_width: float = 0.0
    last_height: int = 0
    bare: bool = False  # the page names nobody behind its articles, so no byline parts them

    def close(self, credit: tuple[Byline, ...] = ()) -> None:
        if self.lines:
            self.done.append(Story("body", tuple(self.lines), credit, subheads=frozenset(self.subheads)))
        self.lines, self.subheads, self.ended = [], set(), False


def stories(pieces: Sequence[Fragment], genre: Genre) -> tuple[Story, ...]:
    """Return the page as bodies and what stands around them, in the order of the page."""
    narrow = _is_narrow(pieces)
    people = [person for piece in pieces for line in piece.lines for person in line.people]
    state = _State(bare=all(map(of_photo, people)))
    for number, piece in enumerate(pieces):
        _take(state, pieces, number, piece, genre, narrow)
    state.close()
    return tuple(
        replace(story, opened=genre.opens_story(story.text) or genre.opens_note(story.text))
        for story in with_notes(state.done, genre)
    )


def _is_narrow(pieces: Sequence[Fragment]) -> bool:
    widths = [units(line.text) for piece in pieces if piece.kind == "text" for line in piece.lines]
    return sum(width <= _NARROW for width in widths) > 0.8 * len(widths)


def _take(
    state: _State, pieces: Sequence[Fragment], number: int, piece: Fragment, genre: Genre, narrow: bool
) -> None:
    closed = state.ended or not state.lines or genre.closed(state.lines[-1].text)
    match piece.kind:
        case "byline":
            _byline(state, piece, closed, genre)
        case "label" if piece.text.startswith("【") and not state.lines and _under_byline(state):
            _text(state, piece, closed, genre, True)
        case "label":
            state.done.append(Story("label", piece.lines))
        case "ad" | "weather":
            if closed:
                state.close()
            state.done.append(Story(piece.kind, piece.lines))
        case "head" if _is_head(state, pieces, number, closed, genre, narrow):
            if closed or _story_follows(pieces, number, genre):
                state.fresh = True
                state.close()
            state.done.append(Story("head", piece.lines))
        case "head":
            own = _own_paragraph(state, piece, narrow) if closed else False
            _text(state, piece, closed, genre, own)
        case _:
            _text(state, piece, closed, genre, False)


def _under_byline(state: _State) -> bool:
    return bool(state.done) and state.done[-1].kind == "byline"


def _byline(state: _State, piece: Fragment, closed: bool, genre: Genre) -> None:
    people = tuple(person for line in piece.lines for person in line.people)
    photo = all(of_photo(person) for person in people)
    if state.lines and closed and not piece.lines[0].gap:
        if photo:
            _cut_caption(state, genre)
        state.close(people)
        state.fresh = True
    elif state.lines and closed and photo and _caption_start(state, genre) is not None:
        _cut_caption(state, genre)
        state.close(people)
        state.fresh = True
    else:
        if closed:
            state.close()
            state.fresh = True
        state.done.append(Story("byline", piece.lines))


def _caption_start(state: _State, genre: Genre) -> int | None:
    """Return where the caption begins that a photographer's name ends, or None when there is none."""
    start = max((i for i, line in enumerate(state.lines) if line.gap), default=0)
    while start > 0 and not genre.closed(state.lines[start - 1].text):
        start = max((i for i, line in enumerate(state.lines[:start]) if line.gap), default=0)
    if not start:
        return None if genre.opens_story(state.lines[0].text) else 0
    text = "".join(line.text for line in state.lines[start:])
    named = any(word in text for word in genre.photos)
    apart = state.lines[start].gap > 1 and len(text) <= _CAPTION
    return start if named or apart or genre.opens_caption(text) else None


def _cut_caption(state: _State, genre: Genre) -> None:
    """Close the body before a caption."""
    start = _caption_start(state, genre)
    if start:
        caption = state.lines[start:]
        state.lines = state.lines[:start]
        state.subheads = {i for i in state.subheads if i < start}
        state.close()
        state.lines = caption


def _is_head(
    state: _State, pieces: Sequence[Fragment], number: int, closed: bool, genre: Genre, narrow: bool
) -> bool:
    """Say whether a fragment that could be a headline is one here."""
    piece = pieces[number]
    if not state.lines:
        return True
    if _signs_off(pieces, number, genre):
        return False
    over = piece.width - state.last_width if narrow and state.last_width else 0.0
    wide = over > (_PAUSED if any(char in genre.pauses for char in piece.text) else _OVER)
    begins = _story_follows(pieces, number, genre)
    if not closed and piece.text[1:2] in ("：", ":"):
        return False  # the rest of a name (王 | 强：) with which a paragraph opens
    if not closed:
        marked = bool(piece.lines[0].level) and len(piece.lines) == 1
        return marked or begins or (wide and _old_width_follows(pieces, number))
    if begins or wide:
        return True
    if any(char in genre.pauses for char in piece.text) or _question(piece) or not _balanced(piece.text):
        return False
    if narrow and _fits_column(piece, state.last_width):
        return False
    return len(_run_of_heads(pieces, number)) > 1 or len(piece.lines) > 1


def _story_follows(pieces: Sequence[Fragment], number: int, genre: Genre) -> bool:
    """Say whether what comes after the headlines is no text that goes on: a byline, a body, a caption."""
    rest = [piece for piece in pieces[number + 1 :] if piece.kind != "head"]
    if not rest or rest[0].kind != "text":
        return True
    first = rest[0].lines[0]
    if first.overprinted or genre.opens_story(rest[0].text) or genre.opens_note(rest[0].text):
        return True
    photo = len(rest) > 1 and rest[1].kind == "byline" and all(map(of_photo, rest[1].lines[0].people))
    return photo and (not rest[1].lines[0].gap or genre.opens_caption(rest[0].text))


def _balanced(text: str) -> bool:
    return all(text.count(before) == text.count(after) for before, after in ("“”", "「」", "《》"))


def _fits_column(piece: Fragment, width: float) -> bool:
    """Say whether the lines are as wide as those of the column around them; the first may be indented."""
    return all(width - 3.0 <= units(line.text) <= width + 1.5 for line in piece.lines)


def _question(piece: Fragment) -> bool:
    return piece.text[-1:] in "？?" or piece.text[1:2] in "：:"


def _run_of_heads(pieces: Sequence[Fragment], number: int) -> list[Fragment]:
    run = [pieces[number]]
    for piece in pieces[number + 1 :]:
        if piece.kind != "head":
            break
        run.append(piece)
    for piece in reversed(pieces[:number]):
        if piece.kind != "head":
            break
        run.insert(0, piece)
    return run


def _old_width_follows(pieces: Sequence[Fragment], number: int) -> bool:
    """Say whether the text after an interrupting fragment goes on in the old width."""
    following = next((p for p in pieces[number + 1 :] if p.kind == "text"), None)
    return following is not None and following.width < pieces[number].width


def _signs_off(pieces: Sequence[Fragment], number: int, genre: Genre) -> bool:
    """Say whether a fragment belongs to the names and the date under a notice."""
    run = [p for p in _run_of_heads(pieces, number) if p in pieces[number:]]
    return 0 < len(run) <= 4 and any(genre.find("signoff", flat(p.lines[-1].text)) for p in run)


def _own_paragraph(state: _State, piece: Fragment, narrow: bool) -> bool:
    if not narrow or piece.lines[0].level:
        return True
    return not (state.last_width - 3.0 <= piece.width <= state.last_width + 0.5)


def _text(state: _State, piece: Fragment, closed: bool, genre: Genre, own: bool) -> None:
    lines = without_tail(piece.lines, genre)
    opens = genre.opens_story(piece.text) or (genre.opens_note(piece.text) and closed)
    note = bool(state.lines) and genre.opens_note(state.lines[0].text)
    note = note and sum(len(line.text) for line in state.lines) <= _NOTE and not state.fresh
    goes_on = note or _ran_in(state, lines, genre)
    other = closed and state.bare and _other_width(state, piece)
    if state.lines and ((opens and not goes_on) or other):
        state.close()
    over = lines[:1] != () and lines[0].overprinted
    photo = bool(state.lines) and genre.opens_story(state.lines[0].text)
    photo = over or (photo and flat(piece.text[:_START]).startswith(genre.photos))
    if closed and state.lines and (photo or state.caption):
        state.close()
    state.caption = over
    if own:
        state.subheads.update(range(len(state.lines), len(state.lines) + len(lines)))
    state.lines.extend(lines)
    state.ended = lines != piece.lines
    state.fresh = False
    if len(piece.lines) > 1 or not state.last_width:
        state.last_width, state.last_height = piece.width, len(piece.lines)


def _other_width(state: _State, piece: Fragment) -> bool:
    """Say whether a fragment is set in another width than the body above: then it is no part of it."""
    tall = len(piece.lines) >= _TALL and state.last_height >= _TALL and piece.lines[0].gap > 0
    other = tall and abs(piece.width - state.last_width) >= _OTHER_WIDTH
    return other and max(piece.width, state.last_width) <= _NARROW and not piece.lines[0].column


def _ran_in(state: _State, lines: Sequence[Clean], genre: Genre) -> bool:
    """Say whether the beginning of a body stands behind lines of a later column of the same body."""
    columns = any(line.column for line in (*state.lines, *lines))
    return columns and not any(
        genre.opens_story(line.text) or genre.opens_note(line.text) for line in state.lines
    )
