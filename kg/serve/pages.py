"""Pages for people: an entity, an article with all that was found in it, a page as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from kg.model import Span
from kg.model.address import opens
from kg.ontology import Ontology
from kg.publish import label, passage
from kg.rdf.terms import id_of, local
from kg.serve import told
from kg.serve.html import Markup, Part, element, name, page
from kg.serve.marking import find_names, pieces

STATUS = {"planned": "计划", "former": "曾经", "negated": "否认"}
_PLACES = ("entity", "article", "page", "statement", "evidence")


@dataclass(frozen=True, slots=True)
class Frame:
    """What pages are made with: the request they answer, the ontology, and what every IRI begins with."""

    request: Request
    ontology: Ontology
    base: str

    def link(self, iri: str, text: Part) -> Markup:
        """Return a link to what an IRI of ours names, on this server; other texts stay texts."""
        to = self.path(iri)
        return element("span", {}, text) if to is None else element("a", {"href": to}, text)

    def path(self, iri: str) -> str | None:
        """Return where a thing of ours is found on this server, or None when it is not ours."""
        kind, _, id_ = iri.removeprefix(self.base).partition("/")
        if not iri.startswith(self.base) or kind not in _PLACES or not told.ID.fullmatch(id_):
            return None
        return f"{self.request.scope.get('root_path', '')}/{kind}/{id_}"

    def called(self, iri: str) -> str:
        """Return what a class or predicate is called in Chinese."""
        return label(self.ontology, local(iri))

    def whole(self, title: str, body: Sequence[Part], script: str | None = None) -> bytes:
        """Return the whole page."""
        return page(self.request, title, body, scripts=(script,) if script else ())


def entity_page(frame: Frame, iri: str, about: told.Told, offset: int) -> bytes:
    """Return what is known of an entity: facts by predicate, each with its sentences."""
    title = about.label or iri
    kinds = "、".join(frame.called(kind) for kind in about.kinds if local(kind) in frame.ontology.classes)
    others = [
        "又称：",
        [[name(a), "、" if n + 1 < len(about.aliases) else ""] for n, a in enumerate(about.aliases)],
    ]
    body: list[Part] = [
        element("h1", {}, name(title)),
        element("p", {"class": "soft"}, kinds),
        element("p", {"class": "soft"}, others) if about.aliases else None,
        _formats(iri),
    ]
    group: tuple[str, str] | None = None
    items: list[Part] = []
    for row in (*about.statements, None):
        new = None if row is None else (row["out"], row["p"])
        if new != group and group is not None:
            arrow = "← " if group[0] == "0" and not _symmetric(frame, group[1]) else ""
            body += [
                element("h2", {}, arrow + frame.called(group[1])),
                element("ul", {"class": "facts"}, items),
            ]
            items = []
        group = new
        if row is not None:
            items.append(_fact(frame, row, about))
    steps = []
    if offset:
        steps.append(element("a", {"href": f"?from={max(0, offset - told.FACTS)}"}, "← 前面的"))
    if about.more:
        steps.append(element("a", {"href": f"?from={offset + told.FACTS}"}, "更多 →"))
    body.append(element("p", {"class": "steps"}, steps))
    return frame.whole(title, body)


def article_page(frame: Frame, iri: str, story: told.Story) -> bytes:
    """Return an article with every name and every fact marked in its text."""
    about = story.about
    title = about.get("headline", "").split("\n")[0] or "（无标题）"
    forms = {row["form"]: row["entity"] for row in reversed(story.mentioned)}
    kinds = {row["entity"]: row for row in story.mentioned}
    names = find_names(about["text"], forms)
    facts = [Span(int(row["start"]), int(row["end"])) for row in story.stated]
    text: list[Part] = []
    for piece in pieces(len(about["text"]), [span for span, _ in names], facts):
        part: Part = piece.span.of(about["text"])
        if piece.name is not None:
            entity = names[piece.name][1]
            kind = local(kinds[entity]["kind"])
            shown = {
                "class": f"name {kind}",
                "title": f"{kinds[entity]['label'][:80]}（{label(frame.ontology, kind)}）",
            }
            part = element("a", {**shown, "href": frame.path(entity)}, part)
        if piece.facts:
            of = " ".join(str(n + 1) for n in piece.facts)
            part = element("mark", {"data-facts": of}, part)
        text.append(part)
        text += [element("sup", {}, element("a", {"href": f"#f{n + 1}"}, str(n + 1))) for n in piece.ends]
    known = (about.get("paper"), about.get("day"), about["source"])
    places = [" · ".join(filter(None, known)), " ", frame.link(about["page"], "见报原文")]
    source = about.get("url", "")
    body: list[Part] = [
        element("h1", {}, name(title)),
        element("p", {"class": "soft"}, places),
        element(
            "p", {"class": "soft"}, [[row["role"], " ", name(row["name"]), "　"] for row in story.byline]
        ),
        element("p", {}, element("a", {"href": source, "rel": "noreferrer noopener"}, "来源"))
        if opens(source)
        else None,
        _formats(iri),
        element("article", {"class": "text"}, text),
        element("h2", {}, f"事实（{len(story.stated)}）"),
        element("ol", {"class": "facts"}, [_stated(frame, n, row) for n, row in enumerate(story.stated)]),
        element("h2", {}, f"提到的（{len(kinds)}）"),
        element(
            "ul",
            {"class": "names"},
            [
                element(
                    "li",
                    {},
                    frame.link(e, name(row["label"])),
                    " ",
                    element("small", {}, frame.called(row["kind"])),
                )
                for e, row in kinds.items()
            ],
        ),
    ]
    return frame.whole(title, body, "article.js")


def printed(frame: Frame, iri: str, about: told.Row, articles: Sequence[told.Row]) -> bytes:
    """Return a page as printed, with links to its articles."""
    known = (about.get("paper"), about.get("day"), f"第{about['number']}版" if "number" in about else None)
    items = [
        element(
            "li", {}, frame.link(row["article"], name(row.get("headline", "").split("\n")[0] or "（无标题）"))
        )
        for row in articles
    ]
    body = [
        element("h1", {}, name(about["source"])),
        element("p", {"class": "soft"}, " · ".join(filter(None, known))),
        _formats(iri),
        element("ul", {"class": "names"}, items),
        element("pre", {"class": "text"}, about["text"]),
    ]
    return frame.whole(about["source"], body)


def _fact(frame: Frame, row: told.Row, about: told.Told) -> Markup:
    notes = [
        value if called == "title" else f"{label(frame.ontology, called)} {value}"
        for called, value in (about.qualifiers or {}).get(row["s"], ())
    ]
    if local(row["status"]) in STATUS:
        notes.append(STATUS[local(row["status"])])
    days = row.get("first", "")
    if row.get("last", days) != days:
        days += "–" + row["last"]
    lines = []
    for source in (about.passages or {}).get(row["s"], ()):
        text = source["text"]
        said = passage(text, Span(int(source["start"]), int(source["end"]))).sentence.of(text)
        head = source.get("headline", "").split("\n")[0] or "原文"
        told_at = " · ".join(filter(None, (head[:60], source.get("day"))))
        lines.append(
            element(
                "li",
                {},
                element("q", {}, " ".join(said.split())[:600]),
                " ",
                frame.link(source["article"], told_at),
            )
        )
    return element(
        "li",
        {"id": id_of(row["s"])},
        element("strong", {}, _end(frame, row["other"], row.get("name"), row.get("edtf"))),
        f"（{'，'.join(notes)}）" if notes else "",
        element("small", {}, f" 可信度 {row['confidence']} {days}"),
        element("ul", {"class": "sentences"}, lines),
    )


def _stated(frame: Frame, number: int, row: told.Row) -> Markup:
    status = STATUS.get(local(row["status"]))
    return element(
        "li",
        {"id": f"f{number + 1}"},
        _end(frame, row["a"], row.get("aname"), None),
        " — ",
        frame.called(row["p"]),
        " → ",
        _end(frame, row["b"], row.get("bname"), row.get("edtf")),
        f"（{status}）" if status else "",
    )


def _end(frame: Frame, value: str, called: str | None, days: str | None) -> Markup:
    if called is not None:
        return frame.link(value, name(called))
    return element("span", {}, name(value), f"（{days}）" if days else "")


def _symmetric(frame: Frame, iri: str) -> bool:
    found = frame.ontology.predicates.get(local(iri))
    return found is not None and found.symmetric


def _formats(iri: str) -> Markup:
    return element("p", {"class": "soft"}, element("code", {}, iri))
