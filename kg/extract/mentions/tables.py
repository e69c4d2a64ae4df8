"""The lexicon as the finders use it: alternations compiled and sets built once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.extract.renamed import Renaming, renaming
from kg.extract.towns import Towns, towns
from kg.lexicon import Lexicon, alternation

NAME = "\u4e00-\u9fff"
"""A range of Han characters for character classes."""
OWN = "省市县区旗州"
"""Levels of the areas that a paper can be of or lie in."""
TOWN = "镇乡"
LEVEL = OWN + TOWN
"""How areas end that have organs of their own."""
_NUMERALS = "一二两三四五六七八九十百千"


@dataclass(frozen=True, slots=True)
class Names:
    """All tables that finding and resolving mentions needs.

    Attributes:
        surnames: every surname; `common` the ones that nearly always open a name.
        posts: every post, role and form of address; `post_end` finds one with its prefixes.
        prefixes: what may stand before a post, the longest first: 常务, 副.
        offices: the posts among them; `honorifics` the forms of address.
        titled: a surname and a title (仲|书记); `familiar` one with 老 or 小 (老|郝, 崔|老).
        office_ends: the same, as endings of a stretch.
        followers: characters that begin the word after a name of two rather than end a name of three.
        post_tail: finds a post with what follows it to the end of a word.
        addresses: what makes 王|师傅 a form of address and no name.
        credit: a byline in brackets within the body: （记者 何清）.
        heads: last word of a name → its classes, each with what it needs; `longest_head` bounds its length,
            `head_ends` are its last characters.
        role_ends: last characters of words for what people are: 绣|娘, 篾|匠.
        joiners, leads: words between and before names that are no part of them.
        opener: a word at the beginning of a vote that opens no name: 全称|广东某某公司.
        boundaries: words over which no name reaches.
        generic: stretches that are no names; `modifiers`: words that make nothing definite.
        organs: what follows an area's name or level → its class and its long form.
        deixis: word → (level, own).
        rows: word after quotations → the class of each and how many there must be; `row_tail` finds one.
        award: a verb that brings an honour; after the `sole_awards` nothing else comes; `award_pointer`
            points to an honour named before (该|称号), `award_after` is no part of one (冠军|奖杯).
        quoted_ends: last word of a name that opens with a quotation → its class; `quoted_inside` are the
            verbs that may stand between.
        renaming: what stands before another name of the body named last: 前身是|某某厂, 更名为|某某公司.
        departments: a department named before a title, without its body: 组织部|部长.
        set_phrase: what looks like a name and is none, wherever it stands.
        counted: a number and what counts things; `section` a section (the group) behind its bureau,
            `department` one (the group) of a body whose post follows: 某集团|生产部|副经理.
        speech: a verb of speech behind a name; `says` the same, or a pause; `follows` what may follow a name.
        phase_own: a figure or a date of a phase's own, soon after it; `phase_parent` what can have phases;
            `phase_other` what stands before issues and courses that are counted likewise: 每周|三期.
        initial: a single character that a city may be called by, where somebody comes to it: 来|皋|考察.
        place_list: short names of places before the level of all of them: 江口、新仓等|三个镇; `listed` finds
            that level (the group) behind one of them, `single` are those of one kind: 镇, not 乡镇.
        numbered: a place that a letter or number names: B-07地块.
        called: what stands before another name of the person named last: 人称|“牛大胆”; `really` the same,
            before the name that is on papers.
        levelled: behind the last of a list, how many there are of which level: 长平、流江|两村.
        committee: the party committee at the end of a body's name; `villages` how those end whose posts it
            names: 某村|党支部.
        holder: a firm with the legal form that ends its name, before more of a longer one: 某某有限公司|一期.
        stacked: a town with its village: 某某镇|某某村.
        within: an area before what is in it: 某某镇|的|产业园.
        zone: a zone by its short name, after an area's: 如皋|经开.
        joined: an organ under a bare level with what joins it to what it holds: 市科协|和|某某联席会议.
        areas: how the name of an area ends that its short form leaves off.
        trades: what stands behind a firm's brand: 锐科达|电路.
        towns: the towns of all counties.
        weights: (finder, kind) → how much its vote counts.
    """

    surnames: frozenset[str]
    common: frozenset[str]
    posts: frozenset[str]
    prefixes: tuple[str, ...]
    offices: frozenset[str]
    office_ends: tuple[str, ...]
    followers: frozenset[str]
    honorifics: frozenset[str]
    titled: re.Pattern[str]
    familiar: re.Pattern[str]
    post_end: re.Pattern[str]
    post_tail: re.Pattern[str]
    addresses: frozenset[str]
    role_ends: frozenset[str]
    joiner: re.Pattern[str]
    opener: re.Pattern[str]
    leads: frozenset[str]
    byline: re.Pattern[str]
    credit: re.Pattern[str]
    heads: Mapping[str, tuple[tuple[str, str], ...]]
    longest_head: int
    head_ends: frozenset[str]
    boundaries: frozenset[str]
    generic: frozenset[str]
    modifiers: frozenset[str]
    countries: frozenset[str]
    organs: Mapping[str, tuple[str, str]]
    organ: re.Pattern[str]
    deixis: Mapping[str, tuple[str, str]]
    pointer: re.Pattern[str]
    award: re.Pattern[str]
    rows: Mapping[str, tuple[str, int]]
    row_tail: re.Pattern[str]
    quoted_ends: Mapping[str, str]
    quoted_inside: frozenset[str]
    renaming: Renaming
    sole_awards: frozenset[str]
    award_pointer: re.Pattern[str]
    award_after: frozenset[str]
    brand: re.Pattern[str]
    departments: re.Pattern[str]
    set_phrase: re.Pattern[str]
    speech: re.Pattern[str]
    counted: re.Pattern[str]
    section: re.Pattern[str]
    department: re.Pattern[str]
    says: re.Pattern[str]
    follows: re.Pattern[str]
    phase_own: re.Pattern[str]
    phase_parent: tuple[str, ...]
    phase_other: tuple[str, ...]
    initial: re.Pattern[str]
    place_list: re.Pattern[str]
    listed: re.Pattern[str]
    single: frozenset[str]
    numbered: re.Pattern[str]
    called: re.Pattern[str]
    really: re.Pattern[str]
    levelled: re.Pattern[str]
    committee: re.Pattern[str]
    villages: tuple[str, ...]
    stacked: re.Pattern[str]
    holder: re.Pattern[str]
    within: re.Pattern[str]
    zone: re.Pattern[str]
    joined: re.Pattern[str]
    areas: tuple[str, ...]
    trades: frozenset[str]
    towns: Towns
    weights: Mapping[tuple[str, str], float]
    stands: Mapping[tuple[str, str], str]


def counted(levels: Iterable[str]) -> str:
    """Return the pattern of how many there are of a level (the group): 等三个镇."""
    number = rf"[{_NUMERALS}多几余\d]"
    return rf"(?:等{number}*个?|{number}+个?)({alternation(levels)})(?![委域长级庄方区])"


def place_list(levels: Iterable[str]) -> str:
    """Return the pattern of two or more short names, and a number or 等 with the level of all of them."""
    item = rf"[{NAME}]{{2,4}}"
    return rf"({item}(?:、{item}?)+?){counted(levels)}"


def zone(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a zone's short name that is no part of a longer name."""
    words = lexicon.table("zone_words")
    short, longer = (alternation(r["word"] for r in words.where(use=use)) for use in ("short", "longer"))
    return re.compile(f"(?:{short})(?!{longer})")


def stacked(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a town with its village: 某某镇|某某村."""
    levels = lexicon.table("place_levels")
    town, village = (alternation(r["ending"] for r in levels.where(level=level)) for level in "45")
    return re.compile(rf"([{NAME}]{{2,4}}(?:{town}))[{NAME}]{{1,5}}(?:{village})")


def prepare(lexicon: Lexicon) -> Names:
    """Return the tables of a lexicon, ready for use."""
    surnames = lexicon.table("surnames")
    posts = lexicon.table("posts")
    heads: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in lexicon.table("heads").rows:
        heads[row["head"]].append((row["kind"], row["needs"]))
    organs = {row["word"]: (row["class"], row["full"]) for row in reversed(lexicon.table("organs").rows)}
    deixis = {row["word"]: (row["level"], row["own"]) for row in lexicon.table("deixis").rows}
    prefixes = alternation(lexicon.words("post_prefixes"))
    words = alternation(posts.column("word"))
    opening = {word[0] for word in (*lexicon.words("post_prefixes"), *posts.column("word"))}
    firsts = re.escape("".join(sorted(opening)))
    before = alternation(row["word"] for row in lexicon.table("bylines").where(place="before"))
    called = alternation(surnames.column("word"))
    rows = lexicon.table("quoted_rows").rows
    tails = lexicon.table("quoted_tails")
    honours = lexicon.table("award_words")
    beside = lexicon.table("name_words")
    use = {u: [r["word"] for r in beside.where(use=u)] for u in {r["use"] for r in beside.rows}}
    addresses = [*posts.column("word"), *use["address"]]
    return Names(
        surnames=frozenset(surnames.column("word")),
        common=frozenset(row["word"] for row in surnames.where(use="common")),
        posts=frozenset(posts.column("word")),
        prefixes=tuple(sorted(lexicon.words("post_prefixes"), key=lambda word: (-len(word), word))),
        offices=frozenset(row["word"] for row in posts.where(kind="post")),
        office_ends=tuple(sorted({row["word"] for row in posts.where(kind="post")})),
        followers=frozenset(lexicon.words("name_followers")),
        titled=re.compile(rf"({called})副?(?:{alternation(addresses)})"),
        familiar=re.compile(rf"[老小大]({called})|({called})老"),
        honorifics=frozenset(row["word"] for row in posts.where(kind="honorific")),
        post_end=re.compile(rf"(?=[{firsts}])(?:{prefixes})*(?:{words})"),
        post_tail=re.compile(rf"(?:{prefixes})*(?:{words})(?=[{NAME}]{{0,3}}$)"),
        addresses=frozenset(addresses),
        role_ends=frozenset(lexicon.words("post_endings")),
        joiner=re.compile(alternation(lexicon.words("joiners"))),
        opener=re.compile(alternation(lexicon.words("openers"))),
        leads=frozenset(lexicon.words("leads")),
        byline=re.compile(rf"(?:■|□|{before})\s*$"),
        credit=re.compile(rf"[（(](?:{before})[^（）()\n]{{0,40}}[）)]"),
        heads=MappingProxyType({head: tuple(kinds) for head, kinds in heads.items()}),
        longest_head=max(map(len, heads), default=0),
        head_ends=frozenset(head[-1:] for head in heads),
        boundaries=frozenset(lexicon.words("boundaries")),
        generic=frozenset(lexicon.words("generic_names")),
        modifiers=frozenset(lexicon.words("generic_modifiers")),
        countries=frozenset([*lexicon.words("countries"), *lexicon.words("world_places")]),
        organs=MappingProxyType(organs),
        organ=re.compile(alternation(organs)),
        deixis=MappingProxyType(deixis),
        pointer=re.compile(alternation(deixis)),
        award=re.compile(alternation(r["word"] for r in honours.rows if r["takes"] in {"honour", "any"})),
        brand=re.compile(
            rf"(?:{alternation(lexicon.words('brand_words'))})(?:了|出|起)?(?:[一二两三四五六七八九十\d]+[个条项处座])?(?=[“‘])"
        ),
        rows=MappingProxyType({row["word"]: (row["kind"], int(row["fewest"])) for row in rows}),
        quoted_ends=MappingProxyType({r["word"]: r["kind"] for r in tails.where(use="end")}),
        quoted_inside=frozenset(row["word"] for row in tails.where(use="inside")),
        row_tail=re.compile(
            rf"等?(?:[一二两三四五六七八九十\d]+[个项大类种]+[{NAME}]{{0,2}}?)?"
            rf"({alternation(r['word'] for r in rows)})"
        ),
        renaming=renaming(lexicon),
        sole_awards=frozenset(row["word"] for row in honours.where(takes="honour")),
        award_pointer=re.compile(alternation(r["word"] for r in honours.where(takes="pointer"))),
        award_after=frozenset(row["word"] for row in honours.where(takes="after")),
        departments=re.compile(
            rf"(?:{alternation(lexicon.words('party_organs'))})(?=长|副|常务|(?:{words}))"
        ),
        set_phrase=re.compile(alternation(lexicon.words("set_phrases"))),
        speech=re.compile(alternation(use["speech"])),
        says=re.compile(rf"{alternation(use['speech'])}|[，、。]"),
        follows=re.compile(rf"[，、。；：）)”\s]|$|{alternation(use['after'])}"),
        counted=re.compile(
            rf"(?:第[{_NUMERALS}\d]+|首|[\d{_NUMERALS}]+余?|[多几数])(?:{alternation(use['measure'])})(?!子|镇)"
        ),
        section=re.compile(
            rf"(?:{alternation(use['bureau'])})([{NAME}]{{2,6}}(?:{alternation(use['section'])}))$"
        ),
        department=re.compile(
            rf"(?:{alternation(use['employer'])})([{NAME}]{{1,8}}?(?:{alternation(use['department'])}))$"
        ),
        phase_own=re.compile(rf"[^。；\n]{{0,24}}?(?:\d|{alternation(use['phase-own'])})"),
        phase_parent=tuple(use["phase-parent"]),
        phase_other=tuple(lexicon.words("issue_words")),
        initial=re.compile(rf"(?:{alternation(use['to'])})([{NAME}])(?={alternation(use['there'])})"),
        place_list=re.compile(place_list(use["listed"])),
        listed=re.compile(rf"[{NAME}、]*?{counted(use['listed'])}"),
        single=frozenset(use["single"]),
        numbered=re.compile(
            r"(?<![A-Za-z\d])(?:[A-Z][A-Z\d]*(?:[-—－]\d+)*|\d+(?:[-—－]\d+)*号"
            rf"|[{_NUMERALS}]+号)(?:{alternation(use['numbered'])})(?!长)"
        ),
        called=re.compile(rf"(?:{alternation(use['called'])})[“‘]?\Z"),
        really=re.compile(rf"(?:{alternation(use['really'])})[“‘]?\Z"),
        levelled=re.compile(rf"(?<=..)[{_NUMERALS}]+个?(?:{alternation(use['listed'])})(?:（[^（）]+）)?$"),
        committee=re.compile(rf"(?:{alternation(use['committee'])})$"),
        villages=tuple(use["village"]),
        stacked=stacked(lexicon),
        holder=re.compile(
            rf"[^“”‘’（）()、的]{{2,}}?(?:{alternation(use['holder'])})"
            rf"(?=[^（(].)(?!.*(?:{alternation(use['branch'])})$)"
        ),
        within=re.compile(rf"([^“”‘’（）、的]{{1,8}}(?:{alternation(use['area'])}))的"),
        zone=zone(lexicon),
        joined=re.compile(
            rf"^[{LEVEL}]([^“”‘’（）、]{{2,8}}?)"
            rf"(?:{alternation(r['word'] for r in lexicon.table('particles').where(use='joins'))})"
        ),
        areas=tuple(use["area"]),
        trades=frozenset(use["trade"]),
        towns=towns(lexicon),
        stands=MappingProxyType(
            {(row["finder"], row["kind"]): row["stands"] for row in lexicon.table("finders").rows}
        ),
        weights=MappingProxyType(
            {(row["finder"], row["kind"]): float(row["weight"]) for row in lexicon.table("finders").rows}
        ),
    )
