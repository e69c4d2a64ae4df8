"""Names are compared as the network page compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.spelling import flat, initials, rank, readings, wanted_initials

NAMES = "钟许栋重庆银行澄江经济技术开发区茶博会吕单长安欧阳"


@pytest.mark.parametrize(
    ("typed", "name", "found"),
    [
        ("zxd", "钟许栋", 3),
        ("zhongxudong", "钟许栋", 3),
        ("zhongxd", "钟许栋", 3),
        ("zhongxu", "钟许栋", 4),
        ("xudong", "钟许栋", 6),
        ("经开", "澄江经济技术开发区", 5),
        ("澄江开发区", "澄江经济技术开发区", 5),
        ("chajiaboh", "茶博会", None),
        ("chabohui", "茶博会", 3),
        ("开经", "澄江经济技术开发区", None),
        ("ou'yang", "欧阳", 3),
    ],
)
def test_a_name_is_ranked(typed: str, name: str, found: int | None) -> None:
    assert rank(flat(name), flat(typed)) == found


@given(st.text(NAMES, min_size=1, max_size=6), st.data())
def test_whatever_a_name_is_spelled_like_leads_to_its_initials(name: str, data: st.DataObject) -> None:
    parts = []
    for sign in name:
        reading = data.draw(st.sampled_from(readings(sign)))
        cut = data.draw(st.sampled_from([len(reading), 2 if reading[1:2] == "h" else 1, 1]))
        parts.append(reading[:cut])
    typed = "".join(parts)
    assert rank(name, typed) is not None
    wanted = wanted_initials(typed)
    known = " | ".join(initials(name))
    assert len(wanted) == 200 or any(letters in known for letters in wanted) or len(initials(name)) == 1
