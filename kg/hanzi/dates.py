"""Dates as newspapers print them: 2021年, 去年10月, 昨天上午, 5月20日, 明年三季度, 年底."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.hanzi.fold import fold

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = (
    r"(?:(?:19|20)\d\d年|[一二][九零〇○](?:[一二三四五六七八九零〇○]){2}年"
    r"|今年|去年|明年|大前年|前年|后年|来年|当年|次年|同年|本年|翌年|(?<![续了过])第二年(?!度))"
)
_MONTH = rf"(?:{_N}月份?|上个?月|本月|下个?月|当月|同月)"
_DAY = (
    rf"(?:(?:{_N}日|{_N}号|\d{{1,2}}日)|(?:昨|今|明|当|前|次|后|翌|同)[天日]"
    r"|[昨今]\(\d{1,2}\)日|[昨今明当前]晚|[昨今]夜|[昨今]晨|大前天)"
)
_HOUR = (
    r"(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|深夜|夜间|夜里|当晚|晚"
    rf"|[早晚]?(?:{_N}|零)[时点](?:许|左右|整|半)?(?:{_N}分)?)"
)
_FEAST = r"(?:国庆|元旦|春节|中秋|端午|清明|重阳|元宵|除夕)节?"
_AROUND = r"(?:之前|之后|前夕|前后|前|后|期间|假期)"
_PART = (
    r"(?:第?[一二三四1-4]季度|[上下]半年|头\S个月|前\S{1,2}个月|前[一二三]季度|年底前?|年初|年末|年中|年内"
    rf"|[“\"]?(?:五一|十一|七一|八一|{_FEAST})[”\"]?节?{_AROUND}?|开春后?|[春秋]季学期|春上|入[春夏秋冬]|底前?|初|末|中旬|上旬|下旬|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|春|夏|秋|冬|汛期?前|月底前?|月初|月末)"
)
_LUNAR = (
    r"(?:农历)?(?:[正腊冬]|闰?[一二三四五六七八九十]{1,2})月(?:初[一二三四五六七八九十]|廿[一二三四五六七八九]?)"
    r"|(?:农历[一二三四五六七八九十]{1,2}|[正腊冬])月[一二三四五六七八九十]{2,3}"
)
_DATE = re.compile(
    rf"(?:(?:上|下|本)?周[一二三四五六日末]|星期[一二三四五六日]"
    rf"|{_YEAR}度?(?:的?(?:{_LUNAR}|{_MONTH}|{_PART}))?(?:{_DAY}|{_PART})?|{_LUNAR}|{_MONTH}(?:{_DAY}|{_PART})?|{_DAY}"
    rf"|{_FEAST}{_AROUND}|[“\"](?:五一|十一|七一|八一)[”\"]节?{_AROUND}?|五一节?{_AROUND}"
    rf"|[一二两三四五六七八九十\d]{{1,2}}年前(?!后)|年底前?|年内|年初|年末|月底前?|月初|[上下]半年|第?[一二三四]季度)(?:{_HOUR}){{0,2}}前?"
)
_UNTIL = re.compile(rf"(?:[至到-](?:(?:{_N}月)?{_N}[日号]|{_LUNAR}))|以来|来|多|余")


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: where it stands (code points) and how it is printed.

    Of a stretch of days (5月20日至22日) `text` is the first day, `end` the end of the stretch.
    """

    start: int
    end: int
    text: str


def dates(text: str) -> Iterator[Date]:
    """Yield the dates of a text from left to right; 近日 and 日前 are none.

    >>> [d.text for d in dates("昨天上午，该项目于2021年8月开工，预计明年三季度投产；近日，去年10月18日建成")]
    ['昨天上午', '2021年8月', '明年三季度', '去年10月18日']
    """
    flat = fold(text)
    at = 0
    for found in _DATE.finditer(flat):
        more = _UNTIL.match(flat, found.end())
        if found.start() < at:
            continue
        if more and more.group()[0] not in "至到-":
            continue
        at = more.end() if more else found.end()
        yield Date(found.start(), at, text[found.start() : found.end()])
