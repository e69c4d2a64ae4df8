"""Numerals, figures with a unit and dates: compared with Python's integers and a written-out oracle."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.hanzi.dates import dates
from kg.hanzi.numbers import number
from kg.hanzi.quantity import AREAS, CURRENCIES, quantities

_DIGITS = "零一二三四五六七八九"


def written(n: int) -> str:
    """Return a number below 亿亿 in characters, by the rules of the school book."""
    if n == 0:
        return "零"
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if n >= size:
            high, low = divmod(n, size)
            gap = "零" if low and low < size // 10 else ""
            return written(high) + unit + (gap + written(low) if low else "")
    out, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, size)
        if digit:
            out += ("零" if zero and out else "") + _DIGITS[digit] + unit
        zero = digit == 0
    return out


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_written_in_characters_is_read_back(n: int) -> None:
    if n >= 10 or n in range(10):
        assert number(written(n)) == n


@given(st.integers(min_value=0, max_value=10**9), st.sampled_from(["", "万", "亿"]))
def test_digits_with_a_scale_are_read_as_python_reads_them(n: int, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert number(f"{n:,}{scale}") == float(n) * factor


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "printed", "kind", "value", "unit"),
    [
        ("总投资14.8亿美元", "14.8亿美元", "money", 1.48e9, "USD"),
        ("投入3500万美元", "3500万美元", "money", 3.5e7, "USD"),
        ("注册资本达5亿元", "5亿元", "money", 5e8, "CNY"),
        ("产值超20亿元", "超20亿元", "money", 2e9, "CNY"),
        ("产值突破一百二十亿元", "一百二十亿元", "money", 1.2e10, "CNY"),
        ("占地近41.3亩", "近41.3亩", "area", 27533.33, "m2"),
        ("面积2160平方米", "2160平方米", "area", 2160.0, "m2"),
        ("规划5.6平方公里", "5.6平方公里", "area", 5.6e6, "m2"),
        ("员工1200余人", "1200余人", "count", 1200.0, "人"),
        ("投资7亿元左右", "7亿元左右", "money", 7e8, "CNY"),
        ("年产450万片", "450万片", "count", 4.5e6, "片"),
        ("员工不过26人", "26人", "count", 26.0, "人"),
    ],
)
def test_a_figure_keeps_its_hedge_and_gets_a_value(
    text: str, printed: str, kind: str, value: float, unit: str
) -> None:
    (found,) = quantities(text)
    assert (found.text, found.kind, found.value, found.unit) == (printed, kind, value, unit)
    assert text[found.start : found.end] == printed


@given(st.text())
def test_figures_and_dates_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    for found in (list(quantities(text)), list(dates(text))):
        at = 0
        for one in found:
            assert at <= one.start < one.end <= len(text)
            assert text[one.start : one.end].startswith(one.text)
            at = one.end


@given(
    st.decimals(min_value=1, max_value=9999, places=1),
    st.sampled_from(sorted(CURRENCIES)),
    st.sampled_from(["", "万", "亿"]),
)
def test_money_of_every_currency_is_read(amount: object, unit: str, scale: str) -> None:
    (found,) = quantities(f"共{amount}{scale}{unit}。")
    assert (found.kind, found.unit) == ("money", CURRENCIES[unit])
    assert found.value == pytest.approx(float(str(amount)) * {"": 1, "万": 1e4, "亿": 1e8}[scale])


@given(st.integers(min_value=1, max_value=10**6), st.sampled_from(sorted(AREAS)))
def test_areas_are_given_in_square_metres(amount: int, unit: str) -> None:
    (found,) = quantities(f"{amount}{unit}")
    assert found.value == pytest.approx(amount * AREAS[unit], abs=0.01)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("昨天上午，大会开幕", ["昨天上午"]),
        ("项目于2021年8月开工", ["2021年8月"]),
        ("预计明年三季度投产", ["明年三季度"]),
        ("去年10月18日建成", ["去年10月18日"]),
        ("5月20日至22日举行", ["5月20日"]),
        ("今年以来产值增长", []),
        ("近日，日前", []),
        ("计划明年“五一”前完工", ["明年“五一”前"]),
        ("始建于1958年的老厂", ["1958年"]),
        ("年底试产，次年7月投产", ["年底", "次年7月"]),
        ("今年端午开锣，来年五一前完工", ["今年端午", "来年五一前"]),
        ("春节前交付，国庆节后开门", ["春节前", "国庆节后"]),
        ("将于正月初一至二月初二举行", ["正月初一"]),
        ("腊月二十一开市", ["腊月二十一"]),
        ("去年十一月成立，今年十一开张", ["去年十一月", "今年十一"]),
        ("一九八六年办起，二〇〇八年扩建", ["一九八六年", "二〇〇八年"]),
        ("昨（29）日上午举行", ["昨（29）日上午"]),
        ("三年前成立，近三年前来的人多，五年前后", ["三年前"]),
        ("连续第二年举办，第二年春天开工", ["第二年春天"]),
        ("本月二十日零点启用，汛前完工", ["本月二十日零点"]),
    ],
)
def test_dates_stay_as_printed(text: str, printed: list[str]) -> None:
    assert [d.text for d in dates(text)] == printed


@pytest.mark.parametrize("piece", ["一", "1", "1,111", "今年的", "10月", "万", "不超过"])
def test_a_long_run_of_numerals_is_read_in_no_time(piece: str) -> None:
    text = piece * 5_000
    start = time.process_time()
    assert all(q.text in text for q in quantities(text))
    assert all(d.text in text for d in dates(text))
    assert time.process_time() - start < 3


@pytest.mark.parametrize("text", ["一" * 31, "3万亿亿亿", "1" * 301, ".", "3甲", "三甲", "..5"])
def test_what_is_no_numeral_or_too_long_for_one_is_none(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇二五", 2025),
        ("廿三", 23),
        ("一亿三千万", 1.3e8),
        ("三万亿", 3e12),
        ("万", 1e4),
        ("半", 0.5),
        ("3百", 300),
    ],
)
def test_numerals_of_every_kind_have_their_value(text: str, value: float) -> None:
    assert number(text) == value
