"""HTML in which everything that is not an element of ours is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from starlette.requests import Request

_VOID = frozenset({"input", "link", "meta", "br"})
_LONG = 160
TITLE = "报纸知识图谱"


class Markup(str):
    """A text that is HTML already."""

    __slots__ = ()


Part = str | Sequence["Part"] | None


def element(name: str, attributes: Mapping[str, str | None] | None = None, *parts: Part) -> Markup:
    """Return an element; texts in it and the values of its attributes are escaped.

    An attribute that is None is left out.

    >>> element("a", {"href": '"/>'}, "<b>", element("br"))
    '<a href="&quot;/&gt;">&lt;b&gt;<br></a>'
    """
    given = "".join(f' {k}="{html.escape(v)}"' for k, v in (attributes or {}).items() if v is not None)
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{joined(parts)}</{name}>")


def joined(parts: Iterable[Part]) -> Markup:
    """Return parts one after the other, texts escaped."""
    return Markup("".join(map(_safe, parts)))


def name(text: str, limit: int = _LONG) -> Markup:
    """Return somebody's name, kept apart from the direction of what stands around it, and not endless.

    >>> name("甲<")
    '<bdi>甲&lt;</bdi>'
    """
    return element("bdi", {}, text if len(text) <= limit else text[:limit] + "…")


def page(request: Request, title: str, body: Sequence[Part], *, scripts: Sequence[str] = ()) -> bytes:
    """Return a whole page: `body` below the head that all have; `scripts` are files in `static/`."""
    root = request.scope.get("root_path", "")
    head = [
        element("meta", {"charset": "utf-8"}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("title", {}, f"{title[:_LONG]} · {TITLE}"),
        element("link", {"rel": "icon", "href": "data:,"}),
        element("link", {"rel": "stylesheet", "href": f"{root}/static/page.css"}),
        element("script", {"src": f"{root}/static/suggest.js", "defer": ""}),
        *(element("script", {"src": f"{root}/static/{name}", "defer": ""}) for name in scripts),
    ]
    asked = request.query_params.get("q", "") if request.url.path.endswith("/search") else ""
    field = element(
        "input",
        {
            "type": "search",
            "name": "q",
            "value": asked[:_LONG],
            "placeholder": "查人物、机构、地点、项目或文章",
            "aria-label": "搜索",
            "autocomplete": "off",
            "list": "suggestions",
            "maxlength": str(_LONG),
        },
    )
    form = element(
        "form",
        {"action": f"{root}/search", "role": "search", "data-suggest": f"{root}/suggest"},
        field,
        element("datalist", {"id": "suggestions"}),
        element("button", {}, "搜索"),
    )
    links = [("/view", "关系图"), ("/editor", "SPARQL")]
    bar = element(
        "header",
        {},
        element("a", {"class": "brand", "href": f"{root}/"}, TITLE),
        form,
        element("nav", {}, [element("a", {"href": root + to}, text) for to, text in links]),
    )
    whole = element(
        "html",
        {"lang": "zh-CN"},
        element("head", {}, head),
        element("body", {}, bar, element("main", {}, body)),
    )
    return f"<!DOCTYPE html>\n{whole}\n".encode("utf-8", "replace")


def _safe(part: Part) -> str:
    if part is None:
        return ""
    if isinstance(part, Markup):
        return str(part)
    if isinstance(part, str):
        return html.escape(part)
    return joined(part)
