"""Figures with a unit as newspapers print them: 14.8亿美元, 超5000万元, 41.3亩, 5万台, 1200余人, 30万千瓦."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.hanzi.fold import fold
from kg.hanzi.numbers import NUMERAL, number

CURRENCIES = {
    "元": "CNY",
    "元人民币": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "美金": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "英镑": "GBP",
    "韩元": "KRW",
    "新元": "SGD",
    "新加坡元": "SGD",
    "卢布": "RUB",
    "泰铢": "THB",
    "林吉特": "MYR",
    "瑞士法郎": "CHF",
    "加元": "CAD",
    "澳元": "AUD",
}
AREAS = {
    "平方米": 1.0,
    "平方公里": 1e6,
    "平方千米": 1e6,
    "公顷": 1e4,
    "亩": 2000 / 3,
    "平米": 1.0,
    "㎡": 1.0,
    "m2": 1.0,
    "m²": 1.0,
}
COUNTERS = [
    "吉瓦时",
    "兆瓦时",
    "千瓦时",
    "万千瓦时",
    "亿千瓦时",
    "吉瓦",
    "兆瓦",
    "千瓦",
    "万千瓦",
    "GWh",
    "MWh",
    "GW",
    "MW",
    "kW",
    "标准立方米",
    "标方",
    "立方米",
    "千升",
    "立方",
    "升",
    "毫升",
    "公里",
    "千米",
    "米",
    "厘米",
    "海里",
    "吨级",
    "标准箱",
    "标箱",
    "吨",
    "公斤",
    "千克",
    "克",
    "斤",
    "车皮",
    "箱次",
    "辆次",
    "架次",
    "艘次",
    "班次",
    "航次",
    "人次",
    "台次",
    "件次",
    "台套",
    "件套",
    "套件",
    "人",
    "名",
    "位",
    "户",
    "家",
    "个",
    "台",
    "套",
    "件",
    "辆",
    "艘",
    "架",
    "条",
    "座",
    "栋",
    "幢",
    "间",
    "所",
    "处",
    "块",
    "片",
    "颗",
    "粒",
    "枚",
    "支",
    "只",
    "头",
    "羽",
    "尾",
    "匹",
    "株",
    "棵",
    "盆",
    "枝",
    "箱",
    "瓶",
    "袋",
    "包",
    "桶",
    "盒",
    "罐",
    "卷",
    "本",
    "册",
    "张",
    "床",
    "幅",
    "项",
    "种",
    "款",
    "门",
    "部",
    "扇",
    "把",
    "双",
    "对",
    "副",
    "组",
    "批",
    "场",
    "届",
    "班",
    "期",
    "趟",
    "列",
    "节",
    "单",
    "份",
    "锭",
    "锭纱",
    "孔",
    "槽",
    "层",
    "盏",
    "TEU",
    "P",
    "伏",
    "千伏",
    "安",
    "千伏安",
    "万千伏安",
    "次",
    "届次",
    "学位",
    "床位",
    "车位",
    "泊位",
    "亿立方",
    "吨/日",
    "吨/年",
    "座次",
    "余户",
    "余家",
]
_HEDGE = r"(?:不少于|不低于|不超过|超过|近|超|约|逾|上(?=[百千万亿])|至少|最多|将近|至多)?"
_TAIL = r"(?:以上|左右|上下|以内|以下|余)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text: where it stands (code points), how it is printed, its value and unit.

    `kind` is money, area or count; `value` is in 元 (or the currency of `unit`), square metres or pieces.
    """

    start: int
    end: int
    text: str
    kind: str
    value: float | None
    unit: str


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(fold(w)) for w in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    units = [*CURRENCIES, *AREAS, *COUNTERS]
    return re.compile(
        rf"{_HEDGE}(?P<number>{NUMERAL})(?P<more>[余多几来]?)(?P<scale>[万亿]{{0,2}})(?P<more2>[余多]?)"
        rf"(?P<unit>{_alternatives(units)})(?:\((?:{_alternatives(COUNTERS)})\))?{_TAIL}"
    )


@lru_cache(maxsize=1)
def _units() -> Mapping[str, str]:
    return {fold(w): w for w in [*CURRENCIES, *AREAS, *COUNTERS]}


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the figures of a text from left to right; they do not overlap.

    >>> [(q.text, q.kind, q.value, q.unit) for q in quantities("总投资达14.8亿美元，占地近41.3亩")]
    [('14.8亿美元', 'money', 1480000000.0, 'USD'), ('近41.3亩', 'area', 27533.33, 'm2')]
    >>> [(q.text, q.value, q.unit) for q in quantities("员工1200余人，年产5万台")]
    [('1200余人', 1200.0, '人'), ('5万台', 50000.0, '台')]
    """
    flat = fold(text)
    units = _units()
    for found in _pattern().finditer(flat):
        unit = units[found["unit"]]
        value = number(found["number"] + found["scale"]) if found["scale"] else number(found["number"])
        kind, printed = "count", unit
        if unit in CURRENCIES:
            kind, printed = "money", CURRENCIES[unit]
        elif unit in AREAS:
            kind, printed = "area", "m2"
            value = None if value is None else round(value * AREAS[unit], 2)
        yield Quantity(found.start(), found.end(), text[found.start() : found.end()], kind, value, printed)
