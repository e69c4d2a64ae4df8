"""Posts beside a name: 市委常委、组织部部长吴某; 公司董事长沈某; 市领导何某、金某; 原副院长蓝某."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.scene import NAME, Node, View
from kg.lexicon import Lexicon
from kg.model import LocalKey

_BREAK = re.compile(r"[，。；：！？,:;“”\"‘’（()）《》\n\s…—]")
"""What ends the stretch of posts before a name."""
_LEAD = re.compile(r".*[的了是由向与和跟到对把被让请同给在]", re.S)
"""What comes before a post that names no body: 63岁的 in 63岁的村民张某."""
_SINGLE = re.compile(
    r"(?<!副)(?:书记|市长|县长|区长|镇长|乡长|州长|旗长|局长|厅长|部长|主任|主席|董事长|总经理|总裁|校长|院长)\Z"
)
"""A post that one person holds, so that the next name of a list does not share it."""
_SECTION = re.compile(
    r".{1,8}(?:部|处|科|室|中心|车间|组|区|股|系|委员会|所|队|厂|分公司|项目|班|站|部门|业务|事业群)\Z"
)
"""A section before a post: 外贸部 in 外贸部经理."""
_SMALL = ("村", "社区", "镇", "乡", "街道", "屯", "寨", "嘎查", "苏木", "小区", "庄")
"""Places small enough to have villagers and residents with a name in the paper."""
_FORMER = ("原", "时任", "前任", "前")
_AFTER = re.compile(r"(?:教授|博士|院士|研究员|主任医师|副教授|高级工程师|工程师|医生|老师|主任|总工程师)")
_TAIL = re.compile(
    r"(?:[（(][^（）()]{0,40}[）)])?(?:先生|女士|同志|博士|教授|院士|老人|夫妇|一行(?:\d+人)?|等人|等(?=[，出参陪]))?"
)


@dataclass(frozen=True, slots=True)
class Titles:
    """What the lexicon says of posts."""

    rows: Mapping[str, Mapping[str, str]]
    ending: re.Pattern[str]
    known: re.Pattern[str]
    organs: tuple[tuple[str, str], ...]

    def is_title(self, text: str) -> bool:
        """Say whether a text can be a title.

        It ends with a post of the lexicon, or with a character that ends titles.
        """
        return len(text) > 1 and bool(self.known.search(text) or self.ending.fullmatch(text))


def titles(lexicon: Lexicon) -> Titles:
    """Compile the tables of posts."""
    rows: dict[str, Mapping[str, str]] = {}
    for row in lexicon.table("posts").rows:
        rows.setdefault(row["word"], row)
    words = "|".join(re.escape(w) for w in sorted(rows, key=lambda w: (-len(w), w)))
    prefixes = "|".join(
        re.escape(w) for w in sorted(lexicon.words("post_prefixes"), key=lambda w: (-len(w), w)) if w != "大"
    )
    endings = "".join(re.escape(c) for c in lexicon.words("post_endings"))
    organs = tuple((r["word"], r["of"]) for r in lexicon.table("party_organs").rows)
    return Titles(
        rows,
        re.compile(rf"[^的在了是和与{NAME}]{{0,15}}[{endings}]\Z"),
        re.compile(rf"(?:{prefixes})*(?:{words})(?:兼(?:{prefixes})*(?:{words}))*\Z"),
        tuple(sorted(organs, key=lambda o: (-len(o[0]), o))),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A post of a person: where it is printed and what it says."""

    person: Node
    body: LocalKey
    title: str
    former: bool
    start: int
    end: int
    sure: float


@dataclass(frozen=True, slots=True)
class _Segment:
    """One title of a run: the name before it, if any, and where it starts."""

    body: Node | None
    title: str
    start: int
    former: bool


def read_posts(view: View, known: Titles, bodies: Bodies, recent: Sequence[Node]) -> list[Held]:
    """Return the posts of a sentence, and widen its nodes by them.

    `recent` are the names before the sentence, for a post whose body is named there.
    """
    out: list[Held] = []
    last: tuple[Node, list[Held]] | None = None
    before: list[Held] = []
    for i, node in enumerate(view.nodes):
        if node.kind != "Person" or node.said != "name":
            continue
        tail = _TAIL.match(view.text, node.end, view.end)
        right = tail.end() if tail else node.end
        segments = _segments(view, i, known)
        held: list[Held] = []
        if segments:
            earlier = [*recent, *view.nodes[:i]]
            held = _resolve(replace(node, right=right), segments, known, bodies, earlier, before)
            left = segments[0].start
            view.absorbed |= {n.start for n in view.nodes if left <= n.start < node.start}
            view.nodes[i] = replace(node, left=left, right=right)
        else:
            view.nodes[i] = replace(node, right=right)
            after = _AFTER.match(view.text, node.end)
            owner = view.nodes[i - 1] if i else None
            if last is not None and view.text[max(last[0].end, last[0].right) : node.start] in {
                "、",
                "和",
                "及",
            }:
                held = [
                    replace(h, person=view.nodes[i], end=node.end, sure=h.sure * 0.97)
                    for h in last[1]
                    if not _SINGLE.search(h.title)
                ]
            elif after and owner and owner.kind == "Organization":
                gap = view.text[owner.end : node.start]
                if gap in {"", "的"}:
                    held = [
                        Held(view.nodes[i], owner.key, after.group(), False, owner.start, after.end(), 0.9)
                    ]
        out += held
        before = held or before
        last = (view.nodes[i], held) if held else None
    return out


def _segments(view: View, i: int, known: Titles) -> list[_Segment]:
    """Return the titles that stand before the i-th node, left to right."""
    node, base = view.nodes[i], view.start
    floor = max((n.end for n in view.nodes[:i] if n.kind in {"Person", "Event", "Award"}), default=base)
    stretch = view.masked[floor - base : node.start - base]
    breaks = [m.end() for m in _BREAK.finditer(stretch)]
    begin = floor + (breaks[-1] if breaks else 0)
    bounds = (
        [begin]
        + [at + 1 for at in range(begin, node.start) if view.masked[at - base] == "、"]
        + [node.start + 1]
    )
    found: list[_Segment] = []
    for start, end in reversed(list(zip(bounds, bounds[1:], strict=False))):
        segment = _segment(view, start, end - 1, known)
        if segment is None:
            break
        found.append(segment)
        if segment.start > start:
            break
    return found[::-1]


def _segment(view: View, start: int, end: int, known: Titles) -> _Segment | None:
    inside = [
        n for n in view.nodes if start <= n.start and n.end <= end and n.kind in {"Organization", "Place"}
    ]
    if inside:
        body = inside[-1]
        text = view.text[body.end : end].strip('“”"')
        former = view.text[max(view.start, body.start - 1) : body.start] == "原"
        bare = text[1:] if text.startswith("的") else text
        for word in _FORMER:
            if bare.startswith(word) and len(bare) > len(word) + 1:
                bare, former = bare[len(word) :], True
        if known.is_title(bare) and len(bare) <= 16:
            if "的" in bare:
                bare = bare[bare.rindex("的") + 1 :]
            return _Segment(
                body, bare, body.start - former * (view.text[body.start - 1 : body.start] == "原"), former
            )
        if not bare:
            return None
        start = body.end
    text = view.text[start:end]
    found = known.known.search(text)
    if found is None:
        return None
    lead = _LEAD.match(text[: found.start()])
    before = text[lead.end() if lead else 0 : found.start()]
    title, at = found.group(), start + found.start()
    if before and (_SECTION.fullmatch(before) or any(before == o for o, _ in known.organs)):
        title, at = before + title, at - len(before)
    former = False
    for word in _FORMER:
        if title.startswith(word) and len(title) > len(word) + 1:
            title, former = title[len(word) :], True
    return _Segment(None, title, at, former)


def _resolve(
    person: Node,
    segments: Sequence[_Segment],
    known: Titles,
    bodies: Bodies,
    earlier: Sequence[Node],
    before: Sequence[Held],
) -> list[Held]:
    out: list[Held] = []
    for segment in segments:
        body, title, sure = _body(segment, known, bodies, earlier, out, before)
        if body is None:
            continue
        if out and out[-1].body == body and segment.body is None:
            merged = out.pop()
            out.append(replace(merged, title=f"{merged.title}、{title}"))
            continue
        out.append(Held(person, body, title, segment.former, segment.start, person.end, sure))
    return out


def _body(
    segment: _Segment,
    known: Titles,
    bodies: Bodies,
    earlier: Sequence[Node],
    out: Sequence[Held],
    before: Sequence[Held],
) -> tuple[LocalKey | None, str, float]:
    row = _row(segment.title, known)
    of, inside, level = (row["of"], row["body"] == "inside", row["level"]) if row else ("any", False, "-")
    title = segment.title
    if segment.body is not None:
        key = segment.body.key
        if key.kind == "Place":
            if row is not None and row["kind"] != "post" and not key.name.endswith(_SMALL):
                return None, title, 0.0
            return _of_place(key, of, title, known, bodies)
        whole, section = bodies.whole(key)
        return whole, section + title, 1.0
    for word, kind in known.organs:
        if title.startswith(word[:-1]) and bodies.city:
            rest = title[len(word) :] if title.startswith(word) else ""
            if not rest and word.endswith("部") and title == word + "长":
                rest = "部长"
            if rest == "长":
                rest = "部长"
            if rest:
                return bodies.organ(bodies.city, word, kind), rest, 0.95
    if inside:
        place = bodies.own(level)
        if place is None:
            near = next(
                (n for n in reversed(earlier) if n.kind == "Place" and n.key.name.endswith(level)), None
            )
            place = near.key.name if near else None
        if place is None:
            return None, title, 0.0
        if of == "village":
            near_key = bodies.place(place)
            return near_key, title.removeprefix(level), 0.9
        if of == "place":
            return bodies.place(place), title.removeprefix(level), 0.97
        if of == "party":
            head = f"{level}委"
            return bodies.party(place), title.removeprefix(head), 0.95
        return bodies.government(place), title, 0.97
    if out and (row is None or row["kind"] == "post"):
        return out[-1].body, title, 0.9
    if title.startswith("副"):
        for held in before:
            if title.endswith(held.title.rsplit("、", 1)[-1].removeprefix("副")):
                return held.body, title, 0.9
    if title in {"村民", "居民", "村党支部书记", "村支书"}:
        near = next(
            (n for n in reversed(earlier) if n.kind == "Place" and n.key.name.endswith(("村", "社区"))), None
        )
        return (near.key if near else None), title, 0.7
    if row is None or row["kind"] != "post" or of in {"party", "any"}:
        return None, title, 0.0
    fits = _FITS.get(of)
    near = [n for n in earlier[-40:] if n.kind == "Organization" and (fits is None or fits(n.key.name))]
    head = title[:-1][-1:] if title.endswith("长") else ""
    near = [n for n in near if head and n.key.name.endswith(head)] or near
    often = Counter(n.key for n in near)
    for node in reversed(near):
        if 2 * often[node.key] >= max(often.values()):
            return node.key, title, 0.75
    return None, title, 0.0


def _of_place(
    key: LocalKey, of: str, title: str, known: Titles, bodies: Bodies
) -> tuple[LocalKey, str, float]:
    name = key.name
    for word, kind in known.organs:
        if title.startswith(word) and len(title) > len(word):
            return bodies.organ(name, word, kind), title[len(word) :], 0.9
    if of == "government":
        return bodies.government(name), title, 0.95
    if of == "party" and name.endswith(("镇", "乡", "街道", "区", "市", "县")):
        if title.startswith("党") and name.endswith(("镇", "乡", "街道", "区")):
            short = title.removeprefix("党工委").removeprefix("党委")
            return bodies.party(name), short or title, 0.9
        return bodies.party(name), title, 0.8
    return key, title, 0.9


def _row(title: str, known: Titles) -> Mapping[str, str] | None:
    for start in range(len(title)):
        if title[start:] in known.rows:
            return known.rows[title[start:]]
    return None


def _company(name: str) -> bool:
    return not name.startswith("中共") and not name.endswith(
        ("局", "委", "政府", "部", "厅", "院", "学校", "大学", "法院", "中学", "小学", "办")
    )


_FITS = {
    "company": _company,
    "school": lambda name: name.endswith(("校", "学", "院", "园", "所", "系")),
    "hospital": lambda name: name.endswith(("院", "所", "中心", "科")),
    "organ": lambda name: not name.endswith(("公司", "集团", "厂")),
    "congress": lambda name: "人大" in name,
    "court": lambda name: "法院" in name,
    "procuratorate": lambda name: "检察院" in name,
}
