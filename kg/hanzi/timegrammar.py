"""What a printed date looks like, as one regular expression built from the table of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

N = r"(?:\d{1,2}|[初廿一二三四五六七八九十]{1,3})"
"""A number up to 99: 5, 十八, 廿三."""
_BEFORE = r"(?:截至|截止到?|直到|早在|自从|将于|拟于|[自从于在到至约])*"
"""截至6月底, 自2021年."""


def grammar(words: Mapping[str, Iterable[str]], festivals: Iterable[str]) -> re.Pattern[str]:
    """Return what a printed date looks like, over folded text without white space, brackets and quotes.

    Args:
        words: of the table `date_words`, by kind.
        festivals: names of days.
    """

    def one_of(name: str, *kinds: str) -> str:
        return rf"(?P<{name}>{_alternatives(word for kind in kinds for word in words.get(kind, ()))})"

    year = r"(?P<year>(?:1[89]|20|21)\d\d|[一二][〇零九八一二][〇零一二三四五六七八九]{2})年度?"
    ten = r"(?:(?P<century>\d\d|上)世纪|(?P<hundred>19|20))?(?P<ten>[1-9一二三四五六七八九][0十])年代"
    back = rf"(?:近|过去|最近|这)?(?P<many>\d{{1,3}}|{N})(?P<unit>年|个月|周|天)(?:多|间)?(?P<until>来|前|后)"
    month = rf"(?P<lunar>农历|阴历)?(?:(?P<month>{N})月份?|(?P<moon>[正冬腊])月)"
    first = rf"(?:前|头)(?P<first>{N})个月"
    week = rf"{one_of('week', 'week')}?(?:(?<=周)|(?<=星期)|周|星期|礼拜){one_of('weekday', 'weekday')}"
    day = rf"(?:(?P<day>{N})[日号]|(?P<moonday>(?:[初廿]|(?<=月))[一二三四五六七八九十]{{1,2}}))"
    clock = rf"(?:[早晚]?{N}[时点](?:{N}分)?半?|{_alternatives(words.get('clock', ()))})"
    return re.compile(
        rf"{_BEFORE}(?:{back}|(?:{year}|{ten}|{one_of('rel_year', 'year', 'that-year')})?的?"
        rf"(?:{month}|{one_of('rel_month', 'month', 'that-month')})?"
        rf"(?:{first}|{one_of('months', 'months')})?(?:{day}|{one_of('days', 'days')})?"
        rf"(?:{week}|{one_of('alone', 'week')})?"
        rf"(?:(?P<festival>{_alternatives(festivals)})节?)?"
        rf"(?:{one_of('rel_day', 'day', 'that-day')}|{one_of('around', 'around')})?"
        rf"(?:{clock}){{0,3}})(?P<mark>之前|以前|前|以来|来|起|后)?"
    )


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
