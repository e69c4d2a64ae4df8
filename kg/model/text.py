"""Pages and articles: what a reader and the layout hand on. All offsets are code points."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model.period import Period

_put = object.__setattr__


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open stretch of a text, in code points.

    >>> Span(1, 3).of("平湖市")
    '湖市'
    """

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:  # there are many: half the time of the generated one
        if not 0 <= start <= end:
            raise ValueError(f"no span: {start}..{end}")
        _put(self, "start", start)
        _put(self, "end", end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the stretch of text that the span covers."""
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        """Return the span moved by a number of code points."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Say whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Say whether both spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class When:
    """A day or an interval of days (both ends included), with the text that says so.

    `end` is `OPEN` where nothing bounds the interval.
    """

    start: date
    end: date
    evidence: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"no interval: {self.start}..{self.end}")

    @property
    def period(self) -> Period:
        """The days alone."""
        return Period(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line stands on paper: left, top, right, bottom in points, origin top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page: `span` points into `Page.text`, without the line break."""

    text: str
    span: Span
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Byline:
    """One person behind an article, with the role as printed (记者, 通讯员, 摄影, 作者, …)."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a file itself says of the one article that a page holds: a saved web page, a record, a document.

    Attributes:
        headline: the decks; they are also the page's first lines, in this order, one line each.
        byline: the people behind the article, when the file names them apart from its text.
    """

    headline: tuple[str, ...]
    byline: tuple[Byline, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read.

    Attributes:
        id: twelve hex digits of the SHA-256 of `text`: the same content is the same page.
        source: the file it came from, relative to what the user named, with `/` between folders; a part of
            a file says which: `a.pdf#page=2`, `a.csv#row=17`, `a.zip/inner/b.txt`.
        text: the text as printed; every offset into a page points here.
        lines: the printed lines in the order of the file.
        date: the issue date when the page or the file's name prints it, or else the interval that the text
            supports.
        newspaper: the paper's name when the page prints it.
        number: the page's number in its issue (2, A1) when the page or the file's name gives it.
        encoding: the encoding the file was read in.
        address: the source's own URL, when the file says it.
        given: set when the file itself says that the page is one article, and what its headline is; its
            date and paper are then the page's.
    """

    id: str
    source: str
    text: str
    lines: tuple[Line, ...]
    date: When | None = None
    newspaper: str | None = None
    encoding: str = "utf-8"
    address: str | None = None
    given: Given | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """`length` code points that stand at `article` in an article and at `page` in its page, alike."""

    article: int
    page: int
    length: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The way from an article's text back to the page as printed.

    Segments are ordered by their place in the article; characters in no segment were put in by the
    layout (a line break between paragraphs) and have no place on the page.

    >>> back = SourceMap((Segment(0, 10, 4), Segment(4, 15, 3)))
    >>> back.to_page(Span(2, 6))
    (Span(start=12, end=14), Span(start=15, end=17))
    """

    segments: tuple[Segment, ...]

    def to_page(self, span: Span) -> tuple[Span, ...]:
        """Return the stretches of the page that a span of the article was read from, in article order."""
        return tuple(self._parts(span))

    def _parts(self, span: Span) -> Iterator[Span]:
        for s in self.segments:
            start, end = max(span.start, s.article), min(span.end, s.article + s.length)
            if start < end:
                yield Span(s.page + start - s.article, s.page + end - s.article)


@dataclass(frozen=True, slots=True)
class Article:
    """One story of a page.

    Attributes:
        id: page id, a hyphen and the number of the article on its page, from 1.
        page: the id of its page.
        kind: news, commentary, photo, notice, weather or ad.
        headline: the decks as printed, each once, white space inside a deck kept as one space.
        byline: the people behind it.
        date: the issue date, or the interval known for it.
        text: the decks and then the paragraphs of the body, joined by line breaks; nothing else.
        body: the part of `text` that is the body.
        source_map: leads from `text` to the page.
        confidence: how sure the layout is that its byline is behind it, from 0 to 1; 1 without one.
        onward: the number of the page on which it says that it goes on (下转2版).
        back: the number of the page from which it says that it comes (上接1版).
    """

    id: str
    page: str
    kind: str
    headline: tuple[str, ...]
    byline: tuple[Byline, ...]
    date: When | None
    text: str
    body: Span
    source_map: SourceMap
    confidence: float = 1.0
    onward: str | None = None
    back: str | None = None
