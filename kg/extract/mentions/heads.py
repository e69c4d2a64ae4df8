"""Names that end in a known last word: …有限公司, …街道, …工程, …推进会, …金奖.

The last words stand in a table. From one of them a name reaches to the left, word by word, until something
that no name holds: a particle, a verb that governs names, a time, a number, a post.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.lexer import Token
from kg.extract.mentions.lexed import joined_parts
from kg.extract.mentions.places import is_compound
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import LEVEL, Names
from kg.hanzi.gazetteer import gazetteer

_STOP = frozenset(["p", "c", "r", "d", "u", "xc", "t"])
_OPEN = {"”": "“", "）": "（", ")": "(", "」": "「", "’": "‘"}
_JOINS = frozenset("·—－-/&")
_PROPER = frozenset(["LOC", "ORG", "PER", "nz", "nw"])
_LOOSE_LEFT = frozenset(["v", "a", "ad", "an", "d", "f", "m", "q", "w", "vd"])
_SETTLED = frozenset(["Place", "Organization"])
"""Kinds whose names hold no verb and no number."""
_YEARLY = frozenset(["年产", "日产", "年处理", "日处理"])
_PHASES = frozenset(["首届", "一期", "二期", "三期", "四期"])
_NAMED = {"Place": frozenset(["LOC"]), "Organization": frozenset(["ORG"])}
"""What the lexer calls a name of a kind."""
_ADMIN = ("镇", "乡", "村", "街道", "社区", "县", "市", "区", "省", "自治区", "旗", "苏木", "嘎查")
_WATERS = frozenset("河江湖溪山港")
"""Last words that may belong to the short name of a city in a byname (金|如皋)."""
_VAGUE = frozenset(["项目", "工程", "活动"])
"""Last words that make a generic noun of 重大, 重点, 产业 even after the name of an area."""
_AFTER_NAMES = frozenset(["计划", "品牌", "项目部", "应用"])
"""Last words that make no project of the name directly before them."""
SESSION = 7
"""Words to the left in which the ordinal of an event may stand."""
LONGEST = 45
"""Code points that a name may have."""
SHORTEST = 4
"""Code points that must stand before the last word of a project without a proper noun."""


def find_headed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for each definite stretch that ends in a last word: `named` with a proper noun, else `plain`."""
    for number, token in enumerate(text.tokens):
        end = token.span.end
        head = _head(text.text, end, text.tokens[text.bounds[number]].span.start, names)
        if not head or (token.tag == "v" and len(token.word) > len(head)):
            continue
        if token.word in names.generic and len(head) == 1:
            continue
        if head in _WATERS and token.word[-2:] in gazetteer().by_short:
            continue
        compound = token.tag == "LOC" and is_compound(token.word, names.heads)
        joined = token.tag == "ORG" and joined_parts(token.word, names)
        for kind, needs in names.heads[head]:
            if (compound and kind == "Place") or joined:
                continue
            if needs in {"word", "inside"}:
                start = _word(text, number, head, kind, needs)
            else:
                start = _left(text, number, end - len(head), kind, names)
            if start is None:
                continue
            finder = _definite(text, start, end, head, kind, names)
            if finder and (needs != "proper" or finder == "named"):
                yield Vote(start, end, kind, finder)


def _head(text: str, end: int, floor: int, names: Names) -> str:
    if text[end - 1 : end] not in names.head_ends:
        return ""
    for length in range(min(names.longest_head, end - floor), 0, -1):
        if text[end - length : end] in names.heads:
            return text[end - length : end]
    return ""


def _word(text: Text, number: int, head: str, kind: str, needs: str) -> int | None:
    """Return where the lexer's own name with this head starts; a bare head takes the proper noun before."""
    token = text.tokens[number]
    if token.word != head:
        return token.span.start if token.tag in _NAMED[kind] and len(token.word) > len(head) else None
    if needs == "inside" or number == text.bounds[number]:
        return None
    before = text.tokens[number - 1]
    good = before.tag in _PROPER and len(before.word) > 1
    return (
        before.span.start if good and not (kind == "Place" and before.word[-1:] in "镇乡村县市区省") else None
    )


def _left(text: Text, number: int, head: int, kind: str, names: Names) -> int | None:
    """Return where the name that ends with token `number` starts."""
    tokens, first = text.tokens, text.bounds[number]
    start = number
    while start > first and tokens[start].span.start > head:
        start -= 1
    end = tokens[number].span.end
    while start > first:
        token = tokens[start - 1]
        if end - token.span.start > LONGEST:
            break
        if token.word in _OPEN:
            opening = _opening(text, start - 1, first)
            if opening is None:
                break
            start = opening
            continue
        if (
            kind == "Project"
            and token.tag == "m"
            and start - 2 >= first
            and tokens[start - 2].word in _YEARLY
        ):
            start -= 2
            break
        if not _inside(token.word, token.tag, kind, names):
            break
        if kind == "Place" and _contains(token) and _own_name(tokens[start : number + 1], head):
            break
        start -= 1
    if kind == "Event":
        start = _session(tokens, start, first)
    while start < number and _leads(tokens[start].word, tokens[start].tag, names):
        start += 1
    return tokens[start].span.start


def _session(tokens: Sequence[Token], start: int, first: int) -> int:
    """Return the number of the ordinal with which an event's name opens: 第九届|…面料|与|博览会."""
    for number in range(start - 1, max(first - 1, start - SESSION), -1):
        word, tag = tokens[number].word, tokens[number].tag
        if (word[0] == "第" and word[-1] in "届次") or word == "首届":
            larger = tokens[number - 1] if number > first else None
            return number - 1 if larger is not None and larger.tag == "LOC" else number
        if tag in {"w", "p", "u", "v", "r", "TIME"}:
            break
    return start


def _own_name(tokens: Sequence[Token], head: int) -> bool:
    """Say whether what stands before a last word has a proper noun."""
    return any(t.tag in _PROPER and t.span.start < head for t in tokens)


def _contains(token: Token) -> bool:
    """Say whether a word is a town or the like, in which a place with a name of its own can lie."""
    return token.tag == "LOC" and len(token.word) > 2 and token.word.endswith(_ADMIN)


def _leads(word: str, tag: str, names: Names) -> bool:
    return word in names.leads or word in names.boundaries or (tag in _LOOSE_LEFT and not _opens(word))


def _opening(text: Text, number: int, first: int) -> int | None:
    mark = _OPEN[text.tokens[number].word]
    for other in range(number - 1, max(first - 1, number - 16), -1):
        word = text.tokens[other].word
        if word == mark:
            return other
        if word in "。！？，；：":
            return None
    return None


def _opens(word: str) -> bool:
    """Say whether a word of a loose class may open a name: 第九届, 首届, 2025, “, 年产."""
    return (
        word[0] in "第“「"
        or word.startswith("首届")
        or word[:4].isdigit()
        or word.isascii()
        or word in _YEARLY
    )


def _inside(word: str, tag: str, kind: str, names: Names) -> bool:
    if word in names.offices or word in names.deixis or (word in names.boundaries and tag != "vn"):
        return False
    if kind == "Event" and word == "暨":
        return True
    if tag in _STOP or (kind == "Organization" and word in names.leads and len(word) > 1):
        return False
    if tag == "w":
        return word in _JOINS
    if tag == "TIME":
        return kind in {"Event", "Award"} and word[:4].isdigit() and word.endswith("年")
    if tag == "m":
        return word[0] == "第" or word in _PHASES or (word.isascii() and kind not in _SETTLED)
    if tag == "q":
        return word in {"届", "期", "号"}
    if tag == "f":
        return word in ("东西南北中" if kind in _SETTLED else "东西南北中上下内外")
    if tag == "v":
        return kind not in _SETTLED
    return True


def _definite(text: Text, start: int, end: int, head: str, kind: str, names: Names) -> str:
    """Say how definite a stretch is: "named" with a proper noun, "plain" without, "" when not at all."""
    name = text.text[start:end]
    if name in names.generic or len(name) < 2:
        return ""
    stem = end - len(head)
    if start >= stem:
        return ""
    number = text.starts.get(start)
    if number is None:
        return "plain"
    first, proper, content, verbs = number, False, False, False
    while number < len(text.tokens) and text.tokens[number].span.start < stem:
        token = text.tokens[number]
        word = token.word if token.span.end <= stem else token.word[: stem - token.span.start]
        level = number == first and len(word) == 1 and word in LEVEL
        if level or word not in names.modifiers:
            content = True
            proper |= _proper(word, token.tag) or (level and kind in _SETTLED)
        verbs |= token.tag == "v"
        number += 1
    if kind == "Project" and (
        "+" in name or _governed(text, stem, head) or (head == "车间" and "公司" in name)
    ):
        return ""
    if kind == "Project" and head in _VAGUE and name[-4:] in names.generic and "“" not in name:
        return ""
    if kind == "Project" and not proper and (verbs or stem - start < SHORTEST):
        return ""
    return "named" if proper else "plain" if content else ""


def _governed(text: Text, stem: int, head: str) -> bool:
    """Say whether a last word that may be a verb or a room stands directly after a name: 某公司|计划."""
    number = text.ends.get(stem)
    return head in _AFTER_NAMES and number is not None and text.tokens[number].tag in {"LOC", "ORG", "PER"}


def _proper(word: str, tag: str) -> bool:
    if word[0] == "第" and word[-1] in "个项批期":
        return False
    return (
        tag in _PROPER
        or word[0] in "“第首"
        or word in _YEARLY
        or word.isascii()
        or bool(gazetteer().find(word))
    )
